"""The trees that are measured: forty nodes, forty by the month, a thousand under two hundred filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.bench.data import AS_OF, CHANNELS, FACTS, FILTERED, REGIONS, SUMS

Document = dict[str, Any]

QUARTER = {"as_of": AS_OF, "period": "2026-Q3"}
QUARTER_RANGE = "2026-07-01 : 2026-10-01"
MONTH = {"as_of": AS_OF, "period": "2026-09"}
SPANS = {"quarter": ("2026-07-01", "2026-10-01"), "month": ("2026-09-01", "2026-10-01")}


def forty(slug: str, grain: str, datasets: Mapping[str, str]) -> Document:
    """Every metric of every dataset (uuids by the name of the fact): one goal, everything else below it."""
    nodes = [
        _node(f"{fact.name}_{metric}", grain, datasets[fact.name], metric)
        for fact in FACTS
        for metric in fact.metrics
    ]
    root = nodes[0]["key"]
    return _tree(slug, grain, nodes, [(root, node["key"]) for node in nodes[1:]])


def filters() -> list[tuple[str, str]]:
    """Every region with every channel."""
    pairs = ((region, channel) for region in range(REGIONS) for channel in range(CHANNELS))
    return [(f"region {region}", f"channel {channel}") for region, channel in pairs]


def thousand(slug: str, dataset_uuid: str) -> Document:
    """Five metrics under each filter: the first of them is the parent of the four others."""
    nodes: list[Document] = []
    links: list[tuple[str, str]] = []
    for number, (region, channel) in enumerate(filters()):
        adhoc = [_equals("region", region), _equals("channel", channel)]
        keys = [filtered_key(number, metric) for metric in FILTERED]
        for key, metric in zip(keys, FILTERED, strict=True):
            nodes.append(_node(key, "quarter", dataset_uuid, metric, adhoc))
        if number:
            links.append((nodes[0]["key"], keys[0]))
        links += [(keys[0], key) for key in keys[1:]]
    return _tree(slug, "quarter", nodes, links)


def filtered_key(number: int, metric: str) -> str:
    return f"f{number:03d}_{metric}"


def _equals(column: str, value: str) -> Document:
    return {
        "expressionType": "SIMPLE",
        "subject": column,
        "operator": "==",
        "comparator": value,
        "clause": "WHERE",
    }


def _node(key: str, grain: str, dataset_uuid: str, metric: str, adhoc: Sequence[Document] = ()) -> Document:
    start, end = SPANS[grain]
    return {
        "key": key,
        "name": key.replace("_", " "),
        "direction": "increase",
        "accumulation": "flow" if metric in SUMS else "rate",
        "source": "metric",
        "metric": {"dataset_uuid": dataset_uuid, "metric_name": metric, "filters": list(adhoc)},
        "targets": [{"start": start, "end": end, "value": 1000.0}],
    }


def _tree(slug: str, grain: str, nodes: list[Document], links: list[tuple[str, str]]) -> Document:
    return {
        "slug": slug,
        "name": slug,
        "grain": grain,
        "published": True,
        "nodes": nodes,
        "links": [{"parent": parent, "child": child} for parent, child in links],
    }
