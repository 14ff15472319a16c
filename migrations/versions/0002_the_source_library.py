"""the source library"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "actor",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["version_id"], ["course_version.id"], name=op.f("fk_actor_version_id_course_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_actor")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_actor_version_id_key")),
    )
    op.create_table(
        "search_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["course_version.id"], name=op.f("fk_search_entry_version_id_course_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_entry")),
    )
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_entry_version_id"), ["version_id"], unique=False)

    op.create_table(
        "tension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("strength", sa.String(length=32), nullable=False),
        sa.Column("source_keys", sa.JSON(), nullable=False),
        sa.Column("claim_keys", sa.JSON(), nullable=False),
        sa.Column("lesson_slugs", sa.JSON(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["course_version.id"], name=op.f("fk_tension_version_id_course_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tension")),
        sa.UniqueConstraint("version_id", "key", name=op.f("uq_tension_version_id_key")),
    )
    op.create_table(
        "timeline_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("when", sa.Text(), nullable=False),
        sa.Column("year", sa.Double(), nullable=True),
        sa.Column("is_inferred", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("claim_keys", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["course_version.id"], name=op.f("fk_timeline_event_version_id_course_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timeline_event")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_timeline_event_version_id_position")),
    )
    op.create_table(
        "actor_claim",
        sa.Column("actor_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["actor.id"], name=op.f("fk_actor_claim_actor_id_actor")),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_actor_claim_claim_id_claim")),
        sa.PrimaryKeyConstraint("actor_id", "claim_id", name=op.f("pk_actor_claim")),
    )
    with op.batch_alter_table("actor_claim", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_actor_claim_claim_id"), ["claim_id"], unique=False)

    op.create_table(
        "claim_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=120), nullable=False),
        sa.Column("question_key", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["claim_id"], ["claim.id"], name=op.f("fk_claim_use_claim_id_claim")),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_claim_use_lesson_id_lesson")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_use")),
        sa.UniqueConstraint(
            "claim_id",
            "lesson_id",
            "anchor",
            "question_key",
            name=op.f("uq_claim_use_claim_id_lesson_id_anchor_question_key"),
        ),
    )
    with op.batch_alter_table("claim_use", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_claim_use_lesson_id"), ["lesson_id"], unique=False)

    op.create_table(
        "dispute",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=120), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("positions", sa.JSON(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("source_keys", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_dispute_lesson_id_lesson")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["course_version.id"], name=op.f("fk_dispute_version_id_course_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispute")),
        sa.UniqueConstraint("lesson_id", "anchor", name=op.f("uq_dispute_lesson_id_anchor")),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dispute_version_id"), ["version_id"], unique=False)

    op.create_table(
        "figure_data",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("lesson_id", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=120), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("csv", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name=op.f("fk_figure_data_lesson_id_lesson")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_data")),
        sa.UniqueConstraint("lesson_id", "anchor", name=op.f("uq_figure_data_lesson_id_anchor")),
    )
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.add_column(sa.Column("used_in", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.alter_column("used_in", server_default=None)

    # The full-text index belongs to no model: each database has its own kind.
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE search_entry_words USING fts5(title, body, content='search_entry', "
            "content_rowid='id', tokenize='porter unicode61 remove_diacritics 2', prefix='2 3')"
        )
    else:
        op.execute(
            "ALTER TABLE search_entry ADD COLUMN search_entry_words tsvector GENERATED ALWAYS AS "
            "(setweight(to_tsvector('english', title), 'A') || setweight(to_tsvector('english', body), 'D')) STORED"
        )
        op.execute("CREATE INDEX ix_search_entry_words ON search_entry USING gin (search_entry_words)")


def downgrade() -> None:
    """Go back."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE search_entry_words")
    with op.batch_alter_table("term", schema=None) as batch_op:
        batch_op.drop_column("used_in")

    op.drop_table("figure_data")
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dispute_version_id"))

    op.drop_table("dispute")
    with op.batch_alter_table("claim_use", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_claim_use_lesson_id"))

    op.drop_table("claim_use")
    with op.batch_alter_table("actor_claim", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_actor_claim_claim_id"))

    op.drop_table("actor_claim")
    op.drop_table("timeline_event")
    op.drop_table("tension")
    with op.batch_alter_table("search_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_entry_version_id"))

    op.drop_table("search_entry")
    op.drop_table("actor")
