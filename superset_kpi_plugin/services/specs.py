"""A stored tree as the arithmetic takes it, kept by saved version."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import chain
from threading import Lock
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import select
from superset.extensions import db

from superset_kpi_plugin.models import (
    TABLES,
    KpiLink,
    KpiManualValue,
    KpiNode,
    KpiTree,
    load_rows,
)
from superset_kpi_plugin.rollup.formula import parse
from superset_kpi_plugin.rollup.graph import kind_of, operator_of
from superset_kpi_plugin.rollup.spec import (
    Calendar,
    CustomPeriod,
    LinkSpec,
    NodeSpec,
    PeriodTarget,
    PeriodValue,
    Thresholds,
    TreeSpec,
)
from superset_kpi_plugin.rollup.types import (
    Accumulation,
    AttainmentMethod,
    Direction,
    Grain,
    PaceProfile,
    RollupMethod,
    Source,
    Undefined,
)
from superset_kpi_plugin.rollup.window import Window
from superset_kpi_plugin.services.holidays import holidays_between

CACHED_ROWS = 250_000
"""How many nodes, targets and typed-in values the kept trees of one process may have: about 70 MB."""


NODE_LABELS = (
    *("key", "name", "description", "department", "unit", "d3format", "direction", "accumulation", "source"),
    *("formula", "rollup_method"),
)
Targets = Sequence[PeriodTarget] | Undefined
"""A node's rows, or why they could not be read."""


@dataclass(frozen=True)
class StoredNode:
    """What an evaluation needs of a node's row besides its specification; `owner_id` is a user's."""

    key: str
    uuid: UUID
    name: str
    description: str
    department: str | None
    owner_id: int | None
    unit: str | None
    d3format: str | None
    direction: str
    accumulation: str
    source: str
    metric: Mapping[str, Any] | None
    target_metric: Mapping[str, Any] | None
    stock_reading: str
    formula: str | None
    shift: int
    rollup_method: str
    on_track: float | None
    at_risk: float | None

    @cached_property
    def labels(self) -> Mapping[str, Any]:
        """What every viewer is told of the node in every evaluation."""
        return {"uuid": self.uuid and str(self.uuid)} | {name: getattr(self, name) for name in NODE_LABELS}


@dataclass(frozen=True)
class StoredLink:
    """A link's row, with what follows from the parent's formula."""

    parent: str
    child: str
    weight: float
    order: int
    lag: int
    expected_sign: str | None
    kind: str
    operator: str | None


@dataclass(frozen=True)
class Definition:
    """A saved version of a tree. It is shared by all who ask for it and must not be changed."""

    spec: TreeSpec
    nodes: tuple[StoredNode, ...]
    links: tuple[StoredLink, ...]


@dataclass(frozen=True)
class Draft:
    """A tree that is stored nowhere, with what an evaluation needs of one; nothing of it is ever kept.

    `member_targets` are its target rows for single members: by column, member and node key.
    """

    uuid: UUID | None
    slug: str | None
    name: str
    description: str
    grain: str
    version: int | None
    published: bool
    time_zone: str
    holidays: str | None
    on_track: float
    at_risk: float
    definition: Definition
    member_targets: Mapping[str, Mapping[str, Mapping[str, list[PeriodTarget]]]]


Tree = KpiTree | Draft


def definition_of(tree: Tree) -> Definition:
    """The tree's definition, built once in a process for a saved version.

    Targets of a metric have to be read (`with_targets`), holidays depend on the window (`with_holidays`).
    """
    return tree.definition if isinstance(tree, Draft) else _DEFINITIONS.get(tree)


def spec_of(tree: Tree) -> TreeSpec:
    """The tree as the arithmetic takes it, without what `with_targets` and `with_holidays` add."""
    return definition_of(tree).spec


def with_targets(spec: TreeSpec, targets: Mapping[str, Targets]) -> TreeSpec:
    """The tree with targets that were read from metrics, by node key."""
    nodes = dict(spec.nodes)
    for key, found in targets.items():
        nodes[key] = (
            replace(nodes[key], target_problem=found)
            if isinstance(found, Undefined)
            else replace(nodes[key], targets=tuple(found))
        )
    return replace(spec, nodes=nodes)


def with_holidays(spec: TreeSpec, place: str | None, window: Window) -> TreeSpec:
    """The tree as it is evaluated over a window: where a node counts business days, with the days off in it.

    :raises InvalidDocumentError: the installed `holidays` package does not know the place (any more)
    """
    if not any(node.pace_profile is PaceProfile.BUSINESS_DAYS for node in spec.nodes.values()):
        return spec
    return replace(spec, holidays=holidays_between(place, window.since, window.until))


