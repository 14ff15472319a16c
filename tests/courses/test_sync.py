"""Writing a loaded course as a version."""

from datetime import timedelta

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Select, column, func, select

from courseware.cli.course_files import load_sound
from courseware.cli.course_sync import sync_checked
from courseware.content import rendering
from courseware.core import clock
from courseware.core.errors import Refused
from courseware.courses import sync as course_sync
from courseware.courses.models import (
    BankQuestion,
    Claim,
    ClaimRelation,
    CourseVersion,
    Lesson,
    Objective,
    QuestionVersion,
    Quiz,
    Source,
    Term,
)
from courseware.courses.queries import find_current_version, get_current_version, get_lesson, places
from courseware.courses.sync import Outcome, sync_course
from courseware.web.application import CoursewareFlask
from tests.application import Clock
from tests.content.course_copy import CourseCopy
from tests.factories import courses
from tests.tables import fingerprint, row_counts

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def first(tea: CourseCopy, clock: Clock) -> CourseVersion:  # noqa: ARG001 - synced while it stands still
    """Sync the sample for the first time."""
    return courses.sync(tea)


def texts(lesson: str) -> str:
    _, found = get_lesson("duty", lesson)
    return str(found.parts)


def test_a_first_sync_writes_everything_in_the_files(first: CourseVersion, tea: CourseCopy, db: SQLAlchemy) -> None:
    loaded = courses.loaded(tea)
    assert (first.number, first.title, first.content_hash) == (1, "Tea and taxes", loaded.content_hash)
    expected = {Lesson: 2, Objective: 4, Term: 2, Source: 2, Claim: 8, Quiz: 1, BankQuestion: len(loaded.questions)}
    for model, number in expected.items():
        rows = select(func.count()).select_from(model).where(column("version_id") == first.id)
        assert db.session.execute(rows).scalar_one() == number, model.__name__
    relations = db.session.scalars(
        select(ClaimRelation).join(Claim, Claim.id == ClaimRelation.from_claim_id).where(Claim.version_id == first.id)
    ).all()
    assert sorted(relation.kind for relation in relations) == ["contradicts", "updates"]
    assert first.facts["planned_modules"] == [{"id": "repeal", "title": "Repeal"}]


def test_a_sync_without_changes_changes_nothing(first: CourseVersion, tea: CourseCopy, clock: Clock) -> None:
    before, counts = fingerprint(), row_counts()
    clock.advance(timedelta(days=1))
    synced = sync_course(courses.loaded(tea), at=clock.moment)
    assert (synced.outcome, synced.version.id) == (Outcome.UNCHANGED, first.id)
    courses.sync(tea)
    assert (fingerprint(), row_counts()) == (before, counts)


def test_the_real_course_synced_again_changes_nothing(app: CoursewareFlask, db: SQLAlchemy) -> None:
    loaded = load_sound(app.config["CONTENT"])
    version = sync_course(loaded, at=clock.now()).version
    db.session.commit()
    before = fingerprint()
    synced = sync_course(loaded, at=clock.now())
    db.session.commit()
    assert (synced.outcome, synced.version.id) == (Outcome.UNCHANGED, version.id)
    assert fingerprint() == before


def test_a_changed_lesson_makes_a_new_version_and_leaves_the_old_one(
    first: CourseVersion, tea: CourseCopy, clock: Clock, db: SQLAlchemy
) -> None:
    old_lesson = get_lesson("duty", "chests-landed")[1]
    old_parts = str(old_lesson.parts)
    tea.plant("modules/01-duty/chests-landed.md", "## What a count covers", "## What a count takes in")
    second = courses.sync(tea)
    assert (second.number, second.course_id, second.synced_at) == (2, first.course_id, clock.moment)
    assert find_current_version() == second
    assert "What a count takes in" in texts("chests-landed")
    db.session.refresh(old_lesson)
    assert (old_lesson.version_id, str(old_lesson.parts)) == (first.id, old_parts)


def test_only_a_changed_question_gets_a_new_version(first: CourseVersion, tea: CourseCopy, db: SQLAlchemy) -> None:
    before = {row.id: (row.key, row.content_hash) for row in db.session.scalars(of_course(first))}
    tea.plant(courses.QUESTIONS[0], "Which word makes the count of 1803 a rough one?", "Which word makes it rough?")
    second = courses.sync(tea)
    after = {row.id: (row.key, row.content_hash) for row in db.session.scalars(of_course(first))}
    assert {id_: after[id_] for id_ in before} == before
    assert [key for id_, (key, _) in after.items() if id_ not in before] == ["t1-q05"]
    bank = set(db.session.scalars(select(BankQuestion.question_version_id).where(BankQuestion.version_id == second.id)))
    assert len(bank & set(before)) == len(before) - 1
    assert len(bank) == len(before)


def of_course(version: CourseVersion) -> Select[QuestionVersion]:
    return select(QuestionVersion).where(QuestionVersion.course_id == version.course_id).order_by(QuestionVersion.id)


def test_a_change_taken_back_uses_the_old_question_version_again(
    first: CourseVersion, tea: CourseCopy, db: SQLAlchemy
) -> None:
    old, new = "Which word makes the count of 1803 a rough one?", "Which word makes it rough?"
    tea.plant(courses.QUESTIONS[0], old, new)
    courses.sync(tea)
    number = len(db.session.scalars(of_course(first)).all())
    tea.plant(courses.QUESTIONS[0], new, old)
    assert courses.sync(tea).number == 3
    assert len(db.session.scalars(of_course(first)).all()) == number


