"""The tree that a saved metric's own SQL implies."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from marshmallow import ValidationError
from sqlglot import exp
from superset.connectors.sqla.models import SqlaTable, SqlMetric
from superset.extensions import security_manager
from superset.sql.parse import SQLGLOT_DIALECTS

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.models import KEY_LENGTH, NAME_LENGTH
from superset_kpi_plugin.services.drafts import draft
from superset_kpi_plugin.services.references import find_datasets
from superset_kpi_plugin.services.sql_formula import (
    Aggregate,
    Computed,
    Number,
    Operation,
    Term,
    as_filter,
    canonical,
    conditions,
    parse_sql,
    plain,
    split,
    terms,
)

DEEPEST = 4
"""How many levels are taken apart: the advice calls more hard to follow."""

Row = dict[str, Any]

_LESS_IS_BETTER = re.compile(
    r"\b(cost|costs|churn|lost|loss|refunds?|returns?|complaints?|cancell?\w*|bounces?|discounts?|cpa|cpo|cac)\b"
)


def propose_from_metric(dataset_uuid: str, metric_name: str) -> Row:
    """A metric as the root of a tree, taken apart as far as its SQL can be.

    What is saved as a metric of the same dataset is linked; what is not has its source left open.

    :raises InvalidDocumentError: no such dataset or metric that the caller may read
    """
    dataset = find_datasets([dataset_uuid]).get(dataset_uuid)
    if dataset is None or not security_manager.can_access_datasource(dataset):
        text = _("There is no dataset with this uuid that you may read.")
        raise InvalidDocumentError({"metric.dataset_uuid": [text]})
    root = next((metric for metric in dataset.metrics if metric.metric_name == metric_name), None)
    if root is None:
        text = _("The dataset %(name)s has no saved metric of this name.", name=dataset.table_name)
        raise InvalidDocumentError({"metric.metric_name": [text]})
    try:
        return _proposed(dataset, root, taken_apart=True)
    except ValidationError:  # its SQL has more of something than a document holds
        return _proposed(dataset, root, taken_apart=False)


def _proposed(dataset: SqlaTable, root: SqlMetric, taken_apart: bool) -> Row:
    builder = _Builder(dataset)
    builder.add_root(root, taken_apart)
    note = None if builder.links else _("The SQL of this metric is no arithmetic over others.")
    document = draft(
        root.verbose_name or root.metric_name, root.description or "", builder.nodes, builder.links
    )
    return {"document": document, "proposals": builder.proposals, "note": note}


@dataclass
class _Builder:
    """Nodes and links as they are found, each sub-expression once."""

    dataset: SqlaTable
    nodes: list[Row] = field(default_factory=list)
    links: list[Row] = field(default_factory=list)
    proposals: dict[str, list[Row]] = field(default_factory=dict)
    _keys: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._dialect = SQLGLOT_DIALECTS.get(self.dataset.database.backend)
        self._columns = frozenset(column.column_name for column in self.dataset.columns)
        self._saved: dict[str, SqlMetric] = {}
        parsed = [
            (metric, parse_sql(metric.expression or "", self._dialect)) for metric in self.dataset.metrics
        ]
        for metric, tree in sorted(parsed, key=_exact_first):
            if tree is not None:
                self._saved.setdefault(canonical(plain(tree)), metric)

    def add_root(self, metric: SqlMetric, taken_apart: bool) -> None:
        """The metric itself, and below it what its SQL is made of where that is to be `taken_apart`."""
        tree = parse_sql(metric.expression or "", self._dialect)
        term = tree and terms(tree)
        name = canonical(plain(tree)) if tree is not None else metric.metric_name
        self._saved[name] = metric  # of two metrics with this SQL the one that was asked for
        self._keys[name] = key = self._free_key(metric.metric_name)
        node = self._linked(key, metric, [], "missing", term)
        if taken_apart:
            self._take_apart(node, term, level=1)

    def _take_apart(self, node: Row, term: Term | None, level: int) -> None:
        """Give a node the formula that its SQL implies, and its children."""
        parts = split(term) if isinstance(term, Aggregate) else term
        if not isinstance(parts, Operation) or level >= DEEPEST:
            return
        children: dict[str, str] = {}
        formula = self._formula(parts, node, level + 1, children, minus=False)
        if not children or node["key"] in children:
            return
        node["formula"] = formula
        self.links += [
            {"parent": node["key"], "child": child, "order": order} for order, child in enumerate(children)
        ]

    def _formula(
        self, term: Term, parent: Row, level: int, children: dict[str, str], minus: bool, top: bool = True
    ) -> str:
        """The formula's text; `children` gets the keys that it names, in order."""
        if isinstance(term, Number):
            return term.text
        saved = self._saved.get(canonical(plain(term.sql)))
        if isinstance(term, Aggregate) or (saved is not None and not top):
            key = self._child(term, saved, parent, level, minus)
            children[key] = key
            return key
        less = minus != (term.operator == "-")
        left = self._formula(term.left, parent, level, children, minus, top=False)
        right = self._formula(
            term.right, parent, level, children, less if term.operator in "+-" else minus, top=False
        )
        return _joined(term, left, right, self._is_operation)

    def _is_operation(self, term: Term) -> bool:
        """Whether a term stands in a formula as an operation, not as the key of a saved metric."""
        return isinstance(term, Operation) and canonical(plain(term.sql)) not in self._saved

    def _child(self, term: Computed, saved: SqlMetric | None, parent: Row, level: int, minus: bool) -> str:
        name = canonical(plain(term.sql)) if not isinstance(term, Aggregate) else canonical(term.sql)
        if name in self._keys:
            return self._keys[name]
        filters: list[Row] = []
        empty = "missing"
        if isinstance(term, Aggregate):
            empty = term.empty if term.condition is not None or isinstance(term.sql, exp.Coalesce) else empty
            if saved is None:
                saved = self._saved.get(canonical(plain(term.whole)))
                condition = term.condition if saved is not None else None
                filters = [] if condition is None else self._filters(condition)
        label = (saved.verbose_name or saved.metric_name) if saved is not None else self._sql(term.sql)
        if filters:
            label = f"{label} ({self._sql(term.condition)})"  # type: ignore[union-attr]
        key = self._keys[name] = self._free_key(
            " ".join([saved.metric_name, *map(_told, filters)]) if saved is not None else label
        )
        direction = _opposite(parent["direction"]) if minus else None
        if saved is not None:
            node = self._linked(key, saved, filters, empty, term, label, direction)
        else:
            node = self._open(key, term, label, direction)
        if not filters:
            self._expand_child(node, term, saved, level)
        return key

    def _expand_child(self, node: Row, term: Term, saved: SqlMetric | None, level: int) -> None:
        """A child's own arithmetic; of what is not saved only where all of its parts are."""
        if saved is None:
            parts = split(term) if isinstance(term, Aggregate) else None
            sides = (parts.left, parts.right) if isinstance(parts, Operation) else ()
            known = [
                not isinstance(side, Number) and canonical(plain(side.sql)) in self._saved for side in sides
            ]
            if not known or not all(known):
                return
        self._take_apart(node, term, level)
        if saved is None and node["formula"]:
            node["source"] = "formula"

    def _filters(self, condition: exp.Expression) -> list[Row]:
        return [as_filter(part, self._columns, self._sql) for part in conditions(condition)]

    def _linked(
        self,
        key: str,
        metric: SqlMetric,
        filters: list[Row],
        empty: str,
        term: Term | None,
        label: str | None = None,
        direction: str | None = None,
    ) -> Row:
        label = label or metric.verbose_name or metric.metric_name
        reference = {
            "dataset_uuid": str(self.dataset.uuid),
            "metric_name": metric.metric_name,
            "filters": filters,
            "time_column": None if self.dataset.main_dttm_col else self._time_column(),
            "empty": empty,
        }
        node = self._node(key, label, metric.description or "", term, direction)
        node |= {"metric": reference, "d3format": metric.d3format or None, "unit": _unit(metric)}
        self.proposals[key] = [self._proposal(metric, 1.0, _("The SQL of its parent says so."))]
        if len(self.nodes) == 1:
            self.proposals[key] = []
        return node

    def _open(self, key: str, term: Computed, label: str, direction: str | None) -> Row:
        sql = self._sql(term.sql)
        text = _(
            "No saved metric of the dataset %(dataset)s is this yet. Save one with the SQL: %(sql)s",
            dataset=self.dataset.table_name,
            sql=sql,
        )
        self.proposals[key] = self._nearly(term)
        return self._node(key, label, text, term, direction)

    def _nearly(self, term: Term) -> list[Row]:
        """For a count of one column the count of all rows: it differs only where the column is empty."""
        whole = term.whole if isinstance(term, Aggregate) and term.condition is None else None
        if not isinstance(whole, exp.Count) or not isinstance(whole.this, exp.Column):
            return []
        rows = self._saved.get(canonical(exp.Count(this=exp.Star())))
        if rows is None:
            return []
        why = _("It counts every row, also where %(column)s is empty.", column=whole.this.name)
        return [self._proposal(rows, 0.7, why)]

    def _node(self, key: str, label: str, description: str, term: Term | None, direction: str | None) -> Row:
        node = {
            "key": key,
            "name": label[:NAME_LENGTH],
            "description": description[:5000],
            "department": None,
            "direction": direction or ("decrease" if _LESS_IS_BETTER.search(label.lower()) else "increase"),
            "accumulation": "flow" if term is not None and _flows(term) else "rate",
            "source": "metric",
            "formula": None,
        }
        self.nodes.append(node)
        return node

    def _proposal(self, metric: SqlMetric, score: float, why: str) -> Row:
        return {
            "dataset_uuid": str(self.dataset.uuid),
            "dataset": self.dataset.table_name,
            "metric_name": metric.metric_name,
            "label": metric.verbose_name or metric.metric_name,
            "expression": metric.expression,
            "d3format": metric.d3format,
            "time_column": self.dataset.main_dttm_col,
            "score": score,
            "why": why,
        }

    def _time_column(self) -> str | None:
        return next((column.column_name for column in self.dataset.columns if column.is_dttm), None)

    def _sql(self, tree: exp.Expression) -> str:
        return str(tree.sql(dialect=self._dialect, comments=False))

    def _free_key(self, text: str) -> str:
        """A key from a text that no other node has."""
        slug = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_").lstrip("0123456789_")
        base = slug[: KEY_LENGTH - 4].rstrip("_") or "kpi"
        taken = set(self._keys.values())
        number, key = 1, base
        while key in taken:
            number += 1
            key = f"{base}_{number}"
        return key


