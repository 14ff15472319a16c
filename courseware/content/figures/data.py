"""The data of a figure as rows of a table: what is shown, its claims, and who makes them."""

from collections.abc import Iterator, Mapping
from typing import assert_never

from courseware.content.figures.ranges import range_words
from courseware.content.figures.spectrum import zone_words
from courseware.content.figures.years import stretch_words
from courseware.content.figures_schema import (
    Bars,
    Datum,
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
from courseware.content.provenance import Provenance

Cell = str | float | None
Row = tuple[Cell, ...]


def figure_rows(figure: Figure, provenance: Provenance) -> list[Row]:
    """Return the data with a header; the last columns name claims, sources, what we computed, and notes."""
    columns, data = _data(figure)
    rows: list[Row] = [(*columns, "claims", "sources", "our_arithmetic", "note")]
    for cells, datum in data:
        sources = [source.name for source, _claims in provenance.by_source(datum.claim_ids)]
        is_ours = "yes" if datum.derived else ""
        rows.append((*cells, " ".join(datum.claim_ids), ", ".join(sources), is_ours, datum.note or ""))
    return rows


def _data(figure: Figure) -> tuple[Row, list[tuple[Row, Datum]]]:  # noqa: C901, PLR0911 (one case for each kind)
    match figure:
        case Bars():
            columns = ("counted", "place", "unit", "label", "period", "value", "bound")
            return columns, [
                (
                    (
                        panel.counted,
                        panel.place,
                        panel.unit or figure.unit,
                        row.label,
                        row.period,
                        row.value,
                        row.bound,
                    ),
                    row,
                )
                for panel in figure.panels
                for row in panel.rows
            ]
        case Timeplot():
            return ("counted", "place", "unit", "period", "at", "until", "value", "bound"), [
                (
                    (
                        series.counted,
                        series.place,
                        figure.unit,
                        point.period,
                        point.at,
                        point.until,
                        point.value,
                        point.bound,
                    ),
                    point,
                )
                for series in figure.series
                for point in series.points
            ]
        case Timeline():
            return ("label", "at", "until", "in_words", "date", "source"), [
                (
                    (
                        entry.label,
                        entry.at,
                        entry.until,
                        stretch_words(entry.at, entry.until),
                        "stated" if entry.sure else "inferred",
                        entry.source,
                    ),
                    entry,
                )
                for entry in figure.entries
            ]
        case Strip():
            return ("label", "size", "unit", "source"), [
                ((block.label, block.size, figure.unit, block.source), block) for block in figure.blocks
            ]
        case Matrix():
            return ("row", "column", "mark"), list(_matrix(figure))
        case Ladder():
            return ("label", "text"), [((rung.label, rung.text), rung) for rung in figure.rungs]
        case Table():
            return figure.columns, [(row.cells, row) for row in figure.rows]
        case Places():
            return ("place", "counted", "x", "y"), [
                ((spot.label, spot.counted, spot.x, spot.y), spot) for spot in figure.places
            ]
        case Flow():
            return ("state", "step", "from", "to", "carries", "how"), list(_flow(figure))
        case Spectrum():
            return ("who", "place", "why"), [
                ((position.label, zone_words(position, figure), position.text), position)
                for position in figure.positions
            ]
        case Ranges():
            return ("label", "counted", "period", "unit", "low", "high", "bound", "in_words"), [
                (
                    (row.label, row.counted, row.period, figure.unit, row.low, row.high, row.bound, range_words(row)),
                    row,
                )
                for row in figure.rows
            ]
        case _:
            assert_never(figure)


def _matrix(figure: Matrix) -> Iterator[tuple[Row, Datum]]:
    labels: Mapping[str, str] = {column.id: column.label for column in figure.columns}
    for row in figure.rows:
        for column, cell in row.cells.items():
            yield (row.label, labels[column], cell.mark), cell


def _flow(figure: Flow) -> Iterator[tuple[Row, Datum]]:
    labels = {node.id: node.label for node in figure.nodes}
    for title, edges in figure.states:
        for step, edge in enumerate(edges, start=1):
            yield (title, step, labels[edge.from_], labels[edge.to], edge.carries, edge.how), edge
