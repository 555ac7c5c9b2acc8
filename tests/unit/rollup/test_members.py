import math
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    Accumulation,
    Calendar,
    CustomPeriod,
    Direction,
    Grain,
    LinkSpec,
    NodeSpec,
    PeriodError,
    PeriodTarget,
    PeriodValue,
    Reading,
    Reason,
    Source,
    Status,
    TreeSpec,
    Undefined,
    View,
    Window,
    evaluate,
    parse,
)
from superset_kpi_plugin.rollup.members import (
    Member,
    MemberResult,
    TargetSource,
    evaluate_members,
    has_row,
    reach_of,
    shares_of,
)
from superset_kpi_plugin.rollup.periods import year_before
from tests.strategies import days, outcomes, positive, tame, trees, windows

FLOW, STOCK, RATE = Accumulation
OWN, SHARE, WHOLE, FORMULA = TargetSource
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)
MONTH = Window(NOVEMBER, DECEMBER)
TWO_MONTHS = Window(OCTOBER, DECEMBER)
LAST_DAY = date(2026, 11, 30)
GONE = Undefined(Reason.NO_DATA, "Nothing was read.")

Numbers = Mapping[str, float | Undefined]


def november(value: float | None, baseline: float | None = None, **band: float) -> tuple[PeriodTarget, ...]:
    return (PeriodTarget(NOVEMBER, DECEMBER, value, baseline, **band),)


def family(formula: str, *leaves: NodeSpec, **fields: object) -> TreeSpec:
    root = NodeSpec("r", name="Root", source=Source.FORMULA, formula=parse(formula), **fields)  # type: ignore[arg-type]
    return TreeSpec(
        {node.key: node for node in (root, *leaves)}, tuple(LinkSpec("r", leaf.key) for leaf in leaves)
    )


def lone(**fields: object) -> TreeSpec:
    return TreeSpec({"n": NodeSpec("n", name="Leads", **fields)})  # type: ignore[arg-type]


def read(numbers: Numbers) -> dict[str, Reading]:
    return {key: Reading(value, LAST_DAY) for key, value in numbers.items()}


def by_member(
    tree: TreeSpec,
    whole_before: Numbers,
    members: Mapping[str | None, Member],
    window: Window = MONTH,
    as_of: date = LAST_DAY,
) -> dict[str | None, MemberResult]:
    then = View(year_before(tree.calendar, window), as_of)
    before = evaluate(tree, then.window, then.as_of, read(whole_before))
    return evaluate_members(tree, View(window, as_of), before, members)


def member(now: Numbers, before: Numbers, **targets: tuple[PeriodTarget, ...]) -> Member:
    return Member(read(now), read(before), targets)


def told(result: MemberResult, key: str = "n") -> tuple[float | None, TargetSource | None]:
    return result.evaluation.nodes[key].target, result.sources.get(key)


# --- shares ---------------------------------------------------------------------------------------


def test_a_flow_takes_its_share_of_the_year_before() -> None:
    found = by_member(
        lone(targets=november(1000)),
        {"n": 500},
        {"North": member({"n": 210}, {"n": 100}), "South": member({"n": 420}, {"n": 300})},
    )
    assert list(found) == ["North", "South"]
    assert [told(result) for result in found.values()] == [(200, SHARE), (600, SHARE)]
    north, south = (result.evaluation.nodes["n"] for result in found.values())
    assert (north.actual, north.attainment, north.status) == (210, 1.05, Status.ACHIEVED)
    assert (south.actual, south.attainment, south.status) == (420, 0.7, Status.OFF_TRACK)
    assert found["North"].reason("n") is None


def test_a_baseline_is_shared_as_its_target_is() -> None:
    tree = lone(accumulation=STOCK, targets=november(1200, baseline=1000))
    found = by_member(tree, {"n": 800}, {"North": member({"n": 330}, {"n": 240})})
    north = found["North"].evaluation.nodes["n"]
    assert (north.target, north.baseline, north.attainment) == (360, 300, 0.5)
    assert found["North"].sources["n"] is SHARE


