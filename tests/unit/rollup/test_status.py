import pytest

from superset_kpi_plugin.rollup import (
    Accumulation,
    Direction,
    NodeSpec,
    Outcome,
    Reason,
    Status,
    Thresholds,
    Undefined,
)
from superset_kpi_plugin.rollup.attainment import Goal
from superset_kpi_plugin.rollup.status import Standing, status

NODE = NodeSpec("a")
LESS = NodeSpec("a", direction=Direction.DECREASE)
STEADY = NodeSpec("a", direction=Direction.MAINTAIN)
RATE = NodeSpec("a", accumulation=Accumulation.RATE)
THRESHOLDS = Thresholds()
NO_TARGET = Undefined(Reason.NO_TARGET, "")
ZERO = Undefined(Reason.TARGET_ZERO, "")
GOOD = Standing(False, 0.5, 60.0, Goal(100.0), 0.6, Goal(50.0), 1.2, None)


def why(code: Reason) -> Undefined:
    return Undefined(code, "")


@pytest.mark.parametrize(
    ("actual", "elapsed", "expected"),
    [
        (why(Reason.RESTRICTED), 0.0, Status.RESTRICTED),
        (why(Reason.ERROR), 0.0, Status.ERROR),
        (why(Reason.NOT_STARTED), 0.0, Status.NOT_STARTED),
        (why(Reason.NO_DATA), 0.0, Status.NOT_STARTED),
        (1.0, 0.0, Status.NOT_STARTED),
        (why(Reason.NO_DATA), 0.5, Status.NO_DATA),
        (why(Reason.DIVISION_BY_ZERO), 0.5, Status.NO_DATA),
        (why(Reason.OPERAND_UNDEFINED), 0.5, Status.NO_DATA),
        (why(Reason.OVERFLOW), 0.5, Status.NO_DATA),
    ],
)
def test_what_outranks_the_numbers(actual: Outcome, elapsed: float, expected: Status) -> None:
    standing = GOOD._replace(actual=actual, elapsed=elapsed, goal=Goal(NO_TARGET), paced_score=1.0)
    assert status(NODE, THRESHOLDS, standing) is expected


@pytest.mark.parametrize(
    ("paced_score", "expected"),
    [
        (None, Status.NO_TARGET),
        (NO_TARGET, Status.NO_TARGET),
        (1.0, Status.ON_TRACK),
        (0.95, Status.ON_TRACK),
        (0.94, Status.AT_RISK),
        (0.8, Status.AT_RISK),
        (0.79, Status.OFF_TRACK),
    ],
)
@pytest.mark.parametrize("code", [Reason.NO_TARGET, Reason.TARGET_INCOMPLETE, Reason.OVERFLOW])
def test_a_parent_without_a_target_stands_where_its_drivers_do(
    code: Reason, paced_score: Outcome | None, expected: Status
) -> None:
    standing = GOOD._replace(goal=Goal(why(code)), attainment=why(code), pace=why(code))
    assert status(NODE, THRESHOLDS, standing._replace(paced_score=paced_score)) is expected


@pytest.mark.parametrize(
    ("pace", "expected"),
    [
        (1.2, Status.ON_TRACK),
        (0.95, Status.ON_TRACK),
        (0.95 - 1e-12, Status.ON_TRACK),
        (0.9499, Status.AT_RISK),
        (0.8, Status.AT_RISK),
        (0.7999, Status.OFF_TRACK),
        (-3.0, Status.OFF_TRACK),
    ],
)
def test_thresholds_are_on_the_pace(pace: float, expected: Status) -> None:
    assert status(NODE, THRESHOLDS, GOOD._replace(pace=pace)) is expected


def test_a_node_may_have_its_own_thresholds() -> None:
    assert status(NODE, Thresholds(0.5, 0.2), GOOD._replace(pace=0.5)) is Status.ON_TRACK
    assert status(NODE, Thresholds(0.5, 0.2), GOOD._replace(pace=0.3)) is Status.AT_RISK


@pytest.mark.parametrize(
    ("node", "closed", "expected"),
    [
        (NODE, True, Status.ACHIEVED),
        (NODE, False, Status.ACHIEVED),
        (LESS, True, Status.ACHIEVED),
        (LESS, False, Status.ON_TRACK),
        (RATE, True, Status.ACHIEVED),
        (RATE, False, Status.ON_TRACK),
    ],
)
def test_a_target_is_achieved_once_it_can_no_longer_be_lost(
    node: NodeSpec, closed: bool, expected: Status
) -> None:
    standing = GOOD._replace(closed=closed, actual=100.0, attainment=1.0, pace=1.0)
    assert status(node, THRESHOLDS, standing) is expected


@pytest.mark.parametrize(
    ("node", "actual", "closed", "expected"),
    [
        (LESS, 0.0, False, Status.ON_TRACK),
        (LESS, 0.0, True, Status.ACHIEVED),
        (LESS, 1.0, False, Status.OFF_TRACK),
        (LESS, 1.0, True, Status.OFF_TRACK),
        (NODE, 1.0, False, Status.ON_TRACK),
        (NODE, -1.0, True, Status.OFF_TRACK),
    ],
)
def test_without_an_attainment_only_met_or_not_met_can_be_told(
    node: NodeSpec, actual: float, closed: bool, expected: Status
) -> None:
    standing = GOOD._replace(actual=actual, closed=closed, goal=Goal(0.0), attainment=ZERO, pace=ZERO)
    assert status(node, THRESHOLDS, standing) is expected


def test_without_a_band_maintain_has_no_target() -> None:
    no_band = why(Reason.NO_BAND)
    standing = GOOD._replace(goal=Goal(100.0), attainment=no_band, pace=no_band)
    assert status(STEADY, THRESHOLDS, standing) is Status.NO_TARGET


@pytest.mark.parametrize(("actual", "expected"), [(0.0, Status.ON_TRACK), (1.0, Status.OFF_TRACK)])
def test_a_band_of_zero_is_met_or_not(actual: float, expected: Status) -> None:
    goal = Goal(None, lower=0.0, upper=0.0)
    zero = why(Reason.BAND_ZERO)
    standing = GOOD._replace(actual=actual, goal=goal, attainment=zero, expected=goal, pace=zero)
    assert status(STEADY, THRESHOLDS, standing) is expected


@pytest.mark.parametrize(
    ("node", "expected_target", "result"),
    [
        (NODE, 0.0, Status.ON_TRACK),
        (NODE, 61.0, Status.OFF_TRACK),
        (LESS, 61.0, Status.ON_TRACK),
        (NODE, why(Reason.BASELINE_INCOMPLETE), Status.OFF_TRACK),
    ],
)
def test_without_a_pace_the_expectation_is_met_or_not(
    node: NodeSpec, expected_target: Outcome, result: Status
) -> None:
    standing = GOOD._replace(pace=ZERO, expected=Goal(expected_target))
    assert status(node, THRESHOLDS, standing) is result
