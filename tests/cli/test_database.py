"""Commands about the database."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo
from sqlalchemy import select

from courseware.app import create_app
from courseware.cli.main import cli
from courseware.core.database import db
from courseware.core.errors import CoursewareError, Refused
from courseware.courses.models import CourseVersion
from courseware.courses.queries import get_current_version
from tests.cli.conftest import Courseware
from tests.content.course_copy import CourseCopy
from tests.tables import fingerprint


def run(folder: Path, content: Path, *words: str) -> Result:
    """Run one command on a database file of its own."""
    overrides = {
        "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder / 'courseware.db'}",
        "INSTANCE": folder,
        "CONTENT": content,
    }
    app = create_app(overrides)
    result = CliRunner().invoke(cli, words, obj=ScriptInfo(create_app=lambda: app))
    with app.app_context():
        if words == ("init",) and result.exit_code == 0:
            assert db.session.scalar(select(CourseVersion.title)) == "Tea and taxes"
        db.session.remove()
        db.engine.dispose()
    return result


@pytest.mark.usefixtures("instance")
def test_init_makes_a_database_with_the_course_and_migrate_finds_nothing_to_do(tmp_path: Path, tea: CourseCopy) -> None:
    folder = tmp_path / "instance"
    made = run(folder, tea.folder, "init")
    assert made.exit_code == 0, made.output
    assert made.stdout.startswith("The database is ready, with Tea and taxes.")
    assert run(folder, tea.folder, "migrate").stdout == "The schema is up to date.\n"
    again = run(folder, tea.folder, "init")
    assert isinstance(again.exception, Refused)


@pytest.mark.usefixtures("instance")
@pytest.mark.parametrize("words", [("serve",), ("migrate",), ("sweep",), ("class", "list")])
def test_a_missing_database_is_refused_and_none_is_made(tmp_path: Path, words: tuple[str, ...]) -> None:
    folder = tmp_path / "instance"
    result = run(folder, tmp_path, *words)
    assert isinstance(result.exception, CoursewareError)
    assert result.exception.message == "There is no database here. Make one with: courseware init"
    assert not (folder / "courseware.db").exists()


def test_init_refuses_a_database_that_has_data_and_migrate_keeps_it(courseware: Courseware) -> None:
    before = fingerprint()
    refusal = courseware("init").exception
    assert isinstance(refusal, Refused)
    assert "already has data" in refusal.message
    assert courseware("migrate").exit_code == 0
    assert fingerprint() == before


def test_migrate_asks_for_a_sync_if_another_version_loaded_the_course(courseware: Courseware) -> None:
    version = get_current_version()
    version.renderer_version -= 1
    assert "Load it again with: courseware content sync" in courseware("migrate").stdout


@pytest.mark.parametrize(
    "words", [("init", "x"), ("migrate", "x"), ("serve", "--port", "0"), ("serve", "--workers", "none"), ("demo", "x")]
)
def test_a_command_that_cannot_be_read_is_a_usage_error(courseware: Courseware, words: tuple[str, ...]) -> None:
    assert courseware(*words).exit_code == 2
