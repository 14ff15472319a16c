"""The first page: where to go on, how far one is, how sure one is of each objective."""

from dataclasses import dataclass

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from courseware.attempts import queries as attempt_queries
from courseware.core import clock
from courseware.core.permissions import Identity, Role
from courseware.courses import queries as course_queries
from courseware.courses.models import CourseVersion, Objective
from courseware.dashboard import queries
from courseware.dashboard.rules import Mastery, mastery
from courseware.lessons import queries as lesson_queries
from courseware.web.guard import current_identity, public

blueprint = Blueprint("dashboard", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Show the dashboard, or the front page to somebody who is not signed in."""
    identity = current_identity()
    if identity is None:
        return render_template("dashboard/front.html", version=course_queries.find_current_version())
    version = course_queries.find_current_version()
    is_staff = Role.LEARNER not in identity.class_roles.values()
    if version is None or (not identity.class_roles and identity.site_role is Role.LEARNER):
        return render_template("dashboard/empty.html", version=version)
    context = _reading(identity, version)
    context["standings"] = attempt_queries.list_standings(list(identity.class_roles), identity.user_id)
    if is_staff:
        context["classes"] = queries.list_classes(list(identity.class_roles))
        context["learner_counts"] = queries.count_learners(list(identity.class_roles))
    return render_template("dashboard/home.html", version=version, is_staff=is_staff, now=clock.now(), **context)


@blueprint.app_template_global()
def course_sample() -> str | None:
    """Return the passage by which the course shows how it cites, for the page on which people sign in."""
    version = course_queries.find_current_version()
    sample: str | None = version.facts.get("sample") if version else None
    return sample


@dataclass(frozen=True)
class ObjectiveRow:
    """An objective and how sure the reader is of it."""

    objective: Objective
    mastery: Mastery


def _reading(identity: Identity, version: CourseVersion) -> dict[str, object]:
    lessons = course_queries.list_lessons(version.id)
    progress = lesson_queries.progress_by_lesson(identity.user_id, version.course_id)
    answered = queries.list_answered(identity.user_id, version.course_id)
    go_on = lesson_queries.lesson_to_go_on_with(lessons, progress)
    return {
        "lessons": lessons,
        "progress": progress,
        "go_on": go_on,
        "stopped_at": lesson_queries.find_last_place(version.id, progress.get(go_on.slug)) if go_on else None,
        "objectives": [
            ObjectiveRow(
                objective,
                mastery([(each.earned, each.possible) for each in answered if each.objective == objective.key]),
            )
            for objective in course_queries.list_objectives(version.id)
        ],
    }
