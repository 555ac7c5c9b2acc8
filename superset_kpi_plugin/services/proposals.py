"""Trees to start from, with the saved metrics that may be what their nodes read: for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from superset_kpi_plugin.catalogue import BY_KEY, LANGUAGES, Kpi
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.services.matching import WIDER, Match, Matcher, Named, Wanted
from superset_kpi_plugin.services.references import find_readable
from superset_kpi_plugin.services.saved_metrics import SavedMetric, saved_metrics
from superset_kpi_plugin.services.templates import (
    find_template,
    keys_of,
    template_document,
    viewer_language,
)

MOST = 5
"""How many metrics are proposed for a node."""
LEAST = 0.45
"""How well a metric must fit to be proposed."""

Row = dict[str, Any]

_QUOTIENT = re.compile(r"/|\bavg\s*\(|\b(safe_)?div", re.IGNORECASE)


def propose_from_template(template_id: str, language: str | None, currency: str | None) -> Row:
    """A template's document, and for each of its nodes the caller's metrics that fit it by name, best first.

    :raises InvalidDocumentError: no such template
    """
    template = find_template(template_id)
    metrics = saved_metrics()
    matcher = Matcher([_named(metric) for metric in metrics])
    proposals = {key: _proposals(BY_KEY[key], matcher, metrics) for key in keys_of(template)}
    return {
        "document": template_document(template, language or viewer_language(), currency),
        "proposals": _only_readable(proposals),
        "note": None,
    }


def _only_readable(proposals: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The proposals without datasets that a reading would refuse, though Superset's lists show them."""
    readable = find_readable(row["dataset_uuid"] for rows in proposals.values() for row in rows)
    return {key: [row for row in rows if row["dataset_uuid"] in readable] for key, rows in proposals.items()}


def _named(metric: SavedMetric) -> Named:
    return Named(
        names=tuple(dict.fromkeys((metric.label, metric.metric_name))),
        dataset=metric.dataset,
        description=metric.description,
        ratio=_QUOTIENT.search(metric.expression) is not None,
    )


def _proposals(kpi: Kpi, matcher: Matcher, metrics: Sequence[SavedMetric]) -> list[Row]:
    wanted = Wanted(
        own=tuple(kpi.name.of(language) for language in LANGUAGES),
        synonyms=kpi.synonyms,
        wider=kpi.wider,
        ratio=kpi.accumulation == "rate",
    )
    matches = matcher.best(wanted, MOST, LEAST)
    return [proposal(metrics[match.index], match.score, _why(match)) for match in matches]


def _why(match: Match) -> str:
    if match.worth == WIDER:
        return _("It may count more than this KPI: add a filter.")
    if match.exact:
        return _("It has this name.")
    return _("Its name or its dataset's says: %(words)s.", words=", ".join(match.said))


def proposal(metric: SavedMetric, score: float, why: str) -> Row:
    """A saved metric as the API proposes it; `score` is from 0 to 1."""
    return {
        "dataset_uuid": metric.dataset_uuid,
        "dataset": metric.dataset,
        "metric_name": metric.metric_name,
        "label": metric.label,
        "expression": metric.expression,
        "d3format": metric.d3format,
        "time_column": metric.time_column,
        "score": score,
        "why": why,
    }
