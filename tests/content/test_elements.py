"""Whatever is put into an element stays text, unless it is markup already."""

from hypothesis import given
from hypothesis import strategies as st

from courseware.content.elements import closing, element, hidden, joined, opening, sanitised
from tests.content.html_outline import Outline


def test_texts_and_attributes_are_escaped() -> None:
    assert element("a", {"href": '"><b>'}, "<i>") == '<a href="&#34;&gt;&lt;b&gt;">&lt;i&gt;</a>'


def test_markup_inside_markup_stays_as_it_is() -> None:
    assert element("p", None, element("b", None, "tea"), " & milk") == "<p><b>tea</b> &amp; milk</p>"


def test_an_attribute_may_be_bare_or_left_out() -> None:
    assert element("ol", {"reversed": True, "class": None, "hidden": False}) == "<ol reversed></ol>"


def test_numbers_are_written_without_noise() -> None:
    assert element("line", {"y1": 0.1 + 0.2, "y2": 7}) == '<line y1="0.3" y2="7"/>'


def test_a_separator_is_escaped_too() -> None:
    assert joined(["a", "b"], " < ") == "a &lt; b"


def test_hidden_text_is_read_aloud() -> None:
    assert hidden("Source: ") == '<span class="visually-hidden">Source: </span>'


def test_a_tag_may_be_opened_and_closed_apart() -> None:
    assert opening("em") + "tea" + closing("em") == "<em>tea</em>"


def test_sanitised_html_is_markup() -> None:
    assert joined([sanitised("<em>tea</em><script>x</script>")]) == "<em>tea</em>"


@given(st.text(), st.text())
def test_no_text_opens_an_element(text: str, attribute: str) -> None:
    outline = Outline(element("p", {"title": attribute}, text))
    assert [name for name, _attributes in outline.elements] == ["p"]
    assert not outline.faults
