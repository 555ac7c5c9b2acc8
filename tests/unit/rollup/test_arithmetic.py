"""Contributions in floats and in sixty digits: the same code, and the same numbers where floats answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import localcontext

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import LinkSpec, NodeSpec, Outcome, Source, TreeSpec, Undefined, parse
from superset_kpi_plugin.rollup.arithmetic import DIGITS, FLOATS, UnsureError
from superset_kpi_plugin.rollup.contribution import (
    Contribution,
    ContributionKind,
    Contributions,
    explain,
    explain_in,
)
from superset_kpi_plugin.rollup.logmean import EXACT
from tests.strategies import explained_trees, states

State = dict[str, Outcome]

nasty = st.one_of(
    st.sampled_from([0.0, -0.0, 1.0, -1.0, 1e16, 1e-16, 1e300, -1e300, 1e-300, 5e-324, 1 / 3, 1 + 2**-52]),
    st.floats(-1e6, 1e6),
    st.floats(allow_nan=False, allow_infinity=False),
)
mild = st.floats(1.0, 1e3).map(lambda number: round(number, 2))


@dataclass(frozen=True)
class Case:
    """A tree between two states."""

    tree: TreeSpec
    before: State
    after: State


def over(formula: str, before: Mapping[str, float], after: Mapping[str, float], **inner: str) -> Case:
    """A root with a formula over leaves and over other formula nodes."""
    formulas = {"r": parse(formula), **{key: parse(text) for key, text in inner.items()}}
    nodes = {key: NodeSpec(key, source=Source.FORMULA, formula=parsed) for key, parsed in formulas.items()}
    nodes |= {key: NodeSpec(key) for parsed in formulas.values() for key in parsed if key not in formulas}
    links = tuple(LinkSpec(key, child) for key, parsed in formulas.items() for child in parsed)
    filled: list[State] = []
    for state in (before, after):
        found: State = dict(state)
        for key in reversed(formulas):
            found.setdefault(key, formulas[key].evaluate(found))
        filled.append(found)
    return Case(TreeSpec(nodes, links), *filled)


def in_digits(case: Case) -> Contributions | Undefined:
    with localcontext(EXACT):
        return explain_in(DIGITS, case.tree, case.before, case.after)


def by_place(found: Contributions) -> dict[tuple[str, ContributionKind], Contribution]:
    return {(row.key, row.kind): row for row in found.rows}


def told(found: Contributions | Undefined) -> list[tuple[object, ...]]:
    """All rows in order, with their paths by what they say."""
    assert isinstance(found, Contributions)
    paths = [[(path.keys, path.contribution) for path in row.paths] for row in found.rows]
    return [(*row._replace(ways=()), told) for row, told in zip(found.rows, paths, strict=True)]


def results(tree: TreeSpec, state: Mapping[str, Outcome]) -> Iterator[float]:
    """All operations' results, as far as they are numbers."""
    for node in tree.nodes.values():
        if node.formula is None or isinstance(node.formula.evaluate(state), Undefined):
            continue
        values: list[float] = []
        for apply, key, number, left, right in node.formula.instructions:
            if apply is None:
                value = number if key is None else state[key]
                assert isinstance(value, float)
            else:
                value = apply(values[left], values[right])
                yield abs(value)
            values.append(value)


def agree(case: Case) -> None:
    """What floats answer, sixty digits answer too, to 1e-12 of the largest result or share."""
    roots = case.before["n0"], case.after["n0"]
    assume(not any(isinstance(root, Undefined) for root in roots))
    try:
        quick = explain_in(FLOATS, case.tree, case.before, case.after)
    except ArithmeticError:
        event("unsure")
        return
    if isinstance(quick, Undefined):
        event("undefined")
        return
    event("answered")
    slow = in_digits(case)
    assert isinstance(slow, Contributions)
    found, exact = by_place(quick), by_place(slow)
    scale = max(
        [0.0, *(abs(row.contribution) for row in slow.contributors)]
        + [size for state in (case.before, case.after) for size in results(case.tree, state)]
    )
    for place in found.keys() | exact.keys():
        # A remainder that is nothing but rounding may be left out of either.
        shares = [rows[place].contribution if place in rows else 0.0 for rows in (found, exact)]
        assert abs(shares[0] - shares[1]) <= 1e-12 * scale, place
        if place in found and place in exact:
            same = (found[place].before, found[place].after, found[place].all_paths, found[place].reason)
            other = exact[place]
            assert same == (other.before, other.after, other.all_paths, other.reason)
            assert len(found[place].paths) == len(other.paths)
    assert quick.change == pytest.approx(slow.change, rel=1e-15)


