"""The arithmetic by itself: ten thousand nodes rolled up and explained, against writing them as JSON."""

from __future__ import annotations

import itertools
import json
import random
import tracemalloc
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from superset_kpi_plugin.rollup import (
    Accumulation,
    Contributions,
    Direction,
    Evaluation,
    LinkSpec,
    NodeResult,
    NodeSpec,
    Path,
    PeriodTarget,
    Reading,
    Reason,
    RollupMethod,
    Source,
    TreeSpec,
    Undefined,
    Window,
    evaluate,
    explain_variance,
    parse,
)
from tests.bench.clock import Side, interleave
from tests.bench.table import Row, at_most

NODES = 10_000
BOUND = 2.0
"""How many times as long as json.dumps of its result a roll-up may take."""

AS_OF = date(2026, 11, 14)
MONTH = Window(date(2026, 11, 1), date(2026, 12, 1))
QUARTER = Window(date(2026, 10, 1), date(2027, 1, 1))
MONTHS = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 1, 1)]
_LOST = Undefined(Reason.NO_DATA, "The dataset has no rows in this window; load them.")
_SUMS = ("{0} + {1} + {2} + {3}", "{0} + {1} + {2} - {3} * 0.2")
_PRODUCTS = ("{0} * {1} / 100 + {2} + {3}", "{0} / {1} * {2} + {3}", "({0} + {1}) * {2} / {3}")


@dataclass(frozen=True)
class Grove:
    """A tree and what was read for it."""

    tree: TreeSpec
    readings: dict[str, Reading]


def measure(runs: int) -> list[Row]:
    """Medians of interleaved runs, and the peak of what Python allocates in one run by itself.

    The roll-up is `evaluate` (actuals, targets, pace, scores, statuses) and `explain_variance`
    (contributions and the largest paths). The tree's specification is given, and with it what it keeps from
    one evaluation to the next: its order, its links by parent and its formulas, and the goals of the windows
    it was looked at in. The readings are what an evaluation brings. Of `a view not seen before`, the same
    window on another day, there are no goals yet; of `a tree not seen before` there is nothing. Making the
    dictionaries of the answer is on neither side.
    """
    rows: list[Row] = []
    for name, window in (("month", MONTH), ("quarter", QUARTER)):
        rows += _against_json(name, grove(), window, runs)
    label = "roll-up of 10,000 nodes, a month"
    new_view, json_then, new_tree = _unseen(runs)
    rows.append(Row(f"{label}, a view not seen before", new_view, "ms"))
    rows.append(Row(f"{label}, a view not seen before / json.dumps", new_view / json_then, "×"))
    rows.append(Row(f"{label}, a tree not seen before", new_tree, "ms"))
    rows.append(Row("roll-up of 10,000 nodes, a month, peak memory", _peak(), "MiB"))
    return rows


def roll_up(
    given: Grove, window: Window, as_of: date = AS_OF
) -> tuple[Evaluation, Contributions, tuple[Path, ...]]:
    """Everything that an answer about the tree rests on."""
    found = evaluate(given.tree, window, as_of, given.readings)
    contributions = explain_variance(given.tree, found)
    assert isinstance(contributions, Contributions)
    return found, contributions, contributions.largest_paths()


def answer(evaluation: Evaluation, contributions: Contributions, paths: tuple[Path, ...]) -> dict[str, Any]:
    """The numbers as the two resources of the API answer them, without the tree's names and links."""
    return {
        "nodes": {key: _result(result) for key, result in evaluation.nodes.items()},
        "change": contributions.change,
        "contributions": [
            {
                "key": row.key,
                "kind": row.kind.value,
                "contribution": row.contribution,
                "before": row.before,
                "after": row.after,
                "reason": row.reason and _reason(row.reason),
            }
            for row in contributions.rows
        ],
        "paths": [{"keys": list(path.keys), "contribution": path.contribution} for path in paths],
    }


def grove(nodes: int = NODES, seed: int = 7) -> Grove:
    """A random tree, the same one for the same seed.

    Four to six children per parent, some of them influences; sums, products and quotients; every
    accumulation; a target for each month; measured branches that leave something unexplained; readings that
    are missing.
    """
    draw = random.Random(seed)
    below = _families(draw, nodes)
    specs: dict[str, NodeSpec] = {}
    links: list[LinkSpec] = []
    values: dict[str, float] = {}
    readings: dict[str, Reading] = {}
    for key in reversed(below):
        children = below[key]
        branches = [child for child in children if below[child]]
        components = list(dict.fromkeys(children[:4] + branches)) if branches or draw.random() < 0.9 else []
        specs[key] = _parent(draw, key, components, values) if components else _leaf(draw, key, values)
        links += [
            LinkSpec(key, child, draw.choice((0.5, 1.0, 2.0, 3.0)), order)
            for order, child in enumerate(children)
        ]
        if specs[key].source is Source.METRIC:
            readings[key] = Reading(values[key], AS_OF if draw.random() < 0.9 else date(2026, 11, 12))
    for key in _influences(below, specs):
        if draw.random() < 0.2:
            readings[key] = Reading(_LOST, AS_OF)
    return Grove(TreeSpec(dict(reversed(specs.items())), tuple(links)), readings)


