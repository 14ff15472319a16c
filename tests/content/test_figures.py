"""Every kind of figure has a caption, an accessible picture or table, its data and its sources."""

import itertools
import math
import re
from typing import Any, Final, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from courseware.content.figures import draw
from courseware.content.figures.data import figure_rows
from courseware.content.figures.drawing import NARROWEST, LabelPlacer
from courseware.content.figures.flow_layout import BADGE, narrow, wide
from courseware.content.figures.frame import Frame, number_words, value_words
from courseware.content.figures.ranges import range_words, size_words
from courseware.content.figures.signs import sign
from courseware.content.figures.years import Years, stretch_words
from courseware.content.figures_schema import (
    MOST_NODES_IN_A_LANE,
    Bound,
    Figure,
    FigureFile,
    FlowEdge,
    FlowNode,
    Mark,
    RangeRow,
)
from tests.content.claim_samples import claim, provenance
from tests.content.html_outline import Outline

KNOWN: Final = provenance(claim("a-p1-a"), claim("b-p1-a"), claim("c-p1-a"))
A: Final = {"claim": "a-p1-a"}
DERIVED: Final = {"derived": True, "claims": ["a-p1-a", "b-p1-a"]}

BARS: Final[dict[str, Any]] = {
    "kind": "bars",
    "unit": "chests",
    "panels": [
        {
            "id": "landed",
            "counted": "chests of tea landed",
            "place": "Saltmarsh",
            "period_kind": "year",
            "rows": [
                {"period": "1801", "value": 1200, "bound": "exact", **A},
                {"period": "1803", "value": 900, "bound": "about", "claim": "b-p1-a", "note": "by the clerks"},
                {"label": "the loss", "period": "1801 to 1803", "value": 300, "bound": "about", **DERIVED},
            ],
        },
        {
            "id": "sunk",
            "counted": "chests sunk",
            "place": "Saltmarsh",
            "period_kind": "year",
            "unit": "boats",
            "rows": [
                {"label": "lost in the great storm", "period": "the winter of 1802", "value": 0, "bound": "exact", **A},
            ],
        },
    ],
}
TIMEPLOT: Final[dict[str, Any]] = {
    "kind": "timeplot",
    "unit": "chests",
    "from": 1800,
    "to": 1806,
    "series": [
        {
            "id": "landed",
            "counted": "chests landed",
            "place": "Saltmarsh",
            "points": [
                {"at": 1801.5, "period": "1801", "value": 1200, "bound": "exact", **A},
                {"at": 1803.0, "until": 1804.5, "period": "1803 to 1804", "value": 900, "bound": "more than", **A},
                {"at": 1804.5, "period": "1804", "value": 450.5, "bound": "projection", **DERIVED},
            ],
        },
    ],
}
TIMELINE: Final[dict[str, Any]] = {
    "kind": "timeline",
    "from": 1800,
    "to": 1806,
    "order_label": "Place on the shelf",
    "entries": [
        {"label": "Ledger", "at": 1801.5, "position": 2, **A},
        {"label": "Pamphlet", "at": 1803, "until": 1804.25, "sure": False, "source": "b", "note": "undated"},
    ],
}
STRIP: Final[dict[str, Any]] = {
    "kind": "strip",
    "unit": "pages",
    "blocks": [
        {"label": "Cover", "size": 1},
        {"label": "Preface", "size": 1, "source": "b"},
        {"label": "Body", "size": 98, "note": "with plates", **A},
    ],
}
MATRIX: Final[dict[str, Any]] = {
    "kind": "matrix",
    "columns": [{"id": "a", "label": "Ledger", "source": "a"}, {"id": "b", "label": "Pamphlet"}],
    "rows": [
        {"label": "duty", "cells": {"a": {"mark": "first", **A}, "b": {"mark": "rejected", "note": "in anger"}}},
        {"label": "plunder", "cells": {"b": {"mark": "named", "claim": "b-p1-a"}}},
    ],
    "key": {"first": "comes first", "named": "is named", "not-named": "is not named", "rejected": "is turned down"},
}
LADDER: Final[dict[str, Any]] = {
    "kind": "ladder",
    "rungs": [
        {"label": "Ground", "text": "Demand comes first.", **A},
        {"label": "Top", "text": "States quarrel.", "claim": "b-p1-a", "note": "in our words"},
    ],
}
TABLE: Final[dict[str, Any]] = {
    "kind": "table",
    "columns": ["What", "How much"],
    "rows": [{"cells": ["tea", "1,200 chests"], "claims": ["a-p1-a"]}, {"cells": ["milk", "none"], "note": "guessed"}],
}
PLACES: Final[dict[str, Any]] = {
    "kind": "places",
    "places": [
        {"label": "Saltmarsh", "x": 0, "y": 0, "counted": "chests", "claims": ["a-p1-a"]},
        {"label": "Harbor", "x": 100, "y": 100, "counted": "boats", "claims": ["b-p1-a"], "note": "at low tide"},
    ],
}
FLOW: Final[dict[str, Any]] = {
    "kind": "flow",
    "lanes": ["Growers", "Harbor", "Town"],
    "nodes": [
        {"id": "grower", "label": "Growers", "lane": 1},
        {"id": "picker", "label": "Pickers of leaves who are paid by the basket", "lane": 1},
        {"id": "clerk", "label": "Clerks", "lane": 2, "note": "sworn in by the town"},
        {"id": "smuggler", "label": "Smugglers", "lane": 2},
        {"id": "boat", "label": "Boats", "lane": 2},
        {"id": "buyer", "label": "Buyers", "lane": 3},
        {"id": "idler", "label": "Idlers", "lane": 3},
    ],
    "edges": [
        {"from": "grower", "to": "clerk", "carries": "chests", **A},
        {"from": "clerk", "to": "buyer", "carries": "chests with a stamp", "how": "disputed", **A},
        {"from": "grower", "to": "buyer", "carries": "gifts", "how": "possible", "note": "a rumor", **A},
        {"from": "buyer", "to": "grower", "carries": "silver", "how": "inferred", **DERIVED},
        {"from": "clerk", "to": "smuggler", "carries": "a nod", "how": "one-source", "claim": "b-p1-a"},
        {"from": "smuggler", "to": "clerk", "carries": "a coin", **A},
        {"from": "clerk", "to": "boat", "carries": "a seal", **A},
        {"from": "buyer", "to": "clerk", "carries": "the duty", **A},
    ],
}
SPECTRUM: Final[dict[str, Any]] = {
    "kind": "spectrum",
    "zones": ["Tax nothing", "Tax some", "Tax all"],
    "positions": [
        {"label": "Pamphlet", "zone": 1, "text": "asks for free ports", "claim": "b-p1-a"},
        {"label": "Ledger", "zone": 2, "until_zone": 3, "text": "asks for clerks", "note": "in part", **A},
        {"label": "A letter signed by seven clerks of the harbor", "zone": 2, "text": "asks for both", **DERIVED},
    ],
}
RANGES: Final[dict[str, Any]] = {
    "kind": "ranges",
    "unit": "pounds",
    "scale": "log",
    "rows": [
        {"label": "Duty", "counted": "duty owed", "period": "1801", "low": 300, "high": 2_500_000, **A},
        {"label": "Tea", "counted": "worth", "period": "1803", "low": 1e9, "says": "a fortune", "note": "boasts", **A},
        {
            "label": "The loss of the great storm",
            "counted": "boats",
            "period": "the winter of 1802",
            "low": 40,
            "bound": "about",
            **DERIVED,
        },
    ],
}
KINDS: Final = (BARS, TIMEPLOT, TIMELINE, STRIP, MATRIX, LADDER, TABLE, PLACES, FLOW, SPECTRUM, RANGES)
WITH_PICTURE: Final = (BARS, TIMEPLOT, TIMELINE, STRIP, PLACES, RANGES)


