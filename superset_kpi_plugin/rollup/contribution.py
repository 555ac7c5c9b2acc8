"""Contribution: what every leaf and every unexplained amount adds to a change of the root (section 8).

Computed in 60 digits, so that the shares sum to the root's change whatever cancels on the way.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import NamedTuple, cast

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


# Looked up once: before Python 3.12 finding a member is a call.
_LEAF = ContributionKind.LEAF
_NODE = ContributionKind.NODE
_REMAINDER = ContributionKind.REMAINDER
_FORMULA = Source.FORMULA


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
        return tuple(row for row in self.rows if row.kind is not _NODE)

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


_Way = tuple[Path | None, Decimal]
"""One way down to a node: the path to its parent, and the slope at the node itself."""


class _Ledger:
    """Slopes and shares while they are added up, from the root down.

    Every node it comes to has a value in both states: a formula with an undefined operand is not entered.
    """

    def __init__(self, root: str, before: Mapping[str, Outcome], after: Mapping[str, Outcome]) -> None:
        self.slopes = {root: _ONE}
        self._root = root
        self._before, self._after = before, after
        self._moves: dict[str, Move] = {}
        self._ways: dict[str, list[_Way]] = {root: [(None, _ONE)]}
        self._cut: set[str] = set()
        self._scale = _ZERO
        self._rows: list[Contribution] = []
        self._doubtful: list[tuple[str, Decimal, float, float]] = []
        self._too_large = False

    def enter(self, node: NodeSpec) -> Undefined | None:
        """Write down what a node adds and hand its slope down; the reason where that cannot be said."""
        self._keep_largest(node.key)
        if node.formula is None:
            self._leaf(node.key)
            return None
        old, new = node.formula.evaluate(self._before), node.formula.evaluate(self._after)
        for outcome in (old, new):
            if isinstance(outcome, Undefined):
                self._leaf(node.key, outcome)
                return None
        found = slopes(node.formula, {child: self._move(child) for child in node.formula})
        if isinstance(found, Undefined):
            return found
        self._branch(node, found, cast(float, old), cast(float, new))
        return None

    def close(self) -> Contributions | Undefined:
        """All rows; remainders that are nothing but rounding are left out."""
        noise = self._scale * _TOLERANCE / (10 * (len(self._rows) + len(self._doubtful)))
        for key, share, before, after in self._doubtful:
            if abs(share) > noise:
                self._write(key, _REMAINDER, share, before, after)
        if self._too_large:
            return OVERFLOW
        rows = sorted(self._rows, key=lambda row: (row.kind is _NODE, -abs(row.contribution), row.key))
        return Contributions(self._root, _number(self._move(self._root).change), tuple(rows))

    def _leaf(self, key: str, reason: Undefined | None = None) -> None:
        share = self.slopes[key] * self._move(key).change
        before, after = self._values(key)
        self._scale = max(self._scale, abs(share))
        self._write(key, _LEAF, share, before, after, reason)

    def _branch(self, node: NodeSpec, found: Slopes, old: float, new: float) -> None:
        key, slope, move = node.key, self.slopes[node.key], self._move(node.key)
        before, after = self._values(key)
        self._write(key, _NODE, slope * move.change, before, after)
        self._hand_down(key, slope, found.by_child)
        # U₁ − U₀, ordered so that two huge values of which nothing is left cost no digits.
        rest = slope * (move.change - found.result.change)
        self._scale = max(self._scale, abs(rest), found.largest)
        gaps = before - old, after - new
        if node.source is not _FORMULA or _differ(gaps, max(found.largest, move.size)):
            self._write(key, _REMAINDER, rest, *gaps)
        else:
            self._doubtful.append((key, rest, *gaps))

    def _write(
        self,
        key: str,
        kind: ContributionKind,
        share: Decimal,
        before: float,
        after: float,
        reason: Undefined | None = None,
    ) -> None:
        number = _number(share)
        paths = self._along(key, share, number)
        numbers = (number, before, after, *[path.contribution for path in paths])
        self._too_large = self._too_large or not all(map(math.isfinite, numbers))
        complete = key not in self._cut
        self._rows.append(Contribution(key, kind, number, before + 0.0, after + 0.0, paths, complete, reason))

    def _along(self, key: str, share: Decimal, number: float) -> tuple[Path, ...]:
        """What of a share, which is `number` as a float, comes up on each of the ways."""
        ways = self._ways[key]
        if len(ways) == 1 and key not in self._cut:
            above, slope = ways[0]
            return (Path(key, above, slope, number),)
        whole = self.slopes[key]
        part = share / whole if whole else _ZERO
        return tuple(Path(key, above, slope, _number(slope * part)) for above, slope in ways)

    def _hand_down(self, parent: str, slope: Decimal, by_child: Mapping[str, Decimal]) -> None:
        above = [Path(parent, path, reached) for path, reached in self._ways[parent]]
        for child, steepness in by_child.items():
            ways: list[_Way] = [(path, path.slope * steepness) for path in above]
            if child in self.slopes:
                self.slopes[child] += slope * steepness
                self._ways[child] += ways
            else:
                self.slopes[child] = slope * steepness
                self._ways[child] = ways
            if parent in self._cut:
                self._cut.add(child)

    def _keep_largest(self, key: str) -> None:
        """Of any number of ways, the ones with the steepest slopes; no way below them is lost by that."""
        ways = self._ways[key]
        if len(ways) > 1:
            if len(ways) > MAX_PATHS:
                self._cut.add(key)
            self._ways[key] = heapq.nlargest(MAX_PATHS, ways, key=lambda way: abs(way[1]))

    def _values(self, key: str) -> tuple[float, float]:
        return cast(float, self._before[key]), cast(float, self._after[key])

    def _move(self, key: str) -> Move:
        """A node's own value in as many digits as are computed with."""
        if key not in self._moves:
            before, after = self._values(key)
            exact = EXACT.create_decimal_from_float
            self._moves[key] = Move(exact(before), exact(after))
        return self._moves[key]


def _number(exact: Decimal) -> float:
    """The nearest float, infinite beyond the largest, and never −0."""
    return float(exact) + 0.0


def _differ(gaps: tuple[float, float], largest: Decimal) -> bool:
    """Whether a node's own value is more than its formula, rounded."""
    return max(map(abs, gaps)) > largest * _TOLERANCE
