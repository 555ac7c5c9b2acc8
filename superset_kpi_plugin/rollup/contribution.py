"""Contribution: what every leaf and every unexplained amount adds to a change of the root (section 8).

Computed in 60 digits. A node's remainder is what its children leave of its own change, which is
slope × (U₁ − U₀) and lets the shares sum to the root's change whatever was rounded.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple

from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.logmean import EXACT
from superset_kpi_plugin.rollup.result import Evaluation
from superset_kpi_plugin.rollup.slopes import Move, Slopes, slopes
from superset_kpi_plugin.rollup.spec import NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.states import UNREAD, actuals_of, targets_of
from superset_kpi_plugin.rollup.types import OVERFLOW, Outcome, Source, Undefined, _Word

MAX_PATHS = 20
"""How many paths are listed at most."""

_TOLERANCE = Decimal("1e-9")
_ZERO, _ONE = Decimal(0), Decimal(1)


class ContributionKind(_Word):
    """A leaf's share and a node's remainder sum to the change; a node's subtotal is no part of the sum."""

    LEAF = "leaf"
    REMAINDER = "remainder"
    NODE = "node"


class Path(NamedTuple):
    """One way from the root down to a node, and what comes up on it; compared by identity, however long."""

    key: str
    above: Path | None
    slope: Decimal
    contribution: float = 0.0

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"Path({' → '.join(self.keys)}: {self.contribution})"

    @property
    def keys(self) -> tuple[str, ...]:
        """The nodes on it, the root first."""
        found: list[str] = []
        item: Path | None = self
        while item is not None:
            found.append(item.key)
            item = item.above
        return tuple(reversed(found))


class Contribution(NamedTuple):
    """What one leaf, remainder or node adds to the change.

    `before` and `after` are its value, for a remainder the unexplained amount. `paths` are its largest ones,
    `all_paths` tells whether there are no others. `reason` tells why a node with a formula counts as a leaf.
    """

    key: str
    kind: ContributionKind
    contribution: float
    before: float
    after: float
    paths: tuple[Path, ...]
    all_paths: bool = True
    reason: Undefined | None = None


@dataclass(frozen=True)
class Contributions:
    """A change of the root, and everything that adds to it: the largest first, subtotals of nodes last."""

    root: str
    change: float
    rows: tuple[Contribution, ...]

    @property
    def contributors(self) -> tuple[Contribution, ...]:
        """The rows that sum to the change."""
        return tuple(row for row in self.rows if row.kind is not ContributionKind.NODE)

    def largest_paths(self, count: int = MAX_PATHS) -> tuple[Path, ...]:
        """The paths of all contributors on which most comes up."""
        paths = [path for row in self.contributors for path in row.paths]
        return tuple(heapq.nlargest(count, paths, key=lambda path: abs(path.contribution)))


def explain_change(tree: TreeSpec, earlier: Evaluation, later: Evaluation) -> Contributions | Undefined:
    """What the root's actual changed by from one evaluation to another, and through what."""
    return explain(tree, actuals_of(earlier), actuals_of(later))


def explain_variance(tree: TreeSpec, evaluation: Evaluation) -> Contributions | Undefined:
    """What the root's actual differs by from its target, and through what.

    Where a band stands for a node's target, it is the point of the band nearest to the actual.
    """
    return explain(tree, targets_of(tree, evaluation), actuals_of(evaluation))


def explain(
    tree: TreeSpec, before: Mapping[str, Outcome], after: Mapping[str, Outcome]
) -> Contributions | Undefined:
    """What every contributor adds to the root's change between two states of all nodes.

    Undefined where the root is in either state, where a denominator changes its sign, and where a share
    leaves the range of floats.
    """
    graph = build(tree)
    for state in (before, after):
        value = state.get(graph.root, UNREAD)
        if isinstance(value, Undefined):
            return value
    with localcontext(EXACT):
        ledger = _Ledger(graph.root, before, after)
        # Parents come before their children, so a node's slope is complete once its turn has come.
        for key in reversed(graph.order):
            if key in ledger.slopes:
                failed = ledger.enter(tree.nodes[key])
                if failed is not None:
                    return failed
        return ledger.close()


class _Row(NamedTuple):
    """A contribution before it is rounded to floats."""

    key: str
    kind: ContributionKind
    share: Decimal
    before: float
    after: float
    always: bool = True
    reason: Undefined | None = None


