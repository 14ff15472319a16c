"""What explores a course across its lessons, as the database has it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import ColumnElement, Select, case, func, or_, select
from sqlalchemy.orm import aliased, contains_eager, joinedload, undefer

from courseware.content.provenance import FROM_THE_OTHER_END, RELATION_ORDER, RELATION_WORDS
from courseware.content.schema import RelationKind
from courseware.core.database import db
from courseware.courses.models import (
    Actor,
    ActorClaim,
    Claim,
    ClaimRelation,
    ClaimUse,
    Dispute,
    Lesson,
    Module,
    Source,
    Tension,
    Term,
    TimelineEvent,
)


@dataclass(frozen=True)
class ClaimFilter:
    """Which claims are wanted; None leaves a filter open. `keys` are those that a search has found."""

    source: str | None = None
    module: str | None = None
    type: str | None = None
    support: str | None = None
    hedging: str | None = None
    standing: str | None = None
    actor: str | None = None
    keys: Sequence[str] | None = None


@dataclass(frozen=True)
class DisagreementFilter:
    """Which disagreements are wanted; None leaves a filter open. Only tensions have a kind and a strength."""

    source: str | None = None
    module: str | None = None
    kind: str | None = None
    strength: str | None = None


@dataclass(frozen=True)
class Bearing:
    """How a claim stands to another one, in words that go before the other."""

    kind: RelationKind
    words: str
    claim: Claim


def count_claims(version_id: int, wanted: ClaimFilter) -> int:
    """Return how many claims fit a filter."""
    fitting = _fitting(version_id, wanted).with_only_columns(Claim.id)
    return db.session.scalar(select(func.count()).select_from(fitting.subquery())) or 0


def list_claims(version_id: int, wanted: ClaimFilter, *, start: int = 0, most: int | None = None) -> Sequence[Claim]:
    """Return the claims that fit a filter, or a stretch of them, with their sources, in the order of the sources."""
    fitting = _fitting(version_id, wanted).order_by(Claim.position).offset(start).limit(most)
    return db.session.scalars(fitting.options(contains_eager(Claim.source))).all()


def standings(version_id: int) -> Mapping[int, str]:
    """Return how each claim stands to the others: disputed, agreed or alone."""
    standing = _standing(version_id).label("standing")
    rows = db.session.execute(select(Claim.id, standing).where(Claim.version_id == version_id))
    return {row.id: row.standing for row in rows}


def uses_by_claim(version_id: int) -> Mapping[int, list[ClaimUse]]:
    """Return for each claim that is used the places that rest on it, in the order of the course, with their lessons."""
    rows = db.session.scalars(
        select(ClaimUse)
        .join(ClaimUse.lesson)
        .join(Lesson.module)
        .where(Lesson.version_id == version_id)
        .order_by(Module.number, Lesson.number, ClaimUse.id)
        .options(contains_eager(ClaimUse.lesson).contains_eager(Lesson.module))
    )
    uses: defaultdict[int, list[ClaimUse]] = defaultdict(list)
    for use in rows:
        uses[use.claim_id].append(use)
    return uses


def _fitting(version_id: int, wanted: ClaimFilter) -> Select[Claim]:
    columns = (
        (Source.key, wanted.source),
        (Claim.topic, wanted.module),
        (Claim.type, wanted.type),
        (Claim.support, wanted.support),
        (Claim.hedging, wanted.hedging),
    )
    statement = select(Claim).join(Claim.source).where(Claim.version_id == version_id)
    statement = statement.where(*[column == value for column, value in columns if value is not None])
    if wanted.keys is not None:
        statement = statement.where(Claim.key.in_(wanted.keys))
    if wanted.actor is not None:
        about = select(ActorClaim.claim_id).join(Actor, Actor.id == ActorClaim.actor_id)
        statement = statement.where(
            Claim.id.in_(about.where(Actor.key == wanted.actor, Actor.version_id == version_id))
        )
    if wanted.standing is not None:
        statement = statement.where(_standing(version_id) == wanted.standing)
    return statement


def _standing(version_id: int) -> ColumnElement[str]:
    """Be disputed for a claim that any other contradicts, else agreed if another source agrees, else alone."""
    contradicted = _is_related(version_id, "contradicts")
    agreed = _is_related(version_id, "corroborates", across_sources=True)
    return case((contradicted, "disputed"), (agreed, "agreed"), else_="alone")


def _is_related(version_id: int, kind: RelationKind, *, across_sources: bool = False) -> ColumnElement[bool]:
    """Hold for a claim at either end of a relation of that kind."""
    one, other = aliased(Claim), aliased(Claim)
    related = (
        select(one.id.label("one"), other.id.label("other"))
        .select_from(ClaimRelation)
        .join(one, ClaimRelation.from_claim_id == one.id)
        .join(other, ClaimRelation.to_claim_id == other.id)
        .where(one.version_id == version_id, ClaimRelation.kind == kind)
    )
    if across_sources:
        related = related.where(one.source_id != other.source_id)
    # Found once for all claims: PostgreSQL takes seconds for what it has to look for anew at every claim.
    pairs = related.cte()
    return Claim.id.in_(select(pairs.c.one).union(select(pairs.c.other)))


def find_claim(version_id: int, key: str) -> Claim | None:
    """Return a claim of a version with its source."""
    return db.session.scalar(
        select(Claim).where(Claim.version_id == version_id, Claim.key == key).options(joinedload(Claim.source))
    )


def bearings(claim_ids: Sequence[int]) -> Mapping[int, list[Bearing]]:
    """Return for each of some claims the claims that bear on it, each once by its weightiest relation."""
    ids = set(claim_ids)
    rows = db.session.scalars(
        select(ClaimRelation)
        .where(or_(ClaimRelation.from_claim_id.in_(ids), ClaimRelation.to_claim_id.in_(ids)))
        .options(
            joinedload(ClaimRelation.from_claim).joinedload(Claim.source),
            joinedload(ClaimRelation.to_claim).joinedload(Claim.source),
        )
    ).unique()
    found: defaultdict[int, dict[int, Bearing]] = defaultdict(dict)
    for row in rows:
        kind = cast("RelationKind", row.kind)
        ends = (
            (row.from_claim, row.to_claim, kind),
            (row.to_claim, row.from_claim, FROM_THE_OTHER_END[kind]),
        )
        for claim, other, way in ends:
            known = found[claim.id].get(other.id)
            if claim.id in ids and (known is None or _weight(way) < _weight(known.kind)):
                found[claim.id][other.id] = Bearing(way, RELATION_WORDS[way], other)
    return {
        claim_id: sorted(others.values(), key=lambda each: (_weight(each.kind), each.claim.position))
        for claim_id, others in found.items()
    }


def _weight(kind: RelationKind) -> int:
    return RELATION_ORDER.index(kind)


def list_contradictions(version_id: int, wanted: DisagreementFilter) -> list[tuple[Claim, Claim]]:
    """Return the pairs of claims of different sources that contradict one another, each pair once.

    A pair fits if one of the two is of the source, and one of the two of the module.
    """
    one, other = aliased(Claim), aliased(Claim)
    rows = db.session.execute(
        select(one, other)
        .join(ClaimRelation, ClaimRelation.from_claim_id == one.id)
        .join(other, ClaimRelation.to_claim_id == other.id)
        .where(one.version_id == version_id, ClaimRelation.kind == "contradicts", one.source_id != other.source_id)
        .options(joinedload(one.source), joinedload(other.source))
        .order_by(one.position, other.position)
    )
    pairs: dict[frozenset[int], tuple[Claim, Claim]] = {}
    for first, second in rows:
        fits_source = wanted.source in (None, first.source.key, second.source.key)
        if fits_source and wanted.module in (None, first.topic, second.topic):
            ordered = (first, second) if first.position < second.position else (second, first)
            pairs.setdefault(frozenset((first.id, second.id)), ordered)
    return sorted(pairs.values(), key=lambda pair: (pair[0].position, pair[1].position))


def list_disputes(version_id: int, wanted: DisagreementFilter) -> list[Dispute]:
    """Return the disputes that lessons of the module set out and that cite the source, in the order of the course."""
    rows = db.session.scalars(
        select(Dispute)
        .join(Dispute.lesson)
        .join(Lesson.module)
        .where(Dispute.version_id == version_id)
        .order_by(Module.number, Lesson.number, Dispute.id)
        .options(contains_eager(Dispute.lesson).contains_eager(Lesson.module))
    )
    return [
        dispute
        for dispute in rows
        if (wanted.source is None or wanted.source in dispute.source_keys)
        and wanted.module in (None, dispute.lesson.module.slug)
    ]


def list_tensions(version_id: int, wanted: DisagreementFilter) -> list[Tension]:
    """Return the tensions that fit, in order.

    One is of a module if a lesson of the module names it or a claim of the module shows it.
    """
    rows = db.session.scalars(select(Tension).where(Tension.version_id == version_id).order_by(Tension.position))
    of_module = _lessons_and_claims(version_id, wanted.module)
    return [
        tension
        for tension in rows
        if (wanted.source is None or wanted.source in tension.source_keys)
        and (wanted.kind is None or wanted.kind in tension.kinds)
        and wanted.strength in (None, tension.strength)
        and (wanted.module is None or not of_module.isdisjoint([*tension.lesson_slugs, *tension.claim_keys]))
    ]


def _lessons_and_claims(version_id: int, module: str | None) -> frozenset[str]:
    """Return the slugs of the lessons and the keys of the claims of a module."""
    lessons = select(Lesson.slug).join(Lesson.module).where(Lesson.version_id == version_id, Module.slug == module)
    claims = select(Claim.key).where(Claim.version_id == version_id, Claim.topic == module)
    return frozenset(db.session.scalars(lessons.union_all(claims))) if module else frozenset()


def list_events(version_id: int) -> Sequence[TimelineEvent]:
    """Return the events in order of time, the undated ones last."""
    return db.session.scalars(
        select(TimelineEvent)
        .where(TimelineEvent.version_id == version_id)
        .order_by(TimelineEvent.year.is_(None), TimelineEvent.year, TimelineEvent.position)
    ).all()


def list_actors(version_id: int) -> Sequence[tuple[Actor, int]]:
    """Return the actors in order, each with the number of claims about it."""
    counts = select(ActorClaim.actor_id, func.count().label("count")).group_by(ActorClaim.actor_id).subquery()
    rows = db.session.execute(
        select(Actor, func.coalesce(counts.c.count, 0))
        .outerjoin(counts, counts.c.actor_id == Actor.id)
        .where(Actor.version_id == version_id)
        .order_by(Actor.position)
    )
    return [(actor, count) for actor, count in rows]


def list_actors_of(claim_id: int) -> Sequence[Actor]:
    """Return the actors that a claim is about."""
    return db.session.scalars(
        select(Actor)
        .join(ActorClaim, ActorClaim.actor_id == Actor.id)
        .where(ActorClaim.claim_id == claim_id)
        .order_by(Actor.position)
    ).all()


def list_terms(version_id: int) -> Sequence[Term]:
    """Return the glossary in alphabetical order, each term with the lesson that explains it."""
    terms = db.session.scalars(
        select(Term).where(Term.version_id == version_id).options(joinedload(Term.lesson).joinedload(Lesson.module))
    )
    return sorted(terms, key=lambda term: term.key.casefold())


def list_uses(claim_id: int) -> Sequence[ClaimUse]:
    """Return the places that rest on a claim, in the order of the course, with their lessons and addresses."""
    return db.session.scalars(
        select(ClaimUse)
        .join(ClaimUse.lesson)
        .join(Lesson.module)
        .where(ClaimUse.claim_id == claim_id)
        .order_by(Module.number, Lesson.number, ClaimUse.id)
        .options(contains_eager(ClaimUse.lesson).options(contains_eager(Lesson.module), undefer(Lesson.anchors)))
    ).all()


def list_modules(version_id: int) -> Sequence[Module]:
    """Return the modules of a version, in order."""
    return db.session.scalars(select(Module).where(Module.version_id == version_id).order_by(Module.number)).all()


def count_supports(version_id: int) -> Mapping[str, Mapping[str, int]]:
    """Return for each source how many of its claims rest on what."""
    rows = db.session.execute(
        select(Source.key, Claim.support, func.count())
        .join(Claim.source)
        .where(Claim.version_id == version_id)
        .group_by(Source.key, Claim.support)
    )
    counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for source, support, count in rows:
        counts[source][support] = count
    return counts
