"""The page "KPI Trees": who gets it, what it carries, and where its entry stands."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask

from tests.support.client import Client

BASE = "/kpi/trees/"
PAGES = (BASE, f"{BASE}new/", f"{BASE}marketing-automation/", f"{BASE}marketing-automation/edit/")

ClientAs = Callable[[str | None], Client]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("person", ["admin", "alpha", "gamma"])
def test_a_reader_gets_the_shell_at_every_address(client_as: ClientAs, person: str, path: str) -> None:
    answer = client_as(person).get(path)
    assert answer.status_code == 200
    shell = answer.get_data(as_text=True)
    assert re.search(r'<div id="kpi-root" data-base="/kpi/trees/">', shell)
    assert re.search(r'<script type="module" src="/kpi_tree/static/page\.js\?v=\w+" nonce="[^"]+">', shell)
    assert '<div id="app" data-bootstrap=' in shell


def test_the_shell_has_fetched_what_its_screen_imports_and_no_other(client_as: ClientAs) -> None:
    """Files below `chunks/` may be kept for good, for their names change with their contents."""
    client = client_as("gamma")
    fetched = {}
    for path in PAGES:
        shell = client.get(path).get_data(as_text=True)
        fetched[path] = re.findall(r'<link rel="modulepreload" href="([^"]+)" nonce="[^"]+">', shell)
    for chunk in {chunk for chunks in fetched.values() for chunk in chunks}:
        assert re.fullmatch(r"/kpi_tree/static/chunks/\w+-[A-Z0-9]{8}\.js", chunk)
        answer = client.get(chunk)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(("text/javascript", "application/javascript"))
        assert "max-age=31536000" in answer.headers["Cache-Control"]
        answer.close()
    screens = ("ListPage", "StartPage", "TreePage", "EditPage")
    for path, screen in zip(PAGES, screens, strict=True):
        loaded = [other for other in screens if any(f"/{other}-" in chunk for chunk in fetched[path])]
        assert loaded == [screen]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_is_sent_to_the_login_and_back(client_as: ClientAs, path: str) -> None:
    answer = client_as(None).get(path)
    assert answer.status_code == 302
    assert re.search(rf"/login/\?next=.*{path}", answer.headers["Location"])


@pytest.mark.parametrize("path", PAGES)
def test_without_can_read_there_is_no_page(app: Flask, client_as: ClientAs, path: str) -> None:
    with app.app_context():
        from superset.extensions import security_manager

        role = security_manager.add_role("No trees")
        security_manager.add_user("none", "No", "Trees", "none@example.com", role, "none")
    answer = client_as("none").get(path)
    assert answer.status_code in (302, 403)
    assert "kpi-root" not in answer.get_data(as_text=True)


def test_every_page_asks_for_can_read_on_kpi_trees(app: Flask) -> None:
    from superset_kpi_plugin.pages import KpiTreesView

    view = next(view for view in app.appbuilder.baseviews if isinstance(view, KpiTreesView))  # type: ignore[attr-defined]
    rules = [rule for rule in app.url_map.iter_rules() if rule.rule.startswith(BASE)]
    assert {rule.endpoint.split(".")[1] for rule in rules} == set(view.method_permission_name)
    assert view.class_permission_name == "KpiTree"
    assert set(view.method_permission_name.values()) == {"read"}


@pytest.mark.parametrize("person", ["admin", "alpha", "gamma"])
def test_the_entry_is_the_last_of_the_bar(client_as: ClientAs, person: str) -> None:
    entries = client_as(person).get("/api/v1/menu/").json["result"]
    assert entries[-1]["name"] == "KPI Trees"
    assert entries[-1]["url"] == BASE
    assert len(entries) > 1


@pytest.mark.parametrize(("language", "label"), [("en", "KPI Trees"), ("vi", "Cây KPI"), ("ja", "KPIツリー")])
def test_the_entry_is_in_the_viewers_language(client_as: ClientAs, language: str, label: str) -> None:
    client = client_as("gamma")
    client.get(f"/lang/{language}")
    assert client.get("/api/v1/menu/").json["result"][-1]["label"] == label
    assert re.search(rf"<title>\s*{label}\s*</title>", client.get(BASE).get_data(as_text=True))
