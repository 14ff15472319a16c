"""The signs that stand for how a value is known: each has its own shape and its own word."""

from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup

from courseware.content.elements import element

OUR_ARITHMETIC: Final = "our arithmetic"

# Each path is drawn around the point of its value.
_PATHS: Final[Mapping[str, str]] = {
    "exact": "M-1-6.5H1V6.5H-1z",
    "about": "M-8 1.5Q-4-5 0 0T8-1.5",
    "more than": "M-4-6 4 0-4 6",
    "less than": "M4-6-4 0 4 6",
    "estimate": "M5.5 0A5.5 5.5 0 1 1 5.5-.01z",
    "projection": "M0-6.5 6.5 0 0 6.5-6.5 0z",
    OUR_ARITHMETIC: "M-6 0H6M0-6V6",
    "date stated": "M-1-6.5H1V6.5H-1z",
    "date inferred": "M5.5 0A5.5 5.5 0 1 1 5.5-.01z",
    "first": "M5.5 0A5.5 5.5 0 1 1 5.5-.01zM1 0A1 1 0 1 1 1-.01z",
    "named": "M4 0A4 4 0 1 1 4-.01z",
    "not-named": "M-5 0H5",
    "rejected": "M-5-5 5 5M5-5-5 5",
    "spot": "M4 0A4 4 0 1 1 4-.01z",
}
_SOLID: Final = frozenset({"exact", "date stated", "named", "spot"})


def sign(name: str) -> Markup:
    """Return the sign as a path around the point 0, 0."""
    return element("path", {"class": "chart-sign chart-solid" if name in _SOLID else "chart-sign", "d": _PATHS[name]})


def sign_in_text(name: str) -> Markup:
    """Return the sign as a small picture in a line of text, silent to a screen reader."""
    return element(
        "svg",
        {"class": "chart-key", "width": "20", "height": "16", "viewBox": "-10 -8 20 16", "aria-hidden": "true"},
        sign(name),
    )


def sign_line(name: str, words: str) -> Markup:
    """Return the line of a legend for a sign."""
    return element("span", None, sign_in_text(name), f" {words}")


def sign_key(names: Iterable[str]) -> list[Markup]:
    """Return the lines of a legend for signs that bear their meaning as name, in a fixed order and each once."""
    wanted = set(names)
    return [sign_line(name, name) for name in _PATHS if name in wanted]
