"""Full-text search behind one interface: FTS5 on SQLite, a text search vector on PostgreSQL.

Both know the forms of English words. A word is also found by its beginning, because neither
brings "quiz" and "quizzes" together. What somebody types is never read as a query language.
"""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import delete, insert, text

from courseware.content.course import Course
from courseware.content.search_texts import search_texts
from courseware.core.database import db
from courseware.courses.models import SearchEntry

MOST_WORDS: Final = 8
MOST_RESULTS: Final = 1_000

_WORD: Final = re.compile(r"[^\W_]+")
_LONGEST_WORD: Final = 40
_COMMON: Final = frozenset(
    ["a", "an", "and", "are", "as", "at", "be", "by", "did", "do", "does", "for", "from", "how", "in", "is", "it", "of"]
) | frozenset(
    ["on", "or", "that", "the", "their", "this", "to", "was", "were", "what", "when", "which", "who", "why", "with"]
)
_FIND: Final = {
    "sqlite": """
        SELECT entry.id, entry.kind, entry.key, entry.title, entry.body, entry.address
        FROM search_entry_words JOIN search_entry AS entry ON entry.id = search_entry_words.rowid
        WHERE search_entry_words MATCH :query AND entry.version_id = :version_id
          AND (:kind IS NULL OR entry.kind = :kind)
        ORDER BY bm25(search_entry_words, 6.0, 1.0), entry.id LIMIT :most
    """,
    "postgresql": """
        SELECT entry.id, entry.kind, entry.key, entry.title, entry.body, entry.address
        FROM search_entry AS entry, to_tsquery('english', :query) AS query
        WHERE entry.search_entry_words @@ query AND entry.version_id = :version_id
          AND (CAST(:kind AS text) IS NULL OR entry.kind = :kind)
        ORDER BY ts_rank(entry.search_entry_words, query, 1) DESC, entry.id LIMIT :most
    """,
}
_JOINTS: Final = {"sqlite": (" AND ", " OR "), "postgresql": (" & ", " | ")}


@dataclass(frozen=True)
class Found:
    """Something that was found; `key` tells what it is a part of, `address` where it stands."""

    id: int
    kind: str
    key: str
    title: str
    body: str
    address: str


@dataclass(frozen=True)
class Findings:
    """What was found, the best first; if nothing holds all the words, what holds some of them."""

    words: tuple[str, ...]
    results: Sequence[Found]
    has_all_words: bool


def words_of(query: str) -> tuple[str, ...]:
    """Return the words to look for, in small letters: not the most common ones, unless there are no others."""
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(query.lower())]
    telling = [word for word in words if word not in _COMMON]
    return tuple(dict.fromkeys(telling or words))[:MOST_WORDS]


def write_index(version_id: int, course: Course) -> None:
    """Make everything in the course findable, and what stood there before no longer."""
    db.session.execute(delete(SearchEntry))
    db.session.execute(
        insert(SearchEntry), [{"version_id": version_id, **asdict(found)} for found in search_texts(course)]
    )
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("INSERT INTO search_entry_words (search_entry_words) VALUES ('rebuild')"))


def find(version_id: int, query: str, kind: str | None = None) -> Findings:
    """Return what a version holds of the words that somebody typed, at most a thousand results."""
    words = words_of(query)
    if not words:
        return Findings((), [], has_all_words=True)
    results = _find(version_id, words, kind, has_all_words=True)
    if results or len(words) == 1:
        return Findings(words, results, has_all_words=True)
    return Findings(words, _find(version_id, words, kind, has_all_words=False), has_all_words=False)


def _find(version_id: int, words: Sequence[str], kind: str | None, *, has_all_words: bool) -> list[Found]:
    dialect = db.engine.dialect.name
    joint = _JOINTS[dialect][0 if has_all_words else 1]
    # A word is letters and digits only, so that quotation marks keep it from being read as anything else.
    query = joint.join(f'"{word}"*' if dialect == "sqlite" else f"'{word}':*" for word in words)
    rows = db.session.execute(
        text(_FIND[dialect]), {"query": query, "version_id": version_id, "kind": kind, "most": MOST_RESULTS}
    )
    return [Found(*row) for row in rows]
