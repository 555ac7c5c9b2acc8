import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import METHODS, AttainmentMethod, Direction, Outcome, Reason, Undefined
from superset_kpi_plugin.rollup.attainment import Goal, attainment, band, band_distance, method_for
from tests.strategies import any_float, outcomes, positive, tame

INCREASE, DECREASE, MAINTAIN = Direction
RATIO, INVERSE, BASELINE, BAND = AttainmentMethod
optional = st.one_of(st.none(), outcomes)


def code(outcome: Outcome) -> Reason | None:
    return outcome.code if isinstance(outcome, Undefined) else None


@pytest.mark.parametrize(
    ("direction", "actual", "target", "expected"),
    [
        (INCREASE, 3.0, -2.0, 3.5),
        (INCREASE, -12.0, -10.0, 0.8),
        (INCREASE, 90.0, 300.0, 0.3),
        (INCREASE, 0.0, 10.0, 0.0),
        (DECREASE, 20.0, 10.0, 0.0),
        (DECREASE, 5.0, 10.0, 1.5),
        (DECREASE, -12.0, -10.0, 1.2),
    ],
)
def test_ratio(direction: Direction, actual: float, target: float, expected: float) -> None:
    assert attainment(direction, RATIO, actual, Goal(target)) == pytest.approx(expected, rel=1e-15)


@pytest.mark.parametrize(("actual", "expected"), [(20.0, 0.5), (5.0, 2.0)])
def test_inverse(actual: float, expected: float) -> None:
    assert attainment(DECREASE, INVERSE, actual, Goal(10.0)) == expected


@pytest.mark.parametrize(
    ("direction", "actual", "target", "baseline", "expected"),
    [
        (DECREASE, 20.0, 10.0, 30.0, 0.5),
        (DECREASE, 5.0, 10.0, 30.0, 1.25),
        (INCREASE, 250.0, 300.0, 200.0, 0.5),
        (INCREASE, 5.0, 0.0, -10.0, 1.5),
    ],
)
def test_baseline(
    direction: Direction, actual: float, target: float, baseline: float, expected: float
) -> None:
    assert attainment(direction, BASELINE, actual, Goal(target, baseline)) == expected


@pytest.mark.parametrize(
    ("actual", "lower", "upper", "expected"),
    [
        (18.0, 18.0, 22.0, 1.0),
        (22.0, 18.0, 22.0, 1.0),
        (33.0, 18.0, 22.0, 0.5),
        (9.0, 18.0, 22.0, 0.5),
        (7.0, -1.0, 4.0, 0.4),
        (0.0, 0.0, 0.0, 1.0),
        (66.0, 18.0, 22.0, -1.0),
    ],
)
def test_band(actual: float, lower: float, upper: float, expected: float) -> None:
    goal = Goal(None, lower=lower, upper=upper)
    assert attainment(MAINTAIN, BAND, actual, goal) == pytest.approx(expected, rel=1e-15)


def test_distance_to_the_band_has_a_sign() -> None:
    assert [band_distance(actual, 18.0, 22.0) for actual in (16.0, 20.0, 25.0)] == [-2.0, 0.0, 3.0]


@pytest.mark.parametrize(
    ("direction", "method", "actual", "goal", "reason"),
    [
        (INCREASE, RATIO, 1.0, Goal(0.0), Reason.TARGET_ZERO),
        (DECREASE, INVERSE, 0.0, Goal(1.0), Reason.NOT_POSITIVE),
        (DECREASE, INVERSE, 1.0, Goal(-1.0), Reason.NOT_POSITIVE),
        (INCREASE, BASELINE, 1.0, Goal(1.0), Reason.NO_BASELINE),
        (INCREASE, BASELINE, 1.0, Goal(1.0, 1.0), Reason.BASELINE_BEYOND_TARGET),
        (INCREASE, BASELINE, 1.0, Goal(1.0, 2.0), Reason.BASELINE_BEYOND_TARGET),
        (DECREASE, BASELINE, 1.0, Goal(2.0, 1.0), Reason.BASELINE_BEYOND_TARGET),
        (MAINTAIN, BAND, 1.0, Goal(None), Reason.NO_BAND),
        (MAINTAIN, BAND, 1.0, Goal(1.0, lower=1.0), Reason.NO_BAND),
        (MAINTAIN, BAND, 1.0, Goal(1.0, upper=1.0), Reason.NO_BAND),
        (MAINTAIN, BAND, 1.0, Goal(None, lower=0.0, upper=0.0), Reason.BAND_ZERO),
        (INCREASE, RATIO, 1.0, Goal(None), Reason.NO_TARGET),
        (INCREASE, RATIO, 1e300, Goal(1e-300), Reason.OVERFLOW),
        (DECREASE, INVERSE, 1e-300, Goal(1e300), Reason.OVERFLOW),
        (INCREASE, BASELINE, 0.0, Goal(1.7e308, -1.7e308), Reason.OVERFLOW),
        (MAINTAIN, BAND, 1.7e308, Goal(None, lower=-1.7e308, upper=1.6e308), Reason.OVERFLOW),
        (MAINTAIN, BAND, -1.7e308, Goal(None, lower=1.7e308, upper=1.7e308), Reason.OVERFLOW),
    ],
)
def test_outside_its_domain_attainment_is_undefined_with_a_reason(
    direction: Direction, method: AttainmentMethod, actual: float, goal: Goal, reason: Reason
) -> None:
    assert code(attainment(direction, method, actual, goal)) is reason


