"""Sizes and spans on one scale: from zero, or by powers of ten."""

import math
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from courseware.content.elements import element
from courseware.content.figures.drawing import (
    LINE,
    anchor_at,
    ends_of_lines,
    fits_side_by_side,
    mark,
    percent,
    rule,
    text,
    upright,
)
from courseware.content.figures.frame import (
    Column,
    Frame,
    TableGroup,
    legend,
    notes_column,
    number_words,
)
from courseware.content.figures.signs import OUR_ARITHMETIC, sign_key
from courseware.content.figures_schema import RangeRow, Ranges

_LONGEST: Final = 0.97
_WORDS_FOR_SIZES: Final = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def draw(figure: Ranges, frame: Frame) -> Markup:
    """Return the figure."""
    scale = _Scale.of(figure)
    y = 0.0
    parts: list[Markup] = []
    for row in figure.rows:
        source = frame.source_of(row)
        kind = source.kind if source else None
        label, names, value = f"{row.label}, {row.period}", frame.source_names(row), range_words(row)
        lines, y = ends_of_lines([(label, "chart-group"), (names, "chart-soft")], value, y, "chart-value")
        parts += lines
        y += LINE * 0.8
        low, high = scale.share(row.low), scale.share(row.high or row.low)
        parts.append(rule(y))
        if row.high is not None:
            parts.append(rule(y, "chart-stem", low, high, kind))
            parts.append(mark(_sign(row), high, y, kind))
        parts.append(mark(_sign(row), low, y, kind))
        y += LINE
    axis = [upright(share, 0, y) for _words, share in scale.ticks()]
    labels = [text(words, percent(share), y + LINE, "chart-soft", anchor_at(share)) for words, share in scale.ticks()]
    return frame.figure(
        figure,
        legend(*sign_key(_sign(row) for row in figure.rows), element("span", None, scale.explanation(figure.unit))),
        frame.chart(figure, y + LINE + 6, *axis, *parts, rule(y, "chart-axis"), *labels),
        _table(figure, frame),
    )


@dataclass(frozen=True)
class _Scale:
    """Where a size lies on the width: in proportion, or by its power of ten."""

    start: float
    end: float
    is_log: bool

    @classmethod
    def of(cls, figure: Ranges) -> "_Scale":
        greatest = max(row.high or row.low for row in figure.rows)
        if figure.scale == "linear":
            return cls(0, greatest, is_log=False)
        least = min(row.low for row in figure.rows)
        return cls(math.floor(math.log10(least)), math.ceil(math.log10(greatest)), is_log=True)

    def share(self, value: float) -> float:
        at = math.log10(value) if self.is_log else value
        return 0.02 + (at - self.start) / ((self.end - self.start) or 1) * (_LONGEST - 0.02)

    def ticks(self) -> list[tuple[str, float]]:
        """Return the sizes named on the axis, not more than fit."""
        if not self.is_log:
            return []
        powers = [(size_words(10**power), self.share(10**power)) for power in range(int(self.start), int(self.end) + 1)]
        return next(named for step in range(1, len(powers) + 1) if fits_side_by_side(named := powers[::step]))

    def explanation(self, unit: str) -> str:
        if self.is_log:
            return f"{unit[:1].upper()}{unit[1:]}. Each step of the scale is ten times the one before."
        return f"{unit[:1].upper()}{unit[1:]}. One scale, from zero."


def size_words(value: float) -> str:
    """Return a number in words as a newspaper writes it: 39 billion, 1.5 million, 3,000."""
    for size, word in _WORDS_FOR_SIZES:
        if value >= size:
            return f"{value / size:,.4g} {word}"
    return number_words(value)


def range_words(row: RangeRow) -> str:
    """Return the size or span with the bound its source gives it, or in the words of the source."""
    if row.says is not None:
        return row.says
    value = size_words(row.low) if row.high is None else f"{size_words(row.low)} to {size_words(row.high)}"
    match row.bound:
        case "exact":
            return value
        case "estimate" | "projection":
            return f"{value} ({row.bound})"
        case _:
            return f"{row.bound} {value}"


def _sign(row: RangeRow) -> str:
    return OUR_ARITHMETIC if row.derived else row.bound


def _table(figure: Ranges, frame: Frame) -> Markup:
    notes = notes_column(figure.rows)
    rows = [
        [
            f"{row.label}, {row.period}",
            row.counted,
            range_words(row),
            frame.reported_by(row),
            *[row.note or ""] * len(notes),
        ]
        for row in figure.rows
    ]
    columns = [
        Column("What and when"),
        Column("What is measured"),
        Column(figure.unit[:1].upper() + figure.unit[1:], is_number=True),
        Column("Reported by"),
        *notes,
    ]
    return frame.data_below(TableGroup(rows), columns=columns)
