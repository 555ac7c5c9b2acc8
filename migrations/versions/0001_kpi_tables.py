"""The tables of KPI trees."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy_utils import UUIDType

revision = "0001"
down_revision = None


def audit_columns():
    return [
        sa.Column("created_on", sa.DateTime()),
        sa.Column("changed_on", sa.DateTime()),
        sa.Column("created_by_fk", sa.Integer(), sa.ForeignKey("ab_user.id")),
        sa.Column("changed_by_fk", sa.Integer(), sa.ForeignKey("ab_user.id")),
    ]


def reference(name, table):
    target = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(name, sa.Integer(), target, nullable=False, index=True)


def number(name, nullable=True):
    return sa.Column(name, sa.Float(53), nullable=nullable)


def upgrade():
    op.create_table(
        "kpi_tree",
        *audit_columns(),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("uuid", UUIDType(binary=True), nullable=False),
        sa.Column("slug", sa.String(250), nullable=False),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("departments", sa.JSON(), nullable=False),
        sa.Column("grain", sa.String(16), nullable=False),
        sa.Column("fiscal_year_start_month", sa.Integer(), nullable=False),
        sa.Column("week_start", sa.Integer(), nullable=False),
        sa.Column("time_zone", sa.String(64), nullable=False),
        number("on_track", nullable=False),
        number("at_risk", nullable=False),
        number("score_cap", nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.UniqueConstraint("uuid", name="uq_kpi_tree_uuid"),
        sa.UniqueConstraint("slug", name="uq_kpi_tree_slug"),
    )
    op.create_table(
        "kpi_tree_owner",
        sa.Column(
            "tree_id", sa.Integer(), sa.ForeignKey("kpi_tree.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("user_id", sa.Integer(), sa.ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True),
    )
    op.create_table(
        "kpi_period",
        *audit_columns(),
        sa.Column("id", sa.Integer(), primary_key=True),
        reference("tree_id", "kpi_tree"),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("name", sa.String(250), nullable=False),
        sa.UniqueConstraint("tree_id", "start", name="uq_kpi_period_tree_id_start"),
    )
    op.create_table(
        "kpi_node",
        *audit_columns(),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("uuid", UUIDType(binary=True), nullable=False),
        reference("tree_id", "kpi_tree"),
        sa.Column("key", sa.String(63), nullable=False),
        sa.Column("name", sa.String(250), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("ab_user.id", ondelete="SET NULL")),
        sa.Column("department", sa.String(250)),
        sa.Column("unit", sa.String(64)),
        sa.Column("d3format", sa.String(128)),
        sa.Column("direction", sa.String(16), nullable=False),
        sa.Column("accumulation", sa.String(16), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("metric", sa.JSON()),
        sa.Column("stock_reading", sa.String(16), nullable=False),
        sa.Column("formula", sa.Text()),
        sa.Column("shift", sa.Integer(), nullable=False),
        sa.Column("attainment_method", sa.String(16)),
        sa.Column("rollup_method", sa.String(16), nullable=False),
        sa.Column("pace_profile", sa.String(16)),
        number("on_track"),
        number("at_risk"),
        sa.Column("target_metric", sa.JSON()),
        sa.UniqueConstraint("uuid", name="uq_kpi_node_uuid"),
        sa.UniqueConstraint("tree_id", "key", name="uq_kpi_node_tree_id_key"),
    )
    op.create_table(
        "kpi_link",
        *audit_columns(),
        sa.Column("id", sa.Integer(), primary_key=True),
        reference("tree_id", "kpi_tree"),
        reference("parent_id", "kpi_node"),
        reference("child_id", "kpi_node"),
        sa.Column("order", sa.Integer(), nullable=False),
        number("weight", nullable=False),
        sa.Column("lag", sa.Integer(), nullable=False),
        sa.Column("expected_sign", sa.String(16)),
        sa.UniqueConstraint("parent_id", "child_id", name="uq_kpi_link_parent_id_child_id"),
    )
    op.create_table(
        "kpi_target",
        *audit_columns(),
        sa.Column("id", sa.Integer(), primary_key=True),
        reference("node_id", "kpi_node"),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        sa.Column("dimension", sa.String(250), nullable=False),
        sa.Column("member", sa.String(250), nullable=False),
        number("value"),
        number("baseline"),
        number("lower"),
        number("upper"),
        sa.UniqueConstraint(
            "node_id", "start", "end", "dimension", "member", name="uq_kpi_target_node_span_member"
        ),
    )
    op.create_table(
        "kpi_manual_value",
        *audit_columns(),
        sa.Column("id", sa.Integer(), primary_key=True),
        reference("node_id", "kpi_node"),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("end", sa.Date(), nullable=False),
        number("value", nullable=False),
        sa.UniqueConstraint("node_id", "start", "end", name="uq_kpi_manual_value_node_span"),
    )


def downgrade():
    tables = ("manual_value", "target", "link", "node", "period", "tree_owner", "tree")
    for table in tables:
        op.drop_table(f"kpi_{table}")
