"""Events or texts in time, one to a line, if need be beside the order they have elsewhere."""

from markupsafe import Markup

from courseware.content.elements import NOTHING
from courseware.content.figures.drawing import LINE, mark, rule, text, text_block
from courseware.content.figures.frame import Column, Frame, TableGroup, legend, notes_column, number_words
from courseware.content.figures.signs import sign_key
from courseware.content.figures.years import WINDOW_KEY, Years, stretch_words
from courseware.content.figures_schema import Timeline, TimelineEntry
from courseware.content.schema import Source


def draw(figure: Timeline, frame: Frame) -> Markup:
    """Return the figure."""
    years = Years(figure.from_, figure.to)
    parts: list[Markup] = []
    y = 0.0
    if figure.order_label:
        y += LINE
        parts.append(text(figure.order_label, "100%", y, "chart-soft", "end"))
    y += LINE
    top = y + LINE / 2
    parts += years.labels(y)
    rows: list[Markup] = []
    for entry in figure.entries:
        y = _draw_entry(entry, years, frame, y + LINE / 2, rows)
    return frame.figure(
        figure,
        legend(
            *sign_key(_sign(entry) for entry in figure.entries),
            WINDOW_KEY if any(entry.until is not None for entry in figure.entries) else NOTHING,
        ),
        frame.chart(figure, y + LINE, *parts, *years.beginnings(top, y + LINE / 2), *rows),
        _table(figure, frame),
    )


def _draw_entry(entry: TimelineEntry, years: Years, frame: Frame, y: float, parts: list[Markup]) -> float:
    source = _source_of(entry, frame)
    kind = source.kind if source else None
    label = text_block(entry.label, y + LINE)
    parts += label
    if entry.position is not None:
        parts.append(text(number_words(entry.position), "100%", y + LINE, "chart-value", "end"))
    y += (len(label) + 0.75) * LINE
    parts.append(rule(y))
    middle = entry.at
    if entry.until is not None:
        parts.append(rule(y, "chart-stem", years.share(entry.at), years.share(entry.until), kind))
        middle = (entry.at + entry.until) / 2
    parts.append(mark(_sign(entry), years.share(middle), y, kind))
    return y


def _sign(entry: TimelineEntry) -> str:
    return "date stated" if entry.sure else "date inferred"


def _source_of(entry: TimelineEntry, frame: Frame) -> Source | None:
    return frame.provenance.source(entry.source) if entry.source else frame.source_of(entry)


def _table(figure: Timeline, frame: Frame) -> Markup:
    notes = notes_column(figure.entries)
    ordered = [Column(figure.order_label, is_number=True)] if figure.order_label else []
    rows = [
        [
            entry.label,
            _time_words(entry),
            *[number_words(entry.position) if entry.position is not None else ""] * len(ordered),
            frame.reported_by(entry),
            *[entry.note or ""] * len(notes),
        ]
        for entry in figure.entries
    ]
    columns = [Column("What"), Column("When"), *ordered, Column("Worked out from"), *notes]
    return frame.data_below(TableGroup(rows), columns=columns)


def _time_words(entry: TimelineEntry) -> str:
    return f"{stretch_words(entry.at, entry.until)}, {_sign(entry)}"
