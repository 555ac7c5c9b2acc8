"""What every leaf and every unexplained amount adds to a change of the root (domain, section 8)."""

from __future__ import annotations

from typing import Any

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import told_of
from superset_kpi_plugin.models import KpiTree
from superset_kpi_plugin.rollup.contribution import (
    Contribution,
    Contributions,
    explain_change,
    explain_variance,
)
from superset_kpi_plugin.rollup.errors import PeriodError
from superset_kpi_plugin.rollup.types import Undefined
from superset_kpi_plugin.rollup.window import View
from superset_kpi_plugin.services.comparing import EARLIER, earlier_view
from superset_kpi_plugin.services.describing import describe_reason, describe_view
from superset_kpi_plugin.services.evaluation import TreeReader, open_tree
from superset_kpi_plugin.services.reading import Asked

TARGET = "target"
COMPARE = (TARGET, *EARLIER)


def explain_tree(tree: KpiTree, compare: str, **question: Any) -> dict[str, Any]:
    """The contributions that `docs/api.md` describes, as the current user.

    :raises InvalidDocumentError: a question that means no window, or one before the tree's first period
    """
    reader = open_tree(tree, **question)
    earlier = None if compare == TARGET else _earlier_view(reader, compare)
    if earlier is None:
        now = reader.evaluate()
        found = explain_variance(reader.spec, now)
    else:
        now, then = reader.evaluate_with(Asked(earlier, compared=True))
        found = explain_change(reader.spec, then, now)
    return {
        **reader.described(now.root),
        "compare": compare,
        "compared_with": earlier and describe_view(reader.spec, earlier),
        **_describe(found),
        **reader.noted(),
    }


def _earlier_view(reader: TreeReader, compare: str) -> View:
    try:
        return earlier_view(reader.spec.calendar, reader.view, compare)
    except PeriodError as ex:
        raise InvalidDocumentError({"compare": [told_of(ex)]}) from None


def _describe(found: Contributions | Undefined) -> dict[str, Any]:
    if isinstance(found, Undefined):
        return {"change": None, "contributions": [], "paths": [], "reason": describe_reason(found)}
    return {
        "change": found.change,
        "contributions": [_describe_row(row) for row in found.rows],
        "paths": [
            {"keys": list(path.keys), "contribution": path.contribution} for path in found.largest_paths()
        ],
        "reason": None,
    }


def _describe_row(row: Contribution) -> dict[str, Any]:
    return {
        "key": row.key,
        "kind": row.kind.value,
        "contribution": row.contribution,
        "before": row.before,
        "after": row.after,
        "reason": row.reason and describe_reason(row.reason),
    }
