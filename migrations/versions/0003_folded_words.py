"""search in folded words"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        op.execute("DROP TABLE search_entry_words")
    else:
        op.execute("ALTER TABLE search_entry DROP COLUMN search_entry_words")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("words", sa.Text(), server_default="", nullable=False))
    # Good enough until the next sync, which folds them.
    op.execute("UPDATE search_entry SET words = lower(title || ' ' || body)")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.alter_column("words", server_default=None)
    if is_sqlite:
        op.execute(
            "CREATE VIRTUAL TABLE search_entry_words USING fts5(words, content='search_entry', "
            "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2', prefix='3')"
        )
        op.execute("INSERT INTO search_entry_words (search_entry_words) VALUES ('rebuild')")
    else:
        op.execute(
            "ALTER TABLE search_entry ADD COLUMN search_entry_words tsvector "
            "GENERATED ALWAYS AS (to_tsvector('english', words)) STORED"
        )
        op.execute("CREATE INDEX ix_search_entry_words ON search_entry USING gin (search_entry_words)")


def downgrade() -> None:
    """Go back."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if is_sqlite:
        op.execute("DROP TABLE search_entry_words")
    else:
        op.execute("ALTER TABLE search_entry DROP COLUMN search_entry_words")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_column("words")
    if is_sqlite:
        op.execute(
            "CREATE VIRTUAL TABLE search_entry_words USING fts5(title, body, content='search_entry', "
            "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"
        )
        op.execute("INSERT INTO search_entry_words (search_entry_words) VALUES ('rebuild')")
    else:
        op.execute(
            "ALTER TABLE search_entry ADD COLUMN search_entry_words tsvector GENERATED ALWAYS AS "
            "(setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'D')) STORED"
        )
        op.execute("CREATE INDEX ix_search_entry_words ON search_entry USING gin (search_entry_words)")
