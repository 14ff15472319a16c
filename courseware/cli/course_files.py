"""Commands about the files of the course that need neither the web nor the database."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from courseware.content.course import Course
from courseware.content.issues import Issue, Severity
from courseware.content.loader import load_course
from courseware.content.schema import json_schemas
from courseware.core.errors import Refused
from courseware.core.paths import shipped_course

# What a workflow command would take for its own punctuation.
_IN_MESSAGES: Final = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_IN_PROPERTIES: Final = _IN_MESSAGES | str.maketrans({":": "%3A", ",": "%2C"})

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.argument("path", type=FOLDER, envvar="COURSEWARE_CONTENT", default=shipped_course)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    help="What to print: lines of text, JSON, or annotations of a GitHub workflow.",
)
@click.option("--json", "form", flag_value="json", help="Short for --format json.")
@click.option("--strict", is_flag=True, help="Take a warning for an error.")
def check(path: Path, *, form: str, strict: bool) -> None:
    """Name every problem of the course files as file:line:column: rule: message.

    Exits with 1 if there is an error; a warning alone is no error, unless --strict says so.

    Example: courseware content check --strict content/five-accounts
    """
    loaded = load_course(path)
    if form == "json":
        click.echo(json.dumps([asdict(issue) for issue in loaded.issues], indent=2))
    else:
        for issue in loaded.issues:
            click.echo(_annotation(path, issue) if form == "github" else f"{path}/{issue}")
        if loaded.course is not None:
            click.echo(
                f"{loaded.course.meta.title}: {len(loaded.course.lessons)} lessons, "
                f"{len(loaded.course.questions)} questions, {len(loaded.course.claims)} claims, "
                f"{len(loaded.issues)} warnings."
            )
        else:
            click.echo(f"{len(loaded.issues)} problems.", err=True)
    if loaded.course is None or (strict and loaded.issues):
        sys.exit(1)


def _annotation(folder: Path, issue: Issue) -> str:
    """Return the problem as a workflow command; GitHub shows it beside the line, by the path from where it runs."""
    level = "error" if issue.severity is Severity.ERROR else "warning"
    path = (folder / issue.file).resolve()
    file = path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    properties = {"file": str(file), "line": str(issue.line), "col": str(issue.column), "title": str(issue.rule)}
    written = ",".join(f"{key}={value.translate(_IN_PROPERTIES)}" for key, value in properties.items())
    return f"::{level} {written}::{issue.message.translate(_IN_MESSAGES)}"


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
