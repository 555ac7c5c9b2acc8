"""Who may read a dataset is Superset's to say, whatever of it is asked only once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from sqlalchemy import event
from superset.extensions import db, security_manager

from tests.support import facts, people

TABLES = ("sales", "returns", "secrets")


@pytest.fixture
def datasets(app_context: Flask, tmp_path: Path) -> list[Any]:
    """Three datasets; "half" may read the first two, "alpha" all."""
    from superset_kpi_plugin.services.references import find_datasets

    for table in TABLES:
        facts.write(tmp_path / f"{table}.db", table)
    uuids = [facts.register(tmp_path / f"{table}.db", table) for table in TABLES]
    people.add_reader("half", uuids[:2])
    found = find_datasets(uuids)
    return [found[uuid] for uuid in uuids]


def as_person(username: str) -> None:
    g.user = security_manager.find_user(username)
    assert g.user.roles


def judged(datasets: list[Any]) -> list[bool]:
    from superset_kpi_plugin.security import dataset_access

    may_read = dataset_access()
    return [may_read(dataset) for dataset in datasets]


@contextmanager
def lookups() -> Iterator[list[str]]:
    """The statements that ask Superset's database whether a role has a permission."""
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "ab_permission_view_role" in statement:
            found.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    yield found
    event.remove(engine, "before_cursor_execute", note)


@pytest.mark.parametrize(("person", "expected"), [("half", [True, True, False]), ("alpha", [True] * 3)])
def test_it_is_what_superset_says_of_each(datasets: list[Any], person: str, expected: list[bool]) -> None:
    as_person(person)
    assert [security_manager.can_access_datasource(dataset) for dataset in datasets] == expected
    assert judged(datasets) == expected


@pytest.mark.parametrize("person", ["half", "alpha"])
def test_what_holds_for_all_datasets_is_looked_up_once(datasets: list[Any], person: str) -> None:
    as_person(person)
    with lookups() as one_by_one:
        for dataset in datasets:
            security_manager.can_access_datasource(dataset)
    with lookups() as together:
        judged(datasets)
    assert len(together) < len(one_by_one) / 2


def test_a_permission_taken_back_counts_at_the_next_question(datasets: list[Any]) -> None:
    as_person("half")
    assert judged(datasets) == [True, True, False]
    people.revoke_datasets("half")
    assert judged(datasets) == [False, False, False]


@pytest.mark.parametrize("method", ["can_access_datasource", "raise_for_access", "can_access"])
def test_an_operators_own_security_manager_is_asked(
    datasets: list[Any], monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    as_person("alpha")
    kind = type(security_manager._get_current_object())
    stock: Callable[..., Any] = getattr(kind, method)

    def stricter(self: Any, *args: Any, **named: Any) -> Any:
        from superset.errors import ErrorLevel, SupersetError, SupersetErrorType
        from superset.exceptions import SupersetSecurityException

        asked = [getattr(one, "table_name", one) for one in (*args, *named.values())]
        if "secrets" in asked or "all_database_access" in asked or "all_datasource_access" in asked:
            if method == "raise_for_access":
                kind_of_error = SupersetErrorType.TABLE_SECURITY_ACCESS_ERROR
                raise SupersetSecurityException(SupersetError("No.", kind_of_error, ErrorLevel.ERROR))
            return False
        return stock(self, *args, **named)

    monkeypatch.setattr(kind, method, stricter)
    assert judged(datasets)[2] is False
