"""The entry point."""

import json
import sys
from pathlib import Path

import pytest

from courseware import __version__
from courseware.cli import main as entry
from courseware.core.permissions import Permission
from tests.cli.conftest import Courseware


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the program as the terminal does, and return its exit status."""
    monkeypatch.setattr(sys, "argv", ["courseware", *words])
    with pytest.raises(SystemExit) as end:
        entry.main()
    assert isinstance(end.value.code, int)
    return end.value.code


@pytest.fixture(autouse=True)
def _instance_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSEWARE_INSTANCE", str(tmp_path / "instance"))


def test_a_refusal_is_one_plain_sentence_on_stderr_and_exit_status_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "class", "list") == 1
    output = capsys.readouterr()
    assert (output.out, output.err) == ("", "There is no database here. Make one with: courseware init\n")


@pytest.mark.parametrize(
    ("name", "value"), [("COURSEWARE_SECRET_KEY", "weak"), ("COURSEWARE_DEBUG", "1"), ("COURSEWARE_PROXIES", "x")]
)
def test_a_setting_that_would_go_wrong_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert run(monkeypatch, "routes") == 1
    output = capsys.readouterr()
    assert name in output.err
    assert output.err.count("\n") == 1


@pytest.mark.parametrize("words", [("fly",), ("user",), ("user", "add"), ("serve", "--port", "x"), ("--nonsense",)])
def test_what_cannot_be_read_is_exit_status_two(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(monkeypatch, *words) == 2
    assert "Usage:" in capsys.readouterr().err


@pytest.mark.parametrize("word", ["--help", "-h", "--version"])
def test_help_and_version_are_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], word: str
) -> None:
    assert run(monkeypatch, word) == 0
    output = capsys.readouterr().out
    assert (f"courseware, version {__version__}" if word == "--version" else "Usage: courseware") in output


def test_routes_lists_every_address_with_who_may(courseware: Courseware) -> None:
    routes = json.loads(courseware("routes", "--json").stdout)
    answer = next(route for route in routes if route["path"].endswith("/responses/<id:position>"))
    assert answer == {
        "methods": ["PUT"],
        "path": "/attempts/<id:attempt_id>/responses/<id:position>",
        "parameters": ["attempt_id", "position"],
        "permission": Permission.ATTEMPT_ANSWER.value,
        "changes_state": True,
    }
    home = next(route for route in routes if route["path"] == "/")
    assert (home["permission"], home["changes_state"]) == ("public", False)
    assert len(courseware("routes").stdout.splitlines()) == len(routes)
