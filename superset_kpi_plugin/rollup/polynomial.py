"""Polynomials with whole coefficients, lowest first, and their roots as far as floats tell them apart."""

from __future__ import annotations

import itertools
import math
import struct
import sys

Polynomial = tuple[int, ...]

_MAX = sys.float_info.max


def add(one: Polynomial, other: Polynomial) -> Polynomial:
    """Their sum."""
    pairs = itertools.zip_longest(one, other, fillvalue=0)
    return _trimmed([left + right for left, right in pairs])


def multiply(one: Polynomial, other: Polynomial) -> Polynomial:
    """Their product."""
    if not one or not other:
        return ()
    found = [0] * (len(one) + len(other) - 1)
    for index, left in enumerate(one):
        for offset, right in enumerate(other):
            found[index + offset] += left * right
    return _trimmed(found)


def negative(one: Polynomial) -> Polynomial:
    """Its opposite."""
    return tuple(-coefficient for coefficient in one)


def digits(one: Polynomial) -> int:
    """How many digits its coefficients have together: Python computes with 30 bits at a time."""
    return sum(coefficient.bit_length() // 30 + 1 for coefficient in one)


def sign_at(one: Polynomial, number: float) -> int:
    """−1, 0 or 1, exactly."""
    top, bottom = number.as_integer_ratio()
    total, scale = 0, 1
    for coefficient in reversed(one):
        total = total * top + coefficient * scale
        scale *= bottom
    return (total > 0) - (total < 0)


def roots(one: Polynomial) -> tuple[tuple[float, float], ...]:
    """Where it is or crosses 0: a float twice, or two neighbouring floats with the root between them.

    A root in the middle of two neighbours that it only touches is not seen; `extremes` has its place.
    """
    return _between(one, _knots(one))


def extremes(one: Polynomial) -> tuple[tuple[float, float], ...]:
    """Where its slope is or crosses 0, in the same way."""
    return roots(_slope(one))


def _knots(one: Polynomial) -> list[float]:
    """Floats between which it only rises or only falls."""
    places = itertools.chain.from_iterable(extremes(one)) if len(one) > 2 else ()
    return sorted({-_MAX, *places, _MAX})


def _between(one: Polynomial, knots: list[float]) -> tuple[tuple[float, float], ...]:
    if len(one) < 2:
        return ()
    signs = [sign_at(one, knot) for knot in knots]
    found: list[tuple[float, float]] = []
    for index, (knot, sign) in enumerate(zip(knots, signs, strict=True)):
        if sign == 0:
            found.append((knot, knot))
        elif index + 1 < len(knots) and sign * signs[index + 1] < 0:
            found.append(_narrowed(one, knot, knots[index + 1], sign))
    return tuple(found)


def _narrowed(one: Polynomial, low: float, high: float, sign: int) -> tuple[float, float]:
    """The neighbouring floats around a crossing between two others, by halving the floats in between."""
    start, end = _rank(low), _rank(high)
    while end - start > 1:
        middle = (start + end) // 2
        here = sign_at(one, _float(middle))
        if here == 0:
            return _float(middle), _float(middle)
        start, end = (middle, end) if here == sign else (start, middle)
    return _float(start), _float(end)


def _slope(one: Polynomial) -> Polynomial:
    return tuple(power * coefficient for power, coefficient in enumerate(one) if power)


def _trimmed(coefficients: list[int]) -> Polynomial:
    while coefficients and coefficients[-1] == 0:
        coefficients.pop()
    return tuple(coefficients)


def _rank(number: float) -> int:
    """A float's place among all floats, 0 for 0."""
    bits: int = struct.unpack("<q", struct.pack("<d", abs(number)))[0]
    return -bits if math.copysign(1.0, number) < 0 else bits


def _float(rank: int) -> float:
    found: float = struct.unpack("<d", struct.pack("<q", abs(rank)))[0]
    return -found if rank < 0 else found
