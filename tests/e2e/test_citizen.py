"""A good citizen of Superset: reports, standalone, embedding, a company's own theme and numbers, touch."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, Route, expect

from tests.e2e.chart import LOADED, Chart, Opener, chart_id, send
from tests.support import homes, live
from tests.support.browser import Watch
from tests.support.processes import run

CONFIG = Path(__file__).with_name("superset_config.py")
DASHBOARD = "/superset/dashboard/kpi-marketing-automation/"
EVALUATE = "**/api/v1/kpi_tree/*/evaluate"
AA = 4.5


# --- reports ----------------------------------------------------------------------------------------


def test_a_report_waits_until_the_tree_is_drawn(page: Page) -> None:
    """Superset photographs a page once nothing in it has the class `loading`."""
    held: list[Route] = []
    page.route(EVALUATE, lambda route: held.append(route))
    with page.expect_request(EVALUATE):
        page.goto(f"{DASHBOARD}?standalone=3")
    chart = Chart(page)
    chart.state("loading")
    expect(chart.root.locator(".loading")).to_be_attached()
    for route in held:
        route.continue_()
    chart.ready()
    expect(page.locator(".loading")).to_have_count(0, timeout=LOADED)
    expect(page.locator(".standalone")).to_be_visible()
    expect(chart.node("revenue")).to_be_visible()
    box = chart.root.bounding_box()
    assert box
    assert box["height"] > 400


def test_a_report_waits_for_the_members_of_a_heatmap(open_chart: Opener, page: Page) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        if '"by"' in (route.request.post_data or ""):
            held.append(route)
        else:
            route.continue_()

    page.route(EVALUATE, hold)
    chart = open_chart(kpi_layout="heatmap", kpi_by="region")
    expect(chart.root.locator(".loading")).to_be_attached()
    expect(chart.hook("kpi-member")).to_have_count(0)
    for route in held:
        route.continue_()
    expect(page.locator(".loading")).to_have_count(0, timeout=LOADED)
    assert chart.hook("kpi-member").count() > 0


def test_a_chart_alone_fills_its_page_also_by_force(page: Page) -> None:
    asked: list[Any] = []
    page.on(
        "request", lambda one: asked.append(one.post_data_json) if one.url.endswith("/evaluate") else None
    )
    page.goto(f"/explore/?slice_id={chart_id(page)}&standalone=1&force=true")
    chart = Chart(page).ready()
    box = chart.root.bounding_box()
    assert box
    assert box["width"] > 1350
    assert box["height"] > 800
    assert asked[-1].get("force") is True


# --- another company's Superset ---------------------------------------------------------------------


@pytest.fixture(scope="module")
def company(
    demo_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[live.LiveServer, str]]:
    """Its server, and the uuid of the dashboard that it embeds."""
    home = homes.copy(demo_home, tmp_path_factory.mktemp("company") / "home")
    env = {**homes.environment(home), "SUPERSET_CONFIG_PATH": str(CONFIG)}
    uuid = run("python", "-m", "tests.e2e.embed", env=env).split()[-1]
    with live.serve("company", home, CONFIG) as server:
        yield server, uuid


@pytest.fixture
def company_page(company: tuple[live.LiveServer, str], browser: Browser) -> Iterator[Callable[..., Page]]:
    """A page of that Superset, of a person who is logged in or of nobody."""
    server, _uuid = company
    watch = Watch()
    contexts = []

    def open_page(username: str | None = "admin", **options: Any) -> Page:
        state = server.login(browser, username) if username else None
        context = browser.new_context(
            base_url=server.url, storage_state=state, viewport={"width": 1440, "height": 900}, **options
        )
        context.set_default_timeout(LOADED)
        contexts.append(context)
        page = context.new_page()
        watch.on(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


def as_of_the_last_day(page: Page) -> int:
    """The demo's chart, saved as of the last day with rows."""
    identity = chart_id(page)
    params = json.loads(page.request.get(f"/api/v1/chart/{identity}").json()["result"]["params"])
    saved = {"params": json.dumps({**params, "kpi_as_of": str(homes.DEMO_UNTIL)})}
    send(page, "PUT", f"/api/v1/chart/{identity}", saved)
    return identity


def alone(page: Page) -> Chart:
    """The demo's chart by itself, as of the last day with rows."""
    page.goto(f"/explore/?slice_id={as_of_the_last_day(page)}&standalone=1")
    return Chart(page).ready()


HOST = """
<iframe src="/embedded/{uuid}" style="width:1400px;height:860px;border:0"></iframe>
<script>
  // What Superset's embedding SDK does: hands over a port, and the guest's token through it.
  const frame = document.querySelector('iframe');
  frame.addEventListener('load', () => {{
    const channel = new MessageChannel();
    const greeting = {{ type: '__embedded_comms__', handshake: 'port transfer' }};
    frame.contentWindow.postMessage(greeting, location.origin, [channel.port2]);
    channel.port1.start();
    const args = {{ guestToken: '{token}' }};
    channel.port1.postMessage({{ switchboardAction: 'emit', method: 'guestToken', args }});
  }});
</script>
"""


