"""Typed access to an authored question, with errors that name what is missing and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Definition:
    """An authored mapping, or a part of one; every error is a ValueError an author can act on."""

    values: Mapping[str, object]
    place: str = ""

    def error(self, message: str) -> ValueError:
        """Return an error that says where in the question the problem is."""
        return ValueError(f"{self.place}: {message}" if self.place else message)

    def text(self, key: str) -> str:
        """Return a text that must be there and must not be blank."""
        text = self.optional_text(key)
        if not text.strip():
            raise self.error(f"{key} is missing")
        return text

    def optional_text(self, key: str) -> str:
        """Return a text, or an empty one when the key is absent."""
        value = self._value(key, default="")
        if not isinstance(value, str):
            raise self.error(f"{key} must be a text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, empty when the key is absent."""
        value = self._value(key, default=())
        if isinstance(value, str) or not isinstance(value, Sequence):
            raise self.error(f"{key} must be a list of texts")
        if not all(isinstance(text, str) and text.strip() for text in value):
            raise self.error(f"{key} must hold texts only, none of them blank")
        return tuple(value)

    def flag(self, key: str) -> bool:
        """Return true or false; an absent key is false."""
        value = self._value(key, default=False)
        if not isinstance(value, bool):
            raise self.error(f"{key} must be true or false")
        return value

    def number(self, key: str) -> Decimal:
        """Return a number that must be there, exactly as the author wrote it."""
        number = self.optional_number(key)
        if number is None:
            raise self.error(f"{key} is missing")
        return number

    def optional_number(self, key: str) -> Decimal | None:
        """Return a number exactly as the author wrote it, or None when the key is absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            raise self.error(f"{key} must be a number")
        # By way of text, because the binary value of 0.1 is not a tenth.
        number = Decimal(str(value))
        if not number.is_finite():
            raise self.error(f"{key} must be a finite number")
        return number

    def optional_count(self, key: str) -> int | None:
        """Return a whole number from one up, or None when the key is absent."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or value < 1:
            raise self.error(f"{key} must be a whole number, 1 or more")
        return value

    def parts(self, key: str) -> tuple["Definition", ...]:
        """Return a list of mappings, each of which knows its place."""
        value = self._value(key, default=())
        if isinstance(value, str) or not isinstance(value, Sequence) or not value:
            raise self.error(f"{key} is missing or empty")
        parts: list[Definition] = []
        for number, part in enumerate(value, start=1):
            if not isinstance(part, Mapping):
                raise self.error(f"{key} {number} must be a mapping")
            place = f"{key} {number}"
            parts.append(Definition(part, f"{self.place}, {place}" if self.place else place))
        return tuple(parts)

    def require_distinct(self, key: str, values: Sequence[str]) -> None:
        """Refuse a value that stands twice where each must be told from the others."""
        if len(set(values)) < len(values):
            raise self.error(f"two of the {key} are the same")

    def _value(self, key: str, *, default: object) -> object:
        value = self.values.get(key)
        return default if value is None else value
