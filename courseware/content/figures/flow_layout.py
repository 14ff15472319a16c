"""Where the boxes and arrows of a flow stand: in lanes on a wide screen, in one column on a narrow one.

All lengths are in the units of the picture, which are pixels at its full width.
"""

import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from courseware.content.figures_schema import FlowEdge, FlowNode

LINE: Final = 17
WIDE: Final = 660
NARROW: Final = 320
BADGE: Final = 9
"""Radius of the number on an arrow."""

_LETTER: Final = 7.0
_PADDING: Final = 8
_BETWEEN_BOXES: Final = 34
_BETWEEN_PORTS: Final = 24
_TRACK: Final = 21
_BEND: Final = 7
_HEAD: Final = 8
_GAPS: Final[Mapping[int, int]] = {1: 0, 2: 180, 3: 96, 4: 62}

Side = Literal["left", "right", "top", "bottom"]
Point = tuple[float, float]

_SHARES: Final = (0.5, 0.36, 0.64, 0.24, 0.76)
"""Where on a line its number may stand, the best place first."""


@dataclass(frozen=True)
class Words:
    """Lines of text in the middle of x, the first with its baseline at y."""

    lines: tuple[str, ...]
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    """A node as it is drawn."""

    node: FlowNode
    lines: tuple[str, ...]
    x: float
    y: float
    width: float
    height: float

    @property
    def words(self) -> Words:
        """Its label, in the middle."""
        first = self.y + (self.height - len(self.lines) * LINE) / 2 + LINE - 4
        return Words(self.lines, self.x + self.width / 2, first)


@dataclass(frozen=True)
class Arrow:
    """An edge as it is drawn: its line, its head, and the middle of its number."""

    number: int
    edge: FlowEdge
    path: str
    head: str
    badge: Point


