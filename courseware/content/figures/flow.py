"""Who passes what to whom: boxes and numbered arrows, and below them each arrow in words with its sources."""

from collections.abc import Mapping, Sequence
from typing import Final

from markupsafe import Markup

from courseware.content.elements import NOTHING, element, joined
from courseware.content.figures.flow_layout import BADGE, LINE, Arrow, Box, Layout, Words, narrow, wide
from courseware.content.figures.frame import Frame, legend
from courseware.content.figures_schema import Flow, FlowEdge, How

HOW_WORDS: Final[Mapping[How, str]] = {
    "stated": "stated",
    "one-source": "said by one source only",
    "inferred": "inferred by us",
    "possible": "called possible",
    "disputed": "disputed between sources",
}


def draw(figure: Flow, frame: Frame) -> Markup:
    """Return the figure: for each state a picture for wide screens, one for narrow ones, and the list of its edges."""
    hows = [edge.how for _title, edges in figure.states for edge in edges]
    parts: list[Markup] = []
    for state, (title, edges) in enumerate(figure.states):
        if title:
            parts.append(element("p", {"class": "flow-title"}, element("b", None, title)))
        parts += [
            _picture(figure, frame, title, f"wide-{state}", wide(figure.lanes, figure.nodes, edges)),
            _picture(figure, frame, title, f"narrow-{state}", narrow(figure.lanes, figure.nodes, edges)),
            _steps(figure, edges, frame),
        ]
    notes = [element("li", None, element("b", None, node.label), f" {node.note}") for node in figure.nodes if node.note]
    return frame.figure(
        figure,
        legend(*[_key(how) for how in HOW_WORDS if how in hows]) if set(hows) != {"stated"} else NOTHING,
        *parts,
        element("ul", {"class": "flow-notes"}, *notes) if notes else NOTHING,
    )


def _key(how: How) -> Markup:
    line = element("path", {"class": "flow-line", "data-how": how, "d": "M0 8H28"})
    picture = element(
        "svg",
        {"class": "chart-key", "width": "30", "height": "16", "viewBox": "0 0 30 16", "aria-hidden": "true"},
        line,
    )
    return element("span", None, picture, f" {HOW_WORDS[how]}")


def _picture(figure: Flow, frame: Frame, title: str | None, name: str, layout: Layout) -> Markup:
    named = f"{figure.title}: {title}" if title else figure.title
    used = {node for arrow in layout.arrows for node in (arrow.edge.from_, arrow.edge.to)}
    return frame.drawing(
        name,
        (named, f"{figure.summary} The numbered list below says the same in words."),
        (layout.width, layout.height),
        *[_words(title, "chart-group") for title in layout.titles],
        *[_line(arrow) for arrow in layout.arrows],
        *[_box(box, is_used=box.node.id in used) for box in layout.boxes],
        *[_badge(arrow) for arrow in layout.arrows],
    )


def _words(words: Words, css: str | None = None) -> Markup:
    lines = [
        element("tspan", {"x": words.x, "y": words.y + number * LINE}, line) for number, line in enumerate(words.lines)
    ]
    return element("text", {"class": css, "text-anchor": "middle"}, *lines)


def _box(box: Box, *, is_used: bool) -> Markup:
    rect = element(
        "rect", {"class": "flow-box", "x": box.x, "y": box.y, "width": box.width, "height": box.height, "rx": 4.0}
    )
    return element("g", {"class": None if is_used else "flow-idle"}, rect, _words(box.words))


def _line(arrow: Arrow) -> Markup:
    return joined(
        [
            element("path", {"class": "flow-line", "data-how": arrow.edge.how, "d": arrow.path}),
            element("path", {"class": "flow-head", "d": arrow.head}),
        ]
    )


def _badge(arrow: Arrow) -> Markup:
    x, y = arrow.badge
    return joined(
        [
            element("circle", {"class": "flow-badge", "cx": x, "cy": y, "r": float(BADGE)}),
            element("text", {"class": "chart-value", "x": x, "y": y + 4, "text-anchor": "middle"}, str(arrow.number)),
        ]
    )


def _steps(figure: Flow, edges: Sequence[FlowEdge], frame: Frame) -> Markup:
    """Return the edges in words, in the order of their numbers."""
    labels = {node.id: node.label for node in figure.nodes}
    return element("ol", {"class": "flow-steps"}, *[_step(edge, labels, frame) for edge in edges])


def _step(edge: FlowEdge, labels: Mapping[str, str], frame: Frame) -> Markup:
    arrow = joined([" ", element("span", {"aria-hidden": "true"}, "→"), " "])
    between = joined(
        [
            element("b", None, labels[edge.from_]),
            arrow,
            element("span", {"class": "visually-hidden"}, "to "),
            element("b", None, labels[edge.to]),
        ]
    )
    how = f" ({HOW_WORDS[edge.how]})" if edge.how != "stated" else ""
    note = element("span", {"class": "hint"}, f" {edge.note}") if edge.note else NOTHING
    return element("li", None, between, f": {edge.carries}{how} ", frame.reported_by(edge, shows_checks=False), note)
