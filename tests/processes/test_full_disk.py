"""The files of the database cannot grow: a limit on the size of files stands for a full disk."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import make_url, text

from tests.databases import CopiedDatabase
from tests.processes.conftest import StartServer
from tests.processes.ledger import Ledger
from tests.processes.server import Server
from tests.processes.visitor import Visitor

UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@contextmanager
def no_room(server: Server, database: Path) -> Iterator[None]:
    """Let no process of the server make a file longer than the write-ahead log is now."""
    log = database.with_name(f"{database.name}-wal")
    size = min(database.stat().st_size, log.stat().st_size)
    for process_id in server.process_ids():
        resource.prlimit(process_id, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    yield
    for process_id in server.process_ids():
        resource.prlimit(process_id, resource.RLIMIT_FSIZE, UNLIMITED)


def test_while_files_cannot_grow_nothing_is_acknowledged_and_then_it_goes_on(
    db: SQLAlchemy,
    copied_database: CopiedDatabase,
    start_server: StartServer,
    make_learners: Callable[[int], list[str]],
    essays: str,
) -> None:
    server = start_server()
    visitor = Visitor(server.port)
    visitor.sign_in(make_learners(1)[0])
    ledger = Ledger("Amara", visitor.start(essays))
    database = make_url(copied_database.url).database
    if db.engine.dialect.name != "sqlite" or database is None:
        return  # the files of PostgreSQL are not the server's own; tests/hostile lets it report a full disk

    with no_room(server, Path(database)):
        ledger.write(visitor)
        assert ledger.refusals, "the limit was never reached"
        assert ledger.refusals[-1] in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INSUFFICIENT_STORAGE}
        assert visitor.get(ledger.attempt).status == HTTPStatus.OK, "reading goes on"

    ledger.compare(db)
    stored = len(ledger.acknowledged)
    ledger.write(visitor, until=lambda: len(ledger.acknowledged) >= stored + 5)
    ledger.compare(db)
    assert len(ledger.acknowledged) == stored + 5, "it goes on without a restart"
    assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
