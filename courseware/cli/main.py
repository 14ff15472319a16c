"""The entry point: gathers the commands, and turns a refusal into one sentence."""

import sys

import click

from courseware import __version__
from courseware.cli.lazy import LazyGroup
from courseware.core.errors import CoursewareError

COMMANDS = {
    "class": "courseware.cli.classes:class_",
    "content": "courseware.cli.main:content",
    "demo": "courseware.cli.server:demo",
    "init": "courseware.cli.database:init",
    "migrate": "courseware.cli.database:migrate",
    "routes": "courseware.cli.routes:routes",
    "serve": "courseware.cli.server:serve",
    "sweep": "courseware.cli.attempts:sweep",
    "user": "courseware.cli.accounts:user",
}
CONTENT_COMMANDS = {
    "check": "courseware.cli.course_files:check",
    "new": "courseware.cli.course_scaffold:new",
    "schema": "courseware.cli.course_files:schema",
    "sync": "courseware.cli.course_sync:sync",
}


@click.group(cls=LazyGroup, places=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="courseware")
def cli() -> None:
    """Courseware: a course and quiz platform that you install yourself."""


@click.group(cls=LazyGroup, places=CONTENT_COMMANDS)
def content() -> None:
    """Check the files of the course, and load them."""


def main() -> None:
    """Run the command line; a refusal is one plain sentence on stderr and exit status 1."""
    try:
        cli(prog_name="courseware")
    except CoursewareError as refusal:
        click.echo(refusal.message, err=True)
        sys.exit(1)
