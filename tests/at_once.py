"""Does several things at the same moment, each in a thread with a context and a connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from courseware.core.database import db
from courseware.web.application import CoursewareFlask
from tests.http_client import Client

Outcome = TypeVar("Outcome")


def at_once(app: CoursewareFlask, tasks: Sequence[Callable[[], Outcome]]) -> list[Outcome]:
    """Return what each task returns; all begin together."""
    db.session.commit()
    barrier = Barrier(len(tasks))

    def run(task: Callable[[], Outcome]) -> Outcome:
        with app.app_context():
            barrier.wait()
            return task()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def clients(app: CoursewareFlask, count: int) -> list[Client]:
    """Open several browsers."""
    opened = [app.test_client() for _ in range(count)]
    return [each for each in opened if isinstance(each, Client)]
