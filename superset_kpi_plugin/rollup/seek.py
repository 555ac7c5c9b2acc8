"""Seek: what one node's actual must be for another to meet its target, all else equal (section 9).

The target's node is a rational function of the sought one, held exactly in whole numbers, so every float at
which it crosses the target is found, and no other. Two limits: above `rational.MAX_DEGREE` powers of the
unknown nothing is sought, and where the target is only touched, it counts within a billionth.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from superset_kpi_plugin.rollup import polynomial
from superset_kpi_plugin.rollup.errors import SpecError
from superset_kpi_plugin.rollup.formula import Formula, Number
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.polynomial import Polynomial
from superset_kpi_plugin.rollup.rational import UNKNOWN, EntangledError, Rational, apply, constant
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult
from superset_kpi_plugin.rollup.ripple import NOTHING, ripple
from superset_kpi_plugin.rollup.spec import NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.states import actual_of, formula_of, target_of
from superset_kpi_plugin.rollup.types import Direction, Operator, Outcome, Reason, Source, Undefined

_TOLERANCE = 1e-9
_ROUNDING = 1e-15
_MOST_WORK = 3 * 10**9
"""How many products of digits a search may take: a few seconds."""
_HALVINGS = 200
_ENTANGLED = Undefined(
    Reason.ERROR,
    phrase("The node takes part in the goal's formulas too many times to be solved for; choose another."),
)


@dataclass(frozen=True)
class Solution:
    """The actual the node must have, the goal's actual that follows, and the one that was wanted."""

    value: float
    reached: float
    wanted: float


@dataclass(frozen=True)
class NoSolution:
    """No actual of the node lets the goal meet what was wanted."""

    wanted: float
    message: str


def seek(
    tree: TreeSpec,
    evaluation: Evaluation,
    key: str,
    goal: str | None = None,
    pinned: Set[str] = NOTHING,
) -> Solution | NoSolution | Undefined:
    """What a node's actual must be for the goal, by default the root, to meet its target.

    For a band its bound nearest to the goal's actual, or nothing to do inside it. Of several solutions the
    one nearest to the node's actual (to 0 where it has none), the smaller on a tie. Undefined where the
    target is, or where too much else is undefined to tell. Overridden nodes are `pinned`.
    """
    goal = evaluation.root if goal is None else goal
    for named in (key, goal):
        if named not in tree.nodes:
            raise SpecError(f"{named} is no node of the tree; choose one that is.")
    wanted = _wanted(tree.nodes[goal].direction, evaluation.nodes[goal])
    if isinstance(wanted, Undefined):
        return wanted
    return _Search(tree, evaluation, key, goal, pinned).nearest(wanted)


def _wanted(direction: Direction, result: NodeResult) -> tuple[float, ...] | Undefined:
    """The target; where the goal has a band but no actual, both its bounds."""
    bounds = result.lower, result.upper
    if direction is Direction.MAINTAIN and result.actual is None and None not in bounds:
        return tuple(bound for bound in bounds if bound is not None)
    target = target_of(direction, result)
    return target if isinstance(target, Undefined) else (target,)


