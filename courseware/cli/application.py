"""Runs a command inside the application."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import click
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy.exc import DatabaseError, OperationalError

from courseware.app import create_app
from courseware.core.errors import Refused

Asked = ParamSpec("Asked")
Given = TypeVar("Given")


def with_application(command: Callable[Asked, Given]) -> Callable[Asked, Given]:
    """Run a command in the application's context; a database that fails refuses it in one sentence."""
    in_context = with_appcontext(command)

    @wraps(command)
    def run(*arguments: Asked.args, **options: Asked.kwargs) -> Given:
        context = click.get_current_context()
        if context.obj is None:
            context.obj = ScriptInfo(create_app=create_app, set_debug_flag=False)
        try:
            given: Given = in_context(*arguments, **options)
        except DatabaseError as error:
            if type(error) not in {DatabaseError, OperationalError}:  # the others are faults of the program
                raise
            raise Refused(f"The database does not answer: {str(error.orig).splitlines()[0]}") from error
        return given

    return run
