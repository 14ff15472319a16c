"""Progress and mastery, from plain records."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

RECENT_ANSWERS = 6
SECURE_SHARE = Decimal("0.8")
BUILDING_SHARE = Decimal("0.5")
LEAST_FOR_SECURE = 3


class MasteryLevel(enum.StrEnum):
    """How far somebody is with an objective, in words."""

    NOT_STARTED = "Not started"
    NOT_YET = "Not yet"
    BUILDING = "Building"
    SECURE = "Secure"


@dataclass(frozen=True)
class Mastery:
    """The last answers on one objective: how many there were and the share of points they earned."""

    answers: int
    share: Decimal
    level: MasteryLevel


def mastery(recent: Sequence[tuple[Decimal, Decimal]]) -> Mastery:
    """Judge an objective by (earned, possible) of its answers, the newest first.

    Only the last six count. Fewer than three answers are never called secure.
    """
    counted = [(earned, possible) for earned, possible in recent if possible > 0][:RECENT_ANSWERS]
    if not counted:
        return Mastery(0, Decimal(0), MasteryLevel.NOT_STARTED)
    share = sum((earned / possible for earned, possible in counted), Decimal(0)) / len(counted)
    if share >= SECURE_SHARE and len(counted) >= LEAST_FOR_SECURE:
        level = MasteryLevel.SECURE
    elif share >= BUILDING_SHARE:
        level = MasteryLevel.BUILDING
    else:
        level = MasteryLevel.NOT_YET
    return Mastery(len(counted), share, level)
