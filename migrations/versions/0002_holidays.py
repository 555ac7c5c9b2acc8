"""Whose days off a tree's business days leave out."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade():
    op.add_column("kpi_tree", sa.Column("holidays", sa.String(64)))


def downgrade():
    op.drop_column("kpi_tree", "holidays")
