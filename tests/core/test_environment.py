"""Reading settings."""

import pytest

from courseware.core.environment import Environment, SettingsError


def test_a_setting_is_read_or_has_its_default() -> None:
    environment = Environment({"COURSEWARE_SITE_NAME": "Reader", "HOME": "/"})
    assert environment.text("COURSEWARE_SITE_NAME", "Sourcebook") == "Reader"
    assert environment.text("COURSEWARE_TIMEZONE", "UTC") == "UTC"
    assert environment.parsed("COURSEWARE_PROXIES", "0", int) == 0
    environment.refuse_unknown()


def test_a_setting_that_cannot_be_read_is_named_with_the_reason() -> None:
    environment = Environment({"COURSEWARE_PROXIES": "many"})
    with pytest.raises(SettingsError, match="COURSEWARE_PROXIES cannot be 'many': invalid literal"):
        environment.parsed("COURSEWARE_PROXIES", "0", int)


def test_a_passphrase_in_an_address_is_not_repeated() -> None:
    def refuse(_text: str) -> str:
        raise ValueError("no")

    environment = Environment({"COURSEWARE_MAIL_URL": "smtp://ann:hush@example.org"})
    with pytest.raises(SettingsError) as refusal:
        environment.parsed("COURSEWARE_MAIL_URL", "", refuse)
    assert "hush" not in refusal.value.message


def test_every_setting_that_nobody_knows_is_named() -> None:
    environment = Environment({"COURSEWARE_SITENAME": "x", "COURSEWARE_DEBUG": "1", "OTHER": "2"})
    with pytest.raises(SettingsError, match="Unknown setting COURSEWARE_DEBUG, COURSEWARE_SITENAME"):
        environment.refuse_unknown()
