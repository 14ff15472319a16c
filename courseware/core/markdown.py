"""The ground of every Markdown text: a parser that reads no HTML, and the last sieve before the page."""

import re
from typing import Final

import nh3
from markdown_it import MarkdownIt

_ATTRIBUTES: Final = {
    "a": {"class", "data-kind", "href"},
    "button": {"class", "popovertarget", "type"},
    "em": set(),
    "span": {"class", "data-check", "id", "popover"},
    "strong": set(),
}

_ADDRESS_ON_THIS_SITE: Final = re.compile(r"#|/(?![/\\])")


def inline_parser() -> MarkdownIt:
    """Return a parser of inline Markdown that knows emphasis, escapes and line breaks, and nothing else."""
    return MarkdownIt("zero").enable(["emphasis", "escape", "newline"])


def sanitise(html: str) -> str:
    """Return the inline HTML without the elements, attributes and addresses that are not expected in a text.

    A link keeps its address only if it leads to a place on this site.
    """
    return nh3.clean(
        html,
        tags=set(_ATTRIBUTES),
        attributes=_ATTRIBUTES,
        attribute_filter=_kept_value,
        url_schemes=set(),
        link_rel=None,
    )


def _kept_value(_element: str, attribute: str, value: str) -> str | None:
    if attribute == "href" and not _ADDRESS_ON_THIS_SITE.match(value):
        return None
    return value
