import math
from datetime import date
from typing import NamedTuple

import pytest

from superset_kpi_plugin.rollup import (
    Accumulation,
    Calendar,
    CustomPeriod,
    Grain,
    LinkSpec,
    NodeSpec,
    Outcome,
    PeriodValue,
    Reading,
    Reason,
    Source,
    TreeSpec,
    Undefined,
    View,
    Window,
    parse,
)
from superset_kpi_plugin.rollup.actuals import Actuals, actuals
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.periods import view_of

NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
DAY_10 = date(2026, 11, 10)
VIEW = View(NOVEMBER, DAY_10)
SUM = NodeSpec("r", source=Source.FORMULA, formula=parse("a + b"))
A, B = NodeSpec("a"), NodeSpec("b")


class Actual(NamedTuple):
    outcome: Outcome
    through: date | None
    formula: Outcome | None


def told(found: Actuals) -> dict[str, Actual]:
    return {
        key: Actual(outcome, found.through[key], found.formulas.get(key))
        for key, outcome in found.outcomes.items()
    }


def read(
    view: View, readings: dict[str, Reading], *nodes: NodeSpec, tree: TreeSpec | None = None
) -> dict[str, Actual]:
    links = tuple(LinkSpec(nodes[0].key, node.key) for node in nodes[1:])
    tree = tree or TreeSpec({node.key: node for node in nodes}, links)
    views = {key: view_of(tree.calendar, view, node.shift) for key, node in tree.nodes.items()}
    return told(actuals(tree, build(tree), view, views, readings))


def code(found: Actual) -> Reason | None:
    return found.outcome.code if isinstance(found.outcome, Undefined) else None


def manual(
    *rows: tuple[int, int, float], accumulation: Accumulation = Accumulation.FLOW, entered: date | None = None
) -> NodeSpec:
    values = tuple(
        PeriodValue(date(2026, first, 1), date(2026, last, 1), value, entered) for first, last, value in rows
    )
    return NodeSpec("r", source=Source.MANUAL, accumulation=accumulation, manual_values=values)


def test_a_metric_has_its_reading_and_its_last_day() -> None:
    assert read(VIEW, {"r": Reading(5.0, DAY_10)}, NodeSpec("r"))["r"] == Actual(5.0, DAY_10, None)


@pytest.mark.parametrize("raw", [math.nan, math.inf, True, None])
def test_what_is_no_number_never_gets_in(raw: float) -> None:
    assert code(read(VIEW, {"r": Reading(raw, DAY_10)}, NodeSpec("r"))["r"]) in (
        Reason.NO_DATA,
        Reason.OVERFLOW,
    )


def test_a_node_that_nothing_is_read_for_has_no_source() -> None:
    found = read(VIEW, {}, NodeSpec("r", name="Revenue"))["r"]
    assert found.outcome == Undefined(Reason.NO_SOURCE, "Revenue has no source yet. Link it to a metric.")
    assert found.through is None


def test_a_formula_is_known_through_its_earliest_child() -> None:
    readings = {"a": Reading(1.0, DAY_10), "b": Reading(2.0, date(2026, 11, 8))}
    assert read(VIEW, readings, SUM, A, B)["r"] == Actual(3.0, date(2026, 11, 8), 3.0)


def test_a_formula_over_a_child_without_data_is_known_through_no_day() -> None:
    found = read(VIEW, {"a": Reading(1.0, DAY_10), "b": Reading(2.0, None)}, SUM, A, B)["r"]
    assert found.through is None


def test_a_formula_node_without_a_formula_has_no_data() -> None:
    found = read(VIEW, {}, NodeSpec("r", source=Source.FORMULA))["r"]
    assert code(found) is Reason.NO_DATA
    assert found.through is None


def test_a_measured_parent_answers_with_its_own_reading() -> None:
    node = NodeSpec("r", formula=parse("a + b"))
    readings = {"r": Reading(10.0, DAY_10), "a": Reading(1.0, None), "b": Reading(2.0, None)}
    assert read(VIEW, readings, node, A, B)["r"] == Actual(10.0, DAY_10, 3.0)


