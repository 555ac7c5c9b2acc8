"""Which statements give the numbers that a dataset's nodes need: as few as give the very same numbers.

A saved metric may be a ratio or count distinct things, so its values over parts cannot be added up: every
number comes out of a group that holds exactly its rows. Numbers whose windows do not overlap come from one
statement grouped by window, numbers whose filters are equalities on the same columns from one grouped by
those columns. Windows that overlap, and filters of any other kind, need a statement of their own.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple, TypeVar

T = TypeVar("T")
Span = tuple["date | None", date]
"""The days `[since, until)` of a time column; everything before `until` where `since` is None."""
Scalar = str | float | bool
Values = tuple[Scalar, ...]

MOST_GROUPS = 40_000
"""Superset cuts an answer at its row limit (50,000 unless told otherwise) without saying so."""
MOST_MEMBERS = 200
"""The most members of a dimension that a tree is read for."""
MOST_METRICS = 500
"""PostgreSQL takes 1,664 columns, Oracle 1,000."""
_LARGEST_UNION = 1.5


# Tuples, because every node has some and they are hashed and compared all the time.
class Rows(NamedTuple):
    """Which rows are read, but for the window: filters as JSON, the node's own SQL."""

    time_column: str
    filters: str = "[]"
    where: str = ""

    @property
    def all(self) -> bool:
        """Whether it is every row of the dataset that the viewer may see."""
        return self.filters == "[]" and not self.where


class Cell(NamedTuple):
    """One wished number: a saved metric over a span of the rows where the `columns` equal the `values`.

    `by` is the column whose members are told apart; `daily` wishes one number for each day of the span.
    """

    metric: str
    span: Span
    rows: Rows
    columns: tuple[str, ...] = ()
    values: Values = ()
    by: str | None = None
    daily: bool = False


@dataclass(frozen=True)
class Statement:
    """One statement: metrics over spans that do not overlap, grouped by span, `columns` and `by`.

    `values` are the combinations asked of `columns`. `daily` groups the one span by day. `apart` is why the
    numbers could not come with others.
    """

    rows: Rows
    spans: tuple[Span, ...]
    metrics: tuple[str, ...]
    columns: tuple[str, ...] = ()
    values: tuple[Values, ...] = ((),)
    by: str | None = None
    daily: bool = False
    apart: str | None = None

    @property
    def hull(self) -> Span:
        """From the first span's start to the last one's end."""
        return self.spans[0][0], self.spans[-1][1]

    @property
    def whole(self) -> bool:
        """Whether it reads every row of its spans."""
        return self.rows.all and not self.columns and self.values == ((),)

    @property
    def most_groups(self) -> int:
        """How many groups it can have, unless `by` has more than MOST_MEMBERS members."""
        if self.by is None:
            return MOST_GROUPS
        asked = math.prod(len(set(some)) for some in zip(*self.values, strict=True))
        return min(len(self.spans) * asked * MOST_MEMBERS, MOST_GROUPS)

    def halves(self) -> list[Statement]:
        """The same in two parts, by metrics, else by values, else by spans; none where it is one of each."""
        if len(self.metrics) > 1:
            return [replace(self, metrics=half) for half in _halves(self.metrics)]
        if len(self.values) > 1:
            return [replace(self, values=half) for half in _halves(self.values)]
        return [replace(self, spans=half) for half in _halves(self.spans)] if len(self.spans) > 1 else []

    def one_by_one(self) -> list[Statement]:
        """The same as statements for each combination of values."""
        return [replace(self, values=(values,), apart="labels") for values in self.values]


