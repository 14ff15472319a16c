"""The key that signs cookies."""

from pathlib import Path
from stat import S_IMODE

import pytest

from courseware.core.environment import SettingsError
from courseware.core.secret_key import FILE_NAME, read_or_make, refuse_weak


def test_a_key_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    key = read_or_make(tmp_path / "instance")
    assert read_or_make(tmp_path / "instance") == key
    assert refuse_weak(key) == key
    assert S_IMODE((tmp_path / "instance" / FILE_NAME).stat().st_mode) == 0o600


def test_no_two_instances_share_a_key(tmp_path: Path) -> None:
    assert read_or_make(tmp_path / "one") != read_or_make(tmp_path / "two")


@pytest.mark.parametrize("key", ["", "secret", "a" * 64, "abcd" * 16, "0123456789abcdef0123456789abcde"])
def test_a_key_that_could_be_guessed_is_refused(key: str) -> None:
    with pytest.raises(SettingsError, match="COURSEWARE_SECRET_KEY is too weak"):
        refuse_weak(key)
