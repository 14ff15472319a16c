"""Reads rendered HTML and names what is unsound in it: open elements, double ids, references to nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = {"br", "circle", "line", "path", "rect"}
_REFERENCES = ("aria-describedby", "aria-labelledby", "popovertarget")
_FORBIDDEN = {"script", "style", "img", "iframe"}


@dataclass
class Outline(HTMLParser):
    """What a fragment of HTML holds."""

    html: str
    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Read it."""
        super().__init__()
        self._open: list[str] = []
        self.feed(self.html)
        self.close()
        self.faults += [f"<{name}> is never closed" for name in self._open]
        self.faults += [f"the id {each} stands twice" for each in set(self.ids) if self.ids.count(each) > 1]
        self.faults += [f"nothing has the id {each}" for each in self.references if each not in self.ids]

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        """Note the element and what it refers to."""
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        if tag in _FORBIDDEN:
            self.faults.append(f"<{tag}> has no place here")
        self.faults += [f"{name} has no place here" for name in attributes if name == "style" or name.startswith("on")]
        self.ids += [value for name, value in attributes.items() if name == "id" and value]
        self.references += [value for name, value in attributes.items() if name in _REFERENCES and value]
        self.references += [
            value[1:] for name, value in attributes.items() if name == "href" and value and value.startswith("#")
        ]
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the element."""
        if tag in _VOID:
            return
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        """Return the attributes of the elements of a class."""
        return [attributes for _tag, attributes in self.elements if name in (attributes.get("class") or "").split()]
