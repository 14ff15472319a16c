"""The Flask application class: one transaction for each request."""

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from typing_extensions import override

from courseware.core.database import db, only_reading

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class CoursewareFlask(Flask):
    """A view that returns commits; one that raises rolls back.

    Safe methods never take the write lock, and never write.
    """

    @override
    def full_dispatch_request(self) -> Response:
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
        return super().handle_user_exception(e)
