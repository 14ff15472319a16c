"""E-mail addresses, names, passphrases and secrets."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.accounts import rules
from courseware.accounts.rules import Purpose

SENTENCE = "Nine pale herons wade below the rusted bridge while Ines counts 41 slow barges. "


def long_passphrase(length: int) -> str:
    """Return varied text of a length."""
    return "".join(f"{number}{word}" for number, word in enumerate(SENTENCE.split() * 20))[:length]


@pytest.mark.parametrize("length", [0, 1, 14, 257, 1000])
def test_a_passphrase_of_another_length_is_refused_with_its_length(length: int) -> None:
    refusal = rules.refusal_of_passphrase(long_passphrase(length), ())
    assert refusal is not None
    assert f"It has {length} characters." in refusal


@pytest.mark.parametrize("length", [15, 16, 64, 128, 255, 256])
def test_a_passphrase_of_15_to_256_characters_is_taken(length: int) -> None:
    assert rules.refusal_of_passphrase(long_passphrase(length), ()) is None


@pytest.mark.parametrize(
    "passphrase",
    [
        "zwölf böse köche",
        "\u1f98a fox \u1f30a sea \u1faa8 stone",
        "только тихая река",
        "河は昼に静かに曲がって海へ向かう",
        "quietriverbends",
        "  spaces  count  too ",
        "7193 8264 1537 2985",
    ],
)
def test_no_kind_of_character_is_required_or_refused(passphrase: str) -> None:
    assert rules.refusal_of_passphrase(passphrase, ()) is None


def test_accents_are_counted_as_one_character_however_they_were_typed() -> None:
    composed = "é" + long_passphrase(14)
    assert rules.refusal_of_passphrase(unicodedata.normalize("NFD", composed), ()) is None
    assert "It has 14 characters." in str(rules.refusal_of_passphrase(unicodedata.normalize("NFD", composed[:14]), ()))


@given(st.text(max_size=40))
def test_both_unicode_forms_of_a_passphrase_are_the_same(text: str) -> None:
    composed, decomposed = unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)
    assert rules.normal_passphrase(composed) == rules.normal_passphrase(decomposed)


def test_a_proposal_is_always_taken() -> None:
    for _ in range(50):
        assert rules.refusal_of_passphrase(rules.propose_passphrase(), ("Sourcebook", "Amara Sample")) is None


def test_no_two_proposals_are_alike() -> None:
    assert len({rules.propose_passphrase() for _ in range(200)}) == 200


@pytest.mark.parametrize(
    "variant",
    [
        "AMARA@Example.org",
        "  amara@example.org\t",
        "\uff41\uff4d\uff41\uff52\uff41\uff20\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45\uff0e\uff4f\uff52\uff47",
        "\u00a0amara@example.org\u3000",
    ],
)
def test_addresses_that_differ_by_case_space_or_unicode_form_are_one(variant: str) -> None:
    assert rules.email_key(variant) == "amara@example.org"


def test_composed_and_decomposed_addresses_are_one() -> None:
    assert rules.email_key("zoe\u0308@example.org") == rules.email_key("zo\u00eb@example.org")


@given(st.text(max_size=60))
def test_folding_an_address_again_changes_nothing(text: str) -> None:
    assert rules.email_key(rules.email_key(text)) == rules.email_key(text)


@pytest.mark.parametrize(
    "email",
    [
        "",
        "amara",
        "@example.org",
        "amara@",
        "a@b@example.org",
        "ama ra@example.org",
        "amara@exam\nple.org",
        "amara\u200b@example.org",
        "amara\x00@example.org",
        "amara,ben@example.org",
        "amara\uff0cben@example.org",
        "amara;ben@example.org",
        "Amara<amara@example.org>",
        "group:amara@example.org",
        '"amara"@example.org',
        "amara(home)@example.org",
        "amara\\@example.org",
        "amara@[127.0.0.1]",
        "a" * 250 + "@example.org",
    ],
)
def test_what_is_no_address_is_refused(email: str) -> None:
    assert rules.refusal_of_email(email) is not None


@pytest.mark.parametrize("email", ["amara@example.org", " Amara.Sample+quiz@Example.Org ", "zoë@exämple.org"])
def test_an_address_is_taken(email: str) -> None:
    assert rules.refusal_of_email(email) is None


@pytest.mark.parametrize("name", ["", "   ", "A\x07mara", "Amara\nSample", "x" * 201])
def test_what_is_no_name_is_refused(name: str) -> None:
    assert rules.refusal_of_name(name) is not None


def test_a_secret_has_256_bits_and_is_stored_under_its_purpose() -> None:
    secret = rules.new_secret()
    assert len(secret) == 43
    assert rules.secret_hash(Purpose.SESSION, secret) != rules.secret_hash(Purpose.RESET, secret)
    assert secret not in rules.secret_hash(Purpose.SESSION, secret)