def figure(data: dict[str, Any], **changes: Any) -> Figure:
    """Return the figure of the data, with a title and a summary."""
    words = {"title": "Tea & milk", "summary": "Tea falls.", "note": "A chest is no weight."}
    made: Figure = TypeAdapter(FigureFile).validate_python({**words, **data, **changes})
    return made


def drawn(data: dict[str, Any], **changes: Any) -> str:
    """Return the figure as HTML."""
    return str(draw(figure(data, **changes), Frame("fig-tea", 2, KNOWN, "/data.csv")))


def kind_of(data: dict[str, Any]) -> str:
    """Return the kind, to name a test."""
    return str(data["kind"])


@pytest.mark.parametrize("data", KINDS, ids=kind_of)
def test_every_figure_is_sound_html_with_caption_summary_and_note(data: dict[str, Any]) -> None:
    html = drawn(data)
    assert not Outline(html).faults
    assert re.match(r'<figure class="figure(?: figure-wide)?" id="fig-tea">', html)
    assert "<figcaption><b>Figure 2.</b> Tea &amp; milk</figcaption>" in html
    assert '<p class="figure-summary">Tea falls.</p>' in html
    assert '<p class="hint">A chest is no weight.</p>' in html


@pytest.mark.parametrize("data", KINDS, ids=kind_of)
def test_a_figure_needs_no_note(data: dict[str, Any]) -> None:
    assert not re.search('<p class="hint">', drawn(data, note=None))


