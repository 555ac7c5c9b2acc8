"""Between a stored tree and its document (`docs/api.md`)."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar
from uuid import uuid4

from superset.extensions import db

from superset_kpi_plugin.models import (
    KpiLink,
    KpiManualValue,
    KpiNode,
    KpiPeriod,
    KpiTarget,
    KpiTree,
    load_rows,
)
from superset_kpi_plugin.schemas import NodeSchema, TreeSchema, user_document
from superset_kpi_plugin.services.specs import Tree, definition_of

Row = dict[str, Any]
Model = TypeVar("Model")

TREE_FIELDS = (
    "slug",
    "name",
    "description",
    "departments",
    "grain",
    "fiscal_year_start_month",
    "week_start",
    "time_zone",
    "holidays",
    "score_cap",
    "published",
)
NODE_FIELDS = tuple(
    name
    for name in NodeSchema().fields
    if name not in ("uuid", "owner", "thresholds", "targets", "manual_values")
)
LINK_FIELDS = ("weight", "order", "lag", "expected_sign")
TARGET_VALUES = ("value", "baseline", "lower", "upper")


def to_document(tree: KpiTree) -> Row:
    """The whole tree, as `GET` gives it and `PUT` takes it."""
    load_rows(tree)
    return {
        "uuid": str(tree.uuid),
        **{name: getattr(tree, name) for name in TREE_FIELDS},
        "owners": [user_document(owner) for owner in tree.owners],
        "thresholds": {"on_track": tree.on_track, "at_risk": tree.at_risk},
        "version": tree.version,
        "periods": [{"name": period.name, **_span(period)} for period in tree.periods],
        "nodes": [_node_document(node) for node in tree.nodes],
        "links": link_documents(tree),
        "created_on": tree.created_on.isoformat() if tree.created_on else None,
        "changed_on": tree.changed_on.isoformat() if tree.changed_on else None,
        "created_by": user_document(tree.created_by),
        "changed_by": user_document(tree.changed_by),
    }


def link_documents(tree: Tree) -> list[Row]:
    """The links with the kind that follows from the parents' formulas."""
    names = ("parent", "child", *LINK_FIELDS, "kind")
    return [{name: getattr(link, name) for name in names} for link in definition_of(tree).links]


def _span(row: Any) -> Row:
    return {"start": row.start.isoformat(), "end": row.end.isoformat()}


def _node_document(node: KpiNode) -> Row:
    return {
        "uuid": str(node.uuid),
        **{name: getattr(node, name) for name in NODE_FIELDS},
        "owner": user_document(node.owner),
        "thresholds": None if node.on_track is None else {"on_track": node.on_track, "at_risk": node.at_risk},
        "targets": [
            {
                **_span(target),
                # The whole is stored as an empty dimension, which no member's target has.
                "dimension": target.dimension or None,
                "member": target.member if target.dimension else None,
                **{name: getattr(target, name) for name in TARGET_VALUES},
            }
            for target in node.targets
        ],
        "manual_values": [{**_span(value), "value": value.value} for value in node.manual_values],
    }


def write_document(tree: KpiTree, document: Row) -> None:
    """Make a stored (or new) tree say what a checked document says.

    Nodes stay themselves by uuid, else by key.
    """
    if tree.id is not None:
        load_rows(tree)
    for name in TREE_FIELDS:
        setattr(tree, name, document[name])
    tree.on_track, tree.at_risk = document["thresholds"]["on_track"], document["thresholds"]["at_risk"]
    _sync(
        tree.periods,
        document["periods"],
        stored_key=lambda period: period.start,
        row_key=lambda row: row["start"],
        make=KpiPeriod,
    )
    nodes = _write_nodes(tree, document["nodes"])
    db.session.flush()
    _sync(
        tree.links,
        [
            {**row, "parent_id": nodes[row["parent"]].id, "child_id": nodes[row["child"]].id}
            for row in document["links"]
        ],
        stored_key=lambda link: (link.parent_id, link.child_id),
        row_key=lambda row: (row["parent_id"], row["child_id"]),
        make=KpiLink,
        names=("parent_id", "child_id", *LINK_FIELDS),
    )


def _write_nodes(tree: KpiTree, rows: list[Row]) -> dict[str, KpiNode]:
    stored = {node.uuid: node for node in tree.nodes}
    by_key = {node.key: node for node in tree.nodes}
    claimed = {row["uuid"] for row in rows if row["uuid"]}
    matched: dict[str, KpiNode] = {}
    for row in rows:
        same_key = by_key.get(row["key"])
        if row["uuid"]:
            node = stored.get(row["uuid"])
        else:
            node = same_key if same_key is not None and same_key.uuid not in claimed else None
        matched[row["key"]] = node if node is not None else KpiNode(uuid=row["uuid"] or uuid4())
    _free_changed_keys(tree, matched)
    tree.nodes[:] = list(matched.values())
    for row in rows:
        _write_node(matched[row["key"]], row)
    return matched


def _free_changed_keys(tree: KpiTree, matched: dict[str, KpiNode]) -> None:
    """Two nodes may swap keys in one save; the unique key would refuse it halfway through, so leave first."""
    kept = {id(node): key for key, node in matched.items()}
    for node in tree.nodes:
        if kept.get(id(node)) != node.key:
            node.key = f"~{uuid4().hex}"
    db.session.flush()


def _write_node(node: KpiNode, row: Row) -> None:
    for name in NODE_FIELDS:
        setattr(node, name, row[name])
    node.owner_id = row["owner"]
    thresholds = row["thresholds"] or {"on_track": None, "at_risk": None}
    node.on_track, node.at_risk = thresholds["on_track"], thresholds["at_risk"]
    _sync(
        node.targets,
        [
            {**target, "dimension": target["dimension"] or "", "member": target["member"] or ""}
            for target in row["targets"]
        ],
        stored_key=lambda target: (target.start, target.end, target.dimension, target.member),
        row_key=lambda target: (target["start"], target["end"], target["dimension"], target["member"]),
        make=KpiTarget,
    )
    _sync(
        node.manual_values,
        row["manual_values"],
        stored_key=lambda value: (value.start, value.end),
        row_key=lambda value: (value["start"], value["end"]),
        make=KpiManualValue,
    )


def _sync(
    stored: list[Model],
    rows: Iterable[Row],
    stored_key: Callable[[Model], Hashable],
    row_key: Callable[[Row], Hashable],
    make: Callable[[], Model],
    names: Iterable[str] | None = None,
) -> None:
    """Update the rows whose key stays, add the new ones, drop the rest.

    An update never trips a unique constraint.
    """
    before = {stored_key(item): item for item in stored}
    after = []
    for row in rows:
        item = before.get(row_key(row)) or make()
        for name in names or row:
            setattr(item, name, row[name])
        after.append(item)
    stored[:] = after


def load_document(raw: Any) -> Row:
    """Types and closed sets of a raw document checked, defaults filled in."""
    document: Row = TreeSchema().load(raw)
    return document
