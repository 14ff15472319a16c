"""What every figure has around its picture: caption, summary, legend, note and the table of its data."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from courseware.content.elements import NOTHING, element, hidden, joined
from courseware.content.figures.drawing import em
from courseware.content.figures.signs import OUR_ARITHMETIC
from courseware.content.figures_schema import Bound, Datum, FigureHead
from courseware.content.provenance import Provenance, source_chips
from courseware.content.schema import Source


@dataclass(frozen=True)
class Frame:
    """The place of a figure in its lesson, and the claims it rests on."""

    anchor: str
    number: int
    provenance: Provenance
    data_address: str
    """Where the data can be had as CSV."""

    def figure(self, head: FigureHead, *parts: str, is_wide: bool = False) -> Markup:
        """Return the whole figure, its parts below caption and summary; a wide one may leave the column of text."""
        return element(
            "figure",
            {"class": "figure figure-wide" if is_wide else "figure", "id": self.anchor},
            element("figcaption", None, element("b", None, f"Figure {self.number}."), f" {head.title}"),
            element("p", {"class": "figure-summary"}, head.summary),
            *parts,
            element("p", {"class": "hint"}, head.note) if head.note else NOTHING,
            element(
                "p",
                {"class": "hint figure-data"},
                element("a", {"href": self.data_address, "download": True}, f"Data of figure {self.number} as CSV"),
            ),
        )

    def chart(
        self, head: FigureHead, height: float, *parts: str, below: str = "The table below holds all data."
    ) -> Markup:
        """Return the picture; x is given in percent and y in ems, so that its texts keep their size at every width.

        `below` says where the same stands in words.
        """
        title, description = f"{self.anchor}-title", f"{self.anchor}-desc"
        return element(
            "svg",
            {
                "class": "chart",
                "width": "100%",
                "height": em(height),
                "role": "img",
                "aria-labelledby": title,
                "aria-describedby": description,
            },
            element("title", {"id": title}, head.title),
            element("desc", {"id": description}, f"{head.summary} {below}"),
            *parts,
        )

    def drawing(self, name: str, titles: tuple[str, str], size: tuple[float, float], *parts: str) -> Markup:
        """Return a picture that is scaled as a whole; its name says for which screens, and parts its ids from others.

        The titles are its title and its description.
        """
        title, description = f"{self.anchor}-{name}-title", f"{self.anchor}-{name}-desc"
        width, height = size
        return element(
            "svg",
            {
                "class": f"chart drawing-{name.partition('-')[0]}",
                "viewBox": f"-2 -2 {width + 4:.4g} {height + 4:.4g}",
                "role": "img",
                "aria-labelledby": title,
                "aria-describedby": description,
            },
            element("title", {"id": title}, titles[0]),
            element("desc", {"id": description}, titles[1]),
            *parts,
        )

    def data_below(self, *groups: "TableGroup", columns: Sequence["Column"]) -> Markup:
        """Return the table of the data, folded away."""
        return element(
            "details",
            {"class": "data-table"},
            element("summary", None, "Figures behind the chart"),
            self.table(*groups, columns=columns),
        )

    def table(self, *groups: "TableGroup", columns: Sequence["Column"]) -> Markup:
        """Return a table; on a narrow screen its rows become lists."""
        header = [element("th", {"scope": "col", "class": column.css}, column.label) for column in columns]
        body = [
            element("tbody", None, group.header(len(columns)), *[_row(row, columns) for row in group.rows])
            for group in groups
        ]
        return element(
            "div",
            {"class": "scroll", "role": "region", "aria-label": f"Data of figure {self.number}", "tabindex": "0"},
            element(
                "table",
                {"class": "table table-stack"},
                element("thead", None, element("tr", None, *header)),
                *body,
            ),
        )

    def reported_by(self, datum: Datum, *, shows_checks: bool = True) -> Markup:
        """Return the chips of the sources of a datum, and whether we computed it from them."""
        parts = [OUR_ARITHMETIC] if datum.derived else []
        chips = source_chips(self.provenance, datum.claim_ids, shows_checks=shows_checks)
        return joined([*parts, chips] if chips else parts, " ")

    def source_of(self, datum: Datum) -> Source | None:
        """Return the source that speaks first for a datum; what we computed ourselves has none."""
        if datum.derived or not datum.claim_ids:
            return None
        ((source, _claims), *_others) = self.provenance.by_source(datum.claim_ids)
        return source

    def source_names(self, datum: Datum) -> str:
        """Return the names of the sources of a datum, for a narrow place."""
        if datum.derived:
            return OUR_ARITHMETIC
        names = [source.name for source, _claims in self.provenance.by_source(datum.claim_ids)]
        return ", ".join(names) if len(names) <= _MOST_NAMES else f"{len(names)} sources"


_MOST_NAMES: Final = 2


@dataclass(frozen=True)
class Column:
    """A column of a table."""

    label: str
    is_number: bool = False

    @property
    def css(self) -> str | None:
        """The class of its cells."""
        return "num" if self.is_number else None


@dataclass(frozen=True)
class TableGroup:
    """Rows of a table that belong together, under a heading if they have one."""

    rows: Sequence[Sequence[str]]
    heading: str | None = None

    def header(self, width: int) -> Markup:
        """Return the heading as a row across the table."""
        if self.heading is None:
            return NOTHING
        cell = element("th", {"colspan": str(width), "scope": "rowgroup"}, self.heading)
        return element("tr", None, cell)


def legend(*items: str) -> Markup:
    """Return the explanation of the marks."""
    return element("div", {"class": "legend"}, *items)


def number_words(value: float) -> str:
    """Return the number with commas between thousands."""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.6g}"


def value_words(value: float, bound: Bound) -> str:
    """Return the number with the bound its source gives it."""
    match bound:
        case "exact":
            return number_words(value)
        case "estimate" | "projection":
            return f"{number_words(value)} ({bound})"
        case _:
            return f"{bound} {number_words(value)}"


def notes_column(data: Sequence[Datum]) -> list[Column]:
    """Return the column for notes if any of the data has one."""
    return [Column("Note")] if any(datum.note for datum in data) else []


def _row(cells: Sequence[str], columns: Sequence[Column]) -> Markup:
    first, *others = [
        element("th" if place == 0 else "td", _cell_attributes(place, column), cell or hidden("none"))
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True))
    ]
    return element("tr", None, first, *others)


def _cell_attributes(place: int, column: Column) -> dict[str, str | None]:
    if place == 0:
        return {"scope": "row", "class": column.css}
    return {"class": column.css, "data-label": column.label}
