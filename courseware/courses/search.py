"""Full-text search behind one interface: FTS5 on SQLite, a text search vector on PostgreSQL.

Both know the forms of English words, and index the folded words of a text rather than the text, so that they part
it alike. A word of three letters or more is also found by its beginning, because neither brings "quiz" and
"quizzes" together. What somebody types is never read as a query language.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import BindParameter, bindparam, delete, insert, text

from courseware.content.course import Course
from courseware.content.search_texts import SearchKind, search_texts
from courseware.core.database import db
from courseware.courses.models import SearchEntry
from courseware.courses.rules import SHORTEST_BEGINNING, Found, Hit, ranked, words_of

MOST_RESULTS: Final = 5_000
"""How many texts that hold a word are looked at."""

_KINDS: Final[BindParameter[list[str]]] = bindparam("kinds", expanding=True)
# CROSS keeps SQLite from asking the index of words once for every text.
_FIND: Final = {
    "sqlite": text("""
        SELECT entry.kind, entry.key, entry.title, entry.body, entry.address
        FROM search_entry_words CROSS JOIN search_entry AS entry ON entry.id = search_entry_words.rowid
        WHERE search_entry_words MATCH :query AND entry.version_id = :version_id AND entry.kind IN :kinds
        ORDER BY entry.id LIMIT :most
    """).bindparams(_KINDS),
    "postgresql": text("""
        SELECT entry.kind, entry.key, entry.title, entry.body, entry.address
        FROM search_entry AS entry
        WHERE entry.search_entry_words @@ to_tsquery('english', :query)
          AND entry.version_id = :version_id AND entry.kind IN :kinds
        ORDER BY entry.id LIMIT :most
    """).bindparams(_KINDS),
}
# A word is letters and digits only, so that quotation marks keep it from being read as anything else.
_AS_IT_STANDS: Final = {"sqlite": '"{}"', "postgresql": "'{}'"}
_BY_ITS_BEGINNING: Final = {"sqlite": '"{}"*', "postgresql": "'{}':*"}


@dataclass(frozen=True)
class Findings:
    """What was found, the best first; without words to look for, because all typed are common ones, nothing."""

    words: tuple[str, ...]
    hits: Sequence[Hit]

    @property
    def has_all_words(self) -> bool:
        """Whether something holds all the words."""
        return any(hit.has_all_words for hit in self.hits)


def write_index(version_id: int, course: Course) -> None:
    """Make everything in the course findable, and what stood there before no longer."""
    db.session.execute(delete(SearchEntry))
    db.session.execute(
        insert(SearchEntry),
        [{"version_id": version_id, "words": found.words, **asdict(found)} for found in search_texts(course)],
    )
    if db.engine.dialect.name == "sqlite":
        db.session.execute(text("INSERT INTO search_entry_words (search_entry_words) VALUES ('rebuild')"))


def find(version_id: int, query: str, kinds: Sequence[SearchKind]) -> Findings:
    """Return what of these kinds a version holds of the words that somebody typed."""
    words = words_of(query)
    return Findings(words, ranked(words, [_holders(version_id, word, kinds) for word in words]))


def _holders(version_id: int, word: str, kinds: Sequence[SearchKind]) -> list[Found]:
    dialect = db.engine.dialect.name
    form = _AS_IT_STANDS if len(word) < SHORTEST_BEGINNING else _BY_ITS_BEGINNING
    rows = db.session.execute(
        _FIND[dialect],
        {
            "query": form[dialect].format(word),
            "version_id": version_id,
            "kinds": list(kinds),
            "most": MOST_RESULTS,
        },
    )
    holders = [Found(*row) for row in rows]
    # SQLite takes “us” for a form of “use”.
    return [each for each in holders if each.has(word)] if form is _AS_IT_STANDS else holders