class _Search:
    """The goal as a function of one node."""

    def __init__(self, tree: TreeSpec, evaluation: Evaluation, key: str, goal: str, pinned: Set[str]) -> None:
        self._tree = tree
        self._evaluation = evaluation
        self._key = key
        self._goal = goal
        self._pinned = pinned
        self._order = build(tree).order
        self._present = actual_of(evaluation.nodes[key])
        self._poles: list[Polynomial] = []
        self._left = _MOST_WORK
        self._moved: Set[str] = NOTHING

    def nearest(self, wanted: Sequence[float]) -> Solution | NoSolution | Undefined:
        met = self._met_already(wanted)
        if met is not None:
            return met
        try:
            function = self._function()
            if isinstance(function, Undefined):
                return function
            if function is None:
                return self._unmoved(wanted)
            found = [solution for number in wanted for solution in self._solutions(function, number)]
        except EntangledError:
            return _ENTANGLED
        return self._best(found) if found else self._unreachable(wanted)

    def _met_already(self, wanted: Sequence[float]) -> Solution | None:
        actual = actual_of(self._evaluation.nodes[self._goal])
        if isinstance(actual, Undefined) or isinstance(self._present, Undefined) or actual not in wanted:
            return None
        return Solution(self._present, actual, actual)

    def _unmoved(self, wanted: Sequence[float]) -> Solution | NoSolution | Undefined:
        actual = actual_of(self._evaluation.nodes[self._goal])
        if isinstance(actual, Undefined):
            return actual
        if actual in wanted:
            return Solution(0.0, actual, actual)
        node, goal = self._labels()
        why = phrase(
            "%(goal)s does not follow from %(node)s; choose a node it follows from.", goal=goal, node=node
        )
        return NoSolution(wanted[0], why)

    def _unreachable(self, wanted: Sequence[float]) -> NoSolution:
        node, goal = self._labels()
        why = phrase(
            "Whatever %(node)s is, %(goal)s does not meet its target, all else equal.", node=node, goal=goal
        )
        return NoSolution(wanted[0], why)

    def _labels(self) -> tuple[str, str]:
        return self._tree.nodes[self._key].label, self._tree.nodes[self._goal].label

    def _best(self, found: Sequence[Solution]) -> Solution:
        present = 0.0 if isinstance(self._present, Undefined) else self._present
        distances = [abs(Fraction(solution.value) - Fraction(present)) for solution in found]
        least = min(distances)
        near = least * (1 + Fraction(1, 10**12))
        tied = [found[index] for index, distance in enumerate(distances) if distance <= near]
        return min(tied, key=lambda solution: solution.value)

    def _solutions(self, function: Rational, wanted: float) -> Iterable[Solution]:
        target = constant(wanted)
        difference = self._apply(Operator.SUBTRACT, function, target)
        assert difference is not None
        if not difference.top:
            # The goal meets its target whatever the node is.
            yield from self._at([0.0 if isinstance(self._present, Undefined) else self._present], wanted)
            return
        # Of each derivative, each crossing is narrowed down by halves.
        self._spend(len(difference.top) ** 2 * _HALVINGS * polynomial.digits(difference.top))
        for bracket in polynomial.roots(difference.top):
            if not self._has_pole(bracket):
                yield from self._at(bracket, wanted)
        for bracket in polynomial.extremes(difference.top):
            if not self._has_pole(bracket):
                yield from self._at(bracket, wanted, touched=True)

    def _at(self, places: Sequence[float], wanted: float, touched: bool = False) -> Iterable[Solution]:
        """The place where the goal comes nearest, if it is defined at any.

        Where it is only `touched`, as near as floats can tell.
        """
        found: list[Solution] = []
        for place in dict.fromkeys(places):
            place += 0.0  # no −0
            after = ripple(self._tree, self._order, self._evaluation, {self._key: place}, self._pinned)
            reached = after[self._goal]
            if isinstance(reached, Undefined):
                continue
            slack = self._rounding(after) if touched else math.inf
            if math.isclose(reached, wanted, rel_tol=_TOLERANCE, abs_tol=slack):
                found.append(Solution(place, reached, wanted))
        if found:
            yield min(found, key=lambda solution: abs(solution.reached - wanted))

    def _rounding(self, after: Mapping[str, Outcome]) -> float:
        """How far floats may be off at the goal, by the size of all that is added up on the way to it."""
        sizes = {key: abs(value) for key, value in after.items() if isinstance(value, float)}
        for key in self._order:
            node, value = self._tree.nodes[key], after[key]
            if key in self._moved and node.formula is not None and isinstance(value, float):
                sizes[key] = _size(node.formula, after, sizes)
                if node.source is not Source.FORMULA:
                    result = self._evaluation.nodes[key]
                    kept = (actual_of(result), formula_of(result))
                    sizes[key] += sum(abs(number) for number in kept if isinstance(number, float))
        size = sizes[self._goal] * _ROUNDING
        return size if math.isfinite(size) else 0.0

    def _has_pole(self, bracket: tuple[float, float]) -> bool:
        """Whether any formula divides by zero at or between two neighbouring floats."""
        low, high = bracket
        for pole in self._poles:
            if polynomial.sign_at(pole, low) * polynomial.sign_at(pole, high) <= 0:
                return True
        return False

    def _function(self) -> Rational | Undefined | None:
        """The goal's actual; None where the node does not move it."""
        moved: dict[str, Rational | Undefined] = {self._key: UNKNOWN}
        for key in self._order:
            node = self._tree.nodes[key]
            if key in moved or key in self._pinned or node.formula is None:
                continue
            if not moved.keys().isdisjoint(node.formula.keys()):
                function = self._follow(node, node.formula, moved)
                if function is not None:
                    moved[key] = function
        self._moved = moved.keys() - {self._key}
        return moved.get(self._goal)

    def _follow(
        self, node: NodeSpec, formula: Formula, moved: Mapping[str, Rational | Undefined]
    ) -> Rational | Undefined | None:
        """A parent of a moved node; None where it does not move along."""
        result = self._evaluation.nodes[node.key]
        own, before = actual_of(result), formula_of(result)
        measured = node.source is not Source.FORMULA
        if measured and (isinstance(own, Undefined) or isinstance(before, Undefined)):
            return None
        function = self._read(formula, moved)
        if not measured or isinstance(function, Undefined):
            return function
        assert isinstance(own, float)
        assert isinstance(before, float)
        gap = apply(Operator.SUBTRACT, constant(own), constant(before))
        assert gap is not None
        return self._apply(Operator.ADD, function, gap)

    def _read(self, formula: Formula, moved: Mapping[str, Rational | Undefined]) -> Rational | Undefined:
        """A formula over functions and known numbers."""
        values: dict[str, Rational] = {}
        for key in formula:
            value: Rational | Outcome = moved.get(key) or actual_of(self._evaluation.nodes[key])
            if isinstance(value, Undefined):
                why = phrase("Needs %(key)s: %(why)s", key=key, why=value.message)
                return Undefined(Reason.OPERAND_UNDEFINED, why, value.cause)
            values[key] = constant(value) if isinstance(value, float) else value
        stack: list[Rational] = []
        for step in formula.steps:
            if isinstance(step, Operator):
                right, left = stack.pop(), stack.pop()
                found = self._apply(step, left, right)
                if found is None:
                    return Undefined(
                        Reason.DIVISION_BY_ZERO, phrase("A formula divides by zero whatever the node is.")
                    )
                if step is Operator.DIVIDE and len(found.bottom) > 1:
                    self._poles.append(found.bottom)
                stack.append(found)
            else:
                stack.append(constant(step.value) if isinstance(step, Number) else values[step.key])
        return stack[0]

    def _apply(self, operator: Operator, left: Rational, right: Rational) -> Rational | None:
        self._spend(left.digits * right.digits)
        return apply(operator, left, right)

    def _spend(self, work: int) -> None:
        """Exact numbers may grow with every step of a formula, and the time that each takes with them."""
        self._left -= work
        if self._left < 0:
            raise EntangledError


def _size(formula: Formula, values: Mapping[str, Outcome], sizes: Mapping[str, float]) -> float:
    """What a formula comes to if nothing in it cancels out."""
    stack: list[tuple[float, float]] = []
    for step in formula.steps:
        if not isinstance(step, Operator):
            value = step.value if isinstance(step, Number) else values[step.key]
            assert isinstance(value, float)
            stack.append((value, abs(value) if isinstance(step, Number) else sizes[step.key]))
            continue
        (right, right_size), (left, left_size) = stack.pop(), stack.pop()
        if step is Operator.MULTIPLY:
            stack.append((left * right, left_size * right_size))
        elif step is Operator.DIVIDE:
            stack.append((left / right, left_size / abs(right)))
        else:
            sign = 1 if step is Operator.ADD else -1
            stack.append((left + sign * right, left_size + right_size))
    return stack[0][1]
