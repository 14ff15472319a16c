"""Nothing of a key leaves the server before it is due, in whatever shape."""

import base64
import random
import re
import secrets
from collections import Counter
from collections.abc import Callable
from http import HTTPStatus

import pytest
from werkzeug.test import TestResponse

from courseware.accounts.models import User
from courseware.attempts import presentation, queries
from courseware.attempts.models import Attempt, AttemptQuestion
from courseware.classes.models import Class
from tests.attempts.canaries import Planter, leaks, needles
from tests.content.course_copy import CourseCopy
from tests.factories import courses
from tests.factories.answers import Fields, poor_fields, right_fields
from tests.factories.attempts import answer_all, finished, start, submit
from tests.factories.people import learner_of
from tests.http_client import Client
from tests.people import MakeUser, SignIn
from tests.tea import MakeClass

Answer = Callable[[Attempt, AttemptQuestion], Fields]

READING = (
    "/",
    "/account",
    "/modules",
    "/modules/duty",
    "/modules/duty/lessons/chests-landed",
    "/modules/duty/lessons/why-it-fell",
    "/modules/duty/lessons/chests-landed/figures/fig-chests.csv",
    "/sources",
    "/sources/ledger",
    "/claims",
    "/claims/ledger-p01-a",
    "/claims.csv",
    "/disagreements",
    "/disagreements?show=tensions",
    "/timeline",
    "/actors",
    "/glossary",
    "/search?q=chests",
    "/search?q=the+ledger+enters&kind=claim",
    "/quizzes",
    "/quizzes/duty",
)
CLOSED = ("/modules/duty/questions", "/no-such-page")


@pytest.fixture
def planter(tea: CourseCopy) -> Planter:
    """Plant the canaries, before the sample is synced."""
    planter = Planter()
    planter.plant(tea)
    return planter


@pytest.fixture
def everything(tea: CourseCopy, planter: Planter, make_tea_class: MakeClass) -> Class:
    """Make a class whose quiz asks every question of the sample, in all types."""
    assert planter.answers
    return make_tea_class(*courses.question_ids(tea))


@pytest.fixture
def learner(everything: Class, make_user: MakeUser) -> User:
    """Make a learner of that class."""
    return learner_of(everything, make_user)


def pages_of(attempt: Attempt) -> list[str]:
    base = f"/attempts/{attempt.id}"
    pages = [f"{base}?page={page}" for page in range(1, 6)]
    return [*pages, *(f"{base}/{name}" for name in ("review", "status", "receipt", "receipt?download=1", "result"))]


def autosaves(browser: Client, attempt: Attempt, answer: Answer, version: int) -> list[TestResponse]:
    bodies = [(item.position, answer(attempt, item)) for item in queries.list_questions(attempt)]
    return [
        browser.put(
            f"/attempts/{attempt.id}/responses/{position}",
            json={"fields": fields, "flagged": False, "version": version},
            headers={"Idempotency-Key": f"{version}-{position}"},
        )
        for position, fields in bodies
    ]


def no_answer(_attempt: Attempt, _item: AttemptQuestion) -> Fields:
    return {}


def nonsense(_attempt: Attempt, _item: AttemptQuestion) -> Fields:
    return {name: ["\x01?"] for name in ("choice", "answer", "pair-1", "place-1", "gap-1", "gap-2", "gap-3")}


