"""The notes beside a passage: what each cited source says, on what evidence, and what bears on it."""

from collections.abc import Iterator, Sequence
from typing import Final

from markupsafe import Markup

from courseware.content.addresses import claim_address
from courseware.content.claim_words import HEDGING_WORDS, evidence_words
from courseware.content.elements import NOTHING, element, hidden, joined
from courseware.content.provenance import KIND_WORDS, Provenance, Related, chip
from courseware.content.schema import Claim, Source

MOST_RELATED_CLAIMS: Final = 4

_INNER_CONTRADICTION: Final = "These statements contradict each other"


class Notes:
    """Collects the notes of one passage while its text is written."""

    def __init__(self, provenance: Provenance, numbers: Iterator[int]) -> None:
        """Take the claims of the course and the note numbers that are still free on the page."""
        self._provenance = provenance
        self._numbers = numbers
        self._placed: dict[tuple[str, ...], tuple[int, Source, tuple[Claim, ...]]] = {}

    def chips(self, claim_ids: tuple[str, ...]) -> Markup:
        """Return one chip for each source; the same claims cited again share the note."""
        return joined(
            [self._chip(source, claims) for source, claims in self._provenance.by_source(claim_ids)],
            " ",
        )

    def html(self, passage: str) -> Markup:
        """Return the notes of all chips given out, or nothing where there are none."""
        if not self._placed:
            return NOTHING
        return element(
            "div",
            {"class": "notes", "role": "group", "aria-label": f"Sources for {passage}"},
            *[self._note(*placed) for placed in self._placed.values()],
        )

    def _chip(self, source: Source, claims: tuple[Claim, ...]) -> Markup:
        key = tuple(claim.id for claim in claims)
        if key not in self._placed:
            self._placed[key] = (next(self._numbers), source, claims)
        number = self._placed[key][0]
        return chip(source, f"#note-{number}-more", self._provenance.check(claims), number)

    def _note(self, number: int, source: Source, claims: tuple[Claim, ...]) -> Markup:
        summary = element(
            "summary",
            None,
            element("span", {"class": "note-head"}, element("b", None, source.name), f" {KIND_WORDS[source.kind]}"),
            element("span", {"class": "note-line"}, _in_turn([_sentence(claim.support.detail) for claim in claims])),
            self._check_line(claims),
        )
        more = element(
            "div",
            {"class": "note-more", "id": f"note-{number}-more"},
            element(
                "dl",
                None,
                _entry("It says", [claim.statement for claim in claims]),
                _entry("Evidence offered", [_evidence(claim) for claim in claims]),
                _entry("How it is worded", [_wording(claim) for claim in claims]),
                _entry("Other statements", self._related_lines(claims)),
            ),
            element("a", {"href": claim_address(claims[0])}, "About this source", hidden(f": {source.name}")),
        )
        attributes = {"class": "note", "name": "note", "id": f"note-{number}", "data-kind": source.kind}
        return element("details", attributes, summary, more)

    def _check_line(self, claims: tuple[Claim, ...]) -> Markup:
        check = self._provenance.check(claims)
        if check is None:
            return NOTHING
        words = self._contradictions(claims) if check == "disputed" else self._agreement(claims)
        return element("span", {"class": "note-check", "data-check": check}, words)

    def _contradictions(self, claims: tuple[Claim, ...]) -> str:
        """Name every passage that contradicts one of these, unless it is one of these itself."""
        related = self._provenance.related(claims)
        sides = [each.claim for each in related if each.kind == "contradicts" and each.claim not in claims]
        passages: dict[str, dict[str, None]] = {}
        for claim in sides:
            passages.setdefault(self._provenance.source_of(claim).name, {})[claim.locator] = None
        if not passages:
            return _INNER_CONTRADICTION
        return "Contradicts " + "; ".join(f"{name}, {_listed(list(places))}" for name, places in passages.items())

    def _agreement(self, claims: tuple[Claim, ...]) -> str:
        """Name the other sources that agree."""
        related = self._provenance.related(claims)
        others = [
            each.claim for each in related if each.kind == "corroborates" and each.claim.source != claims[0].source
        ]
        return f"Agrees with {_listed(list(dict.fromkeys(self._provenance.source_of(each).name for each in others)))}"

    def _related_lines(self, claims: tuple[Claim, ...]) -> list[str]:
        related = self._provenance.related(claims)
        others = [each for each in related if each.claim not in claims]
        lines: list[str] = [self._related_line(each) for each in others[:MOST_RELATED_CLAIMS]]
        if any(each.kind == "contradicts" and each.claim in claims for each in related):
            lines.insert(0, f"{_INNER_CONTRADICTION}.")
        if len(others) > MOST_RELATED_CLAIMS:
            more = f"and {len(others) - MOST_RELATED_CLAIMS} more"
            lines.append(element("a", {"href": claim_address(claims[0])}, more))
        return lines or ["None is recorded that bears on this."]

    def _related_line(self, related: Related) -> Markup:
        source = self._provenance.source_of(related.claim)
        link = element("a", {"href": claim_address(related.claim)}, source.name)
        return joined([f"{related.words} ", link, f": {related.claim.statement}"])


def _entry(heading: str, lines: Sequence[str]) -> Markup:
    return joined([element("dt", None, heading), *[element("dd", None, line) for line in dict.fromkeys(lines)]])


def _evidence(claim: Claim) -> str:
    return f"{evidence_words(claim.support.kind, claim.support.detail)}."


def _wording(claim: Claim) -> str:
    speaker = f" Speaker: {claim.speaker}." if claim.speaker else ""
    return f"{HEDGING_WORDS[claim.hedging]}.{speaker}"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _in_turn(texts: list[str]) -> str:
    return "; ".join(dict.fromkeys(texts))


def _listed(names: list[str]) -> str:
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last