@pytest.mark.parametrize("accumulation", [FLOW, STOCK, RATE])
def test_a_rate_and_a_band_are_everybodys(accumulation: Accumulation) -> None:
    band = {"lower": 1.0, "upper": 3.0}
    nodes = [
        NodeSpec("rate", accumulation=RATE, targets=november(0.5, baseline=0.25)),
        NodeSpec(
            "band",
            accumulation=accumulation,
            direction=Direction.MAINTAIN,
            targets=november(None, **band),
        ),
    ]
    tree = TreeSpec({node.key: node for node in nodes}, (LinkSpec("rate", "band"),))
    north = by_member(tree, {}, {"North": member({"rate": 0.4, "band": 2}, {})})["North"]
    rate, kept = north.evaluation.nodes["rate"], north.evaluation.nodes["band"]
    assert (rate.target, rate.baseline, north.sources["rate"]) == (0.5, 0.25, WHOLE)
    assert (kept.lower, kept.upper, kept.attainment, north.sources["band"]) == (1, 3, 1, WHOLE)


@pytest.mark.parametrize(
    ("total", "parts", "words"),
    [
        (0, {"a": 0}, "was not above 0"),
        (-5, {"a": -5}, "was not above 0"),
        (5, {"a": 10, "b": -5}, "was below 0 for a member"),
        (GONE, {"a": 5}, "has no value in the same period last year for the member to take a share of"),
    ],
)
def test_there_are_no_shares(total: float | Undefined, parts: Numbers, words: str) -> None:
    for why in shares_of("Leads", total, parts).values():
        assert isinstance(why, Undefined)
        assert why.code is Reason.NO_TARGET
        assert f"Leads {words}" in why.message
        assert why.message.endswith("; enter a target for the member.")


def test_who_had_nothing_takes_no_share_and_nobodys_away() -> None:
    shares = shares_of("Leads", 10.0, {"old": 10.0, "new": GONE, None: 0.0})
    assert (shares["old"], shares[None]) == (1, 0)
    new = shares["new"]
    assert isinstance(new, Undefined)
    assert "Leads has no value for this member in the same period last year" in new.message
    found = by_member(lone(targets=november(8)), {"n": 10}, {"new": member({"n": 3}, {})})
    assert told(found["new"]) == (None, None)
    assert found["new"].reason("n") == new
    assert found["new"].evaluation.nodes["n"].status is Status.NO_TARGET


def test_before_the_first_period_there_is_nothing_to_share() -> None:
    why = Undefined(Reason.NO_DATA, "There is no earlier period named Launch.")
    members: dict[str | None, Member] = {"North": member({"n": 3}, {})}
    found = evaluate_members(lone(targets=november(8)), View(MONTH, LAST_DAY), why, members)
    reason = found["North"].reason("n")
    assert reason is not None
    assert (reason.code, "no earlier period named Launch" in reason.message) == (Reason.NO_TARGET, True)
    assert found["North"].evaluation.nodes["n"].actual == 3


def test_a_share_beyond_the_range_of_numbers_is_no_target() -> None:
    tree = lone(targets=november(1e300))
    found = by_member(tree, {"n": 1e-300}, {"North": member({"n": 1}, {"n": 1e300})})
    reason = found["North"].reason("n")
    assert reason is not None
    assert reason.code is Reason.OVERFLOW


# --- rows of the member's own ---------------------------------------------------------------------


def test_its_own_row_comes_first() -> None:
    north = member({"n": 210}, {"n": 100}, n=november(300))
    found = by_member(lone(targets=november(1000)), {"n": 500}, {"North": north})
    assert told(found["North"]) == (300, OWN)
    assert found["North"].evaluation.nodes["n"].attainment == 0.7


def test_its_own_row_counts_where_the_node_has_no_target_and_the_member_no_data() -> None:
    found = by_member(lone(), {}, {"Moon": member({}, {}, n=november(300))})
    assert told(found["Moon"]) == (300, OWN)
    assert found["Moon"].evaluation.nodes["n"].status is Status.NO_DATA


