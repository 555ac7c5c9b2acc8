import itertools
import math
import time
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
    Direction,
    Disagreement,
    DisagreementKind,
    Evaluation,
    Grain,
    LinkSpec,
    NodeResult,
    NodeSpec,
    PaceProfile,
    PeriodTarget,
    PeriodValue,
    Reading,
    Reason,
    RollupMethod,
    Source,
    Status,
    TargetsGap,
    Thresholds,
    TreeSpec,
    Undefined,
    Window,
    evaluate,
    parse,
)
from tests.strategies import any_float, days, readings, tame, trees, windows

FLOW, STOCK, RATE = Accumulation
NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
DAY_10, LAST_DAY = date(2026, 11, 10), date(2026, 11, 30)
NUMBERS = [
    *("actual", "target", "baseline", "lower", "upper", "variance", "attainment", "score", "coverage"),
    *("expected", "elapsed", "pace", "paced_score", "forecast", "forecast_attainment", "needed_per_day"),
    *("formula_value", "unexplained"),
]


def november(target: float | None, baseline: float | None = None, **band: float) -> tuple[PeriodTarget, ...]:
    return (PeriodTarget(NOVEMBER.since, NOVEMBER.until, target, baseline, **band),)


def run(
    actuals: dict[str, float | Undefined],
    *nodes: NodeSpec,
    as_of: date = DAY_10,
    weights: tuple[float, ...] = (),
) -> Evaluation:
    """Evaluate the first node over the others, all read through the as-of day."""
    weights = weights or (1.0,) * (len(nodes) - 1)
    links = [
        LinkSpec(nodes[0].key, node.key, weight) for node, weight in zip(nodes[1:], weights, strict=True)
    ]
    tree = TreeSpec({node.key: node for node in nodes}, tuple(links))
    return evaluate(tree, NOVEMBER, as_of, {key: Reading(value, as_of) for key, value in actuals.items()})


def one(actual: float | Undefined, node: NodeSpec, as_of: date = DAY_10) -> NodeResult:
    return run({node.key: actual}, node, as_of=as_of).nodes[node.key]


def leaf(key: str, target: float | None = 300.0) -> NodeSpec:
    return NodeSpec(key, targets=() if target is None else november(target))


def test_the_example_of_an_open_flow() -> None:
    found = one(90.0, leaf("r"))
    assert (found.expected, found.pace, found.attainment) == (100.0, 0.9, 0.3)
    assert (found.elapsed, found.variance, found.status) == (10 / 30, -210.0, Status.AT_RISK)
    assert found.forecast == pytest.approx(270.0)
    assert found.forecast_attainment == pytest.approx(0.9)
    assert found.needed_per_day == 10.5
    assert (found.score, found.paced_score, found.coverage) == (0.3, 0.9, 1.0)
    assert (found.reasons, found.reason, found.data_through) == ({}, None, DAY_10)


def test_the_example_with_a_baseline() -> None:
    found = one(90.0, NodeSpec("r", targets=november(300.0, 200.0)))
    assert (found.expected, found.baseline) == (100.0, 200.0)
    assert found.pace == pytest.approx(0.7, rel=1e-12)


def test_the_example_of_section_5() -> None:
    nodes = [leaf("a", 100.0), leaf("b", 100.0), leaf("c", 100.0)]
    actuals: dict[str, float | Undefined] = {"a": 120.0, "b": 90.0, "c": Undefined(Reason.NO_DATA, "")}
    found = run(actuals, leaf("r", None), *nodes, as_of=LAST_DAY, weights=(3.0, 1.0, 1.0)).nodes["r"]
    assert (found.score, found.coverage) == (0.975, 0.8)


def test_links_of_weight_0_neither_score_nor_cover() -> None:
    nodes = [leaf("a", 100.0), leaf("b", 100.0)]
    actuals: dict[str, float | Undefined] = {"r": 50.0, "a": 80.0, "b": Undefined(Reason.NO_DATA, "")}
    root = leaf("r", 100.0)
    found = run(actuals, root, *nodes, as_of=LAST_DAY, weights=(1.0, 0.0)).nodes["r"]
    assert (found.score, found.coverage) == (0.8, 1.0)
    alone = run(actuals, root, *nodes, as_of=LAST_DAY, weights=(0.0, 0.0)).nodes["r"]
    assert (alone.score, alone.coverage) == (0.5, 1.0)


