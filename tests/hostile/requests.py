"""Requests that no page of ours would send: hostile values in every place of a request to every route."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final, TypeVar
from urllib.parse import quote

from hypothesis import strategies as st
from werkzeug.routing import Rule
from werkzeug.test import create_environ

CURRENT: Final = "CURRENT"  # stands for the version that is stored
LONG: Final = "x" * 1_000_000
HOSTILE_TEXTS: Final = (
    "",
    " ",
    "\0",
    "a\0b",
    "\r\n",
    "a\r\nSet-Cookie: planted=1",
    "\x1b[31m",
    "\ufeff",
    "\ud800",
    "\udfff\ud800",
    "\uffff",
    "\N{RIGHT-TO-LEFT OVERRIDE}live",
    "العربية",
    "\U0001d552\U0001f701",
    "e\u0301" * 50,
    "\uff10\uff11\uff12",
    "²",
    "-0",
    "-1",
    "007",
    "1e400",
    "NaN",
    "Infinity",
    "9223372036854775808",
    "2147483648",
    "99999999999999999999",
    "9" * 5_000,
    "1" + "0" * 400 + ".5",
    LONG,
    "%00",
    "%",
    "%zz",
    "..%2f..%2fetc%2fpasswd",
    "../../../etc/passwd",
    "/\\evil.example",
    "//evil.example",
    "javascript:alert(1)",
    "' OR '1'='1",
    "{{7*7}}${7*7}{% debug %}",
    "<script>alert(1)</script>",
    "None",
    "true",
    "[]",
)
HOSTILE_JSON: Final = (
    "null",
    "true",
    "-1",
    "0.5",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "9223372036854775808",
    "9" * 5_000,
    '""',
    '"\\u0000"',
    '"\\ud800"',
    "[]",
    "[[]]",
    '["a", "a"]',
    "[null]",
    '{"a": 1, "a": 2}',
    '{"": {"\\ud800": ["\\u0000"]}}',
    "[" * 100_000,
    "[" * 5_000 + "]" * 5_000,
    '{"a":' * 5_000 + "1" + "}" * 5_000,
    '"' + LONG + '"',
    '{"a": 1',
    "\ufeff{}",
    "",
)
HOSTILE_HEADERS: Final = {
    "Accept": ("application/json", "text/html;q=2;q=x", "*/*;q=-1", ",;=", "x" * 8_000),
    "Accept-Encoding": ("gzip", "br;q=1.0, gzip;q=nan", "identity;q=0, *;q=0", ";;"),
    "Accept-Language": ("ar", "x" * 5_000, "\xff"),
    "Authorization": ("Basic ////", "Bearer \xff", "Digest"),
    "Cookie": ("session=.", "session=\xff\xfe; theme=\xff", "theme=dark; theme=light", "=; ;=", "x=" + "y" * 8_000),
    "Forwarded": ("for=evil;host=evil.example", '"'),
    "Host": ("evil.example", "127.0.0.1:99999", "[::1", "\xff", "", "localhost:80:80", "127.0.0.1@evil"),
    "Idempotency-Key": ("", "a" * 65, "\xff", " ", "key\x7f"),
    "If-Match": ("*", '"'),
    "If-Modified-Since": ("never", "Sat, 29 Feb 2000 25:61:61 GMT", "Mon, 01 Jan 99999 00:00:00 GMT"),
    "If-None-Match": ("*", 'W/"', "\xff"),
    "Origin": ("null", "http://evil.example", "http://[", "\xff"),
    "Range": ("bytes=0-", "bytes=-9999999999999999999", "bytes=a-b", "bytes=" + "0-0," * 1_000, "items=1"),
    "Referer": ("http://[", "\xff"),
    "Sec-Fetch-Site": ("cross-site", "\xff"),
    "Transfer-Encoding": ("chunked", "gzip, chunked"),
    "X-CSRFToken": ("", "\xff", "a.b.c", "x" * 8_000),
    "X-Forwarded-For": ("\xff", "1.2.3.4, evil"),
    "X-Forwarded-Host": ("evil.example",),
    "X-HTTP-Method-Override": ("DELETE",),
    "X-Requested-With": ("XMLHttpRequest",),
}
CONTENT_TYPES: Final = (
    "application/json",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=\xff",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + "b" * 500,
    "multipart/form-data; boundary=x",
    "text/plain",
    "application/octet-stream",
    "\xff/\xff",
    "",
)
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW")
_ARGUMENT: Final = re.compile(r"<(?:[^:>]+:)?([^>]+)>")


@dataclass(frozen=True)
class HostileRequest:
    """A request as it arrives: addresses and headers in bytes of any kind."""

    method: str
    path: bytes
    query: bytes
    headers: Mapping[str, str]
    content_type: str
    body: bytes
    address: str

    def __repr__(self) -> str:
        """Show what can be read by a person."""
        head = {name: text[:80] for name, text in self.headers.items()}
        return (
            f"{self.method} {self.path[:200]!r} ?{self.query[:200]!r} {head} "
            f"{self.content_type[:80]!r} {self.body[:300]!r} ({len(self.body)} bytes)"
        )

    def environ(self, cookie: str, csrf_token: str) -> dict[str, Any]:
        """Return it as a server hands it to an application, sent by somebody with a cookie and a token."""
        environ = create_environ(method=self.method, base_url="http://127.0.0.1:8000")
        environ["PATH_INFO"] = self.path.decode("latin-1")
        environ["QUERY_STRING"] = self.query.decode("latin-1")
        environ["REMOTE_ADDR"] = self.address
        environ["wsgi.input"] = BytesIO(self.body)
        environ["CONTENT_LENGTH"] = str(len(self.body))
        environ["CONTENT_TYPE"] = self.content_type
        for name, text in {"Cookie": cookie, "X-CSRFToken": csrf_token, **self.headers}.items():
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = text
        return environ


@dataclass
class Known:
    """What a page would send: the values of addresses, the names of fields, and values for some of them."""

    addresses: dict[str, Sequence[str]]
    fields: Sequence[str]
    values: Sequence[str]


Drawn = TypeVar("Drawn")


def _mostly(usual: st.SearchStrategy[Drawn], other: st.SearchStrategy[Drawn]) -> st.SearchStrategy[Drawn]:
    """Return the usual thing six times out of seven: with something odd everywhere no request would come far."""
    return st.integers(0, 6).flatmap(lambda number: other if number == 3 else usual)


def hostile_requests(rule: Rule, known: Known) -> st.SearchStrategy[HostileRequest]:
    """Return requests to one route: most of them well-formed in all places but one or two."""
    texts = st.one_of(st.sampled_from(HOSTILE_TEXTS), st.text(st.characters(codec=None), max_size=12))
    names = _mostly(st.sampled_from(list(known.fields)), texts)
    values = st.one_of(st.sampled_from(list(known.values)), texts)
    pairs = st.lists(st.tuples(names, values), max_size=5)
    own = sorted(set(rule.methods or ()) - {"OPTIONS", "HEAD"})
    return st.builds(
        HostileRequest,
        method=_mostly(st.sampled_from(own), st.sampled_from(METHODS)),
        path=_paths(rule, known, texts),
        query=st.one_of(st.just(b""), pairs.map(_encoded), st.binary(max_size=20)),
        headers=_headers(),
        content_type=st.just(""),
        body=st.just(b""),
        address=st.integers(1, 2**24).map(lambda number: f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"),
    ).flatmap(lambda request: _with_body(request, pairs, values))


def _paths(rule: Rule, known: Known, texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    names = _ARGUMENT.findall(rule.rule)
    pieces = [
        _mostly(st.sampled_from(list(known.addresses[name])), texts) if name in known.addresses else texts
        for name in names
    ]

    def fill(drawn: tuple[str, ...]) -> bytes:
        given = iter(drawn)
        return _ARGUMENT.sub(lambda _match: next(given), rule.rule).encode("utf-8", "surrogatepass")

    return st.tuples(*pieces).map(fill)


def _headers() -> st.SearchStrategy[dict[str, str]]:
    hostile = st.sampled_from(sorted(HOSTILE_HEADERS)).flatmap(
        lambda name: st.tuples(st.just(name), st.sampled_from(HOSTILE_HEADERS[name]))
    )
    usual = st.fixed_dictionaries({"Idempotency-Key": st.integers(0, 2**32).map(str)})
    return _mostly(usual, st.tuples(usual, hostile).map(lambda drawn: {**drawn[0], drawn[1][0]: drawn[1][1]}))


def _with_body(
    request: HostileRequest, pairs: st.SearchStrategy[list[tuple[str, str]]], values: st.SearchStrategy[str]
) -> st.SearchStrategy[HostileRequest]:
    if request.method in {"GET", "HEAD"}:
        return st.just(request)
    form = pairs.map(lambda drawn: ("application/x-www-form-urlencoded", _encoded(drawn)))
    script = _almost_right_json(values).map(lambda text: ("application/json", text.encode("utf-8", "surrogatepass")))
    odd = st.one_of(
        form,
        script,
        pairs.map(lambda drawn: ("multipart/form-data; boundary=x", _multipart(drawn))),
        st.sampled_from(
            [
                ("application/x-www-form-urlencoded", b"x=" + b"y" * 2_000_000),
                ("application/x-www-form-urlencoded", b"&".join([b"x=1"] * 1_001)),
                ("application/json", b"[" + b" " * 2_000_001),
                ("application/json", b'{"version": 0, "flagged": false, "fields": {"\xff": ["\xff"]}}'),
                ("multipart/form-data; boundary=x", _multipart([("x", "1")] * 1_001)),
                ("multipart/form-data; boundary=x", _multipart([("x", "y" * 600_000)])),
                ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=\xff\r\n\r\n"),
                (
                    "multipart/form-data; boundary=x",
                    b'--x\r\nContent-Disposition: form-data; name="f"; filename="../f"',
                ),
            ]
        ),
        st.tuples(st.sampled_from(CONTENT_TYPES), st.binary(max_size=40)),
    )
    return _mostly(script if request.method == "PUT" else form, odd).map(
        lambda drawn: HostileRequest(
            request.method, request.path, request.query, request.headers, drawn[0], drawn[1], request.address
        )
    )


def _almost_right_json(values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return a save as the page sends it, with something else in one place or in none."""
    answer = st.one_of(values.map(json.dumps), st.sampled_from(HOSTILE_JSON))
    right = {
        "version": st.sampled_from([CURRENT, CURRENT, CURRENT, "0", "1"]),
        "flagged": st.sampled_from(["true", "false"]),
        "fields": answer.map(lambda text: f'{{"answer": [{text}]}}'),
        "anchor": answer,
    }
    save = st.fixed_dictionaries(right)
    spoilt = st.tuples(save, st.sampled_from(sorted(right)), st.sampled_from(HOSTILE_JSON)).map(
        lambda drawn: {**drawn[0], drawn[1]: drawn[2]}
    )
    objects = _mostly(save, spoilt).map(
        lambda drawn: "{" + ", ".join(f'"{name}": {text}' for name, text in drawn.items()) + "}"
    )
    return _mostly(objects, st.sampled_from(HOSTILE_JSON))


def _encoded(pairs: Sequence[tuple[str, str]]) -> bytes:
    return "&".join("=".join(quote(part.encode("utf-8", "surrogatepass")) for part in pair) for pair in pairs).encode()


def _multipart(pairs: Sequence[tuple[str, str]]) -> bytes:
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'.encode("utf-8", "surrogatepass")
        for name, text in pairs
    ]
    return b"".join(parts) + b"--x--\r\n"
