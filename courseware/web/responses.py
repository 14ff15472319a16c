"""Safe redirects, and telling a script from a page."""

import re
from urllib.parse import urlsplit

from flask import request

_UNSAFE = re.compile(r"[\x00-\x20\\\x7f]")


def wants_json() -> bool:
    """Tell whether the request comes from a script that speaks JSON."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def local_path(target: str | None, fallback: str) -> str:
    """Return the target if it is a plain path on this site, else the fallback.

    Browsers read `//host`, backslashes and control characters as ways to another host, so
    anything but one slash and printable text after it is refused.
    """
    if not target or not target.startswith("/") or target.startswith("//") or _UNSAFE.search(target):
        return fallback
    parts = urlsplit(target)
    return fallback if parts.scheme or parts.netloc else target
