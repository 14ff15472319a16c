"""Runs migrations on the application's own engine, one transaction for all of them."""

from alembic import context
from flask import current_app

from courseware.core.database import Points, UtcDateTime, db


def plain_type(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as what they are in the database, so that migrations need no code of ours."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, Points):
        return "sa.Integer()"
    return False


def run() -> None:
    """Bring the database to the revision asked for, or nowhere if anything fails."""
    settings = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=db.metadata, render_item=plain_type, **settings)
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()
