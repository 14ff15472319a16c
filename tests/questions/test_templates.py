"""The pages of the question types: what stands on them, and what must not."""

from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from courseware.questions.base import Question, Show
from tests.questions.samples import BY_TYPE, CLOZE, ESSAY, NUMERIC, ORDERING, built

TEMPLATES = Path(__file__).parents[2] / "templates"
EVERYTHING: frozenset[Show] = frozenset({"score", "correctness", "answers", "feedback", "links"})
FIELDS: Mapping[str, dict[str, list[str]]] = {
    "single_choice": {"choice": ["b"]},
    "true_false": {"choice": ["a"]},
    "multiple_response": {"choice": ["a", "c"]},
    "short_text": {"answer": ['"><b>tea']},
    "numeric": {"answer": ["16,000"]},
    "matching": {"pair-1": ["c"], "pair-3": ["a"]},
    "ordering": {"place-1": ["2"], "place-4": ["2"]},
    "cloze": {"gap-1": ["80"], "gap-2": ["b"], "gap-3": ["an & hour"]},
    "essay": {"answer": ["\nTwo\n</textarea>lines"]},
}


class Page(HTMLParser):
    """What a browser would make of a fragment: its elements and the fields that it would send."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.fields: dict[str, list[str]] = {}
        self.select = ""
        self.textarea = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self.elements.append((tag, attributes))
        name, value = attributes.get("name") or "", attributes.get("value") or ""
        is_typed = attributes.get("type") == "text"
        if tag == "input" and (is_typed or "checked" in attributes):
            self._add(name, value)
        if tag == "select":
            self.select = name
        if tag == "option" and "selected" in attributes:
            self._add(self.select, value)
        self.textarea = name if tag == "textarea" else ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self._add(self.textarea, data.removeprefix("\n"))

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""

    def _add(self, name: str, value: str) -> None:
        if value:
            self.fields.setdefault(name.removeprefix("q7-"), []).append(value)


@pytest.fixture
def environment() -> Environment:
    """Return an environment like that of the app, which refuses unknown names besides."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["trusted"] = Markup
    return environment


def answer_html(
    environment: Environment,
    question: Question,
    fields: Mapping[str, list[str]] | None = None,
    errors: Mapping[str, str] | None = None,
    *,
    locked: bool = False,
) -> str:
    """Render the controls of a question."""
    template = environment.get_template(f"questions/{question.type_name}/answer.html")
    return template.render(
        question=question,
        layout=question.layout("seed"),
        fields=fields or {},
        position=7,
        errors=errors or {},
        locked=locked,
    )


def review_html(environment: Environment, question: Question, shows: frozenset[Show]) -> str:
    """Render the review of some response to a question."""
    layout = question.layout("seed")
    response = question.read_response(FIELDS[question.type_name], layout)
    links = {"p-water": SimpleNamespace(url="/lessons/tea#p-water", label="Lesson 1.1, paragraph 2")}
    template = environment.get_template("questions/_review.html")
    return template.render(review=question.review(response, layout), shows=shows, links=links)


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_no_part_of_the_key_is_on_the_page(environment: Environment, type_name: str) -> None:
    assert "KEY" not in answer_html(environment, built(BY_TYPE[type_name]), FIELDS[type_name])


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_the_controls_hold_what_was_given(environment: Environment, type_name: str) -> None:
    page = Page(answer_html(environment, built(BY_TYPE[type_name]), FIELDS[type_name]))
    assert page.fields == FIELDS[type_name]


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_the_controls_of_an_untouched_question_are_empty(environment: Environment, type_name: str) -> None:
    assert Page(answer_html(environment, built(BY_TYPE[type_name]))).fields == {}


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_ids_are_unique_names_are_prefixed_and_every_control_has_a_label(
    environment: Environment, type_name: str
) -> None:
    page = Page(answer_html(environment, built(BY_TYPE[type_name])))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes.get("for") for tag, attributes in page.elements if tag == "label"}
    controls = [attributes for tag, attributes in page.elements if tag in {"input", "select", "textarea"}]
    assert controls
    for control in controls:
        assert str(control["name"]).startswith("q7-")
        assert control["id"] in labelled or control.get("type") in {"radio", "checkbox"}
        assert "style" not in control


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_a_locked_question_takes_no_more(environment: Environment, type_name: str) -> None:
    page = Page(answer_html(environment, built(BY_TYPE[type_name]), locked=True))
    controls = [attributes for tag, attributes in page.elements if tag in {"input", "select", "textarea"}]
    assert all("disabled" in control for control in controls)


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_an_error_is_tied_to_its_control(environment: Environment, type_name: str) -> None:
    field = next(iter(FIELDS[type_name]))
    html = answer_html(environment, built(BY_TYPE[type_name]), errors={field: "Give only one."})
    page = Page(html)
    described = [
        attributes
        for _, attributes in page.elements
        if f"q7-{field}-error" in (attributes.get("aria-describedby") or "").split()
    ]
    assert described
    assert all(control["aria-invalid"] == "true" for control in described)
    assert f'id="q7-{field}-error">Give only one.</p>' in html


def test_the_unit_is_part_of_the_label(environment: Environment) -> None:
    assert '<span class="visually-hidden"> in percent</span>' in answer_html(environment, built(NUMERIC))
    assert "percent" not in answer_html(environment, built(NUMERIC, unit=None))


def test_the_unit_of_a_gap_is_part_of_its_label(environment: Environment) -> None:
    gaps = [{**gap, "unit": "degrees"} if gap["type"] == "numeric" else gap for gap in CLOZE["gaps"]]
    assert "Gap 1 in degrees" in answer_html(environment, built(CLOZE, gaps=gaps))


def test_the_text_around_the_gaps_is_whole(environment: Environment) -> None:
    html = answer_html(environment, built(CLOZE))
    assert "Heat the water to <label" in html
    assert "</select></em> &amp; wait for <label" in html


def test_an_essay_without_guidance_and_bounds_shows_neither(environment: Environment) -> None:
    html = answer_html(environment, built(ESSAY, guidance=None, min_words=None, max_words=None))
    assert 'class="hint"' not in html
    assert "<em>you</em>" in answer_html(environment, built(ESSAY))


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_a_review_of_nothing_shown_holds_no_key_and_no_verdict(environment: Environment, type_name: str) -> None:
    html = review_html(environment, built(BY_TYPE[type_name]), frozenset())
    assert "KEY" not in html
    assert "ight</span>" not in html


@pytest.mark.parametrize("type_name", BY_TYPE)
def test_a_review_of_everything_shows_feedback_and_links(environment: Environment, type_name: str) -> None:
    html = review_html(environment, built(BY_TYPE[type_name]), EVERYTHING)
    if type_name == "essay":
        assert "KEY model" not in html
        assert "Waits for a score" in html
    else:
        assert "KEY" in html
        assert 'data-state="' in html


def test_a_review_escapes_what_was_typed(environment: Environment) -> None:
    html = review_html(environment, built(BY_TYPE["short_text"]), EVERYTHING)
    assert "<b>tea" not in html
    assert "&lt;b&gt;tea" in html
    assert '<a href="/lessons/tea#p-water">Lesson 1.1, paragraph 2</a>' in html


def test_a_review_of_an_order_is_a_list(environment: Environment) -> None:
    assert "<li>2. " in review_html(environment, built(ORDERING), EVERYTHING)
