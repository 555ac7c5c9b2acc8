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
from superset_kpi_plugin.rollup.phrase import phrase
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
    Goal(Undefined(Reason.NO_TARGET, phrase("The shift reaches back before the tree's first period.")))
)


class Footing(NamedTuple):
    """A node in a view, before anything is read: its goal, its clock, and what is chosen for it.

    `share` is None where the node is paced by a shape that has still to be read. `children` are those that
    count for its score, and `weights` theirs, all above 0. `needs` tells whether what is needed per remaining
    day makes sense.
    """

    node: NodeSpec
    clock: Clock
    found: NodeGoal
    profile: PaceProfile
    share: Share | None
    attain: Attain
    thresholds: Thresholds
    children: tuple[str, ...]
    weights: tuple[float, ...]
    needs: bool


Progress = tuple[int, float, Goal]
"""The days elapsed, their share of the window, and the goal that was expected by then."""


@dataclass(frozen=True)
class Ground:
    """A tree in a view: each node's own view and its footing, children first."""

    view: View
    views: Mapping[str, View]
    footings: tuple[Footing, ...]
    _elapsed: dict[str, tuple[date | None, Progress]]

    def elapsed(
        self, footing: Footing, through: date | None, shape: Shape | None, tree: TreeSpec
    ) -> Progress:
        """How far the view has elapsed for a node that is known through a day."""
        if footing.share is None:
            share = share_of(footing.profile, tree, shape)
            window = footing.clock.view.window
            days = elapsed_days(footing.clock.view, through)
            goal = expected_goal(footing.node, footing.found, window, days, share)
            return days, elapsed(share, window, days), goal
        known = self._elapsed.get(footing.node.key)
        if known is not None and known[0] == through:
            return known[1]
        found = _progress(footing, footing.share, through)
        self._elapsed[footing.node.key] = through, found
        return found


def _progress(footing: Footing, share: Share, through: date | None) -> Progress:
    clock, found = footing.clock, footing.found
    days, reached = clock.progress(share, through)
    if footing.profile is _NONE or days == clock.days:
        return days, reached, found.goal
    return days, reached, expected_goal(footing.node, found, clock.view.window, days, share, clock)


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
    counted = [link for link in graph.children[node.key] if link.weight > 0]
    return Footing(
        node,
        clock,
        found,
        profile,
        None if profile is _SEASONAL else share_of(profile, tree, None),
        attain_by(node.direction, method_for(node.direction, node.attainment_method, found.goal)),
        node.thresholds or tree.thresholds,
        tuple(link.child for link in counted),
        tuple(link.weight for link in counted),
        node.direction is not Direction.MAINTAIN and node.accumulation is not Accumulation.RATE,
    )
