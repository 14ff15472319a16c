"""Rungs of a ladder as a list: the top rung first on the page, counted from the bottom up."""

from markupsafe import Markup

from courseware.content.elements import element
from courseware.content.figures.frame import Frame
from courseware.content.figures_schema import Ladder, Rung


def draw(figure: Ladder, frame: Frame) -> Markup:
    """Return the figure."""
    rungs = [_rung(rung, frame) for rung in reversed(figure.rungs)]
    return frame.figure(figure, element("ol", {"class": "ladder", "reversed": True}, *rungs))


def _rung(rung: Rung, frame: Frame) -> Markup:
    note = element("span", {"class": "hint"}, f" {rung.note}") if rung.note else ""
    return element("li", None, element("b", None, rung.label), f" {rung.text} ", frame.reported_by(rung), note)
