import itertools
import math
import time
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    Direction,
    LinkSpec,
    NodeSpec,
    PeriodTarget,
    Reading,
    Reason,
    Source,
    SpecError,
    TreeSpec,
    Undefined,
    Window,
    evaluate,
    parse,
)
from superset_kpi_plugin.rollup.override import NodeOverride, Override
from superset_kpi_plugin.rollup.overrides import overridden, what_if
from superset_kpi_plugin.rollup.seek import NoSolution, Solution, seek
from tests.strategies import explained_trees

NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
LAST_DAY = date(2026, 11, 30)
Found = Solution | NoSolution | Undefined


def aim(value: float | None, **band: float) -> tuple[PeriodTarget, ...]:
    return (PeriodTarget(NOVEMBER.since, NOVEMBER.until, value, **band),)


def over(formula: str, target: float | None, source: Source = Source.FORMULA) -> TreeSpec:
    parsed = parse(formula)
    rows = () if target is None else aim(target)
    nodes = {"r": NodeSpec("r", source=source, formula=parsed, targets=rows)}
    nodes |= {key: NodeSpec(key) for key in parsed}
    return TreeSpec(nodes, tuple(LinkSpec("r", key) for key in parsed))


def find(tree: TreeSpec, values: dict[str, float], key: str = "x", goal: str | None = None) -> Found:
    read = {name: Reading(value, LAST_DAY) for name, value in values.items()}
    return seek(tree, evaluate(tree, NOVEMBER, LAST_DAY, read), key, goal)


def solved(formula: str, target: float, **values: float) -> float | None:
    found = find(over(formula, target), values)
    assert not isinstance(found, Undefined)
    return found.value if isinstance(found, Solution) else None


@pytest.mark.parametrize(
    ("formula", "target", "values", "expected"),
    [
        ("x + a", 10, {"x": 1, "a": 4}, 6),
        ("a - x", 10, {"x": 1, "a": 4}, -6),
        ("x * a", 10, {"x": 1, "a": 4}, 2.5),
        ("a / x", 10, {"x": 1, "a": 4}, 0.4),
        ("x / a", 10, {"x": 1, "a": 4}, 40),
        ("(x - a) / a", 0.5, {"x": 4, "a": 4}, 6),
        ("(a - x) / x", 0.5, {"x": 4, "a": 6}, 4),
        ("x / (x + a)", 0.2, {"x": 4, "a": 6}, 1.5),
        ("x * x", 9, {"x": 1}, 3),
        ("x * x", 9, {"x": -1}, -3),
        ("(10 - x) * x", 25, {"x": 1}, 5),
        ("(10 - x) * x", 24, {"x": 1}, 4),
        ("(10 - x) * x", 24, {"x": 9}, 6),
        ("a / x + a / x + a / x", 6, {"x": 1, "a": 4}, 2),
        ("a / (b / x)", 6, {"x": 1, "a": 4, "b": 2}, 3),
        ("x * x * x", 27, {"x": 1}, 3),
        ("(x - 1) * (x - 2) * (x - 3)", 0, {"x": 100}, 3),
        ("x", 1e300, {"x": 1}, 1e300),
        ("x * a", 0, {"x": 7, "a": 3}, 0),
    ],
)
def test_what_a_node_must_be(formula: str, target: float, values: dict[str, float], expected: float) -> None:
    assert solved(formula, target, **values) == pytest.approx(expected, rel=1e-15)


def test_of_two_solutions_the_nearest_and_on_a_tie_the_smaller() -> None:
    assert solved("x * x", 9, x=0) == -3
    assert solved("x * x", 2, x=0) == -math.sqrt(2)
    assert solved("x * x", 2, x=1e-3) == pytest.approx(math.sqrt(2))
    assert solved("(x - 5) * (x - 5)", 2, x=5) == pytest.approx(5 - math.sqrt(2))


