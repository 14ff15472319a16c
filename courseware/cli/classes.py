"""Commands about classes."""

import json

import click
from flask import current_app

from courseware.accounts.models import SiteRole, User
from courseware.assignments import services as assignment_services
from courseware.classes import queries, services
from courseware.classes.models import Class, ClassRole, Enrolment
from courseware.cli.accounts import user_of
from courseware.cli.schema import with_database
from courseware.core import clock
from courseware.core.database import db
from courseware.core.errors import Refused
from courseware.courses import queries as course_queries


@click.group("class")
def class_() -> None:
    """Classes and who is in them."""


@class_.command("add")
@click.argument("title")
@click.option("--instructor", required=True, metavar="EMAIL", help="The account that teaches the class.")
@click.option("--timezone", metavar="NAME", help="Such as America/New_York; else the zone of the site.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_database
def add(title: str, instructor: str, timezone: str | None, *, as_json: bool) -> None:
    """Make a class on the course and set all its quizzes, without dates.

    Example: courseware class add "Evidence and media" --instructor robin@example.org
    """
    version = course_queries.find_current_version()
    if version is None:
        message = "There is no course yet. Load one with: courseware content sync"
        raise Refused(message)
    new = services.make_class(
        version.course,
        title,
        timezone or str(current_app.config["TIMEZONE"]),
        instructor=_instructor(instructor),
        at=clock.now(),
    )
    assignments = assignment_services.assign_all_quizzes(new)
    db.session.commit()
    if as_json:
        click.echo(json.dumps({"id": new.id, "title": new.title, "timezone": new.timezone}))
    else:
        quizzes = "1 quiz" if len(assignments) == 1 else f"{len(assignments)} quizzes"
        click.echo(f"Made class {new.id}, {new.title}, with {quizzes}.")


def _instructor(email: str) -> User:
    user = user_of(email)
    if user.role is SiteRole.LEARNER:
        raise Refused(f"{user.name} is a learner on this site. First: courseware user role {email} instructor")
    return user


@class_.command("enrol")
@click.argument("class_id", type=click.IntRange(min=1))
@click.argument("email")
@click.option("--role", type=click.Choice([role.value for role in ClassRole]), default=ClassRole.LEARNER.value)
@with_database
def enrol(class_id: int, email: str, role: str) -> None:
    """Enrol somebody in a class; enrolling again changes the role.

    Example: courseware class enrol 1 amara@example.org
    """
    enrolment = services.enrol(_class_of(class_id), user_of(email), ClassRole(role), at=clock.now())
    db.session.commit()
    click.echo(f"{enrolment.user.name} is {enrolment.role.value} in {enrolment.class_.title}.")


@class_.command("withdraw")
@click.argument("class_id", type=click.IntRange(min=1))
@click.argument("email")
@with_database
def withdraw(class_id: int, email: str) -> None:
    """End somebody's access to a class at once; their record stays.

    Example: courseware class withdraw 1 amara@example.org
    """
    enrolment = _enrolment_of(_class_of(class_id), user_of(email))
    services.withdraw(enrolment)
    db.session.commit()
    click.echo(f"{enrolment.user.name} is withdrawn from {enrolment.class_.title}.")


@class_.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@with_database
def list_all(*, as_json: bool) -> None:
    """List the classes.

    Example: courseware class list
    """
    rows = queries.list_all_classes()
    if as_json:
        click.echo(json.dumps([{"id": row.id, "title": row.title, "timezone": row.timezone} for row in rows]))
        return
    for row in rows:
        click.echo(f"{row.id:>6}  {row.title}  ({row.timezone})")


def _class_of(class_id: int) -> Class:
    class_ = queries.find_class(class_id)
    if class_ is None:
        raise Refused(f"There is no class {class_id}. List them with: courseware class list")
    return class_


def _enrolment_of(class_: Class, user: User) -> Enrolment:
    enrolment = queries.find_enrolment(class_, user)
    if enrolment is None:
        raise Refused(f"{user.name} is not in {class_.title}.")
    return enrolment
