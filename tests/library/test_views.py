"""The source library over HTTP, on the small sample and on the course itself."""

import csv
import io
import re
from html import unescape
from http import HTTPStatus
from typing import Final

import pytest
from sqlalchemy import func, select

from courseware.accounts.models import User
from courseware.classes.models import Class
from courseware.core.database import db
from courseware.courses.models import Claim, SearchEntry
from courseware.courses.queries import get_current_version, list_sources
from tests.content.course_copy import CourseCopy
from tests.factories import courses
from tests.http_client import Client
from tests.people import SignIn
from tests.statements import recorded_statements

MOST_STATEMENTS: Final = 9


@pytest.fixture
def browser(tea_class: Class, tea_learner: User, sign_in: SignIn) -> Client:
    """Open a browser in which the learner of the sample's class is signed in."""
    assert tea_class.id
    return sign_in(tea_learner)


def test_the_register_names_every_source_with_what_to_note(browser: Client) -> None:
    page = browser.get("/sources").text
    for words in ("Register of chests landed", "The plunder of the teapot", "/sources/ledger"):
        assert words in page


def test_a_source_shows_every_claim_and_what_bears_on_it(browser: Client) -> None:
    page = browser.get("/sources/pamphlet").text
    for words in (
        'id="pamphlet-p01-a"',
        "The pamphlet says that the trade was halved.",
        "It names no number.",
        "/claims/ledger-p03-a",
    ):
        assert words in page
    assert page.count('id="pamphlet-p0') == 4


@pytest.mark.parametrize("key", ["nobody", "Ledger", "%00", "ledger%27--", "9" * 5000])
def test_a_source_that_is_not_in_the_register_is_not_found(browser: Client, key: str) -> None:
    assert browser.get(f"/sources/{key}").status_code == HTTPStatus.NOT_FOUND


def test_every_claim_of_the_course_stands_on_the_page_of_its_source(
    learner: User, sign_in: SignIn, client: Client
) -> None:
    sign_in(learner)
    version_id = get_current_version().id
    keys = [source.key for source in list_sources(version_id)]
    total = db.session.scalar(select(func.count(Claim.id)).where(Claim.version_id == version_id))
    shown = 0
    for key in keys:
        page = client.get(f"/sources/{key}")
        assert page.status_code == HTTPStatus.OK
        shown += page.text.count(f'id="{key}-')
    assert shown == total == 574


def keys_on(page: str) -> list[str]:
    """Return the claims listed on a page, in order."""
    return re.findall(r'<li class="claim-entry" id="([^"]+)"', page)


@pytest.mark.parametrize(
    ("address", "keys"),
    [
        ("?source=pamphlet&type=interpretation", ["pamphlet-p01-a"]),
        ("?support=named-document", ["ledger-p02-a"]),
        ("?hedging=qualified&source=ledger", ["ledger-p03-a"]),
        ("?module=context&source=ledger", ["ledger-p04-a"]),
        ("?words=shilling", ["ledger-p02-a"]),
        ("?words=chests+1803", ["ledger-p03-a"]),
        ("?words=chests+zebra", []),
        ("?actor=author", ["pamphlet-p01-a"]),
    ],
)
def test_each_filter_is_an_address(browser: Client, address: str, keys: list[str]) -> None:
    page = browser.get(f"/claims{address}")
    assert page.status_code == HTTPStatus.OK
    assert keys_on(page.text) == keys


def test_an_actor_has_the_claims_that_name_it(browser: Client) -> None:
    about = keys_on(browser.get("/claims?actor=clerks").text)
    assert "ledger-p04-a" in about
    assert "pamphlet-p01-a" not in about


def test_the_standings_part_all_claims(browser: Client) -> None:
    shares = [keys_on(browser.get(f"/claims?standing={each}").text) for each in ("disputed", "agreed", "alone")]
    everything = keys_on(browser.get("/claims").text)
    assert sorted(key for share in shares for key in share) == sorted(everything)
    assert shares[0]


@pytest.mark.parametrize(
    "address",
    [
        "?source=nobody",
        "?type=rumor",
        "?page=0",
        "?page=2",
        "?page=two",
        "?page=9223372036854775807",
        "?words=" + "a" * 201,
        "?actor=%27+OR+1=1--",
    ],
)
def test_a_filter_that_there_is_not_is_refused_in_a_sentence(browser: Client, address: str) -> None:
    page = browser.get(f"/claims{address}")
    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "field-error" in page.text