def _exact_first(parsed: tuple[SqlMetric, exp.Expression | None]) -> tuple[bool, int]:
    """Of metrics that are the same but for a guard or a rounding, those without come first."""
    metric, tree = parsed
    return tree is not None and canonical(tree) != canonical(plain(tree)), metric.id


def _joined(term: Operation, left: str, right: str, is_operation: Any) -> str:
    """Two operands with the brackets that they need: equal precedence groups to the left."""
    if is_operation(term.left) and _rank(term.left) < _rank(term):
        left = f"({left})"
    if is_operation(term.right) and (
        _rank(term.right) < _rank(term) or (term.operator in "-/" and _rank(term.right) == _rank(term))
    ):
        right = f"({right})"
    return f"{left} {term.operator} {right}"


def _rank(term: Term) -> int:
    return 0 if isinstance(term, Operation) and term.operator in "+-" else 1


def _flows(term: Term) -> bool:
    """Whether a value adds up over time: sums and counts do, quotients and means do not."""
    if isinstance(term, Aggregate):
        return isinstance(term.whole, (exp.Sum, exp.Count, exp.CountIf))
    if isinstance(term, Number) or term.operator == "/":
        return isinstance(term, Operation) and isinstance(term.right, Number) and _flows(term.left)
    sides = [_flows(side) for side in (term.left, term.right) if not isinstance(side, Number)]
    return any(sides) if term.operator in "+-" else sides.count(True) == 1


def _opposite(direction: str) -> str:
    return {"increase": "decrease", "decrease": "increase"}.get(direction, direction)


def _unit(metric: SqlMetric) -> str | None:
    """The metric's own currency, or % where its format says so."""
    currency = metric.currency
    if isinstance(currency, Mapping) and currency.get("symbol"):
        return str(currency["symbol"])[:64]
    return "%" if "%" in (metric.d3format or "") else None


def _told(adhoc: Row) -> str:
    """What of a filter may stand in a key."""
    return str(adhoc.get("comparator", adhoc.get("sqlExpression", "")))
