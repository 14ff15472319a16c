"""Where the files that travel with the code lie."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped(name: str) -> Path:
    """Return a file or folder that ships with the project, such as ``templates``.

    An installed wheel carries them inside the package, a checkout beside it.
    """
    inside = _PACKAGE / "_data" / name
    return inside if inside.exists() else _PACKAGE.parent / name


def shipped_course() -> Path:
    """Return the folder of the course that ships with the project."""
    return shipped("content") / "five-accounts"
