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


class RollupError(ValueError):
    """Something in a tree that cannot be computed; the message tells a person what to change."""


class FormulaError(RollupError):
    """A formula that cannot be read; `position` counts characters from 1."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(f"{message} (at character {position})")
        self.position = position


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
        super().__init__(f"These links form a cycle: {' → '.join(self.path)}. Remove one of them.")
