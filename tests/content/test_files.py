"""Files: only plain UTF-8 text is read, and what cannot be seen is named."""

from pathlib import Path

import pytest

from courseware.content.files import MAX_FILE_BYTES, read_text
from courseware.content.issues import IssueLog, Rule


def read(folder: Path, content: bytes) -> tuple[str | None, IssueLog]:
    path = folder / "course.yaml"
    path.write_bytes(content)
    log = IssueLog()
    return read_text(path, "course.yaml", log), log


def test_plain_text_is_read_with_plain_line_ends(tmp_path: Path) -> None:
    text, log = read(tmp_path, "id: é\r\ntitle: x\n".encode())
    assert text == "id: é\ntitle: x\n"
    assert not log.issues


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        (b"\xef\xbb\xbfid: x", 1, 1),
        (b"id: x\ntitle: caf\xe9", 2, 11),
        (b"id: x\nb\x00", 2, 2),
        (b"x" * (MAX_FILE_BYTES + 1), 1, 1),
    ],
    ids=["byte-order-mark", "not-utf-8", "nul", "too-large"],
)
def test_what_is_no_plain_text_is_not_read(tmp_path: Path, content: bytes, line: int, column: int) -> None:
    text, log = read(tmp_path, content)
    assert text is None
    assert [(issue.rule, issue.line, issue.column) for issue in log.issues] == [(Rule.UNREADABLE_FILE, line, column)]


def test_a_folder_in_place_of_a_file_is_named(tmp_path: Path) -> None:
    log = IssueLog()
    assert read_text(tmp_path, "course.yaml", log) is None
    assert [issue.rule for issue in log.issues] == [Rule.UNREADABLE_FILE]


@pytest.mark.parametrize("character", ["\x01", "\x1b", "\x7f", "\x85", "\u200b", "\u202e", "\u2028", "\ufeff", "\r"])
def test_an_invisible_character_is_named_and_replaced(tmp_path: Path, character: str) -> None:
    text, log = read(tmp_path, f"id: a{character}b\n".encode())
    assert text == "id: a\N{REPLACEMENT CHARACTER}b\n"
    assert [(issue.rule, issue.line, issue.column) for issue in log.issues] == [(Rule.CONTROL_CHARACTERS, 1, 6)]