@pytest.mark.parametrize("data", KINDS, ids=kind_of)
def test_the_data_of_a_figure_can_be_had_as_csv(data: dict[str, Any]) -> None:
    assert '<a href="/data.csv" download>Data of figure 2 as CSV</a>' in drawn(data)


@pytest.mark.parametrize("data", KINDS, ids=kind_of)
def test_every_figure_names_its_sources(data: dict[str, Any]) -> None:
    assert 'href="/sources/a#a-p1-a"' in drawn(data)


@pytest.mark.parametrize("data", WITH_PICTURE, ids=kind_of)
def test_a_picture_has_a_title_a_description_and_a_table(data: dict[str, Any]) -> None:
    html = drawn(data)
    assert 'role="img" aria-labelledby="fig-tea-title" aria-describedby="fig-tea-desc"' in html
    assert '<title id="fig-tea-title">Tea &amp; milk</title>' in html
    assert '<desc id="fig-tea-desc">Tea falls. The table below holds all data.</desc>' in html
    assert '<details class="data-table"><summary>Figures behind the chart</summary>' in html
    assert '<th scope="col">' in html


@pytest.mark.parametrize("data", WITH_PICTURE, ids=kind_of)
def test_nothing_is_drawn_outside_the_picture(data: dict[str, Any]) -> None:
    for _element, attributes in Outline(drawn(data)).elements:
        for name in ("x", "x1", "x2"):
            value = attributes.get(name) or ""
            assert not value.endswith("%") or 0 <= float(value[:-1]) <= 100


def test_bars_are_drawn_to_one_scale_from_zero() -> None:
    html = drawn(BARS)
    ends = [float(each["x2"][:-1]) for each in Outline(html).of_class("chart-stem") if each["x2"]]
    assert [round(end / ends[0], 4) for end in ends] == [1, 0.75, 0.25, 0]
    assert "One scale for all bars, from zero." in html


def test_each_panel_may_have_its_own_scale() -> None:
    panels = [BARS["panels"][0], {**BARS["panels"][0], "rows": [{"period": "1801", "value": 5, "bound": "exact", **A}]}]
    html = drawn(BARS, scale="panel", panels=panels)
    ends = [each["x2"] for each in Outline(html).of_class("chart-stem")]
    assert ends[0] == ends[-1]
    assert "Each group has its own scale, from zero." in html


def test_bars_that_are_all_zero_have_no_length() -> None:
    zero = {**BARS["panels"][1]}
    assert [each["x2"] for each in Outline(drawn(BARS, panels=[zero])).of_class("chart-stem")] == ["0%"]


