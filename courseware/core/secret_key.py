"""The key that signs cookies: made once, kept in the instance folder, never weak."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from courseware.core.environment import SettingsError

FILE_NAME = "secret-key"
LEAST_LENGTH = 32


def read_or_make(instance: Path) -> str:
    """Return the key kept in the instance folder, making one on first use, readable by its owner only."""
    path = instance / FILE_NAME
    if not path.exists():
        _make(path)
    key = path.read_text(encoding="ascii").strip()
    if _is_weak(key):
        raise SettingsError(
            f"The key in {path} is not whole. Remove the file: another key is made, and everybody signs in again."
        )
    return key


def refuse_weak(key: str) -> str:
    """Return the key of the settings, or raise if somebody could guess it."""
    if _is_weak(key):
        message = (
            f"COURSEWARE_SECRET_KEY is too weak: give at least {LEAST_LENGTH} random characters, "
            "or leave it out and one is made and kept in the instance folder."
        )
        raise SettingsError(message)
    return key


def _make(path: Path) -> None:
    """Make the file whole or not at all, because another process may read it at any moment."""
    with NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as draft:  # readable by its owner only
        draft.write(secrets.token_urlsafe(48))
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):  # another process was quicker: its key is the one
            os.link(draft.name, path)


def _is_weak(key: str) -> bool:
    return len(key) < LEAST_LENGTH or len(set(key)) < LEAST_LENGTH // 4
