"""A plain table, with the sources of each row in a column of its own."""

from markupsafe import Markup

from courseware.content.figures.frame import Column, Frame, TableGroup, notes_column
from courseware.content.figures_schema import Table


def draw(figure: Table, frame: Frame) -> Markup:
    """Return the figure."""
    notes = notes_column(figure.rows)
    rows = [[*row.cells, frame.reported_by(row), *[row.note or ""] * len(notes)] for row in figure.rows]
    columns = [*[Column(label) for label in figure.columns], Column("Sources"), *notes]
    return frame.figure(figure, frame.table(TableGroup(rows), columns=columns), is_wide=True)
