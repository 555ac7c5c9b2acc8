"""How well a saved metric's name fits a KPI's: words, their common abbreviations, and near misses.

Names in several languages are compared alike: Latin letters lose their accents, Chinese and Japanese
characters are taken in overlapping pairs. Everything here is text; nothing is read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from heapq import nlargest

CONTEXT = 0.6
"""What a word is worth that only the dataset's name or the metric's description says."""
SYNONYM = 0.95
WIDER = 0.75
"""What a name is worth that a KPI's own is not: of one that means the same, and of one that means more."""
NEAR = 0.84
"""From which likeness two long words are taken for one."""

_WORD = re.compile(r"[a-z0-9]+|[\u3040-\u30ff\u3400-\u9fff々ー]+")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_STOP = frozenset(
    (
        *("the", "of", "by", "per", "for", "and", "in", "into", "to", "from", "a", "an", "at", "on", "with"),
        *("that", "this", "each", "all", "was", "were", "is", "are", "so", "metric"),
        *("count", "counts", "cnt", "number", "num", "no", "nb", "total", "totals", "sum"),
    )
)
_ALIASES = {
    **dict.fromkeys(("avg", "mean"), "average"),
    **dict.fromkeys(("rev", "turnover"), "revenue"),
    **dict.fromkeys(("pct", "percent", "percentage", "ratio"), "rate"),
    **dict.fromkeys(("ord", "purchase"), "order"),
    **dict.fromkeys(("cust", "client"), "customer"),
    **dict.fromkeys(("opp", "opportunity"), "negotiation"),
    **dict.fromkeys(("prospect",), "lead"),
    **dict.fromkeys(("inquiry", "query"), "enquiry"),
    **dict.fromkeys(("session",), "visit"),
    **dict.fromkeys(("mail",), "email"),
    **dict.fromkeys(("ad", "advert", "advertisement"), "advertising"),
    **dict.fromkeys(("spend", "expense"), "cost"),
    **dict.fromkeys(("open", "opening"), "opened"),
    **dict.fromkeys(("click",), "clicked"),
    **dict.fromkeys(("delivery",), "delivered"),
    **dict.fromkeys(("conversion", "convert"), "converted"),
}
_FAINT = frozenset({"rate", "average", "new", "value", "revenue", "order", "email", "lead", "customer"})
"""Words that many names have: half as telling as others."""


@lru_cache(maxsize=50_000)
def words(text: str) -> tuple[str, ...]:
    """The words of a name that tell something, in their plainest form."""
    text = unicodedata.normalize("NFKC", _CAMEL.sub(" ", text)).casefold().replace("e-mail", "email")
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not "\u0300" <= c <= "\u036f")
    plain = unicodedata.normalize("NFC", plain).replace("đ", "d")
    found: list[str] = []
    for run in _WORD.findall(plain):
        if run[0] > "\u3000":
            found += [run[start : start + 2] for start in range(max(1, len(run) - 1))]
        elif run not in _STOP:
            stem = _stem(run)
            found.append(_ALIASES.get(stem, stem))
    return tuple(dict.fromkeys(found))


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us")) else word


def _weight(word: str) -> float:
    return 0.5 if word in _FAINT else 1.0


@dataclass(frozen=True)
class Named:
    """What a metric is called, and the words around its names."""

    names: tuple[str, ...]
    dataset: str
    description: str
    ratio: bool
    """Whether its SQL divides or averages."""


@dataclass(frozen=True)
class Wanted:
    """What a metric is looked for by: its own name in some languages, others that mean the same or more.

    `ratio` says whether a quotient is looked for; a metric of the other kind fits half as well.
    """

    own: tuple[str, ...]
    synonyms: tuple[str, ...]
    wider: tuple[str, ...]
    ratio: bool

    def phrases(self) -> Iterable[tuple[str, float]]:
        """Every name with what it is worth."""
        for names, worth in ((self.own, 1.0), (self.synonyms, SYNONYM), (self.wider, WIDER)):
            yield from ((name, worth) for name in names)


@dataclass(frozen=True)
class Match:
    """How well a metric fits, from 0 to 1, and the words that say so; `worth` is the matched name's."""

    index: int
    score: float
    worth: float
    exact: bool
    said: tuple[str, ...]
    place: int
    """How many of the words the dataset's name says too."""