def test_typed_in_values_are_known_through_the_as_of_day() -> None:
    assert read(VIEW, {}, manual((11, 12, 300.0)))["r"] == Actual(100.0, DAY_10, None)
    rate = manual((11, 12, 0.3), accumulation=Accumulation.RATE)
    assert read(VIEW, {}, rate)["r"].outcome == 0.3


@pytest.mark.parametrize(
    ("entered", "expected"),
    [(DAY_10, 300.0), (date(2026, 11, 5), 300.0), (date(2026, 11, 20), 150.0), (date(2026, 12, 3), 100.0)],
)
def test_a_value_typed_in_during_its_period_is_what_came_together_so_far(
    entered: date, expected: float
) -> None:
    """Typed in by day 10 it is whole on day 10; typed in on day 20, half of it; after the end, a third."""
    assert read(VIEW, {}, manual((11, 12, 300.0), entered=entered))["r"].outcome == expected


def test_a_closed_period_counts_whole_whenever_it_was_typed_in() -> None:
    closed = View(NOVEMBER, date(2026, 12, 5))
    for entered in (None, DAY_10, date(2026, 12, 3)):
        assert read(closed, {}, manual((11, 12, 300.0), entered=entered))["r"].outcome == 300.0
    half = View(Window(date(2026, 11, 16), date(2026, 12, 1)), date(2026, 12, 5))
    assert read(half, {}, manual((11, 12, 90.0), entered=DAY_10))["r"].outcome == 45.0


def test_typed_in_values_after_the_as_of_day_are_not_read() -> None:
    quarter = View(Window(date(2026, 9, 1), date(2026, 12, 1)), date(2026, 10, 31))
    assert read(quarter, {}, manual((9, 10, 1.0), (10, 11, 2.0)))["r"].outcome == 3.0
    assert read(quarter, {}, manual((9, 10, 1.0), (10, 11, 2.0), (11, 12, 4.0)))["r"].outcome == 3.0
    assert code(read(quarter, {}, manual((9, 10, 1.0), (11, 12, 4.0)))["r"]) is Reason.NO_DATA


@pytest.mark.parametrize("node", [NodeSpec("r"), manual((11, 12, 300.0))])
def test_before_its_window_starts_nothing_is_read(node: NodeSpec) -> None:
    view = View(NOVEMBER, date(2026, 10, 31))
    assert code(read(view, {"r": Reading(5.0, DAY_10)}, node)["r"]) is Reason.NOT_STARTED


@pytest.mark.parametrize("reason", [Reason.RESTRICTED, Reason.ERROR])
def test_restricted_and_error_outrank_not_started(reason: Reason) -> None:
    view = View(NOVEMBER, date(2026, 10, 31))
    assert code(read(view, {"r": Reading(Undefined(reason, ""))}, NodeSpec("r"))["r"]) is reason


@pytest.mark.parametrize(
    ("through", "seen"),
    [
        (date(2026, 10, 10), DAY_10),
        (date(2026, 10, 7), date(2026, 11, 7)),
        (date(2026, 9, 30), None),
        (None, None),
    ],
)
def test_a_shifted_child_counts_by_its_elapsed_days(through: date | None, seen: date | None) -> None:
    then = NodeSpec("b", shift=1)
    readings = {"a": Reading(3.0, DAY_10), "b": Reading(2.0, through)}
    found = read(VIEW, readings, SUM, A, then)
    assert found["r"].through == seen
    assert found["b"].through == through


def test_a_shifted_child_that_is_over_does_not_hold_its_parent_back() -> None:
    march = View(Window(date(2026, 3, 1), date(2026, 4, 1)), date(2026, 3, 30))
    readings = {"a": Reading(3.0, date(2026, 3, 30)), "b": Reading(2.0, date(2026, 2, 28))}
    assert read(march, readings, SUM, A, NodeSpec("b", shift=1))["r"].through == date(2026, 3, 30)


def test_a_shift_out_of_the_calendar_has_no_data() -> None:
    calendar = Calendar(Grain.CUSTOM, custom_periods=(CustomPeriod(NOVEMBER.since, NOVEMBER.until, "only"),))
    tree = TreeSpec({"r": NodeSpec("r", shift=1)}, calendar=calendar)
    found = told(actuals(tree, build(tree), VIEW, {}, {"r": Reading(5.0, DAY_10)}))["r"]
    assert code(found) is Reason.NO_DATA
    assert found.through is None
