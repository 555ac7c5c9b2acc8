"""Rows of targets and typed-in values: read quickly, and as marshmallow reads them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from marshmallow import ValidationError, fields

DAYS = [
    "2026-01-01",
    "2026-02-01",
    "2026-2-1",
    "20260201",
    "2026-W05-1",
    "2026-01-01\n",
    "２０２６-01-01",
    "2026-02-30",
]
NUMBERS = [0, -0.0, 1.5, 10**15, 10**400, 1e308, float("nan"), float("inf"), True, "1"]
TEXTS = ["region", "North", "", "a" * 300, "a\x00"]
ODD: list[Any] = [None, [], {}, {"a": 1}]
NAMES = {
    **dict.fromkeys(("start", "end"), st.sampled_from([*DAYS, *ODD])),
    **dict.fromkeys(("value", "baseline", "lower", "upper"), st.sampled_from([*NUMBERS, *ODD])),
    **dict.fromkeys(("dimension", "member"), st.sampled_from([*TEXTS, *ODD])),
    **dict.fromkeys(("id", "misspelt"), st.sampled_from(ODD)),
}
RIGHT = {"start": "2026-01-01", "end": "2026-02-01", "value": 1}
rows = st.one_of(
    st.fixed_dictionaries({}, optional=NAMES),
    st.fixed_dictionaries({}, optional=NAMES).map(lambda row: {**RIGHT, **row}),
    st.fixed_dictionaries({}, optional=NAMES).map(lambda row: {**row, **RIGHT}),
    st.sampled_from([*ODD, "row"]),
)


def read(field: fields.Nested, row: Any) -> Any:
    """What is loaded, with the types of its values, or what is told to be wrong."""
    try:
        return {name: (type(value), repr(value)) for name, value in field.deserialize(row).items()}
    except ValidationError as ex:
        return ex.messages


@pytest.fixture(scope="module")
def schemas(session_app: Flask) -> ModuleType:
    """The module, which can be imported once there is an app."""
    from superset_kpi_plugin import schemas

    return schemas


@pytest.mark.parametrize("name", ["TargetSchema", "ManualValueSchema"])
@settings(max_examples=400)
@given(row=rows)
def test_a_row_is_read_and_refused_as_marshmallow_does(schemas: ModuleType, name: str, row: Any) -> None:
    schema = getattr(schemas, name)
    assert read(schemas.Row(schema), row) == read(fields.Nested(schema), row)


def test_a_plain_row_takes_the_short_way(schemas: ModuleType) -> None:
    targets, values = schemas.TargetSchema(), schemas.ManualValueSchema()
    whole = {"dimension": None, "member": None, "value": 1, "baseline": None, "lower": None, "upper": None}
    assert targets.plain({**RIGHT, **whole}) == targets.load({**RIGHT, **whole})
    assert values.plain(RIGHT) == values.load(RIGHT)
    assert targets.plain({**RIGHT, "end": RIGHT["start"]}) is None
