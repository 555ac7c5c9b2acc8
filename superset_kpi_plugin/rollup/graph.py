"""The shape of a tree: one root, no cycle, everything in an order where children come first (section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from superset_kpi_plugin.rollup.errors import CycleError, TreeShapeError
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.spec import LinkSpec, TreeSpec
from superset_kpi_plugin.rollup.types import LinkKind, Operator


@dataclass(frozen=True)
class Graph:
    """A checked tree: its root, its links by parent in link order, and its keys with children first."""

    root: str
    order: tuple[str, ...]
    children: Mapping[str, tuple[LinkSpec, ...]]


def build(tree: TreeSpec) -> Graph:
    """Check a tree's shape, once for each tree.

    CycleError where a node is its own descendant; TreeShapeError where there is not exactly one root, a link
    or formula names a node that is not there, or a link stands twice.
    """
    return tree.kept(_build)


def _build(tree: TreeSpec) -> Graph:
    _check_links(tree)
    children = _children(tree)
    order = _children_first(children)
    root = _root(tree)
    _check_formulas(tree, children)
    return Graph(root, order, children)


def kind_of(tree: TreeSpec, link: LinkSpec) -> LinkKind:
    """A link is a component when the parent's formula names the child, else an influence."""
    formula = tree.nodes[link.parent].formula
    named = formula is not None and link.child in formula
    return LinkKind.COMPONENT if named else LinkKind.INFLUENCE


def operator_of(tree: TreeSpec, link: LinkSpec) -> Operator | None:
    """How the parent's formula uses the child; None for an influence or a child used in several places."""
    formula = tree.nodes[link.parent].formula
    return None if formula is None else formula.operator_of(link.child)


def _check_links(tree: TreeSpec) -> None:
    seen: set[tuple[str, str]] = set()
    for link in tree.links:
        for key in (link.parent, link.child):
            if key not in tree.nodes:
                raise TreeShapeError(
                    phrase(
                        "The link %(parent)s → %(child)s names %(key)s, which is no node.",
                        parent=link.parent,
                        child=link.child,
                        key=key,
                    )
                )
        if (link.parent, link.child) in seen:
            raise TreeShapeError(
                phrase(
                    "The link %(parent)s → %(child)s stands twice; remove one.",
                    parent=link.parent,
                    child=link.child,
                )
            )
        seen.add((link.parent, link.child))


def _children(tree: TreeSpec) -> dict[str, tuple[LinkSpec, ...]]:
    by_parent: dict[str, list[LinkSpec]] = {key: [] for key in tree.nodes}
    for link in tree.links:
        by_parent[link.parent].append(link)
    return {key: tuple(sorted(links, key=lambda link: link.order)) for key, links in by_parent.items()}


def _children_first(children: Mapping[str, tuple[LinkSpec, ...]]) -> tuple[str, ...]:
    done: dict[str, None] = {}
    for start in children:
        if start not in done:
            _visit(start, children, done)
    return tuple(done)


def _visit(start: str, children: Mapping[str, tuple[LinkSpec, ...]], done: dict[str, None]) -> None:
    # Its own stack instead of recursion: trees may be thousands of levels deep.
    path: dict[str, Iterator[LinkSpec]] = {start: iter(children[start])}
    while path:
        key, links = next(reversed(path.items()))
        for link in links:
            if link.child in path:
                keys = list(path)
                raise CycleError([*keys[keys.index(link.child) :], link.child])
            if link.child not in done:
                path[link.child] = iter(children[link.child])
                break
        else:
            done[key] = None
            del path[key]


def _root(tree: TreeSpec) -> str:
    below = {link.child for link in tree.links}
    roots = [key for key in tree.nodes if key not in below]
    if not roots:
        raise TreeShapeError(phrase("A tree needs a KGI; add its first node."))
    if len(roots) > 1:
        named = ", ".join(roots[:10]) + (" …" if len(roots) > 10 else "")
        raise TreeShapeError(
            phrase(
                "A tree has one root, and every node is reachable from it; these stand apart: %(names)s.",
                names=named,
            )
        )
    return roots[0]


def _check_formulas(tree: TreeSpec, children: Mapping[str, tuple[LinkSpec, ...]]) -> None:
    for key, node in tree.nodes.items():
        if node.formula is None:
            continue
        linked = {link.child for link in children[key]}
        for named in node.formula:
            if named not in linked:
                raise TreeShapeError(
                    phrase(
                        "The formula of %(key)s names %(child)s, which is not its child; link it first.",
                        key=key,
                        child=named,
                    )
                )
