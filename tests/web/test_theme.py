"""Light, dark or as the system says."""

import pytest

from tests.http_client import Client


def test_the_theme_goes_round_and_comes_back_to_the_page(client: Client) -> None:
    seen = []
    for _ in range(3):
        answer = client.post("/theme", data={"next": "/sign-in?next=/account"})
        assert answer.location == "/sign-in?next=/account"
        cookie = client.get_cookie("theme")
        assert cookie is not None
        seen.append(cookie.value)
        page = client.get("/sign-in").text
        assert ("data-theme" in page.split(">")[1]) is (cookie.value != "auto")
    assert seen == ["light", "dark", "auto"]


@pytest.mark.parametrize("theme", ["", "pink", '"><script>', "light "])
def test_a_theme_that_nobody_knows_is_as_the_system_says(client: Client, theme: str) -> None:
    client.set_cookie("theme", theme)
    assert 'data-theme="' not in client.get("/sign-in").text
    client.post("/theme")
    cookie = client.get_cookie("theme")
    assert cookie is not None
    assert cookie.value == "light"


@pytest.mark.parametrize("target", ["//example.net", "https://example.net", "/\\example.net", ""])
def test_changing_the_theme_leads_nowhere_else(client: Client, target: str) -> None:
    assert client.post("/theme", data={"next": target}).location == "/"
