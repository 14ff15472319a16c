"""What people choose first is refused, what a machine draws is not."""

import random
import string

import pytest

from courseware.accounts.passphrase_strength import weakness

ABOUT = ("Amara Sample", "amara.sample@college.example", "Sourcebook")

COMMON = [
    "password123456789",
    "passwordpassword",
    "password-password-1",
    "p@ssw0rd12345678",
    "Pass word 123 456 789",
    "thisismypassword",
    "mypasswordispassword",
    "letmeinletmeinletmein",
    "trustno1trustno1",
    "changeme1234567",
    "iloveyou12345678",
    "ILoveYouForever1",
    "Welcome12345678!",
    "football12345678",
    "sunshine football",
    "Sunshine2024!!!",
    "december25december",
    "correct horse battery staple",
    "CorrectHorseBatteryStaple!",
    "to be or not to be, that is the question",
    "may the force be with you",
    "qwertyuiop123456",
    "1234567890qwertyuiop",
    "qwertyqwertyqwerty",
    "asdfghjkl;'asdfghjkl",
    "1qaz2wsx3edc4rfv",
    "1q2w3e4r5t6y7u8i9o0p",
    "zaq12wsxcde34rfv",
    "qazwsxedcrfvtgb",
    "qwer1234asdf5678",
    "123456789012345",
    "987654321987654",
    "abcdefghijklmnop",
    "aaaaaaaaaaaaaaaa",
    "abababababababab",
    "abc123abc123abc123",
    "---------------",
    "1111111111111111",
    "opioid crisis 2026",
    "fentanyl-china-2026",
]

PERSONAL = [
    "Sourcebook2026!!",
    "S0urceb00k-quiz-7",
    "Amara Sample 1999",
    "amarasample_amara",
    "amara.sample4821",
    "4m4r4 s4mple #82",
    "college.example.17",
]


@pytest.mark.parametrize("passphrase", COMMON)
def test_a_common_passphrase_is_refused(passphrase: str) -> None:
    assert weakness(passphrase, ABOUT) is not None


@pytest.mark.parametrize("passphrase", PERSONAL)
def test_a_passphrase_made_mostly_of_what_everybody_knows_is_refused(passphrase: str) -> None:
    assert "your name, your e-mail address or the name of this site" in str(weakness(passphrase, ABOUT))


def test_what_is_personal_to_one_account_is_open_to_others() -> None:
    assert weakness("Wilhelmina Oduya 83 kites", ABOUT) is None
    assert weakness("Wilhelmina Oduya 83", ("Wilhelmina Oduya",)) is not None


@pytest.mark.parametrize(
    "passphrase",
    [
        "the quiet river bends at noon",
        "dragon monkey sunshine cat",
        "my cat sleeps on the blue rug",
        "amara walks nine slow dogs past the mill",
        "password manager of the old lighthouse",
    ],
)
def test_a_sentence_of_ones_own_is_taken(passphrase: str) -> None:
    assert weakness(passphrase, ABOUT) is None


def test_random_characters_are_taken() -> None:
    drawn = random.Random(20)  # noqa: S311 - a repeatable sample
    for _ in range(300):
        assert weakness("".join(drawn.choices(string.ascii_letters + string.digits, k=15)), ABOUT) is None
