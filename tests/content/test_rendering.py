"""A lesson becomes pieces of a page, a question keeps its form, and everything in them is sound HTML."""

import gzip
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

import pytest

from courseware.content.addresses import lesson_address
from courseware.content.course import Course
from courseware.content.lessons import Heading, Paragraph
from courseware.content.loader import load_course
from courseware.content.rendering import RenderedLesson, render_lesson, render_question
from tests.content.course_copy import SAMPLE
from tests.content.html_outline import Outline

ROOT: Final = Path(__file__).parents[2]
BYTES_FOR_A_TEXT: Final = 40_000


def sound_course(folder: Path) -> Course:
    """Return the course of a folder that has no errors."""
    loaded = load_course(folder)
    assert loaded.course is not None, loaded.issues
    return loaded.course


@pytest.fixture(scope="module")
def course() -> Course:
    """Load the small sample course."""
    return sound_course(SAMPLE)


@pytest.fixture(scope="module")
def first(course: Course) -> RenderedLesson:
    """Render its first lesson."""
    return render_lesson(course.lessons["chests-landed"], course)


@pytest.fixture(scope="module")
def second(course: Course) -> RenderedLesson:
    """Render its second lesson."""
    return render_lesson(course.lessons["why-it-fell"], course)


def html_of(lesson: RenderedLesson) -> str:
    """Return the HTML of a lesson without its checks."""
    return "".join(part.html for part in lesson.parts)


def without_links_to_checks(outline: Outline) -> list[str]:
    """Return the faults of a lesson whose checks are not on the page."""
    return [fault for fault in outline.faults if "check-" not in fault]


def test_checks_stand_between_pieces_of_html(first: RenderedLesson) -> None:
    assert [(part.kind, part.check) for part in first.parts] == [
        ("html", None),
        ("check", "check-fall"),
        ("html", None),
    ]


def test_a_rendered_lesson_can_be_written_as_json(first: RenderedLesson) -> None:
    assert json.loads(json.dumps(asdict(first)))["statement_count"] == 2


def test_every_paragraph_has_its_number_and_its_address(first: RenderedLesson) -> None:
    html = html_of(first)
    assert '<div class="passage" id="p-counts"><p><a class="para-no" href="#p-counts">' in html
    assert '<span class="visually-hidden">Paragraph </span>1</a>' in html


def test_a_list_is_a_numbered_passage(first: RenderedLesson, second: RenderedLesson) -> None:
    assert '<div class="passage" id="p-labels"><ol><li><a class="para-no" href="#p-labels">' in html_of(first)
    assert '<div class="passage" id="p-boat"><ul><li><a class="para-no" href="#p-boat">' in html_of(second)


def test_a_heading_has_an_address(first: RenderedLesson) -> None:
    assert '<h2 id="h-what-a-count-covers">What a count covers</h2>' in html_of(first)


def test_a_cited_statement_is_a_claim_with_a_chip_and_a_note(first: RenderedLesson) -> None:
    outline = Outline(html_of(first))
    assert len(outline.of_class("claim")) == len(outline.of_class("note")) == 2
    assert {each["href"] for each in outline.of_class("cite")} >= {"#note-1-more", "#note-2-more"}


def test_a_term_is_explained_where_a_paragraph_first_uses_it(first: RenderedLesson) -> None:
    html = html_of(first)
    assert '<button type="button" class="term" popovertarget="term-1">chests</button>' in html
    assert '<span class="term-text" id="term-1" popover="">chest: A box of tea, of no fixed weight. ' in html
    assert '<a href="/glossary#chest">Glossary<span class="visually-hidden">: chest</span></a></span>' in html
    assert 'popovertarget="term-2">chest</button>' in html


def test_a_term_is_explained_once_in_a_paragraph(course: Course) -> None:
    lesson = course.lessons["chests-landed"]
    (paragraph,) = [block for block in lesson.blocks if isinstance(block, Paragraph) and block.id == "p-open"]
    twice = replace(paragraph, text="A [chest]{.term} is no [chest]{.term}.")
    html = html_of(render_lesson(replace(lesson, blocks=(twice,)), course))
    assert html.count("popovertarget") == 1
    assert html.endswith("is no chest.</p></div>")


def test_a_link_leads_to_the_page_of_its_lesson(first: RenderedLesson, second: RenderedLesson) -> None:
    assert lesson_address("duty", "why-it-fell") == "/modules/duty/lessons/why-it-fell"
    assert '<a href="/modules/duty/lessons/why-it-fell">next lesson</a>' in html_of(first)
    assert '<a href="/modules/duty/lessons/chests-landed#p-open">the first lesson</a>' in html_of(second)
    assert '<a href="#fig-chests">the figure</a>' in html_of(first)


def test_a_dispute_shows_each_position_and_what_it_rests_on(second: RenderedLesson) -> None:
    html = html_of(second)
    assert '<section class="panel panel-strong dispute" id="p-halved" aria-labelledby="p-halved-question">' in html
    assert '<dt>By half</dt><dd><span class="claim">The pamphlet, without a number.' in html
    assert '<span class="rests-on">Rests on: nothing visible</span>' in html
    assert '<p class="dispute-relation">They truly conflict.</p>' in html
    assert 'aria-label="Sources for this dispute"' in html


