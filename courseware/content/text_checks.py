"""Following the references of the texts: citations, terms, links and addresses."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from courseware.content import inline
from courseware.content.issues import IssueLog, Place, Rule, Severity
from courseware.content.names import Names

Locate = Callable[[int], Place]

_RULES_OF_PROBLEMS: Final = (
    (re.compile("<"), Rule.RAW_HTML),
    (re.compile(r"(?!!)\[[^\[\]]*\]\("), Rule.BAD_LINK),
    (re.compile(""), Rule.BAD_MARK),
)
# A reference that can be looked up names a year, or has an address.
_CHECKABLE: Final = re.compile(r"\b1[5-9]\d\d\b|\b20\d\d\b|\bhttps?://\S|\bdoi\b")


@dataclass(slots=True)
class References:
    """Follows references, logs those that lead nowhere, and remembers the claims that were cited."""

    names: Names
    log: IssueLog
    cited: set[str] = field(default_factory=set)

    def follow_text(self, text: str, locate: Locate, slug: str) -> None:
        """Follow everything that a Markdown text of a lesson refers to."""
        for offset, _ in inline.problems(text):
            rule = next(rule for pattern, rule in _RULES_OF_PROBLEMS if pattern.match(text, offset))
            shown = text[offset : offset + 20].partition("\n")[0]
            self.log.add(locate(offset), rule, f"“{shown}” is not read here.")
        for citation in inline.citations(text):
            for claim_id in citation.claim_ids:
                # The end of the id keeps an id from being found inside a longer one that stands before it.
                found = re.compile(rf"@{claim_id}(?=[\s;\]])").search(text, citation.offset)
                self.follow_claim(claim_id, locate(found.start() + 1 if found else citation.offset))
        for term in inline.terms(text):
            if self.names.terms.lacks(term.key):
                self.log.add(locate(term.offset), Rule.DEAD_TERM, f"No lesson defines the term “{term.key}”.")
        for fact in inline.outside_facts(text):
            self.follow_reference(fact.reference, locate(fact.offset))
        for link in inline.links(text):
            target, _, anchor = link.target.removeprefix("lesson:").partition("#")
            self._follow(target or slug, anchor, locate(link.offset))

    def follow_claim(self, claim_id: str, place: Place) -> None:
        """Take note of a claim that is cited, and log it if there is none such."""
        self.cited.add(claim_id)
        if self.names.claims.lacks(claim_id):
            self.log.add(place, Rule.DEAD_CLAIM, f"There is no claim “{claim_id}”.")

    def follow_source(self, source: str, place: Place) -> None:
        """Log a source that does not exist."""
        if self.names.sources.lacks(source):
            self.log.add(place, Rule.DEAD_SOURCE, f"There is no source “{source}”.")

    def follow_tension(self, tension: str, place: Place) -> None:
        """Log a tension that the register has not."""
        if self.names.tensions.lacks(tension):
            self.log.add(place, Rule.DEAD_TENSION, f"There is no tension “{tension}”.")

    def follow_reference(self, reference: str | None, place: Place) -> None:
        """Warn of a fact from outside the sources that nobody could look up."""
        if not (reference and _CHECKABLE.search(reference)):
            what = "No reference tells where this fact from outside the sources can be checked."
            self.log.add(place, Rule.OUTSIDE_REFERENCE, what, Severity.WARNING)

    def follow_address(self, address: str, slug: str, place: Place) -> None:
        """Log an address of a question that leads nowhere; without a lesson it is in the lesson given."""
        lesson, _, anchor = address.rpartition("#")
        self._follow(lesson.removeprefix("lesson:") or slug, anchor, place)

    def follow_objective(self, objective: str, slug: str, place: Place) -> None:
        """Log an objective that the lesson has not."""
        if slug in self.names.objectives and self.names.objectives[slug].lacks(objective):
            what = f"The lesson “{slug}” has no objective “{objective}”."
            self.log.add(place, Rule.DEAD_OBJECTIVE, what)

    def _follow(self, slug: str, anchor: str, place: Place) -> None:
        if self.names.lessons.lacks(slug):
            self.log.add(place, Rule.DEAD_LESSON, f"There is no lesson “{slug}”.")
        elif anchor and slug in self.names.anchors and self.names.anchors[slug].lacks(anchor):
            what = f"There is no “{anchor}” in the lesson “{slug}”."
            self.log.add(place, Rule.DEAD_PARAGRAPH, what)
