"""Whether tensions, events and actors lead to claims and sources, and each actor stands there once."""

from courseware.content.draft import Draft
from courseware.content.issues import Rule
from courseware.content.shapes import Shape
from courseware.content.text_checks import References
from courseware.content.validation import Piece


def check_library(draft: Draft, references: References) -> None:
    """Log claims and sources that do not exist, actors given twice, and what rests on nothing."""
    if draft.tensions:
        for position, tension in enumerate(draft.tensions.model.tensions):
            _follow(draft.tensions, ("tensions", position), tension.claims, references)
            for number, source in enumerate(tension.sources):
                references.follow_source(source, draft.tensions.place("tensions", position, "sources", number))
            if not (tension.claims or tension.sources):
                what = "The key “claims” is missing, or “sources” where no claim shows it."
                references.log.add(draft.tensions.place("tensions", position), Rule.MISSING_KEY, what)
    if draft.timeline:
        for position, event in enumerate(draft.timeline.model.events):
            _follow(draft.timeline, ("events", position), event.claims, references)
    if draft.actors:
        seen: set[str] = set()
        for position, actor in enumerate(draft.actors.model.actors):
            _follow(draft.actors, ("actors", position), actor.claims, references)
            if actor.id in seen:
                place = draft.actors.place("actors", position, "id")
                references.log.add(place, Rule.DUPLICATE_ID, f"The actor “{actor.id}” stands here twice.")
            seen.add(actor.id)


def _follow(piece: Piece[Shape], steps: tuple[str | int, ...], claims: tuple[str, ...], references: References) -> None:
    """Follow claims without counting them as cited: only lessons, figures and questions do that."""
    for number, claim in enumerate(claims):
        if references.names.claims.lacks(claim):
            place = piece.place(*steps, "claims", number)
            references.log.add(place, Rule.DEAD_CLAIM, f"There is no claim “{claim}”.")
