"""What one node must be for the goal to be met, and how the goal answers to it (domain, section 9)."""

from __future__ import annotations

from typing import Any

from superset_kpi_plugin.i18n import told
from superset_kpi_plugin.models import KpiTree
from superset_kpi_plugin.rollup.seek import NoSolution, Solution, seek
from superset_kpi_plugin.rollup.sensitivity import sensitivity
from superset_kpi_plugin.rollup.types import Outcome, Undefined
from superset_kpi_plugin.services.describing import describe_reason
from superset_kpi_plugin.services.evaluation import check_node, open_tree


def seek_goal(tree: KpiTree, key: str, goal: str | None = None, **question: Any) -> dict[str, Any]:
    """The actual that `docs/api.md` describes, as the current user.

    :raises InvalidDocumentError: a node that the tree lacks, or a question that means no window
    """
    reader = open_tree(tree, **question)
    check_node(reader.spec, key, "key")
    if goal is not None:
        check_node(reader.spec, goal, "goal")
    evaluation = reader.evaluate()
    assert reader.supposed is not None
    supposed = reader.supposed
    found = seek(supposed.tree, evaluation, key, goal, supposed.pinned)
    answer = sensitivity(supposed.tree, evaluation, key, supposed.pinned)
    return {
        **reader.described(evaluation.root),
        "key": key,
        "goal": goal or evaluation.root,
        "present": evaluation.nodes[key].actual,
        **_describe(found),
        "sensitivity": _number(answer),
        "overridden": sorted(reader.overrides),
        **reader.noted(),
    }


def _describe(found: Solution | NoSolution | Undefined) -> dict[str, Any]:
    if isinstance(found, Solution):
        return {"value": found.value, "reached": found.reached, "wanted": found.wanted, "reason": None}
    if isinstance(found, NoSolution):
        reason = {"code": "no_solution", "message": told(found.message)}
        return {"value": None, "reached": None, "wanted": found.wanted, "reason": reason}
    return {"value": None, "reached": None, "wanted": None, "reason": describe_reason(found)}


def _number(outcome: Outcome) -> float | None:
    return None if isinstance(outcome, Undefined) else outcome
