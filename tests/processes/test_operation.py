"""What an operator relies on: a clean stop, a start that refuses what would go wrong, a demonstration that stays."""

import socket
import sqlite3
import stat
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path

import pytest
from flask_sqlalchemy import SQLAlchemy

from courseware.app import create_app
from courseware.core.environment import SettingsError
from tests.databases import CopiedDatabase
from tests.processes.conftest import StartServer
from tests.processes.ledger import Ledger
from tests.processes.server import Server, run_courseware
from tests.processes.visitor import Visitor

LEARNERS = 6


def test_on_sigterm_every_acknowledged_save_is_kept_and_the_exit_is_clean(
    db: SQLAlchemy, start_server: StartServer, make_learners: Callable[[int], list[str]], essays: str
) -> None:
    server = start_server()
    visitors = [Visitor(server.port) for _ in range(LEARNERS)]
    ledgers = []
    for visitor, email in zip(visitors, make_learners(LEARNERS), strict=True):
        visitor.sign_in(email)
        ledgers.append(Ledger(email, visitor.start(essays)))

    with ThreadPoolExecutor(LEARNERS) as pool:
        writing = [pool.submit(ledger.write, visitor) for ledger, visitor in zip(ledgers, visitors, strict=True)]
        while not all(ledger.acknowledged for ledger in ledgers):
            time.sleep(0.01)
        assert server.stop() == 0
        for done in writing:
            done.result()

    assert not any(ledger.refusals for ledger in ledgers), server.output
    for ledger in ledgers:
        ledger.compare(db)
    again = Visitor(start_server().port, visitors[0].cookies, visitors[0].token)
    assert again.get(ledgers[0].attempt).status == HTTPStatus.OK


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an instance as an operator does."""
    folder = tmp_path_factory.mktemp("ready")
    made = run_courseware("init", settings={"COURSEWARE_INSTANCE": str(folder)})
    assert made.returncode == 0, made.stderr
    return folder


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("COURSEWARE_SECRET_KEY", "weak", "COURSEWARE_SECRET_KEY is too weak"),
        ("COURSEWARE_SECRETKEY", "x", "Unknown setting COURSEWARE_SECRETKEY"),
        ("COURSEWARE_GRACE_SECONDS", "ten", "COURSEWARE_GRACE_SECONDS cannot be 'ten'"),
        ("COURSEWARE_DATABASE_URL", "postgresql+psycopg://x:geheim@127.0.0.1:1/x", "The database does not answer"),
    ],
)
def test_a_server_with_a_setting_that_would_go_wrong_does_not_start(
    ready: Path, name: str, value: str, told: str
) -> None:
    refused = run_courseware("serve", settings={"COURSEWARE_INSTANCE": str(ready), name: value})
    assert_one_line(refused.returncode, refused.stderr, told)
    assert refused.stdout == ""
    assert "geheim" not in refused.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COURSEWARE_SECRET_KEY", "a" * 64),
        ("COURSEWARE_PROXIES", "-1"),
        ("COURSEWARE_GRACE_SECONDS", "1e9"),
        ("COURSEWARE_MAX_UPLOAD_BYTES", "9" * 5_000),
        ("COURSEWARE_TIMEZONE", "Mars/Olympus"),
        ("COURSEWARE_TIMEZONE", "../../etc/passwd"),
        ("COURSEWARE_TIMEZONE", ""),
        ("COURSEWARE_TIMEZONE", "America"),
        ("COURSEWARE_BASE_URL", "example.org"),
        ("COURSEWARE_BASE_URL", "http://["),
        ("COURSEWARE_MAIL_URL", "pigeon:"),
        ("COURSEWARE_MAIL_URL", "smpt://x:geheim@mail.example.org"),
        ("COURSEWARE_RATE_LIMIT_STORAGE", "nowhere"),
        ("COURSEWARE_DATABASE_URL", "courseware.db"),
        ("COURSEWARE_DATABASE_URL", "sqlite://"),
        ("COURSEWARE_DATABASE_URL", "mysql://somewhere/x"),
        ("COURSEWARE_DATABASE_URL", "postgres://x:geheim@127.0.0.1/x"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named_and_no_passphrase_in_it_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv("COURSEWARE_INSTANCE", str(tmp_path))
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refusal:
        create_app()
    assert name in refusal.value.message
    assert "geheim" not in refusal.value.message


def assert_one_line(status: int, line: str, told: str) -> None:
    assert status == 1, line
    assert told in line
    assert line.count("\n") == 1, line


@pytest.mark.parametrize(
    ("command", "state"),
    [
        ("serve", "missing"),
        ("serve", "empty"),
        ("serve", "cut"),
        ("migrate", "missing"),
        ("sweep", "missing"),
        ("user add x@example.org --name X", "missing"),
        ("class list", "empty"),
    ],
)
def test_no_command_takes_an_empty_database_for_a_lost_one(
    ready: Path, tmp_path: Path, command: str, state: str
) -> None:
    database = tmp_path / "courseware.db"
    if state == "empty":
        database.touch()
    if state == "cut":
        database.write_bytes((ready / "courseware.db").read_bytes()[:5_000])
    before = database.read_bytes() if database.exists() else None
    refused = run_courseware(*command.split(), settings={"COURSEWARE_INSTANCE": str(tmp_path)})
    told = "The database does not answer" if state == "cut" else "There is no database here"
    assert_one_line(refused.returncode, refused.stderr, told)
    if state != "empty":  # of an empty file SQLite makes one that says how it is to be written
        assert (database.read_bytes() if database.exists() else None) == before


@pytest.mark.parametrize("command", ["serve", "migrate"])
def test_a_database_that_a_newer_version_has_made_is_left_alone(ready: Path, tmp_path: Path, command: str) -> None:
    database = tmp_path / "courseware.db"
    with sqlite3.connect(ready / "courseware.db") as source, sqlite3.connect(database) as copy:
        source.backup(copy)
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    source.close()
    copy.close()
    refused = run_courseware(command, settings={"COURSEWARE_INSTANCE": str(tmp_path)})
    assert_one_line(refused.returncode, refused.stderr, "Install the newer one")


def test_init_refuses_a_database_that_has_data(ready: Path) -> None:
    refused = run_courseware("init", settings={"COURSEWARE_INSTANCE": str(ready)})
    assert_one_line(refused.returncode, refused.stderr, "The database already has data")


def test_only_its_owner_can_read_the_instance(tmp_path: Path) -> None:
    instance = tmp_path / "new" / "instance"
    assert run_courseware("init", settings={"COURSEWARE_INSTANCE": str(instance)}).returncode == 0
    assert stat.S_IMODE(instance.stat().st_mode) == 0o700
    assert {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in instance.iterdir()} == {
        "courseware.db": "0o600",
        "secret-key": "0o600",
    }


def test_a_database_named_from_the_folder_you_start_from_is_made_and_found_there(tmp_path: Path) -> None:
    settings = {"COURSEWARE_INSTANCE": "instance", "COURSEWARE_DATABASE_URL": "sqlite:///data/my.db"}
    made = run_courseware("init", settings=settings, folder=tmp_path)
    assert made.returncode == 0, made.stderr
    database = tmp_path / "data" / "my.db"
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) == 0o700
    listed = run_courseware("class", "list", settings=settings, folder=tmp_path)
    assert (listed.returncode, listed.stderr) == (0, "")


def test_a_second_demonstration_keeps_all_data(tmp_path: Path) -> None:
    settings = {"COURSEWARE_INSTANCE": str(tmp_path / "new" / "instance")}
    log = tmp_path / "demo.log"
    accounts = tmp_path / "new" / "instance" / "demo-accounts.txt"

    first = Server(settings, log, "demo")
    kept = accounts.read_text()
    email, passphrase = kept.splitlines()[1].split()[:2]
    learner = Visitor(first.port)
    learner.sign_in(email, passphrase)
    attempt = learner.start("scale")
    assert first.stop() == 0
    assert all(line in log.read_text() for line in kept.splitlines())
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600

    second = Server(settings, log, "demo")
    learner.port = second.port
    assert learner.get(attempt).status == HTTPStatus.OK, "the session and the attempt live on"
    assert accounts.read_text() == kept
    assert log.read_text().count(passphrase) == 1, "a passphrase is printed once"
    assert second.stop() == 0


def test_init_makes_nothing_if_the_course_has_errors_so_that_it_can_be_run_again(tmp_path: Path) -> None:
    instance, course = tmp_path / "instance", tmp_path / "course"
    course.mkdir()
    settings = {"COURSEWARE_INSTANCE": str(instance), "COURSEWARE_CONTENT": str(course)}
    refused = run_courseware("init", settings=settings)
    assert refused.returncode == 1
    assert "course.yaml:1:1: file-missing" in refused.stderr
    assert run_courseware("init", settings={"COURSEWARE_INSTANCE": str(instance)}).returncode == 0


def test_the_address_and_the_process_are_printed(start_server: StartServer, copied_database: CopiedDatabase) -> None:
    assert copied_database.url
    server = start_server()
    assert f"Serving on http://127.0.0.1:{server.port} (pid {server.process_ids()[0]})." in server.output


def test_headers_of_a_proxy_count_for_nothing_where_no_proxy_is_set(
    start_server: StartServer, make_learners: Callable[[int], list[str]]
) -> None:
    (email,) = make_learners(1)
    visitor = Visitor(start_server().port)
    contrary = {"X-Forwarded-Proto": "https", "X-Forwarded-Ssl": "off", "X-Forwarded-For": "203.0.113.7"}
    visitor.sign_in(email)
    assert visitor.send("GET", "/account", headers=contrary).status == HTTPStatus.OK
    # Over TLS a request that changes something would have to name the page that it comes from.
    assert visitor.send("POST", "/sign-out", headers={"X-Forwarded-Proto": "https"}).status == HTTPStatus.FOUND


def test_a_port_that_is_taken_is_refused_in_one_line(ready: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = str(holder.getsockname()[1])
        refused = run_courseware("serve", "--port", port, settings={"COURSEWARE_INSTANCE": str(ready)})
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        f"Cannot serve on 127.0.0.1, port {port}: Address already in use. Choose another with --port."
    ]
    assert "Serving" not in refused.stdout