@pytest.mark.parametrize(
    ("formula", "target", "values"),
    [
        ("x * x", -1, {"x": 1}),
        ("a / x", 0, {"x": 1, "a": 4}),
        ("x * a", 5, {"x": 1, "a": 0}),
        ("x - x", 5, {"x": 1}),
        ("x / x", 2, {"x": 1}),
        ("(10 - x) * x", 25.1, {"x": 1}),
        ("a / (1 / x)", 0, {"x": 1, "a": 4}),
        ("x * (x - 1) / (x - 1)", 1, {"x": 3}),
        ("x * (3 * x - 1) / (3 * x - 1) * 3", 1, {"x": 3}),
        ("x * a", 1e300, {"x": 1, "a": 1e-300}),
    ],
)
def test_no_value_does(formula: str, target: float, values: dict[str, float]) -> None:
    found = find(over(formula, target), values)
    assert found == NoSolution(target, "Whatever x is, r does not meet its target, all else equal.")


def test_a_target_touched_between_floats_is_met() -> None:
    assert solved("a - (3 * x - 1) * (3 * x - 1)", 7, x=1, a=7) == pytest.approx(1 / 3)


def test_a_target_met_already_needs_no_change() -> None:
    assert find(over("x - x", 0), {"x": 4}) == Solution(4.0, 0.0, 0.0)
    assert find(over("x * x", 16), {"x": -4}) == Solution(-4.0, 16.0, 16.0)


def test_a_goal_that_is_met_whatever_the_node_is() -> None:
    found = find(over("x - x + a", 5), {"x": 4, "a": 5})
    assert found == Solution(4.0, 5.0, 5.0)
    tree = over("x - x + 5", 5)
    assert find(tree, {}) == Solution(0.0, 5.0, 5.0)


def test_a_node_without_an_actual_is_sought_from_0() -> None:
    assert find(over("x * x", 9), {}) == Solution(-3.0, 9.0, 9.0)


def test_a_measured_parent_keeps_its_unexplained_amount() -> None:
    found = find(over("x * a", 200, Source.METRIC), {"r": 100, "x": 8, "a": 10})
    assert found == Solution(18.0, 200.0, 200.0)


def test_through_several_paths() -> None:
    """x counts twice: 2x of its own and (x + 1) through b."""
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse("a * b"), targets=aim(24)),
        "a": NodeSpec("a", source=Source.FORMULA, formula=parse("2 * x")),
        "b": NodeSpec("b", source=Source.FORMULA, formula=parse("x + 1")),
        "x": NodeSpec("x"),
    }
    links = (LinkSpec("r", "a"), LinkSpec("r", "b"), LinkSpec("a", "x"), LinkSpec("b", "x"))
    assert find(TreeSpec(nodes, links), {"x": 1}) == Solution(3.0, 24.0, 24.0)
    assert find(TreeSpec(nodes, links), {"x": -2}) == Solution(-4.0, 24.0, 24.0)
    assert find(TreeSpec(nodes, links), {"x": 1}, key="a") == Solution(12.0, 24.0, 24.0)


def test_a_goal_below_the_root_and_the_goal_itself() -> None:
    tree = over("x + a", 10)
    assert find(tree, {"x": 1, "a": 4}, goal="r") == Solution(6.0, 10.0, 10.0)
    assert find(tree, {"x": 1, "a": 4}, key="r") == Solution(10.0, 10.0, 10.0)
    assert isinstance(find(tree, {"x": 1, "a": 4}, goal="a"), Undefined)
    with pytest.raises(SpecError, match="y is no node"):
        find(tree, {}, key="y")


@pytest.mark.parametrize(
    ("actual", "expected"), [(5.0, 10.0), (50.0, 20.0), (12.0, 12.0), (10.0, 10.0), (None, 10.0)]
)
def test_a_band_is_met_at_its_nearest_bound(actual: float | None, expected: float) -> None:
    node = NodeSpec("r", direction=Direction.MAINTAIN, targets=aim(None, lower=10, upper=20))
    found = find(TreeSpec({"r": node}), {} if actual is None else {"r": actual}, key="r")
    assert found == Solution(expected, expected, expected)