def test_an_empty_page_number_is_the_first_page(browser: Client) -> None:
    page = browser.get("/claims?source=&page=")
    assert page.status_code == HTTPStatus.OK
    assert keys_on(page.text) == keys_on(browser.get("/claims").text)


@pytest.mark.parametrize(
    ("key", "stated"),
    [
        ("ledger-p01-a", "1,200"),
        ("ledger-p02-a", '6 to 12 <span class="hint">in old money</span>'),
        ("ledger-p03-a", "some nine hundred"),
    ],
)
def test_a_figure_of_a_claim_is_shown_as_it_is_stated(browser: Client, key: str, stated: str) -> None:
    assert f'<td data-label="Value">{stated}</td>' in browser.get(f"/claims/{key}").text


def test_a_claim_says_who_where_on_what_and_where_it_is_used(browser: Client) -> None:
    page = browser.get("/claims/pamphlet-p01-a").text
    for words in (
        "The pamphlet says that the trade was halved.",
        "/sources/pamphlet#pamphlet-p01-a",
        "no number is given",
        "/modules/duty/lessons/why-it-fell#p-halved",
        "/disagreements?show=tensions#T01",
        "/claims?actor=author",
    ):
        assert words in page


def test_a_relation_that_one_claim_names_is_shown_from_both_ends(browser: Client) -> None:
    assert "Updates" in browser.get("/claims/ledger-p03-a").text
    assert "Updated by" in browser.get("/claims/ledger-p01-a").text


def test_only_those_who_teach_see_which_questions_rest_on_a_claim(
    browser: Client, tea_class: Class, instructor: User, sign_in: SignIn
) -> None:
    assert tea_class.id
    address = "/claims/ledger-p01-a"
    learners_page = browser.get(address).text
    assert "in the question bank" in learners_page
    assert "t1-q01" not in learners_page
    assert browser.get("/modules/duty/questions").status_code == HTTPStatus.NOT_FOUND
    teaching = sign_in(instructor)
    assert "/modules/duty/questions#t1-q01" in teaching.get(address).text
    bank = teaching.get("/modules/duty/questions").text
    assert bank.count('<article class="item"') == bank.count("Objective: ")
    assert 'id="t1-q01"' in bank
    assert teaching.get("/modules/nothing/questions").status_code == HTTPStatus.NOT_FOUND


def test_disagreements_show_disputes_then_claims_then_tensions(browser: Client) -> None:
    disputes = browser.get("/disagreements").text
    assert "/modules/duty/lessons/why-it-fell#" in disputes
    claims = browser.get("/disagreements?show=claims").text
    assert "against " in claims
    tensions = browser.get("/disagreements?show=tensions").text
    assert 'id="T01"' in tensions
    assert "sets the two counts side by side" in tensions


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        ("&kind=copying", ["T02"]),
        ("&strength=strong", ["T01"]),
        ("&source=pamphlet", ["T01"]),
        ("&source=ledger", ["T01", "T02"]),
        ("&source=pamphlet&kind=copying", []),
    ],
)
def test_tensions_are_filtered(browser: Client, address: str, numbers: list[str]) -> None:
    assert keys_on(browser.get(f"/disagreements?show=tensions{address}").text) == numbers


@pytest.mark.parametrize("address", ["show=quarrels", "kind=quarrels", "show=claims&strength=odd", "source=nobody"])
def test_an_unknown_kind_of_disagreement_is_refused_in_a_sentence(browser: Client, address: str) -> None:
    page = browser.get(f"/disagreements?{address}")
    assert page.status_code == HTTPStatus.BAD_REQUEST
    assert "field-error" in page.text
    for link in re.findall(r'href="(/disagreements[^"]*)"', page.text):
        assert browser.get(unescape(link)).status_code == HTTPStatus.OK


def test_the_timeline_is_in_order_and_says_what_is_inferred(browser: Client) -> None:
    page = browser.get("/timeline").text
    places = [page.index(words) for words in ("enter 1200 chests", "The duty doubles", "said to be halved")]
    assert places == sorted(places)
    assert page.count('<span class="hint">inferred</span>') == 1


