"""A note says what a source says, on what evidence, how surely, and what bears on it."""

import itertools

from courseware.content.notes import MOST_RELATED_CLAIMS, Notes
from courseware.content.schema import Claim
from tests.content.claim_samples import claim, provenance
from tests.content.html_outline import Outline


def notes_on(*claims: Claim) -> Notes:
    """Return empty notes of a course with these claims."""
    return Notes(provenance(*claims), itertools.count(1))


def test_a_passage_without_citations_has_no_notes() -> None:
    assert not notes_on(claim("a-p1-a")).html("paragraph 1")


def test_a_chip_leads_to_its_note() -> None:
    notes = notes_on(claim("a-p1-a"), claim("b-p1-a"))
    chips = notes.chips(("a-p1-a", "b-p1-a"))
    outline = Outline(chips + notes.html("paragraph 3"))
    assert not outline.faults
    assert [each["href"] for each in outline.of_class("cite")] == ["#note-1-more", "#note-2-more"]
    assert outline.of_class("notes")[0]["aria-label"] == "Sources for paragraph 3"
    assert [each["data-kind"] for each in outline.of_class("note")] == ["news", "opinion"]


def test_claims_of_one_source_in_one_citation_share_chip_and_note() -> None:
    notes = notes_on(claim("a-p1-a"), claim("a-p2-a"))
    assert notes.chips(("a-p1-a", "a-p2-a")).count("<a ") == 1
    html = notes.html("paragraph 1")
    assert "<dd>Statement a-p1-a.</dd><dd>Statement a-p2-a.</dd>" in html
    assert '<span class="note-line">Detail a-p1-a; Detail a-p2-a</span>' in html


def test_the_same_claim_cited_again_shares_the_note() -> None:
    notes = notes_on(claim("a-p1-a"), claim("b-p1-a"))
    assert notes.chips(("a-p1-a",)) == notes.chips(("a-p1-a",))
    notes.chips(("b-p1-a",))
    assert [each["id"] for each in Outline(notes.html("x")).of_class("note")] == ["note-1", "note-2"]


def test_a_note_tells_evidence_wording_and_speaker() -> None:
    notes = notes_on(claim("a-p1-a").model_copy(update={"speaker": "the clerks"}))
    notes.chips(("a-p1-a",))
    html = notes.html("x")
    assert "<dt>It says</dt><dd>Statement a-p1-a.</dd>" in html
    assert "<dt>Evidence offered</dt><dd>No evidence visible in this copy; detail a-p1-a.</dd>" in html
    assert "<dt>How it is worded</dt><dd>Without reservation. Speaker: the clerks.</dd>" in html
    assert "<dt>Other statements</dt><dd>None is recorded that bears on this.</dd>" in html
    assert '<a href="/sources/a#a-p1-a">About this source<span class="visually-hidden">: A</span></a>' in html
    assert "note-check" not in html


def test_a_note_names_who_contradicts() -> None:
    notes = notes_on(
        claim("a-p1-a", contradicts=["b-p1-a", "c-p1-a", "a-p2-a"]), *map(claim, ("b-p1-a", "c-p1-a", "a-p2-a"))
    )
    notes.chips(("a-p1-a",))
    html = notes.html("x")
    assert '<span class="note-check" data-check="disputed">Contradicts B, p1; C, p1; A, p1</span>' in html
    assert '<dd>Contradicts <a href="/sources/b#b-p1-a">B</a>: Statement b-p1-a.</dd>' in html


def test_a_note_names_who_agrees_but_not_its_own_source() -> None:
    notes = notes_on(claim("a-p1-a", corroborates=["a-p2-a", "b-p1-a"]), claim("a-p2-a"), claim("b-p1-a"))
    notes.chips(("a-p1-a",))
    assert '<span class="note-check" data-check="agrees">Agrees with B</span>' in notes.html("x")


def test_claims_of_one_note_that_contradict_each_other_are_not_listed_again() -> None:
    notes = notes_on(claim("a-p1-a", contradicts=["a-p2-a"]), claim("a-p2-a"))
    notes.chips(("a-p1-a", "a-p2-a"))
    html = notes.html("x")
    assert 'data-check="disputed">These statements contradict each other</span>' in html
    assert "<dt>Other statements</dt><dd>These statements contradict each other.</dd>" in html


def test_passages_of_one_source_that_contradict_are_named_together() -> None:
    others = [claim(key).model_copy(update={"locator": key[2:4]}) for key in ("b-p2-a", "b-p2-b", "b-p5-a")]
    notes = notes_on(claim("a-p1-a", contradicts=[each.id for each in others]), *others)
    notes.chips(("a-p1-a",))
    assert 'data-check="disputed">Contradicts B, p2 and p5</span>' in notes.html("x")


def test_a_note_shows_some_related_claims_and_counts_the_rest() -> None:
    others = [f"b-p{number}-a" for number in range(1, MOST_RELATED_CLAIMS + 3)]
    notes = notes_on(claim("a-p1-a", corroborates=others), *map(claim, others))
    notes.chips(("a-p1-a",))
    html = notes.html("x")
    assert html.count("<dd>Agrees with") == MOST_RELATED_CLAIMS
    assert '<dd><a href="/sources/a#a-p1-a">and 2 more</a></dd>' in html
