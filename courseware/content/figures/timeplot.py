"""Values over time: one panel for each series, all on one scale from zero, and no line from point to point."""

import math
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from courseware.content.elements import NOTHING
from courseware.content.figures.drawing import LINE, LabelPlacer, mark, rule, text, text_block
from courseware.content.figures.frame import (
    Column,
    Frame,
    TableGroup,
    legend,
    notes_column,
    number_words,
    value_words,
)
from courseware.content.figures.signs import OUR_ARITHMETIC, sign_key
from courseware.content.figures.years import WINDOW_KEY, Years
from courseware.content.figures_schema import PlotPoint, PlotSeries, Timeplot

_HEIGHT: Final = 160


def draw(figure: Timeplot, frame: Frame) -> Markup:
    """Return the figure."""
    points = [point for series in figure.series for point in series.points]
    scale = _Scale(Years(figure.from_, figure.to), _round_above(max(point.value for point in points)), figure.unit)
    y = 0.0
    parts: list[Markup] = []
    for series in figure.series:
        heading = text_block(f"{series.counted} · {series.place}", y + LINE, "chart-group")
        top = y + (len(heading) + 2) * LINE
        parts += [*heading, *_panel(series, top, scale, frame)]
        y = top + _HEIGHT + 2 * LINE
    return frame.figure(
        figure,
        legend(
            *sign_key(_sign(point) for point in points),
            WINDOW_KEY if any(point.until is not None for point in points) else NOTHING,
        ),
        frame.chart(figure, y, *parts),
        _table(figure, frame),
    )


@dataclass(frozen=True)
class _Scale:
    """What all panels share."""

    years: Years
    top_value: float
    unit: str


def _panel(series: PlotSeries, top: float, scale: _Scale, frame: Frame) -> list[Markup]:
    """Return the axes of a panel and its points, each with its value beside it."""
    bottom = top + _HEIGHT
    top_words = f"{number_words(scale.top_value)} {scale.unit}"
    axes = [
        text(top_words, "0", top - 4, "chart-soft"),
        text("0", "0", bottom - 4, "chart-soft"),
        rule(top),
        rule(bottom, "chart-axis"),
        *scale.years.labels(bottom + LINE),
    ]
    placer = LabelPlacer(top - 2 * LINE, bottom)
    placer.keep_text_free(top_words, top - 4)
    placer.keep_text_free("0", bottom - 4)
    places = [
        (point, scale.years.share(_middle(point)), bottom - point.value / scale.top_value * _HEIGHT)
        for point in series.points
    ]
    for _point, share, y in places:
        placer.keep_free(share, y)
    points: list[Markup] = []
    for point, share, y in sorted(places, key=lambda place: (place[1], place[2])):
        source = frame.source_of(point)
        kind = source.kind if source else None
        if point.until is not None:
            window = (scale.years.share(point.at), scale.years.share(point.until))
            points.append(rule(y, "chart-stem", *window, kind))
        points.append(mark(_sign(point), share, y, kind, placer.label(number_words(point.value), share, y)))
    return [*axes, *points]


def _middle(point: PlotPoint) -> float:
    return point.at if point.until is None else (point.at + point.until) / 2


def _sign(point: PlotPoint) -> str:
    return OUR_ARITHMETIC if point.derived else point.bound


def _round_above(value: float) -> float:
    """Return the next round number that is not less than the value."""
    if value <= 0:
        return 1
    magnitude = 10.0 ** math.floor(math.log10(value))
    step = next(step for step in (1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10) if step * magnitude >= value)
    rounded = step * magnitude
    return int(rounded) if rounded.is_integer() else rounded


def _table(figure: Timeplot, frame: Frame) -> Markup:
    notes = notes_column([point for series in figure.series for point in series.points])
    groups = [
        TableGroup(
            heading=f"{series.counted} · {series.place}",
            rows=[
                [
                    point.period,
                    value_words(point.value, point.bound),
                    frame.reported_by(point),
                    *[point.note or ""] * len(notes),
                ]
                for point in series.points
            ],
        )
        for series in figure.series
    ]
    columns = [Column("Period"), Column(figure.unit.capitalize(), is_number=True), Column("Reported by"), *notes]
    return frame.data_below(*groups, columns=columns)
