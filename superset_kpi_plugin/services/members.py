"""A tree by dimension: actuals, targets and status for every member of a column (domain, section 10)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from superset.extensions import db

from superset_kpi_plugin.i18n import told_of
from superset_kpi_plugin.models import KpiNode, KpiTarget
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.members import (
    Member,
    MemberResult,
    Name,
    evaluate_members,
    has_row,
    reach_of,
)
from superset_kpi_plugin.rollup.periods import year_before
from superset_kpi_plugin.rollup.result import Evaluation, Reading
from superset_kpi_plugin.rollup.spec import PeriodTarget, TreeSpec
from superset_kpi_plugin.rollup.types import Reason, Undefined
from superset_kpi_plugin.rollup.window import View
from superset_kpi_plugin.services.describing import describe_reason
from superset_kpi_plugin.services.reading import Asked, ReadResult
from superset_kpi_plugin.services.specs import Draft, Tree, period_target

NUMBERS = ("actual", "target", "lower", "upper", "attainment")
Rows = Mapping[str, list[PeriodTarget]]


@dataclass(frozen=True)
class Dimension:
    """The column by whose members a tree is told, the members' own target rows, and the same window a year
    before, whole, of which the members' shares are taken."""

    column: str
    targets: Mapping[str, Rows]
    before: View | Undefined
    named: Sequence[str]

    @property
    def asked(self) -> list[Asked]:
        """What is to be read besides the view itself."""
        return [Asked(self.before, by_member=True)] if isinstance(self.before, View) else []

    def describe(
        self,
        tree: TreeSpec,
        view: View,
        whole: Mapping[str, Reading],
        read: ReadResult,
        others: Sequence[Evaluation],
    ) -> dict[str, Any]:
        """The answer's `by`, from the whole's tree and readings and its evaluations of the views `asked`."""
        members = {name: self._member(name, views, whole) for name, views in read.members.items()}
        before = self.before if isinstance(self.before, Undefined) else others[0]
        found = evaluate_members(tree, view, before, members)
        return {
            "column": self.column,
            "members": list(found),
            "nodes": {key: _describe_node(key, list(found.values())) for key in tree.nodes},
            "without_column": [
                {"dataset": dataset, "nodes": keys} for dataset, keys in read.without_column.items()
            ],
        }

    def _member(
        self, name: Name, views: Sequence[Mapping[str, Reading]], whole: Mapping[str, Reading]
    ) -> Member:
        # Its target is a part of the whole's, or the whole's own, and fills up as that does.
        now = {key: replace(reading, daily=whole[key].daily) for key, reading in views[0].items()}
        return Member(
            now, views[-1] if self.asked else {}, {} if name is None else self.targets.get(name, {})
        )


def dimension_of(tree: Tree, spec: TreeSpec, view: View, column: str) -> Dimension:
    """What a tree by a column's members needs besides the view itself."""
    before: View | Undefined
    try:
        before = View(year_before(spec.calendar, view.window), view.as_of)
    except PeriodError as ex:
        before = Undefined(Reason.NO_DATA, told_of(ex))
    targets = _own_targets(tree, spec, view, column)
    named = [name for name, rows in targets.items() if has_row(spec, view, rows)]
    return Dimension(column, targets, before, named)


def _own_targets(tree: Tree, spec: TreeSpec, view: View, column: str) -> Mapping[str, Rows]:
    """The members' own target rows by member and node, as far as they may matter in the view."""
    if isinstance(tree, Draft):
        return tree.member_targets.get(column, {})
    reach = reach_of(spec, view)
    query = (
        db.session.query(KpiNode.key, KpiTarget)
        .join(KpiTarget, KpiTarget.node_id == KpiNode.id)
        .filter(KpiNode.tree_id == tree.id, KpiTarget.dimension == column)
        .filter(KpiTarget.start < reach.until, KpiTarget.end > reach.since)
    )
    found: dict[str, dict[str, list[PeriodTarget]]] = {}
    for key, row in query:
        # Some databases take other texts for equal.
        if row.dimension == column:
            found.setdefault(row.member, {}).setdefault(key, []).append(period_target(row))
    return found


def _describe_node(key: str, members: Sequence[MemberResult]) -> dict[str, list[Any]]:
    """One list per quantity, in the order of the members."""
    results = [member.evaluation.nodes[key] for member in members]
    sources = [member.sources.get(key) for member in members]
    reasons = [member.reason(key) for member in members]
    return {
        **{name: [getattr(result, name) for result in results] for name in NUMBERS},
        "target_source": [source and source.value for source in sources],
        "status": [result.status.value for result in results],
        "reason": [reason and describe_reason(reason) for reason in reasons],
    }