@dataclass(frozen=True)
class Layout:
    """A whole picture."""

    width: float
    height: float
    titles: tuple[Words, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def _lines(label: str, width: float) -> tuple[str, ...]:
    return tuple(textwrap.wrap(label, max(6, int((width - 2 * _PADDING) / _LETTER))))


def _head(before: Point, tip: Point) -> str:
    """Return the head of an arrow that comes from a point and touches its box at the tip."""
    base = _towards(tip, before, _HEAD)
    back, aside = (base[0] - tip[0]) / _HEAD, (base[1] - tip[1]) / _HEAD
    across = _HEAD * 0.55
    corners = [(base[0] + turn * aside * across, base[1] - turn * back * across) for turn in (-1, 1)]
    return "M" + "L".join(_pair(point) for point in [tip, *corners]) + "z"


def _pair(point: Point) -> str:
    return f"{point[0]:.4g} {point[1]:.4g}"


def _bent(points: Sequence[Point]) -> str:
    """Return a line through points at right angles, its corners rounded."""
    path = f"M{_pair(points[0])}"
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        bend = min(_BEND, math.dist(before, corner) / 2, math.dist(corner, after) / 2)
        path += f"L{_pair(_towards(corner, before, bend))}Q{_pair(corner)} {_pair(_towards(corner, after, bend))}"
    return f"{path}L{_pair(points[-1])}"


def _towards(start: Point, end: Point, length: float) -> Point:
    whole = math.dist(start, end) or 1
    return (start[0] + (end[0] - start[0]) * length / whole, start[1] + (end[1] - start[1]) * length / whole)


@dataclass
class _Ports:
    """The points at the sides of boxes where arrows begin and end, spread evenly."""

    wanted: dict[tuple[str, Side], list[tuple[float, int, bool]]] = field(default_factory=dict)

    def want(self, node: str, side: Side, rank: float, edge: int, *, is_end: bool) -> None:
        """Ask for a point; those with a lower rank come first."""
        self.wanted.setdefault((node, side), []).append((rank, edge, is_end))

    def count(self, node: str, *sides: Side) -> int:
        """Return the most points on one of the sides."""
        return max(len(self.wanted.get((node, side), ())) for side in sides)

    def point(self, box: Box, side: Side, edge: int, *, is_end: bool) -> Point:
        """Return the point."""
        ports = sorted(self.wanted[(box.node.id, side)])
        place = next(
            place for place, (_rank, number, end) in enumerate(ports, 1) if (number, end) == (edge, is_end)
        ) / (len(ports) + 1)
        match side:
            case "left":
                return (box.x, box.y + box.height * place)
            case "right":
                return (box.x + box.width, box.y + box.height * place)
            case "top":
                return (box.x + box.width * place, box.y)
            case "bottom":
                return (box.x + box.width * place, box.y + box.height)


@dataclass
class _Badges:
    """Finds room on each arrow for its number."""

    taken: list[Point] = field(default_factory=list)

    def place(self, candidates: Iterable[Point]) -> Point:
        """Return the first candidate that covers no number placed before, or else the first of all."""
        points = list(candidates)
        free = (point for point in points if all(math.dist(point, other) > 2 * BADGE + 2 for other in self.taken))
        chosen = next(free, points[0])
        self.taken.append(chosen)
        return chosen


@dataclass(frozen=True)
class _Route:
    """By which sides an arrow leaves and enters in the wide picture, and whether it needs a way round."""

    leaves: Side
    enters: Side
    way: Literal["across", "along", "around", "below"]


def wide(lanes: Sequence[str], nodes: Sequence[FlowNode], edges: Sequence[FlowEdge]) -> Layout:
    """Return the picture with the lanes side by side."""
    return _Wide(lanes, nodes, edges).layout()


class _Wide:
    def __init__(self, lanes: Sequence[str], nodes: Sequence[FlowNode], edges: Sequence[FlowEdge]) -> None:
        self.lanes, self.edges = lanes, edges
        self.by_lane = [[node for node in nodes if node.lane == lane] for lane in range(1, len(lanes) + 1)]
        self.place = {node.id: (lane, row) for lane, each in enumerate(self.by_lane) for row, node in enumerate(each)}
        self.gap = _GAPS[len(lanes)]
        self.box_width = min(300.0, (WIDE - self.gap * (len(lanes) - 1)) / len(lanes))
        self.routes = [self._route(edge) for edge in edges]
        self.ports = _Ports()
        for number, (edge, route) in enumerate(zip(edges, self.routes, strict=True)):
            self.ports.want(edge.from_, route.leaves, self._rank(edge.to, route), number, is_end=False)
            self.ports.want(edge.to, route.enters, self._rank(edge.from_, route), number, is_end=True)

    def _rank(self, other: str, route: _Route) -> float:
        """Return how far down, or to the right, the other end of an arrow lies."""
        lane, row = self.place[other]
        if route.way == "below":
            return math.inf
        return row - len(self.by_lane[lane]) / 2

    def _route(self, edge: FlowEdge) -> _Route:
        (lane, row), (to_lane, to_row) = self.place[edge.from_], self.place[edge.to]
        step = to_lane - lane
        if abs(step) == 1:
            return _Route("right", "left", "across") if step > 0 else _Route("left", "right", "across")
        if step == 0 and abs(to_row - row) == 1:
            return _Route("bottom", "top", "along") if to_row > row else _Route("top", "bottom", "along")
        if step == 0:
            side: Side = "left" if lane and lane == len(self.lanes) - 1 else "right"
            return _Route(side, side, "around")
        return _Route("right", "left", "below") if step > 0 else _Route("left", "right", "below")

    def layout(self) -> Layout:
        left = (WIDE - self.box_width * len(self.lanes) - self.gap * (len(self.lanes) - 1)) / 2
        lefts = [left + lane * (self.box_width + self.gap) for lane in range(len(self.lanes))]
        titles = [_lines(title, self.box_width) for title in self.lanes]
        top = max(len(lines) for lines in titles) * LINE + 10
        heights = {node.id: self._height(node) for each in self.by_lane for node in each}
        columns = [
            sum(heights[node.id] for node in each) + _BETWEEN_BOXES * max(0, len(each) - 1) for each in self.by_lane
        ]
        bottom = top + max(columns)
        boxes: dict[str, Box] = {}
        for lane, each in enumerate(self.by_lane):
            y = top + (max(columns) - columns[lane]) / 2
            for node in each:
                lines = _lines(node.label, self.box_width)
                boxes[node.id] = Box(node, lines, lefts[lane], y, self.box_width, heights[node.id])
                y += heights[node.id] + _BETWEEN_BOXES
        arrows, bottom = self._arrows(boxes, bottom)
        return Layout(
            WIDE,
            bottom + 4,
            tuple(Words(lines, lefts[lane] + self.box_width / 2, LINE - 3) for lane, lines in enumerate(titles)),
            tuple(boxes.values()),
            arrows,
        )

    def _height(self, node: FlowNode) -> float:
        lines = len(_lines(node.label, self.box_width))
        return max(lines * LINE + 2 * _PADDING, (self.ports.count(node.id, "left", "right") + 1) * _BETWEEN_PORTS * 0.8)

    def _arrows(self, boxes: Mapping[str, Box], bottom: float) -> tuple[tuple[Arrow, ...], float]:
        badges = _Badges()
        arrows: list[Arrow] = []
        below = 0
        for number, (edge, route) in enumerate(zip(self.edges, self.routes, strict=True)):
            start = self.ports.point(boxes[edge.from_], route.leaves, number, is_end=False)
            end = self.ports.point(boxes[edge.to], route.enters, number, is_end=True)
            if route.way == "below":
                bottom += _TRACK
                below += 1
            points = self._points(route, start, end, (bottom, 10 + 7 * below))
            middle = (len(points) - 1) // 2
            spots = [_between(points[middle], points[middle + 1], share) for share in _SHARES]
            arrows.append(Arrow(number + 1, edge, _bent(points), _head(points[-2], end), badges.place(spots)))
        return tuple(arrows), bottom + (BADGE if bottom > max(box.y + box.height for box in boxes.values()) else 0)

    def _points(self, route: _Route, start: Point, end: Point, detour: tuple[float, float]) -> list[Point]:
        """Return the corners of an arrow; a detour goes so far down, so far from the boxes."""
        match route.way:
            case "across" | "along":
                return [start, end]
            case "around":
                away = (1 if route.leaves == "right" else -1) * min(34, self.gap * 0.7 or 34)
                return [start, (start[0] + away, start[1]), (end[0] + away, end[1]), end]
            case "below":
                bottom, aside = detour
                ahead = aside if route.leaves == "right" else -aside
                down, up = start[0] + ahead, end[0] - ahead
                return [start, (down, start[1]), (down, bottom), (up, bottom), (up, end[1]), end]


def _between(start: Point, end: Point, share: float) -> Point:
    return (start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share)


def narrow(lanes: Sequence[str], nodes: Sequence[FlowNode], edges: Sequence[FlowEdge]) -> Layout:
    """Return the picture with all boxes below one another and every arrow on a track of its own beside them."""
    ordered = [node for lane in range(1, len(lanes) + 1) for node in nodes if node.lane == lane]
    row = {node.id: place for place, node in enumerate(ordered)}
    tracks = _tracks([(row[edge.from_], row[edge.to]) for edge in edges])
    box_width = NARROW - (max(tracks, default=-1) + 1) * _TRACK - 2 * BADGE
    ports = _Ports()
    for number, edge in enumerate(edges):
        ports.want(edge.from_, "right", row[edge.to], number, is_end=False)
        ports.want(edge.to, "right", row[edge.from_], number, is_end=True)
    titles: list[Words] = []
    boxes: dict[str, Box] = {}
    y = 0.0
    for place, node in enumerate(ordered):
        if place == 0 or ordered[place - 1].lane != node.lane:
            title = _lines(lanes[node.lane - 1], box_width)
            titles.append(Words(title, box_width / 2, y + LINE - 3))
            y += len(title) * LINE + 4
        lines = _lines(node.label, box_width)
        height = max(len(lines) * LINE + 2 * _PADDING, (ports.count(node.id, "right") + 1) * _BETWEEN_PORTS * 0.6)
        boxes[node.id] = Box(node, lines, 0, y, box_width, height)
        y += height + 12
    badges = _Badges()
    arrows: list[Arrow] = []
    for number, (edge, track) in enumerate(zip(edges, tracks, strict=True)):
        start = ports.point(boxes[edge.from_], "right", number, is_end=False)
        end = ports.point(boxes[edge.to], "right", number, is_end=True)
        x = box_width + 2 * BADGE + track * _TRACK
        points = [start, (x, start[1]), (x, end[1]), end]
        spots = [_between(points[1], points[2], share) for share in _SHARES]
        arrows.append(Arrow(number + 1, edge, _bent(points), _head(points[-2], end), badges.place(spots)))
    return Layout(NARROW, y, tuple(titles), tuple(boxes.values()), tuple(arrows))


def _tracks(spans: Sequence[tuple[int, int]]) -> list[int]:
    """Return for each span of rows the nearest track that is free over its length; short spans lie nearest."""
    tracks = [0] * len(spans)
    taken: list[list[tuple[int, int]]] = []
    for number in sorted(range(len(spans)), key=lambda number: abs(spans[number][0] - spans[number][1])):
        low, high = sorted(spans[number])
        free = (
            track
            for track, others in enumerate(taken)
            if all(high < other_low or other_high < low for other_low, other_high in others)
        )
        track = next(free, len(taken))
        if track == len(taken):
            taken.append([])
        taken[track].append((low, high))
        tracks[number] = track
    return tracks