@pytest.mark.parametrize(
    ("actual", "goal", "method", "reason"),
    [
        (Undefined(Reason.ERROR, ""), Goal(Undefined(Reason.NO_TARGET, "")), RATIO, Reason.ERROR),
        (1.0, Goal(Undefined(Reason.TARGET_INCOMPLETE, "")), BAND, Reason.TARGET_INCOMPLETE),
        (1.0, Goal(1.0, Undefined(Reason.BASELINE_INCOMPLETE, "")), BASELINE, Reason.BASELINE_INCOMPLETE),
        (1.0, Goal(None, None, Undefined(Reason.NO_BAND, ""), 1.0), BAND, Reason.NO_BAND),
        (1.0, Goal(None, None, 1.0, Undefined(Reason.NO_BAND, "")), BAND, Reason.NO_BAND),
    ],
)
def test_the_first_undefined_input_gives_the_reason(
    actual: Outcome, goal: Goal, method: AttainmentMethod, reason: Reason
) -> None:
    assert code(attainment(INCREASE, method, actual, goal)) is reason


@pytest.mark.parametrize(
    ("direction", "chosen", "baseline", "method"),
    [
        (INCREASE, None, None, RATIO),
        (DECREASE, None, None, RATIO),
        (INCREASE, None, 1.0, BASELINE),
        (DECREASE, None, Undefined(Reason.BASELINE_INCOMPLETE, ""), BASELINE),
        (MAINTAIN, None, 1.0, BAND),
        (INCREASE, RATIO, 1.0, RATIO),
    ],
)
def test_the_default_method(
    direction: Direction, chosen: AttainmentMethod | None, baseline: Outcome | None, method: AttainmentMethod
) -> None:
    assert method_for(direction, chosen, Goal(1.0, baseline)) is method


@given(st.sampled_from([INCREASE, DECREASE]), any_float.filter(bool))
def test_ratio_is_1_at_target(direction: Direction, target: float) -> None:
    assert attainment(direction, RATIO, target, Goal(target)) == 1.0


@given(positive)
def test_inverse_is_1_at_target(target: float) -> None:
    assert attainment(DECREASE, INVERSE, target, Goal(target)) == 1.0


@given(tame, tame)
def test_baseline_is_0_at_the_baseline_and_1_at_the_target(target: float, baseline: float) -> None:
    assume(target != baseline)
    direction = INCREASE if target > baseline else DECREASE
    assert attainment(direction, BASELINE, target, Goal(target, baseline)) == 1.0
    assert attainment(direction, BASELINE, baseline, Goal(target, baseline)) == 0.0


@given(st.lists(tame, min_size=3, max_size=3))
def test_a_band_is_1_inside_and_less_outside(numbers: list[float]) -> None:
    lower, inside, upper = sorted(numbers)
    assert band(inside, lower, upper) == 1.0
    beyond = band(upper + 1.0, lower, upper)
    assert isinstance(beyond, Undefined) or beyond < 1.0


@given(any_float, any_float, any_float.filter(bool))
def test_ratio_is_monotone_in_the_wanted_direction(one: float, other: float, target: float) -> None:
    low, high = sorted((one, other))
    up = [attainment(INCREASE, RATIO, actual, Goal(target)) for actual in (low, high)]
    down = [attainment(DECREASE, RATIO, actual, Goal(target)) for actual in (low, high)]
    if all(isinstance(outcome, float) for outcome in up + down):
        assert up[0] <= up[1]
        assert down[0] >= down[1]


@given(tame, tame.filter(bool))
def test_decrease_mirrors_increase(actual: float, target: float) -> None:
    up = attainment(INCREASE, RATIO, actual, Goal(target))
    down = attainment(DECREASE, RATIO, actual, Goal(target))
    assert isinstance(up, float)
    assert isinstance(down, float)
    assert up - 1 == pytest.approx(1 - down)


@given(tame, positive)
def test_ratio_is_actual_over_target_for_positive_targets(actual: float, target: float) -> None:
    assert attainment(INCREASE, RATIO, actual, Goal(target)) == pytest.approx(
        actual / target, rel=1e-9, abs=1e-9
    )


@given(st.sampled_from(Direction), st.data(), outcomes, optional, optional, optional, optional)
def test_attainment_is_finite_or_undefined_for_all_inputs(
    direction: Direction,
    data: st.DataObject,
    actual: Outcome,
    target: Outcome | None,
    baseline: Outcome | None,
    lower: Outcome | None,
    upper: Outcome | None,
) -> None:
    if isinstance(lower, float) and isinstance(upper, float):
        lower, upper = sorted((lower, upper))
    method = data.draw(st.sampled_from(METHODS[direction]))
    outcome = attainment(direction, method, actual, Goal(target, baseline, lower, upper))
    assert isinstance(outcome, Undefined) or math.isfinite(outcome)
    if isinstance(actual, Undefined):
        assert outcome is actual
