"""The source library over HTTP, on the small sample and on the course itself."""

import csv
import io
import re
from html import escape, unescape
from http import HTTPStatus
from typing import Final

import pytest
import yaml
from sqlalchemy import func, select

from courseware.accounts.models import User
from courseware.classes.models import Class
from courseware.core.database import db
from courseware.courses.models import Claim, SearchEntry
from courseware.courses.queries import get_current_version, list_sources
from courseware.library import queries
from courseware.library.rules import STANDING_WORDS
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


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("/claims?words=&source=&page=", "/claims"),
        ("/claims?words=&source=ledger&type=&words=two+chests", "/claims?words=two+chests&source=ledger"),
        ("/claims.csv?source=", "/claims.csv"),
        ("/search?q=&kind=claim", "/search?kind=claim"),
        ("/search?q=%26x%3D&kind=", "/search?q=%26x%3D"),
        (
            "/disagreements?show=tensions&source=&module=&kind=copying&strength=",
            "/disagreements?show=tensions&kind=copying",
        ),
        ("/claims?_external=&_anchor=x", "/claims?_anchor=x"),
    ],
)
def test_empty_fields_are_dropped_from_the_address(browser: Client, address: str, clean: str) -> None:
    answer = browser.get(address)
    assert (answer.status_code, answer.location) == (HTTPStatus.FOUND, clean)
    assert browser.get(clean).status_code == HTTPStatus.OK


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


def test_a_claim_that_no_source_makes_is_not_found(browser: Client) -> None:
    assert browser.get("/claims/ledger-p99-z").status_code == HTTPStatus.NOT_FOUND


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
    assert bank.count('<article class="item"') == bank.count("Objective: ") == bank.count("Expected mean share")
    assert 'id="t1-q01"' in bank
    assert teaching.get("/modules/nothing/questions").status_code == HTTPStatus.NOT_FOUND


def test_the_question_bank_shows_every_answer_with_its_verdict_and_feedback(
    tea_class: Class, tea: CourseCopy, instructor: User, sign_in: SignIn
) -> None:
    assert tea_class.id
    bank = sign_in(instructor).get("/modules/duty/questions").text
    assert "No answer" not in bank
    for file in courses.QUESTIONS:
        for question in yaml.safe_load((tea.folder / file).read_text(encoding="utf-8"))["questions"]:
            for option in question.get("options", []):
                assert escape(option["text"]) in bank or option["text"] in bank
            for claim in question["claims"]:
                assert f'href="/claims/{claim}"' in bank
    assert bank.count('data-state="good"') > bank.count('<article class="item"') / 2
    assert 'data-state="bad"' in bank


def table_at(browser: Client, address: str) -> list[dict[str, str]]:
    """Return the lines of a CSV file by the names of their columns."""
    answer = browser.get(address)
    assert (answer.status_code, answer.mimetype) == (HTTPStatus.OK, "text/csv")
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def test_claims_come_as_a_file_for_a_spreadsheet_with_the_filters_of_the_page(browser: Client) -> None:
    assert 'href="/claims.csv?source=pamphlet"' in browser.get("/claims?source=pamphlet").text
    lines = table_at(browser, "/claims.csv?source=pamphlet&type=interpretation")
    assert lines == [
        {
            "key": "pamphlet-p01-a",
            "source": "Pamphlet",
            "kind": "Opinion",
            "locator": "p1",
            "statement": "The pamphlet says that the trade was halved.",
            "type": "Interpretation",
            "rests_on": "No evidence visible in this copy",
            "support_detail": "no number is given",
            "stated": "Without reservation",
            "speaker": "",
            "module": "1 The duty",
            "lessons": "1.1 How many chests?; 1.2 Why did it fall?",
            "standing": "Contradicted by another claim",
        }
    ]


def test_the_file_holds_every_claim_and_says_how_each_stands(browser: Client) -> None:
    lines = table_at(browser, "/claims.csv")
    assert [line["key"] for line in lines] == keys_on(browser.get("/claims").text)
    for standing in ("disputed", "agreed", "alone"):
        kept = [line["key"] for line in lines if line["standing"] == STANDING_WORDS[standing]]
        assert kept == keys_on(browser.get(f"/claims?standing={standing}").text)
    assert {line["module"] for line in lines} >= {"context"}


def test_only_those_who_teach_get_the_questions_that_rest_on_a_claim(
    browser: Client, instructor: User, sign_in: SignIn
) -> None:
    assert "questions" not in table_at(browser, "/claims.csv")[0]
    by_key = {line["key"]: line["questions"] for line in table_at(sign_in(instructor), "/claims.csv")}
    assert "t1-q01" in by_key["ledger-p01-a"].split()


def test_a_file_with_a_filter_that_there_is_not_is_the_page_that_says_so(browser: Client) -> None:
    answer = browser.get("/claims.csv?source=nobody")
    assert (answer.status_code, answer.mimetype) == (HTTPStatus.BAD_REQUEST, "text/html")
    assert "field-error" in answer.text


