"""The words of the library, and the passages that a search shows."""

from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.content.search_texts import SearchKind
from courseware.library.rules import GROUP_WORDS, KINDS_OF_GROUP, excerpt, quantity

LONG = (
    "First comes much that nobody looked for. " * 9 + "Then the duty was halved, in one year. " + "More follows. " * 30
)


def test_everything_that_can_be_searched_for_is_in_one_group_with_a_name() -> None:
    assert list(KINDS_OF_GROUP) == list(GROUP_WORDS)
    kinds = [kind for of_group in KINDS_OF_GROUP.values() for kind in of_group]
    assert sorted(kinds) == sorted(get_args(SearchKind))


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"value": 63600}, "63,600"),
        ({"value": 0.7, "bound": "exact"}, "0.7"),
        ({"value": 29000, "bound": "about"}, "about 29,000"),
        ({"value": 107477, "bound": "estimate"}, "107,477 (estimate)"),
        ({"low": 3000, "high": 5000, "bound": "about"}, "about 3,000 to 5,000"),
        ({"value": 900, "as_stated": "some nine hundred", "bound": "about"}, "some nine hundred"),
        ({"value": 5, "low": 4}, "5"),
    ],
)
def test_a_figure_is_written_with_its_bound_or_as_it_is_stated(figure: Mapping[str, object], words: str) -> None:
    assert quantity(figure) == words


def shown(text: str, *words: str) -> str:
    """Return an excerpt with brackets around what is marked."""
    return "".join(f"[{each.text}]" if each.is_match else each.text for each in excerpt(text, words))


def test_an_excerpt_shows_the_words_looked_for_with_what_stands_around_them() -> None:
    words = shown(LONG, "halving")
    assert "the duty was [halved], in one year" in words
    assert words.startswith("… ")
    assert words.endswith(" …")


def test_a_short_text_is_shown_whole_and_each_form_is_marked() -> None:
    assert shown("Taxes and a tax; China, not taxi.", "tax", "china") == "[Taxes] and a [tax]; [China], not [taxi]."


def test_words_are_marked_whatever_their_accents() -> None:
    assert shown("Señor López, not Lopes.", "lopez") == "Señor [López], not Lopes."


def test_a_text_without_the_words_is_shown_from_its_beginning() -> None:
    assert shown(LONG, "zebra").startswith("First comes much")


@given(st.text(max_size=600), st.lists(st.text("abcé1", min_size=1, max_size=6), max_size=3))
def test_an_excerpt_is_a_stretch_of_the_text_between_ellipses(text: str, words: list[str]) -> None:
    whole = "".join(each.text for each in excerpt(text, words))
    assert whole.removeprefix("… ").removesuffix(" …") in text or whole in text
