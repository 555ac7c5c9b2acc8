"""The arithmetic that SQL implies."""

from __future__ import annotations

import pytest

from superset_kpi_plugin.services.sql_formula import (
    Aggregate,
    Number,
    Operation,
    Term,
    as_filter,
    canonical,
    conditions,
    parse_sql,
    split,
    terms,
)


def told(term: Term | None) -> str:
    """A term as text, with what of an aggregate is told apart."""
    if term is None:
        return "nothing"
    if isinstance(term, Number):
        return term.text
    if isinstance(term, Operation):
        return f"({told(term.left)} {term.operator} {told(term.right)})"
    condition = f" where {term.condition.sql()}" if term.condition is not None else ""
    return f"{term.whole.sql()}{condition}" + (" or 0" if term.empty == "zero" and condition else "")


def read(sql: str, dialect: str | None = None) -> str:
    tree = parse_sql(sql, dialect)
    return "no SQL" if tree is None else told(terms(tree))


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SUM(a) / SUM(b)", "(SUM(a) / SUM(b))"),
        ("SUM(a) * 1.0 / NULLIF(SUM(b), 0)", "(SUM(a) / SUM(b))"),
        ("CAST(SUM(a) AS FLOAT) / COALESCE(COUNT(*), 0)", "(SUM(a) / COUNT(*))"),
        ("ROUND(100.0 * SUM(a) / SUM(b), 2)", "((100.0 * SUM(a)) / SUM(b))"),
        ("COALESCE(SUM(a) / SUM(b), 0)", "(SUM(a) / SUM(b))"),
        ("CASE WHEN SUM(b) = 0 THEN NULL ELSE SUM(a) / SUM(b) END", "(SUM(a) / SUM(b))"),
        ("CASE WHEN SUM(b) > 0 THEN SUM(a) / SUM(b) END", "(SUM(a) / SUM(b))"),
        ("SUM(a) - (SUM(b) + SUM(c))", "(SUM(a) - (SUM(b) + SUM(c)))"),
        ("-SUM(a)", "(0 - SUM(a))"),
        ("SUM(a) + 5", "(SUM(a) + 5)"),
        ("SUM(a) * .5 + 2.", "((SUM(a) * 0.5) + 2)"),
        ("SUM(a) / 1e3", "nothing"),
        ("SUM(CASE WHEN x = 1 THEN a ELSE 0 END)", "SUM(a) where x = 1 or 0"),
        ("SUM(CASE WHEN x = 1 THEN a END)", "SUM(a) where x = 1"),
        ("SUM(CASE WHEN x = 1 THEN 1 ELSE 0 END)", "COUNT(*) where x = 1 or 0"),
        ("COUNT(CASE WHEN x = 1 THEN 1 END)", "COUNT(*) where x = 1 or 0"),
        ("COUNT(DISTINCT CASE WHEN x = 1 THEN a END)", "COUNT(DISTINCT a) where x = 1 or 0"),
        ("AVG(CASE WHEN x = 1 THEN a END)", "AVG(a) where x = 1"),
        ("SUM(a) FILTER (WHERE x = 1)", "SUM(a) where x = 1"),
        ("COALESCE(SUM(a) FILTER (WHERE x = 1), 0)", "SUM(a) where x = 1 or 0"),
        ("COUNT(*) FILTER (WHERE x = 1)", "COUNT(*) where x = 1 or 0"),
        # Not the same over fewer rows, so it stays whole.
        ("AVG(CASE WHEN x = 1 THEN a ELSE 0 END)", "AVG(CASE WHEN x = 1 THEN a ELSE 0 END)"),
        ("SUM(CASE WHEN x = 1 THEN a ELSE b END)", "SUM(CASE WHEN x = 1 THEN a ELSE b END)"),
        ("SUM(CASE WHEN x = 1 THEN a WHEN y THEN b END)", "SUM(CASE WHEN x = 1 THEN a WHEN y THEN b END)"),
        # No arithmetic over aggregates.
        ("SUM(a) || 'x'", "nothing"),
        ("SQRT(SUM(a))", "nothing"),
        ("CASE WHEN SUM(a) > SUM(b) THEN SUM(a) / SUM(b) END", "nothing"),
        ("CASE WHEN SUM(a) > 0 THEN SUM(a) ELSE 0 END", "nothing"),
        ("a", "nothing"),
        # No expression at all.
        ("{{ metric('a') }}", "no SQL"),
        ("", "no SQL"),
        ("SUM(", "no SQL"),
        ("SUM(a) FROM secrets", "no SQL"),
        ("SUM(a), SUM(b)", "no SQL"),
        ("1; DROP TABLE x", "no SQL"),
        ("+".join(["SUM(a)"] * 500), "no SQL"),
        ("(" * 500 + "SUM(a)" + ")" * 500, "no SQL"),
    ],
)
def test_what_sql_computes(sql: str, found: str) -> None:
    assert read(sql) == found


