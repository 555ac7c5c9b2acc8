from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    Accumulation,
    Calendar,
    CustomPeriod,
    CycleError,
    Grain,
    LinkSpec,
    NodeOverride,
    NodeResult,
    NodeSpec,
    Override,
    PaceProfile,
    PeriodTarget,
    PeriodValue,
    Reading,
    Reason,
    Source,
    Status,
    TreeSpec,
    Undefined,
    Window,
    evaluate,
    parse,
    seasonal_keys,
    what_if,
)
from tests.strategies import dailies, readings, trees, windows

FLOW, STOCK, RATE = Accumulation
SEASONAL = PaceProfile.SEASONAL
NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
DAY_10 = date(2026, 11, 10)
ROWS = (PeriodTarget(NOVEMBER.since, NOVEMBER.until, 300.0),)


def on(day: int, month: int = 11) -> date:
    """A day of the year before."""
    return date(2025, month, day)


def over(formula: str, *children: NodeSpec, root: NodeSpec | None = None) -> TreeSpec:
    """A seasonal formula node over its children."""
    parsed = parse(formula)
    root = root or NodeSpec("r", source=Source.FORMULA, formula=parsed, pace_profile=SEASONAL, targets=ROWS)
    nodes = {"r": replace(root, formula=parsed), **{child.key: child for child in children}}
    return TreeSpec(nodes, tuple(LinkSpec("r", child.key) for child in children))


def elapsed(tree: TreeSpec, daily: dict[str, dict[date, float] | None], as_of: date = DAY_10) -> float:
    """How much of November has elapsed for the root, by what each day brought a year before."""
    read = {key: Reading(90.0, as_of, amounts) for key, amounts in daily.items()}
    return evaluate(tree, NOVEMBER, as_of, read).nodes["r"].elapsed


def one(daily: dict[date, float] | None, as_of: date = DAY_10) -> NodeResult:
    tree = TreeSpec({"r": NodeSpec("r", pace_profile=SEASONAL, targets=ROWS)})
    return evaluate(tree, NOVEMBER, as_of, {"r": Reading(90.0, as_of, daily)}).nodes["r"]


def test_a_seasonal_node_is_paced_and_projected_by_the_year_before() -> None:
    """By the tenth, 20 of 100 had come, so 60 of 300 are expected, and 90 are the way to 450."""
    found = one({on(1): 5.0, on(10): 15.0, on(30): 80.0})
    assert (found.elapsed, found.expected, found.pace) == (0.2, 60.0, 1.5)
    assert (found.forecast, found.forecast_attainment) == (450.0, 1.5)
    assert found.needed_per_day == 10.5


def test_a_seasonal_node_is_projected_from_a_twentieth_of_the_year_before_on() -> None:
    found = one({on(1): 4.0, on(30): 96.0})
    assert (found.elapsed, found.reasons["forecast"].code) == (0.04, Reason.TOO_EARLY)


def test_where_nothing_came_a_year_before_nothing_has_elapsed() -> None:
    found = one({on(11): 1.0})
    assert (found.elapsed, found.expected, found.status) == (0.0, 0.0, Status.NOT_STARTED)
    assert found.reasons["pace"].code is Reason.NOTHING_ELAPSED


@pytest.mark.parametrize("daily", [None, {}, {on(1): -1.0, on(2): 5.0}])
def test_without_a_shape_a_seasonal_node_is_linear(daily: dict[date, float] | None) -> None:
    assert (one(daily).elapsed, one(daily).expected) == (10 / 30, 100.0)


def test_on_a_sunday_no_working_day_has_elapsed() -> None:
    tree = TreeSpec({"r": NodeSpec("r", pace_profile=PaceProfile.BUSINESS_DAYS, targets=ROWS)})
    sunday, monday = (
        evaluate(tree, NOVEMBER, day, {"r": Reading(15.0, day)}).nodes["r"]
        for day in (NOVEMBER.since, date(2026, 11, 2))
    )
    assert (sunday.elapsed, sunday.pace, sunday.status) == (0.0, None, Status.NOT_STARTED)
    assert (monday.elapsed, monday.pace) == (1 / 21, pytest.approx(1.05))
    assert monday.reasons["forecast"].code is Reason.TOO_EARLY


