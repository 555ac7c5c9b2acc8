"""The list of KPI trees: what it tells, to whom, how it narrows, and what can be done from there."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.chart import LOADED, Chart, send
from tests.e2e.editor import shop
from tests.e2e.page import API, BASE, TreesPage, create
from tests.support.live import LiveServer

PageAs = Callable[..., Page]
Document = dict[str, Any]


@pytest.fixture
def trees(page: Page) -> TreesPage:
    return TreesPage(page)


@pytest.fixture
def shops(page: Page) -> list[Document]:
    """Two trees beside the demo's: one published, at 3,000 of 4,000, and a draft at twice of it."""
    published = {**shop("shop"), "published": True, "departments": ["Retail"]}
    draft = {**shop("draft"), "name": "Draft shop"}
    draft["nodes"][0]["targets"][0]["value"] = 2000
    return [create(page, document) for document in (published, draft)]


def test_the_entry_of_the_bar_leads_to_the_list_and_the_bar_leads_away(trees: TreesPage, page: Page) -> None:
    page.goto("/superset/welcome/")
    page.get_by_role("link", name="KPI Trees").click()
    expect(trees.hook("kpi-tree-link")).to_have_text(["Marketing automation"], timeout=LOADED)
    page.locator('#main-menu a[href="/dashboard/list/"]').click()
    page.wait_for_url("**/dashboard/list/**")
    expect(page.locator("#kpi-root")).to_have_count(0)
    page.go_back()
    expect(trees.hook("kpi-tree-link")).to_be_visible(timeout=LOADED)


def test_every_tree_tells_how_its_goal_stands(trees: TreesPage, shops: list[Document]) -> None:
    trees.list()
    for tree, attainment, status in zip(shops, ("0.75", "1.5"), ("off_track", "achieved"), strict=True):
        row = trees.row(tree["uuid"])
        figure = row.locator('[data-test="kpi-list-attainment"]')
        expect(figure).to_have_attribute("data-value", attainment, timeout=LOADED)
        told = row.locator('[data-test="kpi-list-status"]').get_attribute("data-value")
        answer = trees.page.request.get(f"{API}{tree['uuid']}").json()["result"]
        assert answer["published"] is (tree["slug"] == "shop")
        assert told == status or tree["slug"] == "shop"
    expect(trees.row(shops[0]["uuid"]).locator('[data-test="kpi-list-published"]')).to_have_text("Published")
    expect(trees.row(shops[1]["uuid"]).locator('[data-test="kpi-list-published"]')).to_have_text("Draft")


def test_cards_and_table_tell_the_same(trees: TreesPage, shops: list[Document]) -> None:
    trees.list()
    cards = sorted(trees.names())
    trees.hook("kpi-list-view").locator("label").nth(1).click()
    expect(trees.hook("kpi-table")).to_be_visible(timeout=LOADED)
    assert sorted(trees.names()) == cards
    trees.page.reload()
    expect(trees.hook("kpi-table")).to_be_visible(timeout=LOADED)
    trees.page.get_by_role("columnheader", name="Name").click()
    expect(trees.hook("kpi-tree-link")).to_have_text(
        ["Draft shop", "Marketing automation", "Shop"], timeout=LOADED
    )


def test_a_reader_sees_what_is_published_and_no_button_that_would_be_refused(
    page_as: PageAs, shops: list[Document]
) -> None:
    reader = TreesPage(page_as("gamma")).list()
    assert sorted(reader.names()) == ["Marketing automation", "Shop"]
    for hook in ("kpi-start", "kpi-import-open"):
        expect(reader.hook(hook)).to_have_count(0)
    reader.row(shops[0]["uuid"]).locator('[data-test="kpi-actions"]').click()
    menu = reader.page.locator(".kpi-ant-dropdown")
    expect(menu.get_by_role("menuitem")).to_have_text(["Export"])


