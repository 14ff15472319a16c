"""When an assignment is open."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.assignments.rules import AccessWindow, WindowState

OPENS = datetime(2026, 9, 1, 12, tzinfo=UTC)
CLOSES = datetime(2026, 9, 8, 12, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (OPENS - MOMENT, WindowState.NOT_YET),
        (OPENS, WindowState.OPEN),
        (CLOSES, WindowState.OPEN),
        (CLOSES + MOMENT, WindowState.CLOSED),
    ],
)
def test_a_window_is_open_from_its_first_to_its_last_moment(at: datetime, state: WindowState) -> None:
    assert AccessWindow(OPENS, CLOSES).state(at) is state


@given(st.datetimes(timezones=st.just(UTC)))
def test_without_dates_it_is_always_open(at: datetime) -> None:
    assert AccessWindow(None, None).state(at) is WindowState.OPEN


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        (datetime(2026, 3, 8, 3, 0, tzinfo=NEW_YORK), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 1, 1, 30, tzinfo=NEW_YORK), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        (datetime(2026, 11, 1, 1, 30, fold=1, tzinfo=NEW_YORK), datetime(2026, 11, 1, 6, 30, tzinfo=UTC)),
        (datetime(2028, 2, 29, 23, 59, tzinfo=NEW_YORK), datetime(2028, 3, 1, 4, 59, tzinfo=UTC)),
    ],
)
def test_a_date_means_one_moment_in_whatever_zone_it_is_written(local: datetime, utc: datetime) -> None:
    window = AccessWindow(None, local.astimezone(UTC))
    assert window.state(utc) is WindowState.OPEN
    assert window.state(utc + MOMENT) is WindowState.CLOSED
