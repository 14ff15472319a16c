"""A script that somebody types is shown to everybody as the text that it is, and changes no page."""

from http import HTTPStatus
from typing import Final

import pytest
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select

from courseware.accounts.models import User
from courseware.attempts.models import AttemptQuestion
from courseware.classes.models import Class
from tests.essay_quiz import QUESTIONS, QUIZ
from tests.hostile.pages import ReadPage, read_page
from tests.http_client import Client
from tests.people import SignIn

PLAIN: Final = "harmless words"
SCRIPTS: Final = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><svg onload=alert(1)>",
    "--><script>alert(1)</script><!--",
    "]]><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert&#40;1)</script></svg>",
    "<math><mtext></p><img src=x onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<a href=javascript:alert(1)>x</a>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example/x.css>",
    '" onfocus="alert(1)" autofocus="',
    "' onmouseover='alert(1)",
    "` onclick=`alert(1)",
    'x" onclick=alert(1) x="',
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ config.items() }}{% include 'layouts/base.html' %}",
    "${alert(1)} #{alert(1)} <%= alert(1) %>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "[x](javascript:alert(1)) ![x](x onerror=alert(1)) `<script>`",
    "<noscript><p title='</noscript><script>alert(1)</script>'>",
    "\u2028<scr\u0131pt>alert(1)</scr\u0131pt>",
)
PAGES: Final = ("/", "/modules", "/modules/scale", "/quizzes", f"/quizzes/{QUIZ}", "/sources", "/account", "/nowhere")
OF_OPEN: Final = ("", "/review")
OF_SUBMITTED: Final = ("/receipt", "/result")


@pytest.fixture
def submitted(writer: Client, attempt: str, essays: str) -> str:
    """Submit the attempt, and start another."""
    writer.post(f"{attempt}/submit")
    again = writer.post(f"/quizzes/{essays}/attempts").headers["Location"]
    assert again != attempt
    return attempt


def type_everywhere(db: SQLAlchemy, text: str) -> None:
    """Make a text the name of everybody, the title of the class and every answer."""
    for user in db.session.scalars(select(User)):
        user.name = text
    for class_ in db.session.scalars(select(Class)):
        class_.title = text
    for item in db.session.scalars(select(AttemptQuestion)):
        item.response = {"text": text}
        item.version = 1
    db.session.commit()


def read_everything(client: Client, submitted: str, instructor_client: Client, text: str) -> dict[str, ReadPage]:
    """Read every page that shows something of a person, and the one that shows two answers side by side."""
    opened = f"/attempts/{int(submitted.rpartition('/')[2]) + 1}"
    addresses = [*PAGES, *(opened + end for end in OF_OPEN), *(submitted + end for end in OF_SUBMITTED)]
    pages = {address: read_page(client.get(address).text) for address in addresses}
    pages |= {f"instructor {address}": read_page(instructor_client.get(address).text) for address in PAGES}
    stale = {f"q{position}-{name}": value for position in (1, QUESTIONS + 1) for name, value in _stale(text).items()}
    conflict = client.post(opened, data=stale)
    assert conflict.status_code == HTTPStatus.CONFLICT
    pages["conflict"] = read_page(conflict.text)
    return pages


def _stale(text: str) -> dict[str, str]:
    return {"version": "0", "answer": f"{text} typed"}


def test_a_script_in_a_name_a_title_or_an_answer_stays_text_on_every_page(
    db: SQLAlchemy, writer: Client, submitted: str, instructor: User, sign_in: SignIn
) -> None:
    other = writer.application.test_client()
    assert isinstance(other, Client)
    instructor_client = sign_in(instructor, other)
    type_everywhere(db, PLAIN)
    plain = read_everything(writer, submitted, instructor_client, PLAIN)
    showing = {address for address, page in plain.items() if page.shows(PLAIN)}
    assert {"/account", "/quizzes", submitted + "/result", "conflict", "instructor /"} <= showing

    for script in SCRIPTS:
        type_everywhere(db, script)
        for address, page in read_everything(writer, submitted, instructor_client, script).items():
            assert page.elements == plain[address].elements, f"{script} changes {address}"
            assert page.shows(script) is (address in showing), f"{script} is not shown on {address}"


def test_the_download_of_a_receipt_is_plain_text(db: SQLAlchemy, writer: Client, submitted: str) -> None:
    type_everywhere(db, SCRIPTS[0])
    answer = writer.get(f"{submitted}/receipt?download=1")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