def test_beside_its_own_rows_the_rest_of_the_window_is_shared_by_days() -> None:
    tree = lone(targets=(PeriodTarget(OCTOBER, DECEMBER, 610),))
    north = member({"n": 210}, {"n": 100}, n=november(100))
    found = by_member(tree, {"n": 500}, {"North": north}, TWO_MONTHS)
    # October's 31 of 61 days are 310 for all, and 62 for a fifth of them.
    assert told(found["North"]) == (162, SHARE)
    found = by_member(tree, {"n": 500}, {"North": north})
    assert told(found["North"]) == (100, OWN)


def test_a_levels_last_row_decides() -> None:
    monthly = (PeriodTarget(OCTOBER, NOVEMBER, 50), *november(60))
    tree = lone(accumulation=STOCK, targets=monthly)
    own = {"late": november(7), "early": (PeriodTarget(OCTOBER, NOVEMBER, 7),)}
    members = {name: member({"n": 1}, {"n": 2}, n=rows) for name, rows in own.items()}
    found = by_member(tree, {"n": 4}, {**members}, TWO_MONTHS)
    assert {name: told(result) for name, result in found.items()} == {"late": (7, OWN), "early": (30, SHARE)}


def test_where_no_share_can_be_taken_the_own_rows_gaps_are_named() -> None:
    monthly = (PeriodTarget(OCTOBER, NOVEMBER, 50), *november(60))
    north = member({"n": 1}, {}, n=november(7))
    found = by_member(lone(targets=monthly), {"n": 4}, {"North": north}, TWO_MONTHS)
    reason = found["North"].reason("n")
    assert reason is not None
    assert reason.code is Reason.TARGET_INCOMPLETE
    assert "2026-10-01 – 2026-10-31" in reason.message


# --- parents --------------------------------------------------------------------------------------

ORDERS = NodeSpec("orders", name="Orders", targets=november(100))
VALUE = NodeSpec("value", name="Value", accumulation=RATE, targets=november(50))


def test_a_derived_target_is_shared_by_the_parents_own_actual() -> None:
    tree = family("orders * value", ORDERS, VALUE)
    whole = {"orders": 80, "value": 50}
    north = member({"orders": 30, "value": 100}, {"orders": 20, "value": 120})
    found = by_member(tree, whole, {"North": north})["North"]
    # 2,400 of 4,000 a year before, and so three of the whole's five thousand; a quarter of the orders.
    assert told(found, "r") == (3000, SHARE)
    assert told(found, "orders") == (25, SHARE)
    assert told(found, "value") == (50, WHOLE)
    assert (found.evaluation.nodes["r"].actual, found.evaluation.nodes["r"].attainment) == (3000, 1)


def test_what_was_given_to_a_child_counts_upwards() -> None:
    tree = family("orders * value", ORDERS, VALUE)
    north = member({"orders": 30, "value": 100}, {"orders": 20, "value": 120}, orders=november(70))
    found = by_member(tree, {"orders": 80, "value": 50}, {"North": north})["North"]
    assert told(found, "orders") == (70, OWN)
    assert told(found, "r") == (3500, FORMULA)


def test_it_counts_upwards_over_several_levels_and_where_the_whole_has_no_target() -> None:
    leaves = (NodeSpec("a"), NodeSpec("b"))
    middle = NodeSpec("m", source=Source.FORMULA, formula=parse("a + b"))
    top = NodeSpec("t", source=Source.FORMULA, formula=parse("m * 2"))
    tree = TreeSpec(
        {node.key: node for node in (top, middle, *leaves)},
        (LinkSpec("t", "m"), LinkSpec("m", "a"), LinkSpec("m", "b")),
    )
    north = member({"a": 1, "b": 2}, {}, a=november(3), b=november(4))
    found = by_member(tree, {}, {"North": north, "South": member({"a": 1, "b": 2}, {}, a=november(3))})
    assert [told(found["North"], key) for key in ("a", "b", "m", "t")] == [
        *((3, OWN), (4, OWN), (7, FORMULA), (14, FORMULA))
    ]
    assert told(found["South"], "t") == (None, None)
    reason = found["South"].reason("m")
    assert reason is not None
    assert "follows from b" in reason.message


