"""The program as an operator runs it: commands, and a server in processes of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

COURSEWARE: Final = str(Path(sys.executable).with_name("courseware"))
# Bounds for what hangs, not for what is slow.
PATIENCE_SECONDS: Final = 60
STOP_SECONDS: Final = 30


def run_courseware(
    *words: str, settings: Mapping[str, str], folder: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end."""
    return subprocess.run(
        [COURSEWARE, *words],
        env=environment(settings),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of this process, with the settings of a server in place of its own."""
    inherited = {name: text for name, text in os.environ.items() if not name.startswith("COURSEWARE_")}
    return {**inherited, **settings}


def free_port() -> int:
    """Return a port of this machine that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Server:
    """A running server. It writes what it has to say into a file."""

    def __init__(
        self, settings: Mapping[str, str], log: Path, *words: str, program: str = COURSEWARE, folder: Path | None = None
    ) -> None:
        """Start it; `words` are the command, `serve` if there are none."""
        self.port = free_port()
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [program, *(words or ("serve",)), "--port", str(self.port)],
                env=environment(settings),
                cwd=folder,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        try:
            self._wait_until_it_answers()
        except BaseException:
            self.kill()
            raise

    @property
    def output(self) -> str:
        """What all servers with this log have written."""
        return self._log.read_text()

    def ask_to_stop(self) -> None:
        """Send SIGTERM, as a service manager does."""
        self._process.send_signal(signal.SIGTERM)

    def wait(self) -> int:
        """Return the exit status; fail if it does not end in the time that is promised."""
        try:
            return self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            pytest.fail("the server did not stop")

    def stop(self) -> int:
        """Stop it cleanly and return the exit status."""
        self.ask_to_stop()
        return self.wait()

    def kill(self) -> None:
        """Kill all its processes at once, without a warning."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def process_ids(self) -> list[int]:
        """Return its processes, the first one first."""
        first = self._process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def _wait_until_it_answers(self) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < end:
            if self._process.poll() is not None:
                pytest.fail(f"the server ended at its start:\n{self.output}")
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
            try:
                connection.request("GET", "/sign-in")
                if connection.getresponse().status == http.client.OK:
                    return
            except OSError:
                time.sleep(0.05)
            finally:
                connection.close()
        pytest.fail(f"the server does not answer:\n{self.output}")
