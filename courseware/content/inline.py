"""Inline Markdown of the course files: emphasis, citations, terms, links and outside facts, as a flat row of nodes.

Offsets count characters from the start of the text that was handed in.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, assert_never

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from courseware.core.markdown import inline_parser


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """The place where emphasis begins or ends."""

    tag: Literal["em", "strong"]
    opens: bool


@dataclass(frozen=True, slots=True)
class Citation:
    """`[@claim-id; @claim-id]`: the claims that the words before it rest on."""

    claim_ids: tuple[str, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class TermUse:
    """`[text]{.term}`: a word of the glossary, under its key."""

    key: str
    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class LinkUse:
    """`[text](target)`: a link inside the course."""

    target: str
    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class OutsideFact:
    """`[text]{.outside ref="…"}`: what does not come from the sources of the course, and where to check it."""

    text: str
    reference: str
    offset: int


Node = Words | Emphasis | Citation | TermUse | LinkUse | OutsideFact


def nodes(text: str) -> tuple[Node, ...]:
    """Return the text as a row of nodes, in reading order."""
    return _read(text).nodes


def citations(text: str) -> list[Citation]:
    """Return the citations of the text, in reading order."""
    return [node for node in nodes(text) if isinstance(node, Citation)]


def terms(text: str) -> list[TermUse]:
    """Return the glossary terms that the text uses, in reading order."""
    return [node for node in nodes(text) if isinstance(node, TermUse)]


def links(text: str) -> list[LinkUse]:
    """Return the links of the text, in reading order."""
    return [node for node in nodes(text) if isinstance(node, LinkUse)]


def outside_facts(text: str) -> list[OutsideFact]:
    """Return the facts from outside the sources, in reading order."""
    return [node for node in nodes(text) if isinstance(node, OutsideFact)]


def without_outside(text: str) -> str:
    """Return the text without its facts from outside the sources."""
    return _OUTSIDE.sub("", text)


def plain_text(text: str) -> str:
    """Return the words alone: no marks, no citations, and no space where a citation stood."""
    words = ""
    for node in nodes(text):
        match node:
            case Citation():
                words = words.rstrip()
            case Words() | TermUse() | LinkUse() | OutsideFact():
                words += node.text
            case Emphasis():
                pass
            case _:
                assert_never(node)
    return words


def problems(text: str) -> list[tuple[int, str]]:
    """Return what the text holds that is not read here, each with its offset and a way to mend it."""
    return list(_read(text).problems)


@dataclass(frozen=True, slots=True)
class _Reading:
    nodes: tuple[Node, ...]
    problems: tuple[tuple[int, str], ...]


# The same text is asked for its citations, terms, links and problems one after the other.
@lru_cache(maxsize=256)
def _read(text: str) -> _Reading:
    found: list[tuple[int, str]] = []
    (block,) = _PARSER.parseInline(text, {"problems": found})
    row: list[Node] = []
    for token in block.children or []:
        match token.type:
            case "text":
                _add_words(row, token.content)
            case "softbreak" | "hardbreak":
                _add_words(row, " ")
            case "course":
                row.append(token.meta["node"])
            case _:
                row.append(Emphasis("em" if token.tag == "em" else "strong", token.nesting == 1))
    return _Reading(tuple(row), tuple(sorted(found)))


def _add_words(row: list[Node], text: str) -> None:
    match row:
        case [*_, Words() as last]:
            row[-1] = Words(last.text + text)
        case _:
            row.append(Words(text))


_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_CITATION: Final = re.compile(rf"\[\s*@{_ID}(?:\s*;\s*@{_ID})*\s*\]")
_CLAIM_ID: Final = re.compile(rf"@({_ID})")
_TERM: Final = re.compile(r'\[([^\[\]]+)\]\{\.term(?:\s+key="([^"]+)")?\}')
_OUTSIDE: Final = re.compile(r'\[([^\[\]]+)\]\{\.outside(?:\s+ref="([^"]*)")?\}')
_LINK: Final = re.compile(rf"\[([^\[\]]+)\]\((#{_ID}|lesson:{_ID}(?:#{_ID})?)\)")

_FAULTS: Final = (
    (re.compile(r"</?[A-Za-z!?]|<!"), "HTML is not read here. Use Markdown, or leave a space after the sign <."),
    (re.compile(r"!\["), "Images are not read here. Make a figure."),
    (re.compile(r"\[\s*@"), "This citation cannot be read. Write [@claim-id] or [@claim-id; @claim-id]."),
    (
        re.compile(r"\[[^\[\]]*\]\{"),
        'This mark cannot be read. Write [text]{.term}, [text]{.term key="…"} or [text]{.outside ref="…"}.',
    ),
    (
        re.compile(r"(?<!!)\[[^\[\]]*\]\("),
        "This link leads nowhere in the course. Write [text](#id) or [text](lesson:slug#id).",
    ),
    (
        re.compile(r"(?<!\])\{[#.]"),
        "A mark in braces has nothing to belong to here. An id stands at the end of a paragraph.",
    ),
)


def _citation(found: re.Match[str]) -> Node:
    return Citation(tuple(_CLAIM_ID.findall(found[0])), found.start())


def _term(found: re.Match[str]) -> Node:
    text = _on_one_line(found[1])
    return TermUse(_on_one_line(found[2]) if found[2] else text, text, found.start())


def _outside(found: re.Match[str]) -> Node:
    return OutsideFact(_on_one_line(found[1]), _on_one_line(found[2] or ""), found.start())


def _link(found: re.Match[str]) -> Node:
    return LinkUse(found[2], _on_one_line(found[1]), found.start())


def _on_one_line(text: str) -> str:
    return " ".join(text.split())


_BRACKETS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Node]], ...]] = (
    (_CITATION, _citation),
    (_TERM, _term),
    (_OUTSIDE, _outside),
    (_LINK, _link),
)


# The parser reads silently only to find the end of its own links, which are not enabled.
def _read_course_mark(state: StateInline, _silent: bool) -> bool:  # noqa: FBT001 (the signature is the parser's)
    for pattern, make_node in _BRACKETS:
        found = pattern.match(state.src, state.pos)
        if found:
            state.push("course", "", 0).meta = {"node": make_node(found)}
            state.pos = found.end()
            return True
    for pattern, message in _FAULTS:
        if pattern.match(state.src, state.pos):
            state.env["problems"].append((state.pos, message))
            break
    return False


def _course_parser() -> MarkdownIt:
    parser = inline_parser()
    parser.inline.ruler.before("emphasis", "course", _read_course_mark)
    return parser


_PARSER: Final = _course_parser()
