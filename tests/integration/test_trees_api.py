"""Trees through HTTP, as people with and without rights."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask

from tests.support.client import Client
from tests.support.documents import formula_node, link, month, node, small_tree

ROUTE = "/api/v1/kpi_tree/"
ClientAs = Callable[[str | None], Client]


@pytest.fixture
def admin(client_as: ClientAs) -> Client:
    return client_as("admin")


def created(client: Client, **fields: Any) -> dict[str, Any]:
    answer = client.post(ROUTE, json=small_tree(**fields))
    assert answer.status_code == 201, answer.json
    return answer.json["result"]


def test_a_document_comes_back_as_it_was_sent(admin: Client) -> None:
    sent = small_tree(
        description="Ziele für 2026 – 目標",
        departments=["Marketing", "営業"],
        grain="quarter",
        fiscal_year_start_month=4,
        week_start=7,
        time_zone="Asia/Tokyo",
        holidays="JP",
        thresholds={"on_track": 0.9, "at_risk": 0.7},
        score_cap=1.2,
    )
    sent["nodes"][1] |= {
        "owner": 1,
        "department": "営業",
        "unit": "JPY",
        "d3format": ",.0f",
        "thresholds": {"on_track": 0.99, "at_risk": 0.5},
        "targets": [
            month("2026-10-01", "2026-11-01", value=16, baseline=4),
            month("2026-10-01", "2026-11-01", value=5, dimension="region", member="North"),
        ],
    }
    stored = created(admin, **sent)
    read = admin.get(f"{ROUTE}small-tree").json["result"]
    assert read == stored
    for name in set(sent) - {"nodes", "links"}:
        assert read[name] == sent[name], name
    orders = next(row for row in read["nodes"] if row["key"] == "orders")
    assert orders["owner"]["id"] == 1
    assert orders["thresholds"] == {"on_track": 0.99, "at_risk": 0.5}
    assert [
        (row["value"], row["baseline"], row["dimension"], row["member"]) for row in orders["targets"]
    ] == [
        (16, 4, None, None),
        (5, None, "region", "North"),
    ]
    assert {(row["child"], row["kind"]) for row in read["links"]} == {
        ("orders", "component"),
        ("value", "component"),
    }


def test_what_get_gives_put_takes_and_nodes_keep_their_uuids(admin: Client) -> None:
    document = created(admin)
    before = {row["key"]: row["uuid"] for row in document["nodes"]}
    document["name"] = "Renamed"
    answer = admin.put(f"{ROUTE}{document['uuid']}", json=document)
    assert answer.status_code == 200, answer.json
    after = answer.json["result"]
    assert after["version"] == document["version"] + 1
    assert {row["key"]: row["uuid"] for row in after["nodes"]} == before
    assert after["name"] == "Renamed"


def test_nodes_swap_keys_and_keep_their_uuids(admin: Client) -> None:
    document = created(admin)
    uuids = {row["key"]: row["uuid"] for row in document["nodes"]}
    for row in document["nodes"]:
        row["key"] = {"orders": "value", "value": "orders"}.get(row["key"], row["key"])
    after = admin.put(f"{ROUTE}small-tree", json=document)
    assert after.status_code == 200, after.json
    swapped = {row["key"]: row["uuid"] for row in after.json["result"]["nodes"]}
    assert swapped == {"revenue": uuids["revenue"], "orders": uuids["value"], "value": uuids["orders"]}


def test_a_document_without_uuids_keeps_nodes_by_key_and_drops_the_rest(admin: Client) -> None:
    document = created(admin)
    uuids = {row["key"]: row["uuid"] for row in document["nodes"]}
    shorter = small_tree(version=1)
    shorter["nodes"] = [formula_node("revenue", "orders"), node("orders")]
    shorter["links"] = [link("revenue", "orders")]
    after = admin.put(f"{ROUTE}small-tree", json=shorter).json["result"]
    assert {row["key"]: row["uuid"] for row in after["nodes"]} == {
        key: uuids[key] for key in ("revenue", "orders")
    }
    assert admin.get(f"{ROUTE}small-tree").json["result"] == after


def test_changing_targets_replaces_them_without_tripping_over_unique_rows(admin: Client) -> None:
    document = created(admin)
    revenue = next(row for row in document["nodes"] if row["key"] == "revenue")
    revenue["targets"] = [
        month("2026-10-01", "2026-11-01", value=7),
        month("2026-11-01", "2026-12-01", value=8),
    ]
    after = admin.put(f"{ROUTE}small-tree", json=document).json["result"]
    again = next(row for row in after["nodes"] if row["key"] == "revenue")
    assert [row["value"] for row in again["targets"]] == [7, 8]


def test_a_stale_version_is_refused_and_nothing_is_saved(admin: Client) -> None:
    document = created(admin)
    first = admin.put(f"{ROUTE}small-tree", json={**document, "name": "First"})
    assert first.status_code == 200
    second = admin.put(
        f"{ROUTE}small-tree", json={**document, "name": "Second", "nodes": document["nodes"][:1]}
    )
    assert second.status_code == 409
    assert "Read it again" in second.json["message"]
    assert admin.get(f"{ROUTE}small-tree").json["result"] == first.json["result"]


def test_of_two_savers_at_once_the_second_is_refused(app_context: Flask, admin: Client) -> None:
    """Both have read version 1 when the first one's save lands."""
    from superset.extensions import db

    from superset_kpi_plugin.exceptions import StaleVersionError
    from superset_kpi_plugin.models import KpiTree
    from superset_kpi_plugin.services.trees import _claim_version

    document = created(admin)
    tree = db.session.query(KpiTree).filter_by(slug="small-tree").one()
    assert tree.version == 1
    db.session.commit()
    tree.version  # noqa: B018  the session has read it
    assert admin.put(f"{ROUTE}small-tree", json=document).status_code == 200
    with pytest.raises(StaleVersionError):
        _claim_version(tree)


