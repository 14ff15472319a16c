"""Figures as HTML and SVG, one module for each kind."""

from typing import assert_never

from markupsafe import Markup

from courseware.content.figures import (
    bars,
    flow,
    ladder,
    matrix,
    places,
    ranges,
    spectrum,
    strip,
    table,
    timeline,
    timeplot,
)
from courseware.content.figures.frame import Frame
from courseware.content.figures_schema import (
    Bars,
    Figure,
    Flow,
    Ladder,
    Matrix,
    Places,
    Ranges,
    Spectrum,
    Strip,
    Table,
    Timeline,
    Timeplot,
)


def draw(figure: Figure, frame: Frame) -> Markup:  # noqa: C901, PLR0911 (one line for each kind)
    """Return the figure with its caption, its picture and the table of its data."""
    match figure:
        case Bars():
            return bars.draw(figure, frame)
        case Timeplot():
            return timeplot.draw(figure, frame)
        case Timeline():
            return timeline.draw(figure, frame)
        case Strip():
            return strip.draw(figure, frame)
        case Matrix():
            return matrix.draw(figure, frame)
        case Ladder():
            return ladder.draw(figure, frame)
        case Table():
            return table.draw(figure, frame)
        case Places():
            return places.draw(figure, frame)
        case Flow():
            return flow.draw(figure, frame)
        case Spectrum():
            return spectrum.draw(figure, frame)
        case Ranges():
            return ranges.draw(figure, frame)
        case _:
            assert_never(figure)
