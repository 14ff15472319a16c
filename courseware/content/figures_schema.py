"""The shape of figure data, one model for each kind of figure."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from courseware.content.issues import Rule
from courseware.content.shapes import Count, Flag, Id, Label, Number, Shape, Text, Whole, broken

Bound = Literal["exact", "about", "more than", "less than", "estimate", "projection"]
Mark = Literal["first", "named", "not-named", "rejected"]
How = Literal["stated", "one-source", "inferred", "possible", "disputed"]
MOST_LANES: Final = 4
MOST_NODES_IN_A_LANE: Final = 5
MOST_EDGES: Final = 12
"""More arrows have no room beside the boxes on a narrow screen."""
LONGEST_NODE: Final = 60


class Datum(Shape):
    """Something shown in a figure, with the claims it comes from."""

    claim: Id | None = None
    claims: tuple[Id, ...] = ()
    derived: Flag = False
    note: Text | None = None

    @property
    def claim_ids(self) -> tuple[str, ...]:
        """The claims it comes from, under whichever key they were given."""
        return (self.claim, *self.claims) if self.claim else self.claims


class FigureHead(Shape):
    """What every figure has."""

    title: Text
    summary: Text
    note: Text | None = None


class BarRow(Datum):
    """One bar."""

    period: Label
    value: Number
    bound: Bound
    label: Label | None = None


class BarPanel(Shape):
    """Bars that count the same thing."""

    id: Id
    counted: Text
    place: Text
    period_kind: Text
    unit: Text | None = None
    rows: tuple[BarRow, ...]


class Bars(FigureHead):
    """Bars in panels, on one scale from zero or each panel on its own."""

    kind: Literal["bars"]
    unit: Text | None = None
    scale: Literal["shared", "panel"] = "shared"
    panels: tuple[BarPanel, ...]

    @model_validator(mode="after")
    def _has_units(self) -> Self:
        if self.unit is None and (self.scale == "shared" or any(panel.unit is None for panel in self.panels)):
            raise broken(
                Rule.MISSING_KEY, "The key “unit” is missing: one for the figure, or with scale: panel each its own."
            )
        return self


class PlotPoint(Datum):
    """One value at a point in time, or across a window."""

    at: Number
    until: Number | None = None
    period: Label
    value: Number
    bound: Bound


class PlotSeries(Shape):
    """Points that count the same thing."""

    id: Id
    counted: Text
    place: Text
    points: tuple[PlotPoint, ...]


class Timeplot(FigureHead):
    """Values over time, one panel for each series."""

    kind: Literal["timeplot"]
    unit: Text
    from_: Number = Field(alias="from")
    to: Number
    series: tuple[PlotSeries, ...]


class TimelineEntry(Datum):
    """One event or text in time."""

    label: Label
    at: Number
    until: Number | None = None
    sure: Flag = True
    position: Number | None = None
    source: Id | None = None


class Timeline(FigureHead):
    """Events in order of time, if need be beside a second order."""

    kind: Literal["timeline"]
    from_: Number = Field(alias="from")
    to: Number
    order_label: Text | None = None
    entries: tuple[TimelineEntry, ...]


class StripBlock(Datum):
    """One block of a strip."""

    label: Label
    size: Annotated[Number, Field(gt=0)]
    source: Id | None = None


class Strip(FigureHead):
    """Blocks drawn to scale in one strip."""

    kind: Literal["strip"]
    unit: Text
    blocks: tuple[StripBlock, ...]


class MatrixColumn(Shape):
    """One column of a matrix."""

    id: Id
    label: Label
    source: Id | None = None


class MatrixCell(Datum):
    """One marked cell of a matrix."""

    mark: Mark


class MatrixRow(Shape):
    """One row of a matrix; a missing cell is not named."""

    label: Label
    cells: dict[Id, MatrixCell] = Field(default_factory=dict)


class Matrix(FigureHead):
    """Marks in rows and columns, with a key that explains them."""

    kind: Literal["matrix"]
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    key: dict[Mark, Text]


class Rung(Datum):
    """One rung of a ladder."""

    label: Label
    text: Text


class Ladder(FigureHead):
    """Rungs from the bottom up."""

    kind: Literal["ladder"]
    rungs: tuple[Rung, ...]


class TableRow(Datum):
    """One row of a table."""

    cells: tuple[Label, ...]


class Table(FigureHead):
    """A plain table."""

    kind: Literal["table"]
    columns: tuple[Label, ...]
    rows: tuple[TableRow, ...]


class Spot(Datum):
    """One place of a sketch; x and y run from 0 to 100, y downward."""

    label: Label
    x: Annotated[Number, Field(ge=0, le=100)]
    y: Annotated[Number, Field(ge=0, le=100)]
    counted: Text


class Places(FigureHead):
    """A sketch of places without borders."""

    kind: Literal["places"]
    places: tuple[Spot, ...]


class FlowNode(Shape):
    """Somebody or something that passes things on; lanes count from 1."""

    id: Id
    label: Annotated[Label, Field(max_length=LONGEST_NODE)]
    lane: Annotated[Whole, Field(ge=1, le=MOST_LANES)]
    note: Text | None = None


class FlowEdge(Datum):
    """What passes from one node to another, and how that is known."""

    from_: Id = Field(alias="from")
    to: Id
    carries: Text
    how: How = "stated"


FlowEdges = Annotated[tuple[FlowEdge, ...], Field(max_length=MOST_EDGES)]


class FlowPanel(Shape):
    """The nodes in one state of affairs."""

    id: Id
    title: Text
    edges: FlowEdges


class Flow(FigureHead):
    """Who passes what to whom, step by step, once or in several states."""

    kind: Literal["flow"]
    lanes: Annotated[tuple[Label, ...], Field(max_length=MOST_LANES)]
    nodes: tuple[FlowNode, ...]
    edges: FlowEdges | None = None
    panels: tuple[FlowPanel, ...] | None = None

    @model_validator(mode="after")
    def _has_edges_once(self) -> Self:
        if (self.edges is None) == (self.panels is None):
            raise broken(Rule.MISSING_KEY, "One of the keys “edges” and “panels” must stand here, and not both.")
        return self

    @property
    def states(self) -> tuple[tuple[str | None, tuple[FlowEdge, ...]], ...]:
        """The title and the edges of each picture."""
        if self.panels is not None:
            return tuple((panel.title, panel.edges) for panel in self.panels)
        return ((None, self.edges or ()),)


class Position(Datum):
    """Where somebody stands on a line, in zones counted from 1, and what puts them there."""

    label: Label
    zone: Count
    until_zone: Count | None = None
    text: Text


class Spectrum(FigureHead):
    """Positions along a line of zones."""

    kind: Literal["spectrum"]
    zones: Annotated[tuple[Label, ...], Field(min_length=3, max_length=7)]
    positions: tuple[Position, ...]


class RangeRow(Datum):
    """A size, or the span within which it lies."""

    label: Label
    counted: Text
    period: Label
    low: Annotated[Number, Field(gt=0)]
    high: Annotated[Number, Field(gt=0)] | None = None
    bound: Bound = "exact"
    says: Text | None = None

    @model_validator(mode="after")
    def _goes_up(self) -> Self:
        if self.high is not None and self.high <= self.low:
            raise broken(Rule.WRONG_TYPE, "“high” must be more than “low”.")
        return self


class Ranges(FigureHead):
    """Sizes on one scale, from zero or by powers of ten."""

    kind: Literal["ranges"]
    unit: Text
    scale: Literal["linear", "log"]
    rows: tuple[RangeRow, ...]


Figure = Bars | Timeplot | Timeline | Strip | Matrix | Ladder | Table | Places | Flow | Spectrum | Ranges
FigureFile = Annotated[Figure, Field(discriminator="kind")]
