from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    Accumulation,
    Calendar,
    CustomPeriod,
    Direction,
    Evaluation,
    Grain,
    LinkSpec,
    NodeSpec,
    PeriodTarget,
    PeriodValue,
    Reading,
    Reason,
    Source,
    SpecError,
    Status,
    TreeSpec,
    Undefined,
    Window,
    evaluate,
    parse,
)
from superset_kpi_plugin.rollup.override import NodeOverride, Override
from superset_kpi_plugin.rollup.overrides import overridden, what_if
from superset_kpi_plugin.rollup.sensitivity import sensitivity
from tests.strategies import days, explained_trees, readings, tame, trees, windows

FLOW, STOCK, RATE = Accumulation
NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
TWO_MONTHS = Window(date(2026, 10, 1), date(2026, 12, 1))
DAY_10, LAST_DAY = date(2026, 11, 10), date(2026, 11, 30)
OCTOBER, DECEMBER = date(2026, 10, 1), date(2026, 12, 1)


def november(target: float, baseline: float | None = None) -> tuple[PeriodTarget, ...]:
    return (PeriodTarget(NOVEMBER.since, NOVEMBER.until, target, baseline),)


def actual(value: float | None = None, percent: float | None = None) -> NodeOverride:
    return NodeOverride(actual=Override(value, percent))


def target(value: float | None = None, percent: float | None = None) -> NodeOverride:
    return NodeOverride(target=Override(value, percent))


def family(formula: str, source: Source = Source.FORMULA, **leaves: NodeSpec) -> TreeSpec:
    parsed = parse(formula)
    nodes = {"r": NodeSpec("r", source=source, formula=parsed)}
    nodes |= {key: leaves.get(key, NodeSpec(key)) for key in parsed}
    return TreeSpec(nodes, tuple(LinkSpec("r", key) for key in parsed))


def run(
    tree: TreeSpec,
    read: dict[str, float],
    window: Window = NOVEMBER,
    as_of: date = LAST_DAY,
    **overrides: NodeOverride,
) -> Evaluation:
    return what_if(
        tree, window, as_of, {key: Reading(value, as_of) for key, value in read.items()}, overrides
    )


def test_an_override_moves_its_ancestors() -> None:
    tree = family("a * b", a=NodeSpec("a", targets=november(10)))
    tree = replace(tree, nodes={**tree.nodes, "r": replace(tree.nodes["r"], targets=november(100))})
    found = run(tree, {"a": 8.0, "b": 10.0}, a=actual(12)).nodes
    assert (found["a"].actual, found["a"].attainment) == (12.0, 1.2)
    assert (found["r"].actual, found["r"].attainment, found["r"].status) == (120.0, 1.2, Status.ACHIEVED)


@pytest.mark.parametrize(("percent", "expected"), [(10, 110.0), (-25, 75.0), (0, 100.0), (-200, -100.0)])
def test_a_percentage_counts_from_the_actual(percent: float, expected: float) -> None:
    found = run(family("a"), {"a": 100.0}, a=actual(percent=percent)).nodes
    assert (found["a"].actual, found["r"].actual) == (expected, expected)


def test_a_measured_ancestor_keeps_its_unexplained_amount() -> None:
    """M′ = M + F′ − F, also through a second measured ancestor."""
    nodes = {
        "top": NodeSpec("top", formula=parse("r * 2")),
        "r": NodeSpec("r", formula=parse("a * b")),
        "a": NodeSpec("a"),
        "b": NodeSpec("b"),
    }
    tree = TreeSpec(nodes, (LinkSpec("top", "r"), LinkSpec("r", "a"), LinkSpec("r", "b")))
    found = run(tree, {"top": 250.0, "r": 100.0, "a": 8.0, "b": 10.0}, a=actual(9)).nodes
    assert (found["r"].actual, found["r"].formula_value, found["r"].unexplained) == (110.0, 90.0, 20.0)
    assert (found["top"].actual, found["top"].unexplained) == (270.0, 50.0)


