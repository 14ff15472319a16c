"""What comes first in a search: all words, in the title, close together, seldom elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.courses.rules import MOST_WORDS, Found, is_form, ranked, words_of


def found(key: str, body: str, title: str = "Untitled", address: str = "") -> Found:
    return Found("lesson", key, title, body, address or f"/{key}")


def order(query: str, *texts: Found) -> list[str]:
    """Return the keys of texts in the order of a search that found them by the words that stand in them."""
    words = words_of(query)
    holders = [
        [text for text in texts if any(is_form(each, word) for each in f"{text.title} {text.body}".lower().split())]
        for word in words
    ]
    return [hit.key for hit in ranked(words, holders)]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("Who controls the trade?", ("controls", "trade")),
        ("the US and us", ("us",)),
        ("López  López", ("lopez",)),
        ("who, what, and why", ()),
        ("x" * 50, ("x" * 40,)),
    ],
)
def test_common_words_are_not_looked_for(query: str, words: tuple[str, ...]) -> None:
    assert words_of(query) == words


def test_of_many_words_only_the_first_are_looked_for() -> None:
    assert len(words_of(" ".join(f"word{number}" for number in range(MOST_WORDS + 3)))) == MOST_WORDS


@pytest.mark.parametrize(
    ("piece", "word"),
    [
        ("halved", "halving"),
        ("taxes", "tax"),
        ("tax", "taxes"),
        ("shipped", "ship"),
        ("ship", "shipping"),
        ("policies", "policy"),
        ("supplier", "supply"),
        ("sellers", "sell"),
        ("terrorist", "terrorists"),
        ("fentanyl", "fent"),
        ("us", "us"),
    ],
)
def test_forms_of_a_word_and_its_beginning_are_known(piece: str, word: str) -> None:
    assert is_form(piece, word)


@pytest.mark.parametrize(
    ("piece", "word"), [("contract", "controls"), ("use", "us"), ("taxi", "taxes"), ("tea", "teapot")]
)
def test_other_words_are_no_forms(piece: str, word: str) -> None:
    assert not is_form(piece, word)


def test_a_title_weighs_more_than_a_text() -> None:
    assert order("tea", found("body", "tea tea tea and more"), found("title", "leaves", "About tea")) == [
        "title",
        "body",
    ]


def test_the_words_as_a_whole_title_come_before_a_longer_title() -> None:
    longer, whole = found("longer", "green tea tea tea", "green tea"), found("whole", "a drink", "tea")
    assert order("tea", longer, whole) == ["whole", "longer"]


def test_words_close_together_come_before_words_far_apart() -> None:
    far = found("far", f"The tax {'and more ' * 20} of tea")
    close = found("close", f"The tax of tea {'and more ' * 20}")
    assert order("tea tax", far, close) == ["close", "far"]


def test_the_shortest_stretch_is_found_among_repetitions() -> None:
    gap = "and more " * 9
    repeated = found("repeated", f"tea {gap} tea tax tax {gap} tea")
    once = found("once", f"tea {gap} tea {gap} tax tax tea {gap}".replace("tax tea", "tax x x tea"))
    assert order("tea tax", once, repeated) == ["repeated", "once"]


def test_a_heading_comes_before_a_long_text_with_the_same_word() -> None:
    assert order("tea", found("text", f"tea {'and more ' * 30}"), found("heading", "About tea")) == ["heading", "text"]


def test_the_word_itself_comes_before_what_begins_with_it() -> None:
    assert order("tea", found("begins", "one teapot here"), found("itself", "one teas here")) == ["itself", "begins"]


def test_one_of_three_words_may_be_missing_and_two_may_not() -> None:
    texts = (found("all", "tea tax ship"), found("two", "tea tax"), found("one", "ship"))
    assert order("tea tax ship", *texts) == ["all", "two"]
    assert order("tea tax", found("both", "tea tax"), found("one", "tea")) == ["both"]


def test_where_nothing_has_enough_words_everything_is_shown_the_fullest_first() -> None:
    assert order("tea tax ship", found("one", "tea"), found("other", "tax")) == ["one", "other"]


def test_passages_of_one_lesson_are_one_hit_with_the_best_first_and_may_share_the_words() -> None:
    poor = found("lesson", f"tea {'and more ' * 9}", address="/lesson#p-poor")
    rich = found("lesson", "tax tax", address="/lesson#p-rich")
    (hit,) = ranked(("tea", "tax"), [[poor], [rich]])
    assert hit.has_all_words
    assert {each.address for each in hit.passages} == {"/lesson#p-poor", "/lesson#p-rich"}
    assert hit.passages[0] == rich


def test_what_the_database_alone_knows_for_a_form_is_kept() -> None:
    (hit,) = ranked(("mice",), [[found("mouse", "one mouse")]])
    assert hit.has_all_words


TEXTS = st.lists(
    st.builds(
        found,
        st.sampled_from(["a", "b", "c"]),
        st.text("tea x", max_size=12),
        st.text("tea ", max_size=8),
        st.sampled_from(["/a", "/b", "/c#d"]),
    ),
    max_size=6,
)


@given(TEXTS, TEXTS)
def test_the_order_does_not_depend_on_the_order_of_the_database(one: list[Found], other: list[Found]) -> None:
    there = ranked(("tea", "x"), [one, other])
    assert ranked(("tea", "x"), [one[::-1], other[::-1]]) == there
    assert {passage for hit in there for passage in hit.passages} <= {*one, *other}


@pytest.mark.parametrize(("word", "stands"), [("us", True), ("trade", True), ("use", False)])
def test_a_word_stands_in_a_text_or_its_title(word: str, stands: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert found("one", "Trade with the U.S. or US.", "Trades").has(word) is stands
