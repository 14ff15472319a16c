"""Commands about attempts."""

import click
from flask import current_app

from courseware.attempts import jobs
from courseware.cli.schema import with_database
from courseware.core import clock


@click.command()
@with_database
def sweep() -> None:
    """Submit every attempt whose time is up, with what was saved.

    Safe to run at any time, and by many at once. The server does the same every half minute.

    Example: courseware sweep
    """
    closed = jobs.sweep(at=clock.now(), grace_seconds=current_app.config["GRACE_SECONDS"])
    click.echo(f"Submitted {closed} overdue attempt{'' if closed == 1 else 's'}.")
