"""A document as far as it can be understood: what is refused is named and left out, the rest stays.

Rows that are refused go, fields that are refused fall back to their defaults. A source that is refused is
left open: a wrong number would be worse than none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.types import Accumulation, Direction, Source
from superset_kpi_plugin.services.check import check_document, check_shape, flatten
from superset_kpi_plugin.services.documents import load_document
from superset_kpi_plugin.services.references import REFERENCES, Errors

Row = dict[str, Any]
ROWS = ("links", "periods", "owners", "departments", "targets", "manual_values")
"""The lists of which single rows can be left out."""
UNKNOWN = "…"
"""Stands for a name that is refused."""
ROUNDS = 8
"""How often what was left out may make something else refused: a link its formula, a formula its links."""

MOST_TOPS = 20
"""Of how many nodes at a top the one with most below it is looked for."""


@dataclass(frozen=True)
class Mended:
    """A document that can be evaluated, what had to be left out of the one it came from, and its KGI.

    `strays` are the other nodes that stand at the top of something, under no KGI.
    """

    document: Row
    errors: Errors
    root: str
    strays: tuple[str, ...]


def mend(raw: Any, check: Callable[[Row, Errors], object]) -> Mended:
    """The document as far as it goes; `check` adds what is wrong with it outside of itself.

    :raises InvalidDocumentError: not one node can be told
    """
    errors: Errors = {}
    positions: dict[str, list[int]] = {}
    document = _loaded(raw, errors, positions)
    found = check_document(document)
    if found and not any(path.startswith("links") or _is_repeated_key(path) for path in found):
        check_shape(document, found)
    check(document, found)
    # What is refused already explains what its absence leads to.
    explained = {start for path in errors for start in _starts(path)}
    told = {_original(path, positions): texts for path, texts in found.items()}
    errors |= {path: texts for path, texts in told.items() if path not in explained}
    for _round in range(ROUNDS):
        links = len(document["links"])
        _leave_out(document, found)
        if set(found) <= {"links"} and len(document["links"]) == links:
            break  # no cycle is left, only nodes under no KGI
        found = check_document(document)
    else:
        raise InvalidDocumentError(errors)
    tops = _tops(document)
    return Mended(document, errors, tops[0], tuple(tops[1:]))


def _starts(path: str) -> Iterator[str]:
    """A path and the paths of what it lies in."""
    parts = path.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))


def _is_repeated_key(path: str) -> bool:
    parts = path.split(".")
    return parts[0] == "nodes" and parts[1].isdigit()


# --- types ----------------------------------------------------------------------------------------


def _loaded(raw: Any, errors: Errors, positions: dict[str, list[int]]) -> Row:
    whole = raw
    for _round in range(3):
        try:
            return load_document(raw)
        except ValidationError as ex:
            if raw is whole:
                errors.update(flatten(ex.messages, whole))
            if not isinstance(raw, dict) or not isinstance(ex.messages, dict):
                break
            raw = _fitting(raw, ex.messages, positions)
            if not raw.get("nodes"):
                break
    raise InvalidDocumentError(errors)


def _fitting(raw: Row, messages: Mapping[Any, Any], positions: dict[str, list[int]]) -> Row:
    """The tree without what the messages are about."""
    tree = _without(raw, messages, "", positions)
    told = messages.get("nodes", {})
    if isinstance(told, dict) and isinstance(raw.get("nodes"), list):
        nodes = list(_fitting_nodes(raw["nodes"], told, positions))
        positions["nodes"] = [index for index, _node in nodes]
        tree["nodes"] = [node for _index, node in nodes]
    return {"name": UNKNOWN, **tree}


def _fitting_nodes(
    raw: list[Any], messages: Mapping[Any, Any], positions: dict[str, list[int]]
) -> Iterator[tuple[int, Row]]:
    """The nodes that have a key, with their places."""
    for index, node in enumerate(raw):
        told = messages.get(index)
        if told is None:
            yield index, node
        elif isinstance(node, dict) and isinstance(told, dict) and not {"key", "_schema"} & set(told):
            needed = {
                "name": node["key"],
                "direction": Direction.INCREASE.value,
                "accumulation": Accumulation.FLOW.value,
                "source": Source.METRIC.value,
            }
            yield index, {**needed, **_without(node, told, f"nodes.{node['key']}.", positions)}


def _without(raw: Row, messages: Mapping[Any, Any], path: str, positions: dict[str, list[int]]) -> Row:
    """An object without the fields that messages are about, of lists of rows without those rows."""
    found = {name: value for name, value in raw.items() if name not in messages}
    for name in ROWS:
        told, rows = messages.get(name), raw.get(name)
        if isinstance(told, dict) and isinstance(rows, list):
            kept = [index for index in range(len(rows)) if index not in told]
            positions[f"{path}{name}"] = kept
            found[name] = [rows[index] for index in kept]
    return found


def _original(path: str, positions: Mapping[str, list[int]]) -> str:
    """A path into the loaded document as one into the document as it was sent."""
    parts = path.split(".")
    for place, part in enumerate(parts):
        kept = positions.get(".".join(parts[:place]))
        if kept is not None and part.isdigit():
            parts[place] = str(kept[int(part)])
    return ".".join(parts)


# --- meaning --------------------------------------------------------------------------------------


def _leave_out(document: Row, errors: Iterable[str]) -> None:
    """Take away what these paths name."""
    nodes = {node["key"]: node for node in reversed(document["nodes"])}
    for path in errors:
        name, *rest = path.split(".")
        if name == "nodes" and rest[0].isdigit():
            node = document["nodes"][int(rest[0])]
            if node is not None and node is not nodes[node["key"]]:
                document["nodes"][int(rest[0])] = None
        elif name == "nodes":
            _leave_out_of(nodes[rest[0]], rest[1:])
        elif name == "links" and rest[1:] == ["expected_sign"]:
            link = document["links"][int(rest[0])]
            if link is not None:
                link["expected_sign"] = "positive"
        elif name in ("links", "periods") and rest:
            document[name][int(rest[0])] = None
        elif name == "links":
            document["links"] = _without_cycles(document)
        elif name == "periods":
            document["periods"] = []
        elif name == "holidays":
            document["holidays"] = None
    # Only now, so that every path has found the row it was about.
    for name in ("nodes", "links", "periods"):
        document[name] = _rest(document[name])
    for node in document["nodes"]:
        node["targets"], node["manual_values"] = _rest(node["targets"]), _rest(node["manual_values"])


def _rest(rows: list[Row | None]) -> list[Row]:
    return [row for row in rows if row is not None]


def _leave_out_of(node: Row, path: list[str]) -> None:
    name, *rest = path
    if name in ("targets", "manual_values") and rest:
        # Of several nodes with one key the path may mean another, which is left out anyway.
        if int(rest[0]) < len(node[name]):
            node[name][int(rest[0])] = None
    elif name == "manual_values":
        node[name] = []
    elif name == "formula":
        node["formula"] = None
        if node["source"] == Source.FORMULA.value:
            node["source"] = Source.METRIC.value
    elif name == "shift":
        node[name] = 0
    elif name in REFERENCES or name in ("owner", "uuid", "attainment_method"):
        node[name] = None


def _without_cycles(document: Row) -> list[Row]:
    """The links but those that lead back to a node above."""
    children: dict[str, list[Row]] = {node["key"]: [] for node in document["nodes"]}
    for link in document["links"]:
        children[link["parent"]].append(link)
    below = {link["child"] for link in document["links"]}
    back: set[int] = set()
    done: set[str] = set()
    for start in sorted(children, key=below.__contains__):
        path = {} if start in done else {start: iter(children[start])}
        while path:
            key, links = next(reversed(path.items()))
            link = next(links, None)
            if link is None:
                done.add(key)
                del path[key]
            elif link["child"] in path:
                back.add(id(link))
            elif link["child"] not in done:
                path[link["child"]] = iter(children[link["child"]])
    return [link for link in document["links"] if id(link) not in back]


def _tops(document: Row) -> list[str]:
    """The nodes without a parent, in order, but that of the first of them with most below it comes first."""
    below: dict[str, list[str]] = {node["key"]: [] for node in document["nodes"]}
    for link in document["links"]:
        below[link["parent"]].append(link["child"])
    children = {child for found in below.values() for child in found}
    tops = [key for key in below if key not in children]
    most = max(tops[:MOST_TOPS], key=lambda key: _count(key, below))
    return [most, *(key for key in tops if key != most)]


def _count(top: str, below: Mapping[str, list[str]]) -> int:
    seen, stack = {top}, [top]
    while stack:
        new = [key for key in below[stack.pop()] if key not in seen]
        seen.update(new)
        stack += new
    return len(seen)


def masked(raw: Any) -> Errors:
    """The references that are masked still: nothing is stored that the writer may put back."""
    nodes = raw.get("nodes") if isinstance(raw, dict) else None
    found: Errors = {}
    for node in nodes if isinstance(nodes, list) else ():
        for field in REFERENCES if isinstance(node, dict) else ():
            if node.get(field) == {"restricted": True}:
                text = _("You may not read what this node reads. Choose a metric that you may read.")
                found[f"nodes.{str(node.get('key'))[:63]}.{field}"] = [text]
    return found
