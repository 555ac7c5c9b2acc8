"""Advice while a tree is built (domain, section 11): what to look at, and what to do about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.derived import goals
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.periods import before_or_none, name_of
from superset_kpi_plugin.rollup.spec import TreeSpec
from superset_kpi_plugin.rollup.types import LinkKind, Source
from superset_kpi_plugin.rollup.window import View, Window
from superset_kpi_plugin.services import fixes
from superset_kpi_plugin.services.evaluation import open_tree, today_of
from superset_kpi_plugin.services.fixes import Fix
from superset_kpi_plugin.services.references import Errors
from superset_kpi_plugin.services.specs import Draft, StoredNode

Row = dict[str, Any]
MOST_LEVELS = 4
MOST_CHILDREN = 7
NEAR = 1100
"""How many days from the as-of day targets are held against each other: the years that are planned."""
NAMED = 3
"""How many nodes or periods a message names."""
BLOCKING, WARNING, HINT = SEVERITIES = ("blocking", "warning", "hint")
UNREAD = ("restricted", "error", "no_source")
"""Reasons that say nothing about how new the data is."""
DISPROVEN = "disproven"


@dataclass(frozen=True)
class Finding:
    """Something to look at: in which nodes, at which of their fields, and what a person can do.

    `since` is the first day of the period it is about; `fixes` are edits that would settle it.
    """

    code: str
    severity: str
    nodes: Sequence[str]
    field: str | None
    message: str
    todo: str
    since: str | None = None
    fixes: Sequence[Fix] = ()


@dataclass(frozen=True)
class Building:
    """What advice looks at: a draft with its KGI, what was refused in it, and what is known of its numbers.

    `strays` are the nodes at a top that is not the KGI. `evaluation` and `proof` are the API's answers, None
    where there are none. `owners` are the stored tree's.
    """

    draft: Draft
    root: str
    strays: Sequence[str]
    errors: Errors
    evaluation: Row | None
    proof: Row | None
    filters: Sequence[Row] = ()
    owners: Sequence[Any] = ()

    @property
    def spec(self) -> TreeSpec:
        return self.draft.definition.spec

    @property
    def nodes(self) -> Sequence[StoredNode]:
        return self.draft.definition.nodes

    @property
    def results(self) -> Mapping[str, Row]:
        """What was computed for each node; empty where nothing was."""
        return self.evaluation["nodes"] if self.evaluation else {}

    @property
    def day(self) -> date:
        """The day from which the tree is looked at."""
        return (
            date.fromisoformat(self.evaluation["window"]["as_of"])
            if self.evaluation
            else today_of(self.draft)
        )

    @cached_property
    def children(self) -> Mapping[str, Sequence[str]]:
        """The nodes' children, of those that have any."""
        found: dict[str, list[str]] = {}
        for link in self.draft.definition.links:
            found.setdefault(link.parent, []).append(link.child)
        return found

    @cached_property
    def read_targets(self) -> frozenset[str]:
        """The nodes whose targets are read from a metric."""
        return frozenset(node.key for node in self.nodes if node.target_metric is not None)

    def name(self, key: str) -> str:
        return self.spec.nodes[key].label

    def named(self, keys: Collection[str]) -> str:
        """The nodes' names, the first few of many."""
        return _listed([self.name(key) for key in keys])

    @cached_property
    def _refused(self) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(path.split(".")[1:3]) for path in self.errors)

    def is_refused(self, key: str, fields: Collection[str]) -> bool:
        """Whether one of these fields of a node was refused."""
        return any((key, field) in self._refused for field in fields)


Rule = Callable[[Building], Iterable[Finding]]


def advise(building: Building) -> list[Row]:
    """The findings that `docs/api.md` describes, the most severe first."""
    found = [finding for rule in RULES for finding in rule(building)]
    return [asdict(finding) for finding in sorted(found, key=lambda one: SEVERITIES.index(one.severity))]


def _listed(names: Sequence[str]) -> str:
    shown, more = ", ".join(names[:NAMED]), len(names) - NAMED
    return _("%(names)s and %(count)s more", names=shown, count=more) if more > 0 else shown


# --- the shape ------------------------------------------------------------------------------------


def _kgi(building: Building) -> Iterator[Finding]:
    if building.strays:
        text = _("Under no KGI: %(names)s.", names=building.named(building.strays))
        todo = _("Link each of them under the KGI or one of its KPIs, or remove it.")
        fix = fixes.under_the_kgi(building.root, building.strays)
        yield Finding("no_kgi", BLOCKING, building.strays, None, text, todo, fixes=[fix])
    if building.root not in building.children:
        text = _("The KGI %(name)s has no KPIs.", name=building.name(building.root))
        todo = _("Add what drives it, so that somebody can act before it is missed.")
        yield Finding("no_kpis", WARNING, [building.root], None, text, todo)


