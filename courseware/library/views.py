"""The source library: sources, claims, disagreements, timeline, actors, glossary, search."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from courseware.content.claim_words import HEDGING_WORDS, SUPPORT_WORDS, TYPE_WORDS, evidence_words
from courseware.content.provenance import KIND_WORDS
from courseware.core.csv_text import csv_text
from courseware.core.permissions import Permission
from courseware.courses import queries as course_queries
from courseware.courses import search as course_search
from courseware.courses.models import BankQuestion, Claim, CourseVersion, Lesson, Module, Term, TimelineEvent
from courseware.courses.rules import Hit
from courseware.library import queries
from courseware.library.claim_table import ClaimFacts, claim_rows
from courseware.library.forms import NO_SUCH_PAGE, ClaimFilterForm, DisagreementFilterForm, SearchForm, choices
from courseware.library.queries import ClaimFilter, DisagreementFilter
from courseware.library.rules import (
    GROUP_WORDS,
    KINDS_OF_GROUP,
    STRENGTH_WORDS,
    TENSION_WORDS,
    Stretch,
    excerpt,
    quantity,
)
from courseware.questions import registry
from courseware.questions.base import Question, Review
from courseware.web.guard import may, requires
from courseware.web.responses import csv_download

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
        "evidence_words": evidence_words,
    }


@blueprint.before_request
def _drop_empty_fields() -> ResponseReturnValue | None:
    """Lead an address with empty fields, as a form of filters sends it, to the same without them."""
    given = list(request.args.items(multi=True))
    kept = [(name, value) for name, value in given if value]
    if kept == given:
        return None
    return redirect(f"{request.path}?{urlencode(kept)}" if kept else request.path)


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
    form = _claim_filters(version)
    return _claims_page(version, form)


@blueprint.get("/claims.csv")
@requires(Permission.COURSE_READ)
def claims_data() -> ResponseReturnValue:
    """Give the claims that fit the filters in the address as CSV; the page, which says why, if it cannot be done."""
    version = course_queries.get_current_version()
    form = _claim_filters(version)
    if not form.validate():
        return _claims_page(version, form)
    claims = queries.list_claims(version.id, _wanted_claims(version, form))
    facts = ClaimFacts(
        modules=queries.list_modules(version.id),
        standings=queries.standings(version.id),
        uses=queries.uses_by_claim(version.id),
    )
    return csv_download(csv_text(claim_rows(claims, facts, with_questions=may("bank:read"))), "claims.csv")


def _claim_filters(version: CourseVersion) -> ClaimFilterForm:
    form = ClaimFilterForm()
    form.source.choices = _source_choices(version.id)
    form.module.choices = _module_choices(queries.list_modules(version.id)) | {"context": "Context only"}
    form.actor.choices = choices("Anybody", {actor.key: actor.name for actor, _ in queries.list_actors(version.id)})
    return form


def _wanted_claims(version: CourseVersion, form: ClaimFilterForm) -> ClaimFilter:
    return ClaimFilter(
        source=form.source.data or None,
        module=form.module.data or None,
        type=form.type.data or None,
        support=form.support.data or None,
        hedging=form.hedging.data or None,
        standing=form.standing.data or None,
        actor=form.actor.data or None,
        keys=_keys_found(version.id, form.words.data or ""),
    )


def _claims_page(version: CourseVersion, form: ClaimFilterForm) -> ResponseReturnValue:
    page = 1
    count: int = 0
    shown: Sequence[Claim] = []
    if form.validate():
        page = form.page.data or 1
        wanted = _wanted_claims(version, form)
        count = queries.count_claims(version.id, wanted)
        shown = queries.list_claims(version.id, wanted, start=(page - 1) * CLAIMS_ON_A_PAGE, most=CLAIMS_ON_A_PAGE)
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
    """Return the claims that hold all the words, or None if there are no words to look for, or only common ones."""
    findings = course_search.find(version_id, words, KINDS_OF_GROUP["claim"])
    return [hit.key for hit in findings.hits if hit.has_all_words] if findings.words else None


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
        tensions=[
            each for each in queries.list_tensions(version.id, DisagreementFilter()) if claim.key in each.claim_keys
        ],
        actors=queries.list_actors_of(claim.id),
        uses=_uses(claim),
        quantity=quantity,
    )


@dataclass(frozen=True)
class BankView:
    """A question of the bank as those who teach read it, with its key and feedback.

    `facility` is the share of the points that the author expects on average.
    """

    row: BankQuestion
    question: Question
    key: Review
    claims: list[Claim]
    facility: float


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
        BankView(
            row,
            question,
            Review(None, question.key_parts(), question.closing()),
            [claims[key] for key in question.claims],
            row.question_version.definition["facility"],
        )
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
    lessons = {lesson.slug: lesson for lesson in course_queries.list_lessons(version.id)}
    form.module.choices = _module_choices(dict.fromkeys(lesson.module for lesson in lessons.values()))
    form.validate()
    chosen = {name: str(value) for name, value in form.chosen.items()}
    show = chosen.pop("show", "disputes")
    wanted = DisagreementFilter(**chosen)
    tensions = queries.list_tensions(version.id, wanted)
    keys = {key for tension in tensions for key in tension.claim_keys}
    return render_template(
        "library/disagreements.html",
        form=form,
        show=show,
        disputes=queries.list_disputes(version.id, wanted),
        contradictions=queries.list_contradictions(version.id, wanted),
        tensions=tensions,
        claims=_by_key(version.id, keys),
        lessons=lessons,
        chosen=chosen,
        shared={name: value for name, value in chosen.items() if name in {"source", "module"}},
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
class PassageView:
    """A passage that was found: where it stands, and the words around what was looked for."""

    address: str
    stretches: list[Stretch]


@dataclass(frozen=True)
class HitView:
    """Something that was found, with its best passages."""

    title: str
    address: str
    passages: list[PassageView]


@dataclass(frozen=True)
class GroupView:
    """What was found of one group of kinds: the best, and how many there are."""

    name: str
    hits: list[HitView]
    count: int


@blueprint.get("/search")
@requires(Permission.COURSE_READ)
def search() -> ResponseReturnValue:
    """Look for words in lessons, glossary, claims, sources and disagreements."""
    form = SearchForm()
    query = (form.q.data or "").strip() if form.validate() else ""
    names = [form.kind.data] if form.kind.data and not form.errors else list(GROUP_WORDS)
    kinds = [kind for name in names for kind in KINDS_OF_GROUP[name]]
    findings = course_search.find(course_queries.get_current_version().id, query, kinds)
    groups = _groups(findings, names, most=None if len(names) == 1 else RESULTS_OF_A_KIND)
    return render_template(
        "library/search.html", form=form, query=query, groups=groups, findings=findings
    ), form.page_status


def _groups(findings: course_search.Findings, names: Iterable[str], most: int | None) -> list[GroupView]:
    """Return what was found by group, the best first within each."""
    groups: list[GroupView] = []
    for name in names:
        hits = [hit for hit in findings.hits if hit.kind in KINDS_OF_GROUP[name]]
        if hits:
            groups.append(GroupView(name, [_hit_view(hit, findings.words) for hit in hits[:most]], len(hits)))
    return groups


def _hit_view(hit: Hit, words: Sequence[str]) -> HitView:
    """Return a hit as it is shown: several passages of a lesson lead to their places, and its title to the lesson."""
    address = hit.passages[0].address
    passages = [PassageView(each.address, excerpt(each.body, words)) for each in hit.passages[:PASSAGES_OF_A_LESSON]]
    return HitView(hit.title, address.partition("#")[0] if len(hit.passages) > 1 else address, passages)


def _module_choices(modules: Iterable[Module]) -> dict[str, str]:
    return choices("All modules", {each.slug: f"{each.number} {each.title}" for each in modules})


def _source_choices(version_id: int) -> dict[str, str]:
    return choices("All sources", {each.key: each.name for each in course_queries.list_sources(version_id)})


def _by_key(version_id: int, keys: Iterable[str]) -> Mapping[str, Claim]:
    return {claim.key: claim for claim in course_queries.list_named_claims(version_id, sorted(keys))}
