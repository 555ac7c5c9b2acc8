"""Trees as files: what goes out comes in again, and nothing that may not."""

from __future__ import annotations

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml
from flask import Flask

from superset_kpi_plugin.demo.metrics import BY_KEY as DATASETS
from tests.support import people
from tests.support.client import Client
from tests.support.documents import link, node, small_tree

ROUTE = "/api/v1/kpi_tree/"
DEMO = "marketing-automation"
ClientAs = Callable[[str | None], Client]
READ_ONLY = {"created_on", "changed_on", "created_by", "changed_by", "version"}


@pytest.fixture
def admin(client_as: ClientAs) -> Client:
    return client_as("admin")


def exported(client: Client, *ids: int) -> dict[str, str]:
    """The files of the zip, without its first folder."""
    answer = client.get(f"{ROUTE}export/?q=!({','.join(map(str, ids))})")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    with ZipFile(BytesIO(answer.data)) as bundle:
        return {name.partition("/")[2]: bundle.read(name).decode() for name in bundle.namelist()}


def zipped(files: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as bundle:
        for name, text in files.items():
            bundle.writestr(f"export/{name}", text)
    return buffer.getvalue()


def deflated(text: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as bundle:
        bundle.writestr("export/metadata.yaml", text)
    return buffer.getvalue()


def sent(client: Client, content: bytes, name: str = "trees.zip", overwrite: bool = False) -> Any:
    data = {"formData": (BytesIO(content), name), "overwrite": "true" if overwrite else "false"}
    return client.request("POST", f"{ROUTE}import/", data=data, content_type="multipart/form-data")


def tree_id(client: Client, slug: str) -> int:
    return int(client.get(f"{ROUTE}{slug}").json["id"])


def document(client: Client, slug: str) -> dict[str, Any]:
    return {
        name: value
        for name, value in client.get(f"{ROUTE}{slug}").json["result"].items()
        if name not in READ_ONLY
    }


def test_the_demos_tree_goes_out_and_comes_back_the_same(admin: Client) -> None:
    before = document(admin, DEMO)
    files = exported(admin, tree_id(admin, DEMO))
    assert set(files) == {"metadata.yaml", f"kpi_trees/{DEMO}.yaml"}
    assert yaml.safe_load(files["metadata.yaml"])["type"] == "KpiTree"
    told = yaml.safe_load(files[f"kpi_trees/{DEMO}.yaml"])
    assert {
        "uuid": DATASETS["orders"].uuid,
        "name": "demo_orders",
        "schema": "main",
        "database": "KPI demo",
    } in (told["datasets"])
    assert "Admin" not in files[f"kpi_trees/{DEMO}.yaml"]
    assert admin.delete(f"{ROUTE}{DEMO}").status_code == 200
    answer = sent(admin, zipped(files))
    assert answer.status_code == 200, answer.json
    assert answer.json["result"] == [
        {"uuid": before["uuid"], "slug": DEMO, "name": "Marketing automation", "left_open": []}
    ]
    after = document(admin, DEMO)
    for tree in (before, after):
        for row in tree["nodes"]:
            row["owner"] = None
        tree["nodes"].sort(key=lambda row: row["key"])
        tree["links"].sort(key=lambda row: (row["parent"], row["child"]))
    assert after == before


def test_a_tree_that_is_there_is_replaced_only_on_demand(admin: Client, client_as: ClientAs) -> None:
    alpha = client_as("alpha")
    made = alpha.post(ROUTE, json=small_tree(published=True)).json
    files = exported(admin, made["id"])
    renamed = {name: text.replace("name: Small tree", "name: Changed") for name, text in files.items()}
    refused = sent(admin, zipped(renamed))
    assert (refused.status_code, refused.json) == (
        422,
        {
            "message": {
                "kpi_trees/small-tree.yaml: uuid": [
                    "This KPI tree already exists and `overwrite=true` was not passed."
                ]
            }
        },
    )
    assert sent(admin, zipped(renamed), overwrite=True).status_code == 200
    after = admin.get(f"{ROUTE}small-tree").json["result"]
    assert (after["name"], after["version"]) == ("Changed", 2)
    assert [owner["first_name"] for owner in after["owners"]] == ["Alpha"]


def test_nobody_replaces_what_is_not_theirs(admin: Client, client_as: ClientAs) -> None:
    made = admin.post(ROUTE, json=small_tree(published=True)).json
    files = exported(admin, made["id"])
    assert sent(client_as("alpha"), zipped(files), overwrite=True).status_code == 403
    assert sent(client_as("gamma"), zipped(files), overwrite=True).status_code == 403
    assert admin.get(f"{ROUTE}small-tree").json["result"]["version"] == 1


def test_of_several_trees_one_wrong_one_keeps_all_out(admin: Client) -> None:
    good = yaml.dump({**small_tree(slug="good"), "version": "1.0.0"})
    unknown = {"dataset_uuid": "00000000-0000-4000-8000-000000000000", "metric_name": "m"}
    lost = {
        **{"name": "Lost", "slug": "lost", "version": "1.0.0"},
        "nodes": [node("goal", source="metric", metric=unknown)],
        "datasets": [{"uuid": unknown["dataset_uuid"], "name": "shop_orders"}],
    }
    files = {
        "metadata.yaml": "version: 1.0.0\ntype: KpiTree\n",
        "kpi_trees/good.yaml": good,
        "kpi_trees/lost.yaml": yaml.dump(lost),
        "kpi_trees/worse.yaml": yaml.dump({**small_tree(slug="worse"), "version": "1.0.0", "grain": "day"}),
    }
    answer = sent(admin, zipped(files))
    assert answer.status_code == 422
    assert answer.json["message"]["kpi_trees/lost.yaml: nodes.goal.metric.dataset_uuid"] == [
        f"There is no dataset shop_orders with the uuid {unknown['dataset_uuid']} that you may read."
    ]
    assert set(answer.json["message"]) == {
        "kpi_trees/lost.yaml: nodes.goal.metric.dataset_uuid",
        "kpi_trees/worse.yaml: grain",
    }
    assert admin.get(f"{ROUTE}good").status_code == 404


def test_what_may_not_be_read_is_masked_on_the_way_out_and_open_on_the_way_in(
    app: Flask, admin: Client, client_as: ClientAs
) -> None:
    metrics = {
        name: {"dataset_uuid": DATASETS[name].uuid, "metric_name": name} for name in ("orders", "calls")
    }
    tree = {
        **{"name": "Half", "slug": "half", "published": True},
        "nodes": [node(key, source="metric", metric=metric) for key, metric in metrics.items()],
        "links": [link("orders", "calls")],
    }
    made = admin.post(ROUTE, json=tree)
    assert made.status_code == 201, made.json
    with app.app_context():
        people.add_reader("narrow", [DATASETS["calls"].uuid])
        people.may_write("narrow")
    narrow = client_as("narrow")
    files = exported(narrow, made.json["id"])
    text = files["kpi_trees/half.yaml"]
    assert DATASETS["orders"].uuid not in text
    assert "demo_orders" not in text
    assert "demo_calls" in text
    copied = {
        name: text.replace(made.json["result"]["uuid"], "11111111-1111-4111-8111-111111111111")
        for name, text in files.items()
    }
    for row in made.json["result"]["nodes"]:
        copied = {
            name: text.replace(row["uuid"], row["uuid"][::-1].replace("-", "")[:32])
            for name, text in copied.items()
        }
    answer = sent(narrow, zipped(copied))
    assert answer.status_code == 200, answer.json
    (stored,) = answer.json["result"]
    assert stored["left_open"] == ["orders"]
    assert stored["slug"] != "half"
    assert sent(admin, zipped(files), overwrite=True).status_code == 200
    assert document(admin, "half")["nodes"][0]["metric"]["dataset_uuid"] == DATASETS["orders"].uuid


def test_trees_one_may_not_see_are_not_exported(admin: Client, client_as: ClientAs) -> None:
    made = admin.post(ROUTE, json=small_tree()).json
    gamma = client_as("gamma")
    unseen, unknown = (gamma.get(f"{ROUTE}export/?q=!({tree})") for tree in (made["id"], 999_999))
    assert (unseen.status_code, unseen.json) == (unknown.status_code, unknown.json)
    assert unseen.status_code == 404
    assert admin.get(f"{ROUTE}export/").status_code == 400


def test_one_yaml_file_is_enough(admin: Client) -> None:
    text = yaml.dump({**small_tree(), "version": "1.0.0"}).replace("'2026-10-01'", "2026-10-01")
    answer = sent(admin, text.encode(), "small.yaml")
    assert answer.status_code == 200, answer.json
    assert admin.get(f"{ROUTE}small-tree").status_code == 200


GOOD = "version: 1.0.0\ntype: KpiTree\n"


@pytest.mark.parametrize(
    ("content", "path"),
    [
        (b"", "trees.zip"),
        (b"a: [", "trees.zip"),
        (b"\xff\xfe", "trees.zip"),
        (b"PK\x03\x04 not a zip", "trees.zip"),
        (b"a: &x [1]\nb: *x", "trees.zip"),
        (b"[" * 20_000, "trees.zip"),
        (b"name: x", "trees.zip: version"),
        (b"version: 1.0.0\nname: x", "trees.zip: nodes"),
        (zipped({}), "trees.zip"),
        (zipped({"metadata.yaml": GOOD}), "kpi_trees"),
        (zipped({"kpi_trees/a.yaml": "a: 1"}), "metadata.yaml"),
        (zipped({"metadata.yaml": "version: 2.0.0"}), "metadata.yaml: version"),
        (zipped({"metadata.yaml": "version: 1.0.0\ntype: Dashboard"}), "metadata.yaml: type"),
        (zipped({"metadata.yaml": GOOD, "kpi_trees/a.yaml": "- 1"}), "kpi_trees/a.yaml"),
        (
            zipped({"metadata.yaml": GOOD, "kpi_trees/a.yaml": "version: 1.0.0\nnodes: 1"}),
            "kpi_trees/a.yaml: name",
        ),
    ],
)
def test_a_file_that_is_none_is_told_so(admin: Client, content: bytes, path: str) -> None:
    answer = sent(admin, content)
    assert answer.status_code == 422, answer.json
    assert path in answer.json["message"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xff\xfe", "neither YAML in UTF-8 nor a whole zip file"),
        (zipped({"metadata.yaml": GOOD})[:60], "neither YAML in UTF-8 nor a whole zip file"),
        (b"[" * 20_000, "nested too deeply"),
        (b"[" * 200_000 + b"]" * 200_000, "nested too deeply"),
        (b"- " * 200_000, "nested too deeply"),
        (b"a: !!timestamp never", "no YAML file"),
        (b"a: !!bool maybe", "no YAML file"),
        (b'a: !!int ""', "no YAML file"),
        (b"version: 1.0.0\nscore_cap: " + b":".join([b"59"] * 200) + b".5", "Not a valid number."),
        (b'version: 1.0.0\nslug: "a\\0b"', "the character NUL"),
        (deflated("name: x\n" * 99).replace(b"\xcbK", b"\xffK"), "cannot be read"),
    ],
)
def test_a_file_that_is_broken_is_told_in_words(admin: Client, content: bytes, told: str) -> None:
    answer = sent(admin, content)
    assert answer.status_code == 422, answer.json
    assert told in str(answer.json["message"])


def test_a_number_to_the_base_of_sixty_takes_no_time(admin: Client) -> None:
    """They were read in the square of their length: this took 6 seconds, a file of 5 MB ten minutes."""
    started = time.process_time()
    answer = sent(admin, b"version: 1.0.0\nscore_cap: " + b":".join([b"59"] * 160_000))
    assert time.process_time() - started < 2
    assert answer.status_code == 422, answer.json


def test_without_a_file_it_says_how_to_send_one(admin: Client) -> None:
    answer = admin.request("POST", f"{ROUTE}import/", data={}, content_type="multipart/form-data")
    assert (answer.status_code, list(answer.json)) == (400, ["message"])
