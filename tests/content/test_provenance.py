"""Relations are seen from both ends, and a sign says what weighs most."""

from typing import get_args

import pytest

from courseware.content.addresses import claim_address, source_address
from courseware.content.provenance import KIND_WORDS, chip, source_chips
from courseware.content.schema import RelationKind, SourceKind
from tests.content.claim_samples import claim, provenance, source


@pytest.mark.parametrize("kind", get_args(RelationKind))
def test_a_relation_that_is_recorded_on_one_side_is_seen_from_both(kind: str) -> None:
    one, other = claim("a-p1-a", **{kind: ["b-p1-a"]}), claim("b-p1-a")
    known = provenance(one, other)
    (from_one,) = known.related([one])
    (from_other,) = known.related([other])
    assert (from_one.kind, from_one.claim) == (kind, other)
    assert from_other.claim == one
    assert from_one.words
    assert from_other.words
    seen_back = claim("b-p1-a", **{from_other.kind: ["a-p1-a"]})
    assert provenance(claim("a-p1-a"), seen_back).related([one])[0].kind == kind


def test_a_contradicted_claim_is_disputed_even_by_its_own_source() -> None:
    one = claim("a-p1-a", contradicts=["a-p2-a"], corroborates=["b-p1-a"])
    assert provenance(one, claim("a-p2-a"), claim("b-p1-a")).check([one]) == "disputed"


def test_a_source_does_not_agree_with_itself() -> None:
    one = claim("a-p1-a", corroborates=["a-p2-a"])
    assert provenance(one, claim("a-p2-a")).check([one]) is None


def test_another_source_may_agree() -> None:
    one = claim("a-p1-a", corroborates=["b-p1-a"])
    assert provenance(one, claim("b-p1-a")).check([one]) == "agrees"


def test_related_claims_come_once_and_the_weightiest_first() -> None:
    one = claim(
        "a-p1-a",
        repeats=["a-p2-a", "b-p1-a"],
        corroborates=["a-p2-b", "b-p1-b"],
        contradicts=["b-p1-a"],
        updates=["c-p1-a"],
    )
    others = [claim(each) for each in ("a-p2-a", "b-p1-a", "a-p2-b", "b-p1-b", "c-p1-a")]
    found = [(each.kind, each.claim.id) for each in provenance(one, *others).related([one])]
    assert found == [
        ("contradicts", "b-p1-a"),
        ("corroborates", "b-p1-b"),
        ("corroborates", "a-p2-b"),
        ("updates", "c-p1-a"),
        ("repeats", "a-p2-a"),
    ]


def test_claims_are_gathered_by_source_in_the_order_of_their_names() -> None:
    known = provenance(claim("a-p1-a"), claim("a-p2-a"), claim("b-p1-a"))
    gathered = known.by_source(["b-p1-a", "a-p2-a", "b-p1-a", "a-p1-a"])
    assert [(each.id, [one.id for one in claims]) for each, claims in gathered] == [
        ("b", ["b-p1-a"]),
        ("a", ["a-p2-a", "a-p1-a"]),
    ]


def test_a_claim_has_its_place_on_the_page_of_its_source() -> None:
    one = claim("a-p1-a")
    known = provenance(one)
    assert known.source_of(one) == known.source("a")
    assert claim_address(one) == f"{source_address('a')}#a-p1-a" == "/sources/a#a-p1-a"


def test_every_kind_of_source_has_a_word() -> None:
    assert set(KIND_WORDS) == set(get_args(SourceKind))


def test_a_plain_chip_names_source_and_kind() -> None:
    assert chip(source("Gazette"), "/there") == (
        '<a class="cite" data-kind="news" href="/there"><span class="visually-hidden">Source: </span>'
        'Gazette <span class="cite-kind">news</span></a>'
    )


def test_a_chip_says_aloud_that_its_statement_is_contradicted_and_which_note_tells_more() -> None:
    html = chip(source("Gazette"), "#note-2-more", "disputed", 2)
    assert (
        '<span class="cite-flag" data-check="disputed"><span class="visually-hidden">, contradicted</span></span>'
        in html
    )
    assert '<span class="visually-hidden">, note 2</span>' in html


def test_chips_without_notes_lead_to_the_first_claim_of_each_source() -> None:
    html = source_chips(provenance(claim("a-p1-a"), claim("a-p2-a"), claim("b-p1-a")), ["a-p2-a", "b-p1-a", "a-p1-a"])
    assert html.count("<a ") == 2
    assert 'href="/sources/a#a-p2-a"' in html
    assert 'href="/sources/b#b-p1-a"' in html
