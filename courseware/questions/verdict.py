"""What a pattern says of the responses that fit it: their credit and why."""

from dataclasses import dataclass
from fractions import Fraction

from courseware.questions.base import Note, ReviewPart, read_note, state_of
from courseware.questions.definition import Definition


@dataclass(frozen=True)
class Verdict:
    """The share of the points for a response, and the note that explains it."""

    credit: Fraction
    note: Note

    @property
    def is_right(self) -> bool:
        """Whether the whole of the points is earned."""
        return self.credit == 1

    def key_part(self, label: str, *texts: str) -> ReviewPart:
        """Return the line of a key that tells which answers have this verdict."""
        share = f", for {float(self.credit):.0%} of the points" if 0 < self.credit < 1 else ""
        lines = texts if len(texts) > 1 else ()
        text = "" if lines else "".join(texts)
        return ReviewPart(f"{label}{share}", text, state_of(self.credit), (self.note,), lines)


def read_verdict(definition: Definition, paragraph: str) -> Verdict:
    """Read `correct` or `credit` and the feedback of a pattern."""
    is_correct = definition.flag("correct")
    credit = definition.optional_number("credit")
    if credit is None:
        return Verdict(Fraction(is_correct), read_note(definition, paragraph))
    if is_correct or not 0 < credit < 1:
        raise definition.error("credit must lie between 0 and 1 and cannot stand beside correct")
    return Verdict(Fraction(credit), read_note(definition, paragraph))


def read_otherwise(definition: Definition, paragraph: str) -> Verdict:
    """Read the last pattern, which takes every response that fits no other and earns nothing."""
    *others, last = definition.parts("patterns")
    verdict = read_verdict(last, paragraph)
    if not last.flag("otherwise") or any(pattern.flag("otherwise") for pattern in others) or verdict.credit:
        raise definition.error("the last pattern, and no other, must be otherwise: true, without credit")
    return verdict