def test_a_short_label_stands_beside_its_value_and_a_long_one_above_it() -> None:
    html = drawn(BARS)
    assert '>1801 <tspan class="chart-soft">A</tspan></text>' in html
    assert ">lost in the great storm, the</text>" in html
    assert ">winter of 1802</text>" in html


def test_the_signs_of_a_figure_are_explained_in_words() -> None:
    legend = drawn(BARS).partition('<div class="legend">')[2].partition("</div>")[0]
    assert re.findall(r"</svg> ([^<]+)<", legend) == ["exact", "about", "our arithmetic"]


def test_what_we_computed_bears_the_tone_of_no_source() -> None:
    marks = Outline(drawn(BARS)).of_class("chart-mark")
    assert [each.get("data-kind") for each in marks] == ["news", "opinion", None, "news"]
    assert "our arithmetic <a" in drawn(BARS)


def test_a_datum_of_many_sources_counts_them() -> None:
    row = {"period": "1801", "value": 1, "bound": "exact", "claims": ["a-p1-a", "b-p1-a", "c-p1-a"]}
    assert ">3 sources<" in drawn(BARS, panels=[{**BARS["panels"][0], "rows": [row]}])


def test_points_in_time_are_not_joined() -> None:
    outline = Outline(drawn(TIMEPLOT))
    assert not [name for name, _attributes in outline.elements if name in {"polyline", "polygon"}]
    assert len(outline.of_class("chart-stem")) == 1


def test_a_plot_says_what_a_thick_line_means_only_where_there_is_one() -> None:
    words = "A thick line spans a stretch of time."
    assert words in drawn(TIMEPLOT)
    assert words in drawn(TIMELINE)
    series = {**TIMEPLOT["series"][0], "points": TIMEPLOT["series"][0]["points"][:1]}
    assert words not in drawn(TIMEPLOT, series=[series])
    assert words not in drawn(TIMELINE, entries=TIMELINE["entries"][:1])


@pytest.mark.parametrize(("greatest", "top"), [(1200, "1,200"), (1201, "1,500"), (0.07, "0.08"), (0, "1"), (9, "10")])
def test_the_scale_of_a_plot_ends_at_a_round_number(greatest: float, top: str) -> None:
    points = [{"at": 1801, "period": "1801", "value": greatest, "bound": "exact", **A}]
    assert f">{top} chests<" in drawn(TIMEPLOT, series=[{**TIMEPLOT["series"][0], "points": points}])


def test_a_timeline_marks_inferred_dates_and_the_second_order() -> None:
    html = drawn(TIMELINE)
    assert ">Place on the shelf</text>" in html
    assert "date stated" in html
    assert "1803 to March 1804, date inferred" in html
    assert 'text-anchor="end">2</text>' in html
    assert [each["data-kind"] for each in Outline(html).of_class("chart-mark")] == ["news", "opinion"]


def test_a_timeline_needs_no_second_order() -> None:
    html = drawn(TIMELINE, order_label=None, entries=[{"label": "Storm", "at": 1802}])
    assert "Place on the shelf" not in html
    assert not Outline(html).faults


def test_blocks_of_a_strip_are_as_wide_as_their_share() -> None:
    blocks = Outline(drawn(STRIP)).of_class("chart-block")
    assert [(each["x"], each["width"]) for each in blocks] == [("0%", "1%"), ("1%", "1%"), ("2%", "98%")]
    assert [each.get("data-kind") for each in blocks] == [None, "opinion", "news"]


def test_numbers_of_narrow_blocks_stand_on_different_heights() -> None:
    heights = dict(re.findall(r'y="([\d.]+em)" text-anchor="middle">(\d)<', drawn(STRIP)))
    assert len(heights) == 2