def test_each_claim_of_a_list_is_a_heading_that_leads_to_its_page(browser: Client) -> None:
    page = browser.get("/claims?source=ledger").text
    headings = re.findall(r'<h2><a href="/claims/([^"]+)">[^<]+</a></h2>', page)
    assert headings == keys_on(page)
    of_source = browser.get("/sources/ledger").text
    assert re.findall(r'<h3><a href="/claims/([^"]+)">[^<]+</a></h3>', of_source) == headings


@pytest.mark.parametrize(
    ("address", "tab"), [("/claims/ledger-p01-a", "/claims"), ("/sources/ledger", "/sources"), ("/claims", "/claims")]
)
def test_a_page_marks_the_tab_it_belongs_to(browser: Client, address: str, tab: str) -> None:
    tabs = re.search(r'aria-label="Source library">(.*?)</nav>', browser.get(address).text, re.DOTALL)
    assert tabs is not None
    assert re.findall(r'href="([^"]+)" aria-current="(?:page|true)"', tabs[1]) == [tab]


def test_what_a_claim_rests_on_is_said_once(browser: Client) -> None:
    page = browser.get("/sources/pamphlet").text
    assert "No evidence visible in this copy; no number is given." in page
    assert "Support: " not in page
    assert "Rests on" in browser.get("/sources/ledger").text


def test_disputes_are_listed_by_their_questions(learner: User, sign_in: SignIn) -> None:
    page = sign_in(learner).get("/disagreements").text
    linked = re.findall(r'<li><a href="#([^"]+)">', page)
    assert linked
    assert linked == re.findall(r'<li class="panel panel-strong" id="([^"]+)">', page)


@pytest.mark.parametrize("show", ["disputes", "claims", "tensions"])
def test_disagreements_are_filtered_by_module(browser: Client, show: str) -> None:
    entry = r'<li class="(?:panel panel-strong|claim-entry|against)"'
    everything = re.findall(entry, browser.get(f"/disagreements?show={show}").text)
    of_module = re.findall(entry, browser.get(f"/disagreements?show={show}&module=duty").text)
    assert 0 < len(of_module) <= len(everything)
    assert browser.get(f"/disagreements?show={show}&module=nothing").status_code == HTTPStatus.BAD_REQUEST


def test_the_modules_part_the_disagreements_of_the_course(learner: User, sign_in: SignIn) -> None:
    browser = sign_in(learner)
    entry = r'<li class="(?:panel panel-strong|claim-entry|against)"'
    modules = [module.slug for module in queries.list_modules(get_current_version().id)]
    for show in ("disputes", "claims", "tensions"):
        address = f"/disagreements?show={show}"
        counts = [len(re.findall(entry, browser.get(f"{address}&module={module}").text)) for module in modules]
        everything = len(re.findall(entry, browser.get(address).text))
        assert 0 < max(counts) < everything <= sum(counts), show


def test_a_claim_in_a_list_is_named_in_full(browser: Client) -> None:
    assert ">Ledger, p1, claim a</a>" in browser.get("/disagreements?show=tensions").text
    assert ">Ledger, p1, claim a</a>" in browser.get("/claims/ledger-p03-a").text


def test_a_sentence_about_a_publisher_begins_with_a_capital(learner: User, sign_in: SignIn) -> None:
    browser = sign_in(learner)
    for address in ("/sources", "/sources/blog"):
        assert "No author named. The blog whose" in browser.get(address).text


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


def test_a_search_among_disagreements_finds_disputes_too(learner: User, sign_in: SignIn) -> None:
    browser = sign_in(learner)
    page = browser.get("/search?q=only+supplier&kind=disagreement").text
    address = "/disagreements#may-2019-and-mexico--p-only-supplier"
    assert f'<a href="{address}">Is China the only supplier?</a>' in page
    assert 'id="may-2019-and-mexico--p-only-supplier"' in browser.get("/disagreements").text


def test_a_hit_is_one_link_and_further_places_in_it_are_others(browser: Client) -> None:
    for hit in re.findall(r"<li>\s*<a href.*?</li>", browser.get("/search?q=chests").text, re.DOTALL):
        links = re.findall(r'href="([^"]+)"', hit)
        assert len(links) == len(set(links))


def test_a_search_for_common_words_alone_asks_for_another(browser: Client) -> None:
    page = browser.get("/search?q=who+is+it").text
    assert "These words stand everywhere" in page
    assert keys_on(browser.get("/claims?words=the").text) == keys_on(browser.get("/claims").text)


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


LIBRARY = ("/sources", "/sources/brookings", "/claims", "/claims.csv", "/claims/brookings-p047-a", "/disagreements",
           "/disagreements?show=claims", "/disagreements?show=tensions", "/disagreements?show=tensions&module=scale",
           "/timeline", "/actors", "/glossary", "/search?q=fentanyl")  # fmt: skip


@pytest.mark.parametrize("address", LIBRARY)
def test_a_page_of_the_library_takes_few_statements(
    learner: User, sign_in: SignIn, client: Client, address: str
) -> None:
    sign_in(learner)
    client.get(address)
    with recorded_statements() as statements:
        assert client.get(address).status_code == HTTPStatus.OK
    assert len(statements) <= MOST_STATEMENTS
