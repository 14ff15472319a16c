"""What a learner has sent and what the server has acknowledged, to be compared with what is stored."""

from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from courseware.attempts.models import AttemptQuestion, Response
from tests.essay_quiz import QUESTIONS
from tests.processes.visitor import NoAnswerError, Visitor


@dataclass
class Ledger:
    """One learner at one attempt: who writes numbered texts, one after the other."""

    name: str
    attempt: str
    sent: list[tuple[int, str]] = field(default_factory=list)
    acknowledged: list[tuple[int, str]] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    versions: dict[int, int] = field(default_factory=dict)

    def write(self, visitor: Visitor, *, until: Callable[[], bool] = lambda: False) -> None:
        """Save text after text until the server answers no more, or refuses one."""
        while not until():
            number = len(self.sent) + 1
            position = number % QUESTIONS + 1
            text = f"{self.name}, text {number}"
            self.sent.append((position, text))
            try:
                answer = visitor.save(
                    self.attempt, position, text, seen=self.versions.get(position, 0), key=f"text-{number}"
                )
            except NoAnswerError:
                return
            if answer.status != HTTPStatus.OK:
                self.refusals.append(answer.status)
                return
            self.acknowledged.append((position, text))
            self.versions[position] = answer.json["version"]

    def compare(self, db: SQLAlchemy) -> None:
        """Fail unless everything acknowledged is stored, and nothing else than what was sent.

        What was sent last without an answer may be stored or not. The versions are read anew, as
        a page opened again would.
        """
        db.session.commit()
        attempt_id = int(self.attempt.rpartition("/")[2])
        items = db.session.scalars(select(AttemptQuestion).where(AttemptQuestion.attempt_id == attempt_id)).all()
        stored: list[tuple[int, str]] = []
        for item in items:
            revisions = db.session.scalars(
                select(Response).where(Response.attempt_question_id == item.id).order_by(Response.version)
            ).all()
            assert [revision.version for revision in revisions] == list(range(1, item.version + 1))
            assert item.response == (revisions[-1].response if revisions else None)
            stored += [(item.position, (revision.response or {})["text"]) for revision in revisions]
            self.versions[item.position] = item.version
        assert not set(self.acknowledged) - set(stored), "an acknowledged answer is lost"
        assert not set(stored) - set(self.sent), "something is stored that was never sent"
        assert len(stored) == len(set(stored)), "something is stored twice"