def test_a_matrix_says_each_mark_in_a_word() -> None:
    html = drawn(MATRIX)
    assert "</svg> comes first</span>" in html
    assert '<td data-label="Ledger"><svg' in html
    assert "</svg> is not named</td>" in html
    assert '</svg> is turned down <span class="hint">(in anger)</span></td>' in html
    assert "<svg" not in html.partition("<table")[0].replace('<svg class="chart-key"', "")


def test_a_cell_of_a_matrix_has_the_plain_name_of_its_mark_where_the_words_are_long() -> None:
    html = drawn(MATRIX, key={"rejected": "is turned down, and not by chance"})
    assert "</svg> not named</td>" in html
    assert '</svg> rejected <span class="hint">(in anger)</span></td>' in html


def test_a_ladder_has_its_top_rung_first() -> None:
    html = drawn(LADDER)
    assert '<ol class="ladder" reversed>' in html
    assert html.index("Top") < html.index("Ground")


def test_a_table_names_the_sources_of_each_row() -> None:
    html = drawn(TABLE)
    assert '<th scope="row">tea</th><td data-label="How much">1,200 chests</td>' in html
    assert '<td data-label="Sources"><span class="visually-hidden">none</span></td>' in html


@pytest.mark.parametrize("name", [*get_args(Bound), *get_args(Mark)])
def test_every_bound_and_mark_has_a_sign(name: str) -> None:
    assert sign(name)


def test_signs_of_bounds_differ_in_shape() -> None:
    assert len({sign(bound) for bound in get_args(Bound)}) == len(get_args(Bound))


@pytest.mark.parametrize(
    ("value", "words"), [(1200, "1,200"), (4.5, "4.5"), (1234567, "1,234,567"), (0.25, "0.25"), (-3, "-3")]
)
def test_numbers_are_written_in_the_american_way(value: float, words: str) -> None:
    assert number_words(value) == words


def test_a_value_carries_its_bound() -> None:
    assert value_words(900, "exact") == "900"
    assert value_words(900, "more than") == "more than 900"
    assert value_words(900, "projection") == "900 (projection)"


@pytest.mark.parametrize("data", WITH_PICTURE, ids=kind_of)
def test_heights_in_a_picture_grow_with_the_text(data: dict[str, Any]) -> None:
    in_units = False
    for name, attributes in Outline(drawn(data)).elements:
        if "chart" in (attributes.get("class") or "").split():
            assert (attributes["height"] or "").endswith("em")
        in_units |= attributes.get("class") == "chart-mark"
        if name in {"text", "line", "rect"} and not in_units:
            assert all((attributes[key] or "").endswith("em") for key in ("y", "y1", "y2") if key in attributes)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (2018.92, None, "December 2018"),
        (2020, None, "2020"),
        (2017.0, 2017.99, "2017"),
        (2019, 2021.0, "2019 to 2020"),
        (2019.0, 2022.58, "2019 to July 2022"),
        (2019.33, 2019.42, "May 2019"),
        (2019.33, 2019.5, "May 2019 to June 2019"),
        (2020.79, 2021.0, "October 2020 to December 2020"),
        (2018.92, 2018.93, "December 2018"),
    ],
)
def test_a_point_or_stretch_of_time_in_words(start: float, end: float | None, words: str) -> None:
    assert stretch_words(start, end) == words


