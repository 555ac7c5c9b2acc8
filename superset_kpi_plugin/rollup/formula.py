"""Formulas: keys of children, numbers, `+ - * /` and parentheses, nothing else (section 2).

A formula is kept in postfix order, so that reading, writing and computing it never recurse, however long
or hostile the text.
"""

from __future__ import annotations

import math
import operator as operators
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple, Protocol

from superset_kpi_plugin.rollup.errors import FormulaError, FormulaProblem
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.types import OVERFLOW, NumberT, Operator, Outcome, Reason, Undefined, finite

MAX_LENGTH = 50_000
"""The longest formula in characters."""
MAX_KEY = 63
"""The longest key in characters."""
MAX_DEPTH = 100
"""How many parentheses may be open at once."""

_ALLOWED = "Allowed are keys of the node's children, numbers like 12 or 0.5, + - * / and parentheses."
_TOKEN = re.compile(
    r"[ \t\r\n]*(?:(?P<key>[a-z][a-z0-9_]*)|(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<sign>[-+*/()]))"
)
_SPACE = re.compile(r"[ \t\r\n]*")
_PRECEDENCE = {Operator.ADD: 1, Operator.SUBTRACT: 1, Operator.MULTIPLY: 2, Operator.DIVIDE: 2}
_ATOM = 3
_WORDS = {Operator.ADD: "+", Operator.SUBTRACT: "−", Operator.MULTIPLY: "×", Operator.DIVIDE: "÷"}


@dataclass(frozen=True)
class Number:
    """A number as written."""

    text: str

    @property
    def value(self) -> float:
        """The number as a finite float."""
        return float(self.text)


@dataclass(frozen=True)
class Ref:
    """A child, by its key."""

    key: str


@dataclass(frozen=True, eq=False, repr=False)
class Operation:
    """One binary operation; compared by identity, since its operands may be thousands of levels deep."""

    operator: Operator
    left: Expression
    right: Expression


Expression = Number | Ref | Operation
Step = Number | Ref | Operator


class Apply(Protocol):
    """An operation, in whatever numbers both operands are."""

    def __call__(self, one: NumberT, other: NumberT, /) -> NumberT:
        """The result; ZeroDivisionError where it divides by 0."""


class Instruction(NamedTuple):
    """A step of a formula, ready to be computed in any arithmetic.

    What to do with the results at two earlier places; else whose number to take; else which.
    """

    apply: Apply | None
    key: str | None
    number: float
    left: int
    right: int


_APPLY: Mapping[Operator, Apply] = {
    Operator.ADD: operators.add,
    Operator.SUBTRACT: operators.sub,
    Operator.MULTIPLY: operators.mul,
    Operator.DIVIDE: operators.truediv,
}


