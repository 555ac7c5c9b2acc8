"""What a node and an influence of the demo's tree are made of."""

from __future__ import annotations

from dataclasses import dataclass

from superset_kpi_plugin.demo.catalogue import BY_MARKETING, Filter, Measurement, equals

ROOT = "revenue"
MARKETING, INSIDE_SALES, SALES, SUCCESS = "Marketing", "Inside sales", "Sales", "Customer success"
DEPARTMENTS = (MARKETING, INSIDE_SALES, SALES, SUCCESS)
DOLLARS, SHARE, WHOLE, DECIMAL = "$,.0f", ",.1%", ",.0f", ",.2f"


@dataclass(frozen=True)
class Node:
    """A KPI; with neither a measurement nor a formula its values are typed in."""

    key: str
    name: str
    description: str
    department: str
    unit: str
    d3format: str
    accumulation: str
    measurement: Measurement | None = None
    formula: str | None = None
    direction: str = "increase"
    stock_reading: str = "latest_day"
    empty: str = "missing"
    attainment_method: str | None = None
    rollup_method: str = "weighted_mean"
    pace_profile: str | None = None
    thresholds: tuple[float, float] | None = None
    owned: bool = True

    @property
    def source(self) -> str:
        if self.measurement is not None:
            return "metric"
        return "manual" if self.formula is None else "formula"


@dataclass(frozen=True)
class Influence:
    """A hypothesis: the child should move the parent, `lag` months later."""

    parent: str
    child: str
    weight: float = 0.5
    lag: int = 0
    sign: str | None = None


def read(dataset: str, metric: str, *filters: Filter, shift: int = 0) -> Measurement:
    return Measurement(dataset, metric, filters, shift)


NEW = (BY_MARKETING, equals("customer_type", "new"))
REPEAT = (BY_MARKETING, equals("customer_type", "repeat"))