@pytest.mark.parametrize(
    ("sql", "dialect"), [("SAFE_DIVIDE(SUM(a), SUM(b))", "bigquery"), ("DIV0(SUM(a), SUM(b))", "snowflake")]
)
def test_divisions_that_databases_spell_their_own_way(sql: str, dialect: str) -> None:
    assert read(sql, dialect) == "(SUM(a) / SUM(b))"


@pytest.mark.parametrize(
    ("sql", "found"),
    [
        ("SUM(a - b)", "(SUM(a) - SUM(b))"),
        ("AVG(a)", "(SUM(a) / COUNT(a))"),
        (
            "AVG(CASE WHEN x THEN 1.0 ELSE 0 END)",
            "(COUNT(*) where x or 0 / COUNT(*))",
        ),
        ("SUM(a * b)", "nothing"),
        ("SUM(a + 1)", "nothing"),
        ("COUNT(a)", "nothing"),
    ],
)
def test_one_aggregate_as_several(sql: str, found: str) -> None:
    tree = parse_sql(sql, None)
    assert tree is not None
    term = terms(tree)
    assert isinstance(term, Aggregate)
    assert told(split(term)) == found


def test_two_ways_to_write_the_same_are_the_same() -> None:
    ways = ("SUM(Amount)", 'sum( "amount" )', "(SUM(t.amount))")
    assert len({canonical(parse_sql(sql, None)) for sql in ways}) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SUM(a)", "SUM(b)"),
        ("(SUM(a) + SUM(b)) * 2", "SUM(a) + SUM(b) * 2"),
        ("COUNT(a)", "COUNT(DISTINCT a)"),
        ("SUM(CASE WHEN x = 'A' THEN a END)", "SUM(CASE WHEN x = 'a' THEN a END)"),
        ("SUM(CASE WHEN x = '1' THEN a END)", "SUM(CASE WHEN x = 1 THEN a END)"),
    ],
)
def test_what_means_something_else_is_something_else(one: str, other: str) -> None:
    assert canonical(parse_sql(one, None)) != canonical(parse_sql(other, None))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sql", "filters"),
    [
        ("x = 'web'", [("x", "==", "web")]),
        ("x <> 3 AND (y >= 2.5)", [("x", "!=", 3), ("y", ">=", 2.5)]),
        ("x IN ('a', 'b')", [("x", "IN", ["a", "b"])]),
        ("z = 1", ["z = 1"]),
        ("x IS NULL", ["x IS NULL"]),
        ("x = y", ["x = y"]),
        ("x = 1 OR y = 2", ["x = 1 OR y = 2"]),
        ("x = -1", ["x = -1"]),
        ("x = 1E3", [("x", "==", 1000.0)]),
        ("x = 1E999", ["x = 1E999"]),
        ("x = 9007199254740993", ["x = 9007199254740993"]),
        (f"x = {'9' * 5000}", [f"x = {'9' * 5000}"]),
    ],
)
def test_conditions_as_adhoc_filters(sql: str, filters: list[object]) -> None:
    tree = parse_sql(sql, None)
    assert tree is not None
    found = [as_filter(part, frozenset("xy"), lambda part: part.sql()) for part in conditions(tree)]
    assert [
        row.get("sqlExpression") or (row["subject"], row["operator"], row["comparator"]) for row in found
    ] == filters
