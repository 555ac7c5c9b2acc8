"""A stored tree as the arithmetic takes it: built once for a saved version, and never another one's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pytest
from flask import Flask

from superset_kpi_plugin.rollup.spec import NodeSpec, PeriodTarget, TreeSpec
from superset_kpi_plugin.rollup.types import PaceProfile
from superset_kpi_plugin.rollup.window import Window
from tests.support.client import Client
from tests.support.documents import Document, month, small_tree

ROUTE = "/api/v1/kpi_tree/"
OCTOBER = Window(date(2026, 10, 1), date(2026, 11, 1))
ClientAs = Callable[[str | None], Client]


@pytest.fixture
def admin(client_as: ClientAs, app_context: Flask) -> Client:
    return client_as("admin")


def made(client: Client, **fields: Any) -> Document:
    answer = client.post(ROUTE, json=small_tree(**fields))
    assert answer.status_code == 201, answer.json
    document: Document = answer.json["result"]
    return document


def saved(client: Client, document: Document) -> Document:
    answer = client.put(f"{ROUTE}{document['uuid']}", json=document)
    assert answer.status_code == 200, answer.json
    result: Document = answer.json["result"]
    return result


def stored() -> Any:
    """The tree as a new request finds it."""
    from superset.extensions import db

    from superset_kpi_plugin.models import KpiTree

    db.session.rollback()
    db.session.expunge_all()
    return db.session.query(KpiTree).filter_by(slug="small-tree").one()


def spec() -> TreeSpec:
    from superset_kpi_plugin.services.specs import spec_of

    return spec_of(stored())


def target(of: TreeSpec, key: str = "orders") -> float | None:
    return of.nodes[key].targets[0].value


@contextmanager
def statements() -> Iterator[list[str]]:
    """What is asked of the metadata database meanwhile."""
    from sqlalchemy import event
    from superset.extensions import db

    seen: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_saved_version_is_built_once_and_its_rows_are_not_read_again(admin: Client) -> None:
    made(admin)
    first = spec()
    with statements() as seen:
        assert spec() is first
    assert seen
    assert not [text for text in seen if "kpi_target" in text or "kpi_node" in text]


def test_a_question_asked_again_reads_no_target_from_the_metadata(admin: Client) -> None:
    made(admin)
    asked = [admin.post(f"{ROUTE}small-tree/evaluate", json={"as_of": "2026-10-31"})]
    with statements() as seen:
        asked.append(admin.post(f"{ROUTE}small-tree/evaluate", json={"as_of": "2026-10-31"}))
    assert [answer.json["result"]["nodes"]["orders"]["target"] for answer in asked] == [16, 16]
    assert not [text for text in seen if "kpi_target" in text or "kpi_manual_value" in text]


def test_a_tree_is_built_with_a_few_statements_however_many_nodes_it_has(admin: Client) -> None:
    from superset.extensions import db

    from superset_kpi_plugin.models import KpiTree
    from superset_kpi_plugin.services.specs import _build

    tree = db.session.query(KpiTree).filter_by(slug="marketing-automation").one()
    with statements() as seen:
        built = _build(tree)
    assert len(built.nodes) > 40
    assert len(seen) < 12


@pytest.mark.parametrize(
    ("change", "seen"),
    [
        (lambda d: d["nodes"][1]["targets"][0].update(value=17), lambda s: target(s) == 17),
        (lambda d: d["nodes"][1]["manual_values"][0].update(value=21), lambda s: _value(s) == 21),
        (lambda d: d["nodes"][0].update(formula="orders + value"), lambda s: "+" in _formula(s)),
        (lambda d: d["links"][0].update(weight=5), lambda s: s.links[0].weight == 5),
        (lambda d: d.update(grain="quarter"), lambda s: s.calendar.grain == "quarter"),
        (lambda d: d.update(score_cap=1.5), lambda s: s.score_cap == 1.5),
        (lambda d: d.update(thresholds={"on_track": 1, "at_risk": 0}), lambda s: s.thresholds.at_risk == 0),
        (
            lambda d: d.update(grain="custom", periods=[month("2026-10-01", "2026-10-15", name="Sprint")]),
            lambda s: [period.name for period in s.calendar.custom_periods] == ["Sprint"],
        ),
        (lambda d: d["nodes"][1].update(thresholds={"on_track": 1, "at_risk": 0}), lambda s: _own(s) == 1),
    ],
)
def test_whatever_a_save_changes_is_seen_at_once(
    admin: Client, change: Callable[[Document], Any], seen: Callable[[TreeSpec], bool]
) -> None:
    document = made(admin)
    before = spec()
    assert not seen(before)
    change(document)
    saved(admin, document)
    assert seen(spec())
    assert not seen(before)


def _value(of: TreeSpec) -> float:
    return of.nodes["orders"].manual_values[0].value


def _formula(of: TreeSpec) -> str:
    return str(of.nodes["revenue"].formula)


def _own(of: TreeSpec) -> float | None:
    own = of.nodes["orders"].thresholds
    return own and own.on_track


def test_a_tree_made_anew_under_the_same_uuid_is_another_one(admin: Client) -> None:
    document = made(admin)
    assert target(spec()) == 16
    assert admin.delete(f"{ROUTE}small-tree").status_code == 200
    document["nodes"][1]["targets"][0]["value"] = 99
    again = admin.post(ROUTE, json=document)
    assert (again.status_code, again.json["result"]["uuid"]) == (201, document["uuid"])
    assert again.json["result"]["version"] == document["version"]
    assert target(spec()) == 99


def test_what_is_not_saved_is_seen_where_it_is_and_nowhere_else(admin: Client) -> None:
    from superset_kpi_plugin.services.specs import spec_of

    made(admin)
    assert target(spec()) == 16
    tree = stored()
    node = next(node for node in tree.nodes if node.key == "orders")
    node.targets[0].value = 5
    assert target(spec_of(tree)) == 5
    assert target(spec()) == 16


def test_a_save_that_is_taken_back_leaves_nothing_behind(admin: Client) -> None:
    """The version it had taken is then another save's."""
    from superset.extensions import db

    from superset_kpi_plugin.services.specs import spec_of
    from superset_kpi_plugin.services.trees import _claim_version

    document = made(admin)
    tree = stored()
    _claim_version(tree)
    assert tree.version == document["version"] + 1
    assert target(spec_of(tree)) == 16
    next(node for node in tree.nodes if node.key == "orders").targets[0].value = 5
    db.session.flush()
    assert target(spec_of(tree)) == 5
    assert target(spec()) == 16  # a new request; the save was rolled back
    document["nodes"][1]["targets"][0]["value"] = 6
    assert saved(admin, document)["version"] == document["version"] + 1
    assert target(spec()) == 6