def test_a_parents_own_target_is_shared_whatever_its_children_were_given() -> None:
    tree = family("orders * value", ORDERS, VALUE, targets=november(4000))
    north = member({"orders": 30, "value": 100}, {"orders": 20, "value": 50}, orders=november(70))
    found = by_member(tree, {"orders": 80, "value": 50}, {"North": north})["North"]
    assert told(found, "r") == (1000, SHARE)


def test_without_a_share_a_parents_target_does_not_follow_from_its_childrens() -> None:
    tree = family("won - lost", NodeSpec("won", targets=november(50)), NodeSpec("lost", targets=november(20)))
    north = member({"won": 9, "lost": 4}, {"won": 5, "lost": 10})
    found = by_member(tree, {"won": 10, "lost": 20}, {"North": north})["North"]
    assert told(found, "won") == (25, SHARE)
    assert told(found, "r") == (None, None)
    root, reason = found.evaluation.nodes["r"], found.reason("r")
    assert reason is not None
    assert "Root was not above 0" in reason.message
    assert (root.actual, root.data_through) == (5, LAST_DAY)
    assert root.score is not None


# --- reading --------------------------------------------------------------------------------------


def test_what_is_typed_in_has_no_members() -> None:
    values = (PeriodValue(NOVEMBER, DECEMBER, 40.0), PeriodValue(date(2025, 11, 1), date(2025, 12, 1), 30.0))
    costs = NodeSpec("costs", source=Source.MANUAL, manual_values=values, targets=november(50))
    found = by_member(
        family("won - costs", NodeSpec("won"), costs), {"won": 60}, {"N": member({"won": 9}, {})}
    )
    result = found["N"].evaluation.nodes["costs"]
    assert (result.actual, result.target, result.status) == (None, None, Status.NO_DATA)
    reason = found["N"].reason("costs")
    assert reason is not None
    assert "typed in for the whole only" in reason.message
    assert found["N"].evaluation.nodes["r"].actual is None


def test_a_member_is_paced_by_the_nodes_periods() -> None:
    monthly = (PeriodTarget(OCTOBER, NOVEMBER, 310), *november(28))
    north = member({"n": 100}, {"n": 5})
    found = by_member(lone(targets=monthly), {"n": 10}, {"North": north}, TWO_MONTHS, date(2026, 10, 31))
    result = found["North"].evaluation.nodes["n"]
    assert (result.target, result.expected) == (169, 155)


def test_a_shifted_node_is_looked_at_in_its_own_view() -> None:
    targets = (PeriodTarget(OCTOBER, NOVEMBER, 40), *november(60))
    own = {"north": november(9), "south": (PeriodTarget(OCTOBER, NOVEMBER, 8),)}
    members = {name: member({"n": 1}, {"n": 2}, n=rows) for name, rows in own.items()}
    found = by_member(lone(shift=1, targets=targets), {"n": 4}, {**members})
    assert {name: told(result) for name, result in found.items()} == {"north": (20, SHARE), "south": (8, OWN)}


def test_which_rows_may_matter() -> None:
    tree = lone(shift=1)
    view = View(Window(date(2026, 11, 10), date(2026, 11, 20)), LAST_DAY)
    assert reach_of(tree, view) == Window(OCTOBER, NOVEMBER)
    assert not has_row(tree, view, {"n": november(5)})
    assert has_row(tree, view, {"n": (PeriodTarget(OCTOBER, NOVEMBER, 5),)})
    launch = Calendar(Grain.CUSTOM, custom_periods=(CustomPeriod(NOVEMBER, DECEMBER, "Launch"),))
    early = View(Window(OCTOBER, date(2026, 10, 8)), LAST_DAY)
    assert reach_of(TreeSpec(lone().nodes, calendar=launch), early) == early.window