class Matcher:
    """The metrics that somebody may read, looked up by word."""

    def __init__(self, metrics: Sequence[Named]) -> None:
        self._metrics = metrics
        self._names = [[frozenset(words(name)) for name in metric.names] for metric in metrics]
        self._places = [frozenset(words(metric.dataset)) for metric in metrics]
        self._contexts = [
            place.union(words(metric.description))
            for place, metric in zip(self._places, metrics, strict=True)
        ]
        self._by_word: dict[str, set[int]] = defaultdict(set)
        for index, names in enumerate(self._names):
            for name in names:
                for word in name:
                    self._by_word[word].add(index)
        self._near: dict[str, Mapping[str, float]] = {}

    def best(self, wanted: Wanted, limit: int, least: float) -> list[Match]:
        """The metrics that fit best, and of equal ones first those whose dataset is called so as well."""
        found: dict[int, Match] = {}
        for name, worth in wanted.phrases():
            phrase = words(name)
            total = sum(map(_weight, phrase))
            for index, said in sorted(self._said(phrase).items(), key=lambda item: -item[1]):
                recall = (said + CONTEXT * (total - said)) / total
                if worth * 2 * recall / (1 + recall) < least:
                    break  # neither this one nor those that say less can be good enough
                match = self._match(phrase, index, worth, wanted.ratio)
                if match.score >= least and match.score > found.get(index, _NONE).score:
                    found[index] = match
                    if len(found) >= limit:
                        least = nlargest(limit, (one.score for one in found.values()))[-1]
                        found = {index: one for index, one in found.items() if one.score >= least}
        return sorted(found.values(), key=lambda match: (-match.score, -match.place, match.index))[:limit]

    def _said(self, phrase: Iterable[str]) -> Mapping[int, float]:
        """How much of a phrase the names of each metric say at most, for those that say any of it."""
        said: dict[int, float] = defaultdict(float)
        for word in phrase:
            metrics = {index for near in self._likenesses(word) for index in self._by_word[near]}
            for index in metrics:
                said[index] += _weight(word)
        return said

    def _likenesses(self, word: str) -> Mapping[str, float]:
        """The words of metrics' names that are this word or nearly so, with their likeness."""
        if word not in self._near:
            found = {other: _likeness(word, other) for other in self._by_word}
            self._near[word] = {other: likeness for other, likeness in found.items() if likeness}
        return self._near[word]

    def _match(self, phrase: Sequence[str], index: int, worth: float, ratio: bool) -> Match:
        score, exact = 0.0, False
        said: tuple[str, ...] = ()
        for name in self._names[index]:
            found, words_said = self._overlap(phrase, name, self._contexts[index])
            if found > score:
                score, exact, said = found, set(phrase) == name, words_said
        kind = 1.0 if self._metrics[index].ratio == ratio else 0.5
        place = len(self._places[index].intersection(phrase))
        return Match(index, round(score * worth * kind, 3), worth, exact, said, place)

    def _overlap(
        self, phrase: Sequence[str], name: frozenset[str], context: frozenset[str]
    ) -> tuple[float, tuple[str, ...]]:
        """The harmonic mean of how much of the phrase the name says, and of the name the phrase."""
        if not name:
            return 0.0, ()
        said: list[str] = []
        recalled, met = 0.0, set()
        for word in phrase:
            likenesses = self._likenesses(word)
            near = max(name, key=lambda other: likenesses.get(other, 0.0))
            if near in likenesses:
                recalled += _weight(word) * likenesses[near]
                met.add(near)
                said.append(near)
            elif word in context:
                recalled += _weight(word) * CONTEXT
                said.append(word)
        recall = recalled / sum(map(_weight, phrase))
        precision = sum(_weight(word) for word in met) / sum(map(_weight, name))
        return (2 * recall * precision / (recall + precision) if met else 0.0), tuple(dict.fromkeys(said))


_NONE = Match(-1, 0.0, 0.0, False, (), 0)


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if min(len(word), len(other)) < 5 or word[0] != other[0] or abs(len(word) - len(other)) > 3:
        return 0.0
    likeness = SequenceMatcher(None, word, other).ratio()
    return likeness if likeness >= NEAR else 0.0
