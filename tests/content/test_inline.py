"""Citations, terms and links are found where they stand, and what cannot be read is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.content.inline import (
    Citation,
    Emphasis,
    LinkUse,
    OutsideFact,
    TermUse,
    Words,
    citations,
    links,
    nodes,
    outside_facts,
    plain_text,
    problems,
    terms,
    without_outside,
)


def test_a_citation_names_its_claim_and_its_place() -> None:
    assert citations("Tea rose [@gazette-p1-a].") == [Citation(("gazette-p1-a",), 9)]


def test_a_citation_may_name_several_claims() -> None:
    assert citations("Tea [@a-p1-a;  @b-p2-c].") == [Citation(("a-p1-a", "b-p2-c"), 4)]


def test_a_citation_may_be_broken_over_two_lines() -> None:
    assert citations("Tea [@a-p1-a;\n@b-p2-c].") == [Citation(("a-p1-a", "b-p2-c"), 4)]


def test_a_citation_inside_emphasis_keeps_its_place_in_the_text() -> None:
    assert citations("*Tea [@a-p1-a]*") == [Citation(("a-p1-a",), 5)]


def test_a_term_is_its_own_key() -> None:
    assert terms("A [rate]{.term}.") == [TermUse("rate", "rate", 2)]


def test_a_term_may_stand_under_another_key() -> None:
    assert terms('Two [rates]{.term key="rate"}.') == [TermUse("rate", "rates", 4)]


def test_a_term_broken_over_two_lines_is_one_term() -> None:
    assert terms("A [calendar\nyear]{.term}.") == [TermUse("calendar year", "calendar year", 2)]


@pytest.mark.parametrize("target", ["#p-tea", "lesson:tea-trade", "lesson:tea-trade#p-tea"])
def test_a_link_leads_into_the_course(target: str) -> None:
    assert links(f"See [the harbor]({target}).") == [LinkUse(target, "the harbor", 4)]


def test_a_fact_from_outside_says_where_to_check_it() -> None:
    text = 'Tea [rose\nagain]{.outside ref="Gazette, 1805"} and [fell]{.outside}.'
    assert outside_facts(text) == [OutsideFact("rose again", "Gazette, 1805", 4), OutsideFact("fell", "", 51)]
    assert without_outside(text) == "Tea  and ."
    assert plain_text(text) == "Tea rose again and fell."


def test_a_text_is_a_row_of_nodes() -> None:
    assert nodes("The *cup* is **hot** [@a].") == (
        Words("The "),
        Emphasis("em", opens=True),
        Words("cup"),
        Emphasis("em", opens=False),
        Words(" is "),
        Emphasis("strong", opens=True),
        Words("hot"),
        Emphasis("strong", opens=False),
        Words(" "),
        Citation(("a",), 21),
        Words("."),
    )


def test_a_line_break_is_a_space() -> None:
    assert nodes("one\ntwo") == (Words("one two"),)


def test_an_escaped_mark_is_text() -> None:
    assert plain_text(r"\*tea\* and \[@a-p1-a]") == "*tea* and [@a-p1-a]"


def test_plain_text_has_neither_marks_nor_citations() -> None:
    text = '**Tea** [rates]{.term key="rate"} rose [@a-p1-a], see [there](#p-there) [@b-p1-a].'
    assert plain_text(text) == "Tea rates rose, see there."


def test_a_gap_and_a_bracket_in_a_quotation_are_text() -> None:
    text = "The “[harbor] was” {{gap-1}} & 3 < 4 [sic]."
    assert plain_text(text) == text
    assert problems(text) == []


@pytest.mark.parametrize(
    ("text", "offset", "word"),
    [
        ("Tea <b>hot</b>", 4, "HTML"),
        ("Tea <!-- hot -->", 4, "HTML"),
        ("See <https://example.org>", 4, "HTML"),
        ("A ![cup](cup.png)", 2, "Images"),
        ("Tea [@gazette-p1-a", 4, "citation"),
        ("Tea [@Gazette P1]", 4, "citation"),
        ("Tea [@a, @b]", 4, "citation"),
        ("A [rate]{.word}", 2, "mark"),
        ("A [rate]{.term key=rate}", 2, "mark"),
        ("See [there](https://example.org)", 4, "link"),
        ("See [there](javascript:x)", 4, "link"),
        ("See [there]()", 4, "link"),
        ("Tea. {#p-tea} More.", 5, "braces"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_place(text: str, offset: int, word: str) -> None:
    found = problems(text)
    assert found[0][0] == offset
    assert word in found[0][1]


def test_several_problems_are_named_in_order() -> None:
    assert [offset for offset, _ in problems("<i> and [@ and <u>")] == [0, 8, 15]


def test_a_sound_text_has_no_problems() -> None:
    assert problems("A *[rate]{.term}* of 3 in [the table](#fig-tea) [@a-p1-a; @b-p1-a].") == []


@given(st.text(alphabet="ab @[]{}()#;*.<!\\\n-", max_size=60))
def test_any_text_can_be_read_and_offsets_stay_inside_it(text: str) -> None:
    offsets = [
        *[citation.offset for citation in citations(text)],
        *[term.offset for term in terms(text)],
        *[link.offset for link in links(text)],
    ]
    assert all(text[offset] == "[" for offset in offsets)
    assert all(0 <= offset < len(text) for offset, _ in problems(text))
    assert len(plain_text(text)) <= len(text)
