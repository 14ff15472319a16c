"""The contract names every command and every address, and no others."""

import re

import click
from flask import Flask

from courseware.cli.main import cli
from tests.architecture.project import ROOT


def _contract() -> str:
    return (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")


def _section(title: str) -> str:
    return _contract().split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]


def _members(group: click.Group) -> list[tuple[str, click.Command]]:
    context = click.Context(group)
    return [
        (name, command)
        for name in group.list_commands(context)
        if (command := group.get_command(context, name)) is not None
    ]


def _commands(group: click.Group, prefix: str = "") -> set[str]:
    found: set[str] = set()
    for name, command in _members(group):
        if isinstance(command, click.Group):
            found |= _commands(command, f"{prefix}{name} ")
        else:
            found.add(prefix + name)
    return found


def test_the_contract_names_every_command_and_no_other() -> None:
    named = set(re.findall(r"^\| `([a-z -]+)` \|", _section("Commands"), re.MULTILINE))
    assert named == _commands(cli)


def test_every_command_explains_itself_with_an_example() -> None:
    def check(group: click.Group) -> list[str]:
        return [
            missing
            for name, command in _members(group)
            for missing in (
                check(command)
                if isinstance(command, click.Group)
                else ([] if "Example: courseware" in (command.help or "") else [name])
            )
        ]

    assert check(cli) == []


def test_the_contract_names_every_address_and_no_other(app: Flask) -> None:
    in_program = {re.sub(r"<[^<>]*?([a-z_]+)>", r"<\1>", rule.rule) for rule in app.url_map.iter_rules()}
    named = set(re.findall(r"`(/[^`]*)`", _section("HTTP").split("### Autosave")[0]))
    assert named == in_program
