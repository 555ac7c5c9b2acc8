"""Rows, the table and bench.json."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bench.table import Row, at_least, at_most, render, row_of, write


@pytest.mark.parametrize(
    ("row", "met"),
    [
        (at_least("a", 10.0, 10), True),
        (at_least("a", 9.99, 10), False),
        (at_most("a", 1.3, 1.3), True),
        (at_most("a", 1.31, 1.3), False),
        (at_least("a", None, 10), False),
        (at_most("a", None, 1.3), False),
        (Row("a", 5.0, "ms"), None),
    ],
)
def test_a_requirement_is_met_at_its_bound_and_never_by_what_was_not_measured(row: Row, met: bool) -> None:
    assert row.met is met
    assert row.missed is (met is False)


def test_the_table_marks_what_misses() -> None:
    rows = [at_least("faster", 12.5, 10), at_most("floor", 1.52, 1.3), Row("  evaluate", 1234.5, "ms")]
    lines = render([*rows, at_most("history", None, 1.3)]).splitlines()[2:]
    assert [line.split() for line in lines] == [
        ["faster", "12.50", "×", "≥", "10", "✓"],
        ["floor", "1.52", "×", "≤", "1.3", "✗", "missed"],
        ["evaluate", "1,234", "ms"],
        ["history", "not", "measured", "≤", "1.3", "✗", "missed"],
    ]
    assert render(rows, headings=False).splitlines() == render(rows).splitlines()[2:]
    assert len({line.index(mark) for line in lines for mark in "✓✗" if mark in line}) == 1


def test_rows_of_other_benches_are_taken_as_mappings_too() -> None:
    row = at_most("roll-up", 1.0, 2)
    told = {"name": "roll-up", "value": 1.0, "unit": "×", "required": "≤ 2", "met": True}
    assert row_of(told) == row == row_of(row)


def test_the_file_has_a_row_for_each_number(tmp_path: Path) -> None:
    path = tmp_path / "build" / "bench.json"
    write([at_least("faster", 12.5, 10), Row("evaluate", None, "ms")], {"Python": "3.11"}, path)
    assert json.loads(path.read_text()) == {
        "machine": {"Python": "3.11"},
        "rows": [
            {"name": "faster", "value": 12.5, "unit": "×", "required": "≥ 10", "met": True},
            {"name": "evaluate", "value": None, "unit": "ms", "required": None, "met": None},
        ],
    }
