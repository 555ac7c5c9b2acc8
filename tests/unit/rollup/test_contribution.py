import itertools
import math
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Context, Decimal, localcontext

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    Direction,
    LinkSpec,
    NodeSpec,
    Operator,
    Outcome,
    PeriodTarget,
    Reading,
    Reason,
    Source,
    TreeSpec,
    Undefined,
    Window,
    evaluate,
    parse,
)
from superset_kpi_plugin.rollup.contribution import (
    MAX_PATHS,
    Contribution,
    ContributionKind,
    Contributions,
    explain,
    explain_change,
    explain_variance,
)
from superset_kpi_plugin.rollup.formula import Expression, Number, Operation, Ref
from tests.strategies import explained_trees, states

LEAF, REMAINDER, NODE = ContributionKind
NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
LAST_DAY = date(2026, 11, 30)
DIGITS = Context(prec=120, Emin=-(10**9), Emax=10**9)
# Where two shares of 1e600 cancel to one of 1e300, 120 digits have nothing left.
MORE_DIGITS = Context(prec=700, Emin=-(10**9), Emax=10**9)

everyday = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 2.0, 10.0, 0.1, -0.3]),
    st.floats(-1e6, 1e6).map(lambda number: round(number, 3)),
)
wide = st.one_of(everyday, st.floats(allow_nan=False, allow_infinity=False))


def over(formula: str, *, source: Source = Source.FORMULA, root: str = "r") -> TreeSpec:
    """A root with a formula over its leaves."""
    parsed = parse(formula)
    nodes = {root: NodeSpec(root, source=source, formula=parsed)}
    nodes |= {key: NodeSpec(key) for key in parsed}
    return TreeSpec(nodes, tuple(LinkSpec(root, key) for key in parsed))


def filled(tree: TreeSpec, values: Mapping[str, float]) -> dict[str, Outcome]:
    """The values, and the formulas over them; nodes come before their children in these trees."""
    found: dict[str, Outcome] = dict(values)
    for key in reversed(tree.nodes):
        formula = tree.nodes[key].formula
        if key not in found and formula is not None:
            found[key] = formula.evaluate(found)
    return found


def explained(tree: TreeSpec, before: Mapping[str, float], after: Mapping[str, float]) -> Contributions:
    found = explain(tree, filled(tree, before), filled(tree, after))
    assert isinstance(found, Contributions)
    return found


def shares(found: Contributions) -> dict[tuple[str, ContributionKind], float]:
    return {(row.key, row.kind): row.contribution for row in found.contributors}


def leaves(formula: str, before: Mapping[str, float], after: Mapping[str, float]) -> dict[str, float]:
    return {row.key: row.contribution for row in explained(over(formula), before, after).contributors}


# The worked examples of section 8


def test_orders_and_value_that_cancel() -> None:
    found = explained(over("orders * value"), {"orders": 10, "value": 4}, {"orders": 20, "value": 2})
    assert found.change == 0
    assert [(row.key, round(row.contribution, 4)) for row in found.contributors] == [
        ("orders", 27.7259),
        ("value", -27.7259),
    ]
    assert [row.contribution for row in found.contributors] == [40 * math.log(2), -40 * math.log(2)]


def test_a_factor_of_zero_shares_as_two_players_do() -> None:
    assert leaves("a * b", {"a": 0, "b": 3}, {"a": 5, "b": 4}) == {"a": 17.5, "b": 2.5}


def test_a_measured_parent_keeps_a_remainder() -> None:
    tree = over("a * b", source=Source.METRIC)
    found = explained(tree, {"r": 100, "a": 8, "b": 10}, {"r": 130, "a": 9, "b": 12})
    assert shares(found)["r", REMAINDER] == 2.0
    mean = 28 / math.log(108 / 80)
    assert shares(found)["a", LEAF] == pytest.approx(mean * math.log(9 / 8), rel=1e-14)
    assert shares(found)["b", LEAF] == pytest.approx(mean * math.log(12 / 10), rel=1e-14)
    remainder = next(row for row in found.rows if row.kind is REMAINDER)
    assert (remainder.before, remainder.after) == (20.0, 22.0)
    assert (found.change, math.fsum(shares(found).values())) == (30.0, pytest.approx(30.0, abs=1e-12))


