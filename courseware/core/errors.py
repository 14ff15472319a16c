"""Errors that a person can be told about.

Each carries a sentence for the person who reads it: what happened, then what to do.
"""

from collections.abc import Mapping


class CoursewareError(Exception):
    """Something was refused for a reason that its message states."""

    status = 400

    def __init__(self, message: str) -> None:
        """Keep the sentence to show."""
        super().__init__(message)
        self.message = message


class Refused(CoursewareError):
    """A command or request asks for something that may not be done now."""

    status = 409


class Conflict(CoursewareError):
    """Somebody (or another tab) was quicker; `details` carries both sides for scripts."""

    status = 409

    def __init__(self, message: str, details: Mapping[str, object]) -> None:
        """Keep the sentence and what a script needs to show both sides."""
        super().__init__(message)
        self.details = details


class Closed(CoursewareError):
    """The time for this is over."""

    status = 410


class Invalid(CoursewareError):
    """What was sent cannot be read; `fields` says why, by field."""

    status = 422

    def __init__(self, message: str, fields: Mapping[str, str] | None = None) -> None:
        """Keep the sentence and the reasons by field."""
        super().__init__(message)
        self.fields = dict(fields or {})


class NoDatabase(CoursewareError):
    """The database that the settings name is not there."""

    status = 503


class TooManyTries(CoursewareError):
    """A rate limit was reached; `retry_after_seconds` says when to come back."""

    status = 429

    def __init__(self, message: str, retry_after_seconds: int) -> None:
        """Keep the sentence and the wait."""
        super().__init__(message)
        self.retry_after_seconds = retry_after_seconds
