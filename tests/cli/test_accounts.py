"""Commands about accounts."""

import json
import re

import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo
from flask_sqlalchemy import SQLAlchemy

from courseware.accounts import passphrase_hashing, queries, services
from courseware.accounts.models import SiteRole
from courseware.cli.accounts import user
from courseware.core import clock
from courseware.core.errors import Invalid, Refused
from courseware.web.application import CoursewareFlask
from tests.http_client import Client
from tests.people import user_with

EMAIL = "amara@example.org"
PASSPHRASE = "the quiet river bends at noon"


class Terminal:
    """Runs the commands on the application under test."""

    def __init__(self, app: CoursewareFlask, db: SQLAlchemy) -> None:
        self._app = app
        self._db = db

    def run(self, *words: str, typed: str = "") -> Result:
        """Run one command of the group `user`."""
        self._db.session.commit()
        return CliRunner().invoke(user, words, input=typed, obj=ScriptInfo(create_app=lambda: self._app))

    def json(self, *words: str, typed: str = "") -> dict[str, object]:
        """Run one command that must succeed and return its JSON."""
        result = self.run(*words, "--json", typed=typed)
        assert result.exit_code == 0, result.output
        self._db.session.expire_all()
        facts: dict[str, object] = json.loads(result.stdout)
        return facts


@pytest.fixture
def terminal(app: CoursewareFlask, db: SQLAlchemy) -> Terminal:
    """Give a terminal on the application under test."""
    return Terminal(app, db)


@pytest.fixture
def amara(terminal: Terminal) -> str:
    """Make an account by command and return its address."""
    words = ("add", EMAIL, "--name", "Amara Sample", "--passphrase-stdin")
    assert terminal.run(*words, typed=PASSPHRASE + "\n").exit_code == 0
    return EMAIL


def test_add_proposes_a_passphrase_that_signs_in(terminal: Terminal, client: Client) -> None:
    facts = terminal.json("add", EMAIL, "--name", "Amara Sample", "--role", "instructor")
    assert {name: facts[name] for name in ("email", "name", "role")} == {
        "email": EMAIL,
        "name": "Amara Sample",
        "role": "instructor",
    }
    answer = client.post("/sign-in", data={"email": EMAIL, "passphrase": facts["passphrase"]})
    assert answer.status_code == 302


def test_add_takes_a_passphrase_from_standard_input_and_prints_none(terminal: Terminal) -> None:
    result = terminal.run("add", EMAIL, "--name", "Amara Sample", "--passphrase-stdin", typed=PASSPHRASE + "\n")
    assert result.output == f"Made the account {EMAIL}, Amara Sample, learner.\n"
    assert passphrase_hashing.is_right(PASSPHRASE, user_with(EMAIL).passphrase_hash)


def test_add_without_stdin_prints_the_passphrase_once(terminal: Terminal) -> None:
    output = terminal.run("add", EMAIL, "--name", "Amara Sample").output
    assert len(re.findall(r"Passphrase, shown only now: \S+", output)) == 1


def test_add_refuses_a_poor_passphrase_with_the_reason(terminal: Terminal) -> None:
    result = terminal.run("add", EMAIL, "--name", "A B", "--passphrase-stdin", typed="passwordpassword\n")
    assert isinstance(result.exception, Invalid)
    assert "repeats one short piece" in result.exception.message
    assert queries.find_user(EMAIL) is None


def test_add_refuses_a_second_account(terminal: Terminal, amara: str) -> None:
    result = terminal.run("add", amara.upper(), "--name", "Other")
    assert isinstance(result.exception, Invalid)
    assert "already" in result.exception.message


@pytest.mark.parametrize("words", [("add", EMAIL), ("add", EMAIL, "--name", "A", "--role", "king"), ("role", EMAIL)])
def test_a_command_that_cannot_be_read_is_a_usage_error(terminal: Terminal, words: tuple[str, ...]) -> None:
    assert terminal.run(*words).exit_code == 2


def test_disable_and_enable_shut_and_open_the_account(terminal: Terminal, amara: str) -> None:
    assert terminal.json("disable", amara)["is_disabled"] is True
    assert user_with(amara).is_disabled
    assert terminal.run("enable", amara).output == f"{amara} can sign in.\n"


def test_disable_ends_sessions(terminal: Terminal, amara: str) -> None:
    person = user_with(amara)
    services.start_session(person.id, at=clock.now())
    terminal.json("disable", amara)
    assert queries.list_live_sessions(user_with(amara).id, clock.now()) == []


def test_role_changes_what_somebody_is(terminal: Terminal, amara: str) -> None:
    assert terminal.json("role", amara, "administrator")["role"] == "administrator"
    assert user_with(amara).role is SiteRole.ADMINISTRATOR


def test_reset_passphrase_prints_a_link_that_works(terminal: Terminal, amara: str, client: Client) -> None:
    link = str(terminal.json("reset-passphrase", amara)["link"])
    assert link.startswith("http://127.0.0.1:8000/passphrase/reset/")
    assert client.get(link.removeprefix("http://127.0.0.1:8000")).status_code == 200
    assert "It works once, for 60 minutes" in terminal.run("reset-passphrase", amara).output


def test_reset_passphrase_sets_one_from_standard_input(terminal: Terminal, amara: str) -> None:
    result = terminal.run("reset-passphrase", amara, "--passphrase-stdin", typed="nine pale herons wade\n")
    assert result.exit_code == 0
    assert passphrase_hashing.is_right("nine pale herons wade", user_with(amara).passphrase_hash)


@pytest.mark.parametrize(
    "words", [("disable", "x@y"), ("enable", "x@y"), ("role", "x@y", "learner"), ("reset-passphrase", "x@y")]
)
def test_an_unknown_account_is_refused(terminal: Terminal, words: tuple[str, ...]) -> None:
    result = terminal.run(*words)
    assert isinstance(result.exception, Refused)
    assert result.exception.message == "There is no account with the e-mail address x@y."


@pytest.mark.parametrize("command", sorted(user.commands))
def test_help_shows_an_example(terminal: Terminal, command: str) -> None:
    assert f"Example: courseware user {command}" in terminal.run(command, "--help").output