# LMDI-I (Ang 2005, Energy Policy 33) as a sum of products of three factors: the figures that LMDIR, an
# implementation in R of that paper, holds itself to (MatthewHeun/LMDIR, tests/testthat/test_lmdi.R)

LMDI_YEARS = [(1, 10, 2, 4, 5, 3), (4, 5, 3, 5, 6, 4), (8, 2, 4, 5, 7, 5), (10, 1, 5, 6, 8, 6)]
LMDI_EFFECTS = [
    (50.47438029, -25.23719014, 14.76280986, 19.31568569, 15.78206435, 24.90224996),
    (42.96021467, -56.79031473, 17.83010006, 0.0, 22.47128816, 32.52871184),
    (12.6549815, -39.30996299, 12.6549815, 41.35566084, 30.28867832, 41.35566084),
]
LMDI_CHANGES = [100.0, 59.0, 99.0]


@pytest.mark.parametrize("year", range(3))
def test_published_lmdi_effects(year: int) -> None:
    keys = ("a1", "a2", "a3", "b1", "b2", "b3")
    tree = over("a1 * a2 * a3 + b1 * b2 * b3")
    before, after = (dict(zip(keys, LMDI_YEARS[index], strict=True)) for index in (year, year + 1))
    found = explained(tree, before, after)
    expected = dict(zip(keys, LMDI_EFFECTS[year], strict=True))
    assert {row.key: row.contribution for row in found.contributors} == pytest.approx(expected, abs=1e-8)
    assert found.change == LMDI_CHANGES[year]


# Each rule by itself


@pytest.mark.parametrize(
    ("formula", "before", "after", "expected"),
    [
        ("a + b", {"a": 1, "b": 2}, {"a": 4, "b": 1}, {"a": 3, "b": -1}),
        ("a - b", {"a": 1, "b": 2}, {"a": 4, "b": 1}, {"a": 3, "b": 1}),
        ("a * 2 + 7", {"a": 1}, {"a": 4}, {"a": 6}),
        ("a * a", {"a": 3}, {"a": 5}, {"a": 16}),
        ("a - a", {"a": 3}, {"a": 5}, {"a": 0}),
        ("a * b", {"a": -2, "b": 3}, {"a": 4, "b": 5}, {"a": 24, "b": 2}),
        ("a / b", {"a": 0, "b": 2}, {"a": 6, "b": 4}, {"a": 2.25, "b": -0.75}),
        ("a / b", {"a": -3, "b": 2}, {"a": 6, "b": 4}, {"a": 3.375, "b": -0.375}),
        ("a * b", {"a": 3, "b": 4}, {"a": 3, "b": 4}, {"a": 0, "b": 0}),
        ("a * b", {"a": 3, "b": 4}, {"a": 3, "b": 5}, {"a": 0, "b": 3}),
        ("a * 0 + b", {"a": 3, "b": 4}, {"a": 3, "b": 5}, {"a": 0, "b": 1}),
    ],
)
def test_slopes(
    formula: str, before: dict[str, float], after: dict[str, float], expected: dict[str, float]
) -> None:
    assert leaves(formula, before, after) == pytest.approx(expected, rel=1e-15)


def test_a_quotient_of_one_sign_shares_by_logarithms() -> None:
    found = leaves("a / b", {"a": -20, "b": 4}, {"a": -60, "b": 6})
    mean = (-10 + 5) / math.log(10 / 5)
    assert found["a"] == pytest.approx(mean * math.log(3), rel=1e-14)
    assert found["b"] == pytest.approx(-mean * math.log(1.5), rel=1e-14)


