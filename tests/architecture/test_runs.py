"""Tests stay on this machine."""

import socket

import pytest

from tests.network import OutsideWorldError


def test_a_test_cannot_reach_another_machine() -> None:
    with pytest.raises(OutsideWorldError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_a_test_cannot_look_up_another_machine() -> None:
    with pytest.raises(OutsideWorldError):
        socket.create_connection(("example.org", 80), timeout=1)


def test_a_test_can_reach_itself() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as connection:
        assert connection.getpeername() == server.getsockname()
