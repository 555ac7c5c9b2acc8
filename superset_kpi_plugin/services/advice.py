"""Advice while a tree is built (domain, section 11): what to look at, and what to do about it."""

from __future__ import annotations

from typing import Any

from superset_kpi_plugin.services.mending import Mended

Row = dict[str, Any]


def advise(mended: Mended, evaluation: Row | None, proof: Row | None) -> list[Row]:
    """The findings that `docs/api.md` describes, the most severe first."""
    return []
