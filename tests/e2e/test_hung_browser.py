"""A browser that answers no more costs the test that it hangs in, not the run."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from tests.support.browser import Browsers, ended_when_hung


def test_it_is_ended_and_what_comes_next_gets_another(browsers: Browsers) -> None:
    told: list[str] = []
    page = browsers.running().new_page()
    with ended_when_hung(1, told.append), pytest.raises(Error, match="closed"):
        page.evaluate("new Promise(() => {})")
    assert len(told) == 1
    assert "renderer" in told[0]
    assert browsers.running().new_page().evaluate("1 + 1") == 2


def test_it_is_left_alone_while_it_answers(browsers: Browsers) -> None:
    told: list[str] = []
    page = browsers.running().new_page()
    with ended_when_hung(30, told.append):
        assert page.evaluate("1 + 1") == 2
    assert not told
    page.context.close()
