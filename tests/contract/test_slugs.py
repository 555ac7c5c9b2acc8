"""No tree can take an address of the API's or the page's own as its slug."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from tests.support.client import Client
from tests.support.documents import small_tree

ADDRESSES = ("/api/v1/kpi_tree/", "/kpi/trees/")


def test_every_address_that_could_be_a_slug_is_reserved(app: Flask) -> None:
    from superset_kpi_plugin.schemas import RESERVED_SLUGS, SLUG

    rules = [rule.rule for rule in app.url_map.iter_rules()]
    first = {
        rule.removeprefix(address).split("/")[0]
        for address in ADDRESSES
        for rule in rules
        if rule.startswith(address)
    }
    assert {word for word in first if SLUG.fullmatch(word)} <= RESERVED_SLUGS


def test_a_tree_named_like_an_address_gets_another_slug(client_as: Callable[[str], Client]) -> None:
    from superset_kpi_plugin.schemas import RESERVED_SLUGS

    admin = client_as("admin")
    for slug in sorted(RESERVED_SLUGS):
        made = admin.post("/api/v1/kpi_tree/", json=small_tree(name=slug, slug=None))
        assert made.status_code == 201, made.json
        assert made.json["result"]["slug"] not in RESERVED_SLUGS
