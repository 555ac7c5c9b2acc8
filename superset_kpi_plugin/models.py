"""The tables: one tree, its nodes, links, targets, typed-in actuals and custom periods.

`docs/api.md` gives the meaning of every column under the same name. Spans are half-open: [start, end).
"""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from flask_appbuilder import Model
from sqlalchemy.orm import relationship, selectinload
from sqlalchemy_utils import UUIDType
from superset import security_manager
from superset.models.helpers import AuditMixinNullable

NAME_LENGTH = 250
KEY_LENGTH = 63


def _uuid_column() -> sa.Column:
    return sa.Column(UUIDType(binary=True), default=uuid.uuid4, nullable=False)


def _tree_fk() -> sa.Column:
    return sa.Column(sa.Integer, sa.ForeignKey("kpi_tree.id", ondelete="CASCADE"), nullable=False, index=True)


def _node_fk() -> sa.Column:
    return sa.Column(sa.Integer, sa.ForeignKey("kpi_node.id", ondelete="CASCADE"), nullable=False, index=True)


tree_owner = sa.Table(
    "kpi_tree_owner",
    Model.metadata,
    sa.Column("tree_id", sa.Integer, sa.ForeignKey("kpi_tree.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True),
)

tree_favorite = sa.Table(
    "kpi_tree_favorite",
    Model.metadata,
    sa.Column("tree_id", sa.Integer, sa.ForeignKey("kpi_tree.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("ab_user.id", ondelete="CASCADE"), primary_key=True),
)
"""Who has starred which tree."""


class KpiTree(AuditMixinNullable, Model):
    """One goal hierarchy. `version` grows by one with every save and guards against a lost update."""

    __tablename__ = "kpi_tree"
    __table_args__ = (
        sa.UniqueConstraint("uuid", name="uq_kpi_tree_uuid"),
        sa.UniqueConstraint("slug", name="uq_kpi_tree_slug"),
    )

    id = sa.Column(sa.Integer, primary_key=True)
    uuid = _uuid_column()
    slug = sa.Column(sa.String(NAME_LENGTH), nullable=False)
    name = sa.Column(sa.String(NAME_LENGTH), nullable=False)
    description = sa.Column(sa.Text, nullable=False, default="")
    departments = sa.Column(sa.JSON, nullable=False, default=list)
    grain = sa.Column(sa.String(16), nullable=False)
    fiscal_year_start_month = sa.Column(sa.Integer, nullable=False, default=1)
    week_start = sa.Column(sa.Integer, nullable=False, default=1)
    time_zone = sa.Column(sa.String(64), nullable=False, default="UTC")
    holidays = sa.Column(sa.String(64), nullable=True)
    on_track = sa.Column(sa.Float(53), nullable=False, default=0.95)
    at_risk = sa.Column(sa.Float(53), nullable=False, default=0.8)
    score_cap = sa.Column(sa.Float(53), nullable=False, default=1.0)
    published = sa.Column(sa.Boolean, nullable=False, default=False)
    version = sa.Column(sa.Integer, nullable=False, default=1)

    owners = relationship(security_manager.user_model, secondary=tree_owner, passive_deletes=True)
    nodes = relationship(
        "KpiNode", cascade="all, delete-orphan", order_by="KpiNode.id", back_populates="tree"
    )
    links = relationship(
        "KpiLink", cascade="all, delete-orphan", order_by="KpiLink.parent_id, KpiLink.order, KpiLink.id"
    )
    periods = relationship("KpiPeriod", cascade="all, delete-orphan", order_by="KpiPeriod.start")

    def __repr__(self) -> str:
        return str(self.name)


class KpiNode(AuditMixinNullable, Model):
    """A KGI or a KPI. The formula is text: its keys name children, so that it survives export."""

    __tablename__ = "kpi_node"
    __table_args__ = (
        sa.UniqueConstraint("uuid", name="uq_kpi_node_uuid"),
        sa.UniqueConstraint("tree_id", "key", name="uq_kpi_node_tree_id_key"),
    )

    id = sa.Column(sa.Integer, primary_key=True)
    uuid = _uuid_column()
    tree_id = _tree_fk()
    key = sa.Column(sa.String(KEY_LENGTH), nullable=False)
    name = sa.Column(sa.String(NAME_LENGTH), nullable=False)
    description = sa.Column(sa.Text, nullable=False, default="")
    owner_id = sa.Column(sa.Integer, sa.ForeignKey("ab_user.id", ondelete="SET NULL"), nullable=True)
    department = sa.Column(sa.String(NAME_LENGTH), nullable=True)
    unit = sa.Column(sa.String(64), nullable=True)
    d3format = sa.Column(sa.String(128), nullable=True)
    direction = sa.Column(sa.String(16), nullable=False)
    accumulation = sa.Column(sa.String(16), nullable=False)
    source = sa.Column(sa.String(16), nullable=False)
    metric = sa.Column(sa.JSON(none_as_null=True), nullable=True)
    stock_reading = sa.Column(sa.String(16), nullable=False, default="latest_day")
    formula = sa.Column(sa.Text, nullable=True)
    shift = sa.Column(sa.Integer, nullable=False, default=0)
    attainment_method = sa.Column(sa.String(16), nullable=True)
    rollup_method = sa.Column(sa.String(16), nullable=False, default="weighted_mean")
    pace_profile = sa.Column(sa.String(16), nullable=True)
    on_track = sa.Column(sa.Float(53), nullable=True)
    at_risk = sa.Column(sa.Float(53), nullable=True)
    target_metric = sa.Column(sa.JSON(none_as_null=True), nullable=True)

    tree = relationship("KpiTree", back_populates="nodes")
    owner = relationship(security_manager.user_model, foreign_keys=[owner_id], lazy="selectin")
    targets = relationship(
        "KpiTarget",
        cascade="all, delete-orphan",
        order_by="KpiTarget.start, KpiTarget.dimension, KpiTarget.member",
    )
    manual_values = relationship(
        "KpiManualValue", cascade="all, delete-orphan", order_by="KpiManualValue.start"
    )


class KpiLink(AuditMixinNullable, Model):
    """A parent → child edge. Its kind is derived from the parent's formula and never stored."""

    __tablename__ = "kpi_link"
    __table_args__ = (sa.UniqueConstraint("parent_id", "child_id", name="uq_kpi_link_parent_id_child_id"),)

    id = sa.Column(sa.Integer, primary_key=True)
    tree_id = _tree_fk()
    parent_id = _node_fk()
    child_id = _node_fk()
    order = sa.Column(sa.Integer, nullable=False, default=0)
    weight = sa.Column(sa.Float(53), nullable=False, default=1.0)
    lag = sa.Column(sa.Integer, nullable=False, default=0)
    expected_sign = sa.Column(sa.String(16), nullable=True)

    parent = relationship("KpiNode", foreign_keys=[parent_id])
    child = relationship("KpiNode", foreign_keys=[child_id])


class KpiTarget(AuditMixinNullable, Model):
    """The wanted value of a node over a span, for the whole or for one member of a dimension."""

    __tablename__ = "kpi_target"
    __table_args__ = (
        # NULLs are distinct in a unique constraint: the whole is dimension '' and member '', null in the API.
        sa.UniqueConstraint(
            "node_id", "start", "end", "dimension", "member", name="uq_kpi_target_node_span_member"
        ),
    )

    id = sa.Column(sa.Integer, primary_key=True)
    node_id = _node_fk()
    start = sa.Column(sa.Date, nullable=False)
    end = sa.Column(sa.Date, nullable=False)
    dimension = sa.Column(sa.String(NAME_LENGTH), nullable=False, default="")
    member = sa.Column(sa.String(NAME_LENGTH), nullable=False, default="")
    value = sa.Column(sa.Float(53), nullable=True)
    baseline = sa.Column(sa.Float(53), nullable=True)
    lower = sa.Column(sa.Float(53), nullable=True)
    upper = sa.Column(sa.Float(53), nullable=True)


class KpiManualValue(AuditMixinNullable, Model):
    """An actual typed in for a span, for what no database holds."""

    __tablename__ = "kpi_manual_value"
    __table_args__ = (sa.UniqueConstraint("node_id", "start", "end", name="uq_kpi_manual_value_node_span"),)

    id = sa.Column(sa.Integer, primary_key=True)
    node_id = _node_fk()
    start = sa.Column(sa.Date, nullable=False)
    end = sa.Column(sa.Date, nullable=False)
    value = sa.Column(sa.Float(53), nullable=False)


class KpiPeriod(AuditMixinNullable, Model):
    """A custom period of a tree whose grain is `custom`."""

    __tablename__ = "kpi_period"
    __table_args__ = (sa.UniqueConstraint("tree_id", "start", name="uq_kpi_period_tree_id_start"),)

    id = sa.Column(sa.Integer, primary_key=True)
    tree_id = _tree_fk()
    start = sa.Column(sa.Date, nullable=False)
    end = sa.Column(sa.Date, nullable=False)
    name = sa.Column(sa.String(NAME_LENGTH), nullable=False)


def load_rows(tree: KpiTree) -> None:
    """Read the targets and typed-in values of all the tree's nodes at once.

    Most requests need none of them, and read node by node they would be two statements for every node.
    """
    if all({"targets", "manual_values"}.isdisjoint(sa.inspect(node).unloaded) for node in tree.nodes):
        return
    session = sa.inspect(tree).session
    with session.no_autoflush:
        rows = (selectinload(KpiNode.targets), selectinload(KpiNode.manual_values))
        session.query(KpiNode).filter(KpiNode.tree_id == tree.id).options(*rows).all()


TABLES = frozenset(
    table.__tablename__ for table in (KpiTree, KpiNode, KpiLink, KpiTarget, KpiManualValue, KpiPeriod)
) | {tree_owner.name, tree_favorite.name}
