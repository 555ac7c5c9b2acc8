"""Hypothesis strategies: numbers, weights, windows, calendars, formulas, and whole trees with readings."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    METHODS,
    Accumulation,
    Calendar,
    CustomPeriod,
    Direction,
    Grain,
    LinkSpec,
    NodeSpec,
    Outcome,
    PaceProfile,
    PeriodTarget,
    PeriodValue,
    Reading,
    Reason,
    RollupMethod,
    Source,
    TreeSpec,
    Undefined,
    Window,
    parse,
)

FIRST = date(2025, 1, 1)
LAST = date(2026, 12, 31)

any_float = st.floats(allow_nan=False, allow_infinity=False)
"""Every finite float, the extreme ones too."""
tame = st.floats(-1e6, 1e6).map(lambda number: round(number, 3))
"""Numbers of everyday size."""
positive = st.floats(0.001, 1e6)
weights = st.one_of(st.just(0.0), st.floats(0.01, 100))
days = st.dates(FIRST, LAST)
undefined = st.sampled_from(
    [Undefined(code, "A test said so.") for code in (Reason.NO_DATA, Reason.ERROR, Reason.RESTRICTED)]
)
outcomes = st.one_of(any_float, undefined)


@st.composite
def windows(draw: st.DrawFn) -> Window:
    """Windows of up to four months."""
    since = draw(days)
    return Window(since, since + timedelta(days=draw(st.integers(1, 120))))


@st.composite
def spans(draw: st.DrawFn, gaps: bool = True) -> list[tuple[date, date]]:
    """Rows of dates in order that do not overlap, with or without gaps between them."""
    found: list[tuple[date, date]] = []
    start = draw(st.dates(FIRST, date(2026, 6, 30)))
    for length in draw(st.lists(st.integers(1, 92), min_size=1, max_size=6)):
        found.append((start, start + timedelta(days=length)))
        start = found[-1][1] + timedelta(days=draw(st.integers(0, 9)) if gaps else 0)
    return found


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Calendars of every grain."""
    rows = tuple(CustomPeriod(start, end, f"P{start}") for start, end in draw(spans()))
    grain = draw(st.sampled_from(Grain))
    return Calendar(grain, draw(st.integers(1, 7)), draw(st.integers(1, 12)), rows)


def formula_texts(keys: list[str]) -> st.SearchStrategy[str]:
    """Texts of formulas that name at least one of the keys."""
    operand = st.one_of(st.sampled_from(keys), st.sampled_from(["0", "2", "0.5", "100", "007.50"]))
    expression = st.recursive(
        operand,
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from([" + ", "-", "*", " / "]), inner).map("".join),
            inner.map(lambda text: f"({text})"),
        ),
        max_leaves=8,
    )
    return st.tuples(st.sampled_from(keys), st.sampled_from(["+", " * ", " - "]), expression).map("".join)


@st.composite
def target_rows(
    draw: st.DrawFn, direction: Direction, numbers: st.SearchStrategy[float]
) -> tuple[PeriodTarget, ...]:
    """Targets with or without baselines, with bands for `maintain`; now and then none at all."""
    rows = []
    for start, end in draw(st.one_of(st.just([]), spans(), spans(gaps=False))):
        lower, upper = sorted((draw(numbers), draw(numbers)))
        maintains = direction is Direction.MAINTAIN
        rows.append(
            PeriodTarget(
                start,
                end,
                value=None if maintains and draw(st.booleans()) else draw(numbers),
                baseline=draw(st.one_of(st.none(), numbers)),
                lower=lower if maintains else None,
                upper=upper if maintains and draw(st.booleans()) else None,
            )
        )
    return tuple(rows)


@st.composite
def nodes(draw: st.DrawFn, key: str, children: list[str], numbers: st.SearchStrategy[float]) -> NodeSpec:
    """A node of any kind that its children allow."""
    direction = draw(st.sampled_from(Direction))
    formula = parse(draw(formula_texts(children))) if children and draw(st.booleans()) else None
    sources = [Source.METRIC, Source.MANUAL] if formula is None else list(Source)
    source = draw(st.sampled_from(sources))
    return NodeSpec(
        key,
        direction=direction,
        accumulation=draw(st.sampled_from(Accumulation)),
        source=source,
        formula=formula,
        attainment_method=draw(st.sampled_from([None, *METHODS[direction]])),
        rollup_method=draw(st.sampled_from(RollupMethod)),
        pace_profile=draw(st.sampled_from([None, *PaceProfile])),
        targets=draw(target_rows(direction, numbers)),
        manual_values=tuple(PeriodValue(start, end, draw(numbers)) for start, end in draw(spans())),
        shift=0 if source is Source.FORMULA else draw(st.integers(0, 2)),
    )


