"""Proof of a link: whether the children explain the parent, as the tree claims (section 7)."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from superset_kpi_plugin.rollup.correlation import pearson
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.periods import before, period_of, periods_up_to
from superset_kpi_plugin.rollup.score import TOLERANCE
from superset_kpi_plugin.rollup.spec import Calendar
from superset_kpi_plugin.rollup.student import p_value
from superset_kpi_plugin.rollup.types import Direction, Outcome, Undefined, _Word
from superset_kpi_plugin.rollup.window import DAY, Window

COMPONENT_PERIODS = 12
"""How many closed periods a formula is held against, unless told otherwise."""
INFLUENCE_PERIODS = 24
"""Over how many closed periods an influence is looked for."""
COMPONENT_ERROR = 0.01
"""The largest error that proves a formula, unless told otherwise."""

FEWEST_FOR_CHANCE = 3
"""Of fewer pairs of changes nobody can tell how likely chance is."""

_FEWEST_ERRORS = 3
_FEWEST_PAIRS = 8
_CHANCE = 0.05
_ROUNDING = 1e-13


class ComponentVerdict(_Word):
    """What the closed periods say about a formula beside a measurement."""

    PROVEN = "proven"
    DISPROVEN = "disproven"
    UNPROVEN = "unproven"


class InfluenceVerdict(_Word):
    """What the closed periods say about an influence; not proof of cause."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    NOT_SHOWN = "not_shown"


@dataclass(frozen=True)
class ComponentProof:
    """`errors` has one number per given period, None where a side is undefined, infinite where something was
    measured as 0; `count` of them are numbers. `median` and `largest` are over those."""

    verdict: ComponentVerdict
    count: int
    errors: tuple[float | None, ...]
    median: float | None
    largest: float | None


@dataclass(frozen=True)
class InfluenceProof:
    """`count` pairs of changes; no `correlation` where a side does not vary, no `p_value` below three."""

    verdict: InfluenceVerdict
    count: int
    correlation: float | None
    p_value: float | None


def closed_periods(calendar: Calendar, as_of: date, count: int) -> tuple[Window, ...]:
    """The last closed periods as of a day, the earliest first; fewer where the calendar has no more."""
    try:
        return periods_up_to(calendar, _last_closed(calendar, as_of), count)
    except PeriodError:
        return ()


def holds(found: float, error: float) -> bool:
    """Whether an error is within the largest one that proves."""
    return found <= error + TOLERANCE


def prove_component(
    measured: Sequence[Outcome], formula: Sequence[Outcome], error: float = COMPONENT_ERROR
) -> ComponentProof:
    """A parent's measurements against its formula over the same closed periods."""
    errors = tuple(_error(own, other) for own, other in zip(measured, formula, strict=True))
    counted = [number for number in errors if number is not None]
    if not counted:
        return ComponentProof(ComponentVerdict.UNPROVEN, 0, errors, None, None)
    median, largest = statistics.median(counted), max(counted)
    verdict = ComponentVerdict.UNPROVEN
    if len(counted) >= _FEWEST_ERRORS and holds(largest, error):
        verdict = ComponentVerdict.PROVEN
    elif len(counted) >= _FEWEST_ERRORS and not holds(median, error):
        verdict = ComponentVerdict.DISPROVEN
    return ComponentProof(verdict, len(counted), errors, median, largest)


def periods_needed(lag: int) -> int:
    """How many closed periods of both nodes an influence with this lag is looked for in."""
    return INFLUENCE_PERIODS + 1 + lag


def influence_places(periods: int, lag: int) -> tuple[range, range]:
    """Which of so many closed periods an influence looks at, the child's and the parent's in step.

    Each side has one more place than there are changes; neither has any where no change can be paired.
    """
    changes = min(INFLUENCE_PERIODS, periods - 1 - lag)
    if changes < 1:
        return range(0), range(0)
    first = periods - 1 - changes
    return range(first - lag, periods - lag), range(first, periods)


def expected_sign(parent: Direction, child: Direction) -> int | None:
    """+1 where both directions agree, −1 where they differ; None with `maintain`, which has to be told."""
    if Direction.MAINTAIN in (parent, child):
        return None
    return 1 if parent is child else -1


def prove_influence(
    child: Sequence[Outcome], parent: Sequence[Outcome], lag: int, sign: int
) -> InfluenceProof:
    """A child's change at t − lag against its parent's at t, t over the last 24 of the given periods.

    Both series hold the same closed periods, the latest last; `periods_needed` of them leave no t out.
    Periods with an undefined side do not count.
    """
    pairs: list[tuple[float, float]] = []
    periods = min(len(child), len(parent))
    for back in range(1, INFLUENCE_PERIODS + 1):
        if back + lag + 1 > periods:
            break
        one, other = _change(child, back + lag), _change(parent, back)
        if one is not None and other is not None:
            pairs.append((one, other))
    if not pairs:
        return InfluenceProof(InfluenceVerdict.NOT_SHOWN, 0, None, None)
    correlation = pearson(pairs, (_rounding(child), _rounding(parent)))
    chance = (
        None if correlation is None or len(pairs) < FEWEST_FOR_CHANCE else p_value(correlation, len(pairs))
    )
    return InfluenceProof(_verdict(len(pairs), correlation, chance, sign), len(pairs), correlation, chance)


def _last_closed(calendar: Calendar, as_of: date) -> Window:
    """The last period whose last day is the as-of day or earlier; PeriodError where there is none."""
    if calendar.custom_periods:
        closed = [row for row in calendar.custom_periods if row.end - DAY <= as_of]
        if closed:
            return Window(closed[-1].start, closed[-1].end)
    period = period_of(calendar, as_of)
    return period if period.last_day <= as_of else before(calendar, period)


def _error(measured: Outcome, formula: Outcome) -> float | None:
    if isinstance(measured, Undefined) or isinstance(formula, Undefined):
        return None
    if measured == 0:
        return 0.0 if formula == 0 else math.inf
    gap = measured - formula
    return abs(gap / measured if math.isfinite(gap) else 1 - formula / measured)


def _change(series: Sequence[Outcome], back: int) -> float | None:
    """The change into the period that lies `back` from the end, 1 for the last."""
    before_it, own = series[-back - 1], series[-back]
    if isinstance(before_it, Undefined) or isinstance(own, Undefined):
        return None
    # Halved, so that no two floats are too far apart; a correlation does not mind.
    return own / 2 - before_it / 2


def _rounding(series: Sequence[Outcome]) -> float:
    """How far apart changes may be by rounding alone."""
    return _ROUNDING * max(abs(value) for value in series if not isinstance(value, Undefined))


def _verdict(count: int, correlation: float | None, chance: float | None, sign: int) -> InfluenceVerdict:
    if correlation is None or chance is None or count < _FEWEST_PAIRS or chance >= _CHANCE:
        return InfluenceVerdict.NOT_SHOWN
    as_expected = (correlation > 0) is (sign > 0)
    return InfluenceVerdict.SUPPORTED if as_expected else InfluenceVerdict.CONTRADICTED
