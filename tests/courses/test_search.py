"""What learners look for comes first, on every database."""

from typing import get_args

import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.content.search_texts import SearchKind
from courseware.courses import search
from courseware.courses.queries import get_current_version
from courseware.courses.rules import Hit
from tests.content.course_copy import CourseCopy
from tests.factories import courses

# What somebody types, the lesson that tells of it, and among how many of the first it has to be.
QUESTIONS = [
    ("who controls the trade", "who-sells-who-buys", 3),
    ("is China the only supplier", "may-2019-and-mexico", 2),
    ("how many people died of overdoses", "what-is-counted", 2),
    ("how does the mirror transaction work", "mirror-transaction", 1),
    ("why do cartels pay with wildlife", "paying-in-wildlife", 1),
    ("should cartels be listed as terrorists", "listing-strikes-inspections", 1),
    ("how was fentanyl shipped to America", "made-in-china-until-2018", 1),
    ("treatment or reducing demand", "supply-demand-or-both", 1),
    ("how much money is laundered", "how-much-money", 1),
    ("what happened in May 2019", "may-2019-and-mexico", 2),
    ("capital controls", "why-chinese-networks", 1),
    ("opium war", "words-for-a-crisis", 1),
]


def hits(query: str, kind: SearchKind) -> list[Hit]:
    """Return what is found of one kind among all of them."""
    found = search.find(get_current_version().id, query, get_args(SearchKind))
    return [hit for hit in found.hits if hit.kind == kind]


@pytest.mark.usefixtures("db")
def test_what_learners_ask_leads_to_the_lesson_that_tells_of_it() -> None:
    found = {query: [hit.key for hit in hits(query, "lesson")[:most]] for query, _, most in QUESTIONS}
    assert [query for query, lesson, _ in QUESTIONS if lesson not in found[query]] == []


@pytest.mark.parametrize(
    ("query", "kind", "title"),
    [
        ("only supplier", "dispute", "Is China the only supplier?"),
        ("What is a precursor?", "term", "precursor"),
        ("opium wars", "term", "opium wars"),
    ],
)
@pytest.mark.usefixtures("db")
def test_what_bears_the_words_as_its_title_comes_first(query: str, kind: SearchKind, title: str) -> None:
    assert hits(query, kind)[0].title == title


@pytest.fixture
def planted(db: SQLAlchemy, tea: CourseCopy) -> None:
    """Sync the sample with words that databases part or spell in ways of their own."""
    old = "The pamphlet says that the trade was halved."
    tea.plant("claims/pamphlet.yaml", old, "Señor López-Ibáñez used a COVID-19 ship of the US; 63.6 chests, it says.")
    courses.sync(tea)
    db.session.commit()


@pytest.mark.parametrize(
    "query",
    [
        "lopez", "López", "ibanez", "LÓPEZ-IBÁÑEZ", "covid-19", "covid", "19", "63.6", "63", "6", "us", "US chests",
        "ships", "shipped", "used",
    ],
)  # fmt: skip
@pytest.mark.usefixtures("planted")
def test_words_are_found_however_they_are_written(query: str) -> None:
    assert [hit.key for hit in hits(query, "claim") if hit.has_all_words] == ["pamphlet-p01-a"]


def test_us_is_not_found_in_use(db: SQLAlchemy, tea: CourseCopy) -> None:
    tea.plant("claims/pamphlet.yaml", "The pamphlet says that the trade was halved.", "It uses a ship for use.")
    courses.sync(tea)
    db.session.commit()
    assert hits("us", "claim") == []
    assert [hit.key for hit in hits("using", "claim")] == ["pamphlet-p01-a"]


@pytest.mark.parametrize("query", ["u", "co", "lo", "ch"])
@pytest.mark.usefixtures("planted")
def test_one_letter_or_two_are_not_taken_for_a_beginning(query: str) -> None:
    assert hits(query, "claim") == []


@pytest.mark.parametrize("query", ["", "the", "who is it", "What should I do about them?", "?!"])
@pytest.mark.usefixtures("planted")
def test_common_words_alone_find_nothing_on_any_database(query: str) -> None:
    findings = search.find(get_current_version().id, query, ("lesson", "claim"))
    assert (findings.words, list(findings.hits), findings.has_all_words) == ((), [], False)