def test_a_broken_course_leaves_the_sound_one_as_it_was(first: CourseVersion, tea: CourseCopy) -> None:
    before = fingerprint()
    path = tea.folder / "modules/01-duty/module.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "surprise: 1\n", encoding="utf-8")
    with pytest.raises(Refused) as refusal:
        sync_checked(tea.folder)
    assert "module.yaml:6:1" in refusal.value.message
    assert "nothing was changed" in refusal.value.message
    assert fingerprint() == before
    assert get_current_version().id == first.id


def test_a_sync_that_breaks_off_leaves_nothing_behind(
    first: CourseVersion, tea: CourseCopy, monkeypatch: pytest.MonkeyPatch, db: SQLAlchemy
) -> None:
    before = fingerprint()
    tea.plant("course.yaml", "title: Tea and taxes", "title: Taxes and tea")
    monkeypatch.setattr(course_sync._Writer, "_write_bank", None)
    with pytest.raises(TypeError):
        courses.sync(tea)
    db.session.rollback()
    assert fingerprint() == before
    assert get_current_version().id == first.id


def test_a_new_renderer_renders_lessons_and_questions_anew_and_keeps_the_questions(
    first: CourseVersion, tea: CourseCopy, monkeypatch: pytest.MonkeyPatch, db: SQLAlchemy
) -> None:
    before = {row.id: (row.content_hash, row.definition) for row in db.session.scalars(of_course(first))}
    render = rendering.render_question
    monkeypatch.setattr(course_sync, "RENDERER_VERSION", rendering.RENDERER_VERSION + 1)
    monkeypatch.setattr(course_sync, "render_question", lambda *given: render(*given) | {"prompt": "mended"})
    second = courses.sync(tea)
    assert (second.number, second.content_hash) == (2, first.content_hash)
    assert second.renderer_version == first.renderer_version + 1
    db.session.expire_all()
    rows = db.session.scalars(of_course(first)).all()
    assert {row.id: (row.content_hash, row.definition) for row in rows} == before
    assert {row.rendered["prompt"] for row in rows} == {"mended"}


def sync_with_a_mended_renderer(copy: CourseCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(course_sync, "RENDERER_VERSION", rendering.RENDERER_VERSION + 1)
    courses.sync(copy)


@pytest.fixture
def spoiled(first: CourseVersion, tea: CourseCopy, db: SQLAlchemy) -> QuestionVersion:
    """Store a harmful text in a question version that the course files no longer have."""
    question = db.session.scalars(of_course(first).where(QuestionVersion.key == "t1-q05")).one()
    question.rendered = question.rendered | {"prompt": "A <em>rough</em> one?<script>alert(1)</script>"}
    tea.plant(courses.QUESTIONS[0], "Which word makes the count of 1803 a rough one?", "Which word makes it rough?")
    return question


def test_a_new_renderer_renders_questions_anew_that_only_attempts_still_show(
    spoiled: QuestionVersion, tea: CourseCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_with_a_mended_renderer(tea, monkeypatch)
    assert spoiled.rendered["prompt"] == "Which word makes the count of 1803 a rough one?"


def test_without_a_new_renderer_old_questions_stay_as_they_are(spoiled: QuestionVersion, tea: CourseCopy) -> None:
    courses.sync(tea)
    assert "<script>" in spoiled.rendered["prompt"]


@pytest.mark.parametrize(
    "lost",
    [
        {"key": "t1-q99"},
        {"definition": {"type": "short_text", "prompt": "By whom [@nobody-p01-a]?"}},
        {"definition": {"type": "short_text", "prompt": "As [there](lesson:nowhere#p-same)?"}},
    ],
)
def test_an_old_question_that_refers_to_what_is_gone_keeps_its_html_after_the_new_sieve(
    spoiled: QuestionVersion, lost: dict[str, object], tea: CourseCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in lost.items():
        setattr(spoiled, name, value)
    rest = {key: value for key, value in spoiled.rendered.items() if key != "prompt"}
    sync_with_a_mended_renderer(tea, monkeypatch)
    assert spoiled.rendered == rest | {"prompt": "A <em>rough</em> one?"}


def test_a_site_that_holds_a_course_refuses_another(app: CoursewareFlask, tea: CourseCopy) -> None:
    before = fingerprint()
    with pytest.raises(Refused, match=r"this site holds the course five-accounts\b.* for tea-and-taxes\.$"):
        sync_checked(tea.folder)
    assert fingerprint() == before
    assert sync_checked(app.config["CONTENT"]).outcome is Outcome.UNCHANGED


def test_the_course_synced_last_is_the_one_that_people_read(first: CourseVersion) -> None:
    assert find_current_version() == first
    assert get_lesson("duty", "chests-landed")[0] == first


def test_every_address_of_a_lesson_has_a_label(first: CourseVersion) -> None:
    found = places(first.id, ["chests-landed"])
    assert found["chests-landed#p-counts"].lesson_number == "1.1"
    assert all(place.label for place in found.values())


def test_a_course_that_is_sound_is_loaded(tea: CourseCopy) -> None:
    assert load_sound(tea.folder).meta.id == "tea-and-taxes"