@settings(max_examples=150, deadline=None)
@given(explained_trees(), st.data())
def test_both_agree_on_everyday_numbers(tree: TreeSpec, data: st.DataObject) -> None:
    agree(Case(tree, data.draw(states(tree, mild)), data.draw(states(tree, mild))))


@settings(max_examples=150, deadline=None)
@given(explained_trees(), st.data())
def test_both_agree_on_nasty_numbers(tree: TreeSpec, data: st.DataObject) -> None:
    agree(Case(tree, data.draw(states(tree, nasty)), data.draw(states(tree, nasty))))


@settings(max_examples=100, deadline=None)
@given(explained_trees(), st.data())
def test_both_agree_where_some_numbers_stay_or_turn(tree: TreeSpec, data: st.DataObject) -> None:
    """States of which one follows from the other: equal values, changed signs, zeros, swapped leaves."""
    before = data.draw(states(tree, nasty))
    turned: State = {}
    for key in reversed(list(tree.nodes)):
        formula, value = tree.nodes[key].formula, before[key]
        if formula is not None and tree.nodes[key].source is Source.FORMULA:
            turned[key] = formula.evaluate(turned)
        else:
            assert isinstance(value, float)
            others = [other for other in before.values() if isinstance(other, float)]
            turned[key] = data.draw(st.sampled_from([value, -value, 0.0, value * (1 + 2**-50), *others[:3]]))
    agree(Case(tree, before, turned))


ORDINARY = [
    over("a * b", {"a": 10.0, "b": 4.0}, {"a": 20.0, "b": 2.0}),
    over("a * b", {"a": 0.0, "b": 3.0}, {"a": 5.0, "b": 4.0}),
    over("a * b", {"a": -2.0, "b": 3.0}, {"a": 4.0, "b": 5.0}),
    over("a - b", {"a": 3.0, "b": 3.0}, {"a": 5.0, "b": 5.0}),
    over("a / b / 100 + c - a", {"a": 3.0, "b": 3.0, "c": 1.0}, {"a": 5.0, "b": 4.0, "c": 1.5}),
    over("p + q", {"a": 1.0, "b": 2.0}, {"a": 2.0, "b": 3.0}, p="a * b", q="a - b"),
]


@pytest.mark.parametrize("case", ORDINARY)
def test_floats_answer_what_is_ordinary(case: Case) -> None:
    quick, slow = explain_in(FLOATS, case.tree, case.before, case.after), in_digits(case)
    assert isinstance(quick, Contributions)
    assert isinstance(slow, Contributions)
    exact = {place: row.contribution for place, row in by_place(slow).items()}
    assert {p: row.contribution for p, row in by_place(quick).items()} == pytest.approx(exact, rel=1e-14)
    assert told(explain(case.tree, case.before, case.after)) == told(quick)


THIRDS = {"a": 1 / 3, "b": 0.1, "c": 1.0}
DOUBTFUL = {
    "what is left of two products that cancel is multiplied": over(
        "(a * b - b * a + c * 0.000000000000000001) * d",
        {**THIRDS, "d": 1e20},
        {**THIRDS, "a": 2 / 3, "d": 3e20},
    ),
    "steep slopes of two ways that cancel": over(
        "d * e",
        {"s": 3.0, "a": 1e12, "b": 1e12 - 0.01, "d": 1e20},
        {"s": 5.0, "a": 1e12, "b": 1e12 - 0.01, "d": 1e20},
        e="p - q",
        p="s * a / 7",
        q="s * b / 7",
    ),
    "whose sign is left to rounding": over(
        "(a * 3 - c) * d",
        {"a": 1 / 3, "c": 1.0, "d": 5.0},
        {"a": 2 / 3, "c": 1.0, "d": 7.0},
    ),
    "a product below the range of floats": over(
        "a * b * 0 + a", {"a": 1e-200, "b": 1e-200}, {"a": 3e-200, "b": 2e-200}
    ),
    "a product near the end of the floats": over("a * b", {"a": 1e150, "b": 1e150}, {"a": 2e150, "b": 3e150}),
    "a slope far out": over("a / b", {"a": 1e-60, "b": 1e-60}, {"a": 2e-60, "b": 3e-75}),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_digits_answer_what_floats_are_unsure_of(name: str) -> None:
    case = DOUBTFUL[name]
    with pytest.raises(UnsureError):
        explain_in(FLOATS, case.tree, case.before, case.after)
    exact = in_digits(case)
    assert isinstance(exact, Contributions)
    assert told(explain(case.tree, case.before, case.after)) == told(exact)
