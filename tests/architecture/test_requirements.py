"""The lock files hold what pyproject.toml asks for, each with hashes, and name no index."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture.project import ROOT, texts

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DEPENDENCIES = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["build"]
FOR_TESTS = [
    *PROJECT["project"]["optional-dependencies"]["postgres"],
    *PROJECT["dependency-groups"]["lint"],
    *PROJECT["dependency-groups"]["test"],
]
NEVER_IMPORTED = {"tzdata"}  # zoneinfo finds it by itself
COMES_WITH = {"pydantic-core": "pydantic"}  # in a version that pydantic alone chooses


def _imported() -> Iterator[str]:
    """Yield the first word of each module that the code imports."""
    for _, source in texts("courseware", "migrations", "config.py", suffix=".py"):
        for node in ast.walk(ast.parse(source)):
            match node:
                case ast.Import(names=names):
                    yield from (name.name.partition(".")[0] for name in names)
                case ast.ImportFrom(module=str(module)):
                    yield module.partition(".")[0]


def _locked(name: str) -> dict[str, str]:
    """Return the entries of a lock file by name and version, continuation lines joined."""
    joined = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {entry.split(maxsplit=1)[0]: entry for entry in entries}


@pytest.mark.parametrize(("lock", "asked"), [("run.lock", DEPENDENCIES), ("test.lock", DEPENDENCIES + FOR_TESTS)])
def test_a_lock_file_holds_what_was_asked_for(lock: str, asked: list[str]) -> None:
    versions = [entry.split("==") for entry in _locked(lock)]
    unmet = [
        requirement
        for requirement in map(Requirement, asked)
        if not any(
            canonicalize_name(name) == canonicalize_name(requirement.name) and requirement.specifier.contains(version)
            for name, version in versions
        )
    ]
    assert not unmet


@pytest.mark.parametrize("lock", ["run.lock", "test.lock"])
def test_every_locked_package_has_a_version_and_hashes(lock: str) -> None:
    entries = _locked(lock)
    assert entries
    assert all(re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry) for entry in entries.values())


def test_tests_run_on_the_very_versions_that_are_shipped() -> None:
    run, test = _locked("run.lock"), _locked("test.lock")
    assert {name: test.get(name) for name in run} == run


def test_what_is_asked_for_is_what_is_imported() -> None:
    outside = set(_imported()) - sys.stdlib_module_names - {"config", "courseware"}
    distributions = packages_distributions()
    used = {canonicalize_name(name) for module in outside for name in distributions[module]}
    asked = {canonicalize_name(Requirement(text).name) for text in PROJECT["project"]["dependencies"]}
    assert {COMES_WITH.get(name, name) for name in used} == asked - NEVER_IMPORTED
