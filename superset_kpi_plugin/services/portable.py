"""Trees as files, to keep, to compare and to take to another Superset."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timezone
from io import BytesIO
from typing import IO, Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile, is_zipfile

import yaml
from flask import current_app
from superset.exceptions import SupersetException
from superset.extensions import db
from superset.utils.core import check_is_safe_zip
from superset.utils.decorators import transaction

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.models import KpiTree
from superset_kpi_plugin.schemas import SLUG, as_uuid
from superset_kpi_plugin.security import visible_trees
from superset_kpi_plugin.services.many import find_trees
from superset_kpi_plugin.services.references import REFERENCES, Errors, find_datasets
from superset_kpi_plugin.services.trees import MASK, create_tree, readable_document, update_tree

FORMAT = "1.0.0"
KIND = "KpiTree"
METADATA = "metadata.yaml"
FOLDER = "kpi_trees"
LOCAL = ("created_on", "changed_on", "created_by", "changed_by", "owners", "version")
"""What is one Superset's own: people and moments do not travel."""

Row = dict[str, Any]

_LOADER: Any = type("_Loader", (getattr(yaml, "CSafeLoader", yaml.SafeLoader),), {})
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_DEEPEST = 100
_WHOLE, _FRACTION = "tag:yaml.org,2002:int", "tag:yaml.org,2002:float"


# --- out ------------------------------------------------------------------------------------------


def export_trees(ids: Sequence[int]) -> tuple[str, IO[bytes]]:
    """A name and a zip with one YAML file per tree, as the caller may read it.

    :raises TreeNotFoundError: one of them does not exist, or not for this viewer
    """
    trees = find_trees(ids)
    now = datetime.now(tz=timezone.utc)
    root = f"kpi_tree_export_{now:%Y%m%dT%H%M%S}"
    metadata = {"version": FORMAT, "type": KIND, "timestamp": now.isoformat()}
    buffer = BytesIO()
    with ZipFile(buffer, "w") as bundle:
        bundle.writestr(f"{root}/{METADATA}", _dump(metadata))
        for tree in trees:
            bundle.writestr(f"{root}/{FOLDER}/{tree.slug}.yaml", _dump(portable_document(tree)))
    buffer.seek(0)
    return f"{root}.zip", buffer


def portable_document(tree: KpiTree) -> Row:
    """The tree's document for this viewer, without what is this Superset's own.

    `datasets` tells the names of those it refers to by uuid, for the people at the other end.
    """
    document = readable_document(tree)
    kept = {name: value for name, value in document.items() if name not in LOCAL}
    kept["nodes"] = [{name: node[name] for name in node if name != "owner"} for node in document["nodes"]]
    kept["links"] = [{name: link[name] for name in link if name != "kind"} for link in document["links"]]
    return {**kept, "datasets": _datasets(document["nodes"]), "version": FORMAT}


def _datasets(nodes: Sequence[Row]) -> list[Row]:
    references = (node[field] for node in nodes for field in REFERENCES if node[field] not in (None, MASK))
    found = find_datasets(reference["dataset_uuid"] for reference in references)
    return [
        {
            "uuid": uuid,
            "name": dataset.table_name,
            "schema": dataset.schema,
            "database": dataset.database.database_name,
        }
        for uuid, dataset in sorted(found.items(), key=lambda item: (item[1].table_name, item[0]))
    ]


def _dump(row: Row) -> str:
    return str(yaml.dump(row, Dumper=_DUMPER, sort_keys=False, allow_unicode=True))


# --- in -------------------------------------------------------------------------------------------


@transaction(on_error=None)
def import_trees(name: str, upload: IO[bytes], overwrite: bool) -> list[Row]:
    """Store the trees of an exported zip, or of one YAML file: all of them or none.

    Each answers its uuid, slug and name, and the keys of the nodes whose source was not in the file.

    :raises InvalidDocumentError: with every field that is wrong, after its file's name
    :raises ForbiddenError: a tree to replace is not the caller's
    """
    errors: Errors = {}
    stored: list[Row] = []
    for file, raw in _trees_of(_read_files(name, upload)).items():
        try:
            stored.append(_import_tree(raw, overwrite))
        except InvalidDocumentError as ex:
            wrong = _named(dict(ex.message), raw) if isinstance(ex.message, Mapping) else {}
            errors |= {f"{file}: {path}": list(texts) for path, texts in wrong.items()}
    if errors:
        raise InvalidDocumentError(errors)
    return stored