@given(st.integers(1, 2400), st.integers(1, 60))
def test_months_written_with_two_decimals_are_found_again(first: int, length: int) -> None:
    start, end = round(first / 12, 2), round((first + length) / 12, 2)
    words = stretch_words(start, end)
    assert words.startswith(stretch_words(start).split()[0] if first % 12 else str(first // 12)) or length < 12
    assert words.endswith(str((first + length - 1) // 12))


def test_the_data_of_a_timeline_have_the_time_in_words_beside_its_numbers() -> None:
    header, _ledger, pamphlet, *_ = figure_rows(figure(TIMELINE), KNOWN)
    assert header[:4] == ("label", "at", "until", "in_words")
    assert pamphlet[:4] == ("Pamphlet", 1803, 1804.25, "1803 to March 1804")


def test_years_are_named_as_far_as_they_fit() -> None:
    named = [re.sub(r"<.*?>", "", label) for label in Years(1999, 2023).labels(0)]
    assert named == ["1999", "2003", "2007", "2011", "2015", "2019"]


@given(st.lists(st.tuples(st.floats(0.05, 0.95), st.floats(60, 140)), min_size=2, max_size=5, unique=True))
def test_labels_stay_inside_the_narrowest_picture(points: list[tuple[float, float]]) -> None:
    placer = LabelPlacer(0, 200)
    for share, y in points:
        placer.keep_free(share, y)
    for share, y in points:
        label = placer.label("1,200", share, y)
        found = re.search(r'<text x="([-\d.]+)"', label)
        assert found
        assert -20 <= share * NARROWEST + float(found[1]) <= NARROWEST + 20


def test_a_label_that_finds_no_room_stands_above_its_mark() -> None:
    assert LabelPlacer(0, 5).label("1,200", 0.5, 100) == '<text x="0" y="-11" text-anchor="middle">1,200</text>'


def test_a_label_far_from_its_mark_is_joined_to_it() -> None:
    placer = LabelPlacer(0, 200)
    labels = [placer.label("1,200", 0.5, 100) for _ in range(6)]
    assert [("chart-leader" in label) for label in labels] == [False] * 4 + [True] * 2


def test_a_label_far_below_its_mark_is_joined_to_it_from_below() -> None:
    placer = LabelPlacer(95, 200)
    placer.keep_free(0.5, 115, half_width=200)
    placer.keep_free(0.5, 100, half_width=200)
    label = placer.label("1,200", 0.5, 100)
    assert '<line class="chart-leader" x1="0" x2="0" y1="8"' in label


def test_every_edge_of_a_flow_stands_in_words_with_its_source_and_how_it_is_known() -> None:
    steps = re.search(r'<ol class="flow-steps">(.*?)</ol>', drawn(FLOW))
    assert steps
    lines = [re.sub(r"<[^>]+>", "", line) for line in steps[1].split("</li>")]
    for edge, line in zip(FLOW["edges"], lines, strict=False):
        assert edge["carries"] in line
    assert "(disputed between sources)" in lines[1]
    assert "a rumor" in lines[2]
    assert "our arithmetic" in lines[3]


def test_a_flow_has_a_picture_for_each_width_with_its_own_ids_and_every_number() -> None:
    html = drawn(FLOW)
    pictures = re.findall(r'<svg class="chart drawing-(\w+)".*?</svg>', html, re.DOTALL)
    assert pictures == ["wide", "narrow"]
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    numbers = re.findall(r'class="chart-value"[^>]*>(\d+)<', html)
    assert numbers == [str(number) for number in range(1, len(FLOW["edges"]) + 1)] * 2


def test_a_box_without_arrows_stands_back_and_lines_are_explained_where_not_all_are_stated() -> None:
    html = drawn(FLOW)
    assert html.count('class="flow-idle"') == 2 * 2  # two boxes in two pictures
    assert "called possible" in html
    plain = {**FLOW, "edges": [FLOW["edges"][0]]}
    assert "legend" not in drawn(plain)


def test_a_flow_in_several_states_has_a_titled_picture_for_each() -> None:
    states = [
        {"id": "before", "title": "Before the tax", "edges": FLOW["edges"][:2]},
        {"id": "after", "title": "After the tax", "edges": FLOW["edges"][2:]},
    ]
    html = drawn({key: value for key, value in FLOW.items() if key != "edges"}, panels=states)
    assert re.findall(r'flow-title"><b>([^<]+)', html) == ["Before the tax", "After the tax"]
    assert html.count("<title") == 4
    assert "Tea &amp; milk: After the tax" in html


@pytest.mark.parametrize("extra", [{"panels": []}, {"edges": None}])
def test_a_flow_has_edges_or_panels_and_not_both(extra: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="not both"):
        figure(FLOW, **extra)


NODES: Final = st.integers(1, 4).flatmap(
    lambda lanes: st.tuples(st.just(lanes), st.lists(st.integers(1, lanes), min_size=2, max_size=12))
)


@given(NODES, st.data())
def test_no_box_covers_another_and_all_lie_in_the_picture(made: tuple[int, list[int]], data: st.DataObject) -> None:
    lanes, places = made
    kept = [lane for place, lane in enumerate(places) if places[:place].count(lane) < MOST_NODES_IN_A_LANE]
    nodes = [FlowNode(id=f"n{place}", label="Clerks of the harbor " * 2, lane=lane) for place, lane in enumerate(kept)]
    pair = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)).filter(lambda both: both[0] is not both[1])
    ends = data.draw(st.lists(pair, max_size=10)) if len(nodes) > 1 else []
    edges = [FlowEdge.model_validate({"from": start.id, "to": end.id, "carries": "tea", **A}) for start, end in ends]
    for layout in (wide(["Lane"] * lanes, nodes, edges), narrow(["Lane"] * lanes, nodes, edges)):
        assert len(layout.boxes) == len(nodes)
        assert [arrow.number for arrow in layout.arrows] == list(range(1, len(edges) + 1))
        for place, box in enumerate(layout.boxes):
            assert box.x >= 0
            assert box.x + box.width <= layout.width + 0.01
            assert box.y >= 0
            assert box.y + box.height <= layout.height
            for other in layout.boxes[place + 1 :]:
                apart_across = box.x + box.width <= other.x or other.x + other.width <= box.x
                assert apart_across or box.y + box.height <= other.y or other.y + other.height <= box.y
        for arrow in layout.arrows:
            assert -BADGE <= arrow.badge[1] <= layout.height


def test_an_arrow_between_boxes_of_a_lane_has_room_for_its_dashes() -> None:
    edges = [FlowEdge.model_validate({"from": "n0", "to": "n1", "carries": "tea", **A})]
    nodes = [FlowNode(id=f"n{place}", label="Clerks", lane=1) for place in range(3)]
    first, second, third = wide(["Lane"], nodes, edges).boxes
    assert second.y - (first.y + first.height) > third.y - (second.y + second.height)


def test_arrows_that_run_round_keep_their_distance_side_by_side() -> None:
    nodes = [
        *[FlowNode(id=f"a{place}", label="Growers", lane=1) for place in range(3)],
        FlowNode(id="b", label="Clerks", lane=2),
        FlowNode(id="c", label="Buyers", lane=3),
    ]
    ends = [("a0", "c"), ("a1", "c"), ("a2", "c"), ("a0", "a2")]
    edges = [FlowEdge.model_validate({"from": start, "to": end, "carries": "tea", **A}) for start, end in ends]
    arrows = wide(["One", "Two", "Three"], nodes, edges).arrows
    uprights = sorted({float(x) for arrow in arrows for x in re.findall(r"Q([-\d.]+) ", arrow.path)})
    assert len(uprights) == 7
    assert all(after - before >= 14 for before, after in itertools.pairwise(uprights))


def test_the_number_of_an_arrow_keeps_off_a_line_that_crosses_it() -> None:
    nodes = [
        FlowNode(id=f"{side}{row}", label="Clerks", lane=lane) for lane, side in ((1, "a"), (2, "b")) for row in (0, 1)
    ]
    ends = [("a0", "b1"), ("a1", "b0")]
    edges = [FlowEdge.model_validate({"from": start, "to": end, "carries": "tea", **A}) for start, end in ends]
    arrows = wide(["One", "Two"], nodes, edges).arrows
    for arrow, other in (arrows, arrows[::-1]):
        (x, y), (end_x, end_y) = [tuple(map(float, pair.split())) for pair in other.path[1:].split("L")]
        across, down = end_x - x, end_y - y
        away = abs(across * (arrow.badge[1] - y) - down * (arrow.badge[0] - x)) / math.hypot(across, down)
        assert away >= BADGE


def test_the_chip_of_an_arrow_bears_no_sign_of_other_sources() -> None:
    known = provenance(claim("a-p1-a", contradicts=["b-p1-a"]), claim("b-p1-a"), claim("c-p1-a"))
    frame = Frame("fig-tea", 2, known, "/data.csv")
    assert "cite-flag" in draw(figure(RANGES), frame)
    assert "cite-flag" not in draw(figure(FLOW), frame)


def test_a_position_says_its_zone_in_words_and_why() -> None:
    html = drawn(SPECTRUM)
    assert "Tax some to tax all" in html
    entries = html[html.index('<ul class="flow-notes">') :]
    assert "<b>Ledger</b> (tax some to tax all): asks for clerks" in entries
    assert "The list below says the same.</desc>" in html


def test_a_position_is_drawn_in_ink_and_its_sources_are_named_below() -> None:
    picture = drawn(SPECTRUM).partition("</ul>")[0].partition('<ul class="flow-notes">')[0]
    assert "data-kind" not in picture
    assert ">A<" not in picture
    assert ">our arithmetic<" not in picture


def test_a_size_stands_on_lines_of_its_own_where_there_is_no_room_beside_its_source() -> None:
    rows = [{**RANGES["rows"][0], "says": words} for words in ("a lot", "x " * 18 + "x", "x " * 30)]
    found = re.findall(r'<text (class="chart-(?:soft|value)"[^>]*)>(A|a lot|x[x ]*)<', drawn(RANGES, rows=rows))
    height = [re.sub(r'.*y="([\d.]+)em".*', r"\1", attributes) for attributes, _words in found]
    assert [words[:2] for _attributes, words in found] == ["A", "a ", "A", "x ", "A", "x ", "x "]
    assert height[0] == height[1]
    assert len(set(height)) == len(height) - 1
    assert ["end" in attributes for attributes, _words in found] == [False, True, False, True, False, False, False]


@given(st.integers(0, 6), st.integers(1, 13))
def test_names_of_sizes_on_the_axis_keep_clear_of_one_another(low: int, steps: int) -> None:
    row = {**RANGES["rows"][0], "low": 10**low, "high": 10 ** (low + steps)}
    labels = re.findall(
        r'<text class="chart-soft" x="([\d.]+)%" y="[^"]*" text-anchor="(\w+)">([^<]+)<', drawn(RANGES, rows=[row])
    )
    assert labels
    right = 0.0
    for share, anchor, words in labels:
        width = len(words) * 7
        left = float(share) / 100 * NARROWEST - {"start": 0, "middle": width / 2, "end": width}[anchor]
        assert left >= right
        right = left + width


def test_sizes_are_written_as_a_newspaper_writes_them() -> None:
    html = drawn(RANGES)
    assert "300 to 2.5 million" in html
    assert "a fortune" in html
    assert "about 40" in html
    assert "Each step of the scale is ten times the one before." in html
    assert "One scale, from zero." in drawn(RANGES, scale="linear")


@pytest.mark.parametrize(
    ("value", "words"),
    [(3000, "3,000"), (1_500_000, "1.5 million"), (39_000_000_000, "39 billion"), (2 * 10**12, "2 trillion")],
)
def test_a_size_in_words(value: float, words: str) -> None:
    assert size_words(value) == words


@pytest.mark.parametrize(("bound", "words"), [("estimate", "40 (estimate)"), ("more than", "more than 40")])
def test_a_size_keeps_its_bound(bound: Bound, words: str) -> None:
    row = {**RANGES["rows"][2], "bound": bound}
    assert range_words(RangeRow.model_validate(row)) == words


def test_a_span_goes_up() -> None:
    row = {**RANGES["rows"][0], "low": 3, "high": 3}
    with pytest.raises(ValidationError, match="more than"):
        RangeRow.model_validate(row)


def test_sizes_of_one_power_of_ten_still_have_a_scale() -> None:
    row = {**RANGES["rows"][0], "low": 100, "high": None}
    assert "100" in drawn(RANGES, rows=[row])
