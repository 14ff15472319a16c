"""The source library: sources, claims, disagreements, timeline, actors, glossary, search."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from courseware.content.claim_words import HEDGING_WORDS, SUPPORT_WORDS, TYPE_WORDS
from courseware.content.provenance import KIND_WORDS
from courseware.core.permissions import Permission
from courseware.courses import queries as course_queries
from courseware.courses import search as course_search
from courseware.courses.models import BankQuestion, Claim, Lesson, Term, TimelineEvent
from courseware.library import queries
from courseware.library.forms import NO_SUCH_PAGE, ClaimFilterForm, DisagreementFilterForm, SearchForm, choices
from courseware.library.queries import ClaimFilter
from courseware.library.rules import GROUP_WORDS, STRENGTH_WORDS, TENSION_WORDS, Stretch, excerpt, quantity
from courseware.questions import registry
from courseware.questions.base import Question, Review
from courseware.web.guard import requires

CLAIMS_ON_A_PAGE = 50
RESULTS_OF_A_KIND = 6
PASSAGES_OF_A_LESSON = 2

blueprint = Blueprint("library", __name__)


@blueprint.context_processor
def _words() -> dict[str, object]:
    """Give every page of the library the words for what a source, a claim and a tension are."""
    return {
        "kind_words": KIND_WORDS,
        "group_words": GROUP_WORDS,
        "type_words": TYPE_WORDS,
        "support_words": SUPPORT_WORDS,
        "hedging_words": HEDGING_WORDS,
        "tension_words": TENSION_WORDS,
        "strength_words": STRENGTH_WORDS,
    }


@blueprint.get("/sources")
@requires(Permission.COURSE_READ)
def register() -> ResponseReturnValue:
    """List the sources with what a careful reader notes about each."""
    version = course_queries.get_current_version()
    return render_template(
        "library/register.html",
        version=version,
        sources=course_queries.list_sources(version.id),
        supports=queries.count_supports(version.id),
    )


@blueprint.get("/sources/<slug:source_key>")
@requires(Permission.COURSE_READ)
def source(source_key: str) -> ResponseReturnValue:
    """Show a source and every claim it makes, each with what bears on it."""
    version = course_queries.get_current_version()
    source = course_queries.find_source(version.id, source_key)
    if source is None:
        raise NotFound
    claims = course_queries.list_claims(source.id)
    return render_template(
        "library/source.html", source=source, claims=claims, bearings=queries.bearings([claim.id for claim in claims])
    )


@blueprint.get("/claims")
@requires(Permission.COURSE_READ)
def claims() -> ResponseReturnValue:
    """Show the claims that fit the filters in the address."""
    version = course_queries.get_current_version()
    modules = queries.list_modules(version.id)
    form = ClaimFilterForm()
    form.source.choices = _source_choices(version.id)
    form.module.choices = choices(
        "All modules", {each.slug: f"{each.number} {each.title}" for each in modules} | {"context": "Context only"}
    )
    form.actor.choices = choices("Anybody", {actor.key: actor.name for actor, _ in queries.list_actors(version.id)})
    page = 1
    count: int = 0
    shown: Sequence[Claim] = []
    if form.validate():
        page = form.page.data or 1
        count, shown = queries.list_claims(
            version.id,
            ClaimFilter(
                source=form.source.data or None,
                module=form.module.data or None,
                type=form.type.data or None,
                support=form.support.data or None,
                hedging=form.hedging.data or None,
                standing=form.standing.data or None,
                actor=form.actor.data or None,
                keys=_keys_found(version.id, (form.words.data or "").strip()),
            ),
            start=(page - 1) * CLAIMS_ON_A_PAGE,
            most=CLAIMS_ON_A_PAGE,
        )
    pages = max(1, -(-count // CLAIMS_ON_A_PAGE))
    if page > pages:
        form.refuse(form.page, NO_SUCH_PAGE)
    return render_template(
        "library/claims.html",
        form=form,
        claims=shown,
        bearings=queries.bearings([claim.id for claim in shown]),
        count=count,
        page=page,
        pages=pages,
        chosen={name: value for name, value in form.chosen.items() if name != "page"},
    ), form.page_status


def _keys_found(version_id: int, words: str) -> list[str] | None:
    """Return the claims that hold all the words, or None if there are no words to look for."""
    if not words:
        return None
    findings = course_search.find(version_id, words, "claim")
    return [found.key for found in findings.results] if findings.has_all_words else []


@dataclass(frozen=True)
class UseView:
    """What of one lesson rests on a claim: its blocks by anchor and label, and how many questions."""

    lesson: Lesson
    places: Mapping[str, str]
    questions: list[str]


@blueprint.get("/claims/<slug:claim_key>")
@requires(Permission.COURSE_READ)
def claim(claim_key: str) -> ResponseReturnValue:
    """Show one claim: who says it and on what, what bears on it, and where the course uses it."""
    version = course_queries.get_current_version()
    claim = queries.find_claim(version.id, claim_key)
    if claim is None:
        raise NotFound
    return render_template(
        "library/claim.html",
        claim=claim,
        module=next((each for each in queries.list_modules(version.id) if each.slug == claim.topic), None),
        bearings=queries.bearings([claim.id]).get(claim.id, []),
        tensions=[each for each in queries.list_tensions(version.id) if claim.key in each.claim_keys],
        actors=queries.list_actors_of(claim.id),
        uses=_uses(claim),
        quantity=quantity,
    )


@dataclass(frozen=True)
class BankView:
    """A question of the bank as those who teach read it, with its key and feedback."""

    row: BankQuestion
    question: Question
    review: Review
    claims: list[Claim]


@blueprint.get("/modules/<slug:module_slug>/questions")
@requires(Permission.BANK_READ)
def bank(module_slug: str) -> ResponseReturnValue:
    """Show the question bank of a module with keys and feedback, to those who teach."""
    version = course_queries.get_current_version()
    module = next((each for each in queries.list_modules(version.id) if each.slug == module_slug), None)
    if module is None:
        raise NotFound
    rows = course_queries.list_whole_bank(module.id)
    questions = [registry.build(row.question_version.rendered) for row in rows]
    claims = _by_key(version.id, {key for question in questions for key in question.claims})
    views = [
        BankView(row, question, question.review(None, question.layout(None)), [claims[key] for key in question.claims])
        for row, question in zip(rows, questions, strict=True)
    ]
    return render_template("library/bank.html", module=module, views=views)


def _uses(claim: Claim) -> list[UseView]:
    views: list[UseView] = []
    for lesson, uses in groupby(queries.list_uses(claim.id), lambda use: use.lesson):
        of_lesson = list(uses)
        anchors = [use.anchor for use in of_lesson if use.question_key is None]
        views.append(
            UseView(
                lesson,
                {anchor: lesson.anchors[anchor] for anchor in anchors},
                list(dict.fromkeys(use.question_key for use in of_lesson if use.question_key)),
            )
        )
    return views


@blueprint.get("/disagreements")
@requires(Permission.COURSE_READ)
def disagreements() -> ResponseReturnValue:
    """Show where sources disagree: as lessons set it out, claim against claim, and in the register of tensions."""
    version = course_queries.get_current_version()
    form = DisagreementFilterForm()
    form.source.choices = _source_choices(version.id)
    form.validate()
    chosen = {name: str(value) for name, value in form.chosen.items()}
    show = chosen.pop("show", "disputes")
    source = chosen.get("source")
    tensions = queries.list_tensions(version.id, source, chosen.get("kind"), chosen.get("strength"))
    keys = {key for tension in tensions for key in tension.claim_keys}
    return render_template(
        "library/disagreements.html",
        form=form,
        show=show,
        disputes=queries.list_disputes(version.id, source),
        contradictions=queries.list_contradictions(version.id, source),
        tensions=tensions,
        claims=_by_key(version.id, keys),
        lessons={lesson.slug: lesson for lesson in course_queries.list_lessons(version.id)},
        chosen=chosen,
    ), form.page_status


@dataclass(frozen=True)
class EventView:
    """An event, and the claims that tell of it."""

    event: TimelineEvent
    claims: list[Claim]


@blueprint.get("/timeline")
@requires(Permission.COURSE_READ)
def timeline() -> ResponseReturnValue:
    """Show what happened when, as the sources have it."""
    version = course_queries.get_current_version()
    events = queries.list_events(version.id)
    claims = _by_key(version.id, {key for event in events for key in event.claim_keys})
    views = [EventView(event, [claims[key] for key in event.claim_keys]) for event in events]
    return render_template("library/timeline.html", views=views)


@blueprint.get("/actors")
@requires(Permission.COURSE_READ)
def actors() -> ResponseReturnValue:
    """Show who acts or speaks in the sources, in the roles that they state."""
    return render_template("library/actors.html", actors=queries.list_actors(course_queries.get_current_version().id))


@dataclass(frozen=True)
class TermView:
    """A term of the glossary, and the lessons that use it."""

    term: Term
    lessons: list[Lesson]


@blueprint.get("/glossary")
@requires(Permission.COURSE_READ)
def glossary() -> ResponseReturnValue:
    """Show every term that a lesson explains, with the lessons that use it."""
    version = course_queries.get_current_version()
    lessons = {lesson.slug: lesson for lesson in course_queries.list_lessons(version.id)}
    terms = [
        TermView(term, [lessons[slug] for slug in term.used_in if slug != term.lesson.slug])
        for term in queries.list_terms(version.id)
    ]
    letters = [(letter, list(group)) for letter, group in groupby(terms, lambda view: view.term.key[0].upper())]
    return render_template("library/glossary.html", letters=letters, count=len(terms))


@dataclass(frozen=True)
class Passage:
    """A passage that was found: where it stands, and the words around what was looked for."""

    address: str
    stretches: list[Stretch]


@dataclass(frozen=True)
class Hit:
    """Something that was found, with its best passages."""

    title: str
    address: str
    passages: list[Passage]


@dataclass(frozen=True)
class HitGroup:
    """What was found of one kind: the best, and how many there are."""

    kind: str
    hits: list[Hit]
    count: int


@blueprint.get("/search")
@requires(Permission.COURSE_READ)
def search() -> ResponseReturnValue:
    """Look for words in lessons, glossary, claims, sources and disagreements."""
    form = SearchForm()
    query = (form.q.data or "").strip() if form.validate() else ""
    kind = form.kind.data or None if not form.errors else None
    findings = course_search.find(course_queries.get_current_version().id, query, kind)
    groups = _groups(findings, most=None if kind else RESULTS_OF_A_KIND)
    return render_template(
        "library/search.html", form=form, query=query, groups=groups, findings=findings
    ), form.page_status


def _groups(findings: course_search.Findings, most: int | None) -> list[HitGroup]:
    """Return what was found by kind, the best first within each; passages of one lesson are one hit."""
    by_kind: dict[str, dict[str, list[course_search.Found]]] = {kind: {} for kind in GROUP_WORDS}
    for found in findings.results:
        by_kind[found.kind].setdefault(found.key, []).append(found)
    return [
        HitGroup(kind, [_hit(found, findings.words) for found in list(hits.values())[:most]], len(hits))
        for kind, hits in by_kind.items()
        if hits
    ]


def _hit(found: list[course_search.Found], words: Iterable[str]) -> Hit:
    passages = [Passage(each.address, excerpt(each.body, list(words))) for each in found[:PASSAGES_OF_A_LESSON]]
    return Hit(found[0].title, found[0].address.partition("#")[0] if len(found) > 1 else found[0].address, passages)


def _source_choices(version_id: int) -> dict[str, str]:
    return choices("All sources", {each.key: each.name for each in course_queries.list_sources(version_id)})


def _by_key(version_id: int, keys: Iterable[str]) -> Mapping[str, Claim]:
    return {claim.key: claim for claim in course_queries.list_named_claims(version_id, sorted(keys))}
