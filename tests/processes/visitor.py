"""Somebody who talks to a server over a socket, with cookies and a token like a browser."""

import http.client
import json
import re
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from threading import Barrier
from typing import Any, Final, TypeVar
from urllib.parse import urlencode

from tests.people import PASSPHRASE
from tests.processes.server import PATIENCE_SECONDS

_HIDDEN_TOKEN: Final = re.compile(r'name="csrf_token" value="([^"]+)"')
_META_TOKEN: Final = re.compile(r'<meta name="csrf-token" content="([^"]+)"')

Given = TypeVar("Given")


class NoAnswerError(Exception):
    """The connection ended before a whole answer had come."""


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


@dataclass
class Visitor:
    """A browser without JavaScript; each request has a connection of its own, so that a copy can run beside it."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def send(self, method: str, path: str, body: str | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request; raise NoAnswerError if no whole answer comes."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        cookie = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        sent = {"Cookie": cookie, "X-CSRFToken": self.token, "Connection": "close", **(headers or {})}
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            answer = Answer(response.status, dict(response.getheaders()), response.read())
        except (OSError, http.client.HTTPException) as reason:
            raise NoAnswerError(str(reason)) from reason
        finally:
            connection.close()
        for text in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(text).items():
                self.cookies[name] = morsel.value
        return answer

    def get(self, path: str) -> Answer:
        """Read a page."""
        return self.send("GET", path)

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form."""
        return self.send("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, email: str, passphrase: str = PASSPHRASE) -> None:
        """Sign in as anybody that the tests have made."""
        found = _HIDDEN_TOKEN.search(self.get("/sign-in").text)
        assert found
        answer = self.post("/sign-in", csrf_token=found[1], email=email, passphrase=passphrase)
        assert answer.status == http.client.FOUND, answer.text
        found = _META_TOKEN.search(self.get("/").text)
        assert found
        self.token = found[1]

    def start(self, quiz_slug: str) -> str:
        """Start the quiz or go on with it; return the path of the attempt."""
        answer = self.post(f"/quizzes/{quiz_slug}/attempts")
        assert answer.status == http.client.SEE_OTHER, answer.text
        return answer.headers["Location"]

    def save(self, attempt: str, position: int, text: str, *, seen: int, key: str) -> Answer:
        """Save the text of one answer as the script of the page does."""
        body = json.dumps({"fields": {"answer": [text]}, "flagged": False, "version": seen})
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self.send("PUT", f"{attempt}/responses/{position}", body, headers)


def at_once(acts: Sequence[Callable[[], Given]]) -> list[Given]:
    """Do everything at the same moment and return what each act gave, in their order."""
    gate = Barrier(len(acts))

    def behind_gate(act: Callable[[], Given]) -> Given:
        gate.wait()
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(behind_gate, acts))
