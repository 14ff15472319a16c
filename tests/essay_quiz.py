"""A quiz in which any text can be written, for tests that follow texts through the application."""

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from courseware.courses.models import Quiz
from courseware.courses.queries import get_current_version

QUIZ = "scale"
QUESTIONS = 3


def ask_for_essays(db: SQLAlchemy, *, attempts: int | None = 1, short_texts: int = 0) -> None:
    """Let the first quiz of the course ask for three essays, all on one page, and for short texts after them."""
    quiz = db.session.scalars(select(Quiz).where(Quiz.slug == QUIZ, Quiz.version_id == get_current_version().id)).one()
    draws = [{"count": QUESTIONS, "type": "essay"}]
    if short_texts:
        draws.append({"count": short_texts, "type": "short_text"})
    quiz.rules = {
        **quiz.rules,
        "attempts": attempts,
        "questions_per_page": QUESTIONS + short_texts,
        "shuffle_questions": False,
        "stages": [{"id": "questions", "draws": draws}],
    }
    db.session.commit()