def test_a_measured_manual_ancestor_moves_too() -> None:
    values = (PeriodValue(NOVEMBER.since, NOVEMBER.until, 100.0),)
    tree = family("a * b", Source.MANUAL)
    tree = replace(tree, nodes={**tree.nodes, "r": replace(tree.nodes["r"], manual_values=values)})
    before, after = run(tree, {"a": 8.0, "b": 10.0}), run(tree, {"a": 8.0, "b": 10.0}, a=actual(9))
    assert (before.nodes["r"].actual, after.nodes["r"].actual) == (100.0, 110.0)
    assert after.nodes["r"].data_through == before.nodes["r"].data_through


def test_an_overridden_node_keeps_the_override() -> None:
    tree = family("a + b")
    read = {"a": 1.0, "b": 2.0}
    found = run(tree, read, r=actual(50), a=actual(10)).nodes
    assert (found["r"].actual, found["r"].formula_value, found["r"].unexplained) == (50.0, 12.0, 38.0)
    assert (
        run(family("a + b", Source.METRIC), {**read, "r": 9.0}, r=actual(50), a=actual(10)).nodes["r"].actual
        == 50.0
    )


def test_an_override_fills_in_what_is_missing() -> None:
    found = run(family("a + b"), {"a": 1.0}, as_of=DAY_10, b=actual(2)).nodes
    assert (found["r"].actual, found["b"].data_through, found["r"].elapsed) == (3.0, DAY_10, 10 / 30)
    percent = run(family("a + b"), {"a": 1.0}, b=actual(percent=5)).nodes
    assert percent["b"].reason is Reason.NO_SOURCE


def test_a_formula_that_explained_nothing_moves_nothing() -> None:
    found = run(family("a / b", Source.METRIC), {"r": 7.0, "a": 1.0, "b": 0.0}, b=actual(2)).nodes
    assert (found["r"].actual, found["r"].formula_value) == (7.0, 0.5)


def test_a_formula_that_fails_under_an_override_leaves_no_actual() -> None:
    found = run(family("a / b", Source.METRIC), {"r": 7.0, "a": 1.0, "b": 2.0}, b=actual(0)).nodes
    assert found["r"].actual is None
    assert found["r"].reason is Reason.DIVISION_BY_ZERO


def test_an_override_where_the_shift_leaves_the_calendar() -> None:
    calendar = Calendar(Grain.CUSTOM, custom_periods=(CustomPeriod(NOVEMBER.since, NOVEMBER.until, "only"),))
    tree = replace(family("(a - b) / b", b=NodeSpec("b", shift=1)), calendar=calendar)
    assert run(tree, {"a": 12.0}, b=actual(10)).nodes["r"].actual == pytest.approx(0.2)
    assert run(tree, {"a": 12.0}, b=target(10)).nodes["b"].target is None


def test_a_window_that_has_not_started_has_no_actuals() -> None:
    found = run(family("a"), {}, as_of=date(2026, 10, 1), a=actual(10)).nodes
    assert (found["a"].actual, found["a"].status) == (None, Status.NOT_STARTED)


def test_nothing_overridden_is_nothing_changed() -> None:
    tree, read = family("a"), {"a": Reading(1.0, LAST_DAY)}
    changed = overridden(tree, NOVEMBER, LAST_DAY, read, {})
    assert (changed.tree, changed.readings, changed.pinned) == (tree, read, frozenset())
    assert overridden(tree, NOVEMBER, LAST_DAY, read, {"a": actual(1)}).pinned == {"a"}


def test_an_override_is_a_value_or_a_percentage_of_a_node() -> None:
    for numbers in ((None, None), (1.0, 1.0), (float("nan"), None), (None, float("inf"))):
        with pytest.raises(SpecError, match="either a value or a percentage"):
            Override(*numbers)
    with pytest.raises(SpecError, match="x is no node of the tree"):
        run(family("a"), {}, x=actual(1))


