"""The arithmetic that a metric's SQL implies: operations over aggregates, each of which may be a KPI.

`SUM(a) / NULLIF(SUM(b), 0)` is a quotient of two aggregates. What only guards a division, changes a type or
rounds is left out: the parent is still measured by its own SQL, and what its formula does not say shows up as
its unexplained amount.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import sqlglot
from sqlglot import exp

Operator = Literal["+", "-", "*", "/"]
EMPTY = Literal["missing", "zero"]

DEEPEST = 100
"""How many expressions may stand inside each other: more is no arithmetic that a person follows."""

_OPERATORS: Mapping[type[exp.Expression], Operator] = {
    exp.Add: "+",
    exp.Sub: "-",
    exp.Mul: "*",
    exp.Div: "/",
    exp.SafeDivide: "/",
}
_SPLIT = (exp.Sum, exp.Avg)


@dataclass(frozen=True)
class Aggregate:
    """An aggregate over rows, `condition` told apart: over rows where that holds; None where all count.

    `empty` is what it is when no row matches though there are rows.
    """

    sql: exp.Expression
    whole: exp.Expression
    condition: exp.Expression | None = None
    empty: EMPTY = "missing"


@dataclass(frozen=True)
class Number:
    """A number in a formula, as digits."""

    text: str


@dataclass(frozen=True)
class Operation:
    """Two operands and what joins them; `sql` is the expression they stand for."""

    operator: Operator
    left: Term
    right: Term
    sql: exp.Expression


Computed = Aggregate | Operation
Term = Computed | Number


def parse_sql(sql: str, dialect: Any) -> exp.Expression | None:
    """One SQL expression, or None where it is a template, not understood, or too deep to follow."""
    if "{{" in sql or "{%" in sql or not sql.strip():
        return None
    try:
        parsed = sqlglot.parse(f"SELECT {sql}", dialect=dialect)
    except (sqlglot.errors.SqlglotError, RecursionError):
        return None
    select = parsed[0]
    if len(parsed) != 1 or not isinstance(select, exp.Select) or len(select.expressions) != 1:
        return None
    if any(value for name, value in select.args.items() if name != "expressions"):
        return None
    expression: exp.Expression = select.expressions[0].unalias()
    return expression if _depth(expression) <= DEEPEST else None


def _depth(tree: exp.Expression) -> int:
    """How many expressions stand inside each other."""
    level, depth = [tree], 0
    while level:
        depth += 1
        level = [child for item in level for child in item.iter_expressions()]
    return depth


def plain(tree: exp.Expression) -> exp.Expression:
    """An expression without what changes only its type, its last digits or a division by zero."""
    while True:
        inner = _inner(tree)
        if inner is None:
            return tree
        tree = inner


def _inner(tree: exp.Expression) -> exp.Expression | None:
    if isinstance(tree, (exp.Paren, exp.Cast, exp.TryCast, exp.Round)):
        return tree.this
    if isinstance(tree, exp.Nullif) and _is_zero(tree.expression):
        return tree.this
    if isinstance(tree, exp.Coalesce) and len(tree.expressions) == 1 and _is_zero(tree.expressions[0]):
        # Around a quotient or a divisor; of an aggregate it says what it is without rows: see `_aggregate`.
        return None if isinstance(plain(tree.this), (exp.AggFunc, exp.Filter)) else tree.this
    return _guarded(tree)


def _guarded(tree: exp.Expression) -> exp.Expression | None:
    """What `CASE WHEN SUM(b) = 0 THEN NULL ELSE … END` guards, where it guards a division."""
    if isinstance(tree, exp.If) and tree.args.get("true") is not None:
        branches, otherwise = [tree], tree.args.get("false")
    elif isinstance(tree, exp.Case) and tree.this is None:
        branches, otherwise = tree.args["ifs"], tree.args.get("default")
    else:
        return None
    if len(branches) != 1 or not _asks_for_nothing(branches[0].this):
        return None
    kept = [value for value in (branches[0].args["true"], otherwise) if not _is_nothing(value)]
    return kept[0] if len(kept) == 1 and kept[0].find(exp.Div, exp.SafeDivide) else None


def _asks_for_nothing(condition: exp.Expression) -> bool:
    """Whether a condition holds an aggregate against 0 or NULL."""
    against = condition.find(exp.Null) or any(map(_is_zero, condition.find_all(exp.Literal)))
    return bool(against) and condition.find(exp.AggFunc) is not None


def _is_zero(tree: exp.Expression | None) -> bool:
    tree = tree and tree.unnest()
    return isinstance(tree, exp.Literal) and not tree.is_string and float(tree.this) == 0


def _is_nothing(tree: exp.Expression | None) -> bool:
    return tree is None or isinstance(tree, exp.Null) or _is_zero(tree)


def terms(tree: exp.Expression) -> Term | None:
    """What an expression computes from aggregates; None where it is anything else.

    A sum or mean of a sum is taken for the sum of two, a mean of a condition for a share.
    """
    tree = plain(tree)
    operator = _OPERATORS.get(type(tree))
    if operator is not None:
        return _operation(operator, tree, terms(tree.this), terms(tree.expression))
    if isinstance(tree, exp.Literal) and not tree.is_string:
        return _number(tree.this)
    if isinstance(tree, exp.Neg):
        return _operation("-", tree, Number("0"), terms(tree.this))
    return _aggregate(tree)


def _number(text: str) -> Number | None:
    """A number as formulas write it, digits with or without a fraction; None for 1e3, and out of range."""
    whole, _point, fraction = text.partition(".")
    if not (whole + fraction).isdigit() or math.isinf(float(text)):
        return None
    return Number(f"{whole or '0'}.{fraction}" if fraction else whole or "0")


def _operation(
    operator: Operator, tree: exp.Expression, left: Term | None, right: Term | None
) -> Term | None:
    if left is None or right is None:
        return None
    one = [isinstance(side, Number) and float(side.text) == 1 for side in (left, right)]
    if operator == "*" and one[0]:
        return right
    if operator in ("*", "/") and one[1]:
        return left
    return Operation(operator, left, right, tree)


def split(aggregate: Aggregate) -> Term | None:
    """An aggregate as arithmetic over others: `SUM(a - b)`, `AVG(a)`; None where it is one thing."""
    whole = aggregate.whole
    if aggregate.condition is not None or not isinstance(whole, _SPLIT):
        return None
    inner = whole.this.unnest() if whole.this is not None else None
    operator = _OPERATORS.get(type(inner))
    if (
        inner is not None
        and operator in ("+", "-")
        and all(side.find(exp.Column) for side in (inner.this, inner.expression))
    ):
        sides = [Aggregate(part, part) for part in (_over(whole, inner.this), _over(whole, inner.expression))]
        return Operation(operator, sides[0], sides[1], whole)
    if isinstance(whole, exp.Avg) and inner is not None:
        return _mean(inner, whole)
    return None


def _over(aggregate: exp.Expression, argument: exp.Expression) -> exp.Expression:
    return type(aggregate)(this=argument.unnest().copy())


def _mean(argument: exp.Expression, whole: exp.Expression) -> Term:
    told = _case(argument)
    always = told is not None and all(isinstance(value, exp.Literal) for value in told[1:])
    counted = exp.Star() if always else argument.copy()
    total, count = exp.Sum(this=argument.copy()), exp.Count(this=counted, big_int=True)
    return Operation("/", _aggregate(total) or Aggregate(total, total), Aggregate(count, count), whole)


def _aggregate(tree: exp.Expression) -> Aggregate | None:
    """One aggregate with its condition told apart, where that changes nothing."""
    if isinstance(tree, exp.Coalesce):
        inner = _aggregate(plain(tree.this))
        return inner and replace(inner, sql=tree, empty="zero")
    if isinstance(tree, exp.Filter) and isinstance(tree.this, exp.AggFunc):
        return Aggregate(tree, tree.this, tree.expression.this, _empty_of(tree.this))
    if isinstance(tree, exp.CountIf):
        return Aggregate(tree, exp.Count(this=exp.Star(), big_int=True), tree.this, "zero")
    if not isinstance(tree, exp.AggFunc):
        return None
    argument = tree.this
    distinct = isinstance(argument, exp.Distinct) and len(argument.expressions) == 1
    case = (argument.expressions[0] if distinct else argument) if argument is not None else None
    told = _case(case)
    if told is None:
        return Aggregate(tree, tree, None, _empty_of(tree))
    condition, value, otherwise = told
    if distinct and isinstance(tree, exp.Count) and otherwise is None:
        whole: exp.Expression = exp.Count(this=exp.Distinct(expressions=[value.copy()]), big_int=True)
        return Aggregate(tree, whole, condition, "zero")
    if isinstance(tree, exp.Count) and otherwise is None:
        counted = exp.Star() if isinstance(value, exp.Literal) else value.copy()
        return Aggregate(tree, exp.Count(this=counted, big_int=True), condition, "zero")
    if isinstance(tree, exp.Sum) and _is_nothing(otherwise):
        empty: EMPTY = "missing" if otherwise is None else "zero"
        if isinstance(value, exp.Literal) and value.this in ("1", "1.0"):
            return Aggregate(tree, exp.Count(this=exp.Star(), big_int=True), condition, empty)
        return Aggregate(tree, exp.Sum(this=value.copy()), condition, empty)
    if isinstance(tree, (exp.Avg, exp.Min, exp.Max)) and otherwise is None:
        return Aggregate(tree, type(tree)(this=value.copy()), condition, "missing")
    return Aggregate(tree, tree, None, _empty_of(tree))


def _empty_of(tree: exp.Expression) -> EMPTY:
    return "zero" if isinstance(tree, (exp.Count, exp.CountIf)) else "missing"


def _case(tree: exp.Expression | None) -> tuple[exp.Expression, exp.Expression, exp.Expression | None] | None:
    """(condition, value, otherwise) of a CASE or IF with one branch; NULL otherwise is None."""
    tree = tree.unnest() if tree is not None else None
    if isinstance(tree, exp.Case) and tree.this is None and len(tree.args["ifs"]) == 1:
        branch, otherwise = tree.args["ifs"][0], tree.args.get("default")
    elif isinstance(tree, exp.If):
        branch, otherwise = tree, tree.args.get("false")
    else:
        return None
    otherwise = otherwise and otherwise.unnest()
    return (
        branch.this.unnest(),
        branch.args["true"].unnest(),
        None if isinstance(otherwise, exp.Null) else otherwise,
    )


_MANNERS = ("big_int", "typed", "safe", "quoted", "table", "db", "catalog")
"""What an expression's nodes say of how they were written, not of what they mean."""


