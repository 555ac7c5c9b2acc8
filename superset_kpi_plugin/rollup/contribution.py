"""Contribution: what every leaf and every unexplained amount adds to a change of the root (section 8).

Computed in floats, with a bound of what each number may be away from the exact one. Where that is too far,
as numbers cancel, or leave the sizes that floats are sure of, all is computed again in 60 digits.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import localcontext
from operator import attrgetter
from typing import Generic, NamedTuple, cast

from superset_kpi_plugin.rollup.arithmetic import DIGITS, FLOATS, Arithmetic, UnsureError
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.logmean import EXACT
from superset_kpi_plugin.rollup.result import Evaluation
from superset_kpi_plugin.rollup.slopes import Slopes, slopes
from superset_kpi_plugin.rollup.spec import NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.states import UNREAD, actuals_of, targets_of
from superset_kpi_plugin.rollup.types import OVERFLOW, NumberT, Outcome, Source, Undefined, _Word

MAX_PATHS = 20
"""How many paths are listed at most."""

_TOLERANCE = 1e-9
"""By how much of the largest number shares may miss the change of the root."""
_EACH, _ALL = _TOLERANCE / 1000, _TOLERANCE / 10
"""By how much of it a share in floats, and all of them together, may be away from the exact ones."""


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


class Way(NamedTuple):
    """One way from the root down to a node; compared by identity, however long."""

    key: str
    above: Way | None

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"Way({' → '.join(self.keys)})"

    @property
    def keys(self) -> tuple[str, ...]:
        """The nodes on it, the root first."""
        found: list[str] = []
        item: Way | None = self
        while item is not None:
            found.append(item.key)
            item = item.above
        return tuple(reversed(found))


class Path(NamedTuple):
    """A way, and what comes up on it."""

    way: Way
    contribution: float

    @property
    def keys(self) -> tuple[str, ...]:
        """The nodes on it, the root first."""
        return self.way.keys


class Contribution(NamedTuple):
    """What one leaf, remainder or node adds to the change.

    `before` and `after` are its value, for a remainder the unexplained amount. `ways` lead to its parents,
    the largest ones, and `shares` is what comes up on each, empty where there is only one; `all_paths` tells
    whether there are no others. `reason` tells why a node with a formula counts as a leaf.
    """

    key: str
    kind: ContributionKind
    contribution: float
    before: float
    after: float
    ways: tuple[Way | None, ...]
    shares: tuple[float, ...] = ()
    all_paths: bool = True
    reason: Undefined | None = None

    @property
    def paths(self) -> tuple[Path, ...]:
        """Its largest paths."""
        pairs = zip(self.ways, self.shares or (self.contribution,), strict=True)
        return tuple([Path(Way(self.key, above), share) for above, share in pairs])


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
        rows = self.contributors
        # In order as they are, rows with one path each cannot follow as many others of the kind.
        alone = [row for row in rows if not row.shares][:count]
        paths = [path for row in (*alone, *(row for row in rows if row.shares)) for path in row.paths]
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
    root = build(tree).root
    for state in (before, after):
        value = state.get(root, UNREAD)
        if isinstance(value, Undefined):
            return value
    try:
        found = explain_in(FLOATS, tree, before, after)
        if isinstance(found, Contributions):
            return found
    except ArithmeticError:
        pass
    with localcontext(EXACT):
        return explain_in(DIGITS, tree, before, after)


def explain_in(
    arithmetic: Arithmetic[NumberT],
    tree: TreeSpec,
    before: Mapping[str, Outcome],
    after: Mapping[str, Outcome],
) -> Contributions | Undefined:
    """As `explain`, in one arithmetic, between states in which the root is known.

    UnsureError where that may have lost too many digits.
    """
    graph = build(tree)
    ledger = _Ledger(graph.root, before, after, arithmetic)
    # Parents come before their children, so a node's slope is complete once its turn has come.
    for key in reversed(graph.order):
        if key in ledger.slopes:
            failed = ledger.enter(tree.nodes[key])
            if failed is not None:
                return failed
    return ledger.close()


class _Ledger(Generic[NumberT]):
    """Slopes and shares while they are added up, from the root down.

    Every node it comes to has a value in both states: a formula with an undefined operand is not entered.
    Beside each slope stands how many roundings it is away from the exact one, times the sizes that were
    rounded; and so for each share.
    """

    def __init__(
        self,
        root: str,
        before: Mapping[str, Outcome],
        after: Mapping[str, Outcome],
        arithmetic: Arithmetic[NumberT],
    ) -> None:
        one, zero = arithmetic.of(1.0), arithmetic.of(0.0)
        self.slopes: dict[str, NumberT] = {root: one}
        self._root = root
        self._before = cast("Mapping[str, float]", before)
        self._after = cast("Mapping[str, float]", after)
        self._arithmetic: Arithmetic[NumberT] = arithmetic
        self._away = {root: 0.0}
        # The ways down to a node's parents, and, where there are several, the node's slope on each.
        self._ways: dict[str, tuple[Way | None, ...]] = {root: (None,)}
        self._parts: dict[str, list[NumberT]] = {}
        self._cut: set[str] = set()
        self._scale: NumberT = zero
        self._furthest = self._all_away = 0.0
        self._contributors: list[Contribution] = []
        self._nodes: list[Contribution] = []
        self._doubtful: list[tuple[str, NumberT, float, float]] = []
        self._too_large = False

    def enter(self, node: NodeSpec) -> Undefined | None:
        """Write down what a node adds and hand its slope down; the reason where that cannot be said."""
        key, formula = node.key, node.formula
        self._keep_largest(key)
        if formula is None:
            self._leaf(key)
            return None
        old, new = formula.evaluate(self._before), formula.evaluate(self._after)
        for outcome in (old, new):
            if isinstance(outcome, Undefined):
                self._leaf(key, outcome)
                return None
        found = slopes(formula, self._before, self._after, self._arithmetic)
        if isinstance(found, Undefined):
            return found
        self._branch(node, found, (self._before[key] - cast(float, old), self._after[key] - cast(float, new)))
        return None

    def close(self) -> Contributions | Undefined:
        """All rows; remainders that are nothing but rounding are left out."""
        rows: list[Contribution] = self._contributors
        scale, rounding = float(self._scale), self._arithmetic.rounding
        if self._furthest * rounding > scale * _EACH or self._all_away * rounding > scale * _ALL:
            raise UnsureError
        noise = scale * _TOLERANCE / (10 * (len(rows) + len(self._nodes) + len(self._doubtful)))
        for key, gap, before, after in self._doubtful:
            if abs(float(self.slopes[key] * gap)) > noise:
                rows.append(self._row(key, _REMAINDER, gap, before, after))
        if self._too_large:
            return OVERFLOW
        change = float(self._change(self._root)) + 0.0
        return Contributions(self._root, change, (*_in_order(rows), *_in_order(self._nodes)))

    def _leaf(self, key: str, reason: Undefined | None = None) -> None:
        change, slope = self._change(key), self.slopes[key]
        self._scale = max(self._scale, abs(slope * change))
        self._note(key, change, abs(float(change)))
        row = self._row(key, _LEAF, change, self._before[key], self._after[key], reason)
        self._contributors.append(row)

    def _branch(self, node: NodeSpec, found: Slopes[NumberT], gaps: tuple[float, float]) -> None:
        key, slope, change = node.key, self.slopes[node.key], self._change(node.key)
        if not self._arithmetic.fits((abs(slope),)):
            raise UnsureError
        before, after = self._before[key], self._after[key]
        self._nodes.append(self._row(key, _NODE, change, before, after))
        moved = abs(float(change))
        self._note(key, change, moved)
        self._hand_down(key, found)
        # U₁ − U₀, ordered so that two huge values of which nothing is left cost no digits.
        gap = change - (found.new - found.old)
        self._scale = max(self._scale, abs(slope * gap), found.highest)
        size = abs(float(found.old)) + abs(float(found.new))
        self._note(key, gap, moved + (found.lost + 1) * size)
        largest = max(float(found.largest), abs(before), abs(after))
        if node.source is not _FORMULA or max(map(abs, gaps)) > largest * _TOLERANCE:
            self._contributors.append(self._row(key, _REMAINDER, gap, *gaps))
        else:
            self._doubtful.append((key, gap, *gaps))

    def _note(self, key: str, change: NumberT, rounded: float) -> None:
        """How far a share is away: slope × change, a change that numbers of such a size were rounded for."""
        part = abs(float(change))
        away = self._away[key] * part + abs(float(self.slopes[key])) * (rounded + 2 * part)
        self._all_away += away
        if away > self._furthest:
            self._furthest = away

    def _row(
        self,
        key: str,
        kind: ContributionKind,
        change: NumberT,
        before: float,
        after: float,
        reason: Undefined | None = None,
    ) -> Contribution:
        """What slope × change adds, and what of it comes up on each of the ways."""
        number = float(self.slopes[key] * change) + 0.0
        shares: tuple[float, ...] = ()
        if key in self._parts:
            shares = tuple([float(part * change) + 0.0 for part in self._parts[key]])
        if not all(map(math.isfinite, (number, before, after, *shares))):
            self._too_large = True
        ways, complete = self._ways[key], key not in self._cut
        return Contribution(key, kind, number, before + 0.0, after + 0.0, ways, shares, complete, reason)

    def _hand_down(self, parent: str, found: Slopes[NumberT]) -> None:
        slope = self.slopes[parent]
        away = self._away[parent] + abs(float(slope)) * (found.roundings + 1)
        ways = tuple([Way(parent, above) for above in self._ways[parent]])
        reached = self._parts.get(parent, [slope])
        for child, steepness in found.by_child.items():
            part = slope * steepness
            child_away = away * float(found.sizes[child])
            if child in self.slopes:
                parts = self._parts.setdefault(child, [self.slopes[child]])
                parts += [way * steepness for way in reached]
                self.slopes[child] += part
                self._away[child] += child_away + abs(float(self.slopes[child]))
                self._ways[child] += ways
            else:
                self.slopes[child] = part
                self._away[child] = child_away
                self._ways[child] = ways
                if len(reached) > 1:
                    self._parts[child] = [way * steepness for way in reached]
            if parent in self._cut:
                self._cut.add(child)

    def _keep_largest(self, key: str) -> None:
        """Of any number of ways, the ones with the steepest slopes; no way below them is lost by that."""
        parts = self._parts.get(key)
        if parts is None:
            return
        if len(parts) > MAX_PATHS:
            self._cut.add(key)
        pairs = zip(self._ways[key], parts, strict=True)
        steepest = heapq.nlargest(MAX_PATHS, pairs, key=lambda pair: abs(pair[1]))
        self._ways[key] = tuple([way for way, _ in steepest])
        self._parts[key] = [part for _, part in steepest]

    def _change(self, key: str) -> NumberT:
        """After − before of a node's own value."""
        of = self._arithmetic.of
        return of(self._after[key]) - of(self._before[key])


def _in_order(rows: list[Contribution]) -> list[Contribution]:
    """The largest first."""
    by_key = sorted(rows, key=attrgetter("key"))
    return sorted(by_key, key=lambda row: abs(row.contribution), reverse=True)
