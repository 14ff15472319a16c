"""Inline Markdown of the course files as HTML, each cited statement marked as one claim with its chips."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, assert_never

from markupsafe import Markup, escape

from courseware.content.elements import closing, element, joined, opening, sanitised
from courseware.content.inline import Citation, Emphasis, LinkUse, OutsideFact, TermUse, Words, nodes

_END_OF_QUOTATION: Final = "\N{RIGHT DOUBLE QUOTATION MARK}"
_END_OF_QUESTION: Final = (f"?{_END_OF_QUOTATION}", f"!{_END_OF_QUOTATION}")
_CLOSING_QUOTES: Final = "\N{RIGHT DOUBLE QUOTATION MARK}\N{RIGHT SINGLE QUOTATION MARK}\"')"
_OPENING_QUOTES: Final = "\N{LEFT DOUBLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\"'("
_INITIAL_OR_TITLE: Final = r"(?<!\b[A-Z])(?<!\b(?:Mr|Dr|St|Jr|vs))(?<!\b(?:Mrs|Rep|Sen))"
_END_MARKS: Final = rf"{_INITIAL_OR_TITLE}[.?!][{_CLOSING_QUOTES}]*\s+"
_SENTENCE_END: Final = re.compile(rf"{_END_MARKS}(?=[{_OPENING_QUOTES}]*[A-Z0-9])")
_ENDS_A_SENTENCE: Final = re.compile(rf"{_END_MARKS}$")
_CLOSING_MARKS: Final = re.compile(rf"[.,;:?!…{_CLOSING_QUOTES}]*")
_OUTSIDE_MARK: Final = "From outside the sources:"
_BETWEEN_CLAIMS: Final = re.compile("[\\s\N{EN DASH}\N{EM DASH}]*")


@dataclass(frozen=True)
class Surroundings:
    """What a text cannot know of the page it stands on."""

    chips: Callable[[tuple[str, ...]], Markup]
    """The chips of the claims that one citation names."""

    term: Callable[[TermUse], Markup]
    """A term of the glossary, with its definition where the page shows one."""

    address: Callable[[str], str]
    """The address that a link target of the course files stands for."""


def prose(text: str, surroundings: Surroundings) -> Markup:
    """Return safe HTML of the text.

    A chip follows the punctuation of its statement, whichever side of the period the citation is written on, and a
    period or comma goes inside a quotation that ends there; after a quoted question no period is needed.
    """
    writer = _Writer(surroundings)
    for node in nodes(text):
        match node:
            case Words():
                writer.write_words(node.text)
            case Emphasis():
                writer.write_emphasis(node)
            case TermUse():
                writer.write_term(node)
            case LinkUse():
                writer.write(element("a", {"href": surroundings.address(node.target)}, node.text), node.text)
            case Citation():
                writer.write_citation(node)
            case OutsideFact():
                writer.write_outside(node)
            case _:
                assert_never(node)
    return sanitised(writer.html())


@dataclass
class _Writer:
    """Writes node after node and remembers where the current statement began."""

    surroundings: Surroundings
    done: list[Markup] = field(default_factory=list)
    statement: list[Markup] = field(default_factory=list)
    said: str = ""
    depth: int = 0
    waiting_chips: Markup | None = None
    follows_button: bool = False

    def html(self) -> str:
        self._close_statement("")
        return joined([*self.done, *self.statement])

    def write(self, html: Markup, text: str) -> None:
        self._close_statement("")
        self.follows_button = False
        if self.depth == 0 and _ENDS_A_SENTENCE.search(self.said):
            self._leave_statement()
        self.statement.append(html)
        self.said += text

    def write_term(self, term: TermUse) -> None:
        html = self.surroundings.term(term)
        self.write(html, term.text)
        self.follows_button = html != escape(term.text)

    def write_emphasis(self, emphasis: Emphasis) -> None:
        self.write(opening(emphasis.tag) if emphasis.opens else closing(emphasis.tag), "")
        self.depth += 1 if emphasis.opens else -1

    def write_citation(self, citation: Citation) -> None:
        self._close_statement("")
        self.follows_button = False
        self.waiting_chips = self.surroundings.chips(citation.claim_ids)

    def write_outside(self, fact: OutsideFact) -> None:
        """Write a fact that no source of the course states, outside the statement before it and the one after it."""
        mark = element("span", {"class": "outside-mark"}, _OUTSIDE_MARK)
        reference = element("span", {"class": "outside-reference"}, f" ({fact.reference})")
        html = element("span", {"class": "outside"}, mark, " ", fact.text, reference)
        if self.depth == 0:
            self._close_statement("")
            self._leave_statement()
        self.write(html, fact.text)
        if self.depth == 0:
            self._leave_statement()

    def write_words(self, text: str) -> None:
        if self.waiting_chips is not None:
            marks = _leading(_CLOSING_MARKS, text)
            self._close_statement(marks)
            self.said += marks
            text = text[len(marks) :]
        if self.follows_button:
            text = self._keep_marks_beside_button(text)
        start = 0
        if self.depth == 0:
            start = self._end_of_other_statements(text)
        if start:
            self.statement.append(escape(text[:start]))
            self._leave_statement()
        self.statement.append(escape(text[start:]))
        self.said += text

    def _keep_marks_beside_button(self, text: str) -> str:
        """Put closing marks on the line of the button of a term, and return the text after them."""
        self.follows_button = False
        marks = _leading(_CLOSING_MARKS, text)
        if marks:
            self.statement[-1] = element("span", {"class": "nowrap"}, self.statement[-1], marks)
            self.said += marks
        return text[len(marks) :]

    def _end_of_other_statements(self, text: str) -> int:
        """Return how much of the text lies before the sentence that is still open at its end."""
        before = len(self.said)
        ends = [found.end() - before for found in _SENTENCE_END.finditer(self.said + text) if found.end() > before]
        between = 0 if self.statement else len(_leading(_BETWEEN_CLAIMS, text))
        return max([between, *ends])

    def _leave_statement(self) -> None:
        """Go on to another statement; the one before it cites nothing."""
        self.done += self.statement
        self.statement = []

    def _close_statement(self, marks: str) -> None:
        """Put the chips that wait behind the statement they belong to."""
        if self.waiting_chips is None:
            return
        words = joined(self.statement).rstrip()
        if words.endswith(_END_OF_QUESTION):
            marks = marks.removeprefix(".")
        elif words.endswith(_END_OF_QUOTATION) and marks.startswith((".", ",")):
            words, marks = words[:-1] + marks[0] + _END_OF_QUOTATION, marks[1:]
        cited = joined([words + marks, self.waiting_chips], " ")
        self.waiting_chips = None
        if self.depth:
            self.statement = [cited]
        else:
            self.done.append(element("span", {"class": "claim"}, cited))
            self.statement = []


def _leading(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.match(text)
    return found[0] if found else ""
