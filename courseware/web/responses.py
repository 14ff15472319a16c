"""Safe redirects, downloads, and telling a script from a page."""

import re
from urllib.parse import urlsplit

from flask import Response, request

from courseware.core.csv_text import BYTE_ORDER_MARK

_UNSAFE = re.compile(r"[\x00-\x20\\\x7f]")


def wants_json() -> bool:
    """Tell whether the request comes from a script that speaks JSON."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def csv_download(text: str, filename: str) -> Response:
    """Return CSV as a file of that name, which must be plain letters, digits, hyphens and dots."""
    response = Response(BYTE_ORDER_MARK + text, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def local_path(target: str | None, fallback: str) -> str:
    """Return the target if it is a plain path on this site, else the fallback.

    Browsers read `//host`, backslashes and control characters as ways to another host, so
    anything but one slash and printable text after it is refused.
    """
    if not target or not target.startswith("/") or target.startswith("//") or _UNSAFE.search(target):
        return fallback
    parts = urlsplit(target)
    return fallback if parts.scheme or parts.netloc else target
