"""An installed wheel works from any folder, and holds what git keeps and nothing else."""

import hashlib
import os
import re
import subprocess
import sys
import sysconfig
import venv
import zipfile
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, files
from tests.processes.server import Server
from tests.processes.visitor import Visitor

INSIDE = ("content", "migrations", "static", "templates")


def _build(folder: Path) -> Path:
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--wheel-dir", folder, ROOT], check=True, timeout=120)
    (wheel,) = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel once."""
    return _build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel where it sees the packages of this environment, but not the checkout."""
    place = tmp_path_factory.mktemp("installed")
    venv.create(place, symlinks=True)
    paths = sysconfig.get_paths(vars={"base": str(place), "platbase": str(place)})
    # A path file inside a folder that a path file names is not read: the editable install stays unseen.
    Path(paths["purelib"], "packages.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    python = Path(paths["scripts"], "python")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    # Without --ignore-installed pip takes the editable install for one that it has to replace.
    subprocess.run([*pip, "--ignore-installed", wheel], check=True, timeout=120)
    return Path(paths["scripts"])


def _run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: text for name, text in os.environ.items() if not name.startswith(("COURSEWARE_", "PYTHON"))}
    return subprocess.run(
        [installed / "courseware", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        text=True,
        timeout=120,
    )


def test_the_wheel_holds_what_git_keeps_and_nothing_else(wheel: Path) -> None:
    kept = files("courseware") + [f"courseware/_data/{name}" for name in files("config.py", *INSIDE)]
    with zipfile.ZipFile(wheel) as archive:
        held = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert sorted(held) == sorted(kept)


def test_two_builds_give_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    again = _build(tmp_path)
    assert hashlib.sha256(again.read_bytes()).digest() == hashlib.sha256(wheel.read_bytes()).digest()


@pytest.mark.parametrize("words", [["--version"], ["content", "check"], ["routes"]], ids=" ".join)
def test_an_installed_wheel_works_from_any_folder(installed: Path, tmp_path: Path, words: list[str]) -> None:
    done = _run(installed, tmp_path, *words)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_installed_wheel_makes_its_database_from_what_it_carries(installed: Path, tmp_path: Path) -> None:
    done = _run(installed, tmp_path, "init")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "instance" / "courseware.db").is_file()


def test_an_installed_wheel_serves_the_demonstration(installed: Path, tmp_path: Path) -> None:
    server = Server({}, tmp_path / "log", "demo", program=str(installed / "courseware"), folder=tmp_path)
    email, passphrase = (tmp_path / "instance" / "demo-accounts.txt").read_text().splitlines()[1].split()[:2]
    learner = Visitor(server.port)
    learner.sign_in(email, passphrase)
    lesson = learner.get("/modules/scale/lessons/what-is-counted").text
    style_sheet = re.search(r'/static/[^"]+[.]css', lesson)
    assert style_sheet is not None
    assert learner.get(style_sheet[0]).status == HTTPStatus.OK
    assert server.stop() == 0
