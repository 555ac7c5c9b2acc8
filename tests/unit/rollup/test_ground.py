"""What a tree keeps of the views it was looked at in, and that nothing else follows from it."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta

import pytest

from superset_kpi_plugin.rollup import (
    LinkSpec,
    NodeSpec,
    PaceProfile,
    PeriodTarget,
    Reading,
    Source,
    TreeSpec,
    View,
    Window,
    evaluate,
    ground,
    parse,
)
from superset_kpi_plugin.rollup.ground import ground_of
from superset_kpi_plugin.rollup.spec import Recent

NOVEMBER = Window(date(2026, 11, 1), date(2026, 12, 1))
TENTH = date(2026, 11, 10)


def tree(profile: PaceProfile = PaceProfile.LINEAR) -> TreeSpec:
    rows = (PeriodTarget(NOVEMBER.since, NOVEMBER.until, 300.0),)
    nodes = {
        "r": NodeSpec("r", source=Source.FORMULA, formula=parse("a + b")),
        "a": NodeSpec("a", targets=rows, pace_profile=profile),
        "b": NodeSpec("b", targets=rows),
    }
    return TreeSpec(nodes, (LinkSpec("r", "a"), LinkSpec("r", "b")))


def read(actual: float, through: date = TENTH) -> dict[str, Reading]:
    return {"a": Reading(actual, through), "b": Reading(90.0, TENTH)}


def test_the_same_view_stands_on_the_same_ground() -> None:
    given = tree()
    kept = ground_of(given, View(NOVEMBER, TENTH))
    assert ground_of(given, View(NOVEMBER, TENTH)) is kept
    assert ground_of(given, View(NOVEMBER, date(2026, 11, 11))) is not kept
    assert ground_of(replace(given), View(NOVEMBER, TENTH)) is not kept


def test_other_readings_are_evaluated_as_if_nothing_was_kept() -> None:
    given = tree()
    for actual, day in ((10.0, 10), (99.0, 10), (10.0, 4), (10.0, 10), (0.0, 1)):
        readings = read(actual, date(2026, 11, day))
        found = evaluate(given, NOVEMBER, TENTH, readings)
        assert found == evaluate(tree(), NOVEMBER, TENTH, readings)
        assert found.nodes["a"].expected == 10.0 * day


def test_a_shape_is_not_kept() -> None:
    given = tree(PaceProfile.SEASONAL)
    for daily, expected in ((30.0, 300.0), (15.0, 150.0)):
        year_before = {date(2025, 11, 1): daily, date(2025, 11, 30): 30.0 - daily}
        readings = read(10.0) | {"a": Reading(10.0, TENTH, year_before)}
        assert evaluate(given, NOVEMBER, TENTH, readings).nodes["a"].expected == expected


@pytest.mark.parametrize(("footings", "views"), [(ground.MOST_FOOTINGS, ground.MOST_VIEWS), (35, 11), (1, 1)])
def test_only_the_last_views_are_kept(footings: int, views: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ground, "MOST_FOOTINGS", footings)
    given = tree()
    days = [TENTH + timedelta(days=index) for index in range(views + 1)]
    found = [ground_of(given, View(NOVEMBER, day)) for day in days]
    assert all(
        ground_of(given, View(NOVEMBER, day)) is kept for day, kept in zip(days[1:], found[1:], strict=True)
    )
    assert ground_of(given, View(NOVEMBER, days[0])) is not found[0]


def test_threads_may_share_what_is_kept() -> None:
    recent: Recent[int] = Recent(3)

    def ask(number: int) -> int:
        return recent.get(number % 5, lambda: number % 5)

    with ThreadPoolExecutor(8) as pool:
        found: Iterator[int] = pool.map(ask, range(2000))
        assert list(found) == [number % 5 for number in range(2000)]


def test_what_fails_is_not_kept() -> None:
    recent: Recent[int] = Recent(3)

    def fail() -> int:
        raise ValueError("no answer")

    with pytest.raises(ValueError, match="no answer"):
        recent.get("a", fail)
    assert recent.get("a", lambda: 1) == recent.get("a", fail) == 1
