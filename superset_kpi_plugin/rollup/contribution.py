"""Contribution: what every leaf and every unexplained amount adds to a change of the root (section 8).

Computed in 60 digits. A node's remainder is what its children leave of its own change, which is
slope × (U₁ − U₀) and lets the shares sum to the root's change whatever was rounded.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from superset_kpi_plugin.rollup.graph import Graph, build
from superset_kpi_plugin.rollup.logmean import EXACT
from superset_kpi_plugin.rollup.result import Evaluation
from superset_kpi_plugin.rollup.slopes import Move, Slopes, slopes
from superset_kpi_plugin.rollup.spec import NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.states import UNREAD, actuals_of, targets_of
from superset_kpi_plugin.rollup.types import Outcome, Source, Undefined, _Word, finite

MAX_PATHS = 20
"""How many paths are listed at most."""

_TOLERANCE = 1e-9


class ContributionKind(_Word):
    """A leaf's share and a node's remainder sum to the change; a node's subtotal is no part of the sum."""

    LEAF = "leaf"
    REMAINDER = "remainder"
    NODE = "node"


@dataclass(frozen=True, eq=False, repr=False)
class Path:
    """One way from the root down to a node, and what comes up on it; compared by identity."""

    key: str
    above: Path | None
    slope: Decimal
    contribution: float = 0.0

    @property
    def keys(self) -> tuple[str, ...]:
        """The nodes on it, the root first."""
        found: list[str] = []
        item: Path | None = self
        while item is not None:
            found.append(item.key)
            item = item.above
        return tuple(reversed(found))


@dataclass(frozen=True)
class Contribution:
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
    with localcontext(EXACT):
        return _explain(tree, graph, before, after)


def _explain(
    tree: TreeSpec, graph: Graph, before: Mapping[str, Outcome], after: Mapping[str, Outcome]
) -> Contributions | Undefined:
    for state in (before, after):
        value = state.get(graph.root, UNREAD)
        if isinstance(value, Undefined):
            return value
    moves = {key: move for key in tree.nodes if (move := _move(before, after, key)) is not None}
    ledger = _Ledger(graph.root, moves)
    # Parents come before their children, so a node's slope is complete once its turn has come.
    for key in reversed(graph.order):
        if key not in ledger.slopes:
            continue
        failed = _enter(tree.nodes[key], ledger, before, after)
        if failed is not None:
            return failed
    return ledger.close()


def _enter(
    node: NodeSpec, ledger: _Ledger, before: Mapping[str, Outcome], after: Mapping[str, Outcome]
) -> Undefined | None:
    """Write down what a node adds and hand its slope down; the reason where that cannot be said."""
    if node.formula is None:
        ledger.leaf(node.key)
        return None
    explained = node.formula.evaluate(before), node.formula.evaluate(after)
    for outcome in explained:
        if isinstance(outcome, Undefined):
            ledger.leaf(node.key, outcome)
            return None
    found = slopes(node.formula, {child: ledger.moves[child] for child in node.formula})
    if isinstance(found, Undefined):
        return found
    by_formula = Move(*(Decimal(value) for value in explained if not isinstance(value, Undefined)))
    ledger.branch(node, found, by_formula)
    return None


@dataclass(frozen=True)
class _Row:
    """A contribution before it is rounded to floats."""

    key: str
    kind: ContributionKind
    share: Decimal
    values: Move
    always: bool = True
    reason: Undefined | None = None


