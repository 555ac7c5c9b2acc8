"""A whole tree document (`docs/api.md`) that nobody has saved yet, with every default filled in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from superset_kpi_plugin.rollup.formula import parse
from superset_kpi_plugin.services.documents import load_document

Row = dict[str, Any]


def draft(name: str, description: str, nodes: list[Row], links: Iterable[Row]) -> Row:
    """The document; it belongs to nobody, has no uuid and no slug, and its links say their kind."""
    departments = list(dict.fromkeys(node["department"] for node in nodes if node.get("department")))
    document = load_document(
        {
            "name": name,
            "description": description,
            "departments": departments,
            "nodes": nodes,
            "links": list(links),
        }
    )
    components = {
        (node["key"], child)
        for node in document["nodes"]
        if node["formula"]
        for child in parse(node["formula"])
    }
    for link in document["links"]:
        component = (link["parent"], link["child"]) in components
        link["kind"] = "component" if component else "influence"
    return document