def test_nothing_of_a_key_is_sent_before_submission(
    everything: Class, learner: User, planter: Planter, sign_in: SignIn
) -> None:
    browser = sign_in(learner)
    answers = [browser.get(path) for path in READING]
    assert {each.status_code for each in answers} == {HTTPStatus.OK}
    answers += [browser.get(path) for path in CLOSED]
    assert {each.status_code for each in answers[-len(CLOSED) :]} == {HTTPStatus.NOT_FOUND}
    answers.append(browser.post("/quizzes/duty/attempts"))
    attempt = start(learner, everything)
    wanted = list(needles(planter.answers, attempt.seed, base64.b64encode(bytes.fromhex(attempt.seed)).decode()))
    answers += [browser.get(path) for path in pages_of(attempt)]
    for version, answer in enumerate((poor_fields, no_answer, nonsense)):
        answers += autosaves(browser, attempt, answer, version)
        answers += [browser.get(path) for path in pages_of(attempt)]
    form = {f"q{number}-{name}": "2" for number in range(1, 10) for name in ("version", "answer", "choice", "gap-1")}
    answers += [browser.post(f"/attempts/{attempt.id}?page={page}", data=form) for page in range(1, 6)]
    answers += [browser.get(path) for path in READING + CLOSED]
    assert [(each.request.path, found) for each in answers if (found := leaks(each, wanted))] == []


def test_the_search_finds_canaries_where_they_are_due(
    everything: Class, learner: User, planter: Planter, sign_in: SignIn
) -> None:
    attempt = finished(learner, everything, poor_fields)
    result = sign_in(learner).get(f"/attempts/{attempt.id}/result")
    wanted = list(needles(planter.answers))
    assert wanted[0] in leaks(result, wanted)
    assert all(any(needle.decode() in result.text for needle in needles([number])) for number in planter.answers)


def test_the_model_of_an_answer_that_waits_for_marking_is_withheld(
    tea: CourseCopy, planter: Planter, make_tea_class: MakeClass, make_user: MakeUser, sign_in: SignIn
) -> None:
    class_ = make_tea_class("t2-q04")
    learner = learner_of(class_, make_user)
    attempt = finished(learner, class_, right_fields)
    assert leaks(sign_in(learner).get(f"/attempts/{attempt.id}/result"), list(needles(planter.answers))) == []
    assert "kanary" in (tea.folder / courses.QUESTIONS[1]).read_text(encoding="utf-8")


@pytest.mark.parametrize("shown", [[], ["score"], ["correctness"], ["score", "correctness", "links"]])
def test_nothing_of_a_key_is_sent_after_submission_while_the_review_rule_withholds_it(
    tea: CourseCopy,
    planter: Planter,
    make_tea_class: MakeClass,
    make_user: MakeUser,
    sign_in: SignIn,
    shown: list[str],
) -> None:
    class_ = make_tea_class(*courses.question_ids(tea), review={"after_submit": shown})
    learner = learner_of(class_, make_user)
    attempt = finished(learner, class_, poor_fields)
    browser = sign_in(learner)
    answers = [browser.get(path) for path in (*pages_of(attempt), *READING)]
    # Of the given answers nothing is hidden from whoever gave them, but an answer may not be a canary here.
    assert [
        (each.request.path, found) for each in answers if (found := leaks(each, list(needles(planter.answers))))
    ] == []


def test_a_check_shows_nothing_of_its_key_until_it_is_answered(
    everything: Class, learner: User, planter: Planter, sign_in: SignIn
) -> None:
    assert everything.id
    wanted = list(needles(planter.answers))
    browser = sign_in(learner)
    lesson = "/modules/duty/lessons/chests-landed"
    for data in ({}, {"qc1-choice": "z"}, {"qc1-choice": ["a", "b"]}):
        for accept in ("text/html", "application/json"):
            answer = browser.post(f"{lesson}/checks/check-fall", data=data, headers={"Accept": accept})
            assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
            assert leaks(answer, wanted) == []
    browser.post(f"{lesson}/checks/check-fall", data={"qc1-choice": "a"})
    assert wanted[0] in leaks(browser.get(lesson), wanted)


def test_before_an_attempt_the_questions_can_be_read_nowhere(
    tea: CourseCopy, everything: Class, learner: User, sign_in: SignIn
) -> None:
    assert everything.id
    prompts = [str(question.definition["prompt"]) for question in courses.loaded(tea).questions.values()]
    prompts = [re.sub(r"\*\*", "", prompt)[:20] for prompt in prompts]
    browser = sign_in(learner)
    for path in READING:
        page = browser.get(path).text
        assert [prompt for prompt in prompts if prompt in page] == []


