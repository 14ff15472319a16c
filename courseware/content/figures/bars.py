"""Bars in panels: each panel counts one thing, and every bar starts at zero."""

from dataclasses import dataclass, field
from typing import Final

from markupsafe import Markup

from courseware.content.elements import element, joined
from courseware.content.figures.drawing import LINE, ends_of_lines, fits_one_line, mark, rule, text, text_block
from courseware.content.figures.frame import (
    Column,
    Frame,
    TableGroup,
    legend,
    notes_column,
    value_words,
)
from courseware.content.figures.signs import OUR_ARITHMETIC, sign_key
from courseware.content.figures_schema import BarPanel, BarRow, Bars

_LONGEST: Final = 0.97


def draw(figure: Bars, frame: Frame) -> Markup:
    """Return the figure."""
    rows = [row for panel in figure.panels for row in panel.rows]
    is_shared = figure.scale == "shared"
    scale = "One scale for all bars, from zero." if is_shared else "Each group has its own scale, from zero."
    picture = _Picture(frame)
    for panel in figure.panels:
        picture.add_panel(panel, figure, greatest=max(row.value for row in (rows if is_shared else panel.rows)))
    return frame.figure(
        figure,
        legend(*sign_key(_sign(row) for row in rows), element("span", None, scale)),
        frame.chart(figure, picture.y, *picture.parts),
        _table(figure, frame),
    )


@dataclass
class _Picture:
    """Grows downward, panel by panel and row by row."""

    frame: Frame
    y: float = 0
    parts: list[Markup] = field(default_factory=list)

    def add_panel(self, panel: BarPanel, figure: Bars, greatest: float) -> None:
        self._add_lines(panel.counted, "chart-group")
        self._add_lines(_place_and_time(panel, figure), "chart-soft")
        for row in panel.rows:
            self.y += LINE / 2
            self._add_row(row, greatest)
        self.y += LINE

    def _add_lines(self, words: str, css: str | None = None) -> None:
        lines = text_block(words, self.y + LINE, css)
        self.parts += lines
        self.y += len(lines) * LINE

    def _add_row(self, row: BarRow, greatest: float) -> None:
        source = self.frame.source_of(row)
        kind = source.kind if source else None
        label, names, value = _label(row), self.frame.source_names(row), value_words(row.value, row.bound)
        if fits_one_line(label, names, value):
            names_after = element("tspan", {"class": "chart-soft"}, names)
            self.y += LINE
            self.parts.append(text(joined([f"{label} ", names_after]), "0", self.y))
            self.parts.append(text(value, "100%", self.y, "chart-value", "end"))
        else:
            lines, self.y = ends_of_lines([(label, None), (names, "chart-soft")], value, self.y, "chart-value")
            self.parts += lines
        self.y += LINE * 0.75
        share = row.value / greatest * _LONGEST if greatest else 0.0
        stem = rule(self.y, "chart-stem", end=share, kind=kind)
        self.parts += [rule(self.y), stem, mark(_sign(row), share, self.y, kind)]


def _sign(row: BarRow) -> str:
    return OUR_ARITHMETIC if row.derived else row.bound


def _label(row: BarRow) -> str:
    return f"{row.label}, {row.period}" if row.label else row.period


def _place_and_time(panel: BarPanel, figure: Bars) -> str:
    parts = [panel.place, panel.period_kind, panel.unit or figure.unit]
    return " · ".join(part for part in parts if part)


def _table(figure: Bars, frame: Frame) -> Markup:
    rows = [row for panel in figure.panels for row in panel.rows]
    notes = notes_column(rows)
    groups = [
        TableGroup(
            heading=f"{panel.counted} · {_place_and_time(panel, figure)}",
            rows=[
                [_label(row), value_words(row.value, row.bound), frame.reported_by(row), *[row.note or ""] * len(notes)]
                for row in panel.rows
            ],
        )
        for panel in figure.panels
    ]
    columns = [Column("What and when"), Column("Value", is_number=True), Column("Reported by"), *notes]
    return frame.data_below(*groups, columns=columns)
