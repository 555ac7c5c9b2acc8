"""Trees for tests of the chart: as large as wanted."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from tests.support.documents import Document, formula_node, link, month, node

DRIVERS = 8
"""Below every node of a large tree, as long as there are nodes."""


def large_tree(count: int, until: date, months: int = 1) -> Document:
    """A tree of sums with `count` nodes, each level full before the next; `months` typed in to `until`."""
    spans = _months(until, months)
    children = {
        index: range(index * DRIVERS + 1, min(index * DRIVERS + DRIVERS + 1, count)) for index in range(count)
    }
    nodes: list[Document] = []
    for index, below in children.items():
        told: dict[str, Any] = {
            "name": f"{_WORDS[index % len(_WORDS)]} {index}",
            "unit": "USD",
            "d3format": "$,.0f",
            "department": f"Team {index % 5}",
        }
        if below:
            nodes.append(formula_node(_key(index), " + ".join(map(_key, below)), **told))
            continue
        values = [month(*span, value=1000 * (index % 97 + 1 + number)) for number, span in enumerate(spans)]
        # Between 0.7 and 1.1 of the target: every status is there.
        targets = [
            month(*span, value=row["value"] / (0.7 + index % 9 * 0.05))
            for span, row in zip(spans, values, strict=True)
        ]
        nodes.append(node(_key(index), manual_values=values, targets=targets, **told))
    return {
        "slug": f"large-{count}",
        "name": f"A tree of {count:,} nodes",
        "grain": "month",
        "published": True,
        "nodes": nodes,
        "links": [
            link(_key(index), _key(child), order=order)
            for index, below in children.items()
            for order, child in enumerate(below)
        ],
    }


_WORDS = (
    "Orders",
    "New customers from partners",
    "Open rate of the weekly letter",
    "Visits",
    "Average order value",
)


def _key(index: int) -> str:
    return f"n{index}"


def _months(until: date, count: int) -> list[tuple[str, str]]:
    """The months to that of `until`, each as its first day and the next one's."""
    first = until.year * 12 + until.month - count
    starts = [f"{index // 12}-{index % 12 + 1:02d}-01" for index in range(first, first + count + 1)]
    return list(pairwise(starts))