def test_the_trees_holidays_are_no_working_days() -> None:
    holidays = frozenset({date(2026, 11, 3), date(2026, 11, 23)})
    node = NodeSpec("r", pace_profile=PaceProfile.BUSINESS_DAYS, targets=ROWS)
    tree = TreeSpec({"r": node}, holidays=holidays)
    found = evaluate(tree, NOVEMBER, DAY_10, {"r": Reading(90.0, DAY_10)}).nodes["r"]
    assert (found.elapsed, found.forecast) == (6 / 19, pytest.approx(285.0))


def test_a_formula_node_has_the_shape_of_its_formula() -> None:
    """10 × 2 on the first day, 5 × 12 on the last: 20 of 80."""
    tree = over("deals * value", NodeSpec("deals"), NodeSpec("value", accumulation=RATE))
    daily = {"deals": {on(1): 10.0, on(30): 5.0}, "value": {on(1): 2.0, on(30): 12.0}}
    assert elapsed(tree, daily) == 0.25


def test_a_day_that_a_flow_lacks_is_zero_and_one_that_a_rate_lacks_has_no_formula() -> None:
    flows = over("a + b", NodeSpec("a"), NodeSpec("b"))
    assert elapsed(flows, {"a": {on(1): 1.0}, "b": {on(30): 3.0}}) == 0.25
    rates = over("a + b", NodeSpec("a"), NodeSpec("b", accumulation=RATE))
    assert elapsed(rates, {"a": {on(1): 1.0, on(2): 9.0}, "b": {on(1): 1.0, on(30): 6.0}}) == 0.25


def test_a_day_on_which_the_formula_divides_by_zero_brings_nothing() -> None:
    tree = over("a / b", NodeSpec("a"), NodeSpec("b"))
    daily = {"a": {on(1): 5.0, on(2): 5.0, on(30): 9.0}, "b": {on(2): 5.0, on(30): 3.0}}
    assert elapsed(tree, daily) == 0.25


def test_shapes_go_down_through_formulas_to_metrics() -> None:
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse("m - c"), pace_profile=SEASONAL),
        "m": NodeSpec("m", source=Source.FORMULA, formula=parse("a + b")),
        "a": NodeSpec("a"),
        "b": NodeSpec("b", formula=parse("below")),
        "c": NodeSpec("c", source=Source.MANUAL),
        "below": NodeSpec("below"),
        "aside": NodeSpec("aside"),
    }
    links = [("r", "m"), ("r", "c"), ("r", "aside"), ("m", "a"), ("m", "b"), ("b", "below")]
    tree = TreeSpec(nodes, tuple(LinkSpec(*link) for link in links))
    assert seasonal_keys(tree) == {"a", "b"}
    assert elapsed(tree, {"a": {on(1): 1.0}, "b": {on(2): 1.0, on(30): 6.0}, "below": None}) == 0.25


def test_only_seasonal_nodes_need_a_shape() -> None:
    plain = NodeSpec("r", source=Source.FORMULA, pace_profile=PaceProfile.BUSINESS_DAYS)
    assert seasonal_keys(over("a", NodeSpec("a"), root=plain)) == frozenset()
    assert seasonal_keys(over("a", NodeSpec("a", pace_profile=SEASONAL), root=plain)) == {"a"}
    assert seasonal_keys(TreeSpec({"r": NodeSpec("r", source=Source.MANUAL, pace_profile=SEASONAL)})) == set()
    with pytest.raises(CycleError):
        seasonal_keys(TreeSpec({"a": NodeSpec("a")}, (LinkSpec("a", "a"),)))


def test_a_seasonal_manual_node_is_linear() -> None:
    values = (PeriodValue(NOVEMBER.since, NOVEMBER.until, 300.0),)
    node = NodeSpec("r", source=Source.MANUAL, pace_profile=SEASONAL, targets=ROWS, manual_values=values)
    found = evaluate(TreeSpec({"r": node}), NOVEMBER, DAY_10, {"r": Reading(1.0, DAY_10, {on(30): 1.0})})
    assert found.nodes["r"].elapsed == 10 / 30


