import pickle
import sys

import pytest
from hypothesis import given

from superset_kpi_plugin.rollup import FormulaError, Operator, Outcome, Reason, Undefined, parse
from superset_kpi_plugin.rollup.formula import MAX_DEPTH, MAX_LENGTH, Number, Operation, Ref
from tests.strategies import formula_texts

KEYS = ["a", "b", "c"]
MISSING = Undefined(Reason.NO_DATA, "Load the orders.")
FAILED = Undefined(Reason.ERROR, "Ask an admin.")
RESTRICTED = Undefined(Reason.RESTRICTED, "Ask the owner.")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a", 8.0),
        ("a - b - c", 5.0),
        ("a - (b - c)", 7.0),
        ("a / b / c", 4.0),
        ("a / (b * c)", 4.0),
        ("a + b * c", 10.0),
        ("(a + b) * c", 10.0),
        ("0 - a", -8.0),
        ("1.50*a", 12.0),
        (" a\n+\tb ", 10.0),
    ],
)
def test_formulas_compute(text: str, value: float) -> None:
    assert parse(text).evaluate({"a": 8.0, "b": 2.0, "c": 1.0}) == value


@pytest.mark.parametrize(
    ("text", "says", "position"),
    [
        ("", "Expected a key or a number", 1),
        ("   ", "Expected a key or a number", 4),
        ("12", "at least one child", 1),
        ("-a", "before '-'", 1),
        ("a + -b", "before '-'", 5),
        ("a ** b", "before '\\*'", 4),
        ("a b", "Expected an operator before 'b'", 3),
        ("2a", "Expected an operator", 2),
        ("1e5 + a", "Expected an operator", 2),
        ("a (b)", "Expected an operator", 3),
        ("(a", "never closed", 1),
        ("a + (b * (c)", "never closed", 5),
        ("a)", "never opened", 2),
        ("()", "before '\\)'", 2),
        ("a +", "Expected a key or a number", 4),
        ("a ^ b", "Unexpected character '\\^'", 3),
        ("a.b", "Unexpected character '.'", 2),
        (".5 * a", "Unexpected character '.'", 1),
        ("A", "Unexpected character 'A'", 1),
        ("a + ٣", "Unexpected character", 5),
        ("a;import os", "Unexpected character ';'", 2),
        ("k" + "x" * 63, "at most 63", 1),
        ("a * " + "9" * 400, "too large", 5),
    ],
)
def test_what_is_no_formula_is_refused_where_it_goes_wrong(text: str, says: str, position: int) -> None:
    with pytest.raises(FormulaError, match=says) as caught:
        parse(text)
    assert caught.value.position == position
    assert f"(at character {position})" in str(caught.value)


def test_errors_say_what_is_allowed() -> None:
    with pytest.raises(
        FormulaError, match=r"Allowed are keys of the node's children, numbers like 12 or 0\.5"
    ):
        parse("a ^ 2")


def test_a_key_of_63_characters_is_fine() -> None:
    assert parse("k" * 63).keys() == ("k" * 63,)


@pytest.mark.parametrize(
    "text",
    ["(" * 10_000 + "a" + ")" * 10_000, "a" * 100_000, "a+" * 50_000 + "a", "(" * (MAX_DEPTH + 1) + "a"],
)
def test_hostile_texts_are_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        parse(text)


def test_the_deepest_allowed_parentheses_work() -> None:
    assert parse("(" * MAX_DEPTH + "a" + ")" * MAX_DEPTH).evaluate({"a": 3.0}) == 3.0


