"""A learner in the middle of a quiz in which any text can be written."""

import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.accounts.models import User
from courseware.classes.models import Class
from tests.essay_quiz import QUIZ, ask_for_essays
from tests.http_client import Client
from tests.people import SignIn


@pytest.fixture
def essays(db: SQLAlchemy, class_: Class) -> str:  # noqa: ARG001 - the quiz is set for the class
    """Let the quiz ask for essays and short texts, as often as one likes; return its name in addresses."""
    ask_for_essays(db, attempts=None, short_texts=1)
    return QUIZ


@pytest.fixture
def writer(sign_in: SignIn, learner: User) -> Client:
    """Sign the learner in."""
    return sign_in(learner)


@pytest.fixture
def attempt(writer: Client, essays: str) -> str:
    """Start the quiz and return the path of the attempt."""
    path: str = writer.post(f"/quizzes/{essays}/attempts").headers["Location"]
    return path