def test_a_shifted_childs_days_are_counted_from_its_own_start() -> None:
    """October's first and last day stand for November's; the 31st stands for none."""
    tree = over("now + then", NodeSpec("now"), NodeSpec("then", shift=1))
    daily = {
        "now": {on(1): 1.0, on(30): 6.0},
        "then": {on(1, 10): 1.0, on(30, 10): 0.0, on(31, 10): 50.0, on(30, 9): 50.0},
    }
    assert elapsed(tree, daily) == 0.25


def test_a_shifted_child_without_a_year_before_has_no_shape() -> None:
    periods = tuple(
        CustomPeriod(date(2026, month, 1), date(2026, month + 1, 1), f"P{month}") for month in (10, 11)
    )
    calendar = Calendar(Grain.CUSTOM, custom_periods=periods)
    tree = replace(over("now + then", NodeSpec("now"), NodeSpec("then", shift=1)), calendar=calendar)
    assert elapsed(tree, {"now": {on(1): 1.0}, "then": {on(1, 10): 1.0}}) == 10 / 30


def test_an_override_keeps_the_shape() -> None:
    daily = {on(1): 1.0, on(30): 3.0}
    tree = over("a + b", NodeSpec("a"), NodeSpec("b", pace_profile=SEASONAL, targets=ROWS))
    read = {"a": Reading(90.0, DAY_10, daily), "b": Reading(30.0, DAY_10, daily)}
    raised = NodeOverride(actual=Override(percent=10))
    for key in ("r", "b"):
        found = what_if(tree, NOVEMBER, DAY_10, read, {key: raised}).nodes
        assert (found["r"].elapsed, found["b"].elapsed) == (0.25, 0.25)


@settings(deadline=None)
@given(windows(), st.integers(0, 130), dailies(st.floats(0, 1e6)), st.floats(0.001, 1000))
def test_only_the_proportions_of_a_shape_count(
    window: Window, later: int, daily: dict[date, float], factor: float
) -> None:
    as_of = window.since + timedelta(days=later)
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse(f"a * {factor:.6f}"), pace_profile=SEASONAL),
        "a": NodeSpec("a", pace_profile=SEASONAL),
    }
    tree = TreeSpec(nodes, (LinkSpec("r", "a"),))
    found = evaluate(tree, window, as_of, {"a": Reading(1.0, as_of, daily)}).nodes
    assert found["r"].elapsed == pytest.approx(found["a"].elapsed, abs=1e-12)


@settings(deadline=None)
@given(windows(), st.integers(0, 130))
def test_the_same_every_day_is_linear(window: Window, later: int) -> None:
    as_of = window.since + timedelta(days=later)
    daily = {window.since - timedelta(days=day): 1.0 for day in range(-400, 800)}
    nodes = {
        "r": NodeSpec("r", pace_profile=SEASONAL),
        "a": NodeSpec("a"),
    }
    tree = TreeSpec(nodes, (LinkSpec("r", "a"),), calendar=Calendar(Grain.WEEK))
    found = evaluate(tree, window, as_of, {key: Reading(1.0, as_of, daily) for key in nodes}).nodes
    assert found["r"].elapsed == pytest.approx(found["a"].elapsed, abs=1e-12)


@settings(deadline=None)
@given(trees(), windows(), st.data())
def test_as_days_go_by_no_profile_turns_back(tree: TreeSpec, window: Window, data: st.DataObject) -> None:
    read = data.draw(readings(tree))
    days = sorted(data.draw(st.lists(st.integers(0, 130), min_size=2, max_size=4)))
    found = [
        evaluate(
            tree, window, day, {key: replace(reading, data_through=day) for key, reading in read.items()}
        )
        for day in (window.since + timedelta(days=day) for day in days)
    ]
    for key in tree.nodes:
        if not tree.nodes[key].shift and not isinstance(read.get(key, UNREAD).actual, Undefined):
            reached = [evaluation.nodes[key].elapsed for evaluation in found]
            assert reached == sorted(reached)


UNREAD = Reading(Undefined(Reason.NO_DATA, ""))
