"""Several trees at once, by the ids of a list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func
from superset.extensions import db
from superset.utils.decorators import transaction

from superset_kpi_plugin.exceptions import TreeNotFoundError
from superset_kpi_plugin.models import KpiLink, KpiNode, KpiTree
from superset_kpi_plugin.schemas import MAX_INTEGER
from superset_kpi_plugin.security import raise_for_write, visible_trees
from superset_kpi_plugin.services.references import chunks
from superset_kpi_plugin.services.trees import delete_tree


def find_trees(ids: Sequence[int]) -> list[KpiTree]:
    """The trees with these ids, in that order, each once.

    :raises TreeNotFoundError: one of them does not exist, or not for this viewer
    """
    if max(ids, default=0) > MAX_INTEGER:  # a number for which SQLite has no room
        raise TreeNotFoundError()
    found: dict[int, KpiTree] = {}
    for some in chunks(list(ids)):
        query = visible_trees(db.session.query(KpiTree)).filter(KpiTree.id.in_(some))
        found |= {tree.id: tree for tree in query}
    if not set(ids) <= set(found):
        raise TreeNotFoundError()
    return [found[tree_id] for tree_id in dict.fromkeys(ids)]


@transaction(on_error=None)
def delete_trees(ids: Sequence[int]) -> int:
    """Delete all of these trees, or none; how many they were.

    :raises TreeNotFoundError, ForbiddenError, StaleVersionError: nothing is deleted
    """
    trees = find_trees(ids)
    for tree in trees:
        raise_for_write(tree)
    for uuid in [str(tree.uuid) for tree in trees]:
        delete_tree(uuid)
    return len(trees)


def summaries(ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """How many nodes each of these trees has, and what its goal is called."""
    told: dict[int, dict[str, Any]] = {tree_id: {"node_count": 0, "root_name": None} for tree_id in ids}
    for some in chunks(list(ids)):
        counts = db.session.query(KpiNode.tree_id, func.count(KpiNode.id)).filter(KpiNode.tree_id.in_(some))
        for tree_id, count in counts.group_by(KpiNode.tree_id):
            told[tree_id]["node_count"] = count
        children = db.session.query(KpiLink.child_id).filter(KpiLink.tree_id.in_(some))
        roots = db.session.query(KpiNode.tree_id, KpiNode.name).filter(
            KpiNode.tree_id.in_(some), KpiNode.id.not_in(children)
        )
        for tree_id, name in roots:
            told[tree_id]["root_name"] = name
    return told
