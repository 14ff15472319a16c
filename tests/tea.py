"""A class on the small sample course, with a learner, for tests that need to know every question."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.accounts.models import User
from courseware.classes.models import Class
from tests.content.course_copy import CourseCopy
from tests.factories import courses
from tests.factories.people import class_of, learner_of
from tests.people import MakeUser

MakeClass = Callable[..., Class]


@pytest.fixture
def tea(tmp_path: Path) -> CourseCopy:
    """Copy the sample course; its quiz has no limits until the test sets some."""
    return courses.tea_copy(tmp_path)


@pytest.fixture
def make_tea_class(db: SQLAlchemy, tea: CourseCopy, instructor: User) -> MakeClass:  # noqa: ARG001 - to write to
    """Let the test set rules of the quiz, sync the sample and get a class on it."""

    def make(*ids: str, **rules: object) -> Class:
        if ids:
            courses.ask(tea, *ids)
        courses.set_rules(tea, **rules)
        courses.sync(tea)
        return class_of(instructor)

    return make


@pytest.fixture
def tea_class(make_tea_class: MakeClass) -> Class:
    """Make a class on the sample with a quiz of four known questions, two a page, in all manners of answering."""
    return make_tea_class("t1-q01", "t1-q04", "t2-q01", "t1-q05", shuffle_options=False)


@pytest.fixture
def tea_learner(tea_class: Class, make_user: MakeUser) -> User:
    """Make a learner of that class."""
    return learner_of(tea_class, make_user)
