"""How values are written on pages."""

import pytest

from courseware.web.templating import duration


@pytest.mark.parametrize(
    ("minutes", "words"), [(1, "1 minute"), (119, "119 minutes"), (120, "2 hours"), (200, "3 hours"), (211, "4 hours")]
)
def test_a_length_of_time_is_written_in_hours_from_two_hours_on(minutes: int, words: str) -> None:
    assert duration(minutes) == words