def test_the_examples_of_several_periods() -> None:
    rows = (
        PeriodTarget(date(2026, 1, 1), date(2026, 2, 1), 310.0),
        PeriodTarget(date(2026, 2, 1), date(2026, 3, 1), 28.0),
    )
    tree = TreeSpec({"r": NodeSpec("r", targets=rows)})
    as_of = date(2026, 1, 31)
    found = evaluate(tree, Window(date(2026, 1, 1), date(2026, 3, 1)), as_of, {"r": Reading(310.0, as_of)})
    assert (found.nodes["r"].expected, found.nodes["r"].pace) == (310.0, 1.0)


def test_a_target_follows_from_the_children() -> None:
    starts = [date(2026, month, 1) for month in (1, 2, 3)]
    deals = [PeriodTarget(*row) for row in zip(starts, starts[1:], (10.0, 20.0), strict=False)]
    value = [PeriodTarget(*row) for row in zip(starts, starts[1:], (100.0, 50.0), strict=False)]
    nodes = {
        "revenue": NodeSpec("revenue", source=Source.FORMULA, formula=parse("deals * value")),
        "deals": NodeSpec("deals", targets=tuple(deals)),
        "value": NodeSpec("value", accumulation=RATE, targets=tuple(value)),
    }
    tree = TreeSpec(nodes, (LinkSpec("revenue", "deals"), LinkSpec("revenue", "value")))
    window, as_of = Window(starts[0], starts[2]), date(2026, 1, 31)
    read = {"deals": Reading(10.0, as_of), "value": Reading(100.0, as_of)}
    found = evaluate(tree, window, as_of, read).nodes["revenue"]
    assert (found.target, found.target_derived, found.expected, found.pace) == (2000.0, True, 1000.0, 1.0)


def test_targets_that_do_not_add_up_are_reported() -> None:
    node = NodeSpec("r", source=Source.FORMULA, formula=parse("a + b"), targets=november(700.0))
    found = run({"a": 1.0, "b": 2.0}, node, leaf("a"), leaf("b")).nodes["r"]
    assert found.targets_gap == (TargetsGap(NOVEMBER.since, NOVEMBER.until, 700.0, 600.0),)
    assert found.target == 700.0


def test_a_measured_node_shows_what_its_formula_leaves_unexplained() -> None:
    node = NodeSpec("r", formula=parse("a * b"), targets=november(300.0))
    found = run({"r": 100.0, "a": 8.0, "b": 10.0}, node, leaf("a"), leaf("b")).nodes["r"]
    assert (found.actual, found.formula_value, found.unexplained) == (100.0, 80.0, 20.0)


@pytest.mark.parametrize(
    ("actuals", "code"),
    [
        ({"r": 1.0, "a": Undefined(Reason.NO_DATA, ""), "b": 1.0}, Reason.OPERAND_UNDEFINED),
        ({"a": 1.0, "b": 1.0}, Reason.NO_SOURCE),
    ],
)
def test_where_one_side_is_undefined_so_is_the_unexplained(
    actuals: dict[str, float | Undefined], code: Reason
) -> None:
    found = run(actuals, NodeSpec("r", formula=parse("a * b")), leaf("a"), leaf("b")).nodes["r"]
    assert found.reasons["unexplained"].code is code


def test_a_missing_actual_is_no_data_and_never_zero() -> None:
    found = one(Undefined(Reason.NO_DATA, "Load it."), leaf("r"))
    assert found.status is Status.NO_DATA
    for quantity in ("actual", "attainment", "score", "pace", "paced_score", "forecast", "variance"):
        assert getattr(found, quantity) is None
        assert found.reasons[quantity].message == "Load it."
    assert (found.target, found.coverage, found.reason) == (300.0, 0.0, Reason.NO_DATA)


