"""What a document points at in Superset: datasets, saved metrics, columns, users."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any
from uuid import UUID

import sqlglot
from sqlalchemy import bindparam, select
from sqlalchemy.orm import joinedload, selectinload
from superset.connectors.sqla.models import SqlaTable
from superset.extensions import db, security_manager
from superset.sql.parse import SQLGLOT_DIALECTS

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.security import dataset_access

Errors = dict[str, list[str]]
WHOLE_DATASET = (
    selectinload(SqlaTable.columns),
    selectinload(SqlaTable.metrics),
    joinedload(SqlaTable.database),
)
"""Loading options: all of a dataset that reading it needs, of many datasets at once."""
_DATASETS = (
    select(SqlaTable).where(SqlaTable.uuid.in_(bindparam("uuids", expanding=True))).options(*WHOLE_DATASET)
)
REFERENCES = ("metric", "target_metric")
"""The fields of a node that name a dataset's metric."""
StoredReferences = Mapping[str, Any]
"""What one node's REFERENCES are as they are stored."""


def chunks(values: list[Any]) -> Iterator[list[Any]]:
    """The values in parts that fit one statement: some databases take at most 999 parameters."""
    return (values[first : first + 500] for first in range(0, len(values), 500))


def find_datasets(uuids: Iterable[str]) -> dict[str, SqlaTable]:
    """The datasets with these uuids, by uuid as text; the ones that do not exist are left out."""
    datasets: list[SqlaTable] = []
    for some in chunks([UUID(uuid) for uuid in set(uuids)]):
        datasets += db.session.execute(_DATASETS, {"uuids": some}).scalars()
    return {str(dataset.uuid): dataset for dataset in datasets}


def find_readable(uuids: Iterable[str]) -> dict[str, SqlaTable]:
    """As `find_datasets`; those that the viewer may not read are left out as well."""
    may_read = dataset_access()
    return {uuid: dataset for uuid, dataset in find_datasets(uuids).items() if may_read(dataset)}


def check_references(
    nodes: list[dict[str, Any]], stored: Mapping[str, StoredReferences], errors: Errors
) -> None:
    """Every new or changed reference must name what the writer may read: a dataset, its metric, its columns.

    `stored` is by the nodes' keys and uuids. A reference that stands as it was saved is not looked at again:
    a dataset that was deleted or withdrawn since must not keep an owner from mending the rest of the tree.
    """
    new = [(node, field) for node in nodes for field in REFERENCES if _is_new(node, field, stored)]
    datasets = find_readable(node[field]["dataset_uuid"] for node, field in new)
    for node, field in new:
        path = f"nodes.{node['key']}.{field}"
        dataset = datasets.get(node[field]["dataset_uuid"])
        if dataset is None:
            errors.setdefault(f"{path}.dataset_uuid", []).append(
                _("There is no dataset with this uuid that you may read. Choose another metric.")
            )
        else:
            _check_metric(dataset, node[field], path, errors)


def _is_new(node: dict[str, Any], field: str, stored: Mapping[str, StoredReferences]) -> bool:
    known = [stored[name][field] for name in (str(node["uuid"]), node["key"]) if name in stored]
    return node[field] is not None and node[field] not in known


def _check_metric(dataset: SqlaTable, metric: dict[str, Any], path: str, errors: Errors) -> None:
    if metric["metric_name"] not in {saved.metric_name for saved in dataset.metrics}:
        text = _(
            "The dataset %(name)s has no saved metric of this name. Choose another.", name=dataset.table_name
        )
        errors.setdefault(f"{path}.metric_name", []).append(text)
    columns = {column.column_name: column for column in dataset.columns}
    time_column = metric["time_column"]
    if time_column and not (time_column in columns and columns[time_column].is_dttm):
        text = _("The dataset %(name)s has no temporal column of this name.", name=dataset.table_name)
        errors.setdefault(f"{path}.time_column", []).append(text)
    if not time_column and not dataset.main_dttm_col:
        text = _("The dataset %(name)s has no main time column: choose one here.", name=dataset.table_name)
        errors.setdefault(f"{path}.time_column", []).append(text)
    for index, adhoc in enumerate(metric["filters"]):
        if adhoc["expressionType"] == "SQL":
            _check_clause(dataset, adhoc["sqlExpression"], f"{path}.filters.{index}.sqlExpression", errors)
        elif adhoc["subject"] not in columns:
            text = _("The dataset %(name)s has no column of this name.", name=dataset.table_name)
            errors.setdefault(f"{path}.filters.{index}.subject", []).append(text)


def _check_clause(dataset: SqlaTable, clause: str, path: str, errors: Errors) -> None:
    """A condition that stands on its own: joined with others, it must not change what they mean."""
    if "{{" in clause or "{%" in clause:
        return  # a template is SQL only once it is rendered, for each viewer
    try:
        parsed = sqlglot.parse(clause, dialect=SQLGLOT_DIALECTS.get(dataset.database.backend))
    except sqlglot.errors.SqlglotError as ex:
        text = str(ex).splitlines()[0]
        errors.setdefault(path, []).append(_("This is no SQL condition: %(why)s", why=text))
        return
    except RecursionError:  # the parser calls itself for every level
        parsed = []
    if len(parsed) != 1 or not isinstance(parsed[0], sqlglot.exp.Condition):
        errors.setdefault(path, []).append(_("Write one SQL condition, such as amount > 10."))


def find_users(ids: Collection[int]) -> dict[int, Any]:
    """The users with these ids, by id; the ones that do not exist are left out."""
    user_model = security_manager.user_model
    found: dict[int, Any] = {}
    for some in chunks(list(ids)):
        found |= {user.id: user for user in db.session.query(user_model).filter(user_model.id.in_(some))}
    return found


def check_users(document: dict[str, Any], errors: Errors) -> list[Any]:
    """The owners as users; an id that is nobody's is an error at its own field."""
    wanted = set(document["owners"]) | {node["owner"] for node in document["nodes"] if node["owner"]}
    users = find_users(wanted)
    for index, user_id in enumerate(document["owners"]):
        if user_id not in users:
            errors.setdefault(f"owners.{index}", []).append(_("There is no user with this id."))
    for node in document["nodes"]:
        if node["owner"] and node["owner"] not in users:
            errors.setdefault(f"nodes.{node['key']}.owner", []).append(_("There is no user with this id."))
    return [users[user_id] for user_id in dict.fromkeys(document["owners"]) if user_id in users]