def test_the_search_narrows_and_stands_in_the_address(trees: TreesPage, shops: list[Document]) -> None:
    trees.list()
    trees.hook("kpi-list-search").fill("draft")
    expect(trees.hook("kpi-tree-link")).to_have_text(["Draft shop"], timeout=LOADED)
    expect(trees.page).to_have_url(re.compile(r"\?search=draft$"))
    trees.page.reload()
    expect(trees.hook("kpi-tree-link")).to_have_text(["Draft shop"], timeout=LOADED)
    trees.hook("kpi-list-search").fill("nothing like it")
    expect(trees.hook("kpi-list-none")).to_be_visible(timeout=LOADED)
    trees.hook("kpi-filters-clear").click()
    expect(trees.hook("kpi-tree-link")).to_have_count(3, timeout=LOADED)


def test_filters_by_department_state_and_status(trees: TreesPage, shops: list[Document]) -> None:
    trees.list()
    trees.choose("kpi-filter-department", "Retail")
    expect(trees.hook("kpi-tree-link")).to_have_text(["Shop"], timeout=LOADED)
    trees.hook("kpi-filters-clear").click()
    trees.choose("kpi-filter-published", "Draft")
    expect(trees.hook("kpi-tree-link")).to_have_text(["Draft shop"], timeout=LOADED)
    trees.hook("kpi-filters-clear").click()
    trees.choose("kpi-filter-status", "Achieved")
    expect(trees.hook("kpi-tree-link")).to_have_text(["Draft shop"], timeout=LOADED)


def test_the_furthest_from_its_goal_comes_first(trees: TreesPage, shops: list[Document]) -> None:
    trees.list("?order=attainment")
    expect(trees.hook("kpi-list-remaining")).to_have_count(0, timeout=LOADED)
    names = trees.names()
    assert names.index("Shop") < names.index("Draft shop")


def test_a_star_stays_and_finds_the_tree_again(trees: TreesPage, shops: list[Document]) -> None:
    trees.list()
    star = trees.row(shops[1]["uuid"]).locator('[data-test="kpi-star"]')
    with trees.page.expect_response("**/favorites/") as starred:
        star.click()
    assert starred.value.ok
    trees.list("?favorite=1")
    expect(trees.hook("kpi-tree-link")).to_have_text(["Draft shop"], timeout=LOADED)
    expect(star).to_have_attribute("aria-pressed", "true")


def test_several_are_exported_and_deleted_at_once(trees: TreesPage, shops: list[Document]) -> None:
    trees.list()
    trees.hook("kpi-bulk").click()
    for tree in shops:
        trees.row(tree["uuid"]).locator('[data-test="kpi-choose"]').click()
    expect(trees.hook("kpi-bulk-count")).to_have_attribute("data-value", "2")
    with trees.page.expect_download() as download:
        trees.hook("kpi-bulk-export").click()
    files = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes())).namelist()
    assert len([name for name in files if "kpi_trees/" in name]) == 2

    trees.hook("kpi-bulk-delete").click()
    expect(trees.page.get_by_role("dialog")).to_contain_text("Draft shop")
    trees.hook("kpi-delete-confirm").click()
    expect(trees.hook("kpi-tree-link")).to_have_text(["Marketing automation"], timeout=LOADED)


def bring(page: Page, archive: bytes, name: str = "trees.zip") -> None:
    page.locator('[data-test="kpi-import"] input[type=file]').set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": archive}
    )
    page.get_by_role("button", name="Import", exact=True).click()


def test_what_was_exported_comes_back_and_is_told_by_name(
    trees: TreesPage, shops: list[Document], page: Page
) -> None:
    archive = page.request.get(f"{API}export/?q=!({shops[0]['id']},{shops[1]['id']})").body()
    trees.list()
    trees.hook("kpi-import-open").click()
    bring(page, archive)
    expect(trees.hook("kpi-import-error")).to_be_visible(timeout=LOADED)
    page.get_by_text("Replace trees that are here already").click()
    page.get_by_role("button", name="Import", exact=True).click()
    expect(trees.hook("kpi-imported").locator("li")).to_have_text(["Shop", "Draft shop"], timeout=LOADED)
    expect(trees.hook("kpi-import")).to_have_count(0)
    expect(trees.hook("kpi-tree-link")).to_have_count(3, timeout=LOADED)