def test_a_product_below_the_range_of_floats_shares_as_two_players_do() -> None:
    # The result of the product is lost in floats (0), what it is scaled back to is defined.
    found = leaves("a * b * 0 + a", {"a": 1e-200, "b": 1e-200}, {"a": 3e-200, "b": 2e-200})
    assert found == {"a": 2e-200, "b": 0.0}


def test_equal_formulas_written_differently_share_differently_and_sum_alike() -> None:
    before, after = {"a": 1, "b": 2, "c": 3}, {"a": 2, "b": 5, "c": 4}
    one, other = leaves("a * (b + c)", before, after), leaves("a * b + a * c", before, after)
    assert one["b"] != pytest.approx(other["b"])
    assert math.fsum(one.values()) == pytest.approx(math.fsum(other.values()), rel=1e-14)


def test_shared_children_add_up_over_their_paths() -> None:
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse("p + q * 3")),
        "p": NodeSpec("p", source=Source.FORMULA, formula=parse("s * 2")),
        "q": NodeSpec("q", source=Source.FORMULA, formula=parse("s - t")),
        "s": NodeSpec("s"),
        "t": NodeSpec("t"),
    }
    links = [("r", "p"), ("r", "q"), ("p", "s"), ("q", "s"), ("q", "t")]
    tree = TreeSpec(nodes, tuple(LinkSpec(*link) for link in links))
    found = explained(tree, {"s": 10, "t": 1}, {"s": 11, "t": 3})
    rows = {(row.key, row.kind): row for row in found.rows}
    assert [(row.key, row.contribution) for row in found.contributors] == [("t", -6.0), ("s", 5.0)]
    assert [(path.keys, path.contribution) for path in rows["s", LEAF].paths] == [
        (("r", "q", "s"), 3.0),
        (("r", "p", "s"), 2.0),
    ]
    assert [(row.key, row.contribution) for row in found.rows if row.kind is NODE] == [
        ("q", -3.0),
        ("p", 2.0),
        ("r", -1.0),
    ]
    assert [path.keys[-1] for path in found.largest_paths(2)] == ["t", "s"]
    assert rows["s", LEAF].all_paths


def test_a_path_is_larger_than_each_of_a_larger_rows_two() -> None:
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse("p + q + a")),
        "p": NodeSpec("p", source=Source.FORMULA, formula=parse("s * 5")),
        "q": NodeSpec("q", source=Source.FORMULA, formula=parse("s * 5")),
        "s": NodeSpec("s"),
        "a": NodeSpec("a"),
    }
    links = [("r", "p"), ("r", "q"), ("r", "a"), ("p", "s"), ("q", "s")]
    tree = TreeSpec(nodes, tuple(LinkSpec(*link) for link in links))
    found = explained(tree, {"s": 0, "a": 0}, {"s": 1, "a": 8})
    assert [row.key for row in found.contributors] == ["s", "a"]
    assert [path.keys for path in found.largest_paths(1)] == [("r", "a")]


def test_influences_contribute_nothing() -> None:
    tree = over("a")
    tree = replace(tree, nodes={**tree.nodes, "i": NodeSpec("i")}, links=(*tree.links, LinkSpec("r", "i")))
    found = explained(tree, {"a": 1, "i": 5}, {"a": 2, "i": 50})
    assert {row.key for row in found.rows} == {"r", "a"}


def test_a_lonely_root_is_its_own_leaf() -> None:
    found = explained(TreeSpec({"r": NodeSpec("r")}), {"r": 5}, {"r": 8})
    assert found.rows == (Contribution("r", LEAF, 3.0, 5.0, 8.0, (None,)),)
    assert found.rows[0].paths[0].keys == ("r",)


def test_a_measured_node_whose_formula_fails_is_a_leaf() -> None:
    tree = over("a / b", source=Source.METRIC)
    found = explained(tree, {"r": 4, "a": 8, "b": 2}, {"r": 5, "a": 8, "b": 0})
    (row,) = found.rows
    assert (row.key, row.kind, row.contribution) == ("r", LEAF, 1.0)
    assert row.reason is not None
    assert row.reason.code is Reason.DIVISION_BY_ZERO


