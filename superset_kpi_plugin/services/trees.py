"""Reading, creating, replacing and deleting trees: a tree is saved whole or not at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from flask import g
from superset.extensions import db, security_manager
from superset.utils.core import get_user_id
from superset.utils.decorators import transaction

from superset_kpi_plugin.exceptions import (
    ForbiddenError,
    InvalidDocumentError,
    StaleVersionError,
    TreeNotFoundError,
)
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.models import NAME_LENGTH, KpiNode, KpiTree, load_rows
from superset_kpi_plugin.schemas import RESERVED_SLUGS, SLUG, as_uuid
from superset_kpi_plugin.security import dataset_access, may_write, raise_for_write, visible_trees
from superset_kpi_plugin.services.check import check_document, load_raw
from superset_kpi_plugin.services.documents import to_document, write_document
from superset_kpi_plugin.services.references import (
    REFERENCES,
    Errors,
    StoredReferences,
    check_references,
    check_users,
    chunks,
    find_datasets,
)

MASK = {"restricted": True}


def find_tree(id_or_slug: str) -> KpiTree:
    """The tree with this uuid or slug, if the viewer may see it.

    :raises TreeNotFoundError: no such tree, or not for this viewer
    """
    uuid = as_uuid(id_or_slug)
    if uuid is None and SLUG.fullmatch(id_or_slug) is None:
        raise TreeNotFoundError()
    condition = KpiTree.slug == id_or_slug if uuid is None else KpiTree.uuid == uuid
    tree = visible_trees(db.session.query(KpiTree)).filter(condition).one_or_none()
    if tree is None:
        raise TreeNotFoundError()
    return tree


@transaction(on_error=None)
def create_tree(raw: Any) -> KpiTree:
    """Store a new tree from a whole document; the writer becomes an owner where no owner is named.

    :raises InvalidDocumentError: with every field that is wrong
    """
    if get_user_id() is None:
        raise ForbiddenError()
    document = load_raw(raw)
    errors = check_document(document)
    tree = KpiTree(uuid=document["uuid"] or uuid4(), version=1)
    document["slug"] = document["slug"] or _free_slug(document["name"], tree.uuid)
    owners = check_against_database(tree, document, {}, errors)
    if errors:
        raise InvalidDocumentError(errors)
    with db.session.no_autoflush:
        tree.owners = owners
        db.session.add(tree)
        write_document(tree, document)
    return tree


@transaction(on_error=None)
def update_tree(id_or_slug: str, raw: Any) -> KpiTree:
    """Replace a tree by a whole document whose `version` is the stored one.

    :raises TreeNotFoundError, ForbiddenError, StaleVersionError, InvalidDocumentError: nothing is saved
    """
    tree = find_tree(id_or_slug)
    raise_for_write(tree)
    document = load_raw(unmask(raw, tree))
    errors = check_document(document)
    if document["version"] is None:
        errors.setdefault("version", []).append(_("Give the version that you read."))
    elif document["version"] != tree.version:
        raise StaleVersionError()
    if document["uuid"] not in (None, tree.uuid):
        errors.setdefault("uuid", []).append(_("A tree keeps its uuid."))
    document["slug"] = document["slug"] or tree.slug
    owners = check_against_database(tree, document, stored_references(tree), errors)
    if errors:
        raise InvalidDocumentError(errors)
    _claim_version(tree)
    with db.session.no_autoflush:
        tree.owners = owners
        write_document(tree, document)
    return tree


@transaction(on_error=None)
def delete_tree(id_or_slug: str) -> None:
    """Delete a tree with everything in it.

    :raises TreeNotFoundError, ForbiddenError: nothing is deleted
    """
    tree = find_tree(id_or_slug)
    raise_for_write(tree)
    _claim_version(tree)
    load_rows(tree)
    tree.links = []
    db.session.flush()
    db.session.delete(tree)


def readable_document(tree: KpiTree) -> dict[str, Any]:
    """The tree's document for this viewer: what it reads from a dataset they may not read is masked."""
    document = to_document(tree)
    references = [
        (node, field) for node in document["nodes"] for field in REFERENCES if node[field] is not None
    ]
    datasets = find_datasets(node[field]["dataset_uuid"] for node, field in references)
    may_read = dataset_access()
    readable = {uuid for uuid, dataset in datasets.items() if may_read(dataset)}
    writer = may_write(tree)
    for node, field in references:
        uuid = node[field]["dataset_uuid"]
        if uuid not in readable and (uuid in datasets or not writer):
            node[field] = dict(MASK)
    return document


