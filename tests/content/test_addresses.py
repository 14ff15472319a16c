"""Addresses of the pages that course texts lead to."""

import pytest

from courseware.content.addresses import term_address


@pytest.mark.parametrize(
    ("term", "address"),
    [
        ("fentanyl", "/glossary#fentanyl"),
        ("12-month window", "/glossary#12-month-window"),
        ("Zöllner & Söhne", "/glossary#zöllner-söhne"),
        ("關稅", "/glossary#關稅"),
    ],
)
def test_a_term_has_an_address_in_every_script(term: str, address: str) -> None:
    assert term_address(term) == address
