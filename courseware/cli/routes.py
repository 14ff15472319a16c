"""The command that lists every address."""

import json
from dataclasses import asdict, dataclass

import click
from flask import current_app

from courseware.cli.application import with_application
from courseware.web.application import SAFE_METHODS
from courseware.web.guard import PUBLIC


@dataclass(frozen=True)
class _Route:
    """An address as scripts and auditors want to know it."""

    methods: list[str]
    path: str
    parameters: list[str]
    permission: str
    changes_state: bool


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@with_application
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