# Targets


def test_a_target_by_value_and_by_percent() -> None:
    tree = family("a + b", a=NodeSpec("a", targets=november(300, 200)), b=NodeSpec("b", targets=november(50)))
    found = run(tree, {"a": 90.0, "b": 0.0}, as_of=DAY_10, a=target(330)).nodes
    assert (found["a"].target, found["a"].baseline) == (330.0, 200.0)
    assert (found["r"].target, found["r"].target_derived) == (380.0, True)
    found = run(tree, {}, a=target(percent=10)).nodes
    assert found["r"].target == pytest.approx(380)


def test_a_parents_own_target_stays_and_the_gap_is_told() -> None:
    tree = family("a", a=NodeSpec("a", targets=november(300)))
    tree = replace(tree, nodes={**tree.nodes, "r": replace(tree.nodes["r"], targets=november(300))})
    found = run(tree, {}, a=target(400)).nodes["r"]
    assert (found.target, [gap.own - gap.derived for gap in found.targets_gap]) == (300.0, [-100.0])


def test_a_derived_target_can_be_overridden() -> None:
    tree = family("a * 2", a=NodeSpec("a", targets=november(300)))
    found = run(tree, {}, r=target(500)).nodes["r"]
    assert (found.target, found.target_derived, [gap.own - gap.derived for gap in found.targets_gap]) == (
        500.0,
        False,
        [-100.0],
    )
    assert run(tree, {}, r=target(percent=-50)).nodes["r"].target == 300.0


@pytest.mark.parametrize(("accumulation", "expected"), [(FLOW, 50.0), (STOCK, 100.0), (RATE, 100.0)])
def test_a_target_where_there_was_none_is_spread_over_the_periods(
    accumulation: Accumulation, expected: float
) -> None:
    tree = TreeSpec({"r": NodeSpec("r", accumulation=accumulation)})
    changed = overridden(tree, TWO_MONTHS, LAST_DAY, {}, {"r": target(100)})
    assert [(row.start, row.value) for row in changed.tree.nodes["r"].targets] == [
        (OCTOBER, expected),
        (NOVEMBER.since, expected),
    ]
    assert run(tree, {}, TWO_MONTHS, r=target(100)).nodes["r"].target == 100.0


@pytest.mark.parametrize("accumulation", Accumulation)
@pytest.mark.parametrize("numbers", [(310.0, 280.0), (0.0, 0.0), (-5.0, 5.0), (0.1, 0.2)])
@pytest.mark.parametrize("window", [TWO_MONTHS, Window(date(2026, 10, 15), date(2026, 11, 20))])
def test_a_target_over_several_rows(
    accumulation: Accumulation, numbers: tuple[float, float], window: Window
) -> None:
    rows = (
        PeriodTarget(OCTOBER, NOVEMBER.since, numbers[0], 1.0),
        PeriodTarget(NOVEMBER.since, DECEMBER, numbers[1], 1.0),
        PeriodTarget(DECEMBER, date(2027, 1, 1), 7.0),
    )
    tree = TreeSpec({"r": NodeSpec("r", accumulation=accumulation, targets=rows)})
    assert run(tree, {}, window, r=target(500)).nodes["r"].target == pytest.approx(500, rel=1e-12)
    before = run(tree, {}, window).nodes["r"].target
    assert before is not None
    assert run(tree, {}, window, r=target(percent=20)).nodes["r"].target == pytest.approx(before * 1.2)
    kept = overridden(tree, window, LAST_DAY, {}, {"r": target(500)}).tree.nodes["r"].targets
    assert rows[2] in kept


