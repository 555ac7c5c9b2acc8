"""What is wrong with a formula, where, and what to write instead, for whoever writes one."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.errors import FormulaError, FormulaProblem
from superset_kpi_plugin.rollup.formula import MAX_DEPTH, MAX_KEY, MAX_LENGTH

MOST_KEYS = 8
"""How many of a node's children a message names."""
MOST_COMPARED = 1000
"""Among how many nodes the one that was meant is looked for."""
SIMILAR = 0.6
_WORDS = re.compile(r"[^\W\d]\w*(?: +[^\W\d]\w*)*")
_WORD = re.compile(r"\w+")
_SIGNS = {"×": "*", "·": "*", "÷": "/", ":": "/", "−": "-", "–": "-", "—": "-"}


@dataclass(frozen=True)
class Words:
    """What a formula's writer may have meant: the parent, its children, and the names of all nodes by key.

    `hints` counts down how many more may be looked for: a document may be wrong in thousands of places.
    """

    parent: str
    children: Collection[str]
    names: Mapping[str, str]
    hints: Iterator[int]

    def nearest(self, text: str) -> str | None:
        """The child whose key or name is most like the text, else such a node of the tree, else None."""
        if next(self.hints, None) is None:
            return None
        near = [key for key in self.names if key in self.children]
        others = [key for key in self.names if key not in self.children and key != self.parent]
        return self._nearest(text, near) or self._nearest(text, others)

    def _nearest(self, text: str, keys: list[str]) -> str | None:
        spelt: dict[str, str] = {}
        for key in keys[:MOST_COMPARED]:
            spelt.setdefault(_plain(self.names[key]), key)
        for key in keys[:MOST_COMPARED]:
            spelt[_plain(key)] = key
        found = get_close_matches(_plain(text), spelt, n=1, cutoff=SIMILAR)
        return spelt[found[0]] if found else None


def explain(error: FormulaError, text: str, words: Words) -> str:
    """Why a formula cannot be read, and what to write instead."""
    if error.problem is FormulaProblem.TOO_LONG:
        return _("The formula is longer than %(most)s characters: split it over nodes.", most=MAX_LENGTH)
    if error.problem is FormulaProblem.NO_CHILD:
        return _("A formula names at least one child. %(choices)s", choices=_choices(words))
    if error.problem is FormulaProblem.NEVER_CLOSED:
        return _(
            "The parenthesis at character %(position)s is never closed: add a ).", position=error.position
        )
    if error.problem is FormulaProblem.NEVER_OPENED:
        return _(
            "The parenthesis at character %(position)s was never opened: take it out.",
            position=error.position,
        )
    if error.problem is FormulaProblem.TOO_DEEP:
        return _(
            "More than %(most)s parentheses are open at character %(position)s: split the formula "
            "over nodes.",
            most=MAX_DEPTH,
            position=error.position,
        )
    if error.problem is FormulaProblem.LONG_KEY:
        return _(
            "The key at character %(position)s is longer than the %(most)s characters that keys have.",
            most=MAX_KEY,
            position=error.position,
        )
    if error.problem is FormulaProblem.LARGE_NUMBER:
        return _(
            "The number at character %(position)s is too large to compute with.", position=error.position
        )
    if error.problem is FormulaProblem.NO_OPERAND:
        return _no_operand(text, error.position, words)
    return _misread(text, error, words)


def explain_key(key: str, text: str, words: Words, above: bool = False) -> str:
    """Why a key does not belong into a formula, and which one may have been meant.

    `above`: whether its node stands above the formula's, so that linking it would close a circle.
    """
    match = re.search(rf"(?<![a-z0-9_]){re.escape(key)}(?![a-z0-9_])", text)
    position = match.start() + 1 if match else 1
    if key == words.parent:
        return _(
            "%(key)s (at character %(position)s) cannot be made of itself: take it out of the formula.",
            key=key,
            position=position,
        )
    if key in words.names and above:
        return _(
            "%(key)s (at character %(position)s) stands above %(parent)s: that would be a circle. Take it "
            "out of the formula.",
            key=key,
            position=position,
            parent=words.parent,
        )
    if key in words.names:
        return _(
            "%(key)s (at character %(position)s) is not a child of %(parent)s: link it, or take it out of "
            "the formula.",
            key=key,
            position=position,
            parent=words.parent,
        )
    return _unknown(key, position, words)


