"""The editor: undo without end, two editors, and everything that can come between an edit and its save."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.axe import grave
from tests.e2e.chart import LOADED, MOVING, send
from tests.e2e.editor import API, Editor, canonical, names, outline, shop

SEED = 20261122
EDITS = 50


@pytest.fixture
def editor(page: Page) -> Editor:
    """The editor of a small tree, `shop`."""
    send(page, "POST", API, shop("shop"))
    return Editor(page).open("shop")


def edit_at_random(editor: Editor, chance: random.Random) -> None:
    """One edit by keyboard, of a card that is there."""
    keys = editor.keys()
    key = chance.choice(keys[1:] or keys)
    name = f"Edited {chance.randrange(1000)}"
    editor.choose(key)
    match chance.choice(("child", "sibling", "rename", "delete", "order", "level", "copy")):
        case "child":
            editor.press("Tab").type(name).press("Enter")
        case "sibling":
            editor.press("Enter").type(name).press("Enter")
        case "rename":
            editor.press("F2").type(name).press("Enter")
        case "delete" if len(keys) > 5:
            editor.press("Delete")
            confirm_any(editor, "delete")
        case "order":
            editor.press(chance.choice(("Alt+ArrowUp", "Alt+ArrowDown")))
        case "level":
            editor.press(chance.choice(("Alt+ArrowLeft", "Alt+ArrowRight")))
            confirm_any(editor, "move")
        case _:
            editor.press("Control+c", "Control+v")


def confirm_any(editor: Editor, dialog: str) -> None:
    """Say yes, where it is asked."""
    if editor.hook(f"kpi-{dialog}-confirm").count():  # visible, it is only when it has opened
        editor.confirm(dialog)
        expect(editor.hook(f"kpi-{dialog}")).to_have_count(0)


def test_fifty_edits_are_undone_to_the_start_and_redone_to_the_end(editor: Editor) -> None:
    chance = random.Random(SEED)
    for _ in range(EDITS):
        edit_at_random(editor, chance)
    end = editor.changed().kept()
    undo, redo = editor.hook("kpi-undo"), editor.hook("kpi-redo")
    steps = 0
    while undo.is_enabled():
        undo.click()
        steps += 1
    assert steps > EDITS // 2
    editor.saved()
    assert editor.kept() is None
    for _ in range(steps):
        redo.click()
    expect(redo).to_be_disabled()
    again = editor.kept()
    assert end
    assert again
    assert canonical(again) == canonical(end)


def test_a_tree_is_typed_without_a_pause_and_saved_in_one_request(page: Page) -> None:
    editor = Editor(page).open("new")
    calls: list[str] = []
    page.on(
        "request", lambda request: calls.append(request.url) if request.method in ("POST", "PUT") else None
    )
    editor.choose("kpi_1").press("F2").type("Revenue").press("Tab").type("Orders").press("Tab").type("Visits")
    editor.press("Enter", "Enter").type("Conversion rate").press("Enter")
    editor.choose("orders").press("Enter").type("Average order value").press("Enter")
    expect(editor.card("average_order_value")).to_be_focused()
    editor.save().saved()
    writes = [url for url in calls if url.endswith(API)]
    assert len(writes) == 1
    stored = editor.stored(page.url.split("/kpi/trees/")[1].split("/")[0])
    assert outline(stored)["orders"] == ["visits", "conversion_rate"]
    assert outline(stored)["revenue"] == ["orders", "average_order_value"]


def test_each_edit_shows_the_numbers_as_they_would_be(editor: Editor) -> None:
    assert editor.computed().number("revenue") == 3000
    editor.choose("value").press("Delete")
    # A factor cannot be taken out of a product: the number is left open, and the formula is kept.
    expect(editor.hook("kpi-delete-formulas")).to_contain_text("Revenue = Orders × Value")
    editor.confirm("delete")
    expect(editor.card("revenue").locator('[data-test="kpi-mark"]')).to_have_attribute(
        "data-severity", "blocking", timeout=LOADED
    )
    assert editor.computed().number("orders") == 100
    editor.press("Control+z")
    expect(editor.card("revenue").locator('[data-test="kpi-actual"]')).to_have_attribute("data-value", "3000")
    assert names(editor.stored("shop")) == names({"nodes": shop("shop")["nodes"]})


def test_a_formula_goes_on_without_what_is_deleted(page: Page) -> None:
    document = shop("shop")
    document["nodes"][0]["formula"] = "orders + value"
    send(page, "POST", API, document)
    editor = Editor(page).open("shop").computed()
    editor.choose("value").press("Delete")
    expect(editor.hook("kpi-delete-formula")).to_contain_text("It becomes Revenue = Orders")
    editor.confirm("delete")
    expect(editor.card("revenue").locator('[data-test="kpi-actual"]')).to_have_attribute(
        "data-value", "100", timeout=LOADED
    )
    editor.press("Control+z").choose("value").press("Delete")
    editor.hook("kpi-delete-open").click()
    editor.confirm("delete")
    # What was not mended can be, later and by somebody else: it is saved with the KPI.
    editor.save().saved().choose("revenue").hook("kpi-form-links").click()
    editor.hook("kpi-formula-mend").click()
    editor.press("Control+a").page.keyboard.type("orders * 2")
    editor.press("Enter").computed()
    assert editor.number("revenue") == 200


def test_a_card_is_dragged_to_another_parent_and_to_a_further_one(editor: Editor) -> None:
    editor.page.emulate_media(reduced_motion="reduce")
    editor.computed()
    editor.drag(editor.card("value"), onto="orders")
    editor.hook("kpi-move-open").click()
    editor.confirm("move")
    expect(editor.card("value")).to_have_attribute("aria-level", "3")
    editor.press("Control+z", "0")
    expect(editor.card("value")).to_have_attribute("aria-level", "2")
    editor.card("visits").hover()
    editor.drag(editor.card("visits").locator('[data-test="kpi-handle-connect"]'), onto="value")
    expect(editor.hook("kpi-reference", key="visits")).to_be_visible()
    # The parent of a parent under its own child would be a circle.
    editor.choose("orders").press("0")
    editor.drag(editor.card("orders"), onto="visits")
    expect(editor.card("orders")).to_have_attribute("aria-level", "2")
    editor.save().saved()
    assert outline(editor.stored("shop"))["value"] == ["visits"]


def test_a_formula_is_not_left_naming_what_was_moved_away(page: Page) -> None:
    document = shop("shop")
    document["nodes"][0]["formula"] = "orders + value"
    send(page, "POST", API, document)
    editor = Editor(page).open("shop").computed()
    page.emulate_media(reduced_motion="reduce")
    editor.drag(editor.card("value"), onto="orders")
    expect(editor.hook("kpi-move-formula")).to_contain_text("It becomes Revenue = Orders")
    expect(editor.hook("kpi-move-mend")).to_be_checked()
    editor.confirm("move")
    expect(editor.card("value")).to_have_attribute("aria-level", "3")
    assert editor.computed().number("revenue") == 100
    expect(editor.hook("kpi-errors")).to_have_count(0)
    editor.press("Control+z").saved()
    # A factor cannot be taken out: it stays where it was as well.
    editor.choose("visits").press("Alt+ArrowLeft")
    expect(editor.hook("kpi-move-stay")).to_be_checked()
    editor.press("Enter")
    expect(editor.hook("kpi-reference", key="visits")).to_be_visible()
    assert editor.computed().number("orders") == 100
    expect(editor.hook("kpi-errors")).to_have_count(0)
    editor.press("Control+z").saved()


def test_of_two_editors_neither_loses_what_they_did(editor: Editor, page_as: Callable[..., Page]) -> None:
    other = Editor(page_as("admin")).open("shop")
    other.rename("value", "Order value").rename("visits", "Sessions").save().saved()
    editor.rename("value", "Basket").rename("rate", "Conversion").save()
    expect(editor.hook("kpi-merge")).to_be_visible(timeout=LOADED)
    clash = editor.hook("kpi-clash")
    expect(clash).to_have_count(1)
    expect(clash).to_contain_text("Basket")
    expect(clash).to_contain_text("Order value")
    expect(editor.hook("kpi-merge")).to_be_disabled()
    clash.locator('[data-test="kpi-clash-theirs"]').click()
    editor.hook("kpi-merge").click()
    editor.saved()
    told = names(editor.stored("shop"))
    assert (told["value"], told["visits"], told["rate"]) == ("Order value", "Sessions", "Conversion")
    # What was not taken is a step back.
    editor.press("Control+z", "Control+z")
    expect(editor.card("value")).to_contain_text("Basket")


@pytest.mark.parametrize(("take", "name"), [("mine", "Basket"), ("theirs", "Order value")])
def test_a_conflict_is_settled_whole_and_undo_leads_to_the_other(
    editor: Editor, page_as: Callable[..., Page], take: str, name: str
) -> None:
    Editor(page_as("admin")).open("shop").rename("value", "Order value").save().saved()
    editor.rename("value", "Basket").save()
    editor.hook(f"kpi-take-{take}").click(timeout=LOADED)
    editor.saved()
    assert names(editor.stored("shop"))["value"] == name
    editor.press("Control+z")
    expect(editor.card("value")).to_contain_text("Order value" if take == "mine" else "Basket")


def test_a_reload_in_the_middle_loses_nothing(editor: Editor) -> None:
    editor.rename("value", "Basket")
    editor.page.reload()
    expect(editor.hook("kpi-restored")).to_be_visible(timeout=LOADED)
    expect(editor.card("value")).to_contain_text("Basket")
    editor.changed().save().saved()
    assert names(editor.stored("shop"))["value"] == "Basket"
    editor.page.reload()
    expect(editor.card("value")).to_contain_text("Basket", timeout=LOADED)
    expect(editor.hook("kpi-restored")).to_have_count(0)


def test_a_new_tree_outlives_a_reload_before_its_first_save(page: Page) -> None:
    editor = Editor(page).open("new")
    editor.choose("kpi_1").press("Tab").type("Orders").press("Enter").changed()
    page.reload()
    expect(editor.card("orders")).to_be_visible(timeout=LOADED)
    editor.save().saved()
    assert editor.kept() is None


def test_after_a_lost_session_one_logs_in_elsewhere_and_saves(editor: Editor) -> None:
    page = editor.page
    cookies = page.context.cookies()
    editor.rename("value", "Basket")
    page.context.clear_cookies()
    editor.save()
    expect(editor.hook("kpi-save-trouble", kind="session")).to_be_visible(timeout=LOADED)
    kept = editor.kept()
    assert kept
    assert names(kept)["value"] == "Basket"
    page.context.add_cookies(cookies)  # type: ignore[arg-type]
    editor.hook("kpi-save-retry").click()
    editor.saved()
    assert names(editor.stored("shop"))["value"] == "Basket"


def test_a_network_failure_while_saving_loses_nothing(editor: Editor) -> None:
    editor.rename("value", "Basket")
    editor.page.route(
        f"**{API}*", lambda route: route.abort() if route.request.method == "PUT" else route.continue_()
    )
    editor.save()
    expect(editor.hook("kpi-save-trouble", kind="network")).to_be_visible(timeout=LOADED)
    kept = editor.kept()
    assert kept
    assert names(kept)["value"] == "Basket"
    editor.page.unroute_all()
    editor.hook("kpi-save-retry").click()
    editor.saved()
    assert names(editor.stored("shop"))["value"] == "Basket"


def test_a_save_whose_answer_is_lost_is_no_conflict_with_oneself(editor: Editor) -> None:
    def store_and_fall_silent(route: Route) -> None:
        if route.request.method == "PUT":
            route.fetch()
            route.abort()
        else:
            route.continue_()

    editor.rename("value", "Basket")
    editor.page.route(f"**{API}*", store_and_fall_silent)
    editor.save()
    expect(editor.hook("kpi-save-trouble", kind="network")).to_be_visible(timeout=LOADED)
    editor.page.unroute_all()
    editor.hook("kpi-save-retry").click()
    editor.saved()
    expect(editor.hook("kpi-conflict")).to_have_count(0)


def test_what_the_server_refuses_is_gone_to(editor: Editor) -> None:
    slug = editor.page.locator("#kpi-field-slug")
    slug.fill("Not An Address")
    slug.press("Enter")
    editor.choose("value").save()
    expect(editor.hook("kpi-save-trouble", kind="refused")).to_be_visible(timeout=LOADED)
    expect(slug).to_be_focused()
    slug.fill("the-shop")
    slug.press("Enter")
    editor.save().saved()
    assert editor.stored("the-shop")["name"] == "Shop"


def test_publishing_what_is_not_ready_asks_first(page: Page) -> None:
    editor = Editor(page).open("new")
    editor.choose("kpi_1").press("Tab").type("Orders").press("Enter").computed()
    expect(editor.hook("kpi-advice-open")).to_be_visible()
    editor.hook("kpi-publish").click()
    expect(editor.hook("kpi-publish-asks")).to_contain_text("Orders")
    editor.hook("kpi-publish-anyway").click()
    expect(editor.hook("kpi-published", value="true")).to_be_visible(timeout=LOADED)
    editor.saved().hook("kpi-publish").click()
    expect(editor.hook("kpi-published", value="false")).to_be_visible(timeout=LOADED)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_the_editor(page_as: Callable[..., Page], scheme: str) -> None:
    page = page_as("admin", color_scheme=scheme, reduced_motion="reduce")
    send(page, "POST", API, shop("shop"))
    editor = Editor(page).open("shop").computed()
    assert grave(page, "[data-test=kpi-page]") == []
    editor.choose("value")
    expect(editor.hook("kpi-node-form")).to_be_visible()
    assert grave(page, "[data-test=kpi-page]") == []
    editor.hook("kpi-advice-open").click()
    expect(editor.hook("kpi-advice")).to_be_visible()
    assert grave(page, "[data-test=kpi-page]") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_the_dialogs_of_the_canvas(
    page_as: Callable[..., Page], scheme: str
) -> None:
    page = page_as("admin", color_scheme=scheme, reduced_motion="reduce")
    send(page, "POST", API, shop("shop"))
    editor = Editor(page).open("shop").computed()

    def clean(dialog: str, opener: Callable[[], object]) -> None:
        """The dialog has nothing grave, and gives the keyboard back to the card that it was opened from."""
        opener()
        expect(editor.hook(dialog).locator(".kpi-ant-modal")).to_be_visible(timeout=LOADED)
        assert grave(page, ".kpi-ant-modal-wrap") == [], dialog
        editor.press("Escape")
        expect(editor.hook(dialog)).to_have_count(0)

    rate = editor.choose("rate").card("rate")
    for dialog, key in (
        ("kpi-connect", "Alt+p"),
        ("kpi-move", "Alt+ArrowLeft"),
        ("kpi-delete", "Delete"),
        ("kpi-help", "?"),
    ):
        clean(dialog, lambda key=key: editor.press(key))  # type: ignore[misc]
        expect(rate).to_be_focused()
    editor.press("Tab").type("Leads").press("Enter").computed()
    clean("kpi-publish-asks", editor.hook("kpi-publish").click)
    expect(editor.hook("kpi-publish")).to_be_focused()


def test_dialogs_begin_where_one_writes_and_give_the_keyboard_back(
    page: Page, page_as: Callable[..., Page]
) -> None:
    def given_back(opener: str, dialog: Locator, begins: Locator | None) -> None:
        editor.hook(opener).focus()
        editor.press("Enter")
        expect(dialog).to_be_attached(timeout=LOADED)
        if begins:
            expect(begins).to_be_focused()
        expect(page.locator(MOVING)).to_have_count(0, timeout=LOADED)
        editor.press("Escape")
        expect(dialog).to_have_count(0)
        expect(editor.hook(opener)).to_be_focused()

    editor = Editor(page).open("marketing-automation").choose("calls")
    editor.hook("kpi-form-source").click()
    search = editor.hook("kpi-metric-search")
    given_back("kpi-metric-pick", editor.hook("kpi-metric-picker"), search)

    send(page, "POST", API, shop("shop"))
    editor.open("shop").computed()
    given_back("kpi-tree-targets-open", editor.hook("kpi-tree-targets"), None)
    editor.choose("visits")
    parent = editor.hook("kpi-connect-parent").locator("input")
    given_back("kpi-tool-connect", editor.hook("kpi-connect"), parent)
    editor.hook("kpi-tool-connect").click()
    expect(parent).to_be_focused()
    editor.press("ArrowDown")
    expect(page.get_by_text("A KPI cannot stand under itself.")).to_be_visible(timeout=LOADED)
    editor.press("Escape").press("Escape")
    expect(editor.hook("kpi-connect")).to_have_count(0)

    Editor(page_as("admin")).open("shop").rename("value", "Order value").save().saved()
    editor.rename("value", "Basket").changed().press("Control+s")
    editor.hook("kpi-conflict-later").click(timeout=LOADED)
    expect(editor.hook("kpi-conflict")).to_have_count(0)
    expect(editor.card("value")).to_be_focused()


def test_undoing_what_was_added_leaves_the_keyboard_above_it(editor: Editor) -> None:
    editor.choose("orders").press("Tab").type("Leads").press("Enter")
    expect(editor.card("leads")).to_be_focused()
    editor.press("Control+z", "Control+z")
    expect(editor.card("leads")).to_have_count(0)
    expect(editor.card("orders")).to_be_focused()
    editor.choose("orders").press("Control+c", "Control+v")
    expect(editor.hook("kpi-node")).to_have_count(8)
    editor.press("Control+z")
    expect(editor.hook("kpi-node")).to_have_count(5)
    expect(editor.card("orders")).to_be_focused()


def test_the_sign_of_an_advice_covers_no_name(page: Page) -> None:
    document = shop("shop")
    for node in document["nodes"]:
        node["name"] = "Calls that the inside sales team makes every day"
    send(page, "POST", API, document)
    editor = Editor(page).open("shop").computed()
    while editor.hook("kpi-node").first.get_attribute("data-density") != "compact":
        editor.hook("kpi-tool-zoom-out").click()
    expect(editor.hook("kpi-mark").first).to_be_visible()
    covered = editor.hook("kpi-mark").evaluate_all(
        """marks => marks.filter(mark => {
          const card = mark.closest('[data-test=kpi-node]');
          const text = document.createRange();
          text.selectNodeContents(card.querySelector('.kpi-name'));
          const over = mark.getBoundingClientRect();
          return [...text.getClientRects()].some(line => line.right > over.left && line.top < over.bottom);
        }).length"""
    )
    assert covered == 0
