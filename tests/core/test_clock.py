"""The only reader of time."""

from datetime import UTC

from courseware.core import clock


def test_now_is_aware_and_in_utc_and_never_goes_back() -> None:
    first, second = clock.now(), clock.now()
    assert first.tzinfo is UTC
    assert first <= second
