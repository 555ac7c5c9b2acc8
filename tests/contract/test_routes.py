"""Every route of the plugin is protected, documented, and answers its errors in one shape."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask

from tests.support.client import Client

BASE = "/api/v1/kpi_tree/"
READS = {
    *("info", "get_list", "get", "related", "evaluate", "contributions", "seek", "proof"),
    *("favorite_status", "add_favorite", "remove_favorite", "export"),
}
WRITES = {
    *("post", "put", "delete", "bulk_delete", "preview", "metrics", "plan"),
    *("templates", "propose", "import_", "add_to_dashboard"),
}
READS |= {"dimensions", "download"}


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """(method of the class, HTTP method, path) of every route of the API, with its places filled in."""
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(BASE):
            path = rule.rule.replace("<column_name>", "owners").replace("<int:pk>", "1")
            path = re.sub(r"<[^>]+>", "marketing-automation", path)
            for method in sorted(rule.methods - {"HEAD", "OPTIONS"}):
                yield rule.endpoint.split(".")[-1], method, path


def test_the_routes_are_the_ones_we_mean(app: Flask) -> None:
    assert {name for name, _, _ in routes(app)} == READS | WRITES


@pytest.fixture
def no_csrf(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a refusal is the permission's doing and not the missing token's."""
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)


@pytest.mark.usefixtures("no_csrf")
def test_every_route_refuses_a_stranger(app: Flask, client_as: Callable[[str | None], Client]) -> None:
    nobody = client_as(None)
    for name, method, path in routes(app):
        answer = nobody.request(method, path, json={} if method in ("POST", "PUT") else None)
        assert answer.status_code == 401, name
        assert list(answer.json) in (["message"], ["msg"]), name


def test_every_route_has_the_permission_we_mean(app: Flask) -> None:
    from superset_kpi_plugin.api.trees import KpiTreeRestApi

    permissions = KpiTreeRestApi.method_permission_name
    assert {name: permissions[name] for name in READS} == dict.fromkeys(READS, "read")
    assert {name: permissions[name] for name in WRITES} == dict.fromkeys(WRITES, "write")


@pytest.mark.usefixtures("no_csrf")
def test_without_can_read_nothing_opens(app: Flask, client_as: Callable[[str | None], Client]) -> None:
    with app.app_context():
        from superset.extensions import security_manager

        role = security_manager.add_role("Nothing")
        security_manager.add_user("none", "No", "Rights", "none@example.com", role, "none")
    none = client_as("none")
    for name, method, path in routes(app):
        answer = none.request(method, path, json={} if method in ("POST", "PUT") else None)
        assert (answer.status_code, list(answer.json)) == (403, ["message"]), name


def test_every_route_is_in_the_openapi_document(
    app: Flask, client_as: Callable[[str | None], Client]
) -> None:
    document = client_as("admin").get("/api/v1/_openapi").json
    paths = {path: spec for path, spec in document["paths"].items() if path.startswith(BASE)}
    documented = {(path, method.upper()) for path, spec in paths.items() for method in spec}
    expected = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(BASE)
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert documented == expected
    for path, spec in paths.items():
        for method, operation in spec.items():
            assert operation["tags"] == ["KPI Trees"], (path, method)
            assert {"200", "201"} & set(operation["responses"]), (path, method)
            assert "401" in operation["responses"], (path, method)


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", f"{BASE}no-such-tree", None, 404),
        ("PUT", f"{BASE}no-such-tree", {}, 404),
        ("DELETE", f"{BASE}no-such-tree", None, 404),
        ("POST", f"{BASE}no-such-tree/evaluate", {}, 404),
        ("POST", f"{BASE}marketing-automation/evaluate", {"as_of": "soon"}, 422),
        ("POST", BASE, {}, 422),
        ("GET", f"{BASE}a%00b", None, 404),
        ("GET", f"{BASE}?q=(page_size:x", None, 400),
        ("GET", f"{BASE}?q=(filters:!((col:uuid,opr:eq,value:zzz)))", None, 400),
    ],
)
def test_errors_have_one_shape(
    method: str, path: str, body: Any, status: int, client_as: Callable[[str | None], Client]
) -> None:
    answer = client_as("admin").request(method, path, json=body)
    assert (answer.status_code, list(answer.json)) == (status, ["message"])
