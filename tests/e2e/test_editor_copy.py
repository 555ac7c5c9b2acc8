"""A branch is copied in one tree and pasted into another one, as its first tree has it."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import send
from tests.e2e.editor import API, Editor, outline, shop

SOURCE = "marketing-automation"
OWN = {"uuid", "key", "formula"}
"""What a copy has of its own: an identity, and keys that are free where it stands."""

Document = dict[str, Any]


@pytest.fixture
def source(page: Page) -> Document:
    """The demo's tree, and a tree of one's own to paste into."""
    send(page, "POST", API, shop("shop"))
    document: Document = page.request.get(f"{API}{SOURCE}").json()["result"]
    return document


def branch(document: Document, top: str) -> list[Document]:
    """A node and what stands under it, each once, in reading order."""
    children, found = outline(document), [top]
    for key in found:
        found += [child for child in children.get(key, []) if child not in found]
    nodes = {node["key"]: node for node in document["nodes"]}
    return [nodes[key] for key in found]


def copied_top(document: Document) -> str:
    """A branch below the KGI with all that a branch can have."""
    below = {link["child"] for link in document["links"]}
    for node in document["nodes"]:
        parts = branch(document, node["key"])
        full = node["formula"] and node["key"] in below and len(parts) > 2
        if full and any(part["metric"] for part in parts) and any(part["targets"] for part in parts):
            return str(node["key"])
    raise AssertionError("the demo has no such branch")


def told(document: Document, top: str) -> list[tuple[Document, list[tuple[str, float, int]]]]:
    """The branch without the keys: of each node its fields, its links by name, and its formula by name."""
    names = {node["key"]: node["name"] for node in document["nodes"]}
    parts = []
    for node in branch(document, top):
        formula = node["formula"] or ""
        for key in sorted(names, key=len, reverse=True):
            formula = (
                formula.replace(key, f"<{names[key]}>")
                if key in outline(document).get(node["key"], [])
                else formula
            )
        links = [
            (names[link["child"]], link["weight"], link["lag"])
            for link in sorted(document["links"], key=lambda link: link["order"])
            if link["parent"] == node["key"]
        ]
        fields = {name: value for name, value in node.items() if name not in OWN}
        parts.append(({**fields, "formula": formula}, links))
    return parts


def pasted(editor: Editor) -> str:
    """Paste under `rate`; the key of what stands there then."""
    editor.choose("rate").press("Control+v")
    kept = editor.changed().kept()
    assert kept
    (top,) = outline(kept)["rate"]
    return top


def test_into_another_tab_and_back_by_one_undo(page: Page, source: Document) -> None:
    one, other = Editor(page).open(SOURCE), Editor(page.context.new_page()).open("shop")
    top = copied_top(source)
    one.choose(top).press("Control+c")
    new = pasted(other)
    kept = other.kept()
    assert kept
    assert told(kept, new) == told(source, top)
    known = {node["uuid"] for node in source["nodes"]}
    assert not known & {node["uuid"] for node in kept["nodes"]}
    other.press("Control+z").saved()
    other.press("Control+Shift+z").save().saved()
    assert told(other.stored("shop"), new) == told(source, top)


def test_in_the_same_tab_with_keys_that_are_taken_there(page: Page, source: Document) -> None:
    editor = Editor(page).open("shop")
    editor.choose("orders")
    editor.hook("kpi-tool-copy").click()
    send(page, "POST", API, {**shop("other"), "name": "Another shop"})
    editor.open("other").computed()
    editor.choose("value")
    editor.hook("kpi-tool-paste").click()
    kept = editor.changed().kept()
    assert kept
    assert outline(kept)["value"] == ["orders_2"]
    assert outline(kept)["orders_2"] == ["visits_2", "rate_2"]
    copy = next(node for node in kept["nodes"] if node["key"] == "orders_2")
    assert copy["formula"].replace(" ", "") == "visits_2*rate_2"
    assert editor.computed().number("orders_2") == 100
    expect(editor.hook("kpi-errors")).to_have_count(0)
    editor.hook("kpi-undo").click()
    editor.saved()
    expect(editor.card("orders_2")).to_have_count(0)
