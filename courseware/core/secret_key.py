"""The key that signs cookies: made once, kept in the instance folder, never weak."""

import secrets
from pathlib import Path

from courseware.core.environment import SettingsError

FILE_NAME = "secret-key"
LEAST_LENGTH = 32


def read_or_make(instance: Path) -> str:
    """Return the key kept in the instance folder, making one on first use, readable by its owner only."""
    path = instance / FILE_NAME
    if not path.exists():
        instance.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()


def refuse_weak(key: str) -> str:
    """Return the key, or raise if somebody could guess it."""
    if len(key) < LEAST_LENGTH or len(set(key)) < LEAST_LENGTH // 4:
        message = (
            f"COURSEWARE_SECRET_KEY is too weak: give at least {LEAST_LENGTH} random characters, "
            "or leave it out and one is made and kept in the instance folder."
        )
        raise SettingsError(message)
    return key
