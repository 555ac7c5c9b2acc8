"""Ripple: how a changed actual moves every ancestor (section 9)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from superset_kpi_plugin.rollup.result import Evaluation, NodeResult
from superset_kpi_plugin.rollup.spec import NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.states import actual_of, actuals_of, formula_of
from superset_kpi_plugin.rollup.types import Outcome, Source, Undefined, finite

NOTHING: frozenset[str] = frozenset()


def ripple(
    tree: TreeSpec,
    order: Sequence[str],
    evaluation: Evaluation,
    changed: Mapping[str, Outcome],
    pinned: Set[str] = NOTHING,
) -> dict[str, Outcome]:
    """Every node's actual once some have changed; `order` is the tree's keys with children first.

    Changed and pinned nodes keep what they have; a formula node follows its children; a measured ancestor
    keeps its unexplained amount.
    """
    found = actuals_of(evaluation)
    moved: set[str] = set()
    for key in order:
        if key in changed:
            after = changed[key]
        elif key in pinned or not _is_moved(tree.nodes[key], moved):
            continue
        else:
            after = _follow(tree.nodes[key], evaluation.nodes[key], found)
        if after != found[key]:
            found[key] = after
            moved.add(key)
    return found


def _is_moved(node: NodeSpec, moved: Set[str]) -> bool:
    return node.formula is not None and not moved.isdisjoint(node.formula.keys())


def _follow(node: NodeSpec, result: NodeResult, values: Mapping[str, Outcome]) -> Outcome:
    assert node.formula is not None
    after = node.formula.evaluate(values)
    if node.source is Source.FORMULA:
        return after
    measured, before = actual_of(result), formula_of(result)
    if isinstance(measured, Undefined) or isinstance(before, Undefined):
        # What the formula never explained does not follow it.
        return measured
    return after if isinstance(after, Undefined) else finite(measured + (after - before))
