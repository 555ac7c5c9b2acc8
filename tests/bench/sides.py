"""The ways to the same numbers: one evaluate request, and chart-data requests as a dashboard sends them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.data import TIME
from tests.bench.http import Browser, Connection
from tests.bench.stand import Dataset

CHART_DATA = "/api/v1/chart/data"
Filters = Sequence[tuple[str, str]]  # column, value
Numbers = Mapping[str, float | None]


@dataclass(frozen=True)
class Ask:
    """Metrics of a dataset under equality filters, and the node keys that show them."""

    dataset: Dataset
    metrics: tuple[str, ...]
    keys: tuple[str, ...]
    filters: Filters = ()

    def query(self, time_range: str) -> dict[str, Any]:
        window = {"col": TIME, "op": "TEMPORAL_RANGE", "val": time_range}
        equal = [{"col": column, "op": "==", "val": value} for column, value in self.filters]
        return {
            "metrics": list(self.metrics),
            "columns": [],
            "filters": [window, *equal],
            "extras": {"having": "", "where": ""},
            "orderby": [],
            "annotation_layers": [],
            "is_timeseries": False,
        }


def chart_body(asks: Sequence[Ask], time_range: str, force: bool) -> bytes:
    """A chart-data request with a query per ask, all on one dataset."""
    source = asks[0].dataset.id
    body = {
        "datasource": {"id": source, "type": "table"},
        "force": force,
        "queries": [ask.query(time_range) for ask in asks],
        "form_data": {"datasource": f"{source}__table", "viz_type": "big_number_total"},
        "result_format": "json",
        "result_type": "full",
    }
    return json.dumps(body).encode()


def charts_numbers(requests: Sequence[Sequence[Ask]], answers: Sequence[Any], cached: bool) -> Numbers:
    """What chart-data requests answer, by node key."""
    numbers: dict[str, float | None] = {}
    for asks, answer in zip(requests, answers, strict=True):
        for ask, result in zip(asks, answer["result"], strict=True):
            if bool(result["is_cached"]) is not cached:
                raise AssertionError(f"A chart's answer is {'not ' * cached}from the cache: {result}")
            row = result["data"][0]
            numbers |= {key: row[metric] for key, metric in zip(ask.keys, ask.metrics, strict=True)}
    return numbers


class Charts:
    """Chart-data requests, each with the queries of one or more charts, over the connections of a browser."""

    def __init__(self, browser: Browser, requests: Sequence[Sequence[Ask]], time_range: str, force: bool):
        self.browser = browser
        self.requests = requests
        self.force = force
        self.bodies = [chart_body(asks, time_range, force) for asks in requests]

    def open(self) -> None:
        self.browser.open()

    def __call__(self) -> list[Any]:
        return self.browser.post(CHART_DATA, self.bodies)

    def anew(self) -> list[Any]:
        self.open()
        return self()

    def numbers(self, cached: bool) -> Numbers:
        return charts_numbers(self.requests, self.anew(), cached)


class Evaluate:
    """One evaluate request on one connection."""

    def __init__(self, connection: Connection, path: str, question: Mapping[str, Any], force: bool) -> None:
        self.connection = connection
        self.path = path
        self.body = json.dumps({**question, "force": force}).encode()

    def open(self) -> None:
        self.connection.open()

    def __call__(self) -> Any:
        return self.connection.post(self.path, self.body)["result"]

    def anew(self) -> Any:
        self.open()
        return self()

    def numbers(self, cached: bool) -> Numbers:
        result = self.anew()
        for query in result["queries"]:
            if query["cached"] is not cached or query["error"]:
                raise AssertionError(f"A query is {'not ' * cached}from the cache, or failed: {query}")
        return {key: node["actual"] for key, node in result["nodes"].items()}


def differences(ours: Numbers, theirs: Numbers) -> list[str]:
    """Where two ways do not give the same numbers, to 1e-9 of them; a benchmark of such is worth nothing."""
    wrong = [f"{key}: only one side has it" for key in sorted(ours.keys() ^ theirs.keys())]
    for key in sorted(ours.keys() & theirs.keys()):
        one, other = ours[key], theirs[key]
        same = one == other if one is None or other is None else math.isclose(one, other, rel_tol=1e-9)
        if not same:
            wrong.append(f"{key}: {one} and {other}")
    return wrong


def check_same(ours: Numbers, theirs: Numbers) -> None:
    if wrong := differences(ours, theirs):
        raise AssertionError(f"The two sides give different numbers: {'; '.join(wrong[:5])}")
    if not ours or any(number is None for number in ours.values()):
        raise AssertionError("A number is missing on both sides.")
