"""Style sheets and scripts, kept by browsers as long as they do not change."""

from http import HTTPStatus
from pathlib import Path

import pytest

from courseware.core.paths import shipped
from courseware.web.application import CoursewareFlask
from courseware.web.static_files import fingerprint
from tests.http_client import Client


def test_a_file_in_its_present_version_may_be_kept_for_a_year(app: CoursewareFlask, client: Client) -> None:
    answer = client.get(f"/static/{app.config['STATIC_VERSION']}/css/styles.css", buffered=True)
    assert answer.status_code == HTTPStatus.OK
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert set(answer.headers["Cache-Control"].split(", ")) == {"public", "max-age=31536000", "immutable"}
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers


def test_an_old_version_gets_the_present_file_uncached(client: Client) -> None:
    answer = client.get("/static/000000000000/css/styles.css", buffered=True)
    assert answer.data == (shipped("static") / "css/styles.css").read_bytes()
    assert "immutable" not in answer.headers["Cache-Control"]
    assert "no-cache" in answer.headers["Cache-Control"]


def test_pages_name_the_present_version(app: CoursewareFlask, client: Client) -> None:
    assert f'href="/static/{app.config["STATIC_VERSION"]}/css/styles.css"' in client.get("/sign-in").text


@pytest.mark.parametrize(
    "path", ["../config.py", "..%2fconfig.py", "css/../../config.py", "css", "", "%00", "a" * 5000]
)
def test_nothing_outside_the_folder_is_sent(client: Client, path: str) -> None:
    answer = client.get(f"/static/000000000000/{path}", buffered=True)
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_version_changes_with_names_and_contents_only(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    file = tmp_path / "a" / "b.css"
    file.write_text("one", encoding="utf-8")
    first = fingerprint(tmp_path)
    file.touch()
    assert fingerprint(tmp_path) == first
    file.write_text("two", encoding="utf-8")
    second = fingerprint(tmp_path)
    file.rename(tmp_path / "b.css")
    assert len({first, second, fingerprint(tmp_path)}) == 3
