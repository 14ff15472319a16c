"""Every setting, read from environment variables; `docs/configuration.md` explains each.

A missing variable has a default, an unknown `COURSEWARE_*` name is refused.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from courseware.core.environment import Environment
from courseware.core.mail import delivery
from courseware.core.paths import shipped_course


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):  # a folder of zones, such as America, cannot be read
        message = "it is not the name of a time zone, such as America/New_York"
        raise ValueError(message) from None


def _base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        message = "it must be a full address, such as https://course.example.org"
        raise ValueError(message)
    return text.rstrip("/")


def _whole(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() else -1
    if number < 0:
        message = "it must be a whole number, zero or more"
        raise ValueError(message)
    return number


def _help_lines(text: str) -> list[dict[str, str]] | None:
    """Return the help lines to show in place of those of the course, or None if the course's own are shown."""
    if not text:
        return None
    lines: list[dict[str, str]] = []
    for line in text.split(";") if text != "none" else ():
        parts = [part.strip() for part in line.split("|")]
        if len(parts) != len(_PARTS_OF_A_HELP_LINE) or not all(parts):
            message = "each line must be contact | name | place, with ; between lines; or none"
            raise ValueError(message)
        lines.append(dict(zip(_PARTS_OF_A_HELP_LINE, parts, strict=True)))
    return lines


def _mail_url(text: str) -> str:
    delivery(text)
    return text


def _database_url(text: str) -> str:
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    if url is None or url.drivername not in {"sqlite", "postgresql+psycopg"} or not url.database:
        message = "it must be sqlite:////path/of/the/file or postgresql+psycopg://user:passphrase@host/name"
        raise ValueError(message)
    if url.drivername == "sqlite":  # relative to the folder you start from, whoever opens it
        url = url.set(database=str(Path(url.database).resolve()))
    return url.render_as_string(hide_password=False)


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


_PARTS_OF_A_HELP_LINE = ("contact", "name", "place")

_environment = Environment(os.environ)

INSTANCE = _environment.parsed("COURSEWARE_INSTANCE", "instance", lambda text: Path(text).resolve())
SQLALCHEMY_DATABASE_URI = _environment.parsed(
    "COURSEWARE_DATABASE_URL", f"sqlite:///{INSTANCE / 'courseware.db'}", _database_url
)
SECRET_KEY = _environment.text("COURSEWARE_SECRET_KEY", "")
BASE_URL = _environment.parsed("COURSEWARE_BASE_URL", "http://127.0.0.1:8000", _base_url)
TRUSTED_HOSTS = _environment.parsed("COURSEWARE_TRUSTED_HOSTS", "", _names) or [
    urlsplit(BASE_URL).hostname or "localhost",
    "localhost",
    "127.0.0.1",
    "[::1]",
]
PROXIES = _environment.parsed("COURSEWARE_PROXIES", "0", _whole)
TIMEZONE = _environment.parsed("COURSEWARE_TIMEZONE", "UTC", _zone)
SITE_NAME = _environment.text("COURSEWARE_SITE_NAME", "Sourcebook")
MAIL_URL = _environment.parsed("COURSEWARE_MAIL_URL", f"folder:{INSTANCE / 'mail'}", _mail_url)
RATE_LIMIT_STORAGE = _environment.text("COURSEWARE_RATE_LIMIT_STORAGE", "database")
GRACE_SECONDS = _environment.parsed("COURSEWARE_GRACE_SECONDS", "10", _whole)
MAX_CONTENT_LENGTH = _environment.parsed("COURSEWARE_MAX_UPLOAD_BYTES", "2000000", _whole)
CONTENT_NOTE = _environment.text("COURSEWARE_CONTENT_NOTE", "")
HELP_LINES = _environment.parsed("COURSEWARE_HELP_LINES", "", _help_lines)
CONTENT = _environment.parsed("COURSEWARE_CONTENT", str(shipped_course()), lambda text: Path(text).resolve())

_environment.refuse_unknown()

MAX_FORM_MEMORY_SIZE = 500_000
MAX_FORM_PARTS = 1_000
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = urlsplit(BASE_URL).scheme == "https"
SESSION_COOKIE_NAME = "__Host-session" if SESSION_COOKIE_SECURE else "session"
WTF_CSRF_TIME_LIMIT = None  # a token lives as long as its session
COMPRESS_MIN_SIZE = 1_000
SQLALCHEMY_ENGINE_OPTIONS = {"pool_pre_ping": True}