class _Definitions:
    """The definitions of the trees used last.

    Every save takes the next version, in the transaction that changes the rows, and a version is stored with
    the moment it was taken; so id, uuid, version and that moment name one state of a tree for good, also
    where a tree is deleted and made anew. A definition is kept only if, once it is built, that state is what
    is committed: not a half-written one, and not one that somebody replaced while its rows were being read.
    """

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._kept: OrderedDict[tuple[Any, ...], Definition] = OrderedDict()
        self._rows = 0
        self._lock = Lock()

    def get(self, tree: KpiTree) -> Definition:
        """The tree's definition, from its rows where it is not kept."""
        if tree.id is None or _unsaved():
            return _build(tree)
        key = (tree.id, tree.uuid, tree.version, tree.changed_on)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        definition = _build(tree)
        if _committed(tree.id) == key:
            self._keep(key, definition)
        return definition

    def _keep(self, key: tuple[Any, ...], definition: Definition) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = definition
                self._rows += _size(definition.spec)
            while self._rows > self._capacity:
                self._rows -= _size(self._kept.popitem(last=False)[1].spec)


_DEFINITIONS = _Definitions(CACHED_ROWS)


def _unsaved() -> bool:
    """Whether the session holds changes of trees that no statement has carried to the database yet."""
    changed = chain(db.session.new, db.session.dirty, db.session.deleted)
    return any(getattr(item, "__tablename__", None) in TABLES for item in changed)


def _committed(tree_id: int) -> tuple[Any, ...] | None:
    """What names the tree's state for everybody: read outside of the session's own transaction."""
    query = select(KpiTree.id, KpiTree.uuid, KpiTree.version, KpiTree.changed_on).where(KpiTree.id == tree_id)
    with db.engine.connect() as connection:
        row = connection.execute(query).first()
    return row and tuple(row)


def _size(spec: TreeSpec) -> int:
    return sum(1 + len(node.targets) + len(node.manual_values) for node in spec.nodes.values())


def _build(tree: KpiTree) -> Definition:
    load_rows(tree)
    return define(tree)


def define(tree: Any) -> Definition:
    """The definition of whatever has a stored tree's attributes, its links' ends being its nodes' ids."""
    spec = _spec(tree)
    rows = zip(tree.links, spec.links, strict=True)
    return Definition(
        spec=spec,
        nodes=tuple(_stored_node(node) for node in tree.nodes),
        links=tuple(_stored_link(row, link, spec) for row, link in rows),
    )


def _stored_link(row: KpiLink, link: LinkSpec, spec: TreeSpec) -> StoredLink:
    operator = operator_of(spec, link)
    return StoredLink(
        parent=link.parent,
        child=link.child,
        weight=row.weight,
        order=row.order,
        lag=row.lag,
        expected_sign=row.expected_sign,
        kind=kind_of(spec, link).value,
        operator=operator.value if operator else None,
    )


def _stored_node(node: KpiNode) -> StoredNode:
    return StoredNode(**{item.name: getattr(node, item.name) for item in fields(StoredNode)})


def _spec(tree: Any) -> TreeSpec:
    keys = {node.id: node.key for node in tree.nodes}
    return TreeSpec(
        nodes=MappingProxyType({node.key: _node_spec(node) for node in tree.nodes}),
        links=tuple(
            LinkSpec(keys[link.parent_id], keys[link.child_id], link.weight, link.order)
            for link in tree.links
        ),
        thresholds=Thresholds(tree.on_track, tree.at_risk),
        score_cap=tree.score_cap,
        calendar=calendar_of(tree),
    )


def calendar_of(tree: Any) -> Calendar:
    return Calendar(
        grain=Grain(tree.grain),
        week_start=tree.week_start,
        fiscal_year_start_month=tree.fiscal_year_start_month,
        custom_periods=tuple(CustomPeriod(period.start, period.end, period.name) for period in tree.periods),
    )


def _node_spec(node: KpiNode) -> NodeSpec:
    return NodeSpec(
        key=node.key,
        name=node.name,
        direction=Direction(node.direction),
        accumulation=Accumulation(node.accumulation),
        source=Source(node.source),
        formula=parse(node.formula) if node.formula else None,
        attainment_method=AttainmentMethod(node.attainment_method) if node.attainment_method else None,
        rollup_method=RollupMethod(node.rollup_method),
        pace_profile=PaceProfile(node.pace_profile) if node.pace_profile else None,
        thresholds=None if node.on_track is None else Thresholds(node.on_track, node.at_risk),
        targets=tuple(period_target(target) for target in node.targets if not target.dimension),
        manual_values=tuple(_period_value(value) for value in node.manual_values),
        shift=node.shift,
    )


def _period_value(value: KpiManualValue) -> PeriodValue:
    entered = value.changed_on or value.created_on
    return PeriodValue(value.start, value.end, value.value, entered.date() if entered else None)


def period_target(target: Any) -> PeriodTarget:
    """A stored target as the arithmetic takes it."""
    return PeriodTarget(target.start, target.end, target.value, target.baseline, target.lower, target.upper)
