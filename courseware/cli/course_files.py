"""Commands about the files of the course that need neither the web nor the database."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from courseware.content.course import Course
from courseware.content.loader import load_course
from courseware.content.schema import json_schemas
from courseware.core.errors import Refused
from courseware.core.paths import shipped_course

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("path", type=FOLDER, envvar="COURSEWARE_CONTENT", default=shipped_course)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON.")
def check(path: Path, *, as_json: bool) -> None:
    """Name every problem of the course files as file:line:column: rule: message.

    Exits with 1 if there is an error; a warning alone is no error.

    Example: courseware content check content/five-accounts
    """
    loaded = load_course(path)
    if as_json:
        click.echo(json.dumps([asdict(issue) for issue in loaded.issues], indent=2))
    else:
        for issue in loaded.issues:
            click.echo(f"{path}/{issue}")
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


@click.command()
def schema() -> None:
    """Print the JSON Schema of the course files, for editors.

    Example: courseware content schema > course.schema.json
    """
    click.echo(json.dumps(json_schemas(), indent=2))


def load_sound(folder: Path) -> Course:
    """Load the course of a folder; raise Refused, naming the problems, if it has errors."""
    loaded = load_course(folder)
    if loaded.course is None:
        problems = "\n".join(f"{folder}/{issue}" for issue in loaded.issues)
        raise Refused(f"{problems}\nThe course has errors, so nothing was changed. Mend them and try again.")
    return loaded.course
