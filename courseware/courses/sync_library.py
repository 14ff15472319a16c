"""Writes what explores a course across its lessons: uses of claims, terms, data of figures, disputes, the registers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass

from courseware.content.course import Course
from courseware.content.figures.data import figure_rows
from courseware.content.lessons import FigureBlock
from courseware.content.library_schema import Actor as AuthoredActor
from courseware.content.provenance import Provenance
from courseware.content.rendering import RenderedDispute
from courseware.content.uses import claim_uses, term_uses
from courseware.core.csv_text import csv_text
from courseware.core.database import db
from courseware.courses.models import (
    Actor,
    ActorClaim,
    Claim,
    ClaimUse,
    Dispute,
    FigureData,
    Lesson,
    Tension,
    Term,
    TimelineEvent,
)


@dataclass(frozen=True)
class Rows:
    """What a version holds already: its lessons and claims, with their ids."""

    version_id: int
    lessons: Mapping[str, Lesson]
    claims: Mapping[str, Claim]


def write_library(loaded: Course, rows: Rows) -> None:
    """Write all of it for a version whose lessons and claims are written."""
    uses = term_uses(loaded)
    db.session.add_all(
        Term(
            version_id=rows.version_id,
            lesson_id=rows.lessons[term.lesson].id,
            key=term.term,
            definition=term.definition,
            used_in=uses[term.term],
        )
        for term in loaded.glossary.values()
    )
    db.session.add_all(_figure_data(loaded, rows))
    db.session.add_all(
        ClaimUse(
            claim_id=rows.claims[use.claim].id,
            lesson_id=rows.lessons[use.lesson].id,
            anchor=use.anchor,
            question_key=use.question,
        )
        for use in claim_uses(loaded)
    )
    db.session.add_all(_tensions(loaded, rows.version_id))
    db.session.add_all(
        TimelineEvent(
            version_id=rows.version_id,
            position=position,
            when=event.when,
            year=event.at,
            is_inferred=event.inferred,
            text=event.text,
            claim_keys=list(event.claims),
        )
        for position, event in enumerate(loaded.events)
    )
    _write_actors(loaded, rows)
    db.session.flush()


def dispute_row(version_id: int, lesson_id: int, dispute: RenderedDispute) -> Dispute:
    """Return the row of a dispute."""
    return Dispute(
        version_id=version_id,
        lesson_id=lesson_id,
        anchor=dispute.anchor,
        question=dispute.question,
        positions=[asdict(position) for position in dispute.positions],
        relation=dispute.relation,
        verdict=dispute.verdict,
        source_keys=list(dispute.sources),
    )


def _figure_data(loaded: Course, rows: Rows) -> Iterator[FigureData]:
    provenance = Provenance(loaded.sources, loaded.claims)
    for lesson in loaded.lessons.values():
        for block in lesson.blocks:
            if isinstance(block, FigureBlock):
                yield FigureData(
                    lesson_id=rows.lessons[lesson.slug].id,
                    anchor=block.id,
                    title=block.figure.title,
                    csv=csv_text(figure_rows(block.figure, provenance)),
                )


def _tensions(loaded: Course, version_id: int) -> Iterator[Tension]:
    for position, tension in enumerate(loaded.tensions.values()):
        sources = dict.fromkeys([*(loaded.claims[claim].source for claim in tension.claims), *tension.sources])
        yield Tension(
            version_id=version_id,
            key=tension.id,
            position=position,
            title=tension.title,
            kinds=list(tension.kinds),
            strength=tension.strength,
            source_keys=list(sources),
            claim_keys=list(tension.claims),
            lesson_slugs=[lesson.slug for lesson in loaded.lessons.values() if tension.id in lesson.tensions],
            what=tension.what,
            reader=tension.reader,
        )


def _write_actors(loaded: Course, rows: Rows) -> None:
    actors = {
        key: Actor(
            version_id=rows.version_id,
            key=key,
            position=position,
            name=actor.name,
            kind=actor.kind,
            role=actor.role,
        )
        for position, (key, actor) in enumerate(loaded.actors.items())
    }
    db.session.add_all(actors.values())
    db.session.flush()
    db.session.add_all(
        ActorClaim(actor_id=actors[key].id, claim_id=rows.claims[claim].id)
        for key, actor in loaded.actors.items()
        for claim in _claims_about(actor, loaded)
    )


def _claims_about(actor: AuthoredActor, loaded: Course) -> Iterator[str]:
    """Return the claims that are given for an actor or speak of it by a name, in the order of the claims."""
    names = "|".join(map(re.escape, actor.named))
    pattern = re.compile(rf"(?<!\w)(?:{names})(?!\w)") if names else None
    for claim in loaded.claims.values():
        words = f"{claim.statement} {claim.speaker or ''}"
        if claim.id in actor.claims or (pattern and pattern.search(words)):
            yield claim.id
