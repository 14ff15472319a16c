"""What a class may be called, and which time zones there are."""

import pytest

from courseware.classes.rules import LONGEST_TITLE, problem_with_timezone, problem_with_title


@pytest.mark.parametrize("title", ["Section A", " Evidence and media ", "Ñandú 2", "a" * LONGEST_TITLE])
def test_a_title_that_can_be_read_is_taken(title: str) -> None:
    assert problem_with_title(title) is None


@pytest.mark.parametrize("title", ["", "  ", "a" * (LONGEST_TITLE + 1), "a\nb", "a\0b", "\u202eevil", "\ud800"])
def test_a_title_that_cannot_be_shown_is_refused(title: str) -> None:
    assert problem_with_title(title)


@pytest.mark.parametrize("name", ["UTC", "America/New_York", "Asia/Kolkata"])
def test_a_name_of_a_zone_is_taken(name: str) -> None:
    assert problem_with_timezone(name) is None


@pytest.mark.parametrize("name", ["", "Mars/Olympus", "EST5", "../etc/passwd", "america/new_york", "UTC\0"])
def test_what_names_no_zone_is_refused(name: str) -> None:
    assert problem_with_timezone(name)
