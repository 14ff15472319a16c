"""The cookie of a browser known to an account."""

from flask import Response

from courseware.accounts import known_browser
from courseware.web.application import CoursewareFlask


def cookie_for(app: CoursewareFlask, account: str) -> str:
    with app.test_request_context("/"):
        response = Response()
        known_browser.remember(response, account)
    return response.headers["Set-Cookie"].split(";")[0]


def test_it_is_known_to_its_account_and_no_other(app: CoursewareFlask) -> None:
    cookie = cookie_for(app, "amara@example.org")
    with app.test_request_context("/", headers={"Cookie": cookie}):
        assert known_browser.find("amara@example.org") is not None
        assert known_browser.find("ben@example.org") is None


def test_an_altered_cookie_is_not_known(app: CoursewareFlask) -> None:
    cookie = cookie_for(app, "amara@example.org")
    for altered in ("known_browser=", "known_browser=x.y", cookie[:-3] + "AAA"):
        with app.test_request_context("/", headers={"Cookie": altered}):
            assert known_browser.find("amara@example.org") is None