def test_a_target_where_the_calendar_has_no_periods() -> None:
    calendar = Calendar(Grain.CUSTOM, custom_periods=(CustomPeriod(OCTOBER, NOVEMBER.since, "October"),))
    tree = TreeSpec({"r": NodeSpec("r")}, calendar=calendar)
    assert run(tree, {}, r=target(100)).nodes["r"].target == 100.0
    tree = TreeSpec({"r": NodeSpec("r")}, calendar=Calendar(Grain.WEEK))
    assert run(tree, {}, Window(date(2000, 1, 1), date(2026, 1, 1)), r=target(100)).nodes["r"].target == 100.0


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        (target(percent=10), (11.0, 22.0)),
        (target(percent=-200), (-20.0, -10.0)),
        (target(100), (95.0, 105.0)),
    ],
)
def test_a_band_moves(override: NodeOverride, expected: tuple[float, float]) -> None:
    rows = (PeriodTarget(NOVEMBER.since, NOVEMBER.until, None, lower=10, upper=20),)
    tree = TreeSpec({"r": NodeSpec("r", direction=Direction.MAINTAIN, targets=rows)})
    found = run(tree, {"r": 1.0}, r=override).nodes["r"]
    assert (found.lower, found.upper) == pytest.approx(expected)


@pytest.mark.parametrize("accumulation", Accumulation)
def test_a_band_of_several_rows_or_none_moves(accumulation: Accumulation) -> None:
    rows = tuple(
        PeriodTarget(start, end, 15.0, lower=10, upper=20)
        for start, end in ((OCTOBER, NOVEMBER.since), (NOVEMBER.since, DECEMBER))
    )
    for kept in (rows, ()):
        node = NodeSpec("r", direction=Direction.MAINTAIN, accumulation=accumulation, targets=kept)
        found = run(TreeSpec({"r": node}), {}, TWO_MONTHS, r=target(100)).nodes["r"]
        assert found.lower is not None
        assert found.upper is not None
        assert (found.lower + found.upper) / 2 == pytest.approx(100)


def test_a_percentage_of_no_target_is_no_target() -> None:
    assert run(family("a"), {}, a=target(percent=10)).nodes["a"].target is None


# Sensitivity


def test_sensitivity_is_the_roots_change_for_one_percent() -> None:
    tree = family("a * b - c")
    read = {key: Reading(value, LAST_DAY) for key, value in {"a": 8.0, "b": 10.0, "c": 30.0}.items()}
    found = evaluate(tree, NOVEMBER, LAST_DAY, read)
    assert [sensitivity(tree, found, key) for key in "abcr"] == [
        pytest.approx(0.8),
        pytest.approx(0.8),
        pytest.approx(-0.3),
        pytest.approx(0.5),
    ]
    assert sensitivity(tree, found, "a", pinned={"r"}) == 0.0
    with pytest.raises(SpecError, match="x is no node"):
        sensitivity(tree, found, "x")


def test_sensitivity_of_what_is_undefined_is_undefined() -> None:
    tree = family("a + b")
    found = evaluate(tree, NOVEMBER, LAST_DAY, {"a": Reading(1.0, LAST_DAY)})
    assert isinstance(sensitivity(tree, found, "a"), Undefined)
    assert isinstance(sensitivity(tree, found, "b"), Undefined)


def test_an_influence_has_no_sensitivity() -> None:
    tree = TreeSpec({"r": NodeSpec("r"), "i": NodeSpec("i")}, (LinkSpec("r", "i"),))
    read = {"r": Reading(5.0, LAST_DAY), "i": Reading(5.0, LAST_DAY)}
    assert sensitivity(tree, evaluate(tree, NOVEMBER, LAST_DAY, read), "i") == 0.0


# Properties


@settings(max_examples=100, deadline=None)
@given(explained_trees(measured=False), st.data())
def test_what_if_equals_another_database_without_measured_parents(
    tree: TreeSpec, data: st.DataObject
) -> None:
    leaves = [key for key, node in tree.nodes.items() if node.formula is None]
    before = {key: Reading(data.draw(tame), LAST_DAY) for key in leaves}
    after = {key: data.draw(tame) for key in data.draw(st.sets(st.sampled_from(leaves)))}
    supposed = what_if(tree, NOVEMBER, LAST_DAY, before, {key: actual(value) for key, value in after.items()})
    changed = before | {key: Reading(value, LAST_DAY) for key, value in after.items()}
    assert supposed == evaluate(tree, NOVEMBER, LAST_DAY, changed)


