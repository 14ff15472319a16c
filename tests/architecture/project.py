"""Where the project's files lie."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def files(*folders: str) -> list[str]:
    """Return what git keeps or would keep below the folders, as paths from the root; without a folder, everything."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *folders]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    return sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file())


def texts(*folders: str, suffix: str = "") -> Iterator[tuple[str, str]]:
    """Go through the text files below the folders: path from the root, and text."""
    for name in files(*folders):
        if name.endswith(suffix):
            content = (ROOT / name).read_bytes()
            if b"\0" not in content:
                yield name, content.decode("utf-8")
