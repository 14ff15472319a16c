"""Prints what the usual requests cost beside a bare stack that reads a session and an owner and writes a row."""

import os
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import click
from werkzeug.test import Client

from bench.bare import TOKEN, make_bare_app
from bench.classroom import Act, make_classroom
from courseware.app import create_app

WARM_UP = 10
YARDSTICK = "bare stack"
# What promise L4 asks for; a measurement is no test, so nothing is refused here.
WANTED = {"autosave": 0.30, "quiz page": 0.25, "start": 0.15}


class Cost(NamedTuple):
    """What one request took, in seconds: by the clock, and on the processor, which other programs do not lengthen."""

    time: float
    processor: float


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
        acts: dict[str, Act] = {YARDSTICK: bare_save}
        acts |= make_classroom(create_app(), rounds + WARM_UP + 1).acts()
        costs: dict[str, list[Cost]] = {each: [] for each in acts}
        for number in range(WARM_UP + rounds):
            for each, act in acts.items():
                cost = _measure(act)
                if number >= WARM_UP:
                    costs[each].append(cost)
        _print(costs)


def _measure(act: Act) -> Cost:
    began, began_on_processor = time.perf_counter(), time.process_time()
    act()
    return Cost(time.perf_counter() - began, time.process_time() - began_on_processor)


def _print(costs: dict[str, list[Cost]]) -> None:
    medians = {
        name: Cost(*(statistics.median(part) for part in zip(*measured, strict=True)))
        for name, measured in costs.items()
    }
    bare = medians[YARDSTICK]
    click.echo(f"SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors, one request at a time; medians.\n")
    click.echo(f"{'':<12} {'time':>10} {'ratio':>6} {'processor':>11} {'ratio':>6} {'wanted':>7}")
    for name, cost in medians.items():
        wanted = f"{WANTED[name]:.2f}" if name in WANTED else ""
        click.echo(
            f"{name:<12} {cost.time * 1000:>7.2f} ms {bare.time / cost.time:>6.2f} "
            f"{cost.processor * 1000:>8.2f} ms {bare.processor / cost.processor:>6.2f} {wanted:>7}"
        )


if __name__ == "__main__":
    main()
