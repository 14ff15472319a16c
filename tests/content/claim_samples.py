"""Small claims and sources for tests of what stands between them."""

from courseware.content.provenance import Provenance
from courseware.content.schema import Claim, Source


def source(name: str, kind: str = "news") -> Source:
    """Return a source whose id is its name in small letters."""
    return Source.model_validate(
        {
            "id": name.lower(),
            "name": name,
            "kind": kind,
            "title": f"The {name}",
            "authors": [],
            "publisher": "a printer",
            "date": {"best": "1804", "inferred": False, "how": "It is printed."},
            "author_role_as_stated": "none",
            "audience": "everyone",
            "purpose": "to report",
            "evidence_base": "none",
            "careful_reader_notes": [],
            "location": {"paragraphs": "p1-p9"},
        }
    )


def claim(claim_id: str, **relations: list[str]) -> Claim:
    """Return a claim of the source that its id begins with; underscores in relations stand for hyphens."""
    return Claim.model_validate(
        {
            "id": claim_id,
            "source": claim_id.partition("-")[0],
            "locator": "p1",
            "module": "duty",
            "type": "statistic",
            "statement": f"Statement {claim_id}.",
            "support": {"kind": "none", "detail": f"detail {claim_id}"},
            "hedging": "certain",
            "relations": {kind.replace("_", "-"): others for kind, others in relations.items()},
        }
    )


def provenance(*claims: Claim) -> Provenance:
    """Return the claims with the sources a, b and c."""
    sources = [source("A", "news"), source("B", "opinion"), source("C", "compilation")]
    return Provenance({each.id: each for each in sources}, {each.id: each for each in claims})
