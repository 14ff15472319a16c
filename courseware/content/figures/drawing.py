"""Drawing with texts of fixed size on a width that is not known: x in percent, y in pixels."""

import textwrap
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from courseware.content.elements import NOTHING, element, joined
from courseware.content.figures.signs import sign
from courseware.content.schema import SourceKind

LINE: Final = 18
"""Pixels from one line of text to the next."""

NARROWEST: Final = 280
"""Pixels that a picture has on the narrowest screen we draw for."""

_WIDTHS: Final = (NARROWEST, 400, 660)
_LETTER: Final = 7.2
_LETTERS_IN_A_LINE: Final = 38
_LETTERS_IN_A_BLOCK: Final = 34
_ASCENT: Final = 11
_DESCENT: Final = 4


def percent(share: float) -> str:
    """Return a share of the width, from 0 to 1, as an SVG length."""
    return f"{share * 100:.4g}%"


def text(words: str, x: str, y: float, css: str | None = None, anchor: str | None = None) -> Markup:
    """Return a line of text."""
    return element("text", {"class": css, "x": x, "y": y, "text-anchor": anchor}, words)


def fits_one_line(*words: str) -> bool:
    """Return whether the words fit side by side on the narrowest screen."""
    return sum(len(each) + 1 for each in words) <= _LETTERS_IN_A_LINE


def text_block(words: str, y: float, css: str | None = None) -> list[Markup]:
    """Return the words in lines that fit the narrowest screen, from y downward."""
    lines = textwrap.wrap(words, _LETTERS_IN_A_BLOCK)
    return [text(line, "0", y + number * LINE, css) for number, line in enumerate(lines)]


def rule(
    y: float, css: str = "chart-track", start: float = 0, end: float = 1, kind: SourceKind | None = None
) -> Markup:
    """Return a horizontal line between two shares of the width."""
    return element(
        "line",
        {"class": css, "data-kind": kind, "x1": percent(start), "x2": percent(end), "y1": y, "y2": y},
    )


def upright(share: float, top: float, bottom: float, css: str = "chart-track") -> Markup:
    """Return a vertical line."""
    return element("line", {"class": css, "x1": percent(share), "x2": percent(share), "y1": top, "y2": bottom})


def mark(name: str, share: float, y: float, kind: SourceKind | None, *labels: Markup) -> Markup:
    """Return a sign in the tone of its source, with labels placed around it."""
    return element("svg", {"class": "chart-mark", "data-kind": kind, "x": percent(share), "y": y}, sign(name), *labels)


@dataclass(frozen=True)
class _Box:
    """Room taken up: from a point at a share of the width, so many pixels to each side."""

    share: float
    left: float
    right: float
    top: float
    bottom: float

    def overlaps(self, other: "_Box") -> bool:
        if self.bottom <= other.top or other.bottom <= self.top:
            return False
        return any(
            self.share * width + self.left < other.share * width + other.right
            and other.share * width + other.left < self.share * width + self.right
            for width in _WIDTHS
        )

    def fits(self, top: float, bottom: float) -> bool:
        return (
            self.top >= top
            and self.bottom <= bottom
            and all(
                self.share * width + self.left >= 0 and self.share * width + self.right <= width for width in _WIDTHS
            )
        )


@dataclass
class LabelPlacer:
    """Finds room for labels beside marks, so that no text covers another on any screen."""

    top: float
    bottom: float
    taken: list[_Box] = field(default_factory=list)

    def keep_free(self, share: float, y: float, half_width: float = 8, half_height: float = 7) -> None:
        """Let no label cover the surroundings of a point."""
        self.taken.append(_Box(share, -half_width, half_width, y - half_height, y + half_height))

    def keep_text_free(self, words: str, y: float) -> None:
        """Let no label cover a text that begins at the left edge."""
        self.taken.append(_Box(0, 0, len(words) * _LETTER, y - _ASCENT, y + _DESCENT))

    def label(self, words: str, share: float, y: float) -> Markup:
        """Return the label, its place given from its mark at the share and y, with a line to it where it is far."""
        width = len(words) * _LETTER
        for anchor, x, down in _AROUND_A_MARK:
            left = {"start": x, "middle": x - width / 2, "end": x - width}[anchor]
            box = _Box(share, left, left + width, y + down - _ASCENT, y + down + _DESCENT)
            if box.fits(self.top, self.bottom) and not any(box.overlaps(other) for other in self.taken):
                self.taken.append(box)
                return joined([_leader(down), text(words, f"{x:g}", down, anchor=anchor)])
        return text(words, "0", _ABOVE, anchor="middle")


def _leader(down: float) -> Markup:
    """Return the line from a mark to a label far above or below it."""
    if _ABOVE <= down <= _BELOW:
        return NOTHING
    start, end = (-8, down + _DESCENT) if down < 0 else (8, down - _ASCENT)
    return element("line", {"class": "chart-leader", "x1": "0", "x2": "0", "y1": start, "y2": end})


_ABOVE: Final = -11
_BELOW: Final = 20
# Anchor, x and y of a label, the best place first; those far away reach over the point, so that a line can join them.
_AROUND_A_MARK: Final = (
    ("middle", 0, _ABOVE),
    ("middle", 0, _BELOW),
    ("start", 11, 4),
    ("end", -11, 4),
    *[
        (anchor, x, down)
        for far in range(16, 65, 16)
        for down in (_ABOVE - far, _BELOW + far)
        for anchor, x in (("middle", 0), ("start", -8), ("end", 8))
    ],
)
