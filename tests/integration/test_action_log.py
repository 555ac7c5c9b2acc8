"""Superset's action log has every answered call, and nobody waits for it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from superset.extensions import db, event_logger

from tests.support.client import ORIGIN, Client

DEMO = "/api/v1/kpi_tree/marketing-automation"


def entries(app: Flask, action: str) -> list[Any]:
    from superset.models.core import Log

    with app.app_context():
        found: list[Any] = db.session.query(Log).filter_by(action=action).order_by(Log.id).all()
        return found


def test_an_entry_tells_who_asked_for_what(app: Flask, client_as: Callable[[str], Client]) -> None:
    gamma = client_as("gamma")
    before = len(entries(app, "KpiTreeRestApi.evaluate"))
    body = {"as_of": "2026-06-30"}
    assert gamma.post(f"{DEMO}/evaluate", body).status_code == 200
    *_, entry = found = entries(app, "KpiTreeRestApi.evaluate")
    assert len(found) == before + 1
    with app.app_context():
        assert entry.user_id == app.appbuilder.sm.find_user("gamma").id  # type: ignore[attr-defined]
    assert entry.referrer == f"{ORIGIN}/"
    assert 0 < entry.duration_ms < 600_000
    told = json.loads(entry.json)
    assert told["path"] == f"{DEMO}/evaluate"
    assert told["id_or_slug"] == "marketing-automation"
    assert told["as_of"] == "2026-06-30"


def test_the_answer_is_there_before_the_entry(app: Flask, client_as: Callable[[str], Client]) -> None:
    admin = client_as("admin")
    before = len(entries(app, "KpiTreeRestApi.get"))
    response = admin.http.get(DEMO, base_url=ORIGIN)
    assert response.json["result"]["slug"] == "marketing-automation"
    assert len(entries(app, "KpiTreeRestApi.get")) == before
    response.close()
    assert len(entries(app, "KpiTreeRestApi.get")) == before + 1


def test_a_broken_log_harms_no_answer(
    client_as: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*_args: Any, **_named: Any) -> None:
        raise OSError("No space left on device")

    admin = client_as("admin")
    monkeypatch.setattr(type(event_logger._get_current_object()), "log", full)
    with caplog.at_level(logging.ERROR, "superset_kpi_plugin.api.log"):
        assert admin.get(DEMO).status_code == 200
    assert "KpiTreeRestApi.get is missing from the action log" in caplog.text


def test_a_refused_call_has_no_entry(app: Flask, client_as: Callable[[str], Client]) -> None:
    before = len(entries(app, "KpiTreeRestApi.evaluate"))
    assert client_as("gamma").post("/api/v1/kpi_tree/no-such-tree/evaluate", {}).status_code == 404
    assert len(entries(app, "KpiTreeRestApi.evaluate")) == before


def test_each_statement_that_ran_has_one_entry(app: Flask, client_as: Callable[[str], Client]) -> None:
    admin = client_as("admin")
    before = len(entries(app, "execute_sql"))
    answer = admin.post(f"{DEMO}/evaluate", {"as_of": "2026-06-30", "force": True})
    ran = [query for query in answer.json["result"]["queries"] if not query["cached"]]
    assert len(ran) > 1
    assert len(entries(app, "execute_sql")) == before + len(ran)
    assert entries(app, "load_into_dataframe") == []
