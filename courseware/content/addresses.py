"""Addresses of the pages that course texts lead to. They are written into rendered texts, so they are stable."""

import re
from typing import Final

from courseware.content.schema import Claim

_NOT_IN_AN_ANCHOR: Final = re.compile(r"[\W_]+")


def lesson_address(module: str, lesson: str, anchor: str = "") -> str:
    """Return the address of a lesson, or of something in it."""
    return f"/modules/{module}/lessons/{lesson}" + (f"#{anchor}" if anchor else "")


def figure_data_address(module: str, lesson: str, anchor: str) -> str:
    """Return the address of the data of a figure."""
    return f"/modules/{module}/lessons/{lesson}/figures/{anchor}.csv"


def source_address(source_id: str) -> str:
    """Return the address of the page of a source."""
    return f"/sources/{source_id}"


def claim_address(claim: Claim) -> str:
    """Return the address of a claim on the page of its source."""
    return f"{source_address(claim.source)}#{claim.id}"


def term_anchor(term: str) -> str:
    """Return the id of a term on the page of the glossary."""
    return _NOT_IN_AN_ANCHOR.sub("-", term.lower()).strip("-")


def term_address(term: str) -> str:
    """Return the address of a term in the glossary."""
    return f"/glossary#{term_anchor(term)}"


def tension_address(tension: str) -> str:
    """Return the address of a tension among the places where sources disagree."""
    return f"/disagreements?show=tensions#{tension}"


def dispute_anchor(lesson: str, anchor: str) -> str:
    """Return the id of a dispute of a lesson among the places where sources disagree."""
    return f"{lesson}--{anchor}"


def dispute_address(lesson: str, anchor: str) -> str:
    """Return the address of a dispute of a lesson among the places where sources disagree."""
    return f"/disagreements#{dispute_anchor(lesson, anchor)}"