@pytest.mark.parametrize("sign", ["+", "*"])
def test_a_chain_as_long_as_a_text_may_be_never_recurses(sign: str) -> None:
    text = sign.join(["a"] * (MAX_LENGTH // 2))
    formula = parse(text)
    assert len(text) > sys.getrecursionlimit() * 10
    assert formula.evaluate({"a": 1.0}) == (MAX_LENGTH // 2 if sign == "+" else 1.0)
    assert formula == parse(formula.text.replace(" ", ""))
    assert hash(formula) == hash(parse(text))
    assert formula.operator_of("a") is None
    assert pickle.loads(pickle.dumps(parse(text))) == formula
    assert len(repr(formula)) > len(text)


@given(formula_texts(KEYS))
def test_the_canonical_text_reads_back_as_the_same_formula(text: str) -> None:
    formula = parse(text)
    assert parse(formula.text) == formula
    assert parse(str(formula)).text == formula.text


@given(formula_texts(KEYS))
def test_no_pair_of_parentheses_in_the_canonical_text_can_go(text: str) -> None:
    canonical = parse(text).text
    for opening, closing in _pairs(canonical):
        shorter = canonical[:opening] + canonical[opening + 1 : closing] + canonical[closing + 1 :]
        assert parse(shorter) != parse(text)


def _pairs(text: str) -> list[tuple[int, int]]:
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for position, character in enumerate(text):
        if character == "(":
            opened.append(position)
        elif character == ")":
            found.append((opened.pop(), position))
    return found


def test_the_operations_are_a_tree_of_binary_operations() -> None:
    tree = parse("a - 2 * b").tree
    assert isinstance(tree, Operation)
    assert (tree.operator, tree.left) == (Operator.SUBTRACT, Ref("a"))
    assert isinstance(tree.right, Operation)
    assert (tree.right.left, tree.right.right) == (Number("2"), Ref("b"))


def test_keys_come_once_in_order_of_appearance() -> None:
    formula = parse("b * a + b / c")
    assert formula.keys() == tuple(formula) == ("b", "a", "c")
    assert "c" in formula
    assert "d" not in formula


@pytest.mark.parametrize(
    ("text", "operators"),
    [
        ("a", {"a": "+"}),
        ("(a)", {"a": "+"}),
        ("a + b - c", {"a": "+", "b": "+", "c": "-"}),
        ("a / b", {"a": "*", "b": "/"}),
        ("a * b * c", {"a": "*", "b": "*", "c": "*"}),
        ("a - b * c", {"a": "+", "b": "*", "c": "*"}),
        ("a - (b - c)", {"a": "+", "b": "+", "c": "-"}),
        ("(a - b) / b", {"a": "+", "b": None}),
        ("100 * a", {"a": "*", "unknown": None}),
        ("a + a + a", {"a": None}),
    ],
)
def test_the_operator_of_a_child(text: str, operators: dict[str, str | None]) -> None:
    formula = parse(text)
    assert {key: formula.operator_of(key) for key in operators} == operators


def test_a_reason_handed_up_names_the_child_and_the_first_cause_only() -> None:
    outcome: Outcome = MISSING
    for level in range(1000):
        outcome = parse(f"n{level} + 1").evaluate({f"n{level}": outcome})
    assert isinstance(outcome, Undefined)
    assert outcome.message == "Needs n999, which needs n0: Load the orders."
    assert outcome.code is Reason.OPERAND_UNDEFINED


def test_a_formula_in_words() -> None:
    names = {"orders": "orders", "aov": "average order value", "cost": "cost"}
    assert parse("orders*aov").words(names) == "orders × average order value"
    assert parse("(orders - cost) / aov").words(names) == "(orders − cost) ÷ average order value"
    assert parse("orders + other").words(names) == "orders + other"


def test_division_by_zero_is_undefined() -> None:
    outcome = parse("a / (b - b)").evaluate({"a": 1.0, "b": 2.0})
    assert isinstance(outcome, Undefined)
    assert outcome.code is Reason.DIVISION_BY_ZERO


@pytest.mark.parametrize("text", ["a * a", "a + a", "0 - a - a", "a / 0.1"])
def test_overflow_is_undefined(text: str) -> None:
    outcome = parse(text).evaluate({"a": 1.7e308})
    assert isinstance(outcome, Undefined)
    assert outcome.code is Reason.OVERFLOW


@pytest.mark.parametrize(
    ("values", "code", "names"),
    [
        ({"a": MISSING, "b": 1.0}, Reason.OPERAND_UNDEFINED, "a"),
        ({"a": 1.0}, Reason.OPERAND_UNDEFINED, "b"),
        ({"a": MISSING, "b": FAILED}, Reason.ERROR, "b"),
        ({"a": FAILED, "b": RESTRICTED}, Reason.RESTRICTED, "b"),
        ({"a": Undefined(Reason.DIVISION_BY_ZERO, "x"), "b": RESTRICTED}, Reason.RESTRICTED, "b"),
    ],
)
def test_an_undefined_child_makes_the_formula_undefined(
    values: dict[str, Outcome], code: Reason, names: str
) -> None:
    outcome = parse("a / (b - b)").evaluate(values)
    assert isinstance(outcome, Undefined)
    assert outcome.code is code
    assert outcome.message.startswith(f"Needs {names}")
