"""Both sides must give the same numbers."""

from __future__ import annotations

import pytest

from tests.bench.sides import check_same, differences


def test_the_same_numbers_to_the_ninth_digit() -> None:
    check_same({"a": 1.0, "b": 3e9}, {"a": 1.0 + 1e-12, "b": 3e9 + 1})


@pytest.mark.parametrize(
    ("ours", "theirs", "wrong"),
    [
        ({"a": 1.0}, {"a": 1.00001}, "a: 1.0 and 1.00001"),
        ({"a": None}, {"a": 1.0}, "a: None and 1.0"),
        ({"a": 1.0, "b": 2.0}, {"a": 1.0}, "b: only one side has it"),
    ],
)
def test_other_numbers_are_told(ours: dict, theirs: dict, wrong: str) -> None:  # type: ignore[type-arg]
    assert differences(ours, theirs) == [wrong]
    with pytest.raises(AssertionError, match="different numbers"):
        check_same(ours, theirs)


@pytest.mark.parametrize("nothing", [{}, {"a": None}])
def test_two_sides_without_numbers_do_not_count_as_the_same(nothing: dict) -> None:  # type: ignore[type-arg]
    with pytest.raises(AssertionError, match="missing"):
        check_same(nothing, nothing)