@settings(max_examples=60, deadline=None)
@given(explained_trees(), st.data())
def test_measured_nodes_keep_their_unexplained_amounts(tree: TreeSpec, data: st.DataObject) -> None:
    measured = [key for key, node in tree.nodes.items() if node.source is Source.METRIC]
    leaves = [key for key in measured if tree.nodes[key].formula is None]
    small = st.integers(-9, 9).map(float)
    read = {key: Reading(data.draw(small), LAST_DAY) for key in measured}
    overrides = {key: actual(data.draw(small)) for key in data.draw(st.sets(st.sampled_from(leaves)))}
    before = evaluate(tree, NOVEMBER, LAST_DAY, read).nodes
    after = what_if(tree, NOVEMBER, LAST_DAY, read, overrides).nodes
    for key in measured:
        one, other = before[key], after[key]
        if one.unexplained is not None and other.unexplained is not None:
            sizes = [one.actual, other.actual, one.formula_value, other.formula_value]
            slack = 1e-12 * max(abs(size) for size in sizes if size is not None)
            assert other.unexplained == pytest.approx(one.unexplained, rel=1e-9, abs=slack)


@settings(max_examples=60, deadline=None)
@given(trees(), windows(), days, st.data())
def test_any_override_of_any_tree_is_kept(
    tree: TreeSpec, window: Window, as_of: date, data: st.DataObject
) -> None:
    read = data.draw(readings(tree))
    keys = data.draw(st.sets(st.sampled_from(sorted(tree.nodes))))
    wanted = {key: (data.draw(tame), data.draw(st.floats(0.01, 1e6))) for key in sorted(keys)}
    overrides = {
        key: NodeOverride(Override(value=actual), Override(value=target))
        for key, (actual, target) in wanted.items()
    }
    before = evaluate(tree, window, as_of, read)
    found = what_if(tree, window, as_of, read, overrides)
    assert set(found.nodes) == set(tree.nodes)
    for key, (value, aim) in wanted.items():
        result = found.nodes[key]
        if result.as_of >= result.window.since:
            assert result.actual == value
        if tree.nodes[key].direction is Direction.MAINTAIN:
            continue
        if before.nodes[key].target not in (None, 0.0) or tree.nodes[key].shift == 0:
            assert result.target == pytest.approx(aim, rel=1e-9) or "shift" in str(result.reasons["target"])


@pytest.mark.parametrize("wanted", [Override(percent=1e308), Override(percent=-1e308)])
def test_a_target_that_no_float_holds_is_undefined(wanted: Override) -> None:
    rows = (PeriodTarget(NOVEMBER.since, NOVEMBER.until, 1e10),)
    tree = TreeSpec({"a": NodeSpec("a", targets=rows)})
    read = {"a": Reading(5.0, LAST_DAY)}
    found = what_if(tree, NOVEMBER, LAST_DAY, read, {"a": NodeOverride(None, wanted)}).nodes["a"]
    assert (found.target, found.reasons["target"].code, found.actual) == (None, Reason.OVERFLOW, 5.0)


def test_rows_of_a_target_that_no_float_holds_are_undefined_together() -> None:
    rows = (
        PeriodTarget(OCTOBER, NOVEMBER.since, 1e300),
        PeriodTarget(NOVEMBER.since, DECEMBER, -1e300 + 1e285),
    )
    tree = TreeSpec({"a": NodeSpec("a", targets=rows)})
    wanted = NodeOverride(None, Override(value=1e300))
    found = what_if(tree, TWO_MONTHS, LAST_DAY, {"a": Reading(5.0, LAST_DAY)}, {"a": wanted}).nodes["a"]
    assert found.reasons["target"].code is Reason.OVERFLOW