def test_a_target_that_its_children_do_not_explain_is_a_leaf() -> None:
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse("a + b"), targets=november(700)),
        "a": NodeSpec("a", targets=november(300)),
        "b": NodeSpec("b"),
    }
    tree = TreeSpec(nodes, (LinkSpec("r", "a"), LinkSpec("r", "b")))
    read = {"a": Reading(250.0, LAST_DAY), "b": Reading(310.0, LAST_DAY)}
    found = explain_variance(tree, evaluate(tree, NOVEMBER, LAST_DAY, read))
    assert isinstance(found, Contributions)
    (row,) = found.rows
    assert (row.kind, row.contribution) == (LEAF, -140.0)
    assert row.reason is not None
    assert row.reason.code is Reason.OPERAND_UNDEFINED


@pytest.mark.parametrize("source", [Source.FORMULA, Source.METRIC])
def test_a_denominator_that_changes_its_sign_is_undefined(source: Source) -> None:
    tree = over("a / b", source=source)
    found = explain(tree, {"r": 4, "a": 8, "b": 2}, {"r": -4, "a": 8, "b": -2})
    assert isinstance(found, Undefined)
    assert found.code is Reason.DIVISION_BY_ZERO
    assert "changes its sign" in found.message


@pytest.mark.parametrize("late", [True, False])
def test_an_undefined_leaf_makes_it_undefined(late: bool) -> None:
    gap = Undefined(Reason.NO_DATA, "Load the orders.")
    tree = over("a + b")
    known, unknown = filled(tree, {"a": 1, "b": 2}), filled(tree, {"a": 1, "b": gap})  # type: ignore[dict-item]
    found = explain(tree, known, unknown) if late else explain(tree, unknown, known)
    assert isinstance(found, Undefined)
    assert "Load the orders." in found.message
    assert isinstance(explain(tree, {}, known), Undefined)


def test_no_share_is_a_negative_zero() -> None:
    found = explained(over("a - b"), {"a": 1, "b": 2}, {"a": 1, "b": 2})
    assert "-0.0" not in repr([row.contribution for row in found.rows])


def test_what_no_float_can_hold_is_undefined() -> None:
    found = explain(over("a - b"), {"r": -1e308, "a": 0, "b": 1e308}, {"r": 1e308, "a": 1e308, "b": 0})
    assert isinstance(found, Undefined)
    assert found.code is Reason.OVERFLOW


def test_of_very_many_paths_the_largest_are_kept() -> None:
    nodes, links = {}, []
    for level in range(40):
        above, sides, below = f"n{level}", (f"a{level}", f"b{level}"), f"n{level + 1}"
        nodes[above] = NodeSpec(above, source=Source.FORMULA, formula=parse(f"{sides[0]} * 2 + {sides[1]}"))
        for side in sides:
            nodes[side] = NodeSpec(side, source=Source.FORMULA, formula=parse(below))
            links += [LinkSpec(above, side), LinkSpec(side, below)]
    nodes["n40"] = NodeSpec("n40")
    found = explained(TreeSpec(nodes, tuple(links)), {"n40": 0}, {"n40": 1})
    (row,) = found.contributors
    assert row.contribution == found.change == 3.0**40
    assert [path.contribution for path in row.paths] == [2.0**40] + [2.0**39] * (MAX_PATHS - 1)
    assert not row.all_paths
    assert len(found.largest_paths()) == MAX_PATHS
    assert len(row.paths[0].keys) == 81


