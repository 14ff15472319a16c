"""The floors of docs/architecture.md hold, and files are named for what they hold."""

import subprocess
import sysconfig
from pathlib import Path, PurePosixPath

from tests.architecture.project import ROOT, files

SAYS_NOTHING = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}


def test_the_floors_hold() -> None:
    lint = Path(sysconfig.get_path("scripts")) / "lint-imports"
    done = subprocess.run(
        [lint, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, check=False, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout


def test_each_module_is_named_for_what_it_holds() -> None:
    vague = [name for name in files("courseware", "tests") if PurePosixPath(name).stem in SAYS_NOTHING]
    assert vague == ["courseware/questions/base.py"]
