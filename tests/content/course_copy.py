"""A copy of the small sample course, into which tests plant faults."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from courseware.content.issues import Issue, Place
from courseware.content.loader import LoadedCourse, load_course

SAMPLE: Final = Path(__file__).parent.parent / "samples" / "tea-and-taxes"
SWIFTS: Final = SAMPLE.with_name("swifts-over-the-mill")

MARK: Final = "‸"
"""Stands in a planted text just before the place where the fault should be found; it is not written."""


@dataclass(frozen=True)
class CourseCopy:
    """A course folder that may be spoiled."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, sample: Path = SAMPLE) -> "CourseCopy":
        """Copy a sample course."""
        return cls(shutil.copytree(sample, folder / "course"))

    def plant(self, file: str, old: str, new: str) -> Place:
        """Replace the one occurrence of a text, and return the marked place, or the first of the file."""
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{text.count(old)} times in {file}: {old}"
        return self.write(file, text.replace(old, new))

    def write(self, file: str, text: str) -> Place:
        """Write a whole file, and return the marked place, or the first of the file."""
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace(MARK, ""), encoding="utf-8")
        before = text.partition(MARK)[0] if MARK in text else ""
        return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))

    def load(self) -> LoadedCourse:
        """Load the copy."""
        return load_course(self.folder)

    def issues(self) -> list[Issue]:
        """Load the copy and return what is wrong with it."""
        return self.load().issues