def test_of_what_may_not_be_read_nothing_is_told_but_its_target() -> None:
    secret = Undefined(Reason.RESTRICTED, "Ask an administrator.")
    found = run({"a": secret, "b": 100.0}, leaf("r"), leaf("a"), leaf("b")).nodes
    assert (found["a"].target, found["a"].status) == (300.0, Status.RESTRICTED)
    for quantity in ("coverage", "expected", "elapsed", "score", "pace"):
        assert getattr(found["a"], quantity) is None
        assert found["a"].reasons[quantity] is secret
    assert found["r"].coverage == 0.5
    closed = run({"a": secret, "b": 100.0}, leaf("r"), leaf("a"), leaf("b"), as_of=LAST_DAY).nodes["a"]
    assert (closed.expected, closed.elapsed, closed.coverage) == (300.0, 1.0, None)


def test_nothing_elapsed_is_not_started() -> None:
    tree = TreeSpec({"r": leaf("r")})
    found = evaluate(tree, NOVEMBER, DAY_10, {"r": Reading(5.0, None)}).nodes["r"]
    assert found.status is Status.NOT_STARTED
    assert found.reasons["pace"].code is Reason.NOTHING_ELAPSED
    assert found.reasons["forecast"].code is Reason.TOO_EARLY
    future = evaluate(tree, NOVEMBER, date(2026, 10, 1), {"r": Reading(5.0, date(2026, 10, 1))}).nodes["r"]
    assert (future.status, future.reason) == (Status.NOT_STARTED, Reason.NOT_STARTED)


def test_a_late_load_does_not_turn_a_tree_red() -> None:
    tree = TreeSpec({"r": leaf("r")})
    found = evaluate(tree, NOVEMBER, DAY_10, {"r": Reading(80.0, date(2026, 11, 8))}).nodes["r"]
    assert (found.elapsed, found.pace) == (8 / 30, 1.0)


def test_a_formula_over_what_may_not_be_read_is_restricted() -> None:
    node = NodeSpec("r", source=Source.FORMULA, formula=parse("a / b"), targets=november(1.0))
    hidden = Undefined(Reason.RESTRICTED, "Ask the owner of the dataset.")
    failed = Undefined(Reason.ERROR, "Ask an admin.")
    assert run({"a": failed, "b": hidden}, node, leaf("a"), leaf("b")).nodes["r"].status is Status.RESTRICTED
    assert run({"a": failed, "b": 1.0}, node, leaf("a"), leaf("b")).nodes["r"].status is Status.ERROR
    zero = run({"a": 1.0, "b": 0.0}, node, leaf("a"), leaf("b")).nodes["r"]
    assert (zero.status, zero.reason) == (Status.NO_DATA, Reason.DIVISION_BY_ZERO)


def test_zero_complaints_wanted() -> None:
    node = NodeSpec("r", direction=Direction.DECREASE, targets=november(0.0))
    met, missed = one(0.0, node), one(1.0, node)
    assert (met.status, missed.status) == (Status.ON_TRACK, Status.OFF_TRACK)
    assert one(0.0, node, LAST_DAY).status is Status.ACHIEVED
    assert met.reason is Reason.TARGET_ZERO


def test_a_band_stands_for_the_target() -> None:
    node = NodeSpec(
        "r", direction=Direction.MAINTAIN, accumulation=RATE, targets=november(None, lower=18.0, upper=22.0)
    )
    inside, above = one(20.0, node), one(33.0, node)
    assert (inside.target, inside.variance, inside.attainment, inside.status) == (
        None,
        0.0,
        1.0,
        Status.ON_TRACK,
    )
    assert (above.variance, above.attainment, above.status) == (11.0, 0.5, Status.OFF_TRACK)
    assert one(20.0, node, LAST_DAY).status is Status.ACHIEVED
    assert inside.reasons == {}
    assert inside.needed_per_day is None


def test_maintain_without_a_band_has_no_target() -> None:
    node = NodeSpec("r", direction=Direction.MAINTAIN, targets=november(100.0))
    found = one(90.0, node)
    assert (found.status, found.variance, found.reason) == (Status.NO_TARGET, -10.0, Reason.NO_BAND)
    half = one(90.0, NodeSpec("r", direction=Direction.MAINTAIN, targets=november(None, lower=1.0)))
    assert half.reasons["variance"].code is Reason.NO_BAND