def plan(cells: Iterable[Cell], members: int = 1) -> list[Statement]:
    """The statements that give all these cells of one dataset; `members` is how many `by` may have."""
    kinds: dict[tuple[Rows, tuple[str, ...], str | None, bool], list[Cell]] = {}
    for cell in cells:
        kinds.setdefault((cell.rows, cell.columns, cell.by, cell.daily), []).append(cell)
    found: list[Statement] = []
    for (rows, columns, by, daily), kind in kinds.items():
        base = Statement(rows, (), (), columns, by=by, daily=daily, apart=None if rows.all else "filters")
        for spans, some in _by_window(kind):
            # Days come out of one span at a time.
            layers = [[span] for span in sorted(spans, key=str)] if daily else _layers(spans)
            for index, layer in enumerate(layers):
                inside = [cell for cell in some if cell.span in layer] if len(layers) > 1 else some
                metrics = sorted({cell.metric for cell in inside})
                values = sorted({cell.values for cell in inside}, key=repr)
                size = (_days(layer) if daily else len(layer)) * (members if by else 1)
                own = replace(base, spans=tuple(layer), apart="window" if index else base.apart)
                found += [
                    replace(own, metrics=tuple(metrics[first : first + MOST_METRICS]), values=part)
                    for part in _parts(values, max(1, MOST_GROUPS // size))
                    for first in range(0, len(metrics), MOST_METRICS)
                ]
    return found


def last_days(time_column: str, spans: Iterable[Span]) -> list[Statement]:
    """The statements that give the last day with data of each span."""
    return [Statement(Rows(time_column), tuple(layer), ()) for layer in _layers(set(spans))]


def _by_window(cells: Sequence[Cell]) -> list[tuple[set[Span], list[Cell]]]:
    """The cells in sets that need about the same spans.

    One statement computes all of its metrics over all of its spans: a metric joins where its spans are needed
    anyway, or where it adds few.
    """
    wishes: dict[tuple[str, Values], list[Cell]] = {}
    for cell in cells:
        wishes.setdefault((cell.metric, cell.values), []).append(cell)
    kinds: list[tuple[set[Span], list[Cell]]] = []
    for wish in sorted(wishes.values(), key=len, reverse=True):
        spans = {cell.span for cell in wish}
        near = next((kind for kind in kinds if _near(kind[0], spans)), None)
        if near is None:
            kinds.append((spans, wish))
        else:
            near[0].update(spans)
            near[1].extend(wish)
    return kinds


def _halves(some: tuple[T, ...]) -> tuple[tuple[T, ...], tuple[T, ...]]:
    middle = len(some) // 2
    return some[:middle], some[middle:]


def _days(spans: Iterable[Span]) -> int:
    return sum((until - (since or date.min)).days for since, until in spans)


def _near(kind: set[Span], spans: set[Span]) -> bool:
    return len(kind | spans) <= _LARGEST_UNION * max(len(kind), len(spans))


def _layers(spans: set[Span]) -> list[list[Span]]:
    """The spans in as few lists without overlaps as there can be, each in order of time."""
    layers: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: (span[0] or date.min, -span[1].toordinal())):
        since = span[0] or date.min
        free = next((layer for layer in layers if layer[-1][1] <= since), None)
        if free is None:
            layers.append([span])
        else:
            free.append(span)
    return layers


def _parts(values: Sequence[Values], most: int) -> Iterator[tuple[Values, ...]]:
    """The combinations in parts whose groups fit one answer, and whose values any database tells apart."""
    left = list(values)
    while left:
        part: list[Values] = []
        rest: list[Values] = []
        spellings: list[dict[Scalar, Scalar]] = [{} for _ in left[0]]
        for combination in left:
            grown = [
                {**known, _folded(value): value} if _folded(value) not in known else known
                for known, value in zip(spellings, combination, strict=True)
            ]
            distinct = all(
                known[_folded(value)] == value for known, value in zip(grown, combination, strict=True)
            )
            if distinct and (not part or math.prod(len(known) for known in grown) <= most):
                part.append(combination)
                spellings = grown
            else:
                rest.append(combination)
        yield tuple(part)
        left = rest


def _folded(value: Scalar) -> Scalar:
    """What a database may take for the same text: some collations know no case, width or closing space."""
    return unicodedata.normalize("NFKC", value).casefold().strip() if isinstance(value, str) else value
