"""A claim is marked from the end of the statement before it to its chips."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.content.elements import element, joined
from courseware.content.prose import Surroundings, prose
from tests.content.html_outline import Outline

SURROUNDINGS = Surroundings(
    chips=lambda claim_ids: joined([f"«{', '.join(claim_ids)}»"]),
    term=lambda use: element("span", {"class": "term"}, f"{use.text} ({use.key})"),
    address=lambda target: f"/there{target}",
)


def claims_in(text: str) -> str:
    """Return the prose with its claims in brackets and without other elements."""
    html = str(prose(text, SURROUNDINGS))
    return re.sub(r"<.*?>", "", re.sub(r'<span class="claim">(.*?»)</span>', r"⟦\1⟧", html))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tea rose [@a].", "⟦Tea rose. «a»⟧"),
        ("Tea rose. [@a]", "⟦Tea rose. «a»⟧"),
        ("Tea rose [@a; @b].", "⟦Tea rose. «a, b»⟧"),
        ("Listen. Tea rose [@a]. It fell.", "Listen. ⟦Tea rose. «a»⟧ It fell."),
        ("Tea rose [@a], and coffee fell [@b].", "⟦Tea rose, «a»⟧ ⟦and coffee fell. «b»⟧"),
        ("Tea rose [@a] — coffee fell [@b]", "⟦Tea rose «a»⟧ — ⟦coffee fell «b»⟧"),
        ("He said “tea” [@a]. (Or milk [@b].) So.", "⟦He said “tea.” «a»⟧ ⟦(Or milk.) «b»⟧ So."),
        ("In the U.S. Navy, Rep. David T. Lee drank [@a].", "⟦In the U.S. Navy, Rep. David T. Lee drank. «a»⟧"),
        ("Tea rose 1.5 times [@a].", "⟦Tea rose 1.5 times. «a»⟧"),
        ("“Tea?” Yes [@a].", "“Tea?” ⟦Yes. «a»⟧"),
        ("Look. *Tea. Milk* rose [@a].", "Look. ⟦Tea. Milk rose. «a»⟧"),
        ("*Tea rose.* Milk fell [@a].", "Tea rose. ⟦Milk fell. «a»⟧"),
        ("*Tea rose [@a].* Milk fell.", "Tea rose. «a» Milk fell."),
        ("Tea rose [@a] [@b].", "⟦Tea rose «a»⟧ ⟦. «b»⟧"),
        ("Tea rose [@a][@b] *so*.", "⟦Tea rose «a»⟧⟦ «b»⟧ so."),
        ("He asked “why?” [@a].", "⟦He asked “why?” «a»⟧"),
        ("No source.", "No source."),
    ],
)
def test_a_claim_covers_the_words_of_its_statement(text: str, expected: str) -> None:
    assert claims_in(text) == expected


def test_a_term_and_a_link_belong_to_the_claim() -> None:
    html = prose("Look. The [rate]{.term} [there](#p-x) rose [@a].", SURROUNDINGS)
    words = '<span class="term">rate (rate)</span> <a href="/there#p-x">there</a>'
    assert html == f'Look. <span class="claim">The {words} rose. «a»</span>'


def test_a_comma_after_a_term_stays_on_its_line() -> None:
    html = prose("A [rate]{.term}, a [count]{.term} [@a]. *A [sum]{.term}*.", SURROUNDINGS)
    assert '<span class="nowrap"><span class="term">rate (rate)</span>,</span> a' in html
    assert '<span class="term">count (count)</span>. «a»' in html
    assert '<em>A <span class="term">sum (sum)</span></em>.' in html


def test_a_fact_from_outside_looks_different_and_belongs_to_no_claim() -> None:
    fact = '[It fell]{.outside ref="Gazette, 1805"}'
    html = prose(f"Tea rose. {fact} and coffee rose [@a].", SURROUNDINGS)
    shown = (
        '<span class="outside"><span class="outside-mark">From outside the sources:</span> It fell'
        '<span class="outside-reference"> (Gazette, 1805)</span></span>'
    )
    assert html == f'Tea rose. {shown} <span class="claim">and coffee rose. «a»</span>'
    assert prose(f"Tea rose [@a] {fact}.", SURROUNDINGS) == f'<span class="claim">Tea rose «a»</span> {shown}.'
    assert (
        prose(f"*Tea {fact} rose* [@a].", SURROUNDINGS) == f'<span class="claim"><em>Tea {shown} rose</em>. «a»</span>'
    )


def test_html_in_a_text_is_shown_and_not_obeyed() -> None:
    assert prose("<script>x</script> [@a]", SURROUNDINGS) == (
        '<span class="claim">&lt;script&gt;x&lt;/script&gt; «a»</span>'
    )


@given(st.text(alphabet="aB. *[]{}(@;)#”—\n", max_size=60))
def test_any_text_becomes_sound_html(text: str) -> None:
    assert not Outline(prose(text, SURROUNDINGS)).faults


@given(
    st.lists(
        st.sampled_from(
            [
                "Tea rose",
                " [@a]",
                " [@b; @c]",
                ". ",
                ", ",
                "*so* ",
                "**Not** ",
                "[rate]{.term} ",
                "[x](#p) ",
                '[y]{.outside ref="z"} ',
            ]
        )
    ).map("".join)
)
def test_every_citation_of_any_text_gets_its_chips(text: str) -> None:
    html = prose(text, SURROUNDINGS)
    assert html.count("«") == text.count("[@")
    assert not [fault for fault in Outline(html).faults if "nothing has" not in fault]