def test_thousands_of_levels_are_no_burden() -> None:
    keys = [f"n{index}" for index in range(3000)]
    nodes = {key: NodeSpec(key) for key in keys}
    for key, child in itertools.pairwise(keys):
        nodes[key] = NodeSpec(key, source=Source.FORMULA, formula=parse(f"{child} * 1.0001 + 1"))
    links = tuple(LinkSpec(key, child) for key, child in itertools.pairwise(keys))
    started = time.process_time()
    found = explained(TreeSpec(nodes, links), {keys[-1]: 1}, {keys[-1]: 2})
    assert time.process_time() - started < 10
    assert [row.key for row in found.contributors] == [keys[-1]]
    assert found.contributors[0].contribution == pytest.approx(1.0001**2999, rel=1e-9)


# Between two evaluations, and against the target


def november(target: float) -> tuple[PeriodTarget, ...]:
    return (PeriodTarget(NOVEMBER.since, NOVEMBER.until, target),)


def test_a_change_between_two_evaluations() -> None:
    tree = over("a * b", source=Source.METRIC)
    earlier, later = (
        evaluate(tree, NOVEMBER, LAST_DAY, {key: Reading(value, LAST_DAY) for key, value in values.items()})
        for values in ({"r": 100.0, "a": 8.0, "b": 10.0}, {"r": 130.0, "a": 9.0, "b": 12.0})
    )
    found = explain_change(tree, earlier, later)
    assert isinstance(found, Contributions)
    assert (found.root, found.change, shares(found)["r", REMAINDER]) == ("r", 30.0, 2.0)


def test_a_variance_against_targets_that_do_not_add_up() -> None:
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse("a + b"), targets=november(700)),
        "a": NodeSpec("a", targets=november(300)),
        "b": NodeSpec("b", targets=november(300)),
    }
    tree = TreeSpec(nodes, (LinkSpec("r", "a"), LinkSpec("r", "b")))
    read = {"a": Reading(250.0, LAST_DAY), "b": Reading(310.0, LAST_DAY)}
    evaluation = evaluate(tree, NOVEMBER, LAST_DAY, read)
    found = explain_variance(tree, evaluation)
    assert isinstance(found, Contributions)
    assert found.change == evaluation.nodes["r"].variance == -140.0
    assert shares(found) == {("r", REMAINDER): -100.0, ("a", LEAF): -50.0, ("b", LEAF): 10.0}


def test_targets_that_add_up_leave_no_remainder() -> None:
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse("a + b"), targets=november(0.3)),
        "a": NodeSpec("a", targets=november(0.1)),
        "b": NodeSpec("b", targets=november(0.2)),
    }
    tree = TreeSpec(nodes, (LinkSpec("r", "a"), LinkSpec("r", "b")))
    read = {"a": Reading(1.0, LAST_DAY), "b": Reading(2.0, LAST_DAY)}
    found = explain_variance(tree, evaluate(tree, NOVEMBER, LAST_DAY, read))
    assert isinstance(found, Contributions)
    assert {row.key for row in found.contributors} == {"a", "b"}


@pytest.mark.parametrize(("actual", "variance"), [(5.0, -5.0), (12.0, 0.0), (31.0, 11.0)])
def test_a_band_is_met_at_its_nearest_point(actual: float, variance: float) -> None:
    rows = (PeriodTarget(NOVEMBER.since, NOVEMBER.until, lower=10.0, upper=20.0),)
    tree = TreeSpec({"r": NodeSpec("r", direction=Direction.MAINTAIN, targets=rows)})
    evaluation = evaluate(tree, NOVEMBER, LAST_DAY, {"r": Reading(actual, LAST_DAY)})
    found = explain_variance(tree, evaluation)
    assert isinstance(found, Contributions)
    assert found.change == evaluation.nodes["r"].variance == variance


def test_without_a_target_there_is_no_variance_to_explain() -> None:
    tree = over("a")
    found = explain_variance(tree, evaluate(tree, NOVEMBER, LAST_DAY, {"a": Reading(1.0, LAST_DAY)}))
    assert isinstance(found, Undefined)
    assert found.code is Reason.NO_TARGET


# Random trees against 120-digit arithmetic, written down once more: every path by itself


