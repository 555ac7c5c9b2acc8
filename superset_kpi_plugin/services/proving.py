"""Whether the children explain their parents, as the tree claims (domain, section 7)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.periods import name_of
from superset_kpi_plugin.rollup.proof import (
    FEWEST_FOR_CHANCE,
    closed_periods,
    expected_sign,
    holds,
    influence_places,
    periods_needed,
    prove_component,
    prove_influence,
)
from superset_kpi_plugin.rollup.result import Evaluation, NodeResult
from superset_kpi_plugin.rollup.spec import NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.states import UNREAD, actual_of, formula_of
from superset_kpi_plugin.rollup.types import LinkKind, Outcome, Source, Undefined
from superset_kpi_plugin.rollup.window import View, Window
from superset_kpi_plugin.services.describing import describe_reason
from superset_kpi_plugin.services.documents import link_documents
from superset_kpi_plugin.services.evaluation import TreeReader, open_tree, today_of
from superset_kpi_plugin.services.specs import Tree, definition_of

Row = dict[str, Any]
Told = float | Row
"""A number as it is told, or the reason why there is none."""
SIGNS = {1: "positive", -1: "negative"}


def prove_tree(tree: Tree, tolerance: float, periods: int, as_of: date | None = None, **question: Any) -> Row:
    """The proofs that `docs/api.md` describes, as the current user.

    Formulas beside a source of their own are proved over the last `periods` closed periods, influences over
    as many as section 7 wants.

    :raises InvalidDocumentError: no period has closed, and none holds the as-of day
    """
    day = as_of or today_of(tree)
    definition = definition_of(tree)
    influences = [link for link in link_documents(tree) if link["kind"] == LinkKind.INFLUENCE.value]
    most = max([periods, *(periods_needed(link["lag"]) for link in influences)])
    windows = closed_periods(definition.spec.calendar, day, most)
    # Beside an open window, every other would be cut to as many days as have elapsed of it.
    reader = open_tree(tree, as_of=day, window=windows[-1] if windows else None, **question)
    nodes = reader.spec.nodes
    parents = [node for node in nodes.values() if node.formula and node.source is not Source.FORMULA]
    places = range(max(len(windows) - periods, 0), len(windows))
    lags = {link["lag"] for link in influences}
    looked_at = chain(
        places if parents else (), *chain(*(influence_places(len(windows), lag) for lag in lags))
    )
    history = _read(reader, windows, set(looked_at))
    return {
        **reader.described(build(reader.spec).root),
        "tolerance": tolerance,
        "components": [_component(history, node, places, tolerance) for node in parents],
        "influences": [_influence(history, link) for link in influences],
        **reader.noted(),
    }


@dataclass(frozen=True)
class _History:
    """The closed periods, the earliest first, and the tree in those of them that a proof looks at."""

    spec: TreeSpec
    windows: tuple[Window, ...]
    evaluations: Mapping[int, Evaluation]

    def result(self, key: str, place: int) -> NodeResult:
        return self.evaluations[place].nodes[key]

    def actuals(self, key: str) -> list[Outcome]:
        """A node's actual in every closed period; undefined where no proof looks."""
        places = range(len(self.windows))
        return [actual_of(self.result(key, at)) if at in self.evaluations else UNREAD for at in places]


def _read(reader: TreeReader, windows: tuple[Window, ...], looked_at: set[int]) -> _History:
    places = sorted(looked_at)
    evaluations = reader.evaluate_each([View(windows[place], reader.view.as_of) for place in places])
    return _History(reader.spec, windows, dict(zip(places, evaluations, strict=True)))


