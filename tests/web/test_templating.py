"""How values are written on pages."""

import pytest

from courseware.web.templating import duration, lower_first, upper_first


@pytest.mark.parametrize(
    ("minutes", "words"), [(1, "1 minute"), (119, "119 minutes"), (120, "2 hours"), (200, "3 hours"), (211, "4 hours")]
)
def test_a_length_of_time_is_written_in_hours_from_two_hours_on(minutes: int, words: str) -> None:
    assert duration(minutes) == words


@pytest.mark.parametrize("text", ["the blog whose address is known", "The Blog", "a", ""])
def test_only_the_first_letter_changes(text: str) -> None:
    assert upper_first(text) == text[:1].upper() + text[1:]
    assert lower_first(upper_first(text))[1:] == text[1:]