def _value(expression: Expression, state: Mapping[str, Decimal]) -> Decimal:
    if isinstance(expression, Number):
        return Decimal(float(expression.text))
    if isinstance(expression, Ref):
        return state[expression.key]
    left, right = _value(expression.left, state), _value(expression.right, state)
    if expression.operator is Operator.ADD:
        return left + right
    if expression.operator is Operator.SUBTRACT:
        return left - right
    return left * right if expression.operator is Operator.MULTIPLY else left / right


def _mean(a: Decimal, b: Decimal) -> Decimal:
    # Equal results of other operations may differ in the last of 120 digits, and their logarithms not at all.
    close = abs(a - b) <= abs(a) * Decimal("1e-60")
    return (a + b) / 2 if close else (a - b) / (abs(a).ln() - abs(b).ln())


class CrossedError(Exception):
    """A denominator that is 0 or changes its sign."""


def _operands(
    operation: Operation, old: Mapping[str, Decimal], new: Mapping[str, Decimal]
) -> tuple[Decimal, Decimal]:
    x0, x1 = _value(operation.left, old), _value(operation.left, new)
    y0, y1 = _value(operation.right, old), _value(operation.right, new)
    operator = operation.operator
    if operator in (Operator.ADD, Operator.SUBTRACT):
        return Decimal(1), Decimal(1 if operator is Operator.ADD else -1)
    v0, v1 = _value(operation, old), _value(operation, new)
    usual = x0 * x1 > 0 and y0 * y1 > 0 and min(abs(v0), abs(v1)) >= Decimal(2) ** -1022
    if operator is Operator.MULTIPLY:
        if usual:
            return _mean(v1, v0) / _mean(x1, x0), _mean(v1, v0) / _mean(y1, y0)
        return (y0 + y1) / 2, (x0 + x1) / 2
    if usual:
        return _mean(v1, v0) / _mean(x1, x0), -_mean(v1, v0) / _mean(y1, y0)
    return (1 / y0 + 1 / y1) / 2, -(x0 + x1) / (2 * y0 * y1)


class Reference:
    """Shares by walking down every path from the root, operation by operation, without adding slopes up."""

    def __init__(self, tree: TreeSpec, before: Mapping[str, Outcome], after: Mapping[str, Outcome]) -> None:
        self.tree = tree
        self.floats = before, after
        self.states = tuple(
            {key: Decimal(value) for key, value in state.items() if isinstance(value, float)}
            for state in (before, after)
        )
        self.shares: dict[tuple[str, ContributionKind], Decimal] = {}
        self.largest = Decimal(0)
        self.down("n0", Decimal(1))

    def down(self, key: str, slope: Decimal) -> None:
        old, new = self.states
        formula = self.tree.nodes[key].formula
        if formula is None or any(isinstance(formula.evaluate(state), Undefined) for state in self.floats):
            self.add(key, LEAF, slope * (new[key] - old[key]))
            return
        self.inside(formula.tree, slope)
        # U₁ − U₀, ordered so that two huge values of which nothing is left cost no digits.
        gap = (new[key] - old[key]) - (_value(formula.tree, new) - _value(formula.tree, old))
        self.add(key, REMAINDER, slope * gap)

    def inside(self, expression: Expression, slope: Decimal) -> None:
        if isinstance(expression, Ref):
            self.down(expression.key, slope)
        if not isinstance(expression, Operation):
            return
        old, new = self.states
        if expression.operator is Operator.DIVIDE:
            below = _value(expression.right, old), _value(expression.right, new)
            if below[0] * below[1] <= 0:
                raise CrossedError
        self.largest = max(self.largest, *(abs(_value(expression, state)) for state in self.states))
        left, right = _operands(expression, old, new)
        self.inside(expression.left, slope * left)
        self.inside(expression.right, slope * right)

    def add(self, key: str, kind: ContributionKind, share: Decimal) -> None:
        self.shares[key, kind] = self.shares.get((key, kind), Decimal(0)) + share


