"""Prints what the usual requests cost beside a bare stack that reads a session and an owner and writes a row."""

import os
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

import click
from bench.bare import TOKEN, make_bare_app
from bench.classroom import Act, make_classroom
from werkzeug.test import Client

from courseware.app import create_app

WARM_UP = 10
# What promise L4 asks for; a measurement is no test, so nothing is refused here.
WANTED = {"autosave": 0.30, "quiz page": 0.25, "start": 0.15}


@click.command()
@click.option("--rounds", default=200, show_default=True, type=click.IntRange(20), help="How often each is measured.")
def main(rounds: int) -> None:
    """Measure every act in turn, round by round, so that whatever slows the machine slows all alike.

    Example: python -m bench --rounds 500
    """
    with tempfile.TemporaryDirectory(prefix="courseware-bench-") as name:
        folder = Path(name)
        os.environ["COURSEWARE_INSTANCE"] = name
        (folder / "courseware.db").touch()
        bare = Client(make_bare_app(folder / "bare.db"))
        bare.set_cookie("session", TOKEN)

        def bare_save() -> None:
            if bare.put("/documents/1", json={"text": "What the post says"}).status_code != 200:  # noqa: PLR2004
                raise RuntimeError("the bare stack refused a save")

        click.echo("Making a class.")
        acts: dict[str, Act] = {"bare stack": bare_save}
        acts |= make_classroom(create_app(), rounds + WARM_UP + 1).acts()
        times: dict[str, list[float]] = {name: [] for name in acts}
        for number in range(WARM_UP + rounds):
            for name, act in acts.items():
                began = time.perf_counter()
                act()
                if number >= WARM_UP:
                    times[name].append(time.perf_counter() - began)
        _print(times)


def _print(times: dict[str, list[float]]) -> None:
    yardstick = statistics.median(times["bare stack"])
    click.echo(f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors, one request at a time.\n")
    click.echo(f"{'':<12} {'median':>9} {'p95':>9} {'ratio':>7} {'wanted':>7}")
    for name, measured in times.items():
        median = statistics.median(measured)
        p95 = statistics.quantiles(measured, n=20)[-1]
        wanted = f"{WANTED[name]:.2f}" if name in WANTED else ""
        click.echo(f"{name:<12} {median * 1000:>6.2f} ms {p95 * 1000:>6.2f} ms {yardstick / median:>7.2f} {wanted:>7}")


if __name__ == "__main__":
    main()