def test_a_bound_that_no_value_reaches() -> None:
    tree = over("x * x", None)
    root = replace(tree.nodes["r"], direction=Direction.MAINTAIN, targets=aim(None, lower=-9, upper=-4))
    found = find(replace(tree, nodes={**tree.nodes, "r": root}), {"x": 1})
    assert isinstance(found, NoSolution)
    assert found.wanted == -4.0


def test_an_influence_moves_nothing() -> None:
    tree = TreeSpec({"r": NodeSpec("r", targets=aim(5)), "x": NodeSpec("x")}, (LinkSpec("r", "x"),))
    found = find(tree, {"r": 1, "x": 2})
    assert found == NoSolution(5.0, "r does not follow from x; choose a node it follows from.")
    assert isinstance(find(tree, {"x": 2}), Undefined)
    assert find(tree, {"r": 5}) == Solution(0.0, 5.0, 5.0)


@pytest.mark.parametrize(
    ("formula", "target", "values", "code"),
    [
        ("x + a", 10, {"x": 1}, Reason.OPERAND_UNDEFINED),
        ("x / (a - a)", 10, {"x": 1, "a": 1}, Reason.DIVISION_BY_ZERO),
        ("x", None, {"x": 1}, Reason.NO_TARGET),
        ("*".join("x" * 30), 10, {"x": 1}, Reason.ERROR),
    ],
)
def test_what_cannot_be_told(
    formula: str, target: float | None, values: dict[str, float], code: Reason
) -> None:
    found = find(over(formula, target), values)
    assert isinstance(found, Undefined)
    assert found.code is code


def test_a_measured_parent_that_its_formula_never_explained_stays() -> None:
    assert isinstance(find(over("x / a", 10, Source.METRIC), {"r": 5, "x": 1, "a": 0}), NoSolution)


def test_overridden_nodes_stay_as_they_are() -> None:
    tree = over("x + a", 10)
    read = {"x": Reading(1.0, LAST_DAY), "a": Reading(4.0, LAST_DAY)}
    changed = overridden(
        tree,
        NOVEMBER,
        LAST_DAY,
        read,
        {"a": NodeOverride(Override(value=8)), "r": NodeOverride(Override(3.0))},
    )
    evaluation = evaluate(changed.tree, NOVEMBER, LAST_DAY, changed.readings)
    assert isinstance(seek(changed.tree, evaluation, "x", pinned=changed.pinned), NoSolution)
    assert seek(changed.tree, evaluation, "x", pinned=changed.pinned - {"r"}) == Solution(8.0, 10.0, 10.0)


def test_a_goal_that_is_far_away_today_is_met_no_less_exactly() -> None:
    """Near 0 a cube is flat: nothing there is as good as a quarter, whatever size it has today."""
    assert solved("x * x * x", 0.25, x=-1e6) == pytest.approx(0.25 ** (1 / 3))


def test_a_power_of_twenty_takes_no_time() -> None:
    started = time.process_time()
    found = solved(" + ".join("*".join("x" * power) for power in range(1, 21)), 1e6, x=1.0)
    assert time.process_time() - started < 5
    assert found is not None
    assert sum(found**power for power in range(1, 21)) == pytest.approx(1e6)


def test_exact_numbers_without_end_are_given_up() -> None:
    """Each decimal adds its digits: this took minutes; ten times as many levels, hours."""
    keys = ["r", *(f"n{index}" for index in range(100)), "x"]
    nodes = {key: NodeSpec(key) for key in keys}
    for key, child in itertools.pairwise(keys):
        nodes[key] = NodeSpec(key, source=Source.FORMULA, formula=parse(child + " * 0.1 * 10" * 900))
    nodes["r"] = replace(nodes["r"], targets=aim(2.0))
    links = tuple(LinkSpec(key, child) for key, child in itertools.pairwise(keys))
    started = time.process_time()
    found = find(TreeSpec(nodes, links), {"x": 1.0})
    assert time.process_time() - started < 20
    assert isinstance(found, Undefined)


