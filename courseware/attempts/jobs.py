"""Work on attempts that runs outside requests, in transactions of its own."""

import logging
from datetime import datetime, timedelta

from courseware.attempts import queries, services
from courseware.core.database import db
from courseware.core.errors import CoursewareError

_log = logging.getLogger("courseware.attempts")


def sweep(*, at: datetime, grace_seconds: int) -> int:
    """Submit every attempt that has run out, with what was saved; return how many it closed.

    Safe to run at any time and by many at once: each attempt is locked, looked at again and
    committed by itself, so that no run holds the database for long. One that cannot be submitted
    stays open and is logged; when all the others are done, CoursewareError names it.
    """
    closed = 0
    stuck: list[int] = []
    overdue = queries.list_overdue_ids(at - timedelta(seconds=grace_seconds))
    db.session.commit()
    for attempt_id in overdue:
        try:
            closed += services.submit_overdue(attempt_id, at=at, grace_seconds=grace_seconds)
            db.session.commit()
        except Exception:  # noqa: BLE001 - whatever is the matter with one attempt, the others are due
            db.session.rollback()
            _log.exception("attempt %d is overdue and could not be submitted", attempt_id)
            stuck.append(attempt_id)
    if stuck:
        named = ", ".join(str(attempt_id) for attempt_id in stuck)
        raise CoursewareError(
            f"Submitted overdue attempts: {closed}. Not submitted, and still open: {named}. The log says why."
        )
    return closed
