"""Reads a page as a browser would: which elements it has, and what texts stand in them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from typing_extensions import override


@dataclass
class ReadPage(HTMLParser):
    """The elements of a page with the names of their attributes, and every text and value on it."""

    elements: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    controls: dict[str, str] = field(default_factory=dict)
    _textarea: str | None = None

    def __post_init__(self) -> None:
        """Begin with nothing read."""
        super().__init__(convert_charrefs=True)

    @override
    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        self.texts += [value for _, value in attrs if value is not None]
        values = dict(attrs)
        name = values.get("name")
        if tag == "input" and name and values.get("type") == "text":
            self.controls[name] = values.get("value") or ""
        if tag == "textarea" and name:
            self._textarea = name
            self.controls[name] = ""

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._textarea is not None:
            # A browser leaves out the first line break.
            self.controls[self._textarea] = self.controls[self._textarea].removeprefix("\n")
            self._textarea = None

    @override
    def handle_data(self, data: str) -> None:
        if self._textarea is not None:
            self.controls[self._textarea] += data
        self.texts.append(data)

    def shows(self, text: str) -> bool:
        """Tell whether a text stands on the page literally."""
        return any(text in each for each in self.texts)


def read_page(html: str) -> ReadPage:
    """Read a page."""
    page = ReadPage()
    page.feed(html)
    page.close()
    return page
