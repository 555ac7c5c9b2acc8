import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from superset_kpi_plugin.rollup import (
    CycleError,
    FormulaError,
    LinkKind,
    LinkSpec,
    NodeSpec,
    Operator,
    RollupError,
    Source,
    TreeShapeError,
    TreeSpec,
    parse,
)
from superset_kpi_plugin.rollup.graph import build, kind_of, operator_of
from tests.strategies import shapes


def tree(*links: tuple[str, str], nodes: str = "") -> TreeSpec:
    keys = dict.fromkeys([*nodes, *(key for link in links for key in link)])
    return TreeSpec({key: NodeSpec(key) for key in keys}, tuple(LinkSpec(*link) for link in links))


def test_children_come_before_their_parents_and_in_link_order() -> None:
    links = (LinkSpec("r", "b", order=2), LinkSpec("r", "a", order=1), LinkSpec("a", "s"), LinkSpec("b", "s"))
    graph = build(TreeSpec({key: NodeSpec(key) for key in "rabs"}, links))
    assert graph.root == "r"
    assert [link.child for link in graph.children["r"]] == ["a", "b"]
    assert graph.order == ("s", "a", "b", "r")


def test_a_single_node_is_a_tree() -> None:
    assert build(tree(nodes="r")).order == ("r",)


@pytest.mark.parametrize(
    ("shape", "says"),
    [
        (tree(), "needs a KGI"),
        (tree(nodes="ab"), "stand apart: a, b"),
        (tree(("a", "c"), ("b", "c")), "stand apart: a, b"),
        (tree(nodes="abcdefghijkl"), "…"),
        (tree(("a", "b"), ("a", "b")), "stands twice"),
        (TreeSpec({"a": NodeSpec("a")}, (LinkSpec("a", "x"),)), "names x, which is no node"),
        (TreeSpec({"a": NodeSpec("a")}, (LinkSpec("x", "a"),)), "names x, which is no node"),
        (TreeSpec({"a": NodeSpec("a", formula=parse("b"))}, ()), "names b, which is not its child"),
    ],
)
def test_what_is_no_tree_is_refused(shape: TreeSpec, says: str) -> None:
    with pytest.raises(TreeShapeError, match=says):
        build(shape)


def test_a_cycle_is_named_by_its_path() -> None:
    with pytest.raises(CycleError, match="a → b → a") as caught:
        build(tree(("r", "a"), ("a", "b"), ("b", "a")))
    assert caught.value.path == ("a", "b", "a")


def test_a_node_is_not_its_own_child() -> None:
    with pytest.raises(CycleError, match="r → r"):
        build(tree(("r", "r")))


@given(shapes(), st.data())
def test_closing_a_path_always_raises_a_real_cycle(shape: TreeSpec, data: st.DataObject) -> None:
    graph = build(shape)
    path = [data.draw(st.sampled_from(sorted(shape.nodes)))]
    while graph.children[path[-1]] and data.draw(st.booleans()):
        path.append(data.draw(st.sampled_from(graph.children[path[-1]])).child)
    links = (*shape.links, LinkSpec(path[-1], path[0]))
    with pytest.raises(CycleError) as caught:
        build(TreeSpec(shape.nodes, links))
    found = caught.value.path
    assert found[0] == found[-1]
    assert {(link.parent, link.child) for link in links} >= set(itertools.pairwise(found))


@given(shapes())
def test_every_child_stands_before_its_parents(shape: TreeSpec) -> None:
    order = {key: index for index, key in enumerate(build(shape).order)}
    assert set(order) == set(shape.nodes)
    assert all(order[link.child] < order[link.parent] for link in shape.links)


@pytest.mark.parametrize("closed", [False, True])
def test_thousands_of_levels_never_recurse(closed: bool) -> None:
    keys = [f"n{index}" for index in range(20_000)]
    links = [LinkSpec(*pair) for pair in itertools.pairwise(keys)]
    nodes = {key: NodeSpec(key) for key in keys}
    if not closed:
        assert build(TreeSpec(nodes, tuple(links))).order == tuple(reversed(keys))
        return
    with pytest.raises(CycleError):
        build(TreeSpec(nodes, (*links, LinkSpec(keys[-1], keys[0]))))


def test_the_kind_and_operator_of_a_link_follow_from_the_formula() -> None:
    links = (LinkSpec("r", "a"), LinkSpec("r", "b"), LinkSpec("a", "b"))
    nodes = {key: NodeSpec(key) for key in "ab"}
    shape = TreeSpec({"r": NodeSpec("r", source=Source.FORMULA, formula=parse("0 - a")), **nodes}, links)
    assert [kind_of(shape, link) for link in links] == [
        LinkKind.COMPONENT,
        LinkKind.INFLUENCE,
        LinkKind.INFLUENCE,
    ]
    assert [operator_of(shape, link) for link in links] == [Operator.SUBTRACT, None, None]


def test_every_refusal_is_a_value_error() -> None:
    assert issubclass(RollupError, ValueError)
    assert issubclass(CycleError, TreeShapeError)
    assert issubclass(FormulaError, RollupError)