def test_put_without_a_version_says_so(admin: Client) -> None:
    document = created(admin)
    del document["version"]
    answer = admin.put(f"{ROUTE}small-tree", json=document)
    assert (answer.status_code, answer.json) == (
        422,
        {"message": {"version": ["Give the version that you read."]}},
    )


def test_delete_takes_everything_with_it(app_context: Flask, admin: Client) -> None:
    from superset.extensions import db

    from superset_kpi_plugin import models

    tables = (models.KpiTree, models.KpiNode, models.KpiLink, models.KpiTarget, models.KpiManualValue)

    def count() -> list[int]:
        db.session.rollback()
        return [db.session.query(table).count() for table in tables]

    before = count()
    created(admin)
    assert count() != before
    assert admin.delete(f"{ROUTE}small-tree").status_code == 200
    assert count() == before
    assert admin.get(f"{ROUTE}small-tree").status_code == 404


def test_a_slug_is_made_from_the_name(admin: Client) -> None:
    first = created(admin, slug=None, name="Doanh thu – Ðông Á 2026")
    second = created(admin, slug=None, name="Doanh thu – Ðông Á 2026")
    japanese = created(admin, slug=None, name="売上")
    assert first["slug"].startswith("doanh-thu")
    assert second["slug"].startswith(first["slug"])
    assert second["slug"] != first["slug"]
    assert japanese["slug"].startswith("tree-")


def test_taken_slugs_and_uuids_are_refused(admin: Client) -> None:
    first = created(admin)
    again = admin.post(ROUTE, json=small_tree())
    assert (again.status_code, again.json["message"]) == (422, {"slug": ["Another tree has this slug."]})
    stolen = small_tree(slug="other", uuid=first["uuid"])
    stolen["nodes"][0]["uuid"] = first["nodes"][0]["uuid"]
    answer = admin.post(ROUTE, json=stolen)
    assert answer.status_code == 422
    assert set(answer.json["message"]) == {"uuid", "nodes.revenue.uuid"}


def test_a_tree_may_be_made_with_uuids_of_its_own(admin: Client) -> None:
    uuid = str(uuid4())
    assert created(admin, uuid=uuid)["uuid"] == uuid
    assert admin.get(f"{ROUTE}{uuid}").status_code == 200


# --- rights ---------------------------------------------------------------------------------------


def test_nobody_gets_in_without_logging_in(client_as: ClientAs) -> None:
    nobody = client_as(None)
    calls = [
        nobody.get(ROUTE),
        nobody.get(f"{ROUTE}_info"),
        nobody.get(f"{ROUTE}marketing-automation"),
        nobody.get(f"{ROUTE}related/owners"),
    ]
    assert [answer.status_code for answer in calls] == [401] * 4


