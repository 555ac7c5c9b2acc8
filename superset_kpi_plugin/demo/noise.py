"""Repeatable chance: every number depends on a seed, a name and a row's own keys, and on no other row.

So a day's rows stay as they are when later days are added, and whole columns are drawn at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)


def _mixed(state: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """SplitMix64's finaliser: neighbouring keys come out unrelated."""
    state = (state ^ (state >> np.uint64(30))) * _FIRST
    state = (state ^ (state >> np.uint64(27))) * _SECOND
    return state ^ (state >> np.uint64(31))


class Noise:
    def __init__(self, seed: int) -> None:
        self._seed = seed

    def uniform(self, name: str, *keys: Integers) -> Floats:
        """Between 0 and 1, one number per row of the keys."""
        state = np.full(len(keys[0]), (self._seed << 32) ^ crc32(name.encode()), dtype=np.uint64)
        for key in keys:
            state = _mixed(state * _GOLDEN + key.astype(np.uint64) + _GOLDEN)
        return (_mixed(state) >> np.uint64(11)).astype(np.float64) / 2.0**53

    def happens(self, name: str, chance: float | Floats, *keys: Integers) -> Flags:
        return self.uniform(name, *keys) < chance

    def normal(self, name: str, *keys: Integers) -> Floats:
        radius = np.sqrt(-2.0 * np.log1p(-self.uniform(name + "/radius", *keys)))
        result: Floats = radius * np.cos(2.0 * np.pi * self.uniform(name + "/angle", *keys))
        return result

    def days(self, name: str, mean: float, most: int, *keys: Integers) -> Integers:
        """A waiting time in whole days, often short and sometimes long, never above `most`."""
        wait = np.floor(-mean * np.log1p(-self.uniform(name, *keys)))
        result: Integers = np.minimum(wait, most).astype(np.int64)
        return result

    def pick(self, name: str, odds: Sequence[float], *keys: Integers) -> Integers:
        """The position of one of the odds, which sum to 1."""
        edges = np.cumsum(odds)[:-1]
        return np.searchsorted(edges, self.uniform(name, *keys), side="right").astype(np.int64)

    def counts(self, name: str, means: Floats, *keys: Integers) -> Integers:
        """How many rows each key gets: about as scattered as a Poisson count of that mean."""
        return np.maximum(0, np.rint(means + np.sqrt(means) * self.normal(name, *keys))).astype(np.int64)