def test_a_dispute_stands_one_level_below_the_heading_above_it(course: Course, second: RenderedLesson) -> None:
    lesson = course.lessons["why-it-fell"]
    assert '<h2 id="p-halved-question">' in html_of(second)
    heading = next(block for block in course.lessons["chests-landed"].blocks if isinstance(block, Heading))
    with_heading = render_lesson(replace(lesson, blocks=(heading, *lesson.blocks)), course)
    assert '<h3 id="p-halved-question">' in html_of(with_heading)


def test_statements_are_counted_once_and_disputed_ones_among_them(second: RenderedLesson) -> None:
    assert second.statement_count == 6
    assert second.disputed_count == 2


def test_the_sources_of_a_lesson_come_with_their_numbers_of_statements(second: RenderedLesson) -> None:
    assert [(each.id, each.name, each.address, each.statement_count) for each in second.sources] == [
        ("ledger", "Ledger", "/sources/ledger", 3),
        ("pamphlet", "Pamphlet", "/sources/pamphlet", 3),
    ]


def test_markdown_fields_of_a_question_become_html(course: Course) -> None:
    rendered: Any = render_question(course.questions["t1-q01"].definition, course)
    assert rendered["prompt"] == "How many chests does the ledger enter for <strong>1801</strong>?"
    assert 'href="/sources/ledger#ledger-p01-a"' in rendered["options"][1]["feedback"]
    assert rendered["options"][1]["correct"] is True
    assert rendered["options"][0]["misreading"] == "The later count is taken."


def test_plain_fields_of_a_question_stay_as_written(course: Course) -> None:
    definition: dict[str, Any] = {
        "type": "matching",
        "prompt": "*Match* & mark.",
        "scoring": "*half*",
        "choices": [{"id": "a", "text": "1 < 2 *a*", "feedback": "1 < 2 *a*"}],
        "pairs": [{"prompt": "R&D *b*", "answer": "a", "feedback": "R&D"}],
    }
    assert render_question(definition, course) == {
        "type": "matching",
        "prompt": "<em>Match</em> &amp; mark.",
        "scoring": "*half*",
        "choices": [{"id": "a", "text": "1 < 2 *a*", "feedback": "1 &lt; 2 <em>a</em>"}],
        "pairs": [{"prompt": "R&D *b*", "answer": "a", "feedback": "R&amp;D"}],
    }


def test_the_text_of_a_cloze_is_markdown_and_its_options_are_not(course: Course) -> None:
    definition: dict[str, Any] = {
        "type": "cloze",
        "text": "*Tea* & {{gap-1}}",
        "gaps": [{"id": "gap-1", "type": "choice", "options": [{"text": "a & *b*", "feedback": "*No*"}]}],
        "after": "*After*",
    }
    assert render_question(definition, course) == {
        "type": "cloze",
        "text": "<em>Tea</em> &amp; {{gap-1}}",
        "gaps": [{"id": "gap-1", "type": "choice", "options": [{"text": "a & *b*", "feedback": "<em>No</em>"}]}],
        "after": "<em>After</em>",
    }


def test_the_options_of_a_choice_are_markdown(course: Course) -> None:
    definition: dict[str, Any] = {"type": "multiple_response", "options": [{"text": "*a*", "correct": True}]}
    assert render_question(definition, course)["options"] == [{"text": "<em>a</em>", "correct": True}]


def test_guidance_and_model_of_an_essay_are_markdown_and_its_criteria_are_not(course: Course) -> None:
    definition: dict[str, Any] = {
        "type": "essay",
        "guidance": "*a*",
        "model": "*b*",
        "criteria": [{"id": "c", "text": "*c*", "points": 1}],
    }
    rendered: Any = render_question(definition, course)
    assert (rendered["guidance"], rendered["model"]) == ("<em>a</em>", "<em>b</em>")
    assert rendered["criteria"] == definition["criteria"]


def test_a_term_in_a_question_is_a_plain_word(course: Course) -> None:
    definition = {"type": "essay", "prompt": "What is a [chest]{.term}?"}
    assert render_question(definition, course)["prompt"] == "What is a chest?"


def test_a_link_in_a_question_of_the_bank_leads_to_its_lesson(course: Course) -> None:
    definition = {**course.questions["t1-q01"].definition, "prompt": "See [there](#p-open)."}
    assert render_question(definition, course)["prompt"] == (
        'See <a href="/modules/duty/lessons/chests-landed#p-open">there</a>.'
    )


def test_a_link_in_a_check_stays_on_its_page(course: Course) -> None:
    definition = {"type": "numeric", "prompt": "See [there](#p-open)."}
    assert render_question(definition, course)["prompt"] == 'See <a href="#p-open">there</a>.'


@pytest.mark.parametrize("folder", [SAMPLE, ROOT / "content" / "five-accounts"], ids=lambda folder: folder.name)
def test_every_lesson_and_question_is_sound_and_small(folder: Path) -> None:
    course = sound_course(folder)
    for lesson in course.lessons.values():
        html = html_of(render_lesson(lesson, course))
        assert not without_links_to_checks(Outline(html)), lesson.slug
        assert len(gzip.compress(html.encode())) <= BYTES_FOR_A_TEXT, lesson.slug
        addresses = {anchor.id for anchor in lesson.anchors.values() if anchor.kind != "check"}
        assert addresses <= set(Outline(html).ids), lesson.slug
    for question in course.questions.values():
        rendered = render_question(question.definition, course)
        assert json.loads(json.dumps(rendered)) == rendered
        assert rendered.keys() == question.definition.keys()
        assert not Outline(str(rendered["prompt"])).faults, question.id