def canonical(tree: exp.Expression) -> str:
    """A text that two expressions share when they say the same but for case, spaces, quotes and brackets."""
    if isinstance(tree, exp.Paren):
        return canonical(tree.this)
    if isinstance(tree, exp.Literal):
        return repr(tree.this) if tree.is_string else str(tree.this)
    said = (
        f"{name}={_canonical_value(value)}"
        for name, value in sorted(tree.args.items())
        if value not in (None, False, []) and name not in _MANNERS
    )
    return f"{type(tree).__name__}({', '.join(said)})"


def _canonical_value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_canonical_value, value))}]"
    return canonical(value) if isinstance(value, exp.Expression) else str(value).lower()


def conditions(tree: exp.Expression) -> list[exp.Expression]:
    """The parts of a condition that must all hold."""
    tree = tree.unnest()
    if isinstance(tree, exp.And):
        return conditions(tree.this) + conditions(tree.expression)
    return [tree]


_COMPARISONS: Mapping[type[exp.Expression], str] = {
    exp.EQ: "==",
    exp.NEQ: "!=",
    exp.GT: ">",
    exp.GTE: ">=",
    exp.LT: "<",
    exp.LTE: "<=",
}


def as_filter(tree: exp.Expression, columns: frozenset[str], sql: Callable[[exp.Expression], str]) -> Any:
    """A condition as one of Superset's adhoc filters: a simple one where it says the very same."""
    operator = _COMPARISONS.get(type(tree))
    if operator and isinstance(tree.this, exp.Column) and tree.this.name in columns:
        value = _literal(tree.expression)
        if value is not None:
            return _simple(tree.this.name, operator, value)
    if isinstance(tree, exp.In) and isinstance(tree.this, exp.Column) and tree.this.name in columns:
        values = [_literal(item) for item in tree.expressions]
        if values and None not in values:
            return _simple(tree.this.name, "IN", values)
    return {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": sql(tree)}


def _simple(subject: str, operator: str, comparator: Any) -> dict[str, Any]:
    return {
        "expressionType": "SIMPLE",
        "clause": "WHERE",
        "subject": subject,
        "operator": operator,
        "comparator": comparator,
    }


def _literal(tree: exp.Expression | None) -> str | int | float | None:
    """None where it is no literal, or a number that a float does not hold to the digit."""
    tree = tree and tree.unnest()
    if not isinstance(tree, exp.Literal):
        return None
    if tree.is_string:
        return str(tree.this)
    if sum(map(str.isdecimal, tree.this)) > sys.float_info.dig or math.isinf(number := float(tree.this)):
        return None
    return int(tree.this) if tree.this.isdecimal() else number