def test_a_stock_stays_where_it_is() -> None:
    found = one(90.0, NodeSpec("r", accumulation=STOCK, targets=november(300.0)))
    assert (found.forecast, found.pace, found.expected) == (90.0, 0.3, 300.0)
    assert found.needed_per_day == 10.5
    assert one(90.0, NodeSpec("r", accumulation=RATE, targets=november(300.0))).needed_per_day is None


def test_a_flow_without_a_profile_is_not_projected() -> None:
    found = one(90.0, NodeSpec("r", pace_profile=PaceProfile.NONE, targets=november(300.0)))
    assert found.reasons["forecast"].code is Reason.NOT_FORECAST
    assert found.pace == found.attainment


def test_a_parent_without_a_target_stands_where_its_drivers_do() -> None:
    found = run({"r": 5.0, "a": 100.0, "b": 70.0}, leaf("r", None), leaf("a"), leaf("b")).nodes["r"]
    assert found.paced_score == pytest.approx(0.85)
    assert (found.status, found.reason) == (Status.AT_RISK, Reason.NO_TARGET)
    assert one(5.0, leaf("r", None)).status is Status.NO_TARGET


def test_thresholds_of_the_node_come_before_those_of_the_tree() -> None:
    easy = replace(leaf("r"), thresholds=Thresholds(0.5, 0.3))
    assert one(60.0, easy).status is Status.ON_TRACK
    tree = TreeSpec({"r": leaf("r")}, thresholds=Thresholds(0.6, 0.3))
    found = evaluate(tree, NOVEMBER, DAY_10, {"r": Reading(60.0, DAY_10)})
    assert found.nodes["r"].status is Status.ON_TRACK


def test_influences_count_in_scores_and_never_in_arithmetic() -> None:
    node = NodeSpec("r", source=Source.FORMULA, formula=parse("a"), targets=november(300.0))
    found = run({"a": 300.0, "b": 0.0}, node, leaf("a"), leaf("b"), as_of=LAST_DAY).nodes["r"]
    assert (found.actual, found.score) == (300.0, 0.5)


def test_the_share_on_track_counts_statuses() -> None:
    node = replace(leaf("r"), rollup_method=RollupMethod.SHARE_ON_TRACK)
    found = run({"r": 1.0, "a": 300.0, "b": 96.0, "c": 10.0}, node, leaf("a"), leaf("b"), leaf("c")).nodes[
        "r"
    ]
    assert found.score == found.paced_score == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("actuals", "as_of", "disagreement"),
    [
        ({"r": 210.0, "a": 285.0}, LAST_DAY, Disagreement(DisagreementKind.GOAL_MISSED, 0.7, 0.95, False)),
        ({"r": 400.0, "a": 150.0}, LAST_DAY, Disagreement(DisagreementKind.DRIVERS_MISSED, 1.0, 0.5, False)),
        ({"r": 70.0, "a": 95.0}, DAY_10, Disagreement(DisagreementKind.GOAL_MISSED, 0.7, 0.95, True)),
        ({"r": 270.0, "a": 300.0}, LAST_DAY, None),
        ({"a": 300.0}, LAST_DAY, None),
        ({"r": 0.0}, LAST_DAY, None),
    ],
)
def test_the_headline_tells_when_goal_and_drivers_disagree(
    actuals: dict[str, float | Undefined], as_of: date, disagreement: Disagreement | None
) -> None:
    found = run(actuals, leaf("r"), leaf("a"), as_of=as_of).disagreement
    if disagreement is None or found is None:
        assert found is disagreement
        return
    assert (found.kind, found.paced) == (disagreement.kind, disagreement.paced)
    assert (found.goal, found.drivers) == pytest.approx((disagreement.goal, disagreement.drivers))


def test_growth_over_the_period_before() -> None:
    nodes = {
        "growth": NodeSpec(
            "growth", accumulation=RATE, source=Source.FORMULA, formula=parse("(now - then) / then")
        ),
        "now": NodeSpec("now"),
        "then": NodeSpec("then", shift=1),
    }
    tree = TreeSpec(nodes, (LinkSpec("growth", "now"), LinkSpec("growth", "then")))
    read = {"now": Reading(120.0, DAY_10), "then": Reading(100.0, date(2026, 10, 10))}
    found = evaluate(tree, NOVEMBER, DAY_10, read).nodes
    assert (found["growth"].actual, found["growth"].elapsed) == (pytest.approx(0.2), 10 / 30)
    assert found["then"].window == Window(date(2026, 10, 1), date(2026, 11, 1))
    assert (found["then"].as_of, found["then"].elapsed) == (date(2026, 10, 10), 10 / 31)


