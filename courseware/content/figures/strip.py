"""Blocks drawn to scale in one strip, in the order given."""

from typing import Final

from markupsafe import Markup

from courseware.content.elements import element, joined
from courseware.content.figures.drawing import LINE, em, percent, rule, text, upright
from courseware.content.figures.frame import Column, Frame, TableGroup, notes_column, number_words
from courseware.content.figures_schema import Strip, StripBlock
from courseware.content.schema import Source

_HEIGHT: Final = 44
_ROOM_FOR_A_NUMBER: Final = 0.08


def draw(figure: Strip, frame: Frame) -> Markup:
    """Return the figure; a list below the strip says what its numbers stand for."""
    return frame.figure(figure, _chart(figure, frame), _key(figure, frame), _table(figure, frame))


def _chart(figure: Strip, frame: Frame) -> Markup:
    total = sum(block.size for block in figure.blocks)
    tiers = _tiers([block.size / total for block in figure.blocks])
    top = (max(tiers) + 1) * LINE + 4
    parts: list[Markup] = []
    start = 0.0
    for number, (block, tier) in enumerate(zip(figure.blocks, tiers, strict=True), start=1):
        source = _source_of(block, frame)
        width = block.size / total
        middle = start + width / 2
        y = (max(tiers) - tier + 1) * LINE
        parts += [
            element(
                "rect",
                {
                    "class": "chart-block",
                    "data-kind": source.kind if source else None,
                    "x": percent(start),
                    "y": em(top + 4),
                    "width": percent(width),
                    "height": em(_HEIGHT),
                },
            ),
            upright(middle, y + 4, top + 4),
            text(str(number), percent(middle), y, "chart-value", "middle"),
        ]
        start += width
    return frame.chart(figure, top + _HEIGHT + 8, *parts, rule(top + _HEIGHT + 4, "chart-axis"))


def _tiers(widths: list[float]) -> list[int]:
    """Return for each block how high its number stands, so that no number runs into the one before it on its height."""
    tiers: list[int] = []
    last_on_tier: list[float] = []
    start = 0.0
    for width in widths:
        middle = start + width / 2
        tier = next(
            (tier for tier, last in enumerate(last_on_tier) if middle - last >= _ROOM_FOR_A_NUMBER), len(last_on_tier)
        )
        last_on_tier[tier : tier + 1] = [middle]
        tiers.append(tier)
        start += width
    return tiers


def _source_of(block: StripBlock, frame: Frame) -> Source | None:
    return frame.provenance.source(block.source) if block.source else frame.source_of(block)


def _key(figure: Strip, frame: Frame) -> Markup:
    items: list[Markup] = []
    for block in figure.blocks:
        source = _source_of(block, frame)
        label = (
            element("span", {"class": "kind", "data-kind": source.kind}, block.label)
            if source
            else element("span", None, block.label)
        )
        items.append(element("li", None, joined([label, f" {number_words(block.size)} {figure.unit}"])))
    return element("ol", {"class": "strip-key"}, *items)


def _table(figure: Strip, frame: Frame) -> Markup:
    notes = notes_column(figure.blocks)
    rows = [
        [block.label, number_words(block.size), frame.reported_by(block), *[block.note or ""] * len(notes)]
        for block in figure.blocks
    ]
    columns = [Column("Block"), Column(figure.unit.capitalize(), is_number=True), Column("Reported by"), *notes]
    return frame.data_below(TableGroup(rows), columns=columns)
