"""Override: what takes the place of a node's actual or target (section 9)."""

from __future__ import annotations

import math
from dataclasses import dataclass

from superset_kpi_plugin.rollup.errors import SpecError
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.types import Outcome, Undefined, finite


@dataclass(frozen=True)
class Override:
    """What takes the place of a number: a value, or the number itself ± so many percent."""

    value: float | None = None
    percent: float | None = None

    def __post_init__(self) -> None:
        given = [number for number in (self.value, self.percent) if number is not None]
        if len(given) != 1 or not math.isfinite(given[0]):
            raise SpecError(phrase("An override is either a value or a percentage, and a finite number."))

    def of(self, number: Outcome) -> Outcome:
        """What becomes of a number; a percentage of what is undefined stays undefined."""
        if self.value is not None:
            return float(self.value)
        return number if isinstance(number, Undefined) else finite(self.scaled(number))

    def scaled(self, number: float) -> float:
        """A number ± so many percent; as it is for a value."""
        return number + number * (self.percent or 0.0) / 100


@dataclass(frozen=True)
class NodeOverride:
    """What is overridden of one node."""

    actual: Override | None = None
    target: Override | None = None
