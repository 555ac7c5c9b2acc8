import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from superset_kpi_plugin.rollup import (
    AttainmentMethod,
    Calendar,
    CustomPeriod,
    Direction,
    LinkSpec,
    NodeSpec,
    PeriodTarget,
    PeriodValue,
    Source,
    SpecError,
    Thresholds,
    TreeSpec,
    parse,
)

JAN, FEB, MAR = date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: PeriodTarget(FEB, FEB, 1.0), "must end after it starts"),
        (lambda: PeriodTarget(JAN, FEB, math.nan), "must be finite"),
        (lambda: PeriodTarget(JAN, FEB, 10**400), "must be finite"),
        (lambda: PeriodTarget(JAN, FEB, 1.0, baseline=math.inf), "must be finite"),
        (lambda: PeriodTarget(JAN, FEB, lower=2.0, upper=1.0), "lower bound above its upper"),
        (lambda: PeriodValue(FEB, JAN, 1.0), "must end after it starts"),
        (lambda: PeriodValue(JAN, FEB, math.nan), "must be finite"),
        (lambda: CustomPeriod(FEB, JAN, "x"), "must end after it starts"),
        (lambda: Thresholds(0.5, 0.6), "0 ≤ at_risk ≤ on_track"),
        (lambda: Thresholds(math.nan, 0.6), "0 ≤ at_risk ≤ on_track"),
        (lambda: LinkSpec("a", "b", -1.0), "at least 0"),
        (lambda: LinkSpec("a", "b", math.nan), "at least 0"),
        (lambda: Calendar(week_start=0), "1 \\(Monday\\) to 7"),
        (lambda: Calendar(fiscal_year_start_month=13), "1 to 12"),
        (lambda: TreeSpec({}, score_cap=0.0), "above 0"),
        (lambda: TreeSpec({}, score_cap=math.nan), "above 0"),
        (lambda: NodeSpec("a", "Orders", shift=-1), "Orders: a shift"),
        (lambda: NodeSpec("a", source=Source.FORMULA, formula=parse("b"), shift=1), "shift its children"),
        (lambda: NodeSpec("a", targets=(PeriodTarget(JAN, FEB),)), "has no value; enter one"),
        (lambda: NodeSpec("a", attainment_method=AttainmentMethod.BAND), "choose ratio or baseline"),
        (
            lambda: NodeSpec(
                "a", targets=(PeriodTarget(FEB, MAR, 1.0), PeriodTarget(JAN, date(2026, 2, 9), 1.0))
            ),
            "targets of a overlap from 2026-02-01 to 2026-02-09",
        ),
        (
            lambda: Calendar(custom_periods=(CustomPeriod(JAN, MAR, "a"), CustomPeriod(FEB, MAR, "b"))),
            "custom periods overlap",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(build: Callable[[], object], says: str) -> None:
    with pytest.raises(SpecError, match=says):
        build()


def test_rows_are_kept_in_order_of_their_start() -> None:
    later, earlier = PeriodTarget(FEB, MAR, 2.0), PeriodTarget(JAN, FEB, 1.0)
    assert NodeSpec("a", targets=(later, earlier)).targets == (earlier, later)


def test_a_band_stands_for_the_target_of_maintain() -> None:
    band = PeriodTarget(JAN, FEB, lower=1.0, upper=2.0)
    assert NodeSpec("a", direction=Direction.MAINTAIN, targets=(band,)).targets[0].value is None


def test_a_node_is_known_by_its_name_else_by_its_key() -> None:
    assert NodeSpec("a", "Orders").label == "Orders"
    assert NodeSpec("a").label == "a"


def test_what_follows_from_a_tree_is_derived_once() -> None:
    asked: list[TreeSpec] = []

    def count(tree: TreeSpec) -> int:
        asked.append(tree)
        return len(tree.nodes)

    tree = TreeSpec({"r": NodeSpec("r")})
    other = replace(tree, nodes={})
    assert (tree.kept(count), tree.kept(count), other.kept(count)) == (1, 1, 0)
    assert asked == [tree, other]
    assert tree == TreeSpec({"r": NodeSpec("r")})
