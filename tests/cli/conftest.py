"""Running commands on the application under test."""

from typing import Protocol

import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo
from flask_sqlalchemy import SQLAlchemy

from courseware.cli.main import cli
from courseware.web.application import CoursewareFlask


class Courseware(Protocol):
    """Runs one command, such as `courseware("class", "list")`."""

    def __call__(self, *words: str) -> Result:
        """Return what came of it."""


@pytest.fixture
def courseware(app: CoursewareFlask, db: SQLAlchemy) -> Courseware:
    """Let the test run commands, each with what the test has prepared committed before."""

    def run(*words: str) -> Result:
        db.session.commit()
        result = CliRunner().invoke(cli, words, obj=ScriptInfo(create_app=lambda: app))
        db.session.expire_all()
        return result

    return run
