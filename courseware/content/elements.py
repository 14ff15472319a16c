"""HTML and SVG elements put together from parts, with every text and attribute escaped.

No other module of the content turns text into markup.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from markupsafe import Markup, escape

from courseware.core.markdown import sanitise

Value = str | float | bool | None
"""Of an attribute: True stands for the bare name, None and False leave it out."""

NOTHING: Final = Markup()

_CLOSES_ITSELF: Final = frozenset({"circle", "line", "path", "rect"})


def element(name: str, attributes: Mapping[str, Value] | None = None, *children: str) -> Markup:
    """Return the element; children that are not markup themselves are escaped."""
    head = name + "".join(_attribute(key, value) for key, value in (attributes or {}).items())
    if name in _CLOSES_ITSELF:
        return Markup(f"<{head}/>")  # noqa: S704 (all parts are escaped)
    return Markup(f"<{head}>{joined(children)}</{name}>")  # noqa: S704 (all parts are escaped)


def joined(children: Iterable[str], separator: str = "") -> Markup:
    """Return the children in a row; those that are not markup themselves are escaped."""
    return escape(separator).join(children)


def opening(name: str) -> Markup:
    """Return the tag that opens an element whose end comes later."""
    return Markup(f"<{name}>")  # noqa: S704 (names of elements are ours)


def closing(name: str) -> Markup:
    """Return the tag that closes an element."""
    return Markup(f"</{name}>")  # noqa: S704 (names of elements are ours)


def sanitised(html: str) -> Markup:
    """Return inline HTML after its last sieve."""
    return Markup(sanitise(html))  # noqa: S704 (sanitised here)


def hidden(text: str) -> Markup:
    """Return text that is read aloud and not shown."""
    return element("span", {"class": "visually-hidden"}, text)


def _attribute(name: str, value: Value) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return f" {name}"
    text = f"{value:.6g}" if isinstance(value, float) else value
    return f' {name}="{escape(text)}"'
