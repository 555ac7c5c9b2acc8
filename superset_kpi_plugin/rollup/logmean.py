"""The logarithmic mean of two numbers of one sign (section 8)."""

from __future__ import annotations

from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal

EXACT = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Where contributions are computed: far beyond floats, so that whatever cancels leaves enough digits."""

_CLOSE = Decimal("1e-15")


def log_mean(one: Decimal, other: Decimal) -> Decimal:
    """L(a, b) = (a − b) / ln(a / b), and L(a, a) = a; both above or both below 0."""
    step = (one - other) / other
    if abs(step) < _CLOSE:
        # The quotient's own rounding would weigh more than its logarithm; five terms are exact here.
        series = 1 + step / 2 - step**2 / 12 + step**3 / 24 - 19 * step**4 / 720
        return other * series
    return (one - other) / (one / other).ln()