def stored_references(tree: KpiTree) -> dict[str, StoredReferences]:
    """What the tree's nodes read, by their keys and by their uuids."""
    by_key = {node.key: {field: getattr(node, field) for field in REFERENCES} for node in tree.nodes}
    return by_key | {str(node.uuid): by_key[node.key] for node in tree.nodes}


def unmask(raw: Any, tree: KpiTree) -> Any:
    """A document as it was read, with what was masked put back as it is stored: nobody saves a mask."""
    if not isinstance(raw, dict) or not isinstance(raw.get("nodes"), list):
        return raw
    stored = stored_references(tree)
    return {**raw, "nodes": [_unmasked(node, stored) for node in raw["nodes"]]}


def _unmasked(node: Any, stored: Mapping[str, StoredReferences]) -> Any:
    """The mask of what is not stored stays, and is refused with the rest of what is wrong."""
    if not isinstance(node, dict):
        return node
    known = [stored.get(str(node.get(name)), {}) for name in ("uuid", "key")]
    masked = (field for field in REFERENCES if node.get(field) == MASK)
    found = {field: known[0].get(field) or known[1].get(field) for field in masked}
    return {**node, **{field: value for field, value in found.items() if value}}


def check_against_database(
    tree: KpiTree, document: dict[str, Any], stored: Mapping[str, StoredReferences], errors: Errors
) -> list[Any]:
    """The tree's owners as users; `errors` gets what the database knows to be wrong with the document."""
    check_references(document["nodes"], stored, errors)
    owners = check_users(document, errors)
    others = db.session.query(KpiTree.id).filter(KpiTree.id != (tree.id or 0))
    if others.filter(KpiTree.slug == document["slug"]).first():
        errors.setdefault("slug", []).append(_("Another tree has this slug."))
    if tree.id is None and document["uuid"] and others.filter(KpiTree.uuid == document["uuid"]).first():
        errors.setdefault("uuid", []).append(_("Another tree has this uuid."))
    _check_node_uuids(tree, document, errors)
    if not owners or (
        not security_manager.is_admin() and get_user_id() not in {owner.id for owner in owners}
    ):
        # As for Superset's charts: nobody but an admin can lock themselves out.
        user = (
            db.session.get(security_manager.user_model, get_user_id()) if getattr(g, "user", None) else None
        )
        owners = [*owners, user] if user is not None and user not in owners else owners
    return owners


def _check_node_uuids(tree: KpiTree, document: dict[str, Any], errors: Errors) -> None:
    own: set[UUID] = {node.uuid for node in tree.nodes}
    new = {
        node["uuid"]: node["key"] for node in document["nodes"] if node["uuid"] and node["uuid"] not in own
    }
    for some in chunks(list(new)):
        for (taken,) in db.session.query(KpiNode.uuid).filter(KpiNode.uuid.in_(some)):
            errors.setdefault(f"nodes.{new[taken]}.uuid", []).append(
                _("A node of another tree has this uuid.")
            )


def _claim_version(tree: KpiTree) -> None:
    """Take the next version in one statement.

    Of two savers who read the same one, the second finds no row.
    """
    claimed = (
        db.session.query(KpiTree)
        .filter(KpiTree.id == tree.id, KpiTree.version == tree.version)
        .update({"version": KpiTree.version + 1}, synchronize_session=False)
    )
    if not claimed:
        raise StaleVersionError()
    db.session.refresh(tree)


def _free_slug(name: str, uuid: UUID) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name).strip("-")[: NAME_LENGTH - 9].strip("-")
    if not slug or as_uuid(slug):
        return f"tree-{uuid.hex[:8]}"
    taken = db.session.query(KpiTree.id).filter(KpiTree.slug == slug).first()
    return f"{slug}-{uuid.hex[:8]}" if taken or slug in RESERVED_SLUGS else slug
