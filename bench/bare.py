"""The yardstick: Flask and SQLAlchemy doing the least that a save needs, and nothing else."""

from pathlib import Path

from flask import Flask, Response, jsonify, request
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from werkzeug.exceptions import NotFound, Unauthorized

TOKEN = "token-of-the-only-session"  # noqa: S105 - opens nothing but the yardstick


class _Base(DeclarativeBase):
    """What the tables of the yardstick derive from."""


class _SignedIn(_Base):
    """A session."""

    __tablename__ = "signed_in"

    token: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int]


class _Document(_Base):
    """Something that somebody owns."""

    __tablename__ = "document"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int]


class _Revision(_Base):
    """Something written into it."""

    __tablename__ = "revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    text: Mapped[str]


def make_bare_app(file: Path) -> Flask:
    """Return an application whose one address reads a session, reads an owner and writes a row durably."""
    file.touch()
    engine = create_engine(f"sqlite:///{file}")  # courseware.core.database makes every engine equally durable
    _Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add_all([_SignedIn(token=TOKEN, user_id=1), _Document(id=1, owner_id=1)])
        session.commit()

    app = Flask("bare")

    @app.put("/documents/<int:document_id>")
    def save(document_id: int) -> Response:
        with Session(engine) as session:
            user_id = session.scalar(select(_SignedIn.user_id).where(_SignedIn.token == request.cookies.get("session")))
            if user_id is None:
                raise Unauthorized
            document = session.get(_Document, document_id)
            if document is None or document.owner_id != user_id:
                raise NotFound
            session.add(_Revision(document_id=document.id, text=request.get_json()["text"]))
            session.commit()
        return jsonify({"saved": True})

    return app