def test_the_guest_of_an_embedded_dashboard_sees_its_tree(
    company: tuple[live.LiveServer, str], company_page: Callable[..., Page]
) -> None:
    _server, uuid = company
    admin = company_page("admin")
    admin.goto("/superset/welcome/")
    as_of_the_last_day(admin)
    token = _guest_token(admin, uuid)
    guest = company_page(None)
    guest.route(
        "**/host",
        lambda route: route.fulfill(body=HOST.format(uuid=uuid, token=token), content_type="text/html"),
    )
    guest.goto("/host")
    frame = guest.frame_locator("iframe")
    content = frame.locator('[data-test="kpi-content"]')
    expect(content).to_have_attribute("data-state", "ready", timeout=LOADED)
    actual = frame.locator('[data-test="kpi-node"][data-key="revenue"] [data-test="kpi-actual"]')
    assert float(actual.get_attribute("data-value") or 0) > 0
    frame.locator('[data-test="kpi-node"][data-key="revenue"]').click()
    expect(frame.locator('[data-test="kpi-history"]')).to_have_attribute(
        "data-state", "ready", timeout=LOADED
    )


def _guest_token(admin: Page, uuid: str) -> str:
    csrf = admin.request.get("/api/v1/security/csrf_token/").json()["result"]
    answer = admin.request.post(
        "/api/v1/security/guest_token/",
        data={"user": {"username": "guest"}, "resources": [{"type": "dashboard", "id": uuid}], "rls": []},
        headers={"X-CSRFToken": csrf, "Referer": admin.url},
    )
    assert answer.ok, answer.text()
    token: str = answer.json()["token"]
    return token


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_brand_of_its_own_can_be_read(company_page: Callable[..., Page], scheme: str) -> None:
    page = company_page("admin", color_scheme=scheme)
    chart = alone(page)
    assert (chart.background() < 0.3) is (scheme == "dark")
    font = chart.root.evaluate("root => getComputedStyle(root).fontFamily")
    assert font.startswith("Georgia")
    radius = chart.hook("kpi-search").evaluate("one => getComputedStyle(one.parentElement).borderRadius")
    assert radius in {"0px", ""}
    assert [one for one in chart.contrasts() if one[2] < AA] == []


def test_numbers_and_days_are_written_as_the_company_and_the_reader_write_them(
    company_page: Callable[..., Page],
) -> None:
    page = company_page("admin")
    page.goto("/lang/ja")
    chart = alone(page)
    actual = chart.node("revenue").locator('[data-test="kpi-actual"]').inner_text()
    assert re.fullmatch(r"[\d.]+(,\d+)?\w?\s€", actual), actual
    share = chart.hook("kpi-headline").inner_text()
    assert re.fullmatch(r"\d+(,\d)?%", share), share
    assert "年" in chart.hook("kpi-window").inner_text()


# --- touch ------------------------------------------------------------------------------------------


def test_fingers_pan_and_pinch(open_chart: Opener, page_as: Callable[..., Page]) -> None:
    reader = page_as("admin", has_touch=True)
    chart = open_chart(reader, kpi_initial_depth=2, kpi_layout="right")
    box = chart.hook("kpi-canvas").bounding_box()
    assert box
    x, y = box["x"] + box["width"] - 60, box["y"] + 60
    reader.touchscreen.tap(x, y)  # until one taps into the tree, a finger scrolls the page
    expect(chart.hook("kpi-canvas")).to_have_class(re.compile("kpi-engaged"))
    cdp = reader.context.new_cdp_session(reader)
    before = chart.view()
    _touch(cdp, [[(x, y)], [(x - 40, y + 10)], [(x - 120, y + 30)]])
    after = chart.view()
    assert after == pytest.approx((before[0] - 120, before[1] + 30, before[2]), abs=1)

    middle = box["y"] + box["height"] / 2
    spread = [[(x - 200 - apart, middle), (x - 200 + apart, middle)] for apart in (30, 60, 90)]
    _touch(cdp, spread)
    assert chart.view()[2] == pytest.approx(after[2] * 3, rel=0.1) or chart.view()[2] == 2


def _touch(cdp: CDPSession, steps: list[list[tuple[float, float]]]) -> None:
    """Fingers that come down at the first places, move over the others, and leave."""
    for index, places in enumerate(steps):
        points = [{"x": x, "y": y, "id": finger} for finger, (x, y) in enumerate(places)]
        kind = "touchMove" if index else "touchStart"
        cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    cdp.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
