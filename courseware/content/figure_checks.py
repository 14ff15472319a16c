"""Whether the data of a figure are complete and lead to their sources."""

from collections.abc import Mapping
from typing import Final

from courseware.content.figures_schema import Figure, Matrix, Table
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