def _levels(building: Building) -> Iterator[Finding]:
    levels: dict[str, int] = {}
    for key in reversed(build(building.spec).order):
        levels.setdefault(key, 1)
        for child in building.children.get(key, ()):
            levels[child] = max(levels.get(child, 1), levels[key] + 1)
    deep = [key for key in building.spec.nodes if levels[key] > MOST_LEVELS]
    if deep:
        text = _(
            "The tree has %(count)s levels; more than %(most)s are hard to follow every day.",
            count=max(levels.values()),
            most=MOST_LEVELS,
        )
        todo = _("Take out a level, or make a branch a tree of its own.")
        yield Finding("too_deep", HINT, deep, None, text, todo)


def _widths(building: Building) -> Iterator[Finding]:
    for parent, children in building.children.items():
        if len(children) > MOST_CHILDREN:
            text = _(
                "%(name)s has %(count)s drivers; more than %(most)s are hard to follow every day.",
                name=building.name(parent),
                count=len(children),
                most=MOST_CHILDREN,
            )
            todo = _("Keep those that move it most, or group some of them under a KPI of their own.")
            yield Finding("too_many_children", HINT, [parent], None, text, todo)


def _arithmetic(building: Building) -> Iterator[Finding]:
    kinds: dict[str, set[str]] = {}
    for link in building.draft.definition.links:
        kinds.setdefault(link.parent, set()).add(link.kind)
    influenced = [
        key
        for key, found in kinds.items()
        if found == {LinkKind.INFLUENCE.value} and not building.is_refused(key, ["formula"])
    ]
    if influenced:
        text = _(
            "No formula says how the drivers make up the number: %(names)s.",
            names=building.named(influenced),
        )
        todo = _("Write a formula over the drivers; one that only influences the number stays out of it.")
        yield Finding("no_arithmetic", WARNING, influenced, "formula", text, todo)


# --- what every node needs ------------------------------------------------------------------------


def _sources(building: Building) -> Iterator[Finding]:
    open_nodes = [
        node
        for node in building.nodes
        if node.source == Source.METRIC.value
        and node.metric is None
        and not building.is_refused(node.key, ["metric", "formula", "source"])
    ]
    if open_nodes:
        keys = [node.key for node in open_nodes]
        text = _("Not linked to a metric yet: %(names)s.", names=building.named(keys))
        todo = _("Choose a metric, write a formula over the drivers, or type the values in.")
        computed = fixes.computed(open_nodes)
        yield Finding("no_source", BLOCKING, keys, "metric", text, todo, fixes=computed)


def _targets(building: Building) -> Iterator[Finding]:
    reasons = {key: _target_reason(building, key) for key in building.spec.nodes}
    without = [key for key, reason in reasons.items() if reason == "no_target"]
    window = building.evaluation["window"] if building.evaluation else {"name": None, "since": None}
    period, since = window["name"], window["since"]
    for severity, keys in (
        (BLOCKING, [key for key in without if key == building.root]),
        (WARNING, [key for key in without if key != building.root]),
    ):
        if keys:
            names = building.named(keys)
            text = (
                _("No target for %(period)s: %(names)s.", period=period, names=names)
                if period
                else _("No target: %(names)s.", names=names)
            )
            todo = _("Enter one for every period: a goal is a number.")
            yield Finding("no_target", severity, keys, "targets", text, todo, since)
    partly = [key for key, reason in reasons.items() if reason == "target_incomplete"]
    if partly:
        text = _("The targets leave out some of the days: %(names)s.", names=building.named(partly))
        todo = _("Enter targets for the days that have none.")
        yield Finding("target_incomplete", WARNING, partly, "targets", text, todo, since)


def _target_reason(building: Building, key: str) -> str | None:
    result = building.results.get(key)
    if result is not None:
        reason = result["reasons"].get("target")
        return reason and str(reason["code"])
    node = building.spec.nodes[key]
    return None if node.targets or node.formula or key in building.read_targets else "no_target"


def _units(building: Building) -> Iterator[Finding]:
    without = [node for node in building.nodes if not fixes.has_unit(node)]
    if without:
        keys = [node.key for node in without]
        text = _("No unit: %(names)s.", names=building.named(keys))
        todo = _("Say what is counted: a currency, pieces, people, days, per cent.")
        formulas = {key: node.formula for key, node in building.spec.nodes.items()}
        told = fixes.units_told(without, building.nodes, formulas)
        yield Finding("no_unit", WARNING, keys, "unit", text, todo, fixes=told)


def _owners(building: Building) -> Iterator[Finding]:
    without = [node.key for node in building.nodes if node.owner_id is None]
    if without:
        text = _("No owner: %(names)s.", names=building.named(without))
        todo = _("Name the person who answers for the number and acts when it is missed.")
        named = fixes.answered_for(without, building.owners)
        yield Finding("no_owner", WARNING, without, "owner", text, todo, fixes=named)


def _departments(building: Building) -> Iterator[Finding]:
    departments = {node.department for node in building.nodes}
    if len(building.nodes) > 1 and len(departments) == 1 and None not in departments:
        text = _("Every node belongs to %(department)s.", department=next(iter(departments)))
        todo = _("Add what other departments do for the KGI: a goal that one alone has is not shared.")
        keys = [node.key for node in building.nodes]
        yield Finding("one_department", HINT, keys, "department", text, todo)