@pytest.mark.usefixtures("clock")
def test_right_and_not_right_answers_are_acknowledged_alike(
    everything: Class, learner: User, make_user: MakeUser, sign_in: SignIn
) -> None:
    def told(person: User, answer: Answer) -> list[dict[str, object]]:
        attempt = start(person, everything)
        return [each.get_json() for each in autosaves(sign_in(person), attempt, answer, 0)]

    right = told(learner, right_fields)
    poor = told(learner_of(everything, make_user, "Deniz Learner"), poor_fields)
    empty = told(learner_of(everything, make_user, "Esra Learner"), no_answer)
    assert right == poor
    listed = {"state", "text", "remark"}
    assert [{name: told for name, told in each.items() if name not in listed} for each in right] == [
        {name: told for name, told in each.items() if name not in listed} for each in empty
    ]


@pytest.mark.usefixtures("clock")
def test_pages_before_submission_are_alike_for_right_and_not_right_answers(
    everything: Class, learner: User, make_user: MakeUser, sign_in: SignIn
) -> None:
    def seen(person: User, answer: Answer) -> list[str]:
        attempt = start(person, everything)
        answer_all(attempt, answer)
        browser = sign_in(person)
        paths = ("/", "/quizzes", "/quizzes/duty", f"/attempts/{attempt.id}/review", f"/attempts/{attempt.id}/status")
        texts = [browser.get(path).text for path in paths]
        personal = re.compile(rf'name="csrf[^>]*>|{person.name}|/attempts/{attempt.id}\b|data-(attempt|learner)="\d+"')
        return [personal.sub("", text) for text in texts]

    other = learner_of(everything, make_user, "Chiara Learning")
    assert seen(learner, right_fields) == seen(other, poor_fields)


def test_the_place_of_the_right_option_tells_nothing(
    tea: CourseCopy, make_tea_class: MakeClass, make_user: MakeUser, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = random.Random(20260901)  # noqa: S311 - the same seeds on every run
    monkeypatch.setattr(secrets, "token_hex", lambda length: seeds.randbytes(length).hex())

    def free_order(data: courses.Yaml) -> None:
        for question in data["questions"]:
            question.pop("fixed_order", None)

    courses.change_yaml(tea, courses.QUESTIONS[0], free_order)
    class_ = make_tea_class("t1-q01", "t2-q01")
    learner = learner_of(class_, make_user)
    choice: Counter[str] = Counter()
    match: Counter[str] = Counter()
    rounds = 200
    for _ in range(rounds):
        attempt = start(learner, class_)
        views = [presentation.answer_view(attempt, item) for item in queries.list_questions(attempt)]
        choice[views[0].layout.token_of("1,200 chests")] += 1
        match[views[1].layout.token_of("The ledger")] += 1
        submit(attempt)
    for places in (choice, match):
        expected = rounds / 3
        chi_square = sum((places[token] - expected) ** 2 / expected for token in "abc")
        assert chi_square < 9.21  # two degrees of freedom, p = 0.01


def test_pages_of_an_attempt_are_kept_by_no_cache(everything: Class, learner: User, sign_in: SignIn) -> None:
    attempt = start(learner, everything)
    browser = sign_in(learner)
    answers = [browser.get(path) for path in (*READING, *pages_of(attempt))]
    answers += autosaves(browser, attempt, poor_fields, 0)
    answers += autosaves(browser, attempt, right_fields, 0)
    answers += [browser.post(f"/attempts/{attempt.id}/submit"), *(browser.get(path) for path in pages_of(attempt))]
    assert {each.headers["Cache-Control"] for each in answers} == {"no-store"}
