"""Signing in and out, resetting and changing a passphrase, as a browser does."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from email.message import EmailMessage

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from courseware.accounts import services
from courseware.accounts.models import SignInSession, SiteRole
from courseware.web.application import CoursewareFlask
from courseware.web.rate_limit import TRIES, WINDOW_SECONDS
from tests.accounts.conftest import EMAIL, PASSPHRASE
from tests.application import Clock
from tests.http_client import Client
from tests.people import user_with

NEW = "nine pale herons wade"
Browsers = Callable[[], Client]
Outbox = Callable[[], list[EmailMessage]]


def is_signed_in(browser: Client) -> bool:
    return browser.get("/account").status_code == 200


def without_tokens(page: str) -> str:
    return re.sub(r'(name="csrf_token" value=|name="csrf-token" content=)"[^"]*"', "", page)


def ask_for_link(client: Client, outbox: Outbox) -> str:
    answer = client.post("/passphrase/forgotten", data={"email": EMAIL})
    assert answer.status_code == 200
    found = re.search(r"http://127\.0\.0\.1:8000(/\S+)", outbox()[-1].get_content())
    assert found is not None
    return found[1]


@pytest.mark.usefixtures("amara")
def test_sign_in_goes_on_to_the_page_that_was_asked_for(client: Client) -> None:
    page = client.get("/sign-in?next=/account?propose=yes")
    assert 'value="/account?propose=yes"' in page.text
    answer = client.post(
        "/sign-in", data={"email": " Amara@Example.org", "passphrase": PASSPHRASE, "next": "/account?propose=yes"}
    )
    assert (answer.status_code, answer.location) == (302, "/account?propose=yes")
    assert is_signed_in(client)


@pytest.mark.parametrize("target", ["https://example.net/", "//example.net", "/\\example.net", "javascript:alert(1)"])
@pytest.mark.usefixtures("amara")
def test_sign_in_leads_to_no_other_site(client: Client, target: str) -> None:
    answer = client.post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE, "next": target})
    assert answer.location == "/"


def test_whoever_is_signed_in_is_sent_on_from_the_sign_in_page(browsers: Browsers) -> None:
    assert browsers().get("/sign-in?next=/account").location == "/account"


@pytest.mark.usefixtures("amara")
def test_wrong_input_keeps_the_address_and_not_the_passphrase(client: Client) -> None:
    answer = client.post("/sign-in", data={"email": EMAIL, "passphrase": "the quiet river bends at night"})
    assert answer.status_code == 422
    assert f'value="{EMAIL}"' in answer.text
    assert "at night" not in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert 'aria-describedby="passphrase-error"' in answer.text
    assert '<a href="#passphrase">' in answer.text


@pytest.mark.usefixtures("amara")
def test_an_absent_account_gets_the_same_answer(client: Client) -> None:
    pages = [
        client.post("/sign-in", data={"email": email, "passphrase": "the quiet river bends at night"})
        for email in (EMAIL, "admar@example.org")
    ]
    assert pages[0].status_code == pages[1].status_code
    assert without_tokens(pages[0].text).replace(EMAIL, "") == without_tokens(pages[1].text).replace(
        "admar@example.org", ""
    )


@pytest.mark.usefixtures("db")
def test_empty_fields_are_named(client: Client) -> None:
    answer = client.post("/sign-in", data={})
    assert answer.status_code == 422
    assert "Enter your e-mail address." in answer.text
    assert "Enter your passphrase." in answer.text


@pytest.mark.usefixtures("db")
def test_a_control_character_is_refused(client: Client) -> None:
    answer = client.post("/sign-in", data={"email": "amara\x00@example.org", "passphrase": PASSPHRASE})
    assert answer.status_code == 422
    assert "cannot be seen" in answer.text


@pytest.mark.usefixtures("amara")
def test_a_planted_session_is_dead_after_sign_in(client: Client) -> None:
    with client.session_transaction() as session:
        session["_user_id"] = "planted"
        session["csrf_token"] = "planted"
        session["other"] = "planted"
    client.post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE})
    with client.session_transaction() as session:
        assert "planted" not in session.values()


@pytest.mark.usefixtures("amara")
def test_signing_in_again_ends_the_session_before(browsers: Browsers, db: SQLAlchemy) -> None:
    browser = browsers()
    browser.post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE})
    assert len([one for one in db.session.scalars(select(SignInSession)) if one.ended_at is None]) == 1


@pytest.mark.usefixtures("amara")
def test_cookies_are_closed_to_scripts_and_other_sites(client: Client) -> None:
    answer = client.post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE})
    cookies = answer.headers.getlist("Set-Cookie")
    assert {cookie.split("=")[0] for cookie in cookies} == {"session", "known_browser"}
    assert all("HttpOnly" in cookie and "SameSite=Lax" in cookie and "Path=/" in cookie for cookie in cookies)


def test_no_passphrase_of_a_browser_opens_by_an_altered_cookie(browsers: Browsers) -> None:
    browser = browsers()
    cookie = browser.get_cookie("session")
    assert cookie is not None
    browser.set_cookie("session", cookie.value[:-4] + "AAAA")
    assert not is_signed_in(browser)


def test_sign_out_ends_the_session_on_the_server(browsers: Browsers) -> None:
    browser = browsers()
    captured = browser.get_cookie("session")
    assert captured is not None
    assert browser.post("/sign-out").location == "/sign-in"
    browser.set_cookie("session", captured.value)
    assert not is_signed_in(browser)


def test_sign_out_without_a_session_is_harmless(client: Client) -> None:
    assert client.post("/sign-out").status_code == 302


def test_sign_out_by_a_link_does_nothing(browsers: Browsers) -> None:
    browser = browsers()
    assert browser.get("/sign-out").status_code == 405
    assert is_signed_in(browser)


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/passphrase/forgotten", "/account"])
def test_a_change_without_its_token_is_refused(browsers: Browsers, path: str) -> None:
    browser = browsers()
    browser.sends_csrf_token = False
    assert browser.post(path, data={"sign_out_others": "yes", "email": EMAIL}).status_code == 400
    assert is_signed_in(browser)


@pytest.mark.parametrize("end", ["disable", "role", "operator"])
def test_the_next_request_after_access_ended_is_refused(
    browsers: Browsers, db: SQLAlchemy, clock: Clock, end: str
) -> None:
    first, second = browsers(), browsers()
    user = user_with(EMAIL)
    if end == "disable":
        services.disable(user, at=clock.moment)
    elif end == "role":
        services.set_role(user, SiteRole.INSTRUCTOR, at=clock.moment)
    else:
        services.set_passphrase(user, NEW, at=clock.moment)
    db.session.commit()
    assert not is_signed_in(first)
    assert not is_signed_in(second)


def test_a_session_ends_when_nothing_was_changed_for_12_hours(browsers: Browsers, clock: Clock) -> None:
    browser = browsers()
    clock.advance(timedelta(hours=11, minutes=59))
    assert is_signed_in(browser)
    clock.advance(timedelta(minutes=1))
    assert not is_signed_in(browser)


def test_a_session_that_changes_something_goes_on_for_30_days(browsers: Browsers, clock: Clock) -> None:
    browser = browsers()
    for _ in range(71):
        clock.advance(timedelta(hours=10))
        browser.post("/theme", data={"next": "/"})
    assert is_signed_in(browser)
    clock.advance(timedelta(hours=10))
    assert not is_signed_in(browser)


def test_reading_writes_nothing(browsers: Browsers, db: SQLAlchemy, clock: Clock) -> None:
    browser = browsers()
    before = db.session.scalar(select(SignInSession.seen_at))
    clock.advance(timedelta(hours=1))
    assert is_signed_in(browser)
    db.session.expire_all()
    assert db.session.scalar(select(SignInSession.seen_at)) == before


def test_the_passphrase_is_changed_and_every_other_browser_signed_out(
    browsers: Browsers, client: Client, outbox: Outbox
) -> None:
    here, elsewhere = browsers(), browsers()
    captured = here.get_cookie("session")
    assert captured is not None
    answer = here.post("/account", data={"present": PASSPHRASE, "new": NEW})
    assert answer.location == "/account"
    assert "Passphrase changed." in here.get("/account").text
    assert not is_signed_in(elsewhere)
    elsewhere.set_cookie("session", captured.value)
    assert not is_signed_in(elsewhere)
    assert outbox()[-1]["Subject"] == "Your passphrase was changed"
    assert client.post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE}).status_code == 422
    assert client.post("/sign-in", data={"email": EMAIL, "passphrase": NEW}).status_code == 302


@pytest.mark.parametrize(
    ("present", "new", "field"),
    [
        ("the quiet river bends at night", NEW, "present"),
        (PASSPHRASE, "short", "new"),
        (PASSPHRASE, "passwordpassword", "new"),
        (PASSPHRASE, "Amara Sample 1999", "new"),
        (PASSPHRASE, "sourcebook 2026!", "new"),
        ("", NEW, "present"),
        (PASSPHRASE, "", "new"),
    ],
)
def test_a_change_that_is_refused_says_why_beside_its_field(
    browsers: Browsers, present: str, new: str, field: str
) -> None:
    browser = browsers()
    answer = browser.post("/account", data={"present": present, "new": new})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert PASSPHRASE not in answer.text
    assert is_signed_in(browser)


def test_the_other_browsers_are_listed_and_can_be_signed_out(browsers: Browsers) -> None:
    here, elsewhere = browsers(), browsers()
    page = here.get("/account").text
    assert page.count("This browser") == 1
    assert page.count("Another browser") == 1
    assert here.post("/account", data={"sign_out_others": "yes"}).location == "/account"
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize("path", ["/account", "reset"])
def test_a_passphrase_is_proposed_on_request(browsers: Browsers, client: Client, outbox: Outbox, path: str) -> None:
    browser = browsers()
    page = browser.get(ask_for_link(client, outbox) if path == "reset" else path)
    assert "<code>" not in page.text
    proposed = browser.get(page.request.path + "?propose=yes").text
    assert re.search(r"<code>[a-z]{6}(-[a-z]{6}){3}</code>", proposed)


def test_a_link_resets_the_passphrase_once(client: Client, browsers: Browsers, outbox: Outbox) -> None:
    elsewhere = browsers()
    link = ask_for_link(client, outbox)
    assert client.get(link).status_code == 200
    assert client.get(link).status_code == 200
    refused = client.post(link, data={"new": "passwordpassword"})
    assert refused.status_code == 422
    assert 'id="new-error"' in refused.text
    assert client.post(link, data={"new": NEW}).location == "/"
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)
    assert client.get(link).status_code == 410
    assert client.post(link, data={"new": "ten pale herons wade on"}).status_code == 410


@pytest.mark.usefixtures("amara")
def test_a_link_is_dead_after_an_hour(client: Client, outbox: Outbox, clock: Clock) -> None:
    link = ask_for_link(client, outbox)
    clock.advance(timedelta(minutes=60))
    assert client.get(link).status_code == 410
    assert client.post(link, data={"new": NEW}).status_code == 410


def test_a_link_is_dead_after_the_passphrase_changed(client: Client, browsers: Browsers, outbox: Outbox) -> None:
    link = ask_for_link(client, outbox)
    browsers().post("/account", data={"present": PASSPHRASE, "new": NEW})
    assert client.get(link).status_code == 410


@pytest.mark.usefixtures("amara")
def test_a_link_of_a_disabled_account_is_dead(client: Client, db: SQLAlchemy, outbox: Outbox, clock: Clock) -> None:
    link = ask_for_link(client, outbox)
    services.disable(user_with(EMAIL), at=clock.moment)
    services.enable(user_with(EMAIL))
    db.session.commit()
    assert client.get(link).status_code == 410


@pytest.mark.parametrize("secret", ["x", "A" * 43, "A" * 42 + "/", "A" * 500])
def test_a_made_up_link_opens_nothing(client: Client, secret: str) -> None:
    assert client.get(f"/passphrase/reset/{secret}").status_code in {404, 410}


@pytest.mark.usefixtures("amara")
def test_asking_for_a_link_tells_nothing_about_accounts(
    client: Client, db: SQLAlchemy, outbox: Outbox, clock: Clock
) -> None:
    known = client.post("/passphrase/forgotten", data={"email": EMAIL})
    absent = client.post("/passphrase/forgotten", data={"email": "admar@example.org"})
    services.disable(user_with(EMAIL), at=clock.moment)
    db.session.commit()
    disabled = client.post("/passphrase/forgotten", data={"email": EMAIL})
    assert known.status_code == absent.status_code == disabled.status_code == 200
    assert without_tokens(known.text) == without_tokens(disabled.text)
    assert without_tokens(known.text).replace(EMAIL, "") == without_tokens(absent.text).replace("admar@example.org", "")
    assert [message["To"] for message in outbox()] == [EMAIL]


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "gopher"},
        {"X-Forwarded-Server": "evil.example"},
        {"X-Original-Host": "evil.example"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"Host": "127.0.0.1:8000@evil.example"},
    ],
)
@pytest.mark.usefixtures("amara")
def test_a_link_is_built_from_the_configured_address_only(
    client: Client, outbox: Outbox, headers: dict[str, str]
) -> None:
    answer = client.post("/passphrase/forgotten", data={"email": EMAIL}, headers=headers)
    for message in outbox():
        assert "http://127.0.0.1:8000/passphrase/reset/" in message.get_content()
        assert "evil" not in message.as_string()
    assert answer.status_code == 400 or len(outbox()) == 1


@pytest.mark.usefixtures("amara")
def test_tries_are_throttled_by_the_tenth_and_the_owner_can_sign_in_after_15_minutes(
    app: CoursewareFlask, clock: Clock
) -> None:
    statuses = []
    for number in range(30):
        browser = app.test_client()
        data = {"email": EMAIL, "passphrase": f"the quiet river bends at {number}"}
        statuses.append(
            browser.post(
                "/sign-in", data=data, environ_overrides={"REMOTE_ADDR": f"203.0.113.{number % 5}"}
            ).status_code
        )
    assert statuses == [422] * TRIES + [429] * (30 - TRIES)
    answer = app.test_client().post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) <= WINDOW_SECONDS
    clock.advance(timedelta(minutes=15))
    assert app.test_client().post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE}).status_code == 302


def test_sign_in_change_and_reset_share_one_budget(browsers: Browsers, client: Client) -> None:
    browser = browsers()
    browser.delete_cookie("known_browser")
    for _ in range(3):
        browser.post("/account", data={"present": "the quiet river bends at night", "new": NEW})
        client.post("/passphrase/forgotten", data={"email": EMAIL})
        client.post("/sign-in", data={"email": EMAIL, "passphrase": "the quiet river bends at night"})
    assert client.post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE}).status_code == 429
    assert client.post("/passphrase/forgotten", data={"email": EMAIL}).status_code == 429
    assert browser.post("/account", data={"present": PASSPHRASE, "new": NEW}).status_code == 429


def test_strangers_cannot_lock_the_owner_out_of_a_browser_they_know(browsers: Browsers, client: Client) -> None:
    browser = browsers()
    browser.post("/sign-out")
    for _ in range(12):
        client.post("/sign-in", data={"email": EMAIL, "passphrase": "the quiet river bends at night"})
    assert client.post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE}).status_code == 429
    assert browser.post("/sign-in", data={"email": EMAIL, "passphrase": PASSPHRASE}).status_code == 302


@pytest.mark.usefixtures("db")
def test_a_browser_is_known_to_one_account_only(browsers: Browsers, clock: Clock) -> None:
    services.add_user("ben@example.org", "Ben Example", SiteRole.LEARNER, PASSPHRASE, at=clock.moment)
    browser = browsers()
    statuses = [
        browser.post("/sign-in", data={"email": "ben@example.org", "passphrase": "not quite the one"}).status_code
        for _ in range(TRIES + 1)
    ]
    other = browser.application.test_client()
    assert statuses[-1] == 429
    assert other.post("/sign-in", data={"email": "ben@example.org", "passphrase": PASSPHRASE}).status_code == 429


def test_a_signed_in_request_costs_one_statement_for_who_it_is(
    browsers: Browsers, count_statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    browser = browsers()
    with count_statements() as statements:
        browser.get("/account")
    assert len([text for text in statements if text.startswith("SELECT")]) == 2
