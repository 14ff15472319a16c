"""Commands that write the beginning of a course or of a module."""

from pathlib import Path

import click

from courseware.cli.course_files import FOLDER
from courseware.content.scaffold import new_course, new_module
from courseware.core.paths import shipped_course


@click.group()
def new() -> None:
    """Write the beginning of a course or of a module."""


@new.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="Title of the course; without it, the name of the folder in words.")
def course(folder: Path, title: str | None) -> None:
    """Write a small course that passes the check into a new folder.

    Example: courseware content new course content/tea-and-taxes --title "Tea and taxes"
    """
    new_course(folder, title)
    click.echo(f"{folder} holds a course. Write over it, and check it with: courseware content check {folder}")


@new.command()
@click.argument("name")
@click.option("--title", required=True, help="Title of the module.")
@click.option(
    "--course",
    "folder",
    type=FOLDER,
    envvar="COURSEWARE_CONTENT",
    default=shipped_course,
    help="Folder of the course.",
)
def module(name: str, title: str, folder: Path) -> None:
    """Write a small module into the folder of a course, and list it last in course.yaml.

    Example: courseware content new module 05-repeal --title "Repeal"
    """
    module_id = new_module(folder, name, title)
    click.echo(f"{folder}/modules/{name} holds the module “{module_id}”, and course.yaml lists it.")