def test_thousands_of_levels_are_no_burden() -> None:
    keys = ["r", *(f"n{index}" for index in range(2000)), "x"]
    nodes = {key: NodeSpec(key) for key in keys}
    for key, child in itertools.pairwise(keys):
        formula = parse(f"{child} / ({child} + 1)")
        nodes[key] = NodeSpec(key, source=Source.FORMULA, formula=formula)
    nodes["r"] = replace(nodes["r"], targets=aim(1 / 4001))
    links = tuple(LinkSpec(key, child) for key, child in itertools.pairwise(keys))
    started = time.process_time()
    found = find(TreeSpec(nodes, links), {"x": 1.0})
    assert time.process_time() - started < 10
    assert isinstance(found, Solution)
    assert found.value == pytest.approx(1 / 2000, rel=1e-6)


# Properties


@settings(max_examples=100, deadline=None)
@given(explained_trees(), st.data())
def test_seek_then_evaluate_meets_the_target(tree: TreeSpec, data: st.DataObject) -> None:
    numbers = st.integers(-20, 20).map(lambda number: number / 4)
    measured = [key for key, node in tree.nodes.items() if node.source is Source.METRIC]
    read = {key: Reading(data.draw(numbers), LAST_DAY) for key in measured}
    root = replace(tree.nodes["n0"], targets=aim(data.draw(numbers)))
    tree = replace(tree, nodes={**tree.nodes, "n0": root})
    key = data.draw(st.sampled_from(sorted(tree.nodes)))
    evaluation = evaluate(tree, NOVEMBER, LAST_DAY, read)
    found = seek(tree, evaluation, key)
    if not isinstance(found, Solution):
        return
    event("solved")
    supposed = {key: NodeOverride(Override(value=found.value))}
    after = what_if(tree, NOVEMBER, LAST_DAY, read, supposed).nodes
    assert after["n0"].actual == found.reached
    sizes = [abs(node.formula_value) for node in after.values() if node.formula_value is not None]
    slope = _slope(tree, evaluation.root, key, read, found.value)
    slack = 1e-9 * max([abs(found.wanted), 1.0, *sizes]) + 4 * slope
    assert after["n0"].actual == pytest.approx(found.wanted, rel=1e-9, abs=slack)


def _slope(tree: TreeSpec, root: str, key: str, read: dict[str, Reading], value: float) -> float:
    """How far the root moves from one float to the next."""
    found = []
    for number in (value, math.nextafter(value, math.inf), math.nextafter(value, -math.inf)):
        after = what_if(tree, NOVEMBER, LAST_DAY, read, {key: NodeOverride(Override(value=number))}).nodes[
            root
        ]
        if after.actual is not None:
            found.append(after.actual)
    return max(found) - min(found)


@settings(max_examples=100, deadline=None)
@given(explained_trees(), st.data())
def test_a_value_that_meets_the_target_is_found(tree: TreeSpec, data: st.DataObject) -> None:
    """Set the target to what the root is at some value: a solution exists, and none farther is answered."""
    numbers = st.integers(-20, 20).map(lambda number: number / 4)
    measured = [key for key, node in tree.nodes.items() if node.source is Source.METRIC]
    read = {key: Reading(data.draw(numbers), LAST_DAY) for key in measured}
    key, value = data.draw(st.sampled_from(sorted(tree.nodes))), data.draw(numbers)
    there = what_if(tree, NOVEMBER, LAST_DAY, read, {key: NodeOverride(Override(value=value))}).nodes["n0"]
    assume(there.actual is not None)
    root = replace(tree.nodes["n0"], targets=aim(there.actual))
    tree = replace(tree, nodes={**tree.nodes, "n0": root})
    evaluation = evaluate(tree, NOVEMBER, LAST_DAY, read)
    present = evaluation.nodes[key].actual
    found = seek(tree, evaluation, key)
    if isinstance(found, Undefined):
        assert found.code is Reason.ERROR or present is None or evaluation.nodes["n0"].actual is None
        return
    if isinstance(found, NoSolution):
        # Only where the target is a rounded number that the formula just misses, or nothing moves the root.
        event("none")
        return
    event("found")
    start = 0.0 if present is None else present
    assert abs(found.value - start) <= abs(value - start) * (1 + 1e-9) + 1e-9
