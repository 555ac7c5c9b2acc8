"""What a viewer may not see stays unseen: in numbers, names, caches, errors, documents and logs."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.support import facts, people
from tests.support.client import Client
from tests.support.documents import formula_node, link, node

ROUTE = "/api/v1/kpi_tree/"
ClientAs = Callable[[str | None], Client]
AS_OF = {"as_of": "2026-10-31"}


@pytest.fixture
def tree(app: Flask, client_as: ClientAs, tmp_path: Path) -> str:
    """goal = open + secret, over two datasets; `secret` reads the table hush_hush."""
    for table in ("sales", "hush_hush"):
        facts.write(tmp_path / f"{table}.db", table)
    with app.app_context():
        uuids = [facts.register(tmp_path / f"{table}.db", table) for table in ("sales", "hush_hush")]
        people.add_reader("north", uuids, "region = 'North'")
        people.add_reader("south", uuids, "region = 'South'")
        people.add_reader("half", uuids[:1])
    metrics = {
        key: {"dataset_uuid": uuid, "metric_name": name}
        for key, uuid, name in zip(("open", "secret"), uuids, ("amount", "customers"), strict=True)
    }
    document = {
        "name": "Shared",
        "slug": "shared",
        "published": True,
        "nodes": [
            formula_node("goal", "open + secret"),
            *(node(key, source="metric", metric=metric) for key, metric in metrics.items()),
        ],
        "links": [link("goal", "open"), link("goal", "secret")],
    }
    made = client_as("admin").post(ROUTE, json=document)
    assert made.status_code == 201, made.json
    return uuids[1]


def evaluated(client: Client) -> dict[str, Any]:
    answer = client.post(f"{ROUTE}shared/evaluate", json=AS_OF)
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def numbers(client: Client) -> dict[str, Any]:
    return {key: row["actual"] for key, row in evaluated(client)["nodes"].items()}


def test_row_level_security_holds_with_a_warm_cache(tree: str, client_as: ClientAs) -> None:
    expected = {
        "admin": {"goal": 638, "open": 630, "secret": 8},
        "north": {"goal": 213, "open": 210, "secret": 3},
        "south": {"goal": 425, "open": 420, "secret": 5},
    }
    for _ in range(2):
        assert {name: numbers(client_as(name)) for name in expected} == expected
    assert {query["cached"] for query in evaluated(client_as("south"))["queries"]} == {True}


def test_a_revoked_dataset_is_restricted_in_the_same_minute(
    app: Flask, tree: str, client_as: ClientAs
) -> None:
    assert (
        numbers(client_as("north")) == numbers(client_as("north")) == {"goal": 213, "open": 210, "secret": 3}
    )
    assert numbers(client_as("south")) == {"goal": 425, "open": 420, "secret": 5}
    with app.app_context():
        people.revoke_datasets("south")
    assert numbers(client_as("south")) == dict.fromkeys(("goal", "open", "secret"))
    assert numbers(client_as("north")) == {"goal": 213, "open": 210, "secret": 3}


def test_half_a_view_names_nothing_of_the_other_half(
    tree: str, client_as: ClientAs, caplog: pytest.LogCaptureFixture
) -> None:
    evaluated(client_as("admin"))
    caplog.clear()
    caplog.set_level(logging.INFO)
    half = client_as("half")
    result = evaluated(half)
    nodes = result["nodes"]
    assert nodes["open"]["actual"] == 630
    for key in ("secret", "goal"):
        assert (nodes[key]["actual"], nodes[key]["status"]) == (None, "restricted"), key
        assert nodes[key]["reason"] == "restricted"
        hidden = ("variance", "attainment", "pace", "forecast", "unexplained", "data_through")
        assert [nodes[key][name] for name in hidden] == [None] * len(hidden)
    assert (nodes["secret"]["coverage"], nodes["secret"]["reasons"]["coverage"]["code"]) == (
        None,
        "restricted",
    )
    document = half.get(f"{ROUTE}shared").json["result"]
    metrics = {row["key"]: row["metric"] for row in document["nodes"]}
    assert metrics["open"] is not None
    assert metrics["secret"] == {"restricted": True}
    told_of = {row["key"]: row["metric"] for row in result["tree"]["nodes"]}
    assert told_of["secret"] == {"restricted": True}
    assert told_of["goal"] is None
    assert (told_of["open"]["dataset"], told_of["open"]["metric_name"]) == ("sales", "amount")
    assert told_of["open"]["dataset_id"]
    for told in (json.dumps(result), json.dumps(document), caplog.text):
        for hidden_name in ("hush_hush", "customers", tree):
            assert hidden_name not in told


def by_dimension(client: Client, column: str) -> Any:
    return client.post(f"{ROUTE}shared/evaluate", json={**AS_OF, "by": column})


def test_members_are_each_viewers_own_with_a_warm_cache(tree: str, client_as: ClientAs) -> None:
    expected = {
        "admin": {"North": 210, "South": 420},
        "north": {"North": 210},
        "south": {"South": 420},
    }
    for _ in range(2):
        for name, actuals in expected.items():
            by = by_dimension(client_as(name), "region").json["result"]["by"]
            assert dict(zip(by["members"], by["nodes"]["open"]["actual"], strict=True)) == actuals


def test_by_dimension_names_nothing_of_what_may_not_be_read(
    tree: str, client_as: ClientAs, caplog: pytest.LogCaptureFixture
) -> None:
    by_dimension(client_as("admin"), "region")
    caplog.clear()
    caplog.set_level(logging.INFO)
    answer = by_dimension(client_as("half"), "region")
    by = answer.json["result"]["by"]
    assert (by["members"], by["nodes"]["open"]["actual"]) == (["North", "South"], [210, 420])
    for key in ("secret", "goal"):
        assert by["nodes"][key]["status"] == ["restricted"] * 2
        assert [reason["code"] for reason in by["nodes"][key]["reason"]] == ["restricted"] * 2
        for number in ("actual", "target", "attainment", "target_source"):
            assert by["nodes"][key][number] == [None, None]
    assert by["without_column"] == []
    for told in (json.dumps(answer.json), caplog.text):
        for hidden_name in ("hush_hush", "customers", tree):
            assert hidden_name not in told


def test_a_column_of_a_hidden_dataset_is_as_unknown_as_any_other(
    app: Flask, tree: str, client_as: ClientAs
) -> None:
    with app.app_context():
        from superset.connectors.sqla.models import SqlaTable
        from superset.extensions import db

        dataset = db.session.query(SqlaTable).filter_by(table_name="sales").one()
        dataset.columns = [column for column in dataset.columns if column.column_name != "region"]
        db.session.commit()
    by = by_dimension(client_as("admin"), "region").json["result"]["by"]
    assert by["without_column"] == [{"dataset": "sales", "nodes": ["open"]}]
    hidden, unknown = (by_dimension(client_as("half"), column) for column in ("region", "colour"))
    assert (hidden.status_code, hidden.json) == (unknown.status_code, unknown.json)
    assert hidden.status_code == 422


@pytest.fixture
def claims(tree: str, client_as: ClientAs) -> str:
    """goal = secret and secret = open beside what is measured, and each dataset is said to move the other."""
    stored = client_as("admin").get(f"{ROUTE}shared").json["result"]["nodes"]
    metrics = {row["key"]: row["metric"] for row in stored}

    def read(key: str, metric: str, **fields: Any) -> dict[str, Any]:
        return node(key, source="metric", metric=metrics[metric], **fields)

    document = {
        "name": "Claims",
        "slug": "claims",
        "grain": "week",
        "published": True,
        "nodes": [
            read("goal", "open", formula="secret"),
            read("secret", "secret", formula="open"),
            read("open", "open"),
            read("hidden", "secret"),
        ],
        "links": [
            link("goal", "secret"),
            link("goal", "hidden", order=1),
            link("secret", "open"),
            link("hidden", "open", lag=1),
        ],
    }
    made = client_as("admin").post(ROUTE, json=document)
    assert made.status_code == 201, made.json
    return tree


def proved(client: Client) -> dict[str, Any]:
    answer = client.post(f"{ROUTE}claims/proof", json={"as_of": "2026-10-25", "periods": 4})
    assert answer.status_code == 200, answer.json
    return answer.json["result"]


def test_a_proof_tells_nothing_of_what_its_viewer_may_not_read(
    claims: str, client_as: ClientAs, caplog: pytest.LogCaptureFixture
) -> None:
    known = proved(client_as("admin"))
    assert {row["parent"]: row["count"] for row in known["components"]} == {"goal": 4, "secret": 4}
    assert {row["parent"]: row["count"] for row in known["influences"]} == {"goal": 3, "hidden": 2}
    caplog.clear()
    caplog.set_level(logging.INFO)
    result = proved(client_as("half"))
    goal, secret = result["components"]
    for row in (goal, secret):
        assert (row["verdict"], row["count"], row["left_out"]) == ("unproven", 0, 4)
        assert row["reason"]["code"] == row["reasons"]["unexplained"]["code"] == "restricted"
        hidden = {row[name] for name in ("median", "largest", "unexplained")}
        hidden |= {period[name] for period in row["periods"] for name in ("error", "unexplained")}
        assert hidden == {None}
    opened = [230, 168, 315, 117]
    assert [(period["measured"], period["formula"]) for period in goal["periods"]] == [
        (number, None) for number in opened
    ]
    assert [(period["measured"], period["formula"]) for period in secret["periods"]] == [
        (None, number) for number in opened
    ]
    for row in result["influences"]:
        assert (row["verdict"], row["count"]) == ("not_shown", 0)
        assert (row["correlation"], row["p_value"]) == (None, None)
    assert {query["dataset"] for query in result["queries"]} == {"sales"}
    for told in (json.dumps(result), caplog.text):
        for hidden_name in ("hush_hush", "customers", claims):
            assert hidden_name not in told


def test_a_proof_is_each_viewers_own_with_a_warm_cache(claims: str, client_as: ClientAs) -> None:
    expected = {"admin": [230, 168, 315, 117], "north": [110, 56, 105, 39], "south": [120, 112, 210, 78]}
    for _ in range(2):
        for name, numbers in expected.items():
            (goal, _secret) = proved(client_as(name))["components"]
            assert [period["measured"] for period in goal["periods"]] == numbers


def test_an_owner_without_the_dataset_keeps_what_they_cannot_read(
    app: Flask, tree: str, client_as: ClientAs
) -> None:
    before = client_as("admin").get(f"{ROUTE}shared").json["result"]
    with app.app_context():
        from superset.extensions import db, security_manager

        role = security_manager.find_role("half's role")
        role.permissions.append(security_manager.find_permission_view_menu("can_write", "KpiTree"))
        db.session.commit()
        half_id = security_manager.find_user("half").id
    shared = {**before, "owners": [1, half_id]}
    assert client_as("admin").put(f"{ROUTE}shared", json=shared).status_code == 200
    half = client_as("half")
    read = half.get(f"{ROUTE}shared").json["result"]
    assert tree not in json.dumps(read)
    saved = half.put(f"{ROUTE}shared", json={**read, "name": "Renamed by half"})
    assert saved.status_code == 200, saved.json
    assert tree not in json.dumps(saved.json)
    after = client_as("admin").get(f"{ROUTE}shared").json["result"]
    assert after["name"] == "Renamed by half"
    assert [row["metric"] for row in after["nodes"]] == [row["metric"] for row in before["nodes"]]


def test_a_mask_cannot_be_saved_where_nothing_is_stored(client_as: ClientAs) -> None:
    document = {"name": "Mine", "nodes": [node("peek", source="metric", metric={"restricted": True})]}
    answer = client_as("admin").post(ROUTE, json=document)
    assert answer.status_code == 422
    assert all(path.startswith("nodes.peek.metric") for path in answer.json["message"])


@pytest.mark.usefixtures("tree")
def test_a_stranger_with_a_careless_public_role_creates_nothing(
    app: Flask, client_as: ClientAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", False)
    with app.app_context():
        from superset.extensions import db, security_manager

        public = security_manager.find_role("Public")
        for permission in ("can_read", "can_write"):
            public.permissions.append(security_manager.find_permission_view_menu(permission, "KpiTree"))
        db.session.commit()
    nobody = client_as(None)
    listed = nobody.get(ROUTE)
    assert {row["slug"] for row in listed.json["result"]} == {"marketing-automation", "shared"}
    assert nobody.post(ROUTE, json={"name": "Mine", "nodes": [node("goal")]}).status_code == 403
    document = nobody.get(f"{ROUTE}shared").json["result"]
    assert nobody.put(f"{ROUTE}shared", json=document).status_code == 403
    assert "@example.com" not in json.dumps(nobody.get(f"{ROUTE}related/owners").json)


def test_the_guest_of_a_dashboard_sees_its_trees_and_no_others(app: Flask, tree: str) -> None:
    from superset.extensions import db, security_manager
    from superset.models.dashboard import Dashboard
    from superset.models.embedded_dashboard import EmbeddedDashboard

    from superset_kpi_plugin.models import KpiTree
    from superset_kpi_plugin.security import viewer_key, visible_trees

    def seen(resource: str) -> set[str]:
        with app.test_request_context("/"):
            from flask import g

            token = {"user": {}, "resources": [{"type": "dashboard", "id": resource}], "rls_rules": []}
            g.user = security_manager.get_guest_user_from_token({**token, "iat": 0, "exp": 1})
            assert resource in viewer_key()
            return {row.slug for row in visible_trees(db.session.query(KpiTree))}

    with app.app_context():
        dashboard = db.session.query(Dashboard).filter_by(slug="kpi-marketing-automation").one()
        dashboard.embedded = [EmbeddedDashboard(allow_domain_list="")]
        db.session.commit()
        embedded = str(dashboard.embedded[0].uuid)
    features = app.config["FEATURE_FLAGS"]
    assert features.get("EMBEDDED_SUPERSET", False) is False
    with pytest.MonkeyPatch.context() as patch:
        from superset.extensions import feature_flag_manager

        patch.setitem(feature_flag_manager._feature_flags, "EMBEDDED_SUPERSET", True)
        assert seen(embedded) == {"marketing-automation"}
        assert seen("7d444840-9dc0-11d1-b245-5ffdce74fad2") == set()


def test_a_filter_on_a_hidden_dataset_tells_nothing_about_its_columns(tree: str, client_as: ClientAs) -> None:
    body = {
        **AS_OF,
        "filters": [{"col": "region", "op": "==", "val": "North"}, {"col": "amoun", "op": "==", "val": 1}],
    }
    result = client_as("half").post(f"{ROUTE}shared/evaluate", json=body).json["result"]
    missed = {row["filter"]["col"]: row["nodes"] for row in result["filters_not_applied"]}
    assert missed == {"amoun": ["open"]}


def test_a_writer_cannot_link_to_what_they_may_not_read(tree: str, client_as: ClientAs) -> None:
    reading = {"dataset_uuid": tree, "metric_name": "customers"}
    document = {"name": "Mine", "nodes": [node("peek", source="metric", metric=reading)]}
    unreadable = client_as("alpha").post(ROUTE, json=document)
    assert unreadable.status_code == 201  # Alpha may read every dataset in Superset
    with_gamma = client_as("half").post(ROUTE, json=document)
    assert with_gamma.status_code == 403
    reading["metric_name"] = "no_such_metric"
    named = client_as("alpha").post(ROUTE, json=document).json["message"]
    assert list(named) == ["nodes.peek.metric.metric_name"]


def test_an_unreadable_dataset_and_a_missing_one_are_refused_alike(
    app: Flask, tree: str, client_as: ClientAs
) -> None:
    with app.app_context():
        from superset.extensions import db, security_manager

        role = security_manager.find_role("half's role")
        role.permissions.append(security_manager.find_permission_view_menu("can_write", "KpiTree"))
        db.session.commit()
    told = []
    for uuid in (tree, "7d444840-9dc0-11d1-b245-5ffdce74fad2"):
        metric = {"dataset_uuid": uuid, "metric_name": "customers"}
        document = {"name": "Mine", "nodes": [node("peek", source="metric", metric=metric)]}
        answer = client_as("half").post(ROUTE, json=document)
        told.append((answer.status_code, answer.json))
    assert told[0] == told[1]
    assert told[0][0] == 422


# --- the "KPI trees" dataset ----------------------------------------------------------------------


def listed(app: Flask, client: Client, custom_cache_timeout: int | None = None, **extra: Any) -> Any:
    with app.app_context():
        from superset_kpi_plugin.sql.dataset import find_dataset

        dataset_id = find_dataset().id
    query = {"columns": ["slug", "name", "published"], "metrics": [], "row_limit": 100, **extra}
    body = {"datasource": {"id": dataset_id, "type": "table"}, "queries": [query]}
    if custom_cache_timeout:
        body["custom_cache_timeout"] = custom_cache_timeout
    answer = client.post("/api/v1/chart/data", json=body)
    return (
        sorted(row["slug"] for row in answer.json["result"][0]["data"])
        if answer.status_code == 200
        else answer
    )


@pytest.mark.parametrize("timeout", [None, 600])
def test_the_dataset_lists_to_each_what_they_may_see(
    app: Flask, tree: str, client_as: ClientAs, timeout: int | None
) -> None:
    draft = {"name": "Draft", "slug": "draft", "nodes": [node("goal")]}
    assert client_as("admin").post(ROUTE, json=draft).status_code == 201
    assert client_as("alpha").post(ROUTE, json={**draft, "slug": "alphas"}).status_code == 201
    expected = {
        "admin": ["alphas", "draft", "marketing-automation", "shared"],
        "alpha": ["alphas", "marketing-automation", "shared"],
        "gamma": ["marketing-automation", "shared"],
    }
    for _ in range(2):
        assert {name: listed(app, client_as(name), timeout) for name in expected} == expected


def test_the_dataset_filters_by_uuid_and_is_not_for_strangers(
    app: Flask, tree: str, client_as: ClientAs
) -> None:
    uuid = client_as("admin").get(f"{ROUTE}shared").json["result"]["uuid"]
    only = [{"col": "uuid", "op": "==", "val": uuid}]
    assert listed(app, client_as("gamma"), filters=only) == ["shared"]
    assert listed(app, client_as(None)).status_code in (401, 403)


@pytest.mark.parametrize(
    "sql",
    [
        "ATTACH DATABASE '{path}' AS other",
        "VACUUM INTO '{path}'",
        "INSERT INTO trees (slug) VALUES ('mine')",
        "DELETE FROM trees",
        "CREATE TABLE mine (a)",
        "DROP TABLE trees",
        "PRAGMA writable_schema = 1",
        "SELECT sleep(60)",
        "SELECT load_extension('{path}')",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    ],
)
def test_sql_on_the_virtual_database_only_reads(app_context: Flask, tmp_path: Path, sql: str) -> None:
    import sqlalchemy as sa

    path = tmp_path / "other.db"
    with sa.create_engine("kpi://").connect() as connection:
        connection.execute(sa.text("SELECT slug FROM trees")).fetchall()
        refused = r"(?i)not authorized|authorization denied|too many attached|prohibited|no such"
        with pytest.raises(Exception, match=refused):
            connection.execute(sa.text(sql.format(path=path))).fetchall()
    assert not path.exists()


def test_the_virtual_database_is_not_offered_in_sql_lab(app_context: Flask) -> None:
    from superset_kpi_plugin.sql.dataset import find_dataset

    assert find_dataset().database.expose_in_sqllab is False
