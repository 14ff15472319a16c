"""A stretch of years laid out over the width of a picture."""

import calendar
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
_MONTHS: Final = 12
_ROUNDED: Final = 0.07
"""Of a month: what a year written with two decimals may lack or have too much."""


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


def stretch_words(start: float, end: float | None = None) -> str:
    """Return a point in time, or a stretch that ends before `end`, in words: December 2018; 2020 to 2021."""
    first = math.floor(start * _MONTHS + _ROUNDED)
    if end is None:
        return _month(first) if first % _MONTHS else str(first // _MONTHS)
    beyond = max(first + 1, math.ceil(end * _MONTHS - _ROUNDED))
    begins_a_year = first % _MONTHS == 0 and beyond - first >= _MONTHS
    ends_a_year = begins_a_year and beyond % _MONTHS == 0
    begin = str(first // _MONTHS) if begins_a_year else _month(first)
    last = str(beyond // _MONTHS - 1) if ends_a_year else _month(beyond - 1)
    return begin if begin == last else f"{begin} to {last}"


def _month(number: int) -> str:
    """Return the month that is so many months after the year 0 began."""
    return f"{calendar.month_name[number % _MONTHS + 1]} {number // _MONTHS}"
