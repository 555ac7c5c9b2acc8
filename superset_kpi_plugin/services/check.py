"""What a document's parts must mean together. All that is wrong is told at once, each at the path of its
field.

A node's place in a path is its key (`nodes.revenue.formula`), or its position where it has no usable key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import Any

from marshmallow import ValidationError

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _, told_of
from superset_kpi_plugin.rollup.errors import FormulaError, RollupError
from superset_kpi_plugin.rollup.formula import parse
from superset_kpi_plugin.rollup.graph import build
from superset_kpi_plugin.rollup.spec import METHODS, LinkSpec, NodeSpec, TreeSpec
from superset_kpi_plugin.rollup.types import Direction, Grain, Source
from superset_kpi_plugin.services.documents import load_document
from superset_kpi_plugin.services.field_messages import told_of_field
from superset_kpi_plugin.services.formula_help import MOST_KEYS, Words, explain, explain_key
from superset_kpi_plugin.services.holidays import problem_of
from superset_kpi_plugin.services.references import Errors

Row = dict[str, Any]
MOST_HINTS = 100
"""For how many keys that no node has the one that was meant is looked for."""


def load_raw(raw: Any) -> Row:
    """The document with its types checked.

    :raises InvalidDocumentError: with the path of every field of a wrong type, size or choice
    """
    try:
        return load_document(raw)
    except ValidationError as ex:
        raise InvalidDocumentError(flatten(ex.messages, raw)) from None


def flatten(messages: Any, raw: Any = None, path: str = "") -> Errors:
    """marshmallow's nested messages, in the viewer's language, by paths; nodes are named by their keys."""
    if isinstance(messages, dict):
        errors: Errors = {}
        for name, inner in messages.items():
            item = raw.get(name) if isinstance(raw, dict) else None
            if isinstance(name, int) and isinstance(raw, list) and name < len(raw):
                item = raw[name]
            key = item.get("key") if path == "nodes" and isinstance(item, dict) else None
            label = key if isinstance(key, str) and 0 < len(key) <= 63 else str(name)[:100]
            # marshmallow tells of what a mapping holds under one more name, "value".
            through = name == "value" and isinstance(raw, dict) and name not in raw
            if through:
                item = raw
            below = path if through or label == "_schema" else f"{path}.{label}" if path else label
            for field, texts in flatten(inner, item, below).items():
                errors.setdefault(field, []).extend(texts)
        return errors
    return {path or "document": [told_of_field(text) for text in messages]}


def check_document(document: Row) -> Errors:
    """Everything that is wrong with a well-typed document, by the path of the field.

    Empty when nothing is.
    """
    errors: Errors = {}
    _check_unique(document, errors)
    _check_periods(document, errors)
    if document["holidays"] is not None and (problem := problem_of(document["holidays"])):
        _add(errors, "holidays", problem)
    for node in document["nodes"]:
        _check_node(node, errors)
    _check_links(document, errors)
    if not errors:
        check_shape(document, errors)
    return errors


def _add(errors: Errors, path: str, text: str) -> None:
    errors.setdefault(path, []).append(text)


def _repeated(values: Iterable[Any]) -> set[Any]:
    return {value for value, times in Counter(values).items() if times > 1}


def _check_unique(document: Row, errors: Errors) -> None:
    nodes = document["nodes"]
    keys = _repeated(node["key"] for node in nodes)
    uuids = _repeated(node["uuid"] for node in nodes if node["uuid"])
    for index, node in enumerate(nodes):
        if node["key"] in keys:
            _add(errors, f"nodes.{index}.key", _("More than one node has the key %(key)s.", key=node["key"]))
        if node["uuid"] in uuids:
            _add(errors, f"nodes.{node['key']}.uuid", _("More than one node has this uuid."))


def _check_periods(document: Row, errors: Errors) -> None:
    if document["periods"] and document["grain"] != Grain.CUSTOM.value:
        _add(errors, "periods", _("Only a tree whose grain is custom has periods of its own."))
    _check_overlaps(document["periods"], "periods", "periods", errors)


def _check_overlaps(
    rows: list[Row], path: str, things: str, errors: Errors, same: Callable[[Row], Any] = lambda row: 0
) -> None:
    last: dict[Any, tuple[date, int]] = {}
    for index in sorted(range(len(rows)), key=lambda index: (rows[index]["start"], rows[index]["end"])):
        row = rows[index]
        before = last.get(same(row))
        if before is not None and row["start"] < before[0]:
            _add(
                errors,
                f"{path}.{index}.start",
                _("This overlaps %(other)s, and must not.", other=f"{things}.{before[1]}"),
            )
        if before is None or row["end"] > before[0]:
            last[same(row)] = (row["end"], index)


def _check_node(node: Row, errors: Errors) -> None:
    path = f"nodes.{node['key']}"
    _check_source(node, path, errors)
    _check_target_metric(node, path, errors)
    allowed = [method.value for method in METHODS[Direction(node["direction"])]]
    if node["attainment_method"] and node["attainment_method"] not in allowed:
        choices = ", ".join(allowed)
        _add(
            errors,
            f"{path}.attainment_method",
            _(
                "With the direction %(direction)s this can be: %(choices)s.",
                direction=node["direction"],
                choices=choices,
            ),
        )
    for index, target in enumerate(node["targets"]):
        _check_target(node, target, f"{path}.targets.{index}", errors)
    _check_overlaps(
        node["targets"],
        f"{path}.targets",
        "targets",
        errors,
        same=lambda row: (row["dimension"], row["member"]),
    )
    _check_overlaps(node["manual_values"], f"{path}.manual_values", "manual_values", errors)


def _check_source(node: Row, path: str, errors: Errors) -> None:
    source = node["source"]
    if source != Source.METRIC.value and node["metric"] is not None:
        _add(errors, f"{path}.metric", _("Only a node whose source is metric reads one."))
    if source == Source.FORMULA.value and node["formula"] is None:
        _add(errors, f"{path}.formula", _("A node whose source is formula needs its formula."))
    if source != Source.MANUAL.value and node["manual_values"]:
        _add(errors, f"{path}.manual_values", _("Only a node whose source is manual has typed-in values."))
    if source == Source.FORMULA.value and node["shift"]:
        _add(errors, f"{path}.shift", _("A formula reads no window of its own: shift its children instead."))


def _check_target_metric(node: Row, path: str, errors: Errors) -> None:
    if node["target_metric"] is None:
        return
    if node["direction"] == Direction.MAINTAIN.value:
        text = _(
            "A band is two numbers and no metric gives both: enter targets with lower and upper instead."
        )
        _add(errors, f"{path}.target_metric", text)
    if any(target["dimension"] is None for target in node["targets"]):
        text = _(
            "Targets are read from a metric or entered, not both: take one away. Members may have theirs."
        )
        _add(errors, f"{path}.target_metric", text)


def _check_target(node: Row, target: Row, path: str, errors: Errors) -> None:
    if node["direction"] == Direction.MAINTAIN.value:
        if target["lower"] is None:
            _add(
                errors,
                f"{path}.lower",
                _("With the direction maintain a target needs its band: lower and upper."),
            )
    elif target["value"] is None:
        _add(errors, f"{path}.value", _("A target needs a value."))


def _check_links(document: Row, errors: Errors) -> None:
    nodes = {node["key"]: node for node in document["nodes"]}
    children: dict[str, set[str]] = {key: set() for key in nodes}
    for index, link in enumerate(document["links"]):
        path = f"links.{index}"
        unknown = [end for end in ("parent", "child") if link[end] not in nodes]
        for end in unknown:
            _add(errors, f"{path}.{end}", _("No node has the key %(key)s.", key=link[end][:100]))
        if unknown:
            continue
        if link["child"] in children[link["parent"]]:
            _add(
                errors,
                f"{path}.child",
                _("%(parent)s → %(child)s is linked twice.", parent=link["parent"], child=link["child"]),
            )
        children[link["parent"]].add(link["child"])
    names, hints = {key: node["name"] for key, node in nodes.items()}, iter(range(MOST_HINTS))
    named = {
        key: _check_formula(node, Words(key, children[key], names, hints), children, errors)
        for key, node in nodes.items()
        if node["formula"]
    }
    for index, link in enumerate(document["links"]):
        ends = [nodes[link[end]] for end in ("parent", "child") if link[end] in nodes]
        influence = link["child"] not in named.get(link["parent"], frozenset())
        maintain = any(node["direction"] == Direction.MAINTAIN.value for node in ends)
        if influence and maintain and link["expected_sign"] is None:
            text = _("An influence link from or to a node to maintain needs its expected sign.")
            _add(errors, f"links.{index}.expected_sign", text)


def _check_formula(
    node: Row, words: Words, children: Mapping[str, Collection[str]], errors: Errors
) -> frozenset[str]:
    path = f"nodes.{node['key']}.formula"
    try:
        keys = parse(node["formula"]).keys()
    except FormulaError as ex:
        _add(errors, path, explain(ex, node["formula"], words))
        return frozenset()
    unknown = [key for key in keys if key not in words.children]
    for key in unknown[:MOST_KEYS]:
        above = key in words.names and next(words.hints, None) is not None
        above = above and _stands_above(children, key, words.parent)
        _add(errors, path, explain_key(key, node["formula"], words, above))
    return frozenset(keys)


def _stands_above(children: Mapping[str, Collection[str]], upper: str, lower: str) -> bool:
    """Whether a node is reached from another one over the links downwards."""
    seen, waiting = {upper}, [upper]
    while waiting:
        found = [key for key in children.get(waiting.pop(), ()) if key not in seen]
        if lower in found:
            return True
        seen.update(found)
        waiting += found
    return False


def check_shape(document: Row, errors: Errors) -> None:
    """One root, everything reachable from it, no cycle."""
    nodes = {node["key"]: NodeSpec(node["key"]) for node in document["nodes"]}
    links = tuple(LinkSpec(link["parent"], link["child"]) for link in document["links"])
    try:
        build(TreeSpec(nodes, links))
    except RollupError as ex:
        _add(errors, "links", told_of(ex))
