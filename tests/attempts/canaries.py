"""The sample course with a canary in everything that belongs to a key, and the search for it.

Every canary in words begins with one rare word, so that it is found in whatever encoding it may hide.
"""

import base64
import itertools
import re
from collections.abc import Iterator
from typing import Any, Final

from werkzeug.test import TestResponse

from tests.content.course_copy import CourseCopy
from tests.factories.courses import QUESTIONS, change_yaml

WORD: Final = "kanary"
TEXTS: Final = {"feedback", "misreading", "tolerance_reason", "model", "after", "scoring"}
FIRST_NUMBER: Final = 9_871_001
TOLERANCE: Final = 0.0617
LESSONS: Final = ("modules/01-duty/chests-landed.md", "modules/01-duty/why-it-fell.md")

Tree = dict[str, Any]


class Planter:
    """Writes canaries into definitions, each with a number of its own, and keeps the numbers that are answers."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.answers: list[int] = []

    def plant(self, copy: CourseCopy) -> None:
        """Plant in every question of the bank and in every inline check."""
        for file in QUESTIONS:
            change_yaml(copy, file, self._bank)
        for file in LESSONS:
            path = copy.folder / file
            text = path.read_text(encoding="utf-8")
            # A claim cited at the end must stay at the end of the sentence.
            text = re.sub(r"(feedback: \"?|tolerance_reason: )(?=\w)", lambda found: f"{found[1]}{self._word()} ", text)
            path.write_text(text, encoding="utf-8")

    def _word(self) -> str:
        return f"{WORD}{next(self._numbers)}"

    def _bank(self, data: Tree) -> None:
        for question in data["questions"]:
            self._rename(question)
            self._walk(question)

    def _rename(self, question: Tree) -> None:
        """Give every choice, item, gap and criterion an id that is a canary."""
        parts = [part for name in ("choices", "items", "gaps", "criteria") for part in question.get(name, ())]
        names = {part["id"]: self._word() for part in parts}
        for part in parts:
            part["id"] = names[part["id"]]
        for pair in question.get("pairs", ()):
            pair["answer"] = names[pair["answer"]]
        if question["type"] == "ordering":
            question["answer"] = [names[item] for item in question["answer"]]
            for pattern in question["patterns"]:
                for key in ("order", "before"):
                    if key in pattern:
                        pattern[key] = [names[item] for item in pattern[key]]
        if question["type"] == "cloze":
            question["text"] = re.sub(r"\{\{(\w+)\}\}", lambda found: f"{{{{{names[found[1]]}}}}}", question["text"])

    def _walk(self, part: Tree) -> None:
        for key, value in part.items():
            if key in TEXTS:
                part[key] = f"{self._word()} {value}"
            elif isinstance(value, list):
                for each in value:
                    if isinstance(each, dict):
                        self._walk(each)
        for criterion in part.get("criteria", ()):
            criterion["text"] = self._word()
        for key in ("accept", "like"):
            if key in part:
                part[key] = [self._word(), *part[key]]
        if part.get("type") == "numeric":
            self._number(part)

    def _number(self, part: Tree) -> None:
        answer = FIRST_NUMBER + 17 * len(self.answers)
        self.answers.append(answer)
        part["answer"], part["tolerance"] = answer, TOLERANCE
        part["patterns"][0] |= {"from": answer - TOLERANCE, "to": answer + TOLERANCE}


def needles(answers: list[int], *secrets: str) -> Iterator[bytes]:
    """Return everything in which a canary, an answer in figures or another secret may show itself."""
    for word in (WORD, *secrets):
        plain = word.encode()
        yield plain
        yield plain[::-1]
        yield plain.hex().encode()
        yield "".join(f"%{byte:02x}" for byte in plain).encode()
        yield "".join(f"&#{byte};" for byte in plain).encode()
        yield "".join(f"&#x{byte:x};" for byte in plain).encode()
        yield "".join(f"\\u{byte:04x}" for byte in plain).encode()
        yield from _in_base64(plain)
    for number in (*answers, TOLERANCE):
        for text in (str(number), f"{number:,}"):
            yield text.encode()
            yield text[::-1].encode()


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """Return what is sure to stand in the Base64 of any text that holds the word, lower-cased as pages are."""
    for before in range(3):
        coded = base64.b64encode(b"\0" * before + plain)
        # The first and last figures depend on what stands beside the word.
        start, stop = -(-before * 8 // 6), (before + len(plain)) * 8 // 6
        yield coded[start:stop].lower()


def leaks(response: TestResponse, wanted: list[bytes]) -> list[bytes]:
    """Return which of the needles stand in a response, headers and cookies included."""
    everything = (str(response.headers).encode() + response.data).lower()
    return [needle for needle in wanted if needle in everything]
