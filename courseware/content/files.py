"""Reading one text file of a course, with the care that files from elsewhere need."""

import re
from pathlib import Path
from typing import Final

from courseware.content.issues import IssueLog, Place, Rule

MAX_FILE_BYTES: Final = 2_000_000

# Beside the control characters: marks that a reader cannot see and that may reverse or hide the text around them.
INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffc\ufffe\uffff]"
)


def read_text(path: Path, name: str, log: IssueLog) -> str | None:
    """Return the text of the file with plain line ends, or None after logging why it cannot be read.

    Invisible characters are logged and replaced, so that reading can go on and every column stays in place.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError:
        log.add(Place(name), Rule.UNREADABLE_FILE, "This file cannot be opened.")
        return None
    if len(content) > MAX_FILE_BYTES:
        log.add(Place(name), Rule.UNREADABLE_FILE, f"This file is larger than {MAX_FILE_BYTES:,} bytes.")
        return None
    if content.startswith(b"\xef\xbb\xbf"):
        log.add(Place(name), Rule.UNREADABLE_FILE, "This file begins with a byte order mark.")
        return None
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        place = place_in(content[: error.start].decode("utf-8"), error.start, name)
        log.add(place, Rule.UNREADABLE_FILE, "The bytes here are not UTF-8.")
        return None
    if "\x00" in text:
        log.add(place_in(text, text.index("\x00"), name), Rule.UNREADABLE_FILE, "There is a NUL byte here.")
        return None
    for found in INVISIBLE.finditer(text):
        what = f"There is an invisible character here, U+{ord(found[0]):04X}."
        log.add(place_in(text, found.start(), name), Rule.CONTROL_CHARACTERS, what)
    return INVISIBLE.sub("\N{REPLACEMENT CHARACTER}", text)


def place_in(text: str, offset: int, file: str) -> Place:
    """Return the line and column of an offset in the text of a file."""
    before = text[:offset]
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
