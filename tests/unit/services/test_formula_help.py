"""A formula that cannot be read: what is wrong, where, and what to write instead."""

import pytest

from superset_kpi_plugin.rollup.errors import FormulaError
from superset_kpi_plugin.rollup.formula import parse
from superset_kpi_plugin.services.formula_help import Words, explain, explain_key

NAMES = {"revenue": "Revenue", "orders": "Orders", "order_value": "Average order value", "visits": "訪問数"}
CHILDREN = "Its children are: orders, order_value."


def words(hints: int = 9) -> Words:
    return Words("revenue", {"orders", "order_value"}, NAMES, iter(range(hints)))


def explained(text: str) -> str:
    with pytest.raises(FormulaError) as caught:
        parse(text)
    return explain(caught.value, text, words())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"The formula ends where a key or a number belongs (at character 1). {CHILDREN}"),
        ("orders * ", f"The formula ends where a key or a number belongs (at character 10). {CHILDREN}"),
        ("orders * / 2", f"A key or a number belongs before / (at character 10). {CHILDREN}"),
        ("1 + 2", f"A formula names at least one child. {CHILDREN}"),
        (
            "-orders",
            "A minus needs something to be taken from (at character 1): write 0 - x for -x.",
        ),
        ("orders ** 2", "There are no powers (at character 9): write x * x."),
        ("orders × order_value", "× (at character 8) is not read here: write *."),
        ("orders x order_value", "x (at character 8) is not read here: write *."),
        ("orders − 1", "− (at character 8) is not read here: write -."),
        ("orders order_value", "An operator, + - * or /, belongs before order_value (at character 8)."),
        ("orders (2 + 1)", "An operator, + - * or /, belongs before ( (at character 8)."),
        ("2 orders", "An operator, + - * or /, belongs before orders (at character 3)."),
        ("(orders + 1", "The parenthesis at character 1 is never closed: add a )."),
        ("orders + 1)", "The parenthesis at character 11 was never opened: take it out."),
        ("Orders * 2", "No node is called Orders (at character 1). Did you mean orders?"),
        (
            "2 * average order value",
            "No node is called average order value (at character 5). Did you mean order_value?",
        ),
        ("訪問数 * 2", "No node is called 訪問数 (at character 1). Did you mean visits?"),
        ("Zebras", f"No node is called Zebras (at character 1). {CHILDREN}"),
        (
            "orders * 1,000",
            "Numbers are written like 1000 or 0.5 (at character 11): no separators for thousands, a point "
            "before decimals, digits on both sides of it.",
        ),
        ("orders * 5%", "Per cent is not read here (at character 11): write 0.05 for 5 %."),
        (
            "= orders",
            "Write only what the number is made of, without = (at character 1).",
        ),
        (
            "orders & 2",
            "& (at character 8) is not read here. Allowed are keys of the node's children, numbers, + - * / "
            "and parentheses.",
        ),
        ("a" * 64, "The key at character 1 is longer than the 63 characters that keys have."),
        ("orders * " + "9" * 400, "The number at character 10 is too large to compute with."),
        (
            "(" * 101 + "orders",
            "More than 100 parentheses are open at character 101: split the formula over nodes.",
        ),
        ("+".join(["orders"] * 10_000), "The formula is longer than 50000 characters: split it over nodes."),
    ],
)
def test_what_is_wrong_and_what_to_write(text: str, message: str) -> None:
    assert explained(text) == message


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("order", "No node is called order (at character 5). Did you mean orders?"),
        ("ordervalue", "No node is called ordervalue (at character 5). Did you mean order_value?"),
        ("visitss", "No node is called visitss (at character 5). Did you mean visits?"),
        (
            "visits",
            "visits (at character 5) is not a child of revenue: link it, or take it out of the formula.",
        ),
    ],
)
def test_a_key_that_is_no_childs(key: str, message: str) -> None:
    assert explain_key(key, f"2 * {key}", words()) == message


def test_no_formula_goes_round_in_a_circle() -> None:
    own = explain_key("revenue", "revenue + 1", words())
    assert own == "revenue (at character 1) cannot be made of itself: take it out of the formula."
    above = explain_key("visits", "2 * visits", words(), above=True)
    assert above == (
        "visits (at character 5) stands above revenue: that would be a circle. Take it out of the formula."
    )


def test_a_document_that_is_wrong_everywhere_gets_only_so_many_hints() -> None:
    few = words(hints=1)
    assert "Did you mean" in explain_key("order", "order", few)
    assert explain_key("order", "order", few) == f"No node is called order (at character 1). {CHILDREN}"


def test_without_children_there_is_nothing_to_write_yet() -> None:
    lonely = Words("revenue", (), NAMES, iter(range(9)))
    assert explain_key("zebra", "zebra", lonely).endswith(
        "Link its drivers first: the formula is made of their keys."
    )