def test_a_file_outlives_the_session(trees: TreesPage, shops: list[Document], page: Page) -> None:
    archive = page.request.get(f"{API}export/?q=!({shops[0]['id']},{shops[1]['id']})").body()
    trees.list()
    trees.hook("kpi-import-open").click()
    page.get_by_text("Replace trees that are here already").click()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    bring(page, archive)
    expect(trees.hook("kpi-import-error")).to_contain_text(
        "You are not logged in any more. Log in in another tab, then try again.", timeout=LOADED
    )
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    page.get_by_role("button", name="Import", exact=True).click()
    expect(trees.hook("kpi-imported").locator("li")).to_have_text(["Shop", "Draft shop"], timeout=LOADED)


def test_one_tree_from_a_file_is_opened_to_see_whether_its_numbers_are_read_here(
    trees: TreesPage, shops: list[Document], page: Page
) -> None:
    archive = page.request.get(f"{API}export/?q=!({shops[0]['id']})").body()
    send(page, "DELETE", f"{API}{shops[0]['uuid']}", {})
    page.goto(f"{BASE}new/")
    trees.hook("kpi-way", value="file").click()
    bring(page, archive)
    Chart(page).ready()
    expect(page).to_have_url(re.compile(rf"{BASE}shop/"))
    expect(page.get_by_text("Shop is here.")).to_be_visible()


def test_one_that_came_without_its_sources_is_opened_in_the_editor(
    trees: TreesPage, page: Page, page_as: PageAs
) -> None:
    """Who may not read a dataset exports the tree with its sources masked."""
    (demo,) = page.request.get(API).json()["result"]
    archive = page_as("gamma").request.get(f"{API}export/?q=!({demo['id']})").body()
    send(page, "DELETE", f"{API}{demo['uuid']}", {})
    trees.list()
    page.goto(f"{BASE}new/")
    trees.hook("kpi-way", value="file").click()
    bring(page, archive)
    expect(trees.hook("kpi-editor")).to_be_visible(timeout=LOADED)
    expect(page.get_by_text("KPIs whose source was not in the file")).to_be_visible()


def test_with_no_tree_the_list_starts_one(trees: TreesPage, page: Page, page_as: PageAs) -> None:
    demo = page.request.get(API).json()["result"]
    token = page.request.get("/api/v1/security/csrf_token/").json()["result"]
    for tree in demo:
        answer = page.request.delete(f"{API}{tree['uuid']}", headers={"X-CSRFToken": token})
        assert answer.ok
    reader = TreesPage(page_as("gamma")).list()
    expect(reader.hook("kpi-list-empty")).to_contain_text("As soon as somebody publishes one", timeout=LOADED)
    expect(reader.hook("kpi-start-first")).to_have_count(0)
    trees.list()
    trees.hook("kpi-start-first").click()
    expect(page).to_have_url(re.compile(rf"{BASE}new/$"))


def test_the_page_follows_the_theme_live(trees: TreesPage, page: Page) -> None:
    trees.list()
    assert trees.theme() == "light"
    page.emulate_media(color_scheme="dark")
    expect(trees.hook("kpi-page", theme="dark")).to_be_visible()
    page.emulate_media(color_scheme="light")
    expect(trees.hook("kpi-page", theme="light")).to_be_visible()


def test_a_stranger_logs_in_and_is_back(page_as: PageAs, live_server: LiveServer) -> None:
    stranger = page_as(None)
    stranger.goto(f"{BASE}?search=x")
    expect(stranger).to_have_url(re.compile(r"/login/\?next="))
