"""Where the boxes and arrows of a flow stand: in lanes on a wide screen, in one column on a narrow one.

All lengths are in the units of the picture, which are pixels at its full width.
"""

import itertools
import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, assert_never

from courseware.content.figures_schema import FlowEdge, FlowNode

LINE: Final = 17
WIDE: Final = 660
NARROW: Final = 320
BADGE: Final = 9
"""Radius of the number on an arrow."""

_LETTER: Final = 7.0
_PADDING: Final = 8
_BETWEEN_BOXES: Final = 34
_BETWEEN_JOINED_BOXES: Final = 64
"""So long that an arrow shows its dashes beside its number and its head."""
_BETWEEN_PORTS: Final = 24
_TRACK: Final = 21
_BESIDE_A_BOX: Final = 12
_BETWEEN_UPRIGHTS: Final = 14
_CLEAR: Final = 2
"""Between a number and the line of another arrow, or another number."""
_BEND: Final = 7
_HEAD: Final = 8
_GAPS: Final[Mapping[int, int]] = {1: 0, 2: 180, 3: 96, 4: 62}

Side = Literal["left", "right", "top", "bottom"]
Point = tuple[float, float]

_SHARES: Final = (0.5, 0.43, 0.57, 0.36, 0.64, 0.3, 0.7, 0.24, 0.76, 0.17, 0.83)
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
            case _:
                assert_never(side)


def _drawn(edges: Sequence[FlowEdge], lines: Sequence[Sequence[Point]]) -> tuple[Arrow, ...]:
    """Return the arrows along lines of points, their numbers clear of one another and of other lines where they can."""
    badges: list[Point] = []
    for number, points in enumerate(lines):
        others = [
            stretch for other, line in enumerate(lines) if other != number for stretch in itertools.pairwise(line)
        ]
        badges.append(_badge(points, badges, others))
    return tuple(
        Arrow(number, edge, _bent(points), _head(points[-2], points[-1]), badge)
        for number, (edge, points, badge) in enumerate(zip(edges, lines, badges, strict=True), start=1)
    )


def _badge(points: Sequence[Point], badges: Sequence[Point], others: Sequence[tuple[Point, Point]]) -> Point:
    """Return the best place for the number of an arrow, or the one with the most room if none has enough."""
    middle = (len(points) - 1) // 2
    candidates = [_between(points[middle], points[middle + 1], share) for share in _SHARES]

    def room(candidate: Point) -> float:
        beside_numbers = [math.dist(candidate, badge) - 2 * BADGE for badge in badges]
        beside_lines = [_distance(candidate, stretch) - BADGE for stretch in others]
        return min([*beside_numbers, *beside_lines, _CLEAR])

    return max(candidates, key=room)


def _distance(point: Point, stretch: tuple[Point, Point]) -> float:
    """Return how far a point is from the nearest point of a straight line."""
    (x, y), (end_x, end_y) = stretch
    across, down = end_x - x, end_y - y
    share = ((point[0] - x) * across + (point[1] - y) * down) / (across**2 + down**2 or 1)
    return math.dist(point, _between(*stretch, min(1, max(0, share))))


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
        self.uprights: list[tuple[int, int, Side]] = []
        for number, (edge, route) in enumerate(zip(edges, self.routes, strict=True)):
            self.ports.want(edge.from_, route.leaves, self._rank(edge.to, route), number, is_end=False)
            self.ports.want(edge.to, route.enters, self._rank(edge.from_, route), number, is_end=True)
            if route.way in {"around", "below"}:
                self.uprights.append((number, self._gap(edge.from_, route.leaves), route.leaves))
            if route.way == "below":
                self.uprights.append((number, self._gap(edge.to, route.enters), route.enters))

    def _gap(self, node: str, side: Side) -> int:
        """Return the gap between lanes at a side of a box."""
        lane, _row = self.place[node]
        return lane if side == "right" else lane - 1

    def _aside(self, number: int, node: str, side: Side) -> float:
        """Return how far from the side of its box an arrow runs up or down, so that no other runs close to it there."""
        gap = self._gap(node, side)
        beside = [each for each in self.uprights if each[1] == gap]
        here = [each[0] for each in beside if each[2] == side]
        room = self.gap - 2 * _BESIDE_A_BOX
        step = min(_BETWEEN_UPRIGHTS, room / (len(beside) - 1)) if len(beside) > 1 and room > 0 else _BETWEEN_UPRIGHTS
        return _BESIDE_A_BOX + here.index(number) * step

    def _room_below(self, node: FlowNode, following: FlowNode) -> float:
        ends = {node.id, following.id}
        is_joined = any({edge.from_, edge.to} == ends for edge in self.edges)
        return _BETWEEN_JOINED_BOXES if is_joined else _BETWEEN_BOXES

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
            sum(heights[node.id] for node in each) + sum(itertools.starmap(self._room_below, itertools.pairwise(each)))
            for each in self.by_lane
        ]
        bottom = top + max(columns)
        boxes: dict[str, Box] = {}
        for lane, each in enumerate(self.by_lane):
            y = top + (max(columns) - columns[lane]) / 2
            for node, following in itertools.zip_longest(each, each[1:]):
                lines = _lines(node.label, self.box_width)
                boxes[node.id] = Box(node, lines, lefts[lane], y, self.box_width, heights[node.id])
                y += heights[node.id] + (self._room_below(node, following) if following else 0)
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
        lines: list[list[Point]] = []
        for number, (edge, route) in enumerate(zip(self.edges, self.routes, strict=True)):
            start = self.ports.point(boxes[edge.from_], route.leaves, number, is_end=False)
            end = self.ports.point(boxes[edge.to], route.enters, number, is_end=True)
            if route.way == "below":
                bottom += _TRACK
            lines.append(self._points(number, start, end, bottom))
        goes_below = any(route.way == "below" for route in self.routes)
        return _drawn(self.edges, lines), bottom + (BADGE if goes_below else 0)

    def _points(self, number: int, start: Point, end: Point, bottom: float) -> list[Point]:
        """Return the corners of an arrow; where it runs below all boxes, it runs at the bottom."""
        edge, route = self.edges[number], self.routes[number]
        if route.way in {"across", "along"}:
            return [start, end]
        aside = self._aside(number, edge.from_, route.leaves)
        turn = start[0] + (aside if route.leaves == "right" else -aside)
        if route.way == "around":
            return [start, (turn, start[1]), (turn, end[1]), end]
        aside = self._aside(number, edge.to, route.enters)
        back = end[0] + (aside if route.enters == "right" else -aside)
        return [start, (turn, start[1]), (turn, bottom), (back, bottom), (back, end[1]), end]


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
    routes: list[list[Point]] = []
    for number, (edge, track) in enumerate(zip(edges, tracks, strict=True)):
        start = ports.point(boxes[edge.from_], "right", number, is_end=False)
        end = ports.point(boxes[edge.to], "right", number, is_end=True)
        x = box_width + 2 * BADGE + track * _TRACK
        routes.append([start, (x, start[1]), (x, end[1]), end])
    return Layout(NARROW, y, tuple(titles), tuple(boxes.values()), _drawn(edges, routes))


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
