"""Positions along a line: a row for each, its place on the line and the words of its zone."""

from markupsafe import Markup

from courseware.content.elements import NOTHING, element
from courseware.content.figures.drawing import LINE, ends_of_lines, mark, rule, text, upright
from courseware.content.figures.frame import Frame
from courseware.content.figures_schema import Position, Spectrum


def draw(figure: Spectrum, frame: Frame) -> Markup:
    """Return the figure."""
    y = float(LINE)
    parts = [text(figure.zones[0], "0", y, "chart-soft"), text(figure.zones[-1], "100%", y, "chart-soft", "end")]
    for position in figure.positions:
        y += LINE / 2
        lines, y = ends_of_lines([(position.label, "chart-group")], zone_words(position, figure), y, None)
        parts += lines
        y += LINE * 0.9
        parts += [rule(y), *[upright(edge / len(figure.zones), y - 4, y + 4) for edge in range(len(figure.zones) + 1)]]
        start, end = _share(position.zone, figure), _share(position.until_zone or position.zone, figure)
        if position.until_zone:
            parts.append(rule(y, "chart-stem", start, end))
        parts.append(mark("spot", (start + end) / 2, y, kind=None))
        y += LINE / 2
    return frame.figure(
        figure, frame.chart(figure, y + 4, *parts, below="The list below says the same."), _list(figure, frame)
    )


def _share(zone: int, figure: Spectrum) -> float:
    return (zone - 0.5) / len(figure.zones)


def zone_words(position: Position, figure: Spectrum) -> str:
    """Return the zone or zones of a position in words."""
    first = figure.zones[position.zone - 1]
    if position.until_zone is None:
        return first
    return f"{first} to {figure.zones[position.until_zone - 1].lower()}"


def _list(figure: Spectrum, frame: Frame) -> Markup:
    """Return every position in words, in the order of the picture."""
    return element("ul", {"class": "flow-notes"}, *[_entry(position, figure, frame) for position in figure.positions])


def _entry(position: Position, figure: Spectrum, frame: Frame) -> Markup:
    place = f" ({zone_words(position, figure).lower()}): {position.text} "
    note = element("span", {"class": "hint"}, f" {position.note}") if position.note else NOTHING
    return element("li", None, element("b", None, position.label), place, frame.reported_by(position), note)
