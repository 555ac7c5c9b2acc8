"""A tree on a dashboard: all or nothing, and only where the person may put it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.support import people
from tests.support.client import Client

ROUTE = "/api/v1/kpi_tree/"
TREE = f"{ROUTE}marketing-automation/dashboard/"
ClientAs = Callable[[str | None], Client]


@pytest.fixture
def admin(client_as: ClientAs) -> Client:
    return client_as("admin")


def made(client: Client, **fields: Any) -> int:
    answer = client.post("/api/v1/dashboard/", json={"dashboard_title": "Mine", **fields})
    assert answer.status_code == 201, answer.json
    return int(answer.json["id"])


def layout(client: Client, dashboard: int) -> dict[str, Any]:
    return json.loads(client.get(f"/api/v1/dashboard/{dashboard}").json["result"]["position_json"])


def charts(client: Client) -> int:
    return int(client.get("/api/v1/chart/").json["count"])


def test_a_new_dashboard_shows_the_tree(admin: Client) -> None:
    answer = admin.post(TREE, json={"dashboard_title": "Weekly"})
    assert answer.status_code == 201, answer.json
    told = answer.json["result"]
    assert told["url"] == f"/superset/dashboard/{told['dashboard_id']}/"
    chart = admin.get(f"/api/v1/chart/{told['chart_id']}").json["result"]
    assert (chart["slice_name"], chart["viz_type"]) == ("Marketing automation", "kpi_tree")
    assert (
        json.loads(chart["params"])["kpi_tree"]
        == admin.get(f"{ROUTE}marketing-automation").json["result"]["uuid"]
    )
    dashboard = admin.get(f"/api/v1/dashboard/{told['dashboard_id']}").json["result"]
    assert (dashboard["dashboard_title"], dashboard["published"]) == ("Weekly", False)
    assert [owner["first_name"] for owner in dashboard["owners"]] == ["Admin"]
    assert dashboard["charts"] == ["Marketing automation"]
    positions = layout(admin, told["dashboard_id"])
    (row,) = positions["GRID_ID"]["children"]
    (place,) = positions[row]["children"]
    assert positions[place]["meta"] | {"uuid": None} == {
        **{"chartId": told["chart_id"], "uuid": None, "sliceName": "Marketing automation"},
        **{"width": 12, "height": 96},
    }


def test_the_chart_comes_last_and_the_rest_stays(admin: Client) -> None:
    before = layout(admin, 1)
    answer = admin.post(TREE, json={"dashboard_id": 1, "name": "Once more"})
    assert answer.status_code == 201, answer.json
    after = layout(admin, 1)
    added = after["GRID_ID"]["children"][-1]
    assert after["GRID_ID"]["children"][:-1] == before["GRID_ID"]["children"]
    assert {key: after[key] for key in before if key != "GRID_ID"} == {
        key: before[key] for key in before if key != "GRID_ID"
    }
    assert set(after) - set(before) == {added, *after[added]["children"]}
    titles = admin.get("/api/v1/dashboard/1").json["result"]["charts"]
    assert {"Once more", "What the revenue from marketing hangs on"} <= set(titles)


def test_where_there_are_tabs_it_stands_on_the_first(admin: Client) -> None:
    tabs = {
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["TABS-1"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": [], "parents": ["ROOT_ID"]},
        "TABS-1": {"type": "TABS", "id": "TABS-1", "children": ["TAB-1", "TAB-2"], "parents": ["ROOT_ID"]},
        **{
            f"TAB-{n}": {"type": "TAB", "id": f"TAB-{n}", "children": [], "parents": ["ROOT_ID", "TABS-1"]}
            for n in (1, 2)
        },
    }
    dashboard = made(admin, position_json=json.dumps(tabs))
    assert admin.post(TREE, json={"dashboard_id": dashboard}).status_code == 201
    after = layout(admin, dashboard)
    (row,) = after["TAB-1"]["children"]
    assert after[row]["parents"] == ["ROOT_ID", "TABS-1", "TAB-1"]
    assert (after["TAB-2"]["children"], after["GRID_ID"]["children"]) == ([], [])


# --- rights ---------------------------------------------------------------------------------------


def test_nobody_puts_a_chart_where_they_may_not(app: Flask, admin: Client, client_as: ClientAs) -> None:
    with app.app_context():
        people.add_reader("writer", [])
        people.may_write("writer")
    alpha, writer = client_as("alpha"), client_as("writer")
    published = made(admin, published=True, slug="open-to-all")
    before = charts(admin), layout_text(admin, published)
    refused = alpha.post(TREE, json={"dashboard_id": published})
    assert refused.status_code in (403, 422)
    unseen, unknown = (
        writer.post(TREE, json={"dashboard_id": dashboard}) for dashboard in (made(admin), 999_999)
    )
    assert (unseen.status_code, unseen.json) == (unknown.status_code, unknown.json)
    assert client_as("gamma").post(TREE, json={"dashboard_title": "x"}).status_code == 403
    assert alpha.post(f"{ROUTE}no-such-tree/dashboard/", json={"dashboard_title": "x"}).status_code == 404
    assert (charts(admin), layout_text(admin, published)) == before


def layout_text(client: Client, dashboard: int) -> Any:
    return client.get(f"/api/v1/dashboard/{dashboard}").json["result"]["position_json"]


def test_ones_own_dashboard_takes_the_tree(client_as: ClientAs) -> None:
    alpha = client_as("alpha")
    dashboard = made(alpha)
    answer = alpha.post(TREE, json={"dashboard_id": dashboard})
    assert answer.status_code == 201, answer.json
    assert answer.json["result"]["dashboard_id"] == dashboard


@pytest.mark.parametrize(
    "position", ["nonsense", "[1]", '{"ROOT_ID": {"type": "ROOT", "children": ["ROOT_ID"]}}']
)
def test_a_layout_that_cannot_be_read_is_left_alone(app_context: Flask, admin: Client, position: str) -> None:
    from superset.extensions import db
    from superset.models.dashboard import Dashboard

    dashboard = made(admin)
    before = charts(admin)
    db.session.query(Dashboard).filter_by(id=dashboard).update({"position_json": position})
    db.session.commit()
    answer = admin.post(TREE, json={"dashboard_id": dashboard})
    assert (answer.status_code, list(answer.json["message"])) == (422, ["dashboard_id"])
    assert charts(admin) == before


@pytest.mark.parametrize("body", [{}, {"dashboard_id": 1, "dashboard_title": "x"}, {"dashboard_id": "1"}])
def test_a_wrong_place_is_named(admin: Client, body: Any) -> None:
    answer = admin.post(TREE, json=body)
    assert (answer.status_code, list(answer.json["message"])) == (422, ["dashboard_id"])
