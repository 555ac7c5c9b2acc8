"""The closed sets of the domain and the two faces of a number: known, or undefined with a reason."""

from __future__ import annotations

import math
import numbers
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from superset_kpi_plugin.rollup.phrase import phrase


class _Word(str, Enum):
    """A closed set whose members are, print and serialise as their API words."""

    def __str__(self) -> str:
        return str(self.value)


class Direction(_Word):
    """Which way is better; `maintain` means staying inside a band."""

    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"


class Accumulation(_Word):
    """How a node behaves over time: adds up, is a level, or is a ratio."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Source(_Word):
    """Where a node's actual comes from."""

    METRIC = "metric"
    FORMULA = "formula"
    MANUAL = "manual"


class LinkKind(_Word):
    """A component is named by the parent's formula; an influence is a hypothesis."""

    COMPONENT = "component"
    INFLUENCE = "influence"


class AttainmentMethod(_Word):
    """The formulas of section 4."""

    RATIO = "ratio"
    INVERSE = "inverse"
    BASELINE = "baseline"
    BAND = "band"


class RollupMethod(_Word):
    """How the children's scores become the parent's, section 5."""

    WEIGHTED_MEAN = "weighted_mean"
    WORST = "worst"
    BEST = "best"
    SHARE_ON_TRACK = "share_on_track"


class PaceProfile(_Word):
    """How a target is expected to fill up over its period, section 6."""

    LINEAR = "linear"
    BUSINESS_DAYS = "business_days"
    SEASONAL = "seasonal"
    NONE = "none"


class Grain(_Word):
    """The size of a tree's periods."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    CUSTOM = "custom"


class Operator(_Word):
    """The four operators of a formula."""

    ADD = "+"
    SUBTRACT = "-"
    MULTIPLY = "*"
    DIVIDE = "/"


class Status(_Word):
    """The closed set of section 6, in order of precedence."""

    RESTRICTED = "restricted"
    ERROR = "error"
    NOT_STARTED = "not_started"
    NO_DATA = "no_data"
    NO_TARGET = "no_target"
    ACHIEVED = "achieved"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    OFF_TRACK = "off_track"


class Reason(_Word):
    """Why a number is undefined; the codes of the API."""

    NO_DATA = "no_data"
    NO_SOURCE = "no_source"
    ERROR = "error"
    RESTRICTED = "restricted"
    DIVISION_BY_ZERO = "division_by_zero"
    OPERAND_UNDEFINED = "operand_undefined"
    OVERFLOW = "overflow"
    NOT_STARTED = "not_started"
    NO_TARGET = "no_target"
    TARGET_INCOMPLETE = "target_incomplete"
    BASELINE_INCOMPLETE = "baseline_incomplete"
    NO_BASELINE = "no_baseline"
    BASELINE_BEYOND_TARGET = "baseline_beyond_target"
    TARGET_ZERO = "target_zero"
    NOT_POSITIVE = "not_positive"
    BAND_ZERO = "band_zero"
    NO_BAND = "no_band"
    NOTHING_ELAPSED = "nothing_elapsed"
    TOO_EARLY = "too_early"
    NOT_FORECAST = "not_forecast"


class DisagreementKind(_Word):
    """Which side of the headline falls short: the goal itself, or its drivers."""

    GOAL_MISSED = "goal_missed"
    DRIVERS_MISSED = "drivers_missed"


@dataclass(frozen=True)
class Undefined:
    """A number that does not exist, with the reason and what a person can do about it.

    `cause` names the node and message it all began with, where a formula handed the reason up.
    """

    code: Reason
    message: str
    cause: str = ""


Outcome = float | Undefined
"""A finite float, or why there is none."""

NumberT = TypeVar("NumberT", float, Decimal)
"""What arithmetic that is written once is done in."""


OVERFLOW = Undefined(
    Reason.OVERFLOW, phrase("The numbers are too large to compute with; check units and inputs.")
)


def finite(number: float) -> Outcome:
    """The number itself, or `overflow` where arithmetic left the range of floats."""
    return number if math.isfinite(number) else OVERFLOW


def outcome_of(raw: object) -> Outcome:
    """What a raw reading means: a finite float, `overflow` for an infinity, else `no_data`.

    NULL, NaN, booleans and anything that is not a number are missing, never 0.
    """
    if type(raw) is float and math.isfinite(raw):
        return raw
    if isinstance(raw, Undefined):
        return raw
    if isinstance(raw, (numbers.Real, Decimal)) and not isinstance(raw, bool) and raw == raw:
        try:
            return finite(float(raw))
        except OverflowError:
            return OVERFLOW
    return Undefined(Reason.NO_DATA, phrase("No value was read; check that the window holds data."))