def test_actors_stand_with_their_roles_and_claims(browser: Client) -> None:
    page = browser.get("/actors").text
    for words in ("The clerks", "keep the ledger", "/claims?actor=clerks", "People"):
        assert words in page


def test_the_glossary_says_where_a_term_is_explained_and_used(browser: Client) -> None:
    page = browser.get("/glossary").text
    assert 'id="chest"' in page
    assert "/modules/duty/lessons/chests-landed" in page


def test_a_search_finds_lessons_terms_claims_sources_and_tensions(browser: Client) -> None:
    page = browser.get("/search?q=chests").text
    for words in ("Lessons", "Glossary", "Claims", "<mark>"):
        assert words in page
    assert "/glossary#chest" in page


@pytest.mark.parametrize("query", ["halving", "halved", "HALVED", "halv"])
def test_a_search_knows_the_forms_of_a_word(browser: Client, query: str) -> None:
    assert "/claims/pamphlet-p01-a" in browser.get(f"/search?q={query}&kind=claim").text


def test_a_search_without_a_full_answer_says_so(browser: Client) -> None:
    assert "Here is what holds some of them" in browser.get("/search?q=chests+zebra").text
    assert "Nothing found for" in browser.get("/search?q=zebra").text


@pytest.mark.parametrize(
    "query",
    [
        "'",
        '"',
        "a OR",
        "NEAR(",
        "tea*",
        "title:tea",
        "%00",
        "(((",
        "'; DROP TABLE claim; --",
        "&|!:*",
        "the",
        "<script>",
    ],
)
def test_what_is_typed_is_never_read_as_a_query(browser: Client, query: str) -> None:
    assert browser.get("/search", query_string={"q": query}).status_code == HTTPStatus.OK
    assert browser.get("/claims", query_string={"words": query}).status_code == HTTPStatus.OK


def test_the_words_of_a_search_stand_as_they_were_typed(browser: Client) -> None:
    page = browser.get("/search", query_string={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_a_search_finds_only_what_the_newest_version_holds(browser: Client, tea: CourseCopy) -> None:
    assert "Nothing found" in browser.get("/search?q=marmalade").text
    tea.plant("claims/pamphlet.yaml", "The pamphlet says that the trade was halved.", "It says marmalade was halved.")
    courses.sync(tea)
    db.session.commit()
    assert "/claims/pamphlet-p01-a" in browser.get("/search?q=marmalade").text
    assert db.session.scalar(select(func.count(func.distinct(SearchEntry.version_id)))) == 1


def test_the_data_of_a_figure_come_as_a_file_for_a_spreadsheet(browser: Client) -> None:
    response = browser.get("/modules/duty/lessons/chests-landed/figures/fig-chests.csv")
    assert response.mimetype == "text/csv"
    assert 'filename="chests-landed-fig-chests.csv"' in response.headers["Content-Disposition"]
    lines = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert [line["value"] for line in lines][:2] == ["1200", "900"]
    assert lines[0]["claims"] == "ledger-p01-a"
    assert lines[0]["sources"] == "Ledger"


@pytest.mark.parametrize("address", ["chests-landed/figures/fig-nothing.csv", "nothing/figures/fig-chests.csv"])
def test_a_figure_that_is_not_there_has_no_data(browser: Client, address: str) -> None:
    assert browser.get(f"/modules/duty/lessons/{address}").status_code == HTTPStatus.NOT_FOUND


LIBRARY = ("/sources", "/sources/brookings", "/claims", "/claims/brookings-p047-a", "/disagreements",
           "/disagreements?show=claims", "/disagreements?show=tensions", "/timeline", "/actors", "/glossary",
           "/search?q=fentanyl")  # fmt: skip


@pytest.mark.parametrize("address", LIBRARY)
def test_a_page_of_the_library_takes_few_statements(
    learner: User, sign_in: SignIn, client: Client, address: str
) -> None:
    sign_in(learner)
    client.get(address)
    with recorded_statements() as statements:
        assert client.get(address).status_code == HTTPStatus.OK
    assert len(statements) <= MOST_STATEMENTS
