"""What a benchmark says: rows of a number and what is required of it, as a table and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("", "value", "required", "")


@dataclass(frozen=True)
class Row:
    """One number. `value` is None where it could not be measured; `met` is None where nothing is required."""

    name: str
    value: float | None
    unit: str
    required: str | None = None
    met: bool | None = None

    @property
    def missed(self) -> bool:
        return self.required is not None and not self.met


def at_least(name: str, value: float | None, bound: float, unit: str = "×") -> Row:
    return Row(name, value, unit, f"≥ {bound:g}", value is not None and value >= bound)


def at_most(name: str, value: float | None, bound: float, unit: str = "×") -> Row:
    return Row(name, value, unit, f"≤ {bound:g}", value is not None and value <= bound)


def row_of(row: Row | Mapping[str, object]) -> Row:
    """A row that another bench wrote, perhaps as a mapping of the same five names."""
    return Row(**row) if isinstance(row, Mapping) else row  # type: ignore[arg-type]


def render(rows: Sequence[Row], headings: bool = True) -> str:
    """The rows as a table for a terminal; a row that misses its requirement is marked."""
    cells = [HEADINGS, *((row.name, _number(row), row.required or "", _mark(row)) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    lines = [
        f"{name:<{widths[0]}}  {value:>{widths[1]}}  {required:<{widths[2]}}  {mark}".rstrip()
        for name, value, required, mark in cells
    ]
    above = [lines[0], "─" * (sum(widths) + 6)] if headings else []
    return "\n".join([*above, *lines[1:]])


def write(rows: Sequence[Row], machine: Mapping[str, str], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"machine": dict(machine), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def _number(row: Row) -> str:
    if row.value is None:
        return "not measured"
    text = f"{row.value:,.0f}" if abs(row.value) >= 100 else f"{row.value:,.2f}"
    return f"{text} {row.unit}".rstrip()


def _mark(row: Row) -> str:
    if row.required is None:
        return ""
    return "✗ missed" if row.missed else "✓"
