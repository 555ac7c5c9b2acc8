"""What can be wrong with a tree's definition.

RollupError (a ValueError)
├── FormulaError    a formula's text
├── SpecError       a node, link, period or row that contradicts itself
├── PeriodError     a period that does not exist
└── TreeShapeError  not exactly one root, unknown or repeated nodes and links
    └── CycleError  a node that is its own descendant
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from superset_kpi_plugin.rollup.phrase import phrase


class RollupError(ValueError):
    """Something in a tree that cannot be computed; the message tells a person what to change."""


class FormulaProblem(Enum):
    """What can be wrong with a formula's text."""

    TOO_LONG = "too long"
    TOO_DEEP = "too many open parentheses"
    NO_OPERAND = "no key or number where one belongs"
    NO_OPERATOR = "no operator where one belongs"
    NEVER_CLOSED = "a parenthesis that is never closed"
    NEVER_OPENED = "a parenthesis that was never opened"
    NO_CHILD = "no child"
    UNKNOWN_CHARACTER = "a character that no formula has"
    LONG_KEY = "a key longer than keys are"
    LARGE_NUMBER = "a number too large for a float"


class FormulaError(RollupError):
    """A formula that cannot be read; `position` counts characters from 1."""

    def __init__(self, message: str, position: int, problem: FormulaProblem) -> None:
        super().__init__(f"{message} (at character {position})")
        self.position = position
        self.problem = problem


class SpecError(RollupError):
    """A node, link, period or row that contradicts itself."""


class PeriodError(RollupError):
    """A period that does not exist in the tree's calendar."""


class TreeShapeError(RollupError):
    """Nodes and links that do not make one tree."""


class CycleError(TreeShapeError):
    """A node that is its own descendant; `path` starts and ends with the same key."""

    def __init__(self, path: Sequence[str]) -> None:
        self.path = tuple(path)
        super().__init__(
            phrase("These links form a cycle: %(path)s. Remove one of them.", path=" → ".join(self.path))
        )