def test_rows_read_while_somebody_saves_are_not_kept_for_the_version_before(admin: Client) -> None:
    from superset_kpi_plugin.services import specs

    document = made(admin)
    tree = stored()
    key = (tree.id, tree.uuid, tree.version, tree.changed_on)
    specs._DEFINITIONS = specs._Definitions(specs.CACHED_ROWS)
    document["nodes"][1]["targets"][0]["value"] = 6
    saved(admin, document)
    specs.spec_of(tree)  # the row of one version, the nodes of the next
    assert key not in specs._DEFINITIONS._kept
    assert target(spec()) == 6


def test_nobody_can_change_what_others_will_be_given(admin: Client) -> None:
    made(admin)
    kept = spec()
    with pytest.raises(TypeError):
        kept.nodes["orders"] = NodeSpec("orders")  # type: ignore[index]


def test_the_trees_used_last_are_kept(admin: Client) -> None:
    from superset.extensions import db

    from superset_kpi_plugin.models import KpiTree
    from superset_kpi_plugin.services.specs import _Definitions

    for number in range(3):
        made(admin, slug=f"small-{number}")
    db.session.rollback()
    first, second, third = (db.session.query(KpiTree).filter_by(slug=f"small-{n}").one() for n in range(3))
    cache = _Definitions(capacity=14)  # each has 3 nodes, 2 targets and 2 typed-in values
    kept = cache.get(first), cache.get(second)
    assert cache.get(first) is kept[0]
    cache.get(third)
    assert cache.get(first) is kept[0]
    assert cache.get(second) is not kept[1]
    assert _Definitions(capacity=6).get(first).nodes == kept[0].nodes


def test_targets_read_from_a_metric_take_their_place_for_one_request(admin: Client) -> None:
    from superset_kpi_plugin.services.specs import with_targets

    made(admin)
    rows = [PeriodTarget(OCTOBER.since, OCTOBER.until, 7.0)]
    given = with_targets(spec(), {"value": rows})
    assert given.nodes["value"].targets == tuple(rows)
    assert target(given) == 16
    assert spec().nodes["value"].targets == ()


def test_days_off_are_those_of_the_window_and_only_where_business_days_are_counted(admin: Client) -> None:
    from superset_kpi_plugin.services.specs import with_holidays

    document = made(admin, holidays="DE-BY")
    assert with_holidays(spec(), "DE-BY", OCTOBER).holidays == frozenset()
    document["nodes"][1]["pace_profile"] = PaceProfile.BUSINESS_DAYS.value
    document = saved(admin, document)
    assert document["holidays"] == "DE-BY"
    november = Window(date(2026, 11, 1), date(2026, 12, 1))
    assert with_holidays(spec(), "DE-BY", OCTOBER).holidays == {date(2026, 10, 3)}
    assert with_holidays(spec(), "DE-BY", november).holidays == {date(2026, 11, 1)}
    assert with_holidays(spec(), None, november).holidays == frozenset()
    assert spec().holidays == frozenset()
