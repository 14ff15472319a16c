"""YAML by the core rules, with the place of everything and nothing that may run away."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.content.issues import IssueLog, Place, Rule
from courseware.content.yaml_text import MAX_DEPTH, read_yaml


def read(text: str) -> object:
    log = IssueLog()
    yaml = read_yaml("f.yaml", text, log)
    assert not log.issues
    assert yaml is not None
    return yaml.value


def faults(text: str) -> list[tuple[Rule, int, int]]:
    log = IssueLog()
    read_yaml("f.yaml", text, log)
    return [(issue.rule, issue.line, issue.column) for issue in log.issues]


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "off", "1:30", "012", "0x1f", "0o17", "1_000", "2024-01-01", ".inf", ".nan", "1e999", "16,000"],
)
def test_what_only_looks_like_something_else_stays_text(text: str) -> None:
    assert read(f"value: {text}") == {"value": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("7", 7),
        ("-7", -7),
        ("0.29", 0.29),
        ("1e3", 1000.0),
        ("'7'", "7"),
        ('"true"', "true"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_plain_scalars_follow_the_core_rules(text: str, value: object) -> None:
    assert read(f"value: {text}") == {"value": value}


def test_keys_are_text_whatever_they_look_like() -> None:
    assert read("no: 1\n2024: 2\n1.50: 3") == {"no": 1, "2024": 2, "1.50": 3}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\nb: [1, 2\nc: 3", 3, 2),
        ("a: 1\n\tb: 2", 2, 1),
        ("a: &x 1", 1, 4),
        ("a: *x", 1, 4),
        ("a: !!python/name:os.system x", 1, 4),
        ("a: ! x", 1, 4),
        ("? [a]\n: 1", 1, 3),
        ("a: 1\n---\nb: 1", 2, 1),
        ("[" * 1000, 1, MAX_DEPTH + 1),
        ("- " * 1000, 1, 2 * MAX_DEPTH + 1),
    ],
)
def test_what_is_not_read_is_named_with_its_place(text: str, line: int, column: int) -> None:
    assert faults(text) == [(Rule.YAML_SYNTAX, line, column)]


@pytest.mark.parametrize("text", ["", "- a", "a", "12"])
def test_a_text_without_keys_is_named(text: str) -> None:
    assert faults(text) == [(Rule.WRONG_TYPE, 1, 1)]


def test_a_key_that_stands_twice_is_named_where_it_stands_again() -> None:
    assert faults("a: 1\nb: {c: 1, c: 2}\na: 2\n") == [(Rule.DUPLICATE_KEY, 2, 11), (Rule.DUPLICATE_KEY, 3, 1)]


def test_an_invisible_character_written_as_an_escape_is_named() -> None:
    assert faults('a: "x\\0y"') == [(Rule.CONTROL_CHARACTERS, 1, 4)]


def test_a_text_inside_another_file_is_placed_in_that_file() -> None:
    log = IssueLog()
    yaml = read_yaml("lesson.md", "a:\n- b: x\n  c: 2", log, first_line=20)
    assert yaml is not None
    assert yaml.place() == Place("lesson.md", 20, 1)
    assert yaml.place(("a", 0, "c")) == Place("lesson.md", 22, 6)
    assert yaml.place(("a", 0, "c"), of_key=True) == Place("lesson.md", 22, 3)
    assert yaml.place(("a", 0, "missing")) == Place("lesson.md", 21, 3)


@pytest.mark.parametrize(
    "text",
    [
        "a: x\nb: one [@c-1] two [@c-2]",
        'a: x\nb: "one [@c-1] \\\n  \\u0074wo [@c-2]"',
        "a: x\nb: 'it''s [@c-1] and\n  [@c-2]'",
        "a: x\nb: >-\n  one [@c-1]\n  two [@c-2]",
        "a: x\nb: |\n  one [@c-1]\n  two [@c-2]",
    ],
)
def test_a_word_inside_a_text_is_placed_however_the_text_is_written(text: str) -> None:
    log = IssueLog()
    yaml = read_yaml("f.yaml", text, log)
    assert yaml is not None
    value = str(yaml.value["b"])
    before = text[: text.index("@c-2")]
    expected = Place("f.yaml", before.count("\n") + 1, len(before) - before.rfind("\n"))
    assert yaml.place_inside(("b",), value, value.index("@c-2")) == expected


def test_a_word_that_was_escaped_is_placed_at_the_text() -> None:
    log = IssueLog()
    yaml = read_yaml("f.yaml", 'b: "one \\u003cb>"', log)
    assert yaml is not None
    assert yaml.place_inside(("b",), "one <b>", 4) == Place("f.yaml", 1, 4)
    assert yaml.place_inside(("b",), "one <b>", 7) == Place("f.yaml", 1, 4)


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cn", "Cs", "Co"]), max_size=20
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**17), 10**17) | TEXTS,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(TEXTS.filter(bool), parts, max_size=4),
    max_leaves=12,
)


@given(VALUES)
def test_json_means_the_same_in_yaml(value: object) -> None:
    assert read(json.dumps({"value": value}, ensure_ascii=False)) == {"value": value}


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zl", "Zp", "Cn", "Cs", "Co"]) | st.just("\n"))
)
def test_any_text_is_read_or_named(text: str) -> None:
    log = IssueLog()
    unread = {Rule.YAML_SYNTAX, Rule.WRONG_TYPE}
    assert (read_yaml("f.yaml", text, log) is None) == any(issue.rule in unread for issue in log.issues)
