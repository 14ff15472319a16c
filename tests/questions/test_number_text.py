"""Numbers as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courseware.questions.number_text import format_number, has_point_before_three_digits, read_number

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**12), max_value=10**12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("16000", "16000"),
        ("+16000", "16000"),
        ("-3", "-3"),
        ("\N{MINUS SIGN}3", "-3"),
        ("\N{EN DASH} 3", "-3"),
        ("007", "7"),
        ("-0", "0"),
        ("16,000", "16000"),
        ("1,234,567.5", "1234567.5"),
        ("16,000.", "16000"),
        ("16 000", "16000"),
        ("16\u00a0000", "16000"),
        ("16\u2009000", "16000"),
        ("1\u202f234\u202f567", "1234567"),
        ("16'000", "16000"),
        ("16\N{RIGHT SINGLE QUOTATION MARK}000.25", "16000.25"),
        ("16 000,5", "16000.5"),
        ("16'000,500", "16000.5"),
        ("16.000", "16"),
        ("4.5", "4.5"),
        (".5", "0.5"),
        ("5.", "5"),
        ("4,5", "4.5"),
        ("0,25", "0.25"),
        ("0,250", "0.25"),
        ("16,00", "16"),
        ("1234,567", "1234.567"),
        (",5", "0.5"),
        (",500", "0.5"),
        ("1e3", "1000"),
        ("1.5E-2", "0.015"),
        ("\uff11\uff16\uff0c\uff10\uff10\uff10", "16000"),
        ("  30  ", "30"),
    ],
)
def test_a_number_is_read_as_its_writer_meant_it(text: str, value: str) -> None:
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        ",",
        "5,",
        "half",
        "1/2",
        "10²",
        "½",
        "NaN",
        "Infinity",
        "∞",
        "1.234.567",
        "1.234,5",
        "1,23,456",
        "012,345",
        "1,234 567",
        "12 34",
        "16 0000",
        "--3",
        "1e400",
        "1e",
        "0x10",
        "1_000",
        "٣",
        "30%",
        "30 percent",
        "%",
    ],
)
def test_what_cannot_be_told_is_not_read(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("30%", "percent", 30),
        ("30 %", "percent", 30),
        ("30 percent", "percent", 30),
        ("30 Per Cent", "percent", 30),
        ("\uff13\uff10\uff05", "percent", 30),
        ("30", "percent", 30),
        ("$1,500", "dollars", 1500),
        ("1,500 dollars", "dollars", 1500),
        ("64,000 deaths", "Deaths", 64000),
    ],
)
def test_the_unit_of_the_question_may_stand_by_the_number(text: str, unit: str, value: int) -> None:
    assert read_number(text, unit) == value


@pytest.mark.parametrize(("text", "unit"), [("%", "percent"), ("30 grams", "percent"), ("%%30", "percent")])
def test_another_unit_or_a_unit_alone_is_not_read(text: str, unit: str) -> None:
    assert read_number(text, unit) is None


@given(NUMBERS)
def test_a_number_as_we_write_it_is_read_as_that_number(value: Decimal) -> None:
    assert read_number(format_number(value)) == value


@given(st.integers(1000, 10**15), st.sampled_from([",", " ", "'", "\u202f"]))
def test_every_separator_of_thousands_gives_the_same_number(value: int, separator: str) -> None:
    assert read_number(f"{value:,}".replace(",", separator)) == value


@given(st.integers(0, 10**9), st.text(alphabet="0123456789", min_size=1, max_size=2))
def test_a_comma_before_one_or_two_digits_is_a_decimal_comma(whole: int, decimals: str) -> None:
    assert read_number(f"{whole},{decimals}") == Decimal(f"{whole}.{decimals}")


@given(st.text())
def test_any_text_is_read_or_not_and_never_breaks(text: str) -> None:
    value = read_number(text, "percent")
    assert value is None or value.is_finite()


@pytest.mark.parametrize(
    ("value", "text"), [("16000", "16,000"), ("16.50", "16.5"), ("0", "0"), ("1E+3", "1,000"), ("-1234.5", "-1,234.5")]
)
def test_numbers_are_written_with_commas_and_without_idle_zeros(value: str, text: str) -> None:
    assert format_number(Decimal(value)) == text


def test_a_number_of_many_digits_is_exact() -> None:
    digits = "9" * 100
    assert read_number(digits) == Decimal(digits)
    assert format_number(Decimal(digits)).replace(",", "") == digits


@pytest.mark.parametrize(
    ("text", "is_open"), [("16.000", True), ("-16.000", True), ("16.000%", True), ("0.125", False), ("16.00", False)]
)
def test_a_point_before_three_digits_can_be_meant_in_two_ways(text: str, is_open: bool) -> None:  # noqa: FBT001 - as expected
    assert has_point_before_three_digits(text, "percent") is is_open
