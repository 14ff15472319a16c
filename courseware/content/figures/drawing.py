"""Drawing with texts of fixed size on a width that is not known: x in percent, y in units that grow with the text."""

import itertools
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from courseware.content.elements import NOTHING, element, joined
from courseware.content.figures.signs import sign
from courseware.content.schema import SourceKind

UNITS_IN_AN_EM: Final = 13
"""A unit is a pixel where the text has its usual size; the style sheet lets no text be larger than its width allows."""

LINE: Final = 18
"""Units from one line of text to the next."""

NARROWEST: Final = 280
"""Units that the narrowest picture has."""

_WIDTHS: Final = (NARROWEST, 400, 660)
_LETTER: Final = 7.2
_LETTERS_IN_A_LINE: Final = 38
_LETTERS_IN_A_BLOCK: Final = 34
_AT_THE_EDGE: Final = 0.08
_ASCENT: Final = 11
_DESCENT: Final = 4


def percent(share: float) -> str:
    """Return a share of the width, from 0 to 1, as an SVG length."""
    return f"{share * 100:.4g}%"


def em(units: float) -> str:
    """Return a height as an SVG length that grows with the text."""
    return f"{units / UNITS_IN_AN_EM:.4g}em"


def text(words: str, x: str, y: float, css: str | None = None, anchor: str | None = None) -> Markup:
    """Return a line of text."""
    return element("text", {"class": css, "x": x, "y": em(y), "text-anchor": anchor}, words)


def fits_one_line(*words: str) -> bool:
    """Return whether the words fit side by side on the narrowest screen."""
    return sum(len(each) + 1 for each in words) <= _LETTERS_IN_A_LINE


def anchor_at(share: float) -> str:
    """Return how a label stands to its place on the width, so that none is cut off at an edge."""
    return "start" if share < _AT_THE_EDGE else "end" if share > 1 - _AT_THE_EDGE else "middle"


def fits_side_by_side(labels: Sequence[tuple[str, float]]) -> bool:
    """Return whether labels, each at its share of the width, keep clear of one another in the narrowest picture."""
    spans: list[tuple[float, float]] = []
    for words, share in labels:
        width = len(words) * _LETTER
        start = share * NARROWEST - {"start": 0, "middle": width / 2, "end": width}[anchor_at(share)]
        spans.append((start, start + width + _LETTER))
    return all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


def text_block(words: str, y: float, css: str | None = None) -> list[Markup]:
    """Return the words in lines that fit the narrowest screen, from y downward."""
    return [text(line, "0", y + number * LINE, css) for number, line in enumerate(_wrapped(words))]


def _wrapped(words: str) -> list[str]:
    return textwrap.wrap(words, _LETTERS_IN_A_BLOCK)


def ends_of_lines(
    left: Sequence[tuple[str, str | None]], value: str, y: float, css: str | None
) -> tuple[list[Markup], float]:
    """Return texts at the left edge, one below the other, and where the last line ends.

    The value stands at the right edge of that line, or on a line of its own, or on several if it is long.
    """
    parts: list[Markup] = []
    last = ""
    for words, style in left:
        lines = text_block(words, y + LINE, style)
        parts += lines
        y += len(lines) * LINE
        last = _wrapped(words)[-1]
    if not fits_one_line(last, value):
        y += LINE
    if fits_one_line(value):
        return [*parts, text(value, "100%", y, css, "end")], y
    lines = text_block(value, y, css)
    return [*parts, *lines], y + (len(lines) - 1) * LINE


def rule(
    y: float, css: str = "chart-track", start: float = 0, end: float = 1, kind: SourceKind | None = None
) -> Markup:
    """Return a horizontal line between two shares of the width."""
    return element(
        "line",
        {"class": css, "data-kind": kind, "x1": percent(start), "x2": percent(end), "y1": em(y), "y2": em(y)},
    )


def upright(share: float, top: float, bottom: float, css: str = "chart-track") -> Markup:
    """Return a vertical line."""
    return element("line", {"class": css, "x1": percent(share), "x2": percent(share), "y1": em(top), "y2": em(bottom)})


def mark(name: str, share: float, y: float, kind: SourceKind | None, *labels: Markup) -> Markup:
    """Return a sign in the tone of its source, with labels placed around it; inside, lengths are in units."""
    attributes = {
        "class": "chart-mark",
        "data-kind": kind,
        "x": percent(share),
        "y": em(y),
        "width": "1em",
        "height": "1em",
        "viewBox": f"0 0 {UNITS_IN_AN_EM} {UNITS_IN_AN_EM}",
    }
    return element("svg", attributes, sign(name), *labels)


@dataclass(frozen=True)
class _Box:
    """Room taken up: from a point at a share of the width, so many units to each side."""

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
                return joined([_leader(down), _label(words, x, down, anchor)])
        return _label(words, 0, _ABOVE, "middle")


def _label(words: str, x: float, y: float, anchor: str) -> Markup:
    return element("text", {"x": f"{x:g}", "y": y, "text-anchor": anchor}, words)


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
