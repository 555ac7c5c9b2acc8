"""Every example of the OpenAPI document is accepted by the demo, and answered as the document says."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from superset_kpi_plugin.api.examples import FOLDER, openapi_examples
from tests.support.client import Client

BASE = "/api/v1/kpi_tree/"
DEMO = "marketing-automation"
# Objects whose names are data: keys of nodes, names of numbers, comparisons that were asked for.
MAPPINGS = ("nodes", "reasons", "overrides", "compare", "proposals")


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


@pytest.fixture
def document(admin: Client) -> Any:
    return admin.get("/api/v1/_openapi").json


def writing(document: Any) -> Iterator[tuple[str, str, Any]]:
    """(HTTP method, path, operation) of every route of ours that takes JSON and answers it."""
    for path, operations in document["paths"].items():
        if path.startswith(BASE):
            for method, operation in operations.items():
                takes_json = "application/json" in operation.get("requestBody", {}).get("content", {})
                if takes_json and not path.endswith("/download"):
                    yield method.upper(), path, operation


def examples(document: Any, body: Any) -> dict[str, Any]:
    """The named examples of a request or an answer."""
    content = body["content"]["application/json"]
    found = {}
    for name, example in content["examples"].items():
        kind, component = example["$ref"].removeprefix("#/components/").split("/")
        found[name] = document["components"][kind][component]["value"]
    return found


def differences(told: list[Any], real: list[Any], path: str) -> Iterator[str]:
    """Where the shape of the values told for one path differs from that of the real ones.

    Of a list's elements and a mapping's values some are told, and the real ones have the same shape.
    """
    shapes = [_shapes(values) for values in (told, real)]
    if shapes[0] != shapes[1]:
        yield f"{path}: told as {sorted(shapes[0])}, is {sorted(shapes[1])}"
        return
    inner = [
        [item for value in values if isinstance(value, list) for item in value] for values in (told, real)
    ]
    if any(inner):
        yield from differences(*inner, f"{path}[]")
    objects = [[value for value in values if isinstance(value, dict)] for values in (told, real)]
    if path.rpartition(".")[2] in MAPPINGS:
        inner = [[item for value in values for item in value.values()] for values in objects]
        if any(inner):
            yield from differences(*inner, f"{path}.*")
        return
    for name in sorted({name for values in objects for value in values for name in value}):
        lacking = [any(name not in value for value in values) for values in objects]
        if any(lacking):
            yield f"{path}.{name}: not in every {'example' if lacking[0] else 'answer'}"
        else:
            inner = [[value[name] for value in values] for values in objects]
            yield from differences(*inner, f"{path}.{name}")


def _shapes(values: list[Any]) -> set[str]:
    """What stands in one place of an answer: plain values are alike, and so is nothing beside something."""
    kinds = {"object" if isinstance(v, dict) else "list" if isinstance(v, list) else "plain" for v in values}
    return kinds - {"plain"} if len(kinds) > 1 else kinds


def test_every_route_that_takes_a_body_shows_one_and_its_answer(document: Any) -> None:
    routes = {f"{method} {path.removeprefix(BASE)}" for method, path, _operation in writing(document)}
    assert {"POST ", "PUT {id_or_slug}", "POST {id_or_slug}/evaluate"} <= routes
    for method, path, operation in writing(document):
        assert examples(document, operation["requestBody"]), (method, path)
        answers = [answer for status, answer in operation["responses"].items() if status in ("200", "201")]
        assert [bool(examples(document, answer)) for answer in answers] == [True], (method, path)


def test_no_example_is_left_over(document: Any) -> None:
    used = {
        component["$ref"].rpartition("/")[2]
        for _method, _path, operation in writing(document)
        for body in (operation["requestBody"], *operation["responses"].values())
        for component in body.get("content", {}).get("application/json", {}).get("examples", {}).values()
    }
    assert used == set(openapi_examples())


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.json")))
def test_an_example_is_answered_as_it_says(admin: Client, document: Any, name: str) -> None:
    (found,) = [
        (method, path, operation)
        for method, path, operation in writing(document)
        if f"KpiTree{name.title()}Request" in json.dumps(operation["requestBody"])
    ]
    method, path, operation = found
    status, answer = next(
        (status, answer) for status, answer in operation["responses"].items() if status in ("200", "201")
    )
    slug = DEMO
    if method == "PUT":
        made = admin.post(BASE, json=openapi_examples()["KpiTreeCreateRequest"]["value"])
        slug = made.json["result"]["slug"]
    requests, answers = examples(document, operation["requestBody"]), examples(document, answer)
    assert list(requests) == list(answers)
    for example, body in requests.items():
        real = admin.request(method, path.replace("{id_or_slug}", slug), json=body)
        assert real.status_code == int(status), real.json
        assert list(differences([answers[example]], [real.json], name)) == []


# --- the comparison itself ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("told", "real", "found"),
    [
        ({"a": 1}, {"a": None}, []),
        ({"a": 1}, {"a": 1, "b": 2}, ["x.b: not in every example"]),
        ({"a": 1, "b": 2}, {"a": 1}, ["x.b: not in every answer"]),
        ({"a": [{"b": 1}]}, {"a": [{"b": 1}, {"b": 2}]}, []),
        ({"a": [{"b": 1}]}, {"a": [{"b": 1}, {}]}, ["x.a[].b: not in every answer"]),
        ({"a": []}, {"a": [{"b": 1}]}, ["x.a[]: told as [], is ['object']"]),
        ({"a": None}, {"a": {"b": 1}}, ["x.a: told as ['plain'], is ['object']"]),
        ({"reasons": {"p": {"code": 1}}}, {"reasons": {"q": {"code": 2}, "r": {"code": 3}}}, []),
        ({"reasons": {"p": {"code": 1}}}, {"reasons": {"q": {}}}, ["x.reasons.*.code: not in every answer"]),
    ],
)
def test_shapes_are_compared(told: Any, real: Any, found: list[str]) -> None:
    assert list(differences([told], [real], "x")) == found
