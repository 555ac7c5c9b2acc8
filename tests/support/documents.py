"""Small tree documents for tests."""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


def node(key: str, **fields: Any) -> Document:
    """A manual, increasing flow."""
    return {
        "key": key,
        "name": key.title(),
        "direction": "increase",
        "accumulation": "flow",
        "source": "manual",
        **fields,
    }


def formula_node(key: str, formula: str, **fields: Any) -> Document:
    return node(key, **{"source": "formula", "formula": formula, **fields})


def link(parent: str, child: str, **fields: Any) -> Document:
    return {"parent": parent, "child": child, **fields}


def month(start: str, end: str, **fields: Any) -> Document:
    return {"start": start, "end": end, **fields}


def small_tree(**fields: Any) -> Document:
    """revenue = orders × value, all typed in for October 2026: 20 × 3 = 60 against a target of 100."""
    october = ("2026-10-01", "2026-11-01")
    return {
        "name": "Small tree",
        "slug": "small-tree",
        "nodes": [
            formula_node("revenue", "orders * value", targets=[month(*october, value=100)]),
            node("orders", manual_values=[month(*october, value=20)], targets=[month(*october, value=16)]),
            node("value", accumulation="rate", manual_values=[month(*october, value=3)]),
        ],
        "links": [link("revenue", "orders"), link("revenue", "value", order=1)],
        **fields,
    }
