"""Commands about accounts."""

import json
import sys

import click

from courseware.accounts import queries, services
from courseware.accounts.models import SiteRole, User
from courseware.accounts.rules import RESET_LIFETIME, propose_passphrase
from courseware.cli.schema import with_database
from courseware.core import clock
from courseware.core.database import db
from courseware.core.errors import Refused

_email = click.argument("email")
_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_from_stdin = click.option(
    "--passphrase-stdin", "from_stdin", is_flag=True, help="Read the passphrase from standard input."
)
_ROLES = click.Choice([role.value for role in SiteRole])


@click.group()
def user() -> None:
    """Accounts: who may sign in, and what they are on the site."""


@user.command("add")
@_email
@click.option("--name", required=True, help="The name that others see.")
@click.option("--role", type=_ROLES, default=SiteRole.LEARNER.value, show_default=True)
@_from_stdin
@_as_json
@with_database
def add(email: str, name: str, role: str, *, from_stdin: bool, as_json: bool) -> None:
    """Make an account. Without --passphrase-stdin a passphrase is proposed and printed once.

    Example: courseware user add amara@example.org --name "Amara Sample" --role learner
    """
    passphrase = _read_passphrase() if from_stdin else propose_passphrase()
    new = services.add_user(email, name, SiteRole(role), passphrase, at=clock.now())
    db.session.commit()
    shown = {} if from_stdin else {"passphrase": passphrase}
    if as_json:
        click.echo(json.dumps({**_facts(new), **shown}))
        return
    click.echo(f"Made the account {new.email}, {new.name}, {new.role.value}.")
    for text in shown.values():
        click.echo(f"Passphrase, shown only now: {text}")


@user.command("disable")
@_email
@_as_json
@with_database
def disable(email: str, *, as_json: bool) -> None:
    """Shut an account out at once. What it did stays.

    Example: courseware user disable amara@example.org
    """
    person = user_of(email)
    services.disable(person, at=clock.now())
    _report(person, f"{person.email} is disabled and signed out everywhere.", as_json=as_json)


@user.command("enable")
@_email
@_as_json
@with_database
def enable(email: str, *, as_json: bool) -> None:
    """Let a disabled account sign in again.

    Example: courseware user enable amara@example.org
    """
    person = user_of(email)
    services.enable(person)
    _report(person, f"{person.email} can sign in.", as_json=as_json)


@user.command("role")
@_email
@click.argument("role", type=_ROLES)
@_as_json
@with_database
def role(email: str, role: str, *, as_json: bool) -> None:
    """Change what somebody is on the site. Their sessions end.

    Example: courseware user role robin@example.org instructor
    """
    person = user_of(email)
    services.set_role(person, SiteRole(role), at=clock.now())
    _report(person, f"{person.email} is {role}.", as_json=as_json)


@user.command("reset-passphrase")
@_email
@_from_stdin
@_as_json
@with_database
def reset_passphrase(email: str, *, from_stdin: bool, as_json: bool) -> None:
    """Print a link by which somebody chooses a new passphrase, or set one from standard input.

    Example: courseware user reset-passphrase amara@example.org
    """
    person = user_of(email)
    if from_stdin:
        services.set_passphrase(person, _read_passphrase(), at=clock.now())
        _report(person, f"{person.email} has a new passphrase and is signed out everywhere.", as_json=as_json)
        return
    link = services.reset_link(services.make_reset(person, at=clock.now()))
    db.session.commit()
    if as_json:
        click.echo(json.dumps({**_facts(person), "link": link}))
    else:
        click.echo(
            f"Give this link to {person.name}. It works once, for {RESET_LIFETIME.seconds // 60} minutes:\n{link}"
        )


def user_of(email: str) -> User:
    """Return who has this e-mail address; raise Refused if nobody has."""
    user = queries.find_user(email)
    if user is None:
        raise Refused(f"There is no account with the e-mail address {email}.")
    return user


def _read_passphrase() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _facts(person: User) -> dict[str, object]:
    return {"email": person.email, "name": person.name, "role": person.role.value, "is_disabled": person.is_disabled}


def _report(person: User, sentence: str, *, as_json: bool) -> None:
    db.session.commit()
    click.echo(json.dumps(_facts(person)) if as_json else sentence)