def test_a_shift_before_the_first_period_is_no_data() -> None:
    calendar = Calendar(Grain.CUSTOM, custom_periods=(CustomPeriod(NOVEMBER.since, NOVEMBER.until, "only"),))
    tree = TreeSpec({"r": NodeSpec("r", shift=1, targets=november(1.0))}, calendar=calendar)
    found = evaluate(tree, NOVEMBER, LAST_DAY, {"r": Reading(5.0, LAST_DAY)}).nodes["r"]
    assert (found.status, found.reason) == (Status.NO_DATA, Reason.NO_DATA)
    assert found.reasons["target"].code is Reason.NO_TARGET


def test_a_shared_child_has_one_result() -> None:
    nodes = {key: leaf(key) for key in ("r", "a", "b", "s")}
    links = (LinkSpec("r", "a"), LinkSpec("r", "b"), LinkSpec("a", "s"), LinkSpec("b", "s"))
    found = evaluate(TreeSpec(nodes, links), NOVEMBER, LAST_DAY, {"s": Reading(150.0, LAST_DAY)})
    assert list(found.nodes) == ["s", "a", "b", "r"]
    assert found.nodes["r"].score == 0.5


def test_a_cycle_is_no_tree() -> None:
    nodes = {key: leaf(key) for key in ("r", "a")}
    with pytest.raises(CycleError):
        evaluate(TreeSpec(nodes, (LinkSpec("r", "a"), LinkSpec("a", "r"))), NOVEMBER, DAY_10, {})


def test_the_manual_example_of_a_quarter() -> None:
    rows = tuple(
        PeriodValue(date(2026, month, 1), date(2026, month + 1, 1), value)
        for month, value in ((10, 310.0), (11, 300.0))
    )
    node = NodeSpec("r", source=Source.MANUAL, manual_values=rows)
    window = Window(date(2026, 10, 1), date(2026, 12, 1))
    assert evaluate(TreeSpec({"r": node}), window, DAY_10, {}).nodes["r"].actual == 410.0
    assert evaluate(TreeSpec({"r": node}), window, LAST_DAY, {}).nodes["r"].actual == 610.0


@pytest.mark.parametrize("deep", [True, False])
def test_ten_thousand_nodes_are_no_burden(deep: bool) -> None:
    keys = [f"n{index}" for index in range(10_000)]
    parents = keys[:-1] if deep else keys[:1] * 9_999
    nodes = {key: leaf(key) for key in keys}
    if deep:
        for parent, child in itertools.pairwise(keys):
            nodes[parent] = replace(leaf(parent), source=Source.FORMULA, formula=parse(f"{child} + 1"))
    links = tuple(LinkSpec(parent, child) for parent, child in zip(parents, keys[1:], strict=True))
    tree = TreeSpec(nodes, links)
    read = {key: Reading(1.0, DAY_10) for key in keys}
    started = time.process_time()
    found = evaluate(tree, NOVEMBER, DAY_10, read)
    assert time.process_time() - started < 10
    assert found.nodes["n0"].actual == (10_000.0 if deep else 1.0)


@settings(max_examples=150, deadline=None)
@given(st.one_of(trees(), trees(any_float)), windows(), days, st.data())
def test_a_valid_tree_never_raises_and_gives_only_finite_numbers(
    tree: TreeSpec, window: Window, as_of: date, data: st.DataObject
) -> None:
    found = evaluate(tree, window, as_of, data.draw(readings(tree)))
    assert set(found.nodes) == set(tree.nodes)
    for node in found.nodes.values():
        for quantity in NUMBERS:
            number = getattr(node, quantity)
            assert number is None or (type(number) is float and math.isfinite(number)), quantity
            assert (quantity in node.reasons) <= (number is None)
        assert set(node.reasons) <= set(NUMBERS)
        for share in ("coverage", "elapsed"):
            assert share in node.reasons or 0 <= getattr(node, share) <= 1
        assert all(reason.message for reason in node.reasons.values())
        for quantity in ("actual", "attainment", "pace", "score", "paced_score", "forecast"):
            assert (getattr(node, quantity) is None) == (quantity in node.reasons)


