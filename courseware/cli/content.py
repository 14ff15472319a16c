"""Commands about the files of the course."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click
from flask import current_app

from courseware.assignments import services as assignment_services
from courseware.classes import queries as class_queries
from courseware.cli.schema import with_database
from courseware.content.course import Course
from courseware.content.loader import load_course
from courseware.content.schema import json_schemas
from courseware.core import clock
from courseware.core.database import db
from courseware.core.errors import Refused
from courseware.core.paths import shipped
from courseware.courses.sync import Outcome, Synced, sync_course

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def content() -> None:
    """Check the files of the course, and load them."""


@content.command()
@click.argument("path", type=FOLDER, required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def check(path: Path | None, *, as_json: bool) -> None:
    """Name every problem of the course files as file:line:column: rule: message.

    Exits with 1 if there is an error; a warning alone is no error.

    Example: courseware content check content/five-accounts
    """
    folder = path or shipped("content") / "five-accounts"
    loaded = load_course(folder)
    if as_json:
        click.echo(json.dumps([asdict(issue) for issue in loaded.issues], indent=2))
    else:
        for issue in loaded.issues:
            click.echo(f"{folder}/{issue}")
        if loaded.course is not None:
            click.echo(
                f"{loaded.course.meta.title}: {len(loaded.course.lessons)} lessons, "
                f"{len(loaded.course.questions)} questions, {len(loaded.course.claims)} claims, "
                f"{len(loaded.issues)} warnings."
            )
        else:
            click.echo(f"{len(loaded.issues)} problems.", err=True)
    if loaded.course is None:
        sys.exit(1)


@content.command()
@click.argument("path", type=FOLDER, required=False)
@with_database
def sync(path: Path | None) -> None:
    """Load the course as a new version; a course with errors changes nothing.

    Example: courseware content sync
    """
    synced = sync_checked(path or current_app.config["CONTENT"])
    db.session.commit()
    if synced.outcome is Outcome.UNCHANGED:
        click.echo(f"{synced.version.title} is unchanged: version {synced.version.number}.")
    else:
        click.echo(f"{synced.version.title} is now version {synced.version.number}.")


@content.command()
def schema() -> None:
    """Print the JSON Schema of the course files, for editors.

    Example: courseware content schema > course.schema.json
    """
    click.echo(json.dumps(json_schemas(), indent=2))


def sync_checked(folder: Path) -> Synced:
    """Sync the course of a folder, and set its new quizzes for every class.

    Raises Refused, naming the problems, if it has errors.
    """
    synced = sync_course(load_sound(folder), at=clock.now())
    for class_ in class_queries.list_classes_on(synced.version.course_id):
        assignment_services.assign_all_quizzes(class_)
    return synced


def load_sound(folder: Path) -> Course:
    """Load the course of a folder; raise Refused, naming the problems, if it has errors."""
    loaded = load_course(folder)
    if loaded.course is None:
        problems = "\n".join(str(issue) for issue in loaded.issues)
        message = f"{problems}\nThe course has errors, so nothing was changed. Mend them and try again."
        raise Refused(message)
    return loaded.course
