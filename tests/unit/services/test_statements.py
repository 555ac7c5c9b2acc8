"""The planner: every wished number comes from one statement, and there are no more statements than needed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.services import statements
from superset_kpi_plugin.services.statements import (
    MOST_GROUPS,
    MOST_METRICS,
    Cell,
    Rows,
    Span,
    Statement,
    Values,
    last_days,
    plan,
)

EVERYTHING = Rows("day")
LOOK_ALIKES = ["North", "north", "NORTH ", "\uff2eorth", "stra\u00dfe", "STRASSE", "", " ", "%", "a:b", "\\"]


def months(count: int, first: int = 0) -> list[Span]:
    """Whole months in a row from January 2024 on."""
    starts = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(first, first + count + 1)]
    return list(pairwise(starts))


dates = st.dates(date(2025, 1, 1), date(2025, 3, 1))
spans = st.one_of(
    st.sampled_from(months(14)),
    st.tuples(st.one_of(st.none(), dates), st.integers(1, 60)).map(
        lambda drawn: (drawn[0], (drawn[0] or date(2025, 2, 1)) + timedelta(days=drawn[1]))
    ),
)
rows = st.builds(
    Rows,
    st.sampled_from(["day", "day", "day", "shipped"]),
    st.sampled_from(["[]", "[]", "[]", '[{"col": "region"}]']),
    st.sampled_from(["", "", "", "(amount > 10)"]),
)
scalars = {
    "flag": st.booleans(),
    "region": st.sampled_from(LOOK_ALIKES),
    "size": st.one_of(st.integers(-2, 2).map(float), st.sampled_from([0.1, -0.0, 1e15])),
}


@st.composite
def cells(draw: st.DrawFn) -> Cell:
    columns = tuple(sorted(draw(st.sets(st.sampled_from(sorted(scalars))))))
    return Cell(
        draw(st.sampled_from(["amount", "rows", "ratio"])),
        draw(spans),
        draw(rows),
        columns,
        tuple(draw(scalars[column]) for column in columns),
        draw(st.sampled_from([None, None, "country"])),
        draw(st.sampled_from([False, False, False, True])),
    )


many_cells = st.lists(cells(), max_size=40, unique=True)


def answers(statement: Statement, cell: Cell) -> bool:
    """Whether a group of the statement holds exactly the cell's rows, and its metric is computed there."""
    return (
        (statement.rows, statement.columns, statement.by) == (cell.rows, cell.columns, cell.by)
        and statement.daily == cell.daily
        and cell.span in statement.spans
        and cell.metric in statement.metrics
        and cell.values in statement.values
    )


def groups(statement: Statement, members: int) -> int:
    """The most groups an answer may have: any of the values may come together."""
    distinct = [len(set(some)) for some in zip(*statement.values, strict=True)]
    times = sum((until - (since or date.min)).days for since, until in statement.spans)
    times = times if statement.daily else len(statement.spans)
    return math.prod(distinct) * times * (members if statement.by else 1)


@given(many_cells)
def test_every_cell_is_answered(wished: list[Cell]) -> None:
    found = plan(wished)
    for cell in wished:
        assert any(answers(statement, cell) for statement in found), cell


@given(many_cells)
def test_every_cell_is_answered_once_where_all_wish_for_the_same_windows(wished: list[Cell]) -> None:
    all_spans = {cell.span for cell in wished}
    found = plan(cell._replace(span=span) for cell in wished for span in all_spans)
    for cell in wished:
        assert sum(answers(statement, cell) for statement in found) == 1, cell


@given(many_cells)
def test_nothing_is_read_that_nobody_wished(wished: list[Cell]) -> None:
    """Each metric, each span and each combination of values of a statement is some cell's."""
    for statement in plan(wished):
        mine = [cell for cell in wished if answers(statement, cell)]
        assert {cell.metric for cell in mine} == set(statement.metrics)
        assert {cell.span for cell in mine} == set(statement.spans)
        assert {cell.values for cell in mine} == set(statement.values)
        for parts in (statement.metrics, statement.spans, statement.values):
            assert len(set(parts)) == len(parts) > 0


@given(many_cells)
def test_the_spans_of_a_statement_are_in_order_and_share_no_day(wished: list[Cell]) -> None:
    for statement in plan(wished):
        assert all(since is None or since < until for since, until in statement.spans)
        for (_, until), (since, _until) in pairwise(statement.spans):
            assert since is not None
            assert until <= since
        assert statement.hull == (statement.spans[0][0], max(until for _, until in statement.spans))


@given(many_cells)
def test_values_that_a_database_may_take_for_one_another_are_never_in_one_statement(
    wished: list[Cell],
) -> None:
    for statement in plan(wished):
        for index in range(len(statement.columns)):
            texts = {values[index] for values in statement.values if isinstance(values[index], str)}
            for one, other in combinations(sorted(map(str, texts)), 2):
                assert one.casefold().strip() != other.casefold().strip()
                assert {one, other} not in ({"North", "\uff2eorth"}, {"stra\u00dfe", "STRASSE"}, {"", " "})


