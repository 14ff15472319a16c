"""Budgets of tries: shared, exact, and open again in time."""

import threading
from datetime import timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import func, select

from courseware.core.errors import TooManyTries
from courseware.web import rate_limit
from courseware.web.application import CoursewareFlask
from courseware.web.rate_limit import (
    CONSECUTIVE_GUESSES,
    TRIES,
    TRIES_FROM_ADDRESS,
    WINDOW_SECONDS,
    DatabaseStorage,
    RateLimitCount,
    Tries,
    client_address,
)
from tests.application import Clock

AMARA = "amara@example.org"
HERE = "203.0.113.7"
WINDOW = timedelta(seconds=WINDOW_SECONDS)

pytestmark = pytest.mark.usefixtures("db", "clock")


def spend_all(tries: Tries, number: int) -> int:
    """Spend a number of tries and return how many were let through."""
    let_through = 0
    for _ in range(number):
        try:
            tries.spend()
        except TooManyTries:
            continue
        let_through += 1
    return let_through


def test_an_account_takes_nine_tries_wherever_they_come_from() -> None:
    assert sum(spend_all(Tries(f"203.0.113.{number}", AMARA), 1) for number in range(50)) == TRIES


def test_refused_tries_do_not_put_the_end_off(clock: Clock) -> None:
    spend_all(Tries(HERE, AMARA), TRIES)
    clock.advance(WINDOW / 2)
    with pytest.raises(TooManyTries) as refusal:
        Tries(HERE, AMARA).spend()
    assert refusal.value.retry_after_seconds == WINDOW_SECONDS / 2
    clock.advance(WINDOW / 2)
    Tries(HERE, AMARA).spend()


def test_a_try_that_proves_right_lets_the_account_start_anew() -> None:
    spend_all(Tries(HERE, AMARA), TRIES)
    Tries(HERE, AMARA).forgive()
    assert spend_all(Tries(HERE, AMARA), 2 * TRIES) == TRIES


def test_a_known_browser_has_its_own_budget() -> None:
    spend_all(Tries(HERE, AMARA), 2 * TRIES)
    assert spend_all(Tries(HERE, AMARA, "browser"), 2 * TRIES) == TRIES
    Tries(HERE, AMARA, "browser").forgive()
    assert spend_all(Tries(HERE, AMARA, "browser"), 1) == 1


@pytest.mark.parametrize("known_browser", [None, "browser"])
def test_never_more_than_a_hundred_guesses_in_a_row(clock: Clock, known_browser: str | None) -> None:
    let_through = 0
    for _ in range(20):
        let_through += spend_all(Tries(HERE, AMARA, known_browser), 20)
        clock.advance(WINDOW)
    assert let_through == CONSECUTIVE_GUESSES


def test_after_a_hundred_guesses_a_mail_can_be_asked_for(clock: Clock) -> None:
    for _ in range(20):
        spend_all(Tries(HERE, AMARA), 20)
        clock.advance(WINDOW)
    with pytest.raises(TooManyTries, match="link by e-mail"):
        Tries(HERE, AMARA).spend()
    Tries(HERE, AMARA).spend(is_guess=False)
    rate_limit.clear_account(AMARA)
    Tries(HERE, AMARA).spend()


def test_an_address_takes_a_hundred_tries_at_many_accounts() -> None:
    assert sum(spend_all(Tries(HERE, f"{number}@example.org"), 1) for number in range(200)) == TRIES_FROM_ADDRESS
    assert spend_all(Tries("203.0.113.8", "new@example.org"), 1) == 1


def test_a_class_that_signs_in_from_one_address_is_not_throttled() -> None:
    for number in range(3 * TRIES_FROM_ADDRESS):
        tries = Tries(HERE, f"{number}@example.org")
        tries.spend()
        tries.forgive()


def test_many_tries_at_one_account_leave_the_address_to_its_neighbours() -> None:
    spend_all(Tries(HERE, AMARA), 5 * TRIES_FROM_ADDRESS)
    assert spend_all(Tries(HERE, "ben@example.org"), 1) == 1


def test_the_count_is_exact_under_many_threads(app: CoursewareFlask) -> None:
    counts: list[int] = []

    def spend() -> None:
        with app.app_context():
            counts.append(spend_all(Tries(HERE, AMARA), 5))

    threads = [threading.Thread(target=spend) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == TRIES


def test_a_count_stays_when_the_request_is_rolled_back(db: SQLAlchemy) -> None:
    spend_all(Tries(HERE, AMARA), TRIES)
    db.session.rollback()
    assert spend_all(Tries(HERE, AMARA), 1) == 0


def test_expired_counts_are_cleared_away(db: SQLAlchemy, clock: Clock) -> None:
    for number in range(5):
        Tries(f"203.0.113.{number}").spend()
    clock.advance(WINDOW)
    Tries(HERE).spend()
    assert db.session.scalar(select(func.count()).select_from(RateLimitCount)) == 1


def test_names_of_people_are_not_kept(db: SQLAlchemy) -> None:
    Tries(HERE, AMARA).spend()
    assert not [key for key in db.session.scalars(select(RateLimitCount.key)) if AMARA in key or HERE in key]


def test_the_storage_keeps_the_promises_of_the_library(clock: Clock) -> None:
    storage = DatabaseStorage()
    assert storage.check()
    assert (storage.incr("a", 60), storage.incr("a", 60, 2), storage.get("a"), storage.get("b")) == (1, 3, 3, 0)
    assert storage.get_expiry("a") == (clock.moment + timedelta(seconds=60)).timestamp()
    assert storage.get_expiry("b") == clock.moment.timestamp()
    storage.clear("a")
    assert storage.get("a") == 0
    storage.incr("c", 60)
    assert storage.reset() == 1


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
    ],
)
def test_a_client_is_known_by_its_address_or_network(app: CoursewareFlask, address: str, known_as: str) -> None:
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": address}):
        assert client_address() == known_as
