"""The Flask application class: one transaction for each request."""

from datetime import datetime

from flask import Flask, Request, Response, g, request
from flask.typing import ResponseReturnValue
from typing_extensions import override
from werkzeug.utils import cached_property

from courseware.core import clock
from courseware.core.database import db, only_reading

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CoursewareRequest(Request):
    """A request whose address can always be read, whatever bytes stand in it."""

    @override
    @cached_property
    def full_path(self) -> str:
        return f"{self.path}?{self.query_string.decode(errors='replace')}"


def arrived_at() -> datetime:
    """Return when the request arrived, before it waited for anything, such as the lock of the database."""
    moment: datetime = g.arrived_at
    return moment


class CoursewareFlask(Flask):
    """A view that returns commits; one that raises rolls back.

    Safe methods never take the write lock, and never write; nor do pages about errors.
    """

    request_class = CoursewareRequest

    @override
    def full_dispatch_request(self) -> Response:
        g.arrived_at = clock.now()
        if request.method in SAFE_METHODS:
            with only_reading():
                return super().full_dispatch_request()
        return super().full_dispatch_request()

    @override
    def dispatch_request(self) -> ResponseReturnValue:
        answer = super().dispatch_request()
        db.session.commit()
        return answer

    @override
    def handle_user_exception(self, e: Exception) -> ResponseReturnValue:
        db.session.rollback()
        with only_reading():
            return super().handle_user_exception(e)
