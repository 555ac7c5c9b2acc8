"""Ground: what an evaluation stands on before anything is read, kept for the windows looked at last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from superset_kpi_plugin.rollup.actuals import views_of
from superset_kpi_plugin.rollup.attainment import Attain, Goal, attain_by, method_for
from superset_kpi_plugin.rollup.derived import NodeGoal, goals
from superset_kpi_plugin.rollup.graph import Graph, build
from superset_kpi_plugin.rollup.pace import Clock, elapsed, elapsed_days, expected_goal, profile_of, share_of
from superset_kpi_plugin.rollup.profiles import Share
from superset_kpi_plugin.rollup.shapes import Shape
from superset_kpi_plugin.rollup.spec import NodeSpec, Recent, Thresholds, TreeSpec
from superset_kpi_plugin.rollup.types import Accumulation, Direction, PaceProfile, Reason, Undefined
from superset_kpi_plugin.rollup.window import View

# Looked up once: before Python 3.12 finding a member is a call.
_NONE = PaceProfile.NONE
_SEASONAL = PaceProfile.SEASONAL

MOST_VIEWS = 64
"""For how many views a tree keeps its ground."""
MOST_FOOTINGS = 160_000
"""For how many nodes in all of them; about half a kilobyte each."""

_NO_PERIOD = NodeGoal(
    Goal(Undefined(Reason.NO_TARGET, "The shift reaches back before the tree's first period."))
)


class Footing(NamedTuple):
    """A node in a view, before anything is read: its goal, its clock, and what is chosen for it.

    `share` is None where the node is paced by a shape that has still to be read. `children` are the weights
    and keys of all below it. `needs` tells whether what is needed per remaining day makes sense.
    """

    node: NodeSpec
    clock: Clock
    found: NodeGoal
    profile: PaceProfile
    share: Share | None
    attain: Attain
    thresholds: Thresholds
    children: tuple[tuple[float, str], ...]
    needs: bool


@dataclass(frozen=True)
class Ground:
    """A tree in a view: each node's own view and its footing, children first."""

    view: View
    views: Mapping[str, View]
    footings: tuple[Footing, ...]
    _expected: dict[str, tuple[int, Goal]]

    def elapsed(
        self, footing: Footing, through: date | None, shape: Shape | None, tree: TreeSpec
    ) -> tuple[int, float, Goal]:
        """With a node known through a day: the days elapsed, their share, and the goal that was expected."""
        clock, share = footing.clock, footing.share
        if share is None:
            share = share_of(footing.profile, tree, shape)
            days = elapsed_days(clock.view, through)
            window = clock.view.window
            goal = expected_goal(footing.node, footing.found, window, days, share)
            return days, elapsed(share, window, days), goal
        days, reached = clock.progress(share, through)
        if footing.profile is _NONE or days == clock.days:
            return days, reached, footing.found.goal
        return days, reached, self._expected_after(footing, days, share)

    def _expected_after(self, footing: Footing, days: int, share: Share) -> Goal:
        known = self._expected.get(footing.node.key)
        if known is not None and known[0] == days:
            return known[1]
        clock = footing.clock
        goal = expected_goal(footing.node, footing.found, clock.view.window, days, share, clock)
        self._expected[footing.node.key] = days, goal
        return goal


def ground_of(tree: TreeSpec, view: View) -> Ground:
    """What every evaluation of a tree in a view stands on; the same one for those that follow each other."""
    return tree.kept(_recent).get(view, lambda: _found(tree, view))


def _recent(tree: TreeSpec) -> Recent[Ground]:
    return Recent(max(1, min(MOST_VIEWS, MOST_FOOTINGS // max(1, len(tree.nodes)))))


def _found(tree: TreeSpec, view: View) -> Ground:
    graph = build(tree)
    views = views_of(tree, view)
    clocks: dict[int, Clock] = {}
    found = goals(tree, graph, view.window, views)

    def footing(key: str) -> Footing:
        node = tree.nodes[key]
        if node.shift not in clocks:
            clocks[node.shift] = Clock(views.get(key, view))
        return _footing(tree, graph, node, clocks[node.shift], found.get(key, _NO_PERIOD))

    return Ground(view, views, tuple(map(footing, graph.order)), {})


def _footing(tree: TreeSpec, graph: Graph, node: NodeSpec, clock: Clock, found: NodeGoal) -> Footing:
    profile = profile_of(node, found.goal)
    return Footing(
        node,
        clock,
        found,
        profile,
        None if profile is _SEASONAL else share_of(profile, tree, None),
        attain_by(node.direction, method_for(node.direction, node.attainment_method, found.goal)),
        node.thresholds or tree.thresholds,
        tuple((link.weight, link.child) for link in graph.children[node.key]),
        node.direction is not Direction.MAINTAIN and node.accumulation is not Accumulation.RATE,
    )
