"""What the claims of a course say about one another, and the chip that names a source."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from courseware.content.addresses import claim_address
from courseware.content.elements import NOTHING, element, hidden, joined
from courseware.content.schema import Claim, RelationKind, Source, SourceKind

Check = Literal["disputed", "agrees"]

KIND_WORDS: Final[Mapping[SourceKind, str]] = {
    "opinion": "Opinion",
    "essay": "Essay",
    "news": "News",
    "policy": "Policy paper",
    "compilation": "Compilation",
}

_SPOKEN_CHECKS: Final[Mapping[Check, str]] = {"disputed": ", contradicted", "agrees": ", another source agrees"}

# In the order in which they matter to a reader.
RELATION_WORDS: Final[Mapping[RelationKind, str]] = {
    "contradicts": "Contradicts",
    "corroborates": "Agrees with",
    "updated-by": "Updated by",
    "updates": "Updates",
    "qualified-by": "Qualified by",
    "qualifies": "Qualifies",
    "argued-against-by": "Argued against by",
    "argues-against": "Argues against",
    "argued-for-by": "Argued for by",
    "argues-for": "Argues for",
    "repeated-by": "Repeated by",
    "repeats": "Repeats",
}
RELATION_ORDER: Final[tuple[RelationKind, ...]] = tuple(RELATION_WORDS)

FROM_THE_OTHER_END: Final[Mapping[RelationKind, RelationKind]] = {
    "contradicts": "contradicts",
    "corroborates": "corroborates",
    "updates": "updated-by",
    "updated-by": "updates",
    "qualifies": "qualified-by",
    "qualified-by": "qualifies",
    "argues-for": "argued-for-by",
    "argued-for-by": "argues-for",
    "argues-against": "argued-against-by",
    "argued-against-by": "argues-against",
    "repeats": "repeated-by",
    "repeated-by": "repeats",
}


@dataclass(frozen=True)
class Related:
    """A claim that bears on others, and how."""

    kind: RelationKind
    claim: Claim

    @property
    def words(self) -> str:
        """How the claims looked at stand to this one, in words that go before its source."""
        return RELATION_WORDS[self.kind]


class Provenance:
    """The sources and claims of a course, and the relations between claims seen from both ends."""

    def __init__(self, sources: Mapping[str, Source], claims: Mapping[str, Claim]) -> None:
        """Take the sources and claims by their ids."""
        self._sources = sources
        self._claims = claims
        self._related: defaultdict[str, set[tuple[RelationKind, str]]] = defaultdict(set)
        for claim in claims.values():
            for kind, others in claim.relations.items():
                for other in others:
                    self._related[claim.id].add((kind, other))
                    self._related[other].add((FROM_THE_OTHER_END[kind], claim.id))

    def source(self, source_id: str) -> Source:
        """Return a source."""
        return self._sources[source_id]

    def source_of(self, claim: Claim) -> Source:
        """Return the source that makes the claim."""
        return self._sources[claim.source]

    def by_source(self, claim_ids: Iterable[str]) -> list[tuple[Source, tuple[Claim, ...]]]:
        """Return the claims gathered by source, both in the order in which they are named."""
        gathered: dict[str, dict[str, Claim]] = {}
        for claim_id in claim_ids:
            claim = self._claims[claim_id]
            gathered.setdefault(claim.source, {})[claim_id] = claim
        return [(self._sources[source], tuple(claims.values())) for source, claims in gathered.items()]

    def related(self, claims: Iterable[Claim]) -> list[Related]:
        """Return the claims that bear on any of these, each once; the weightiest first, then those of other sources."""
        looked_at = {claim.id: claim.source for claim in claims}
        found: dict[str, RelationKind] = {}
        for claim_id in looked_at:
            for kind, other in self._related[claim_id]:
                if other not in found or RELATION_ORDER.index(kind) < RELATION_ORDER.index(found[other]):
                    found[other] = kind
        own_sources = set(looked_at.values())
        related = [Related(kind, self._claims[other]) for other, kind in found.items()]
        return sorted(
            related,
            key=lambda each: (
                RELATION_ORDER.index(each.kind),
                each.claim.source in own_sources,
                each.claim.source,
                each.claim.id,
            ),
        )

    def check(self, claims: Iterable[Claim]) -> Check | None:
        """Return whether anything contradicts one of these claims or, if not, another source agrees with one."""
        claims = tuple(claims)
        own_sources = {claim.source for claim in claims}
        related = self.related(claims)
        if any(each.kind == "contradicts" for each in related):
            return "disputed"
        if any(each.kind == "corroborates" and each.claim.source not in own_sources for each in related):
            return "agrees"
        return None


def chip(source: Source, address: str, check: Check | None = None, note_number: int | None = None) -> Markup:
    """Return the chip that names a source and its kind, with a sign where other claims agree or contradict."""
    spoken_check = hidden(_SPOKEN_CHECKS[check]) if check else NOTHING
    return element(
        "a",
        {"class": "cite", "data-kind": source.kind, "href": address},
        hidden("Source: "),
        f"{source.name} ",
        element("span", {"class": "cite-kind"}, source.kind),
        element("span", {"class": "cite-flag", "data-check": check}, spoken_check) if check else NOTHING,
        hidden(f", note {note_number}") if note_number else NOTHING,
    )


def source_chips(provenance: Provenance, claim_ids: Iterable[str], *, shows_checks: bool = True) -> Markup:
    """Return a chip for each source of the claims, each leading to the claim on the page of its source."""
    return joined(
        [
            chip(source, claim_address(claims[0]), provenance.check(claims) if shows_checks else None)
            for source, claims in provenance.by_source(claim_ids)
        ],
        " ",
    )
