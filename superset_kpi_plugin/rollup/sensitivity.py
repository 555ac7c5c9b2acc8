"""Sensitivity: how the root answers to +1 % of a node (section 9)."""

from __future__ import annotations

from collections.abc import Set

from superset_kpi_plugin.rollup.errors import SpecError
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.override import Override
from superset_kpi_plugin.rollup.result import Evaluation
from superset_kpi_plugin.rollup.ripple import NOTHING, ripple
from superset_kpi_plugin.rollup.spec import TreeSpec
from superset_kpi_plugin.rollup.states import actual_of
from superset_kpi_plugin.rollup.types import Outcome, Undefined, finite

STEP = Override(percent=1)


def sensitivity(tree: TreeSpec, evaluation: Evaluation, key: str, pinned: Set[str] = NOTHING) -> Outcome:
    """The change of the root's actual, in its unit, once a node's actual is 1 % larger.

    0 where no formula leads from the node to the root; undefined where either actual is.
    """
    if key not in tree.nodes:
        raise SpecError(f"{key} is no node of the tree; choose one that is.")
    raised = STEP.of(actual_of(evaluation.nodes[key]))
    root = actual_of(evaluation.nodes[evaluation.root])
    if isinstance(raised, Undefined):
        return raised
    after = ripple(tree, build(tree).order, evaluation, {key: raised}, pinned)[evaluation.root]
    if isinstance(after, Undefined):
        return after
    return root if isinstance(root, Undefined) else finite(after - root)
