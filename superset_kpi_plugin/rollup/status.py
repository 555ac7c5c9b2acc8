"""Status: the closed set of section 6, first match."""

from __future__ import annotations

from typing import NamedTuple

from superset_kpi_plugin.rollup.attainment import Goal, band_distance, bounds
from superset_kpi_plugin.rollup.score import TOLERANCE
from superset_kpi_plugin.rollup.spec import NodeSpec, Thresholds
from superset_kpi_plugin.rollup.types import Accumulation, Direction, Outcome, Reason, Status, Undefined

# Looked up once: before Python 3.12 finding a member is a call.
_FLOW = Accumulation.FLOW
_INCREASE = Direction.INCREASE
_MAINTAIN = Direction.MAINTAIN
_ACHIEVED = Status.ACHIEVED
_AT_RISK = Status.AT_RISK
_ERROR = Status.ERROR
_NOT_STARTED = Status.NOT_STARTED
_NO_DATA = Status.NO_DATA
_NO_TARGET = Status.NO_TARGET
_OFF_TRACK = Status.OFF_TRACK
_ON_TRACK = Status.ON_TRACK
_RESTRICTED = Status.RESTRICTED


class Standing(NamedTuple):
    """What a status depends on besides the node; `paced_score` is None for a leaf."""

    closed: bool
    elapsed: float
    actual: Outcome
    goal: Goal
    attainment: Outcome
    expected: Goal
    pace: Outcome
    paced_score: Outcome | None


def status(node: NodeSpec, thresholds: Thresholds, standing: Standing) -> Status:
    """A node's status; see section 6 for the order."""
    actual = standing.actual
    if isinstance(actual, Undefined) and actual.code is Reason.RESTRICTED:
        return _RESTRICTED
    if isinstance(actual, Undefined) and actual.code is Reason.ERROR:
        return _ERROR
    if standing.elapsed == 0:
        return _NOT_STARTED
    if isinstance(actual, Undefined):
        return _NO_DATA
    if not _has_goal(node.direction, standing.goal):
        return _without_target(thresholds, standing.paced_score)
    return _against_target(node, thresholds, actual, standing)


def _without_target(thresholds: Thresholds, paced_score: Outcome | None) -> Status:
    if paced_score is None or isinstance(paced_score, Undefined):
        return _NO_TARGET
    return _by_thresholds(thresholds, paced_score)


def _against_target(node: NodeSpec, thresholds: Thresholds, actual: float, standing: Standing) -> Status:
    if isinstance(standing.attainment, Undefined):
        if not _met(node.direction, actual, standing.goal):
            return _OFF_TRACK
        return _ACHIEVED if standing.closed else _ON_TRACK
    growing = node.direction is _INCREASE and node.accumulation is _FLOW
    if standing.attainment >= 1 - TOLERANCE and (standing.closed or growing):
        return _ACHIEVED
    if isinstance(standing.pace, Undefined):
        # Nothing was expected yet, or what was expected has no ratio: only met or not met can be told.
        return _ON_TRACK if _met(node.direction, actual, standing.expected) else _OFF_TRACK
    return _by_thresholds(thresholds, standing.pace)


def _by_thresholds(thresholds: Thresholds, pace: float) -> Status:
    if pace >= thresholds.on_track - TOLERANCE:
        return _ON_TRACK
    return _AT_RISK if pace >= thresholds.at_risk - TOLERANCE else _OFF_TRACK


def _has_goal(direction: Direction, goal: Goal) -> bool:
    if direction is _MAINTAIN:
        return not isinstance(bounds(goal), Undefined)
    return isinstance(goal.target, float)


def _met(direction: Direction, actual: float, goal: Goal) -> bool:
    if direction is _MAINTAIN:
        limits = bounds(goal)
        return not isinstance(limits, Undefined) and band_distance(actual, *limits) == 0
    if not isinstance(goal.target, float):
        return False
    return actual >= goal.target if direction is _INCREASE else actual <= goal.target
