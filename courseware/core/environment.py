"""Reads settings from environment variables and refuses what it does not know."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from courseware.core.errors import CoursewareError

PREFIX = "COURSEWARE_"
_PASSPHRASE_IN_URL = re.compile(r"(?<=:)[^:/@]+(?=@)")

Setting = TypeVar("Setting")


class SettingsError(CoursewareError):
    """A setting is missing, unknown or unreadable; the message names it."""


class Environment:
    """The variables that begin with `COURSEWARE_`, each read once, with its default.

    `refuse_unknown` names every variable that was never read, so that a typing slip cannot
    pass for a default.
    """

    def __init__(self, variables: Mapping[str, str]) -> None:
        """Look at the variables given, usually `os.environ`."""
        self._variables = {name: text for name, text in variables.items() if name.startswith(PREFIX)}
        self._read: set[str] = set()

    def text(self, name: str, default: str) -> str:
        """Return the text of a variable, or its default."""
        self._read.add(name)
        return self._variables.get(name, default)

    def parsed(self, name: str, default: str, parse: Callable[[str], Setting]) -> Setting:
        """Return the parsed value; a text that `parse` refuses with ValueError is named."""
        text = self.text(name, default)
        try:
            return parse(text)
        except ValueError as reason:
            message = f"{name} cannot be {_PASSPHRASE_IN_URL.sub('***', text)!r}: {reason}."
            raise SettingsError(message) from None

    def refuse_unknown(self) -> None:
        """Raise if a variable with our prefix was set and nobody has read it."""
        unknown = sorted(set(self._variables) - self._read)
        if unknown:
            message = f"Unknown setting {', '.join(unknown)}. See docs/configuration.md for all of them."
            raise SettingsError(message)
