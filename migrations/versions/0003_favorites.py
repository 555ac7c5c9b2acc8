"""Who has starred which tree."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def reference(name, table):
    target = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, sa.Integer(), target, primary_key=True)


def upgrade():
    op.create_table("kpi_tree_favorite", reference("tree_id", "kpi_tree"), reference("user_id", "ab_user"))


def downgrade():
    op.drop_table("kpi_tree_favorite")
