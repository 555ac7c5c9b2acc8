from collections.abc import Sequence
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import DisagreementKind, Outcome, Reason, RollupMethod, Status, Undefined
from superset_kpi_plugin.rollup.score import clamped, disagreement, roll_up, weighted_mean

MEAN, WORST, BEST, SHARE = RollupMethod
NONE = Undefined(Reason.NO_TARGET, "")
OWN = 0.42
scores = st.floats(0, 1)


class Child(NamedTuple):
    weight: float
    score: float | None
    status: Status


children = st.builds(
    Child, weight=st.floats(0.01, 1e6), score=st.one_of(st.none(), scores), status=st.sampled_from(Status)
)


def rolled_up(method: RollupMethod, found: Sequence[Child], own: Outcome = OWN) -> Outcome:
    weights, scores, statuses = zip(*found, strict=True) if found else ((), (), ())
    return roll_up(method, weights, scores, statuses, own)


def child(weight: float, score: float | None, status: Status = Status.ON_TRACK) -> Child:
    return Child(weight, score, status)


def test_the_example_of_section_5() -> None:
    attainments: list[tuple[float, Outcome]] = [(3, 1.20), (1, 0.90), (1, NONE)]
    clipped = [(weight, clamped(outcome, 1.0)) for weight, outcome in attainments]
    found = [child(weight, None if isinstance(score, Undefined) else score) for weight, score in clipped]
    assert rolled_up(MEAN, found) == 0.975


@pytest.mark.parametrize(("attainment", "cap", "score"), [(1.2, 1.0, 1.0), (1.2, 1.5, 1.2), (-0.3, 1.0, 0.0)])
def test_a_leaf_scores_its_clamped_attainment(attainment: float, cap: float, score: float) -> None:
    assert clamped(attainment, cap) == score
    assert rolled_up(MEAN, [], clamped(attainment, cap)) == score


def test_an_undefined_attainment_gives_no_score() -> None:
    assert clamped(NONE, 1.0) is NONE
    assert rolled_up(MEAN, [], NONE) is NONE


@pytest.mark.parametrize(("method", "score"), [(MEAN, 0.65), (WORST, 0.5), (BEST, 0.8), (SHARE, 0.5)])
def test_rollup_methods(method: RollupMethod, score: float) -> None:
    found = [
        child(2, 0.5, Status.OFF_TRACK),
        child(1, 0.8, Status.ON_TRACK),
        child(1, 0.8, Status.ACHIEVED),
        child(5, None, Status.NO_DATA),
    ]
    assert rolled_up(method, found) == pytest.approx(score)


@pytest.mark.parametrize("method", RollupMethod)
@pytest.mark.parametrize("found", [[], [child(1, None)], [child(1, None), child(2, None)]])
def test_with_nothing_left_a_parent_scores_its_own_attainment(
    method: RollupMethod, found: list[Child]
) -> None:
    assert rolled_up(method, found) == OWN


@given(st.sampled_from(RollupMethod), st.lists(children, max_size=6), st.data())
def test_the_order_of_children_does_not_matter(
    method: RollupMethod, found: list[Child], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(found))
    assert rolled_up(method, shuffled) == pytest.approx(rolled_up(method, found))


@given(st.lists(children, max_size=6), st.floats(1e-3, 1e3))
def test_scaling_all_weights_changes_nothing(found: list[Child], factor: float) -> None:
    scaled = [one._replace(weight=one.weight * factor) for one in found]
    assert rolled_up(MEAN, scaled) == pytest.approx(rolled_up(MEAN, found))


@given(st.floats(5e-324, 1e308), scores)
def test_the_mean_of_one_child_is_the_child(weight: float, score: float) -> None:
    assert rolled_up(MEAN, [child(weight, score)]) == score


@given(st.lists(children, min_size=1, max_size=6))
def test_mean_worst_and_best_stay_within_the_childrens_range(found: list[Child]) -> None:
    known = [one.score for one in found if one.score is not None] or [OWN]
    mean, worst, best = (rolled_up(method, found) for method in (MEAN, WORST, BEST))
    assert min(known) == worst <= mean <= best == max(known)  # type: ignore[operator]


@given(st.lists(st.tuples(st.floats(5e-324, 1e308), scores), min_size=1, max_size=9))
def test_extreme_weights_neither_overflow_nor_leave_the_range(pairs: list[tuple[float, float]]) -> None:
    numbers = [number for _, number in pairs]
    assert min(numbers) <= weighted_mean(numbers, [weight for weight, _ in pairs]) <= max(numbers)


@pytest.mark.parametrize(
    ("goal", "drivers", "kind"),
    [
        (0.7, 0.95, DisagreementKind.GOAL_MISSED),
        (0.95, 0.7, DisagreementKind.DRIVERS_MISSED),
        (0.8, 0.7, None),
        (0.7, 0.8, None),
        (0.7, 0.801, DisagreementKind.GOAL_MISSED),
        (NONE, 0.1, None),
        (0.1, NONE, None),
    ],
)
def test_goal_and_drivers_disagree_by_more_than_a_tenth(
    goal: Outcome, drivers: Outcome, kind: DisagreementKind | None
) -> None:
    assert disagreement(goal, drivers) is kind
