"""The server is killed without a warning while learners write."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

from courseware.attempts.models import Response
from tests.processes.conftest import StartServer
from tests.processes.ledger import Ledger
from tests.processes.visitor import Visitor
from tests.scale import CRASH_ROUNDS

LEARNERS = 6


def test_a_killed_server_has_lost_no_acknowledged_answer(
    db: SQLAlchemy, start_server: StartServer, make_learners: Callable[[int], list[str]], essays: str
) -> None:
    seed = random.getrandbits(32)
    print(f"seed of the moments of the kill: {seed}")
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    server = start_server()
    visitors = [Visitor(server.port) for _ in range(LEARNERS)]
    ledgers = []
    for visitor, email in zip(visitors, make_learners(LEARNERS), strict=True):
        visitor.sign_in(email)
        ledgers.append(Ledger(email, visitor.start(essays)))

    for _ in range(CRASH_ROUNDS):
        before = [len(ledger.acknowledged) for ledger in ledgers]
        with ThreadPoolExecutor(LEARNERS) as pool:
            writing = [pool.submit(ledger.write, visitor) for ledger, visitor in zip(ledgers, visitors, strict=True)]
            while any(
                len(ledger.acknowledged) == count and not done.done()
                for ledger, count, done in zip(ledgers, before, writing, strict=True)
            ):
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 1))
            server.kill()
            for done in writing:
                done.result()
        assert not any(ledger.refusals for ledger in ledgers), server.output
        server = start_server()
        for ledger, visitor in zip(ledgers, visitors, strict=True):
            visitor.port = server.port
            ledger.compare(db)
        if db.engine.dialect.name == "sqlite":
            assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"

    assert sum(len(ledger.acknowledged) for ledger in ledgers) >= CRASH_ROUNDS * LEARNERS


@pytest.mark.parametrize("size", [1, 20_000])
def test_a_save_repeated_after_a_crash_gets_the_same_answer(
    db: SQLAlchemy, start_server: StartServer, make_learners: Callable[[int], list[str]], essays: str, size: int
) -> None:
    server = start_server()
    visitor = Visitor(server.port)
    visitor.sign_in(make_learners(1)[0])
    attempt = visitor.start(essays)
    first = visitor.save(attempt, 1, "x" * size, seen=0, key="once").json
    server.kill()
    visitor.port = start_server().port
    again = visitor.save(attempt, 1, "x" * size, seen=0, key="once").json
    kept = ("version", "saved_at", "state", "text", "remark")
    assert {name: again[name] for name in kept} == {name: first[name] for name in kept}
    assert db.session.query(Response).count() == 1
