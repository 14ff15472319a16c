"""How every run goes: on which database, on this machine only, and that nothing is skipped in silence."""

import os
import subprocess
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.databases import NO_SERVER, SERVER_URL, postgresql_server
from tests.network import only_this_machine

pytest_plugins = ["tests.application", "tests.people", "tests.tea"]

# No test may fail because the machine is busy.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")

_PASSED_TO_WORKERS = {"server_url": SERVER_URL, "no_server": NO_SERVER}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run choose its database."""
    parser.addoption(
        "--database",
        choices=("sqlite", "postgresql"),
        default="sqlite",
        help="what the tests run on; with postgresql only those that use a database are run. "
        "TEST_DATABASE_URL names a server; without it one is started and stopped again.",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Start the one server of this run. It belongs to the process that the workers report to."""
    for name in [name for name in os.environ if name.startswith("COURSEWARE_")]:
        del os.environ[name]
    if config.getoption("--database") == "sqlite":
        return
    if hasattr(config, "workerinput"):
        for name, key in _PASSED_TO_WORKERS.items():
            if name in config.workerinput:
                config.stash[key] = config.workerinput[name]
        return
    if "TEST_DATABASE_URL" in os.environ:
        config.stash[SERVER_URL] = os.environ["TEST_DATABASE_URL"]
        return
    server = postgresql_server()
    try:
        config.stash[SERVER_URL] = server.__enter__()
    except (ImportError, OSError, subprocess.SubprocessError) as reason:
        config.stash[NO_SERVER] = f"no PostgreSQL server could be started: {reason}"
    else:
        config.add_cleanup(lambda: _close(server))


def _close(server: Any) -> None:
    server.__exit__(None, None, None)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each worker where the server is."""
    for name, key in _PASSED_TO_WORKERS.items():
        if key in node.config.stash:
            node.workerinput[name] = node.config.stash[key]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Run only what uses a database on any but the usual one."""
    if config.getoption("--database") == "sqlite":
        return
    others = [item for item in items if "app" not in getattr(item, "fixturenames", ())]
    config.hook.pytest_deselected(items=others)
    items[:] = [item for item in items if item not in others]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Count a skipped test as a failure where everything must run."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"Skipped, which CI=true does not allow: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    with only_this_machine():
        yield
