"""Evaluate a whole tree: every node's numbers, from its leaves up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from superset_kpi_plugin.rollup.result import Evaluation, Reading
from superset_kpi_plugin.rollup.spec import TreeSpec
from superset_kpi_plugin.rollup.window import Window


def evaluate(tree: TreeSpec, window: Window, as_of: date, readings: Mapping[str, Reading]) -> Evaluation:
    """One result of a tree for one window, as of one day.

    `readings` holds every metric node's reading over its own view (`periods.view_of`).
    """
    raise NotImplementedError
