"""A stretch of years laid out over the width of a picture."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from courseware.content.elements import element
from courseware.content.figures.drawing import percent, text, upright

WINDOW_KEY: Final = element("span", None, "A thick line spans a stretch of time.")
"""The line of a legend for what lasts."""

_MOST_LABELS: Final = 6
_MARGIN: Final = 0.03


@dataclass(frozen=True)
class Years:
    """The years from one point in time to another, as decimal numbers."""

    start: float
    end: float

    def share(self, at: float) -> float:
        """Return where a point in time lies on the width, from 0 to 1."""
        return _MARGIN + (at - self.start) / (self.end - self.start) * (1 - 2 * _MARGIN)

    def labels(self, y: float) -> list[Markup]:
        """Return the names of years, each below the middle of its year; not more than fit."""
        return [text(str(year), percent(self.share(year + 0.5)), y, "chart-soft", "middle") for year in self._named()]

    def beginnings(self, top: float, bottom: float) -> list[Markup]:
        """Return a line at the beginning of each year that is named, and of the one after."""
        beginnings = {begin for year in self._named() for begin in (year, year + 1) if self.start <= begin <= self.end}
        return [upright(self.share(year), top, bottom) for year in sorted(beginnings)]

    def _named(self) -> Iterator[int]:
        whole = range(math.ceil(self.start), math.floor(self.end))
        yield from whole[:: max(1, math.ceil(len(whole) / _MOST_LABELS))]
