"""Every link of every page leads somewhere: to a page that answers, and to an id that stands on it."""

import re
from html import unescape
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

import pytest

from courseware.accounts.models import User
from tests.http_client import Client
from tests.people import SignIn

_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"')
_ID = re.compile(r'\sid="([^"]+)"')
LEAST_PAGES = 600


class Crawl:
    """Follows the links of one person from the first page on, each page once."""

    def __init__(self, client: Client) -> None:
        """Begin with nothing seen."""
        self._client = client
        self._ids: dict[str, frozenset[str]] = {}
        self._wanted: dict[tuple[str, str], str] = {}
        self.dead: list[str] = []

    def run(self, start: str) -> int:
        """Return how many pages were seen, after following everything."""
        waiting = [(start, "the start")]
        while waiting:
            path, origin = waiting.pop()
            if path in self._ids:
                continue
            response = self._client.get(path)
            self._ids[path] = frozenset(_ID.findall(response.text)) if response.mimetype == "text/html" else frozenset()
            if response.status_code != HTTPStatus.OK:
                self.dead.append(f"{response.status_code} {path}, from {origin}")
            elif response.mimetype == "text/html":
                waiting += self._links(path, response.text)
        for (path, anchor), origin in self._wanted.items():
            if anchor not in self._ids[path]:
                self.dead.append(f"no id {anchor} on {path}, from {origin}")
        return len(self._ids)

    def _links(self, origin: str, html: str) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for link in map(unescape, _LINK.findall(html)):
            parts = urlsplit(urljoin(f"http://site{origin}", link))
            assert parts.netloc == "site", f"{origin} leads away to {link}"
            path = f"{parts.path}?{parts.query}" if parts.query else parts.path
            found.append((path, origin))
            if parts.fragment:
                self._wanted.setdefault((path, parts.fragment), origin)
        return found


@pytest.mark.parametrize("person", ["learner", "instructor"])
def test_no_link_is_a_dead_end(request: pytest.FixtureRequest, sign_in: SignIn, client: Client, person: str) -> None:
    user: User = request.getfixturevalue(person)
    request.getfixturevalue("class_")
    sign_in(user)
    crawl = Crawl(client)
    pages = crawl.run("/")
    assert crawl.dead == []
    assert pages > LEAST_PAGES
