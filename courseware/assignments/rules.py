"""When an assignment is open."""

import enum
from dataclasses import dataclass
from datetime import datetime


class WindowState(enum.Enum):
    """How an assignment's dates stand to a moment."""

    NOT_YET = "not yet"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class AccessWindow:
    """The dates between which attempts may begin; a missing one sets no limit."""

    opens_at: datetime | None
    closes_at: datetime | None

    def state(self, at: datetime) -> WindowState:
        """Tell how the window stands at a moment; it is open at its first and last moment."""
        if self.opens_at is not None and at < self.opens_at:
            return WindowState.NOT_YET
        if self.closes_at is not None and at > self.closes_at:
            return WindowState.CLOSED
        return WindowState.OPEN
