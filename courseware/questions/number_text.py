"""Numbers as people write them.

    written                          read as    why
    16000  +16000  -3                itself     plain digits, with or without a sign
    16,000  1,234,567.5              16000 ...  a comma before each group of three digits
    16 000  16'000                   16000      likewise a space of any kind, an apostrophe
    16 000,5  16'000,5               16000.5    then the comma is free to be a decimal comma
    16.000                           16         a single point is a decimal point, always
    4.5  .5  5.                      4.5 ...
    4,5  16,00  0,250  1234,567  ,5  4.5 ...    a comma that cannot group thousands is decimal
    1e3  1.5e-2                      1000 ...   powers of ten, exponent of at most two digits
    30%  30 percent  $5              30 ...     the unit, where the question has that unit
    1.234.567  1,23,456  012,345     -          cannot be told apart: asked again
    1.234,5  half  1/2  NaN  ∞       -          not read

Full-width digits and every kind of space, minus sign and apostrophe count as the plain one. Values
are exact decimals.
"""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

PLAIN = re.compile(r"[0-9]+\.?|[0-9]*\.[0-9]+")
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+|(?:'[0-9]{3})+)(?:\.[0-9]*)?")
GROUPED_WITH_DECIMAL_COMMA = re.compile(r"[1-9][0-9]{0,2}(?:(?: [0-9]{3})+|(?:'[0-9]{3})+),[0-9]+")
DECIMAL_COMMA = re.compile(r"(?:0|[1-9][0-9]*)?,[0-9]+")
SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,2}")
POINT_BEFORE_THREE_DIGITS = re.compile(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}")

UNIT_SIGNS: Mapping[str, tuple[str, ...]] = {
    "percent": ("%", "per cent"),
    "dollars": ("$",),
}
SAME_SIGN = str.maketrans(
    {
        **dict.fromkeys("\N{MINUS SIGN}\N{EN DASH}\N{EM DASH}\N{FIGURE DASH}", "-"),
        **dict.fromkeys("\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{PRIME}", "'"),
        **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    }
)


def read_number(text: str, unit: str = "") -> Decimal | None:
    """Return the number that a text stands for, or None when that cannot be told."""
    bare = _without_unit(_plain_signs(text), unit)
    sign = -1 if bare.startswith("-") else 1
    digits = bare[1:].lstrip() if bare[:1] in {"+", "-"} else bare
    if PLAIN.fullmatch(digits) or SCIENTIFIC.fullmatch(digits):
        return _decimal(digits, sign)
    if GROUPED.fullmatch(digits):
        return _decimal(re.sub("[, ']", "", digits), sign)
    if GROUPED_WITH_DECIMAL_COMMA.fullmatch(digits) or DECIMAL_COMMA.fullmatch(digits):
        return _decimal(re.sub("[ ']", "", digits).replace(",", "."), sign)
    return None


def format_number(value: Decimal) -> str:
    """Write a number with commas between thousands and without idle zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def has_point_before_three_digits(text: str, unit: str = "") -> bool:
    """Tell whether some people would take the point in the text for a thousands separator."""
    bare = _without_unit(_plain_signs(text), unit)
    return POINT_BEFORE_THREE_DIGITS.fullmatch(bare) is not None


def _plain_signs(text: str) -> str:
    spaced = (" " if unicodedata.category(sign) == "Zs" else sign for sign in text)
    return "".join(spaced).translate(SAME_SIGN).strip()


def _without_unit(text: str, unit: str) -> str:
    name = unit.casefold()
    for word in (name, *UNIT_SIGNS.get(name, ())) if name else ():
        if text.casefold().endswith(word):
            return text[: -len(word)].rstrip()
        if text.startswith(word):
            return text[len(word) :].lstrip()
    return text


def _decimal(digits: str, sign: int) -> Decimal:
    value = Decimal(digits)
    return value.copy_negate() if sign < 0 and value else value
