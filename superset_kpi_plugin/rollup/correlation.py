"""Pearson's correlation of two series of changes (section 7)."""

from __future__ import annotations

import math
from collections.abc import Sequence


def pearson(pairs: Sequence[tuple[float, float]], rounding: tuple[float, float] = (0.0, 0.0)) -> float | None:
    """The correlation, within [−1, 1]; None where a side does not vary by more than its rounding."""
    if not pairs:
        return None
    ones, others = (_standard([pair[side] for pair in pairs], rounding[side]) for side in (0, 1))
    if ones is None or others is None:
        return None
    found = math.fsum(one * other for one, other in zip(ones, others, strict=True))
    return min(max(found, -1.0), 1.0)


def _standard(numbers: list[float], rounding: float) -> list[float] | None:
    """Deviations from the mean, their squares summing to 1; None where all there is may be rounding."""
    if max(numbers) / 2 - min(numbers) / 2 <= rounding:
        return None
    # A power of two is exact, and keeps squares from leaving the range of floats.
    _, exponent = math.frexp(max(abs(number) for number in numbers))
    scaled = [math.ldexp(number, -exponent) for number in numbers]
    mean = math.fsum(scaled) / len(scaled)
    apart = [number - mean for number in scaled]
    length = math.hypot(*apart)
    return [number / length for number in apart]
