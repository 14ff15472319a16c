"""The key that signs cookies."""

import os
from pathlib import Path
from stat import S_IMODE

import pytest

from courseware.core.environment import SettingsError
from courseware.core.secret_key import FILE_NAME, read_or_make, refuse_weak


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    key = read_or_make(tmp_path)
    assert read_or_make(tmp_path) == key
    assert refuse_weak(key) == key
    assert [(path.name, S_IMODE(path.stat().st_mode)) for path in tmp_path.iterdir()] == [(FILE_NAME, 0o600)]


def test_no_two_instances_share_a_key(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    assert read_or_make(one) != read_or_make(two)


def test_of_two_processes_at_once_both_have_the_key_of_the_quicker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = os.link

    def link_too_late(draft: str, path: Path) -> None:
        assert not path.exists(), "nobody sees a key that is not whole"
        path.write_text("0123456789abcdefghijklmnopqrstuvwxyz", encoding="ascii")
        link(draft, path)

    monkeypatch.setattr(os, "link", link_too_late)
    assert read_or_make(tmp_path) == "0123456789abcdefghijklmnopqrstuvwxyz"
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize("text", ["", "\n", "cut short"])
def test_a_kept_key_that_is_not_whole_is_refused_by_the_name_of_its_file(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE_NAME).write_text(text, encoding="ascii")
    with pytest.raises(SettingsError) as refusal:
        read_or_make(tmp_path)
    assert str(tmp_path / FILE_NAME) in refusal.value.message
    assert "COURSEWARE_SECRET_KEY" not in refusal.value.message


@pytest.mark.parametrize("key", ["", "secret", "a" * 64, "abcd" * 16, "0123456789abcdef0123456789abcde"])
def test_a_key_that_could_be_guessed_is_refused(key: str) -> None:
    with pytest.raises(SettingsError, match="COURSEWARE_SECRET_KEY is too weak"):
        refuse_weak(key)
