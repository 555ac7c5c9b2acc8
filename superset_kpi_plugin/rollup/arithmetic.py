"""What contributions are computed in: floats where they certainly do, else sixty digits (section 8)."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic

from superset_kpi_plugin.rollup.logmean import EXACT, log_mean, quick_log_mean
from superset_kpi_plugin.rollup.types import NumberT

_LEAST, _MOST = 1e-70, 1e70
"""Products and quotients of four numbers of these sizes are floats with all their digits."""


class UnsureError(ArithmeticError):
    """The arithmetic may have lost too many digits to answer."""


@dataclass(frozen=True)
class Arithmetic(Generic[NumberT]):
    """A kind of number, and what is known of its errors.

    `fits` tells whether numbers, given their absolute values, can be multiplied and divided without leaving
    the range where `rounding` is the largest relative error of one operation.
    """

    of: Callable[[float], NumberT]
    log_mean: Callable[[NumberT, NumberT], NumberT]
    fits: Callable[[Sequence[NumberT]], bool]
    rounding: float


def _fit_floats(sizes: Sequence[float]) -> bool:
    return min(filter(None, sizes), default=_LEAST) >= _LEAST and max(sizes) <= _MOST


def _fit_always(sizes: Sequence[Decimal]) -> bool:
    return True


FLOATS: Arithmetic[float] = Arithmetic(float, quick_log_mean, _fit_floats, sys.float_info.epsilon)
"""Quick; what they are unsure of is left to DIGITS."""

DIGITS: Arithmetic[Decimal] = Arithmetic(EXACT.create_decimal_from_float, log_mean, _fit_always, 0.0)
"""Within EXACT; whatever cancels on the way leaves enough digits, so their errors count for nothing."""
