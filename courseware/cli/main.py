"""The entry point: makes the application and gathers the groups of commands."""

import json
import sys
from dataclasses import asdict, dataclass

import click
from flask import current_app
from flask.cli import ScriptInfo, with_appcontext
from sqlalchemy.exc import DatabaseError, OperationalError

from courseware import __version__
from courseware.app import create_app
from courseware.cli import accounts, attempts, classes, content, database, server
from courseware.core.errors import CoursewareError
from courseware.web.application import SAFE_METHODS
from courseware.web.guard import PUBLIC


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="courseware")
def cli() -> None:
    """Courseware: a course and quiz platform that you install yourself."""


@dataclass(frozen=True)
class _Route:
    """An address as scripts and auditors want to know it."""

    methods: list[str]
    path: str
    parameters: list[str]
    permission: str
    changes_state: bool


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@with_appcontext
def routes(*, as_json: bool) -> None:
    """List every address: methods, path, who may, and whether it changes state.

    Example: courseware routes --json
    """
    rows = [
        _Route(
            methods=sorted(set(rule.methods or ()) - {"HEAD", "OPTIONS"}),
            path=rule.rule,
            parameters=sorted(rule.arguments),
            permission=str(getattr(current_app.view_functions[rule.endpoint], "permission", PUBLIC)),
            changes_state=bool(set(rule.methods or ()) - SAFE_METHODS),
        )
        for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
    ]
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], indent=2))
        return
    for row in rows:
        click.echo(f"{','.join(row.methods):<10} {row.path:<75} {row.permission}")


for command in (
    accounts.user,
    attempts.sweep,
    classes.class_,
    content.content,
    database.init,
    database.migrate,
    server.demo,
    server.serve,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; a refusal, or a database that fails, is one plain sentence on stderr and exit status 1."""
    try:
        cli(obj=ScriptInfo(create_app=create_app, set_debug_flag=False), prog_name="courseware")
    except CoursewareError as refusal:
        click.echo(refusal.message, err=True)
        sys.exit(1)
    except DatabaseError as error:
        if type(error) not in {DatabaseError, OperationalError}:  # the others are faults of the program
            raise
        click.echo(f"The database does not answer: {str(error.orig).splitlines()[0]}", err=True)
        sys.exit(1)
