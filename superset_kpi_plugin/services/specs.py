"""A stored tree as the arithmetic takes it."""

from __future__ import annotations

from superset_kpi_plugin.models import KpiManualValue, KpiNode, KpiTarget, KpiTree
from superset_kpi_plugin.rollup.formula import parse
from superset_kpi_plugin.rollup.spec import (
    Calendar,
    CustomPeriod,
    LinkSpec,
    NodeSpec,
    PeriodTarget,
    PeriodValue,
    Thresholds,
    TreeSpec,
)
from superset_kpi_plugin.rollup.types import (
    Accumulation,
    AttainmentMethod,
    Direction,
    Grain,
    PaceProfile,
    RollupMethod,
    Source,
)


def spec_of(tree: KpiTree) -> TreeSpec:
    """The tree's definition without its names for people, its owners and its metrics."""
    keys = {node.id: node.key for node in tree.nodes}
    return TreeSpec(
        nodes={node.key: _node_spec(node) for node in tree.nodes},
        links=tuple(
            LinkSpec(keys[link.parent_id], keys[link.child_id], link.weight, link.order)
            for link in tree.links
        ),
        thresholds=Thresholds(tree.on_track, tree.at_risk),
        score_cap=tree.score_cap,
        calendar=calendar_of(tree),
    )


def calendar_of(tree: KpiTree) -> Calendar:
    return Calendar(
        grain=Grain(tree.grain),
        week_start=tree.week_start,
        fiscal_year_start_month=tree.fiscal_year_start_month,
        custom_periods=tuple(CustomPeriod(period.start, period.end, period.name) for period in tree.periods),
    )


def _node_spec(node: KpiNode) -> NodeSpec:
    return NodeSpec(
        key=node.key,
        name=node.name,
        direction=Direction(node.direction),
        accumulation=Accumulation(node.accumulation),
        source=Source(node.source),
        formula=parse(node.formula) if node.formula else None,
        attainment_method=AttainmentMethod(node.attainment_method) if node.attainment_method else None,
        rollup_method=RollupMethod(node.rollup_method),
        pace_profile=PaceProfile(node.pace_profile) if node.pace_profile else None,
        thresholds=None if node.on_track is None else Thresholds(node.on_track, node.at_risk),
        targets=tuple(_period_target(target) for target in node.targets if not target.dimension),
        manual_values=tuple(_period_value(value) for value in node.manual_values),
        shift=node.shift,
    )


def _period_value(value: KpiManualValue) -> PeriodValue:
    entered = value.changed_on or value.created_on
    return PeriodValue(value.start, value.end, value.value, entered.date() if entered else None)


def _period_target(target: KpiTarget) -> PeriodTarget:
    return PeriodTarget(target.start, target.end, target.value, target.baseline, target.lower, target.upper)