def test_gamma_reads_published_trees_and_writes_nothing(admin: Client, client_as: ClientAs) -> None:
    gamma = client_as("gamma")
    draft = created(admin)
    published = created(admin, slug="published", published=True)
    listed = {row["slug"] for row in gamma.get(ROUTE).json["result"]}
    assert "published" in listed
    assert "small-tree" not in listed
    assert gamma.get(f"{ROUTE}published").status_code == 200
    assert gamma.post(ROUTE, json=small_tree(slug="mine")).status_code == 403
    assert gamma.put(f"{ROUTE}published", json=published).status_code == 403
    assert gamma.delete(f"{ROUTE}published").status_code == 403
    unseen = gamma.get(f"{ROUTE}{draft['uuid']}")
    unknown = gamma.get(f"{ROUTE}{uuid4()}")
    assert (unseen.status_code, unseen.json) == (unknown.status_code, unknown.json)
    assert unseen.status_code == 404
    assert gamma.post(f"{ROUTE}small-tree/evaluate", json={}).json == unknown.json


def test_a_writer_changes_only_what_they_own(admin: Client, client_as: ClientAs) -> None:
    alpha = client_as("alpha")
    others = created(admin, slug="others", published=True)
    refused = alpha.put(f"{ROUTE}others", json=others)
    assert (refused.status_code, list(refused.json)) == (403, ["message"])
    assert alpha.delete(f"{ROUTE}others").status_code == 403
    mine = created(alpha, slug="mine")
    assert [owner["first_name"] for owner in mine["owners"]] == ["Alpha"]
    assert alpha.put(f"{ROUTE}mine", json={**mine, "owners": []}).json["result"]["owners"] == mine["owners"]
    assert admin.put(f"{ROUTE}mine", json={**mine, "version": 2}).status_code == 200
    assert alpha.delete(f"{ROUTE}mine").status_code == 200


def test_after_superset_init_gamma_has_only_read(app_context: Flask) -> None:
    sm = app_context.appbuilder.sm  # type: ignore[attr-defined]
    held = {
        role: {
            pvm.permission.name for pvm in sm.find_role(role).permissions if pvm.view_menu.name == "KpiTree"
        }
        for role in ("Admin", "Alpha", "Gamma")
    }
    assert held == {
        "Admin": {"can_read", "can_write"},
        "Alpha": {"can_read", "can_write"},
        "Gamma": {"can_read"},
    }


# --- the list -------------------------------------------------------------------------------------


def test_the_list_filters_orders_and_pages(admin: Client) -> None:
    for name in ("Apple", "Banana", "Cherry 100%"):
        created(admin, slug=None, name=f"Zz {name}", published=name == "Banana")

    def listed(query: str) -> list[str]:
        return [row["name"] for row in admin.get(f"{ROUTE}?q={query}").json["result"]]

    ours = "filters:!((col:name,opr:kpi_tree_all_text,value:'zz '))"
    ordered = "order_column:name,order_direction:desc"
    assert listed(f"({ours},{ordered})") == ["Zz Cherry 100%", "Zz Banana", "Zz Apple"]
    assert listed(f"({ours},{ordered},page:1,page_size:2)") == ["Zz Apple"]
    assert listed("(filters:!((col:name,opr:kpi_tree_all_text,value:'100%25')))") == ["Zz Cherry 100%"]
    assert listed(f"(filters:!((col:published,opr:eq,value:!t)),{ordered},columns:!(name))")[:1] == [
        "Zz Banana"
    ]
    assert admin.get(f"{ROUTE}?q=(columns:!(uuid,name,slug),page_size:1000)").json["count"] >= 3
    assert admin.get(f"{ROUTE}?q=(columns:!(").status_code == 400


def test_info_tells_permissions_and_filters(client_as: ClientAs) -> None:
    info = client_as("gamma").get(f"{ROUTE}_info?q=(keys:!(permissions))").json
    assert info["permissions"] == ["can_read"]
    assert "kpi_tree_all_text" in json.dumps(client_as("admin").get(f"{ROUTE}_info").json["filters"])


def test_related_owners_are_found_by_name(client_as: ClientAs) -> None:
    found = client_as("admin").get(f"{ROUTE}related/owners?q=(filter:alph)").json
    assert [row["text"] for row in found["result"]] == ["Alpha Tester"]