class _Ledger:
    """Slopes and shares while they are added up, from the root down."""

    def __init__(self, root: str, moves: Mapping[str, Move]) -> None:
        self.moves = moves
        self.slopes = {root: Decimal(1)}
        self._sizes = [Decimal(0)]
        self._root = root
        self._rows: list[_Row] = []
        self._paths: dict[str, list[Path]] = {root: [Path(root, None, Decimal(1))]}
        self._cut: set[str] = set()

    def leaf(self, key: str, reason: Undefined | None = None) -> None:
        self._keep_largest(key)
        move = self.moves[key]
        share = self.slopes[key] * move.change
        self._rows.append(_Row(key, ContributionKind.LEAF, share, move, reason=reason))

    def branch(self, node: NodeSpec, found: Slopes, by_formula: Move) -> None:
        self._sizes.append(found.largest)
        self._keep_largest(node.key)
        slope, move = self.slopes[node.key], self.moves[node.key]
        total = slope * move.change
        self._rows.append(_Row(node.key, ContributionKind.NODE, total, move))
        explained = Decimal(0)
        for child, steepness in found.by_child.items():
            self._hand_down(node.key, child, steepness)
            explained += slope * steepness * self.moves[child].change
        unexplained = Move(move.before - by_formula.before, move.after - by_formula.after)
        own = node.source is not Source.FORMULA or _differ(move, by_formula, found.largest)
        kind = ContributionKind.REMAINDER
        self._rows.append(_Row(node.key, kind, total - explained, unexplained, always=own))

    def close(self) -> Contributions | Undefined:
        """The rows in floats; remainders that are nothing but rounding are left out."""
        contributors = [row for row in self._rows if row.kind is not ContributionKind.NODE]
        scale = max(*self._sizes, *(abs(row.share) for row in contributors))
        noise = scale * Decimal(_TOLERANCE) / (10 * len(self._rows))
        rows: list[Contribution] = []
        for row in self._rows:
            if row.always or abs(row.share) > noise:
                found = self._rounded(row)
                if isinstance(found, Undefined):
                    return found
                rows.append(found)
        rows.sort(key=lambda row: (row.kind is ContributionKind.NODE, -abs(row.contribution), row.key))
        return Contributions(self._root, _number(self.moves[self._root].change), tuple(rows))

    def _rounded(self, row: _Row) -> Contribution | Undefined:
        slope = self.slopes[row.key]
        part = row.share / slope if slope else Decimal(0)
        paths = [
            Path(path.key, path.above, path.slope, _number(path.slope * part))
            for path in self._paths[row.key]
        ]
        share, before, after = (_number(row.share), _number(row.values.before), _number(row.values.after))
        for number in (share, before, after, *(path.contribution for path in paths)):
            outcome = finite(number)
            if isinstance(outcome, Undefined):
                return outcome
        complete = row.key not in self._cut
        return Contribution(row.key, row.kind, share, before, after, tuple(paths), complete, row.reason)

    def _hand_down(self, parent: str, child: str, steepness: Decimal) -> None:
        self.slopes[child] = self.slopes.get(child, Decimal(0)) + self.slopes[parent] * steepness
        paths = self._paths.setdefault(child, [])
        paths += [Path(child, path, path.slope * steepness) for path in self._paths[parent]]
        if parent in self._cut:
            self._cut.add(child)

    def _keep_largest(self, key: str) -> None:
        """Of any number of paths, the ones with the steepest slopes; no path below them is lost by that."""
        paths = self._paths[key]
        if len(paths) > MAX_PATHS:
            self._cut.add(key)
        self._paths[key] = heapq.nlargest(MAX_PATHS, paths, key=lambda path: abs(path.slope))


def _number(exact: Decimal) -> float:
    """The nearest float, infinite beyond the largest, and never −0."""
    return float(exact) + 0.0


def _differ(own: Move, by_formula: Move, largest: Decimal) -> bool:
    """Whether a node's own value is more than its formula, rounded."""
    gap = max(abs(own.before - by_formula.before), abs(own.after - by_formula.after))
    return gap > Decimal(_TOLERANCE) * max(largest, own.size)


def _move(before: Mapping[str, Outcome], after: Mapping[str, Outcome], key: str) -> Move | None:
    values = before.get(key, UNREAD), after.get(key, UNREAD)
    numbers = [+Decimal(value) for value in values if not isinstance(value, Undefined)]
    return Move(*numbers) if len(numbers) == len(values) else None
