"""What is scaffolded is sound at once, and nothing that was there before is touched."""

from pathlib import Path

import pytest

from courseware.content.course import Course
from courseware.content.loader import load_course
from courseware.content.scaffold import new_course, new_module
from courseware.core.errors import Refused
from tests.content.course_copy import CourseCopy

COURSE = "course.yaml"


@pytest.fixture
def copy(tmp_path: Path) -> CourseCopy:
    return CourseCopy.make(tmp_path)


def sound(folder: Path) -> Course:
    loaded = load_course(folder)
    assert loaded.issues == []
    assert loaded.course is not None
    return loaded.course


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_course_passes_the_check_without_a_warning(tmp_path: Path) -> None:
    new_course(tmp_path / "tea-and-taxes")
    course = sound(tmp_path / "tea-and-taxes")
    assert (course.meta.id, course.meta.title) == ("tea-and-taxes", "Tea and taxes")
    assert (len(course.modules), len(course.lessons), len(course.questions)) == (1, 1, 2)
    assert [block.kind for block in course.modules[0].lessons[0].anchors.values()] == [
        "paragraph",
        "figure",
        "check",
        "dispute",
        "paragraph",
    ]


@pytest.mark.parametrize("title", ["Tea: a story", 'A "tea" # of ours', "- tea", "Thé et impôts", "no"])
def test_any_title_is_kept_as_it_was_given(tmp_path: Path, title: str) -> None:
    new_course(tmp_path / "tea", title)
    new_module(tmp_path / "tea", "02-more", title)
    course = sound(tmp_path / "tea")
    assert (course.meta.title, course.modules[1].title) == (title, title)


def test_an_empty_folder_may_take_a_course_and_a_full_one_may_not(tmp_path: Path) -> None:
    folder = tmp_path / "tea"
    folder.mkdir()
    new_course(folder)
    before = contents(folder)
    with pytest.raises(Refused, match="Name a folder that is new or empty"):
        new_course(folder)
    assert contents(folder) == before
    file = tmp_path / "notes"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(Refused, match="Name a folder that is new or empty"):
        new_course(file)


def test_a_course_needs_a_folder_whose_name_can_be_its_id(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="small letters, digits and hyphens"):
        new_course(tmp_path / "Tea and taxes")


def test_modules_can_be_added_one_after_the_other(tmp_path: Path) -> None:
    folder = tmp_path / "tea"
    new_course(folder)
    assert new_module(folder, "02-repeal", "Repeal") == "repeal"
    assert new_module(folder, "after", "After") == "after"
    assert [module.id for module in sound(folder).modules] == ["first-module", "repeal", "after"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("modules: [01-duty]\n", "modules: [01-duty, 02-more]\n"),
        ("modules: [ '01-duty' ]  # so far\n", "modules: [ '01-duty', 02-more ]  # so far\n"),
        ("modules: [\n  01-duty,  # the first\n]\n", "modules: [\n  01-duty, 02-more,  # the first\n]\n"),
        ("modules:\n- 01-duty\n", "modules:\n- 01-duty\n- 02-more\n"),
        (
            "modules:   # in order\n  -  01-duty   # the first\n\n",
            "modules:   # in order\n  -  01-duty   # the first\n  -  02-more\n\n",
        ),
        ("modules:\r\n- 01-duty\r\n", "modules:\r\n- 01-duty\r\n- 02-more\r\n"),
    ],
)
def test_a_module_is_listed_and_everything_else_stays_as_it_was(copy: CourseCopy, before: str, after: str) -> None:
    path = copy.folder / COURSE
    path.write_bytes(path.read_bytes().replace(b"modules: [01-duty]\n", before.encode()))
    text = path.read_bytes()
    new_module(copy.folder, "02-more", "More")
    assert path.read_bytes() == text.replace(before.encode(), after.encode())
    course = load_course(copy.folder).course
    assert course is not None
    assert [module.id for module in course.modules] == ["duty", "more"]


def test_a_module_is_listed_where_the_file_ends_without_a_line_end(copy: CourseCopy) -> None:
    path = copy.folder / COURSE
    text = path.read_text(encoding="utf-8").replace("modules: [01-duty]\n", "")
    path.write_text(f"{text}modules:\n- 01-duty", encoding="utf-8")
    new_module(copy.folder, "02-more", "More")
    assert path.read_text(encoding="utf-8") == f"{text}modules:\n- 01-duty\n- 02-more\n"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("02 More", "small letters"),
        ("01-duty", "Choose another name"),
        ("02-duty", "Choose another name"),
        ("../elsewhere", "small letters"),
    ],
)
def test_a_name_that_is_taken_or_no_name_is_refused(copy: CourseCopy, name: str, reason: str) -> None:
    before = contents(copy.folder)
    with pytest.raises(Refused, match=reason):
        new_module(copy.folder, name, "Again")
    assert contents(copy.folder) == before


def test_a_folder_that_is_not_listed_is_not_written_over(copy: CourseCopy) -> None:
    (copy.folder / "modules/02-more").mkdir()
    with pytest.raises(Refused, match="Choose another name"):
        new_module(copy.folder, "02-more", "More")


def test_a_course_with_errors_is_left_alone(copy: CourseCopy) -> None:
    copy.plant(COURSE, "language: en\n", "language: en\nsurprise: 1\n")
    before = contents(copy.folder)
    with pytest.raises(Refused, match="courseware content check"):
        new_module(copy.folder, "02-more", "More")
    assert contents(copy.folder) == before


def test_a_course_without_claims_gets_no_module(tmp_path: Path) -> None:
    folder = tmp_path / "tea"
    new_course(folder)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        text = path.read_text(encoding="utf-8").replace(" [@first-source-p1-a]", "")
        path.write_text(text.replace("first-source-p1-a", ""), encoding="utf-8")
    (folder / "claims/first-source.yaml").unlink()
    figure = folder / "modules/01-first-module/figures/first-module.yaml"
    figure.write_text(
        "title: One\nsummary: It shows one block that stands for the one source.\nkind: strip\nunit: pages\n"
        "blocks: [{label: Source, size: 1, source: first-source}]\n",
        encoding="utf-8",
    )
    assert load_course(folder).course is not None
    with pytest.raises(Refused, match="Write a claim first"):
        new_module(folder, "02-more", "More")