@st.composite
def trees(draw: st.DrawFn, numbers: st.SearchStrategy[float] = tame) -> TreeSpec:
    """Trees of up to seven nodes, with shared children, every source and every calendar."""
    keys = [f"n{index}" for index in range(draw(st.integers(1, 7)))]
    links = [
        LinkSpec(parent, child, draw(weights), draw(st.integers(0, 3)))
        for index, child in enumerate(keys[1:], 1)
        for parent in draw(st.sets(st.sampled_from(keys[:index]), min_size=1, max_size=3))
    ]
    below = {key: [link.child for link in links if link.parent == key] for key in keys}
    specs = {key: draw(nodes(key, below[key], numbers)) for key in keys}
    cap = draw(st.sampled_from([1.0, 1.2]))
    holidays = draw(st.frozensets(days, max_size=5))
    return TreeSpec(specs, tuple(links), score_cap=cap, calendar=draw(calendars()), holidays=holidays)


@st.composite
def shapes(draw: st.DrawFn) -> TreeSpec:
    """Trees of bare nodes and links."""
    keys = [f"n{index}" for index in range(draw(st.integers(1, 9)))]
    links = [
        LinkSpec(parent, child)
        for index, child in enumerate(keys[1:], 1)
        for parent in draw(st.sets(st.sampled_from(keys[:index]), min_size=1, max_size=3))
    ]
    return TreeSpec({key: NodeSpec(key) for key in keys}, tuple(links))


@st.composite
def dailies(draw: st.DrawFn, numbers: st.SearchStrategy[float]) -> dict[date, float]:
    """What every day of two years brought, over and over the same few amounts, a third of them absent."""
    amounts = draw(st.lists(numbers, min_size=1, max_size=7))
    first = FIRST - timedelta(days=365)
    return {first + timedelta(days=day): amounts[day % len(amounts)] for day in range(731) if day % 3}


@st.composite
def readings(draw: st.DrawFn, tree: TreeSpec) -> dict[str, Reading]:
    """A reading for some of the tree's nodes."""
    keys = draw(st.sets(st.sampled_from(sorted(tree.nodes))))
    daily = st.one_of(st.none(), dailies(st.floats(0, 1e6)), dailies(any_float))
    return {
        key: Reading(draw(outcomes), draw(st.one_of(st.none(), days)), draw(daily)) for key in sorted(keys)
    }


@st.composite
def explained_trees(draw: st.DrawFn, measured: bool = True) -> TreeSpec:
    """Trees where every branch has a formula over its children: mixed operations, constants, shared children,
    and measured branches if wanted."""
    keys = [f"n{index}" for index in range(draw(st.integers(2, 7)))]
    below: dict[str, set[str]] = {key: set() for key in keys}
    for index, child in enumerate(keys[1:], 1):
        for parent in draw(st.sets(st.sampled_from(keys[:index]), min_size=1, max_size=2)):
            below[parent].add(child)
    specs: dict[str, NodeSpec] = {}
    for key, children in below.items():
        if not children:
            specs[key] = NodeSpec(key)
            continue
        sources = [Source.FORMULA, Source.METRIC] if measured else [Source.FORMULA]
        first = "".join(f"{child}{draw(st.sampled_from('+-*/'))}" for child in sorted(children))
        formula = parse(first + draw(formula_texts(sorted(children))))
        specs[key] = NodeSpec(key, source=draw(st.sampled_from(sources)), formula=formula)
    links = tuple(LinkSpec(key, child) for key, children in below.items() for child in sorted(children))
    return TreeSpec(specs, links)


@st.composite
def states(draw: st.DrawFn, tree: TreeSpec, numbers: st.SearchStrategy[float]) -> dict[str, Outcome]:
    """A value for every leaf and measured node, formulas computed."""
    found: dict[str, Outcome] = {}
    for key in reversed(tree.nodes):
        node = tree.nodes[key]
        computed = node.source is Source.FORMULA and node.formula is not None
        found[key] = node.formula.evaluate(found) if computed and node.formula else draw(numbers)
    return found
