import json
import math
from decimal import Decimal
from fractions import Fraction

import pytest

from superset_kpi_plugin.rollup import Reason, Status, Undefined, outcome_of
from superset_kpi_plugin.rollup.types import finite


@pytest.mark.parametrize("raw", [None, True, False, math.nan, "12", [], Decimal("NaN"), 1j])
def test_what_is_no_number_is_missing_and_never_zero(raw: object) -> None:
    outcome = outcome_of(raw)
    assert isinstance(outcome, Undefined)
    assert outcome.code is Reason.NO_DATA


@pytest.mark.parametrize(
    "raw", [math.inf, -math.inf, Decimal("Infinity"), 10**400, -(10**400), Decimal("1e999")]
)
def test_what_no_float_can_hold_overflows(raw: object) -> None:
    outcome = outcome_of(raw)
    assert isinstance(outcome, Undefined)
    assert outcome.code is Reason.OVERFLOW


@pytest.mark.parametrize("raw", [2.5, Decimal("2.5"), Fraction(5, 2)])
def test_numbers_of_any_kind_become_floats(raw: object) -> None:
    assert outcome_of(raw) == 2.5
    assert type(outcome_of(raw)) is float
    assert type(outcome_of(3)) is float


def test_an_undefined_reading_keeps_its_reason() -> None:
    restricted = Undefined(Reason.RESTRICTED, "Ask the owner.")
    assert outcome_of(restricted) is restricted


def test_finite_keeps_numbers_and_tells_overflow() -> None:
    assert finite(-1.5) == -1.5
    assert isinstance(finite(math.nan), Undefined)


def test_closed_sets_print_and_serialise_as_the_words_of_the_api() -> None:
    assert f"{Status.ON_TRACK}" == str(Status.ON_TRACK) == "on_track"
    assert json.dumps(Status.ON_TRACK) == '"on_track"'
