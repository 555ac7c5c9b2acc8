"""States: every node's value in an evaluation, to be compared with another state (sections 8 and 9)."""

from __future__ import annotations

from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult
from superset_kpi_plugin.rollup.spec import TreeSpec
from superset_kpi_plugin.rollup.types import Direction, Outcome, Reason, Undefined

UNREAD = Undefined(Reason.NO_DATA, phrase("It has no value."))
_NO_TARGET = Undefined(Reason.NO_TARGET, phrase("There is no target; enter one for this period."))


def actuals_of(evaluation: Evaluation) -> dict[str, Outcome]:
    """Every node's actual."""
    return {
        key: actual_of(result) if result.actual is None else result.actual
        for key, result in evaluation.nodes.items()
    }


def targets_of(tree: TreeSpec, evaluation: Evaluation) -> dict[str, Outcome]:
    """Every node's target; where a band stands for it, the point of the band nearest to the actual."""
    nodes = tree.nodes
    return {
        key: target_of(nodes[key].direction, result)
        if result.target is None or result.lower is not None
        else result.target
        for key, result in evaluation.nodes.items()
    }


def actual_of(result: NodeResult) -> Outcome:
    """A node's actual, or why there is none."""
    return _outcome(result, "actual", result.actual, UNREAD)


def formula_of(result: NodeResult) -> Outcome:
    """A node's formula over its children's actuals, or why there is none."""
    return _outcome(result, "formula_value", result.formula_value, UNREAD)


def target_of(direction: Direction, result: NodeResult) -> Outcome:
    """What a node's actual has to become to meet its target, the smallest step; or why that is unknown."""
    if direction is not Direction.MAINTAIN or result.lower is None or result.upper is None:
        return _outcome(result, "target", result.target, _NO_TARGET)
    actual = actual_of(result)
    return actual if isinstance(actual, Undefined) else min(max(actual, result.lower), result.upper)


def _outcome(result: NodeResult, quantity: str, number: float | None, silent: Undefined) -> Outcome:
    return result.reasons.get(quantity, silent) if number is None else number
