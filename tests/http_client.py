"""A client that talks to the application as a browser does: one request, one session, a CSRF token with each change."""

import secrets
from typing import Any

from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from typing_extensions import override
from werkzeug.datastructures import Headers
from werkzeug.test import TestResponse

from courseware.core.database import db
from courseware.web.application import SAFE_METHODS


class Client(FlaskClient):
    """Sends each request in a context of its own.

    What the test has prepared is committed first: an open transaction of the test would lock
    the request out. A test of forged requests sets `sends_csrf_token` to False.
    """

    sends_csrf_token = True

    @override
    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        db.session.commit()
        if self.sends_csrf_token and kwargs.get("method", "GET") not in SAFE_METHODS:
            headers = Headers(kwargs.get("headers"))
            headers.setdefault("X-CSRFToken", self.csrf_token())
            kwargs["headers"] = headers
        # A context of its own, because a request would otherwise share the session and `g` of the test.
        with self.application.app_context():
            return super().open(*args, **kwargs)

    def csrf_token(self) -> str:
        """Return a token that the application takes from this client."""
        with self.application.app_context(), self.session_transaction() as session:
            secret = session.setdefault("csrf_token", secrets.token_hex(20))
        key = self.application.secret_key
        assert key is not None
        token: str = URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret)
        return token