class _Ledger:
    """Slopes and shares while they are added up, from the root down.

    Every node it comes to has a value in both states: a formula with an undefined operand is not entered.
    """

    def __init__(self, root: str, before: Mapping[str, Outcome], after: Mapping[str, Outcome]) -> None:
        self.slopes = {root: _ONE}
        self._before, self._after = before, after
        self._moves: dict[str, Move] = {}
        self._largest = _ZERO
        self._root = root
        self._rows: list[_Row] = []
        self._paths: dict[str, list[Path]] = {root: [Path(root, None, _ONE)]}
        self._cut: set[str] = set()

    def enter(self, node: NodeSpec) -> Undefined | None:
        """Write down what a node adds and hand its slope down; the reason where that cannot be said."""
        self._keep_largest(node.key)
        if node.formula is None:
            self._leaf(node.key)
            return None
        old, new = node.formula.evaluate(self._before), node.formula.evaluate(self._after)
        if isinstance(old, Undefined) or isinstance(new, Undefined):
            self._leaf(node.key, old if isinstance(old, Undefined) else new)
            return None
        found = slopes(node.formula, {child: self._move(child) for child in node.formula})
        if isinstance(found, Undefined):
            return found
        self._branch(node, found, old, new)
        return None

    def close(self) -> Contributions | Undefined:
        """The rows in floats; remainders that are nothing but rounding are left out."""
        shares = [abs(row.share) for row in self._rows if row.kind is not ContributionKind.NODE]
        noise = max(self._largest, *shares) * _TOLERANCE / (10 * len(self._rows))
        rows: list[Contribution] = []
        for row in self._rows:
            if row.always or abs(row.share) > noise:
                found = self._rounded(row)
                if isinstance(found, Undefined):
                    return found
                rows.append(found)
        rows.sort(key=lambda row: (row.kind is ContributionKind.NODE, -abs(row.contribution), row.key))
        return Contributions(self._root, _number(self._move(self._root).change), tuple(rows))

    def _leaf(self, key: str, reason: Outcome | None = None) -> None:
        why = reason if isinstance(reason, Undefined) else None
        share = self.slopes[key] * self._move(key).change
        before, after = self._values(key)
        self._rows.append(_Row(key, ContributionKind.LEAF, share, before, after, True, why))

    def _branch(self, node: NodeSpec, found: Slopes, old: float, new: float) -> None:
        self._largest = max(self._largest, found.largest)
        slope, move = self.slopes[node.key], self._move(node.key)
        total, explained = slope * move.change, _ZERO
        for child, steepness in found.by_child.items():
            reached = slope * steepness
            self._hand_down(node.key, child, steepness, reached)
            explained += reached * self._moves[child].change
        before, after = self._values(node.key)
        self._rows.append(_Row(node.key, ContributionKind.NODE, total, before, after))
        gaps = before - old, after - new
        own = node.source is not Source.FORMULA or _differ(gaps, max(found.largest, move.size))
        rest = total - explained
        self._rows.append(_Row(node.key, ContributionKind.REMAINDER, rest, *gaps, always=own))

    def _values(self, key: str) -> tuple[float, float]:
        before, after = self._before[key], self._after[key]
        assert not isinstance(before, Undefined)
        assert not isinstance(after, Undefined)
        return before, after

    def _move(self, key: str) -> Move:
        """A node's own value in as many digits as are computed with."""
        if key not in self._moves:
            before, after = self._values(key)
            exact = EXACT.create_decimal_from_float
            self._moves[key] = Move(exact(before), exact(after))
        return self._moves[key]

    def _rounded(self, row: _Row) -> Contribution | Undefined:
        share, before, after = _number(row.share), row.before + 0.0, row.after + 0.0
        paths = self._along(row, share)
        if math.isinf(share) or math.isinf(before) or math.isinf(after):
            return OVERFLOW
        if any(math.isinf(path.contribution) for path in paths):
            return OVERFLOW
        complete = row.key not in self._cut
        return Contribution(row.key, row.kind, share, before, after, paths, complete, row.reason)

    def _along(self, row: _Row, share: float) -> tuple[Path, ...]:
        """What of a row comes up on each of its paths."""
        paths = self._paths[row.key]
        if len(paths) == 1 and row.key not in self._cut:
            (path,) = paths
            return (Path(path.key, path.above, path.slope, share),)
        slope = self.slopes[row.key]
        part = row.share / slope if slope else _ZERO
        return tuple(Path(path.key, path.above, path.slope, _number(path.slope * part)) for path in paths)

    def _hand_down(self, parent: str, child: str, steepness: Decimal, reached: Decimal) -> None:
        above = self._paths[parent]
        paths = [Path(child, path, path.slope * steepness) for path in above]
        if child in self.slopes:
            self.slopes[child] += reached
            self._paths[child] += paths
        else:
            self.slopes[child] = reached
            self._paths[child] = paths
        if parent in self._cut:
            self._cut.add(child)

    def _keep_largest(self, key: str) -> None:
        """Of any number of paths, the ones with the steepest slopes; no path below them is lost by that."""
        paths = self._paths[key]
        if len(paths) > 1:
            if len(paths) > MAX_PATHS:
                self._cut.add(key)
            self._paths[key] = heapq.nlargest(MAX_PATHS, paths, key=lambda path: abs(path.slope))


def _number(exact: Decimal) -> float:
    """The nearest float, infinite beyond the largest, and never −0."""
    return float(exact) + 0.0


def _differ(gaps: tuple[float, float], largest: Decimal) -> bool:
    """Whether a node's own value is more than its formula, rounded."""
    return max(map(abs, gaps)) > largest * _TOLERANCE
