"""The parser reads no HTML and the sieve lets through only what is expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.core.markdown import inline_parser, sanitise


def test_emphasis_is_read() -> None:
    assert inline_parser().renderInline("*who* **what**") == "<em>who</em> <strong>what</strong>"


def test_html_in_a_text_is_shown_as_text() -> None:
    assert inline_parser().renderInline("<b>bold</b>") == "&lt;b&gt;bold&lt;/b&gt;"


def test_a_chip_and_a_term_pass_the_sieve_unchanged() -> None:
    html = (
        '<span class="claim">Tea. <a class="cite" data-kind="news" href="#note-1-more">Gazette</a></span> '
        '<button type="button" class="term" popovertarget="term-1">rate</button>'
        '<span class="term-text" id="term-1" popover="auto">per person</span>'
    )
    assert sanitise(html) == html


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://example.org/", "//example.org/", "/\\example.org", "data:text/html,x", "page"],
)
def test_a_link_that_leaves_the_site_loses_its_address(address: str) -> None:
    assert sanitise(f'<a href="{address}">x</a>') == "<a>x</a>"


@pytest.mark.parametrize("address", ["#p-one", "/sources/gazette#gazette-p1-a"])
def test_a_link_inside_the_site_keeps_its_address(address: str) -> None:
    assert sanitise(f'<a href="{address}">x</a>') == f'<a href="{address}">x</a>'


def test_scripts_styles_and_handlers_are_removed() -> None:
    html = '<script>x()</script><em onclick="x()" style="color:red">Tea</em><img src="/x.png"><iframe></iframe>'
    assert sanitise(html) == "<em>Tea</em>"


@given(st.text())
def test_what_has_been_cleaned_stays_as_it_is(text: str) -> None:
    assert sanitise(sanitise(text)) == sanitise(text)
