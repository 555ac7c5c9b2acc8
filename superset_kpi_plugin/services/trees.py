"""Reading, creating, replacing and deleting trees: a tree is saved whole or not at all."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from uuid import UUID, uuid4

from flask import g
from superset.extensions import db, security_manager
from superset.utils.core import get_user_id
from superset.utils.decorators import transaction

from superset_kpi_plugin.exceptions import InvalidDocumentError, StaleVersionError, TreeNotFoundError
from superset_kpi_plugin.models import NAME_LENGTH, KpiNode, KpiTree
from superset_kpi_plugin.schemas import UUID_LIKE
from superset_kpi_plugin.security import raise_for_write, visible_trees
from superset_kpi_plugin.services.check import check_document, load_raw
from superset_kpi_plugin.services.documents import document_uuid, to_document, write_document
from superset_kpi_plugin.services.references import Errors, check_references, check_users


def find_tree(id_or_slug: str) -> KpiTree:
    """The tree with this uuid or slug, if the viewer may see it.

    :raises TreeNotFoundError: no such tree, or not for this viewer
    """
    uuid = document_uuid(id_or_slug)
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
    document = load_raw(raw)
    errors = check_document(document)
    tree = KpiTree(uuid=document["uuid"] or uuid4(), version=1)
    document["slug"] = document["slug"] or _free_slug(document["name"], tree.uuid)
    owners = _check_against_database(tree, document, {}, errors)
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
    document = load_raw(raw)
    errors = check_document(document)
    if document["version"] is None:
        errors.setdefault("version", []).append("Give the version that you read.")
    elif document["version"] != tree.version:
        raise StaleVersionError()
    if document["uuid"] not in (None, tree.uuid):
        errors.setdefault("uuid", []).append("A tree keeps its uuid.")
    document["slug"] = document["slug"] or tree.slug
    stored = {node["key"]: node["metric"] for node in to_document(tree)["nodes"]}
    owners = _check_against_database(tree, document, stored, errors)
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
    tree.links = []
    db.session.flush()
    db.session.delete(tree)


def readable_document(tree: KpiTree) -> dict[str, Any]:
    """The tree's document for this viewer.

    References to datasets they may not read are left out for mere readers.
    """
    from superset_kpi_plugin.security import may_write
    from superset_kpi_plugin.services.references import find_datasets

    document = to_document(tree)
    if may_write(tree):
        return document
    datasets = find_datasets(node["metric"]["dataset_uuid"] for node in document["nodes"] if node["metric"])
    readable = {uuid for uuid, dataset in datasets.items() if security_manager.can_access_datasource(dataset)}
    for node in document["nodes"]:
        if node["metric"] and node["metric"]["dataset_uuid"] not in readable:
            node["metric"] = None
    return document


def _check_against_database(
    tree: KpiTree, document: dict[str, Any], stored: dict[str, Any], errors: Errors
) -> list[Any]:
    check_references(document["nodes"], stored, errors)
    owners = check_users(document, errors)
    others = db.session.query(KpiTree.id).filter(KpiTree.id != (tree.id or 0))
    if others.filter(KpiTree.slug == document["slug"]).first():
        errors.setdefault("slug", []).append("Another tree has this slug.")
    if tree.id is None and document["uuid"] and others.filter(KpiTree.uuid == document["uuid"]).first():
        errors.setdefault("uuid", []).append("Another tree has this uuid.")
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
    for node in document["nodes"]:
        foreign = node["uuid"] and node["uuid"] not in own
        if foreign and db.session.query(KpiNode.id).filter(KpiNode.uuid == node["uuid"]).first():
            errors.setdefault(f"nodes.{node['key']}.uuid", []).append("A node of another tree has this uuid.")


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
    if not slug or UUID_LIKE.fullmatch(slug):
        return f"tree-{uuid.hex[:8]}"
    taken = db.session.query(KpiTree.id).filter(KpiTree.slug == slug).first()
    return f"{slug}-{uuid.hex[:8]}" if taken else slug
