"""The command that loads the course into the database."""

from pathlib import Path

import click
from flask import current_app

from courseware.assignments import services as assignment_services
from courseware.classes import queries as class_queries
from courseware.cli.course_files import FOLDER, load_sound
from courseware.cli.schema import with_database
from courseware.content.rendering import RENDERER_VERSION
from courseware.core import clock
from courseware.core.database import db
from courseware.courses.queries import find_current_version
from courseware.courses.sync import Outcome, Synced, sync_course


@click.command()
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


def sync_checked(folder: Path) -> Synced:
    """Sync the course of a folder, and set its new quizzes for every class.

    Raises Refused, naming the problems, if it has errors.
    """
    synced = sync_course(load_sound(folder), at=clock.now())
    for class_ in class_queries.list_classes_on(synced.version.course_id):
        assignment_services.assign_all_quizzes(class_)
    return synced


def tell_if_outdated() -> None:
    """Say what to do if the course was loaded by another version of Courseware: pages lack what only a sync writes."""
    version = find_current_version()
    if version is not None and version.renderer_version != RENDERER_VERSION:
        click.echo("Another version of Courseware loaded the course. Load it again with: courseware content sync")
