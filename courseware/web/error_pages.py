"""Which error becomes which status and which page."""

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, current_app, jsonify, make_response, redirect, render_template, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from courseware.core.errors import Conflict, CoursewareError, Invalid, NoDatabase, TooManyTries
from courseware.core.permissions import Permission
from courseware.web.application import SAFE_METHODS
from courseware.web.guard import PUBLIC, current_identity, permission_asked
from courseware.web.responses import wants_json

_log = logging.getLogger("courseware.errors")

_NOT_SAVED = "Not saved"
# status: heading, what to do
_WORDS: dict[int, tuple[str, str]] = {
    401: ("You are signed out", "Sign in again in another tab, then come back; what you typed here is still here."),
    400: ("This request cannot be read", "Go back, reload the page and try again."),
    403: ("This request came from another site", "Open the page here and try again."),
    404: ("There is nothing here for you", "Check the address, or start from your dashboard."),
    405: ("This address does not do that", "Go back and use the buttons on the page."),
    409: ("Something changed in the meantime", "Reload the page to see how it stands now."),
    410: ("This is closed", "What you sent was kept. Ask your instructor if it should count."),
    413: ("That is too much at once", "Shorten it and send it again. Nothing was saved."),
    415: ("This kind of content is not read here", "Use the form on the page."),
    422: ("Something needs mending", "Go back, mend it and send it again."),
    429: ("Too many tries", "Wait a little, then try again."),
    500: (
        "Something broke on our side",
        "What you did before is safe. Try again; if it goes on, tell your instructor.",
    ),
    503: (_NOT_SAVED, "The database did not answer. Try again in a moment."),
    507: (_NOT_SAVED, "The disk of the server is full. Keep a copy of what you typed, and tell your instructor."),
}
RETRY_AFTER_SECONDS = 5
# The forms of an account hold passphrases, which no page may show.
_NOT_SENT_AGAIN = frozenset({PUBLIC, Permission.ACCOUNT_EDIT})
_FULL_ON_SQLITE = "SQLITE_FULL"
_FULL_ON_POSTGRESQL = "53100"


def install(app: Flask) -> None:
    """Register a handler for every kind of error."""
    app.register_error_handler(CoursewareError, _known)
    app.register_error_handler(CSRFError, _no_token)
    app.register_error_handler(HTTPException, _http)
    for kind in (OperationalError, InterfaceError, NoConnectionFree, NoDatabase):
        app.register_error_handler(kind, _database)
    app.register_error_handler(UnicodeError, _unreadable)
    app.register_error_handler(Exception, _unexpected)


def _page(status: int, message: str = "", **details: object) -> Response:
    heading, advice = _words(status)
    if wants_json():
        response = jsonify({"error": message or heading, "advice": advice, **details})
    elif request_ctx.url_adapter is None or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        response = _bare_page(heading, message, advice)
    else:
        response = make_response(
            render_template(
                "errors/error.html", heading=heading, message=message, advice=advice, status=status, **details
            )
        )
    response.status_code = status
    return response


def _words(status: int) -> tuple[str, str]:
    """Return the heading of an error, and what to do."""
    heading, advice = _WORDS.get(status, (HTTPStatus(status).phrase, "Go back and try again."))
    if heading == _NOT_SAVED and request.method in SAFE_METHODS:
        heading = "This page cannot be shown now"
    return heading, advice


def _bare_page(heading: str, message: str, advice: str) -> Response:
    """Return a page that needs neither the database, which may be what failed, nor a host that is ours.

    Flask's own `render_template` would ask who is signed in.
    """
    template = current_app.jinja_env.get_template("errors/bare.html")
    has_addresses = request_ctx.url_adapter is not None
    return make_response(template.render(heading=heading, message=message, advice=advice, has_addresses=has_addresses))


def _known(error: CoursewareError) -> ResponseReturnValue:
    details: dict[str, object] = {}
    if isinstance(error, Conflict):
        details.update(error.details)
    if isinstance(error, Invalid):
        details["fields"] = error.fields
    response = _page(error.status, error.message, **details)
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(error.retry_after_seconds)
    return response


def _no_token(_error: CSRFError) -> ResponseReturnValue:
    if permission_asked() != PUBLIC and current_identity() is None:
        return _sign_in_again()
    if fields := _fields_to_send_again():
        message = (
            "You signed in again since this page was opened. Nothing was saved yet. "
            "What you typed is still here: send it again."
        )
        return _send_again(400, "Not saved yet", message, fields)
    return _page(400, "The page was open too long, or you signed in again in another tab. Nothing was saved.")


def _send_again(status: int, heading: str, message: str, fields: list[tuple[str, str]]) -> ResponseReturnValue:
    return render_template("errors/send_again.html", heading=heading, message=message, fields=fields), status


def _fields_to_send_again() -> list[tuple[str, str]]:
    """Return what a form of ours sent, but for its token; nothing if a passphrase may be among it."""
    if permission_asked() in _NOT_SENT_AGAIN or wants_json() or not _is_from_a_page_of_ours():
        return []
    fields = [
        (name, text)
        for name, texts in request.form.lists()
        if name != "csrf_token" and "passphrase" not in name.lower()
        for text in texts
    ]
    return fields if len(fields) <= current_app.config["MAX_FORM_PARTS"] else []


def _is_from_a_page_of_ours() -> bool:
    """Tell whether the browser says so.

    A token is asked for before the check of origins, and what another site fills in must never
    come with a token of ours: a request that names no origin does not pass here, either.
    """
    origin = request.headers.get("Origin", "")
    fetch_site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return origin.partition("://")[2] == request.host and fetch_site == "same-origin"


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:  # a redirect of the router
        return error.response
    status = error.code or 500
    if status == HTTPStatus.UNAUTHORIZED:
        return _sign_in_again()
    response = _page(status)
    if isinstance(error, RequestEntityTooLarge):
        response.headers["Connection"] = "close"
    for name, value in error.get_headers():
        if name == "Allow":
            response.headers[name] = value
    return response


def _sign_in_again() -> ResponseReturnValue:
    if wants_json() or request.method not in {"GET", "HEAD"}:
        # The way back in a browser may fetch the page of the form anew, and what was typed would be gone.
        if fields := _fields_to_send_again():
            message = (
                "Nothing was saved yet. What you typed is still here. "
                "Sign in again in another tab, then come back and send it again."
            )
            return _send_again(401, "You are signed out", message, fields)
        response = _page(401, "Sign in again. Nothing was saved.")
        response.status_code = 401
        return response
    return redirect(url_for("accounts.sign_in", next=request.full_path.removesuffix("?")))


def _database(error: SQLAlchemyError | NoDatabase) -> ResponseReturnValue:
    reason = getattr(error, "orig", None) or error
    _log.warning("the database did not answer: %s", reason)
    if (
        getattr(reason, "sqlite_errorname", "") == _FULL_ON_SQLITE
        or getattr(reason, "sqlstate", "") == _FULL_ON_POSTGRESQL
    ):
        return _page(507)
    response = _page(503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def _unreadable(_error: UnicodeError) -> ResponseReturnValue:
    return _page(400, "Some characters cannot be read. Nothing was saved.")


def _unexpected(error: Exception) -> ResponseReturnValue:
    number = secrets.token_hex(4)
    _log.error("error %s on %s %s", number, request.method, request.path, exc_info=error)
    return _page(500, f"Error number {number}.")
