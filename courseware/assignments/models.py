"""Work set for a class."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from courseware.assignments.rules import AccessWindow
from courseware.classes.models import Class
from courseware.core.database import Base, primary_key
from courseware.courses.models import KEY_LENGTH


class Assignment(Base):
    """A quiz of the course set for a class.

    What the quiz file says about attempts and time holds, within these dates. No date
    means no limit on that side.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        UniqueConstraint("class_id", "quiz_slug"),
        CheckConstraint("opens_at IS NULL OR closes_at IS NULL OR opens_at < closes_at", "opens_before_it_closes"),
    )

    id: Mapped[primary_key]
    class_id: Mapped[int] = mapped_column(ForeignKey("class.id"))
    quiz_slug: Mapped[str] = mapped_column(String(KEY_LENGTH))
    opens_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    closes_at: Mapped[datetime | None]

    class_: Mapped[Class] = relationship()

    @property
    def window(self) -> AccessWindow:
        """The dates between which attempts may begin."""
        return AccessWindow(self.opens_at, self.closes_at)

    @property
    def owner_id(self) -> None:
        """Nobody owns an assignment; it belongs to its class."""
