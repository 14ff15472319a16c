"""The worker of the server: threads, and a limit on how long one waits for the rest of a request."""

import socket
import time
from contextlib import suppress
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker
from typing_extensions import override

READ_SECONDS = 20


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn has no types
    """Threads that no client holds by sending a request slowly.

    Gunicorn defers a client that sends nothing. One that sends a byte now and then holds a thread
    until its request has come as a whole, for as long as it likes.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._deadlines: dict[TConn, float] = {}

    @override
    def handle(self, conn: TConn) -> Any:
        self._deadlines[conn] = time.monotonic() + READ_SECONDS
        try:
            return super().handle(conn)
        finally:
            del self._deadlines[conn]

    @override
    def murder_pending(self) -> None:
        """Close what has expired; called every second or oftener, also while the worker stops."""
        super().murder_pending()
        now = time.monotonic()
        for conn, deadline in self._deadlines.copy().items():
            if deadline < now:
                # Reading ends, writing does not: a request that has come as a whole gets its answer.
                with suppress(OSError):
                    conn.sock.shutdown(socket.SHUT_RD)