def _component(history: _History, node: NodeSpec, places: Sequence[int], tolerance: float) -> Row:
    results = [history.result(node.key, place) for place in places]
    measured, formula = [actual_of(result) for result in results], [formula_of(result) for result in results]
    proof = prove_component(measured, formula, tolerance)
    periods = [
        {**_name(history, place), **_period(result, error, tolerance)}
        for place, result, error in zip(places, results, proof.errors, strict=True)
    ]
    latest = _unexplained(results[-1]) if results else _too_few()
    return {
        "parent": node.key,
        "children": list(node.formula or ()),
        "verdict": proof.verdict.value,
        "count": proof.count,
        **_told(median=_error(proof.median), largest=_error(proof.largest), unexplained=latest),
        **_left_out(len(results) - proof.count, zip(measured, formula, strict=True)),
        "periods": periods,
    }


def _name(history: _History, place: int) -> Row:
    window = history.windows[place]
    name = name_of(history.spec.calendar, window)
    return {"name": name, "since": window.since.isoformat(), "until": window.until.isoformat()}


def _period(result: NodeResult, error: float | None, tolerance: float) -> Row:
    measured, formula = _outcome(actual_of(result)), _outcome(formula_of(result))
    unknown = measured if isinstance(measured, dict) else formula
    told = _told(
        measured=measured,
        formula=formula,
        error=unknown if error is None else _error(error),
        unexplained=_unexplained(result),
    )
    return {**told, "holds": None if error is None else holds(error, tolerance)}


def _unexplained(result: NodeResult) -> Told:
    known = result.unexplained
    return _outcome(result.reasons.get("unexplained", UNREAD) if known is None else known)


def _influence(history: _History, link: Row) -> Row:
    nodes, lag = history.spec.nodes, link["lag"]
    child, parent = history.actuals(link["child"]), history.actuals(link["parent"])
    stated = link["expected_sign"]
    sign = expected_sign(nodes[link["parent"]].direction, nodes[link["child"]].direction)
    if stated is not None:
        sign = 1 if stated == SIGNS[1] else -1
    assert sign is not None  # no link from or to a node to maintain is saved without its sign
    proof = prove_influence(child, parent, lag, sign)
    sides = influence_places(len(history.windows), lag)
    pairs = zip((child[place] for place in sides[0]), (parent[place] for place in sides[1]), strict=True)
    unknown = _too_few() if proof.count < FEWEST_FOR_CHANCE else _unvaried()
    return {
        "parent": link["parent"],
        "child": link["child"],
        "lag": lag,
        "expected_sign": SIGNS[sign],
        "verdict": proof.verdict.value,
        "count": proof.count,
        **_told(
            correlation=unknown if proof.correlation is None else proof.correlation,
            p_value=unknown if proof.p_value is None else proof.p_value,
        ),
        **_left_out(max(len(sides[1]) - 1, 0) - proof.count, pairs),
        "note": _("Not proof of cause."),
    }


def _left_out(count: int, pairs: Iterable[tuple[Outcome, Outcome]]) -> Row:
    """How many periods do not count, and why the earliest of them does not."""
    undefined = (side for pair in pairs for side in pair if isinstance(side, Undefined))
    first = next(undefined, None)
    return {"left_out": count, "reason": first and describe_reason(first)}


def _told(**numbers: Told) -> Row:
    """Numbers under their names, null where `reasons` says why there is none."""
    reasons = {name: told for name, told in numbers.items() if isinstance(told, dict)}
    return {**numbers, **dict.fromkeys(reasons), "reasons": reasons}


def _outcome(outcome: Outcome) -> Told:
    return describe_reason(outcome) if isinstance(outcome, Undefined) else outcome


def _error(error: float | None) -> Told:
    """An error, or one over periods none of which counts; JSON knows no infinity."""
    if error is None:
        return _too_few()
    if math.isinf(error):
        text = _("Measured as 0, or next to it, where the formula is not: the error is infinite.")
        return {"code": "infinite_error", "message": text}
    return error


def _too_few() -> Row:
    text = _("Too few closed periods have both sides; wait for more, or see why some are left out.")
    return {"code": "too_few", "message": text}


def _unvaried() -> Row:
    text = _("One side changes by the same amount in every period, so that nothing can be correlated.")
    return {"code": "no_variance", "message": text}
