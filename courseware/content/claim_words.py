"""The words for what a claim is: its type, what it rests on, how it is worded."""

from collections.abc import Mapping
from typing import Final

from courseware.content.schema import ClaimType, Hedging, SupportKind

TYPE_WORDS: Final[Mapping[ClaimType, str]] = {
    "statistic": "Statistic",
    "event": "Event",
    "attribution": "Report of what somebody says or does",
    "causal": "Cause and effect",
    "interpretation": "Interpretation",
    "prediction": "Prediction",
    "recommendation": "Recommendation",
    "value": "Value judgment",
}
SUPPORT_WORDS: Final[Mapping[SupportKind, str]] = {
    "named-document": "A named document",
    "official": "An official body or person",
    "data": "Data",
    "expert": "An expert",
    "anecdote": "A single case",
    "none": "No evidence visible in this copy",
}
HEDGING_WORDS: Final[Mapping[Hedging, str]] = {
    "certain": "Without reservation",
    "qualified": "With a reservation",
    "speculative": "As a possibility",
}


def evidence_words(kind: SupportKind, detail: str) -> str:
    """Return what a source offers for a claim: the kind of evidence and what it is, or what stands in its place."""
    return f"{SUPPORT_WORDS[kind]}{'; ' if kind == 'none' else ': '}{detail}"
