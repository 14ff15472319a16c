"""CSV that opens right in a spreadsheet and runs nothing there."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

BYTE_ORDER_MARK: Final = "\ufeff"
"""Stands before a CSV file that is downloaded, so that Excel reads it as UTF-8."""

_STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_line(cells: Sequence[str | float | None]) -> str:
    """Return one line of CSV. A text that a spreadsheet would run gets an apostrophe before it; numbers stay numbers.

    Nothing is written for None.
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([_neutral(cell) for cell in cells])
    return line.getvalue()


def csv_text(rows: Iterable[Sequence[str | float | None]]) -> str:
    """Return lines of CSV, without a byte order mark."""
    return "".join(csv_line(row) for row in rows)


def _neutral(cell: str | float | None) -> str | float | None:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_STARTS_A_FORMULA) else cell
