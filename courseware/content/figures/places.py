"""A sketch of places without borders: where they lie to one another, not how far apart they are."""

from typing import Final

from markupsafe import Markup

from courseware.content.elements import element
from courseware.content.figures.drawing import LabelPlacer, mark
from courseware.content.figures.frame import Column, Frame, TableGroup, legend, notes_column
from courseware.content.figures_schema import Places

_HEIGHT: Final = 320
_MARGIN: Final = 0.04


def draw(figure: Places, frame: Frame) -> Markup:
    """Return the figure."""
    placer = LabelPlacer(0, _HEIGHT)
    spots = [
        (place, _inside(place.x / 100), _inside(place.y / 100) * _HEIGHT)
        for place in sorted(figure.places, key=lambda place: (place.y, place.x))
    ]
    for _place, share, y in spots:
        placer.keep_free(share, y)
    parts: list[Markup] = []
    for place, share, y in spots:
        source = frame.source_of(place)
        label = placer.label(place.label, share, y)
        parts.append(mark("spot", share, y, source.kind if source else None, label))
    return frame.figure(
        figure,
        legend(element("span", None, "A sketch, not to scale.")),
        frame.chart(figure, _HEIGHT, *parts),
        _table(figure, frame),
    )


def _inside(share: float) -> float:
    return _MARGIN + share * (1 - 2 * _MARGIN)


def _table(figure: Places, frame: Frame) -> Markup:
    notes = notes_column(figure.places)
    rows = [
        [place.label, place.counted, frame.reported_by(place), *[place.note or ""] * len(notes)]
        for place in figure.places
    ]
    return frame.data_below(
        TableGroup(rows), columns=[Column("Place"), Column("What is counted"), Column("Reported by"), *notes]
    )