@given(many_cells, st.integers(1, 50))
def test_no_answer_has_more_groups_than_superset_gives_rows(wished: list[Cell], members: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(statements, "MOST_GROUPS", 60)
        for statement in plan(wished, members):
            alone = len(statement.values) == 1
            assert alone or groups(statement, members) <= 60


@given(many_cells, st.randoms(use_true_random=False))
def test_the_order_of_the_wishes_does_not_change_what_can_be_answered(
    wished: list[Cell], luck: object
) -> None:
    shuffled = wished[:]
    luck.shuffle(shuffled)  # type: ignore[attr-defined]
    found = plan(shuffled)
    assert all(any(answers(statement, cell) for statement in found) for cell in wished)


def history(metric: str, spans: Sequence[Span], columns: tuple[str, ...] = (), *values: Values) -> list[Cell]:
    return [Cell(metric, span, EVERYTHING, columns, some) for some in values or [()] for span in spans]


def test_twelve_closed_months_and_the_current_one_of_many_nodes_are_one_statement() -> None:
    wished = [cell for node in range(40) for cell in history(f"m{node}", months(13))]
    (one,) = plan(wished)
    assert (len(one.spans), len(one.metrics), one.whole, one.apart) == (13, 40, True, None)


def test_two_hundred_equality_combinations_are_one_statement() -> None:
    values = [(f"region {index % 20}", float(index)) for index in range(200)]
    (one,) = plan(history("amount", months(1), ("region", "size"), *values))
    assert sorted(one.values, key=repr) == sorted(values, key=repr)
    assert not one.whole


def test_filters_windows_time_columns_and_members_are_told_apart() -> None:
    (span,) = months(1)
    apart = [
        Cell("amount", span, EVERYTHING),
        Cell("amount", span, Rows("shipped")),
        Cell("amount", span, Rows("day", where="(x)")),
        Cell("amount", span, Rows("day", '[{"col": "region"}]')),
        Cell("amount", span, EVERYTHING, ("region",), ("North",)),
        Cell("amount", span, EVERYTHING, by="region"),
        Cell("amount", (span[0], span[1] + timedelta(days=1)), EVERYTHING),
    ]
    found = plan(apart)
    assert len(found) == len(apart)
    assert sorted(str(statement.apart) for statement in found) == ["None"] * 4 + ["filters"] * 2 + ["window"]


def test_windows_that_few_metrics_need_are_not_read_for_the_others() -> None:
    wished = history("growth", months(12)) + [
        cell for name in ("a", "b") for cell in history(name, months(12, 24))
    ]
    found = plan(wished)
    assert {(statement.metrics, len(statement.spans)) for statement in found} == {
        (("growth",), 12),
        (("a", "b"), 12),
    }


def test_a_shift_by_a_month_joins_the_history_it_overlaps() -> None:
    (one,) = plan(history("now", months(12, 1)) + history("before", months(12)))
    assert (one.metrics, len(one.spans)) == (("before", "now"), 13)


def test_days_come_from_one_span_at_a_time() -> None:
    wished = [Cell(name, span, EVERYTHING, daily=True) for name in "ab" for span in months(2)]
    wished += [Cell(name, span, EVERYTHING) for name in "ab" for span in months(2)]
    found = plan(wished)
    assert sorted((one.daily, one.metrics, len(one.spans)) for one in found) == [
        (False, ("a", "b"), 2),
        (True, ("a", "b"), 1),
        (True, ("a", "b"), 1),
    ]


def test_overlapping_windows_take_as_few_statements_as_overlap_at_once() -> None:
    to_date = [(None, until) for _, until in months(3)]
    assert [len(one.spans) for one in plan(history("held", to_date))] == [1, 1, 1]
    staggered = [(date(2026, 1, day), date(2026, 1, day + 2)) for day in range(1, 21)]
    assert [len(one.spans) for one in plan(history("rolling", staggered))] == [10, 10]


def test_metrics_beyond_what_a_statement_holds_are_read_by_a_second_one() -> None:
    wished = [Cell(f"m{index}", months(1)[0], EVERYTHING) for index in range(MOST_METRICS + 1)]
    assert sorted(len(one.metrics) for one in plan(wished)) == [1, MOST_METRICS]


def test_groups_beyond_what_an_answer_holds_are_read_by_more_statements() -> None:
    values = [(float(index), f"r{index}") for index in range(500)]
    found = plan(history("amount", months(1), ("size", "region"), *values))
    assert len(found) > 1
    assert all(groups(one, 1) <= MOST_GROUPS for one in found)
    assert sum(len(one.values) for one in found) == 500


def test_the_last_days_of_many_windows_are_one_statement() -> None:
    (one,) = last_days("day", months(13))
    assert (one.metrics, one.whole, len(one.spans)) == ((), True, 13)
    assert len(last_days("day", [*months(2), (months(1)[0][0], months(2)[1][1])])) == 2


def test_a_statement_is_halved_by_metrics_then_values_then_spans() -> None:
    (one,) = plan([Cell(name, months(1)[0], EVERYTHING) for name in "abcde"])
    assert [half.metrics for half in one.halves()] == [("a", "b"), ("c", "d", "e")]
    (one,) = plan(history("amount", months(3), ("region",), ("a",), ("b",)))
    assert [half.values for half in one.halves()] == [(("a",),), (("b",),)]
    (half, _other) = one.halves()
    assert [len(part.spans) for part in half.halves()] == [1, 2]
    assert half.halves()[0].halves() == []


def test_combinations_of_values_are_read_one_by_one_where_the_labels_cannot_be_told_apart() -> None:
    (one,) = plan(history("amount", months(2), ("region",), ("a",), ("b",)))
    assert [(part.values, part.spans, part.apart) for part in one.one_by_one()] == [
        ((("a",),), one.spans, "labels"),
        ((("b",),), one.spans, "labels"),
    ]