def _import_tree(raw: Row, overwrite: bool) -> Row:
    document = {name: value for name, value in raw.items() if name not in ("datasets", *LOCAL)}
    before = _stored(document.get("uuid"))
    if before is None:
        document = {**document, "slug": _free(document.get("slug"))}
        opened, document = _open_masked(document)
        tree = create_tree(document)
    elif not overwrite:
        text = _("This KPI tree already exists and `overwrite=true` was not passed.")
        raise InvalidDocumentError({"uuid": [text]})
    else:
        opened = []
        tree = update_tree(str(before.uuid), _with_people(document, before))
    return {"uuid": str(tree.uuid), "slug": tree.slug, "name": tree.name, "left_open": opened}


def _stored(uuid: Any) -> KpiTree | None:
    """The tree with this uuid that the caller may see."""
    known = as_uuid(uuid) if isinstance(uuid, str) else None
    if known is None:
        return None
    return visible_trees(db.session.query(KpiTree)).filter(KpiTree.uuid == known).one_or_none()


def _free(slug: Any) -> Any:
    """The slug where no tree has it; without one the tree is given a new one."""
    if (
        isinstance(slug, str)
        and SLUG.fullmatch(slug)
        and db.session.query(KpiTree.id).filter(KpiTree.slug == slug).first()
    ):
        return None
    return slug


def _open_masked(document: Row) -> tuple[list[str], Row]:
    """The document with its masked references left open, and the keys of those nodes."""
    nodes = document.get("nodes")
    if not isinstance(nodes, list):
        return [], document
    opened, kept = [], []
    for node in nodes:
        masked = [field for field in REFERENCES if isinstance(node, dict) and node.get(field) == MASK]
        kept.append({**node, **dict.fromkeys(masked)} if masked else node)
        opened += [str(node.get("key"))] if masked else []
    return opened, {**document, "nodes": kept}


def _with_people(document: Row, before: KpiTree) -> Row:
    """The document with the owners that the stored tree has: a file says nothing of people."""
    owners = {node.key: node.owner_id for node in before.nodes}
    nodes = document.get("nodes")
    if isinstance(nodes, list):
        nodes = [
            {**node, "owner": owners.get(str(node.get("key")))} if isinstance(node, dict) else node
            for node in nodes
        ]
    people = [owner.id for owner in before.owners]
    return {**document, "nodes": nodes, "owners": people, "version": before.version}


def _named(errors: Mapping[str, Sequence[str]], raw: Row) -> Errors:
    """The errors, with an unknown dataset told by the name that the file gives it."""
    datasets = raw.get("datasets")
    names = {
        str(row.get("uuid")): row.get("name")
        for row in (datasets if isinstance(datasets, list) else ())
        if isinstance(row, dict)
    }
    nodes = raw.get("nodes")
    keys = {
        str(node.get("key")): node
        for node in (nodes if isinstance(nodes, list) else ())
        if isinstance(node, dict)
    }
    told: Errors = {}
    for path, texts in errors.items():
        told[path] = list(texts)
        place = re.fullmatch(rf"nodes\.(\w+)\.({'|'.join(REFERENCES)})\.dataset_uuid", path)
        reference = keys.get(place[1], {}).get(place[2]) if place else None
        if isinstance(reference, dict) and (uuid := str(reference.get("dataset_uuid"))) in names:
            text = _(
                "There is no dataset %(name)s with the uuid %(uuid)s that you may read.",
                name=names[uuid],
                uuid=uuid,
            )
            told[path] = [text]
    return told