@dataclass(frozen=True)
class Formula:
    """A parsed formula; two are equal when their operations are."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return self.text

    @cached_property
    def tree(self) -> Expression:
        """The operations as a tree."""
        stack: list[Expression] = []
        for step in self.steps:
            if isinstance(step, Operator):
                right, left = stack.pop(), stack.pop()
                stack.append(Operation(step, left, right))
            else:
                stack.append(step)
        return stack[0]

    @property
    def text(self) -> str:
        """The canonical text, with no parentheses beyond those the grouping needs."""
        return self._write(lambda key: key, lambda operator: operator.value)

    def words(self, names: Mapping[str, str]) -> str:
        """The formula in the children's names: “orders × average order value”."""
        return self._write(lambda key: names.get(key, key), _WORDS.__getitem__)

    @cached_property
    def _keys(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(step.key for step in self.steps if isinstance(step, Ref)))

    def keys(self) -> tuple[str, ...]:
        """The children it names, each once, in order of first appearance."""
        return self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    @cached_property
    def _operators(self) -> dict[str, Operator | None]:
        if isinstance(self.tree, Ref):
            return {self.tree.key: Operator.ADD}
        found: dict[str, Operator | None] = {}
        for operation in _operations(self.tree):
            first = Operator.ADD if _PRECEDENCE[operation.operator] == 1 else Operator.MULTIPLY
            for operand, operator in ((operation.left, first), (operation.right, operation.operator)):
                if isinstance(operand, Ref):
                    found[operand.key] = None if operand.key in found else operator
        return found

    def operator_of(self, key: str) -> Operator | None:
        """The operator applied to a child: `+` for a first or only operand, `*` for a first factor.

        None where the formula names the child in several places, or not at all.
        """
        return self._operators.get(key)

    def evaluate(self, values: Mapping[str, Outcome]) -> Outcome:
        """The formula over its children's values.

        Undefined where a child is: `restricted` before `error` before `operand_undefined`; else
        `division_by_zero` or `overflow` where the arithmetic fails.
        """
        results: list[float] = []
        for apply, key, number, left, right in self.instructions:
            if apply is None:
                outcome = number if key is None else values.get(key, _UNREAD)
                if isinstance(outcome, Undefined):
                    return self._missing(values)
                results.append(outcome)
                continue
            try:
                result = apply(results[left], results[right])
            except ZeroDivisionError:
                return self._failed(values, _DIVISION_BY_ZERO)
            if not math.isfinite(result):
                return self._failed(values, OVERFLOW)
            results.append(result)
        return results[-1]

    @cached_property
    def instructions(self) -> tuple[Instruction, ...]:
        """The steps, each with the places of the results it works on."""
        found: list[Instruction] = []
        waiting: list[int] = []
        for place, step in enumerate(self.steps):
            if isinstance(step, Operator):
                right, left = waiting.pop(), waiting.pop()
                found.append(Instruction(_APPLY[step], None, 0.0, left, right))
            elif isinstance(step, Ref):
                found.append(Instruction(None, step.key, 0.0, place, place))
            else:
                found.append(Instruction(None, None, step.value, place, place))
            waiting.append(place)
        return tuple(found)

    def _failed(self, values: Mapping[str, Outcome], why: Undefined) -> Undefined:
        """Why the arithmetic failed, unless a child further on is undefined."""
        undefined = any(isinstance(values.get(key, _UNREAD), Undefined) for key in self._keys)
        return self._missing(values) if undefined else why

    def _missing(self, values: Mapping[str, Outcome]) -> Undefined:
        """The undefined child that counts most, as the formula's own reason; there is one."""
        outcomes = [(key, values.get(key, _UNREAD)) for key in self._keys]
        gaps = [(key, outcome) for key, outcome in outcomes if isinstance(outcome, Undefined)]
        return _handed_up(*min(gaps, key=lambda gap: _rank(gap[1])))

    def _write(self, ref: Callable[[str], str], sign: Callable[[Operator], str]) -> str:
        pieces: list[str] = []
        stack: list[Expression | str] = [self.tree]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                pieces.append(item)
            elif isinstance(item, Operation):
                precedence = _PRECEDENCE[item.operator]
                # Equal precedence groups to the left, so only a right operand needs telling apart.
                stack.extend(_grouped(item.right, _precedence(item.right) <= precedence))
                stack.append(f" {sign(item.operator)} ")
                stack.extend(_grouped(item.left, _precedence(item.left) < precedence))
            else:
                pieces.append(item.text if isinstance(item, Number) else ref(item.key))
        return "".join(pieces)


_UNREAD = Undefined(Reason.NO_DATA, phrase("It has no value."))
_DIVISION_BY_ZERO = Undefined(
    Reason.DIVISION_BY_ZERO, phrase("The formula divides by zero; check the child below the line.")
)
_HANDED_UP = (Reason.RESTRICTED, Reason.ERROR)


