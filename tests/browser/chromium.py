"""Finds a Chromium for the browser tests. Run as a module, it installs one where that is allowed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
INSTALL_SECONDS = 600


def find() -> Path | None:
    """Return an installed Chromium or Chrome that starts, else the browser library's own, else None."""
    for name in NAMES:
        found = shutil.which(name)
        if found and _starts(found):
            return Path(found)
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return Path(own) if _starts(own) else None


def install() -> None:
    """Install Debian's package where that is allowed, else the browser library's own download."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        apt = ["apt-get", "-o", "DPkg::Lock::Timeout=120", "-qq"]
        if _runs([*apt, "update"]):
            _runs([*apt, "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"])
    if find() is None:
        _runs([sys.executable, "-m", "playwright", "install", "chromium"])


def main() -> int:
    """Say which browser the tests will use; without one, fail only where nothing may be skipped."""
    found = find()
    if found is None:
        print("No Chromium is installed. Installing one; this takes a minute or two.")
        install()
        found = find()
    if found is None:
        print("No Chromium was found and none could be installed. The browser tests will be skipped.", file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0
    print(f"Browser tests use {found}.")
    return 0


def _starts(command: str) -> bool:
    """Tell whether it is a browser and not, as on Ubuntu, a script that asks to install one."""
    return _runs([command, "--version"])


def _runs(command: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=INSTALL_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