def _unknown(text: str, position: int, words: Words) -> str:
    nearest = words.nearest(text)
    if nearest is None:
        return _(
            "No node is called %(key)s (at character %(position)s). %(choices)s",
            key=text,
            position=position,
            choices=_choices(words),
        )
    return _(
        "No node is called %(key)s (at character %(position)s). Did you mean %(nearest)s?",
        key=text,
        position=position,
        nearest=nearest,
    )


def _no_operand(text: str, position: int, words: Words) -> str:
    before, found = text[: position - 1].rstrip(), text[position - 1 : position]
    if not found:
        return _(
            "The formula ends where a key or a number belongs (at character %(position)s). %(choices)s",
            position=position,
            choices=_choices(words),
        )
    if found == "-":
        return _(
            "A minus needs something to be taken from (at character %(position)s): write 0 - x for -x.",
            position=position,
        )
    if found == "*" and before.endswith("*"):
        return _("There are no powers (at character %(position)s): write x * x.", position=position)
    return _(
        "A key or a number belongs before %(found)s (at character %(position)s). %(choices)s",
        found=found,
        position=position,
        choices=_choices(words),
    )


def _misread(text: str, error: FormulaError, words: Words) -> str:
    """Something stands where an operator belongs, or that no formula has: names, signs, other numbers."""
    place = error.position - 1
    character = text[place]
    word = _WORD.match(text, place)
    if word is not None and word[0] in ("x", "X") and word[0] not in words.names:
        return _sign(word[0], error.position, "*")
    for match in _WORDS.finditer(text):
        # A name as people write it is read as several keys, or not at all.
        if match.start() <= place < match.end():
            if word is not None and all(key in words.names for key in match[0].split()):
                return _no_operator(word[0], error.position)
            return _unknown(match[0][:MAX_KEY], match.start() + 1, words)
    if character in _SIGNS:
        return _sign(character, error.position, _SIGNS[character])
    if character in ".,":
        return _(
            "Numbers are written like 1000 or 0.5 (at character %(position)s): no separators for thousands, "
            "a point before decimals, digits on both sides of it.",
            position=error.position,
        )
    if character == "%":
        return _(
            "Per cent is not read here (at character %(position)s): write 0.05 for 5 %%.",
            position=error.position,
        )
    if character == "=":
        return _(
            "Write only what the number is made of, without = (at character %(position)s).",
            position=error.position,
        )
    if error.problem is FormulaProblem.NO_OPERATOR:
        return _no_operator(character, error.position)
    return _(
        "%(found)s (at character %(position)s) is not read here. Allowed are keys of the node's children, "
        "numbers, + - * / and parentheses.",
        found=character if character.isprintable() else "?",
        position=error.position,
    )


def _sign(found: str, position: int, sign: str) -> str:
    return _(
        "%(found)s (at character %(position)s) is not read here: write %(sign)s.",
        found=found,
        position=position,
        sign=sign,
    )


def _no_operator(found: str, position: int) -> str:
    return _(
        "An operator, + - * or /, belongs before %(found)s (at character %(position)s).",
        found=found,
        position=position,
    )


def _choices(words: Words) -> str:
    children = [key for key in words.names if key in words.children]
    if not children:
        return _("Link its drivers first: the formula is made of their keys.")
    shown = ", ".join(children[:MOST_KEYS]) + (" …" if len(children) > MOST_KEYS else "")
    return _("Its children are: %(keys)s.", keys=shown)


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "_", text.lower()).strip("_")[:MAX_KEY]