# --- what the numbers say -------------------------------------------------------------------------


def _disproven(building: Building) -> Iterator[Finding]:
    for row in building.proof["components"] if building.proof else ():
        if row["verdict"] != DISPROVEN:
            continue
        name, count = building.name(row["parent"]), row["count"]
        text = (
            _("The formula of %(name)s gives something where 0 was measured.", name=name)
            if row["median"] is None
            else _(
                "Over %(count)s closed periods the formula of %(name)s is off by %(error)s in the median.",
                name=name,
                count=count,
                error=f"{row['median']:.1%}",
            )
        )
        todo = _(
            "Look for a driver that is missing, a filter that differs, or a metric that counts otherwise."
        )
        dropped = fixes.measured_only(row["parent"])
        yield Finding("formula_disproven", WARNING, [row["parent"]], "formula", text, todo, fixes=[dropped])


def _gaps(building: Building) -> Iterator[Finding]:
    for key, gaps in _gaps_by_node(building).items():
        windows = sorted(gaps, key=lambda window: window.since)
        own, derived = gaps[windows[0]]
        text = _(
            "The targets of %(name)s and of its drivers do not add up: %(own)s entered, %(derived)s by the "
            "formula (%(periods)s).",
            name=building.name(key),
            own=f"{own:,.6g}",
            derived=f"{derived:,.6g}",
            periods=_listed([name_of(building.spec.calendar, window) for window in windows]),
        )
        todo = _("Change one of the targets, or take this node's own away: then it follows from the formula.")
        since = windows[0].since.isoformat()
        following = fixes.following(key, building.spec.nodes[key].targets, windows)
        yield Finding("targets_gap", WARNING, [key], "targets", text, todo, since, following)


def _gaps_by_node(building: Building) -> dict[str, dict[Window, tuple[float, float]]]:
    """Own and derived target by node and period, over the periods near the as-of day that have targets."""
    found: dict[str, dict[Window, tuple[float, float]]] = {}
    spec = building.spec
    rows = [row for node in spec.nodes.values() if node.formula for row in node.targets]
    near = [row for row in rows if _days_apart(row.start, row.end, building.day) <= NEAR]
    if near:
        window = Window(min(row.start for row in near), max(row.end for row in near))
        views = dict.fromkeys(spec.nodes, View(window, window.last_day))
        for key, goal in goals(spec, build(spec), window, views).items():
            for gap in goal.gaps:
                found.setdefault(key, {})[Window(gap.start, gap.end)] = (gap.own, gap.derived)
    # Targets that are read from metrics are known for the evaluation's window only.
    for key, result in building.results.items():
        for row in result["targets_gap"]:
            period = Window(date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
            found.setdefault(key, {})[period] = (row["own"], row["derived"])
    return found


def _days_apart(start: date, end: date, day: date) -> int:
    return max(abs((start - day).days), abs((end - day).days))


def _stale(building: Building) -> Iterator[Finding]:
    window = building.evaluation["window"] if building.evaluation else None
    if window is None or window["closed"] or window["as_of"] < window["since"]:
        return
    silent = [node for node in building.nodes if _is_silent(node, building.results[node.key])]
    old = _older_than_a_period(building, silent, window) if silent else {}
    if old:
        names = [
            _("%(name)s (until %(day)s)", name=building.name(key), day=day.isoformat())
            if day
            else building.name(key)
            for key, day in old.items()
        ]
        text = _("No new data for a whole period: %(names)s.", names=_listed(names))
        todo = _("Have the dataset refreshed, or choose a metric that can be watched daily.")
        yield Finding("stale", WARNING, list(old), "metric", text, todo)


def _is_silent(node: StoredNode, result: Row) -> bool:
    """Whether a metric has brought no data in an open window, for no other reason than that there is none."""
    reason = result["reasons"].get("actual")
    return (
        node.metric is not None
        and not node.shift
        and result["data_through"] is None
        and (reason is None or reason["code"] not in UNREAD)
    )


def _older_than_a_period(
    building: Building, silent: Sequence[StoredNode], window: Row
) -> dict[str, date | None]:
    """Those of the nodes whose last day with data lies more than a period back, with that day where known."""
    since, until = (date.fromisoformat(window[name]) for name in ("since", "until"))
    earlier = before_or_none(building.spec.calendar, Window(since, until))
    if earlier is None:
        return {}
    reader = open_tree(building.draft, as_of=building.day, window=earlier, filters=building.filters)
    results = replace(reader, nodes=silent).evaluate().nodes
    through = {node.key: results[node.key].data_through for node in silent}
    return {
        key: last
        for key, last in through.items()
        if last is None or (building.day - last).days > earlier.days
    }


RULES: Sequence[Rule] = (
    *(_kgi, _sources, _targets, _arithmetic, _disproven, _gaps, _stale),
    *(_units, _owners, _levels, _widths, _departments),
)
