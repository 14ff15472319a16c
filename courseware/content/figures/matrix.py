"""Marks in rows and columns: a table, in which every mark has a shape and a word."""

from typing import Final

from markupsafe import Markup

from courseware.content.elements import element, hidden, joined
from courseware.content.figures.frame import Column, Frame, TableGroup, legend
from courseware.content.figures.signs import sign_in_text, sign_line
from courseware.content.figures_schema import Matrix, MatrixCell
from courseware.content.provenance import source_chips

_NOT_NAMED: Final = MatrixCell(mark="not-named")
_LONGEST_IN_A_CELL: Final = 26
"""Letters of the words that a figure gives its marks; a cell with longer ones bears the plain name of its mark."""


def draw(figure: Matrix, frame: Frame) -> Markup:
    """Return the figure."""
    rows = [
        [
            row.label,
            *[_cell(row.cells.get(column.id, _NOT_NAMED), figure, frame) for column in figure.columns],
        ]
        for row in figure.rows
    ]
    columns = [Column(hidden("What")), *[Column(column.label) for column in figure.columns]]
    return frame.figure(
        figure,
        legend(*[sign_line(mark, words) for mark, words in figure.key.items()]),
        frame.table(TableGroup(rows), columns=columns),
        is_wide=True,
    )


def _cell(cell: MatrixCell, figure: Matrix, frame: Frame) -> Markup:
    words = figure.key.get(cell.mark, "")
    if not 0 < len(words) <= _LONGEST_IN_A_CELL:
        words = cell.mark.replace("-", " ")
    parts = [joined([sign_in_text(cell.mark), f" {words}"])]
    if cell.note:
        parts.append(element("span", {"class": "hint"}, f"({cell.note})"))
    if cell.claim_ids:
        parts.append(source_chips(frame.provenance, cell.claim_ids))
    return joined(parts, " ")