@pytest.mark.parametrize("grain", Grain)
@pytest.mark.parametrize("as_of", [date.min, date.max])
@pytest.mark.parametrize("shift", [0, 1])
@pytest.mark.parametrize(
    "window",
    [
        Window(date.min, date.max),
        Window(date.min, date(1, 1, 2)),
        Window(date(9999, 11, 1), date(9999, 12, 1)),
        Window(date(9999, 12, 30), date.max),
    ],
)
def test_the_ends_of_time_are_no_crash(grain: Grain, as_of: date, shift: int, window: Window) -> None:
    rows = (PeriodTarget(window.since, window.until, 5.0, 1.0),)
    values = (PeriodValue(window.since, window.until, 3.0),)
    nodes = {
        "r": NodeSpec("r", formula=parse("a + b"), shift=shift),
        "a": NodeSpec("a", targets=rows, shift=shift),
        "b": NodeSpec("b", source=Source.MANUAL, targets=rows, manual_values=values, shift=shift),
    }
    calendar = Calendar(grain, 3, 4, (CustomPeriod(date.min, date(1, 6, 1), "first"),))
    tree = TreeSpec(nodes, (LinkSpec("r", "a"), LinkSpec("r", "b")), calendar=calendar)
    found = evaluate(tree, window, as_of, {"r": Reading(3.0, as_of), "a": Reading(3.0, date.min)})
    assert all(
        number is None or math.isfinite(number) for number in (found.nodes["r"].target, found.nodes["r"].pace)
    )


@settings(deadline=None)
@given(trees(), windows(), st.integers(0, 400), st.data())
def test_in_a_closed_window_pace_is_attainment(
    tree: TreeSpec, window: Window, later: int, data: st.DataObject
) -> None:
    found = evaluate(tree, window, window.last_day + timedelta(days=later), data.draw(readings(tree)))
    for node in found.nodes.values():
        assert (node.pace, node.paced_score, node.elapsed) == (node.attainment, node.score, 1.0)
        assert node.expected == node.target


@settings(deadline=None)
@given(trees(), windows(), days, st.data())
def test_neither_names_nor_the_order_of_nodes_and_links_matter(
    tree: TreeSpec, window: Window, as_of: date, data: st.DataObject
) -> None:
    read = data.draw(readings(tree))
    name = {key: f"x{index}" for index, key in enumerate(data.draw(st.permutations(sorted(tree.nodes))))}
    nodes = {
        name[key]: replace(
            node, key=name[key], formula=node.formula and parse(node.formula.words(name).translate(ASCII))
        )
        for key, node in data.draw(st.permutations(list(tree.nodes.items())))
    }
    links = [
        LinkSpec(name[link.parent], name[link.child], link.weight, link.order)
        for link in data.draw(st.permutations(list(tree.links)))
    ]
    other = replace(tree, nodes=nodes, links=tuple(links))
    before = evaluate(tree, window, as_of, read)
    after = evaluate(other, window, as_of, {name[key]: reading for key, reading in read.items()})
    assert after.root == name[before.root]
    for key, node in before.nodes.items():
        twin = after.nodes[name[key]]
        assert twin.status is node.status
        for quantity in NUMBERS:
            assert getattr(twin, quantity) == pytest.approx(getattr(node, quantity))
        codes = {quantity: reason.code for quantity, reason in node.reasons.items()}
        assert {quantity: reason.code for quantity, reason in twin.reasons.items()} == codes


ASCII = str.maketrans("×÷−", "*/-")


@settings(deadline=None)
@given(tame, tame)
def test_the_score_of_a_parent_with_one_child_is_the_childs(actual: float, target: float) -> None:
    found = run({"r": 1.0, "a": actual}, leaf("r"), leaf("a", target), as_of=LAST_DAY).nodes
    if found["a"].score is not None:
        assert found["r"].score == found["a"].score


def test_every_number_of_a_result_is_accounted_for() -> None:
    assert set(NodeResult._fields) - set(NUMBERS) == {
        *("key", "window", "as_of", "status", "data_through", "target_derived", "targets_gap", "reasons")
    }