def parse(text: str) -> Formula:
    """Read a formula; FormulaError says where it is wrong and what is allowed."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(
            f"The formula is longer than {MAX_LENGTH} characters; split it over nodes",
            MAX_LENGTH,
            FormulaProblem.TOO_LONG,
        )
    reader = _Reader()
    for token in _tokens(text):
        reader.take(token)
    return reader.finish(len(text) + 1)


class _Token(NamedTuple):
    kind: str
    text: str
    position: int


class _Reader:
    """Turns tokens into postfix steps by operator precedence."""

    def __init__(self) -> None:
        self._steps: list[Step] = []
        self._waiting: list[tuple[Operator | None, int]] = []  # None is an open parenthesis
        self._depth = 0
        self._wants_operand = True

    def take(self, token: _Token) -> None:
        if token.kind in ("key", "number") or token.text == "(":
            self._take_operand(token)
        elif self._wants_operand:
            raise FormulaError(
                f"Expected a key or a number before {token.text!r}. {_ALLOWED}",
                token.position,
                FormulaProblem.NO_OPERAND,
            )
        elif token.text == ")":
            self._close(token)
        else:
            self._take_operator(Operator(token.text), token.position)

    def finish(self, position: int) -> Formula:
        if self._wants_operand:
            raise FormulaError(
                f"Expected a key or a number here. {_ALLOWED}", position, FormulaProblem.NO_OPERAND
            )
        while self._waiting:
            operator, opened = self._waiting.pop()
            if operator is None:
                raise FormulaError("This parenthesis is never closed", opened, FormulaProblem.NEVER_CLOSED)
            self._steps.append(operator)
        if not any(isinstance(step, Ref) for step in self._steps):
            raise FormulaError("A formula must name at least one child", 1, FormulaProblem.NO_CHILD)
        return Formula(tuple(self._steps))

    def _take_operand(self, token: _Token) -> None:
        if not self._wants_operand:
            raise FormulaError(
                f"Expected an operator before {token.text[:MAX_KEY]!r}. {_ALLOWED}",
                token.position,
                FormulaProblem.NO_OPERATOR,
            )
        if token.text == "(":
            self._open(token.position)
            return
        self._steps.append(_leaf(token))
        self._wants_operand = False

    def _open(self, position: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise FormulaError(
                f"More than {MAX_DEPTH} parentheses are open; split the formula over nodes",
                position,
                FormulaProblem.TOO_DEEP,
            )
        self._waiting.append((None, position))

    def _close(self, token: _Token) -> None:
        while self._waiting:
            operator, _ = self._waiting.pop()
            if operator is None:
                self._depth -= 1
                return
            self._steps.append(operator)
        raise FormulaError("This parenthesis was never opened", token.position, FormulaProblem.NEVER_OPENED)

    def _take_operator(self, operator: Operator, position: int) -> None:
        while self._waiting:
            waiting = self._waiting[-1][0]
            if waiting is None or _PRECEDENCE[waiting] < _PRECEDENCE[operator]:
                break
            self._steps.append(waiting)
            self._waiting.pop()
        self._waiting.append((operator, position))
        self._wants_operand = True


def _tokens(text: str) -> Iterator[_Token]:
    position = 0
    while (match := _TOKEN.match(text, position)) is not None:
        kind = str(match.lastgroup)
        yield _Token(kind, match[kind], match.start(kind) + 1)
        position = match.end()
    rest = _SPACE.match(text, position)
    end = rest.end() if rest is not None else position
    if end < len(text):
        raise FormulaError(
            f"Unexpected character {text[end]!r}. {_ALLOWED}", end + 1, FormulaProblem.UNKNOWN_CHARACTER
        )


def _leaf(token: _Token) -> Number | Ref:
    if token.kind == "key":
        if len(token.text) > MAX_KEY:
            raise FormulaError(
                f"A key has at most {MAX_KEY} characters", token.position, FormulaProblem.LONG_KEY
            )
        return Ref(token.text)
    if isinstance(finite(float(token.text)), Undefined):
        raise FormulaError("This number is too large", token.position, FormulaProblem.LARGE_NUMBER)
    return Number(token.text)


def _rank(gap: Undefined) -> int:
    return _HANDED_UP.index(gap.code) if gap.code in _HANDED_UP else len(_HANDED_UP)


def _handed_up(key: str, gap: Undefined) -> Undefined:
    """A child's reason as its parent's, naming only the child and the first cause, however far away."""
    code = gap.code if gap.code in _HANDED_UP else Reason.OPERAND_UNDEFINED
    if gap.cause:
        return Undefined(
            code, phrase("Needs %(key)s, which needs %(why)s", key=key, why=gap.cause), gap.cause
        )
    cause = phrase("%(key)s: %(why)s", key=key, why=gap.message)
    return Undefined(code, phrase("Needs %(why)s", why=cause), cause)


def _operations(expression: Expression) -> Iterator[Operation]:
    stack: list[Expression] = [expression]
    while stack:
        item = stack.pop()
        if isinstance(item, Operation):
            yield item
            stack += (item.left, item.right)


def _precedence(expression: Expression) -> int:
    return _PRECEDENCE[expression.operator] if isinstance(expression, Operation) else _ATOM


def _grouped(expression: Expression, parentheses: bool) -> tuple[Expression | str, ...]:
    """The expression for a last-in-first-out stack, in parentheses where asked."""
    return (")", expression, "(") if parentheses else (expression,)
