"""Whether the data of a figure are complete and lead to their sources."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from courseware.content.figures_schema import MOST_NODES_IN_A_LANE, Figure, Flow, FlowEdge, Matrix, Spectrum, Table
from courseware.content.issues import Rule
from courseware.content.references import Steps, mappings, repeated
from courseware.content.text_checks import References
from courseware.content.validation import Piece

# The lists of each kind of figure that must not be empty; the last holds the data.
_LISTS: Final[Mapping[str, tuple[str, ...]]] = {
    "bars": ("panels", "rows"),
    "timeplot": ("series", "points"),
    "timeline": ("entries",),
    "strip": ("blocks",),
    "matrix": ("columns", "rows"),
    "ladder": ("rungs",),
    "table": ("columns", "rows"),
    "places": ("places",),
    "flow": ("lanes", "nodes", "panels", "edges"),
    "spectrum": ("positions",),
    "ranges": ("rows",),
}


def check_figure(piece: Piece[Figure], references: References) -> None:
    """Log data that are missing, uncited or out of place, and references that lead nowhere."""
    figure = piece.model
    values = figure.model_dump(mode="json", by_alias=True, exclude_unset=True)
    for found in repeated(values):
        if found.steps[-1] == "id":
            references.log.add(piece.place(*found.steps), Rule.DUPLICATE_ID, f"“{found.text}” stands here twice.")
    for steps, item in mappings(values):
        for key in _LISTS[figure.kind]:
            if item.get(key) == []:
                place = piece.place(*steps, key, of_key=True)
                references.log.add(place, Rule.FIGURE_WITHOUT_TABLE, "There are no data here.")
        _follow(piece, steps, item, references)
    match figure:
        case Matrix():
            _check_matrix(piece, figure, references)
        case Table():
            _check_table(piece, figure, references)
        case Flow():
            _check_flow(piece, figure, references)
        case Spectrum():
            _check_spectrum(piece, figure, references)
        case _:
            pass


def _follow(piece: Piece[Figure], steps: Steps, item: Mapping[str, object], references: References) -> None:
    claim, claims, source = item.get("claim"), item.get("claims"), item.get("source")
    if isinstance(claim, str):
        references.follow_claim(claim, piece.place(*steps, "claim"))
    for position, claim_id in enumerate(claims if isinstance(claims, list) else ()):
        references.follow_claim(claim_id, piece.place(*steps, "claims", position))
    if isinstance(source, str):
        references.follow_source(source, piece.place(*steps, "source"))
    kind = piece.model.kind
    is_datum = kind != "matrix" and len(steps) > 1 and steps[-2] == _LISTS[kind][-1]
    if is_datum and not (claim or claims or source):
        references.log.add(piece.place(*steps), Rule.MISSING_KEY, "The key “claim” or “claims” is missing.")


def _check_matrix(piece: Piece[Figure], figure: Matrix, references: References) -> None:
    columns = {column.id for column in figure.columns}
    for position, row in enumerate(figure.rows):
        for column in row.cells:
            if column not in columns:
                place = piece.place("rows", position, "cells", column, of_key=True)
                references.log.add(place, Rule.DEAD_COLUMN, f"There is no column “{column}”.")


def _check_table(piece: Piece[Figure], figure: Table, references: References) -> None:
    for position, row in enumerate(figure.rows):
        if len(row.cells) != len(figure.columns):
            what = f"This row has {len(row.cells)} cells, and the table {len(figure.columns)} columns."
            references.log.add(piece.place("rows", position, "cells"), Rule.DEAD_COLUMN, what)


def _check_flow(piece: Piece[Figure], figure: Flow, references: References) -> None:
    nodes = {node.id for node in figure.nodes}
    counts = Counter(node.lane for node in figure.nodes)
    for position, node in enumerate(figure.nodes):
        place = piece.place("nodes", position, "lane")
        if node.lane > len(figure.lanes):
            references.log.add(place, Rule.DEAD_COLUMN, f"There is no lane {node.lane}.")
        elif counts[node.lane] > MOST_NODES_IN_A_LANE:
            what = f"Lane {node.lane} has {counts[node.lane]} nodes, and at most {MOST_NODES_IN_A_LANE} can be read."
            references.log.add(place, Rule.DEAD_COLUMN, what)
    panels = enumerate(figure.panels) if figure.panels is not None else None
    lists: list[tuple[Steps, tuple[FlowEdge, ...]]] = (
        [(("panels", number, "edges"), panel.edges) for number, panel in panels]
        if panels is not None
        else [(("edges",), figure.edges or ())]
    )
    for steps, edges in lists:
        for position, edge in enumerate(edges):
            for key, node_id in (("from", edge.from_), ("to", edge.to)):
                if node_id not in nodes:
                    place = piece.place(*steps, position, key)
                    references.log.add(place, Rule.DEAD_COLUMN, f"There is no node “{node_id}”.")
            if edge.from_ == edge.to:
                place = piece.place(*steps, position, "to")
                references.log.add(place, Rule.DEAD_COLUMN, "This arrow leads back to where it began.")


def _check_spectrum(piece: Piece[Figure], figure: Spectrum, references: References) -> None:
    for position, each in enumerate(figure.positions):
        for key, zone in (("zone", each.zone), ("until_zone", each.until_zone)):
            if zone is not None and zone > len(figure.zones):
                references.log.add(
                    piece.place("positions", position, key), Rule.DEAD_COLUMN, f"There is no zone {zone}."
                )