def _families(draw: random.Random, nodes: int) -> dict[str, list[str]]:
    """Every key's children, parents first: each level's nodes take the next ones below them."""
    keys = [f"node_{number:05d}" for number in range(nodes)]
    waiting = iter(keys[1:])
    below: dict[str, list[str]] = {key: [] for key in keys}
    for key in keys:
        below[key] = [child for _, child in zip(range(draw.choice((4, 5, 6))), waiting, strict=False)]
    return below


def _parent(draw: random.Random, key: str, components: list[str], values: dict[str, float]) -> NodeSpec:
    text = " + ".join(components)
    if len(components) >= 4:
        text = draw.choice(_SUMS if draw.random() < 0.6 else _PRODUCTS).format(*components)
        text = " + ".join([text, *components[4:]])
    formula = parse(text)
    value = formula.evaluate({child: values[child] for child in components})
    assert isinstance(value, float)
    measured = draw.random() < 0.25
    values[key] = value * draw.uniform(0.97, 1.03) if measured else value
    own = draw.random() < 0.3
    return NodeSpec(
        key,
        name=f"Goal {key}",
        source=Source.METRIC if measured else Source.FORMULA,
        formula=formula,
        rollup_method=draw.choice((*[RollupMethod.WEIGHTED_MEAN] * 6, *RollupMethod)),
        targets=_targets(draw, value, 12) if own else (),
    )


def _leaf(draw: random.Random, key: str, values: dict[str, float]) -> NodeSpec:
    accumulation = draw.choice((*[Accumulation.FLOW] * 2, *Accumulation))
    direction = Direction.DECREASE if draw.random() < 0.15 else Direction.INCREASE
    values[key] = draw.uniform(50.0, 150.0)
    flow = accumulation is Accumulation.FLOW
    baseline = not flow and draw.random() < 0.4
    return NodeSpec(
        key,
        name=f"Driver {key}",
        direction=direction,
        accumulation=accumulation,
        targets=_targets(draw, values[key] * (2 if flow else 1), 12, baseline),
    )


def _targets(
    draw: random.Random, value: float, months: int, baseline: bool = False
) -> tuple[PeriodTarget, ...]:
    """A target around a value for each month."""
    wanted = [value * draw.uniform(0.9, 1.2) for _ in range(months)]
    return tuple(
        PeriodTarget(MONTHS[month], MONTHS[month + 1], target, target * 0.7 if baseline else None)
        for month, target in enumerate(wanted)
    )


def _influences(below: dict[str, list[str]], specs: dict[str, NodeSpec]) -> Iterator[str]:
    """The leaves that no formula names, so that the root is known without them."""
    for key, children in below.items():
        formula = specs[key].formula
        yield from (child for child in children if not below[child] and child not in (formula or ()))


def _result(result: NodeResult) -> dict[str, Any]:
    return {
        **{name: getattr(result, name) for name in _NUMBERS},
        "status": result.status.value,
        "reason": result.reason.value if result.reason else None,
        "reasons": {name: _reason(undefined) for name, undefined in result.reasons.items()},
        "target_derived": result.target_derived,
        "targets_gap": [
            {**asdict(gap), "start": gap.start.isoformat(), "end": gap.end.isoformat()}
            for gap in result.targets_gap
        ],
        "data_through": result.data_through.isoformat() if result.data_through else None,
    }


_NUMBERS = (
    *("actual", "target", "baseline", "lower", "upper", "variance", "attainment", "score", "coverage"),
    *("expected", "elapsed", "pace", "paced_score", "forecast", "forecast_attainment", "needed_per_day"),
    "unexplained",
)


def _reason(undefined: Undefined) -> dict[str, str]:
    return {"code": undefined.code.value, "message": undefined.message}


def _against_json(name: str, given: Grove, window: Window, runs: int) -> list[Row]:
    written = answer(*roll_up(given, window))
    ours, theirs = interleave(
        (
            Side("roll-up", lambda: roll_up(given, window)),
            Side("json.dumps", lambda: json.dumps(written)),
        ),
        runs,
    )
    label = f"roll-up of 10,000 nodes, a {name}"
    return [
        Row(label, ours, "ms"),
        Row(f"json.dumps of its result, {len(json.dumps(written)) / 2**20:.1f} MiB", theirs, "ms"),
        at_most(f"{label} / json.dumps", ours / theirs, BOUND),
    ]


def _unseen(runs: int) -> tuple[float, float, float]:
    """Milliseconds on a day that the tree has not been looked at from, of json.dumps in turn with it, and of
    a roll-up whose tree has just been read."""
    given, fresh = grove(), [grove()]
    written = answer(*roll_up(given, MONTH))
    # More days than a tree of this size keeps views.
    days = itertools.cycle(date(2026, 11, day) for day in range(1, 30))
    sides = (
        Side("view", lambda: roll_up(given, MONTH, next(days))),
        Side("json.dumps", lambda: json.dumps(written)),
    )
    view, dumps = interleave(sides, runs)
    side = Side("tree", lambda: roll_up(fresh[-1], MONTH), lambda: fresh.append(grove()))
    (tree,) = interleave([side], 3, warm_up=0)
    return view, dumps, tree


def _peak() -> float:
    """MiB that a roll-up allocates at its height, its result included."""
    given = grove()
    tracemalloc.start()
    try:
        roll_up(given, MONTH)
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()