def check(
    tree: TreeSpec, before: dict[str, Outcome], after: dict[str, Outcome], digits: Context = DIGITS
) -> None:
    """Every share is right to 1e-12 of the section's scale, a thousand times as near as is asked for.

    Floats are nearer as a rule, but no more is promised of them.
    """
    found = explain(tree, before, after)
    roots = before["n0"], after["n0"]
    if any(isinstance(root, Undefined) for root in roots):
        assert isinstance(found, Undefined)
        return
    with localcontext(digits):
        try:
            reference = Reference(tree, before, after)
        except (CrossedError, ArithmeticError):
            assert isinstance(found, Undefined)
            return
        event("defined")
        scale = max(
            reference.largest, *(abs(share) for share in reference.shares.values()), Decimal("1e-300")
        )
        if isinstance(found, Undefined):
            assert found.code is Reason.OVERFLOW
            assert scale > Decimal("1e307")
            return
        rows = shares(found)
        for place, share in reference.shares.items():
            # A remainder that is nothing but rounding is left out.
            slack = Decimal("1e-12" if place in rows else "1e-10")
            difference = abs(Decimal(rows.pop(place, 0.0)) - share)
            assert difference <= max(scale * slack, Decimal("1e-320"))
        assert not rows
        change = Decimal(float(roots[1])) - Decimal(float(roots[0]))  # type: ignore[arg-type]
        total = sum((Decimal(row.contribution) for row in found.contributors), Decimal(0))
        assert abs(total - change) <= scale * Decimal("1e-9")


@settings(max_examples=150, deadline=None)
@given(explained_trees(), st.data())
def test_every_share_holds_against_120_digits(tree: TreeSpec, data: st.DataObject) -> None:
    check(tree, data.draw(states(tree, everyday)), data.draw(states(tree, everyday)))


@settings(max_examples=100, deadline=None)
@given(explained_trees(), st.data())
def test_every_share_holds_at_the_ends_of_the_floats(tree: TreeSpec, data: st.DataObject) -> None:
    check(tree, data.draw(states(tree, wide)), data.draw(states(tree, wide)), MORE_DIGITS)


@settings(max_examples=100, deadline=None)
@given(explained_trees(measured=False), st.data())
def test_every_share_holds_close_by(tree: TreeSpec, data: st.DataObject) -> None:
    """States that differ by a few last places, or not at all."""
    before = data.draw(states(tree, everyday))
    after: dict[str, Outcome] = {}
    for key in reversed(tree.nodes):
        formula, value = tree.nodes[key].formula, before[key]
        if formula is not None:
            after[key] = formula.evaluate(after)
        else:
            assert isinstance(value, float)
            after[key] = value * (1 + data.draw(st.sampled_from([0.0, 2.0**-52, -(2.0**-50), 1e-12])))
    check(tree, before, after)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.floats(1, 1e6), st.floats(1, 1e6)), min_size=2, max_size=5), st.data())
def test_equal_totals_share_nothing_in_sum(pairs: list[tuple[float, float]], data: st.DataObject) -> None:
    """The same factors in another order: the change is 0, the shares are not."""
    keys = [f"k{index}" for index in range(len(pairs))]
    before = {key: pair[0] for key, pair in zip(keys, pairs, strict=True)}
    after = dict(zip(keys, data.draw(st.permutations(list(before.values()))), strict=True))
    assume(before != after)
    found = leaves(" * ".join(keys), before, after)
    total = math.prod(before.values())
    assert abs(math.fsum(found.values())) <= 1e-9 * max(total, *(abs(share) for share in found.values()))


def test_the_reference_is_no_copy() -> None:
    """It agrees with the worked examples by itself."""
    tree = over("a * b", source=Source.METRIC, root="n0")
    with localcontext(DIGITS):
        found = Reference(tree, {"n0": 100.0, "a": 8.0, "b": 10.0}, {"n0": 130.0, "a": 9.0, "b": 12.0}).shares
    assert found["n0", REMAINDER] == 2