def _read_files(name: str, upload: IO[bytes]) -> dict[str, Any]:
    """The YAML files of the upload, by their names without the first folder.

    :raises InvalidDocumentError: no zip and no YAML, too large, or of another kind
    """
    if not is_zipfile(upload):
        upload.seek(0)
        content = upload.read()
        if content.startswith(b"PK"):
            raise InvalidDocumentError({name: [_neither()]})
        return {name: _parse(name, content)}
    upload.seek(0)
    try:
        with ZipFile(upload) as bundle:
            if not any(item.compress_size for item in bundle.infolist()):
                raise InvalidDocumentError({name: [_("There is no KPI tree in this file.")]})
            check_is_safe_zip(bundle)
            files = {
                path.partition("/")[2]: bundle.read(path)
                for path in bundle.namelist()
                if path.endswith((".yaml", ".yml")) and not path.startswith("__MACOSX/")
            }
    except (BadZipFile, zlib.error, SupersetException, NotImplementedError, RuntimeError) as ex:
        raise InvalidDocumentError({name: [_("This file cannot be read: %(why)s", why=str(ex))]}) from None
    wanted = {path: raw for path, raw in files.items() if path == METADATA or path.startswith(f"{FOLDER}/")}
    parsed = {path: _parse(path, raw) for path, raw in wanted.items()}
    _check_metadata(parsed.pop(METADATA, None))
    return parsed


def _neither() -> str:
    return _("This is neither YAML in UTF-8 nor a whole zip file. Export the trees again.")


def _check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict):
        raise InvalidDocumentError({METADATA: [_("This file is missing: export the trees again.")]})
    if metadata.get("version") != FORMAT:
        raise InvalidDocumentError(
            {f"{METADATA}: version": [_("This version cannot be read: export the trees again.")]}
        )
    if metadata.get("type", KIND) != KIND:
        text = _("This file holds %(kind)s, not KPI trees.", kind=str(metadata["type"])[:100])
        raise InvalidDocumentError({f"{METADATA}: type": [text]})


def _trees_of(files: Mapping[str, Any]) -> dict[str, Row]:
    """The documents among the files.

    :raises InvalidDocumentError: there is none, or one of another version
    """
    errors: Errors = {}
    for file, raw in files.items():
        if not isinstance(raw, dict):
            errors[file] = [_("This is no KPI tree.")]
        elif raw.get("version") != FORMAT:
            errors[f"{file}: version"] = [_("This version cannot be read: export the trees again.")]
    if not files:
        errors[FOLDER] = [_("There is no KPI tree in this file.")]
    if errors:
        raise InvalidDocumentError(errors)
    return dict(files)


def _parse(name: str, content: bytes) -> Any:
    """A YAML file as JSON would hold it.

    :raises InvalidDocumentError: not YAML, or too large, too deep or with aliases
    """
    if len(content) > current_app.config["ZIPPED_FILE_MAX_SIZE"]:
        raise InvalidDocumentError({name: [_("This file is too large.")]})
    try:
        text = content.decode()
        _check_events(name, text)
        return _plain(yaml.load(text, Loader=_LOADER))
    except UnicodeDecodeError:
        raise InvalidDocumentError({name: [_neither()]}) from None
    # An explicit tag is believed: !!bool maybe and !!timestamp never fail as anything at all.
    except (yaml.YAMLError, ValueError, LookupError, AttributeError) as ex:
        why = str(ex).splitlines()[0] if str(ex) else type(ex).__name__
        raise InvalidDocumentError({name: [_("This is no YAML file: %(why)s", why=why)]}) from None


def _number(loader: Any, node: Any) -> Any:
    """A number; one to the base of 60, such as 10:30, is text: a long one takes the square of its length."""
    if ":" in node.value:
        return loader.construct_scalar(node)
    whole = node.tag == _WHOLE
    return loader.construct_yaml_int(node) if whole else loader.construct_yaml_float(node)


for _tag in (_WHOLE, _FRACTION):
    _LOADER.add_constructor(_tag, _number)


def _check_events(name: str, text: str) -> None:
    """Refuses, before anything is built, what makes a small file huge or ends the process: libyaml's loader
    calls itself for every level without a limit.

    :raises InvalidDocumentError: aliases, or nesting deeper than any document's
    """
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.AliasEvent):
            raise InvalidDocumentError({name: [_("YAML aliases are not read: write the values out.")]})
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise InvalidDocumentError({name: [_("This file is nested too deeply.")]})


def _plain(value: Any) -> Any:
    """What YAML reads as a day or another kind of its own, as text."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, (date, UUID)):
        return value.isoformat() if isinstance(value, date) else str(value)
    return value
