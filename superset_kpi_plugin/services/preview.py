"""A document evaluated as it would be, were it saved: nothing of it is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from superset.extensions import db

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.models import KpiManualValue, KpiNode, KpiTree
from superset_kpi_plugin.rollup.proof import COMPONENT_ERROR, COMPONENT_PERIODS
from superset_kpi_plugin.rollup.spec import PeriodTarget
from superset_kpi_plugin.rollup.types import LinkKind
from superset_kpi_plugin.schemas import as_uuid
from superset_kpi_plugin.security import may_write, visible_trees
from superset_kpi_plugin.services.advice import Building, advise
from superset_kpi_plugin.services.evaluation import evaluate_tree
from superset_kpi_plugin.services.mending import Mended, masked, mend
from superset_kpi_plugin.services.proving import prove_tree
from superset_kpi_plugin.services.references import Errors
from superset_kpi_plugin.services.specs import Draft, define, period_target
from superset_kpi_plugin.services.trees import check_against_database, stored_references, unmask

Row = dict[str, Any]
Entered = Mapping[tuple[str, date, date], tuple[float, datetime]]
"""When the stored values were typed in: by node, first day and end, beside the value itself."""


def preview_document(raw: Row, prove: bool = False, **question: Any) -> Row:
    """The evaluation, errors, findings and proof that `docs/api.md` describes, as the current user.

    :raises InvalidDocumentError: a document of which not one node can be told, or a question that is none
    """
    draft, mended, errors = open_draft(raw)
    evaluation = _evaluated(draft, errors, question)
    proof = _proved(draft, question) if prove and evaluation is not None else None
    filters = question.get("filters", ())
    stored = _stored(raw)
    owners = stored.owners if stored is not None else ()
    building = Building(draft, mended.root, mended.strays, errors, evaluation, proof, filters, owners)
    return {"evaluation": evaluation, "errors": errors, "findings": advise(building), "proof": proof}


def open_draft(raw: Row) -> tuple[Draft, Mended, Errors]:
    """The document as it can be evaluated, what was left out for it, and why.

    :raises InvalidDocumentError: a document of which not one node can be told
    """
    stored = _stored(raw)
    raw = raw if stored is None else unmask(raw, stored)
    hidden = masked(raw)
    mended = mend(raw, lambda document, errors: _check(document, errors, stored))
    errors = {path: texts for path, texts in mended.errors.items() if path.rpartition(".")[0] not in hidden}
    return draft_of(mended, stored), mended, errors | hidden


def _stored(raw: Row) -> KpiTree | None:
    """The stored tree that the document is of, where the viewer may change it."""
    uuid = as_uuid(raw["uuid"]) if isinstance(raw.get("uuid"), str) else None
    if uuid is None:
        return None
    tree = visible_trees(db.session.query(KpiTree)).filter(KpiTree.uuid == uuid).one_or_none()
    return tree if tree is not None and may_write(tree) else None


def _check(document: Row, errors: Errors, stored: KpiTree | None) -> None:
    tree = stored or KpiTree()
    references = stored_references(stored) if stored is not None else {}
    check_against_database(tree, document, references, errors)


def _evaluated(draft: Draft, errors: Errors, question: Row) -> Row | None:
    try:
        return evaluate_tree(draft, **question)
    except InvalidDocumentError as ex:
        asked = any(question.get(name) for name in ("period", "time_range"))
        if asked or not isinstance(ex.message, dict) or set(ex.message) != {"as_of"}:
            raise
        # No period of the document's own holds the day, which says more against the periods than against it.
        errors.setdefault("periods", []).extend(ex.message["as_of"])
        return None


def _proved(draft: Draft, question: Row) -> Row | None:
    """The proof of the formulas alone; influences would have twice as much history read."""
    definition = draft.definition
    components = tuple(link for link in definition.links if link.kind == LinkKind.COMPONENT.value)
    draft = replace(draft, definition=replace(definition, links=components))
    asked = {name: question[name] for name in ("as_of", "filters", "force") if name in question}
    try:
        proof = prove_tree(draft, COMPONENT_ERROR, COMPONENT_PERIODS, **asked)
    except InvalidDocumentError:  # no period has closed yet
        return None
    return {name: proof[name] for name in ("tolerance", "components")}


def draft_of(mended: Mended, stored: KpiTree | None) -> Draft:
    """The document as evaluations take a tree.

    What stands under no KGI is evaluated too: it hangs under the KGI with the weight 0, in no answer's links.
    """
    document = mended.document
    entered = _entered(stored, document)
    places = {node["key"]: place for place, node in enumerate(document["nodes"])}
    links = sorted(document["links"], key=lambda link: (places[link["parent"]], link["order"]))
    joined = [
        {"parent": mended.root, "child": stray, "weight": 0.0, "order": len(links), "lag": 0}
        for stray in mended.strays
    ]
    rows = SimpleNamespace(
        **document,
        **document["thresholds"],
    )
    rows.nodes = [_node(node, entered) for node in document["nodes"]]
    rows.links = [
        SimpleNamespace(
            **{"expected_sign": None, **link, "parent_id": link["parent"], "child_id": link["child"]}
        )
        for link in (*links, *joined)
    ]
    rows.periods = [SimpleNamespace(**period) for period in document["periods"]]
    definition = define(rows)
    return Draft(
        **{name: document[name] for name in ("uuid", "slug", "name", "description", "grain", "version")},
        **{name: document[name] for name in ("published", "time_zone", "holidays")},
        **document["thresholds"],
        definition=replace(definition, links=definition.links[: len(links)]),
        member_targets=_member_targets(document),
    )


def _node(row: Row, entered: Entered) -> SimpleNamespace:
    thresholds = row["thresholds"] or {"on_track": None, "at_risk": None}
    now = datetime.now()
    values = []
    for value in row["manual_values"]:
        known = entered.get((row["key"], value["start"], value["end"]))
        day = known[1] if known is not None and known[0] == value["value"] else now
        values.append(SimpleNamespace(**value, changed_on=day))
    targets = [SimpleNamespace(**target) for target in row["targets"]]
    plain = {**row, **thresholds, "id": row["key"], "owner_id": row["owner"]}
    return SimpleNamespace(**{**plain, "targets": targets, "manual_values": values})


def _entered(stored: KpiTree | None, document: Row) -> Entered:
    if stored is None or not any(node["manual_values"] for node in document["nodes"]):
        return {}
    keys = {node["uuid"]: node["key"] for node in document["nodes"] if node["uuid"]}
    query = (
        db.session.query(KpiNode.uuid, KpiNode.key, KpiManualValue)
        .join(KpiManualValue, KpiManualValue.node_id == KpiNode.id)
        .filter(KpiNode.tree_id == stored.id)
    )
    return {
        (keys.get(uuid, key), value.start, value.end): (value.value, value.changed_on or value.created_on)
        for uuid, key, value in query
    }


def _member_targets(document: Row) -> dict[str, dict[str, dict[str, list[PeriodTarget]]]]:
    found: dict[str, dict[str, dict[str, list[PeriodTarget]]]] = {}
    for node in document["nodes"]:
        for row in node["targets"]:
            if row["dimension"]:
                members = found.setdefault(row["dimension"], {}).setdefault(row["member"], {})
                members.setdefault(node["key"], []).append(period_target(SimpleNamespace(**row)))
    return found