# --- properties -----------------------------------------------------------------------------------


def _sum(numbers: list[float]) -> object:
    return pytest.approx(math.fsum(numbers), rel=1e-9, abs=1e-9)


@given(st.data())
def test_what_is_shared_sums_to_the_nodes_target(data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.one_of(st.just(0.0), positive), min_size=1, max_size=8).filter(any))
    accumulation = data.draw(st.sampled_from([FLOW, STOCK]))
    wanted = data.draw(st.lists(tame, min_size=2, max_size=2))
    targets = (PeriodTarget(OCTOBER, NOVEMBER, wanted[0]), PeriodTarget(NOVEMBER, DECEMBER, wanted[1]))
    since = data.draw(st.dates(OCTOBER, date(2026, 11, 29)))
    window = Window(
        since, data.draw(st.dates(max(since, date(2026, 11, 2)), LAST_DAY).filter(lambda day: day > since))
    )
    tree = family(
        "n * 2", NodeSpec("n", accumulation=accumulation, targets=targets), accumulation=accumulation
    )
    members = {str(index): member({"n": 1}, {"n": part}) for index, part in enumerate(parts)}
    found = by_member(tree, {"n": math.fsum(parts)}, {**members}, window)
    whole = evaluate(tree, window, LAST_DAY, {})
    for key in ("n", "r"):
        told_targets = [result.evaluation.nodes[key].target for result in found.values()]
        assert None not in told_targets
        assert whole.nodes[key].target == _sum([target for target in told_targets if target is not None])


@given(st.data())
def test_an_additive_node_sums_to_the_whole(data: st.DataObject) -> None:
    formula = data.draw(st.sampled_from(["a + b", "a - b", "a * 3 - (b + a) / 2"]))
    tree = family(formula, NodeSpec("a"), NodeSpec("b"))
    rows = data.draw(st.lists(st.tuples(tame, tame), min_size=1, max_size=8))
    whole = evaluate(
        tree,
        MONTH,
        LAST_DAY,
        read({key: math.fsum(column) for key, column in zip("ab", zip(*rows, strict=True), strict=True)}),
    )
    members = {str(index): member({"a": a, "b": b}, {}) for index, (a, b) in enumerate(rows)}
    found = by_member(tree, {}, {**members})
    for key in ("a", "b", "r"):
        actuals = [result.evaluation.nodes[key].actual for result in found.values()]
        assert whole.nodes[key].actual == pytest.approx(math.fsum(filter(None, actuals)), rel=1e-9, abs=1e-4)


@given(st.data())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_is_told_by_any_members(data: st.DataObject) -> None:
    """Nothing raises, and every number that is missing has a reason."""
    tree, window, as_of = data.draw(trees()), data.draw(windows()), data.draw(days)
    view = View(window, as_of)
    values = st.fixed_dictionaries({}, optional=dict.fromkeys(tree.nodes, outcomes))
    try:
        then = View(year_before(tree.calendar, window), as_of)
        before = evaluate(tree, then.window, then.as_of, read(data.draw(values)))
    except PeriodError as ex:
        before = Undefined(Reason.NO_DATA, str(ex))  # type: ignore[assignment]
    rows = {
        key: data.draw(st.sampled_from([(), node.targets[:1], node.targets]))
        for key, node in tree.nodes.items()
    }
    members = {
        name: Member(read(data.draw(values)), read(data.draw(values)), own)
        for name, own in (("a", {}), (None, {}), ("b", rows))
    }
    found = evaluate_members(tree, view, before, members)
    assert list(found) == ["a", None, "b"]
    for result in found.values():
        assert set(result.evaluation.nodes) == set(tree.nodes)
        for key, numbers in result.evaluation.nodes.items():
            source, direction = result.sources.get(key), tree.nodes[key].direction
            if numbers.actual is None:
                assert result.reason(key) is not None
            if source is None:
                assert numbers.target is None or direction is Direction.MAINTAIN
            if result is not found["b"]:
                assert source in (None, SHARE, WHOLE)
