"""Clients who send their requests a byte at a time."""

import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from typing import Final

import pytest

from tests.processes.server import PATIENCE_SECONDS, Server
from tests.processes.visitor import Visitor

THREADS: Final = 2
# The server, with less patience than it has for people.
IMPATIENT: Final = (
    "from courseware.cli import main, worker; worker.READ_SECONDS = 1; main.main()",
    "serve",
    *("--workers", "1", "--threads", str(THREADS)),
)
UNFINISHED: Final = {
    "headers": b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    "a body": b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\n",
}


def dribble(port: int, beginning: bytes) -> bool:
    """Send byte after byte; tell whether the server ended it."""
    end = time.monotonic() + PATIENCE_SECONDS
    with socket.create_connection(("127.0.0.1", port)) as connection:
        try:
            connection.sendall(beginning)
            while time.monotonic() < end:
                connection.sendall(b"x")
                time.sleep(0.05)
        except OSError:
            return True
    return False


@pytest.mark.usefixtures("db")
@pytest.mark.parametrize("part", UNFINISHED)
def test_slow_clients_hold_the_server_for_a_while_and_not_for_good(
    settings: dict[str, str], tmp_path: Path, part: str
) -> None:
    server = Server(settings, tmp_path / "server.log", "-c", *IMPATIENT, program=sys.executable)
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            slow = [pool.submit(dribble, server.port, UNFINISHED[part]) for _ in range(THREADS)]
            assert all(each.result() for each in slow), server.output
        assert Visitor(server.port).get("/sign-in").status == HTTPStatus.OK
        assert server.stop() == 0
        assert "Traceback" not in server.output
    finally:
        server.kill()
