"""Every setting, read from environment variables."""

from pathlib import Path

import pytest

from courseware.app import create_app
from courseware.core.environment import SettingsError


@pytest.fixture(autouse=True)
def _instance_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COURSEWARE_INSTANCE", str(tmp_path / "instance"))


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("sqlite:///data/my.db", "sqlite:///{folder}/data/my.db"),
        ("sqlite:////srv/my.db", "sqlite:////srv/my.db"),
        ("postgresql+psycopg://ann:a%40b@host/name", "postgresql+psycopg://ann:a%40b@host/name"),
    ],
)
def test_the_file_of_a_database_is_looked_for_in_the_folder_you_start_from(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str, used: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COURSEWARE_DATABASE_URL", given)
    assert create_app().config["SQLALCHEMY_DATABASE_URI"] == used.format(folder=tmp_path)


@pytest.mark.parametrize(
    ("address", "is_secure"),
    [("https://a.example", True), ("HTTPS://a.example", True), ("http://a.example", False)],
)
def test_cookies_are_for_tls_only_if_the_address_is(
    monkeypatch: pytest.MonkeyPatch, address: str, *, is_secure: bool
) -> None:
    monkeypatch.setenv("COURSEWARE_BASE_URL", address)
    config = create_app().config
    assert config["SESSION_COOKIE_SECURE"] is is_secure
    assert config["SESSION_COOKIE_NAME"].startswith("__Host-") is is_secure


def test_help_lines_are_read_from_one_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    assert create_app().config["HELP_LINES"] is None
    monkeypatch.setenv("COURSEWARE_HELP_LINES", "none")
    assert create_app().config["HELP_LINES"] == []
    monkeypatch.setenv("COURSEWARE_HELP_LINES", "116 123 | Samaritans | United Kingdom; 112 | Emergency | Europe")
    assert create_app().config["HELP_LINES"] == [
        {"contact": "116 123", "name": "Samaritans", "place": "United Kingdom"},
        {"contact": "112", "name": "Emergency", "place": "Europe"},
    ]


@pytest.mark.parametrize("lines", ["116 123", "116 123 | Samaritans", "a | b | c;", " | b | c"])
def test_help_lines_with_a_part_missing_are_refused(monkeypatch: pytest.MonkeyPatch, lines: str) -> None:
    monkeypatch.setenv("COURSEWARE_HELP_LINES", lines)
    with pytest.raises(SettingsError, match="contact"):
        create_app()
