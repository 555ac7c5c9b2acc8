"""Parts of answers that several of them have."""

from __future__ import annotations

from datetime import date
from typing import Any

from superset_kpi_plugin.i18n import told
from superset_kpi_plugin.rollup.periods import name_of
from superset_kpi_plugin.rollup.spec import TreeSpec
from superset_kpi_plugin.rollup.types import Undefined
from superset_kpi_plugin.rollup.window import View


def describe_reason(undefined: Undefined) -> dict[str, str]:
    """Why a number is undefined."""
    return {"code": undefined.code.value, "message": told(undefined.message)}


def describe_view(spec: TreeSpec, view: View) -> dict[str, Any]:
    """A window as seen on a day."""
    return {
        "since": view.window.since.isoformat(),
        "until": view.window.until.isoformat(),
        "as_of": view.as_of.isoformat(),
        "closed": view.closed,
        "name": name_of(spec.calendar, view.window),
    }


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row with its days as text."""
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
