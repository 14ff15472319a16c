"""Work on attempts that runs outside requests, in transactions of its own."""

from datetime import datetime, timedelta

from courseware.attempts import queries, services
from courseware.core.database import db


def sweep(*, at: datetime, grace_seconds: int) -> int:
    """Submit every attempt that has run out, with what was saved; return how many it closed.

    Safe to run at any time and by many at once: each attempt is locked, looked at again and
    committed by itself, so that no run holds the database for long.
    """
    closed = 0
    overdue = queries.list_overdue_ids(at - timedelta(seconds=grace_seconds))
    db.session.commit()
    for attempt_id in overdue:
        closed += services.submit_overdue(attempt_id, at=at, grace_seconds=grace_seconds)
        db.session.commit()
    return closed
