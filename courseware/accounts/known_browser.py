"""A cookie that says: the owner of this account has signed in here before.

It opens nothing. It only gives the browser its own budget of tries, so that somebody who
spends the account's cannot lock the owner out.
"""

import hashlib
import secrets

from flask import Response, current_app, request
from itsdangerous import BadSignature, URLSafeSerializer

LIFETIME_SECONDS = 365 * 24 * 60 * 60


def find(account: str) -> str | None:
    """Return the number of this browser if it is known to the account."""
    try:
        digest, number = _serializer().loads(request.cookies.get(_cookie_name(), ""))
    except (BadSignature, ValueError):
        return None
    return str(number) if digest == _digest(account) else None


def remember(response: Response, account: str) -> None:
    """Make this browser known to the account."""
    response.set_cookie(
        _cookie_name(),
        _serializer().dumps([_digest(account), secrets.token_hex(16)]),
        max_age=LIFETIME_SECONDS,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def _cookie_name() -> str:
    return "__Host-known_browser" if current_app.config["SESSION_COOKIE_SECURE"] else "known_browser"


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="known-browser")


def _digest(account: str) -> str:
    return hashlib.sha256(account.encode()).hexdigest()
