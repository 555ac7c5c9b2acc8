"""What goes wrong while a tree is read: databases that are gone, slow or strange, and many viewers at once.

PostgreSQL counts its own reads here: the metric `slow` draws from a sequence and sleeps.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg2
import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.support import facts, people
from tests.support.client import Client
from tests.support.documents import link, node
from tests.support.processes import free_port
from tests.support.servers import Postgres

ROUTE = "/api/v1/kpi_tree/"
AS_OF = {"as_of": "2026-10-31"}
ClientAs = Callable[[str | None], Client]

SALES = """
CREATE TABLE sales (day TIMESTAMP, region TEXT, amount FLOAT, parts INTEGER);
INSERT INTO sales SELECT DATE '2026-10-01' + n, region, n + 1, CASE WHEN region = 'North' THEN 2 ELSE 0 END
FROM generate_series(0, 19) AS n, (VALUES ('North'), ('South')) AS r(region);
INSERT INTO sales VALUES ('2026-09-15', 'North', 7, 0), ('2026-08-15', 'North', 8, 4);
CREATE SEQUENCE reads;
CREATE FUNCTION slow(seconds FLOAT) RETURNS INTEGER VOLATILE LANGUAGE plpgsql AS $$
BEGIN PERFORM nextval('reads'); PERFORM pg_sleep(seconds); RETURN 0; END $$;
"""
STRANGE = {
    "infinity": "'Infinity'::float8",
    "minus_infinity": "'-Infinity'::float8",
    "not_a_number": "'NaN'::float8",
    "numeric_nan": "'NaN'::numeric",
    "huge": "('1' || repeat('0', 400))::numeric",
    "text": "MAX(region)",
    "number_as_text": "'12'",
    "a_day": "MAX(day)",
    "a_date": "MAX(day)::date",
    "a_time": "MAX(day)::time",
    "an_interval": "MAX(day) - MIN(day)",
    "truth": "BOOL_OR(amount > 0)",
    "a_list": "ARRAY_AGG(amount)",
    "an_object": "JSON_BUILD_OBJECT('a', 1)",
    "bytes": "'\\x00ff'::bytea",
    "nothing": "SUM(NULL::int)",
}
METRICS = {
    "amount": "SUM(amount)",
    "rows": "COUNT(*)",
    "slow": "SUM(amount) + slow(0.4)",
    "slower": "SUM(amount) + slow(8)",
    "hung": "SUM(amount) + slow(600)",
    "patience": "(SELECT setting::int FROM pg_settings WHERE name = 'statement_timeout')",
    "per_part": "SUM(amount) / SUM(parts)::numeric",
    "share": "COUNT(parts) / COUNT(*)",
    "broken": "SUM(no_such_column)",
    "presorts": "CASE WHEN current_setting('enable_presorted_aggregate') = 'on' THEN 1 ELSE 0 END",
    **STRANGE,
}


@pytest.fixture
def uri(pg_server: Postgres) -> str:
    made = pg_server.create_database("faults")
    with closing(connected(made)) as connection, connection.cursor() as cursor:
        cursor.execute(SALES)
    return made


def connected(uri: str) -> Any:
    connection = psycopg2.connect(uri.replace("postgresql+psycopg2", "postgresql"))
    connection.autocommit = True
    return connection


def reads(uri: str) -> int:
    """How often a slow metric was computed."""
    with closing(connected(uri)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM reads")
        return int(cursor.fetchone()[0])


def register(uri: str, name: str = "sales") -> str:
    from superset.connectors.sqla.models import SqlaTable, SqlMetric, TableColumn
    from superset.extensions import db
    from superset.models.core import Database

    database = Database(database_name=f"faults {name} {time.monotonic_ns()}")
    database.set_sqlalchemy_uri(uri)
    kinds = {"day": "TIMESTAMP", "region": "TEXT", "amount": "FLOAT", "parts": "INTEGER"}
    dataset = SqlaTable(
        table_name=name,
        database=database,
        main_dttm_col="day",
        columns=[
            TableColumn(column_name=key, type=kind, is_dttm=key == "day") for key, kind in kinds.items()
        ],
        metrics=[SqlMetric(metric_name=key, expression=sql) for key, sql in METRICS.items()],
    )
    db.session.add_all([database, dataset])
    db.session.commit()
    return str(dataset.uuid)


@pytest.fixture
def sales(app: Flask, uri: str) -> str:
    with app.app_context():
        return register(uri)


def equal(column: str, value: Any) -> dict[str, Any]:
    return {
        "expressionType": "SIMPLE",
        "clause": "WHERE",
        "subject": column,
        "operator": "==",
        "comparator": value,
    }


def where(sql: str) -> dict[str, Any]:
    return {"expressionType": "SQL", "clause": "WHERE", "sqlExpression": sql}


def read(key: str, dataset: str, metric: str, *filters: Any, empty: str = "missing", **fields: Any) -> Any:
    reading = {"dataset_uuid": dataset, "metric_name": metric, "filters": list(filters), "empty": empty}
    return node(key, source="metric", metric=reading, **fields)


def make(client: Client, *leaves: Any) -> None:
    document = {
        "name": "Star",
        "slug": "star",
        "published": True,
        "nodes": [node("root"), *leaves],
        "links": [link("root", leaf["key"]) for leaf in leaves],
    }
    made = client.post(ROUTE, json=document)
    assert made.status_code == 201, made.json


def asked(client: Client, **body: Any) -> Any:
    answer = client.post(f"{ROUTE}star/evaluate", json={**AS_OF, **body})
    assert answer.status_code == 200, answer.json

    def refuse(constant: str) -> Any:
        raise AssertionError(f"{constant} is no JSON")

    return json.loads(answer.text, parse_constant=refuse)["result"]


def actuals(result: Any) -> dict[str, Any]:
    return {key: row["actual"] for key, row in result["nodes"].items() if key != "root"}


def numbers(client: Client, **body: Any) -> dict[str, Any]:
    return actuals(asked(client, **body))


def reason(result: Any, key: str) -> dict[str, Any]:
    told: dict[str, Any] = result["nodes"][key]["reasons"]["actual"]
    return told


def together(*calls: Callable[[], Any]) -> list[Any]:
    """What the calls give that start at the same moment, each in a thread of its own."""
    start = threading.Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        start.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


# --- numbers that are none ------------------------------------------------------------------------


def test_what_is_no_number_is_undefined_with_the_reason_and_its_neighbours_are_right(
    sales: str, client_as: ClientAs
) -> None:
    admin = client_as("admin")
    make(admin, read("amount", sales, "amount"), *(read(key, sales, key) for key in STRANGE))
    for _ in range(2):  # from the database, then from the cache
        result = asked(admin)
        assert actuals(result) == {**dict.fromkeys(STRANGE), "amount": 420}
        codes = {key: reason(result, key)["code"] for key in STRANGE}
        missing = {"infinity", "minus_infinity", "not_a_number", "numeric_nan", "nothing"}
        # Superset gives infinities as NULLs.
        assert {key for key, code in codes.items() if code == "no_data"} == missing
        rest = set(STRANGE) - missing
        assert {key: codes[key] for key in rest} == dict.fromkeys(rest, "error")
        assert all(key in reason(result, key)["message"] for key in STRANGE)


def test_a_metric_that_fails_in_one_month_or_group_is_right_in_the_others(
    sales: str, client_as: ClientAs
) -> None:
    admin = client_as("admin")
    make(
        admin,
        read("north", sales, "per_part", equal("region", "North")),
        read("south", sales, "per_part", equal("region", "South")),
        read("east", sales, "per_part", equal("region", "East"), empty="zero"),
        read("total", sales, "amount"),
    )
    result = asked(admin, history=3)
    assert actuals(result) == {"north": 5.25, "south": None, "east": 0, "total": 420}
    assert "division by zero" in reason(result, "south")["message"]
    history = {key: row["actual"] for key, row in result["history"]["nodes"].items()}
    assert history["north"] == [2, None, 5.25]
    assert history["total"] == [8, 7, 420]


@pytest.mark.parametrize(("empty", "expected"), [("missing", None), ("zero", 0)])
def test_a_metric_that_fails_over_no_rows_is_what_the_node_says_of_no_rows(
    sales: str, client_as: ClientAs, empty: str, expected: float | None
) -> None:
    admin = client_as("admin")
    make(admin, read("east", sales, "share", where("region = 'East'"), empty=empty))
    result = asked(admin)
    assert actuals(result) == {"east": expected}
    assert expected == 0 or reason(result, "east")["code"] == "no_data"


def test_a_metric_that_fails_everywhere_is_not_tried_in_every_group(sales: str, client_as: ClientAs) -> None:
    admin = client_as("admin")
    regions = ("North", "South", *(f"region {index}" for index in range(20)))
    leaves = [
        read(f"n{index}", sales, metric, equal("region", region))
        for index, (region, metric) in enumerate((r, m) for r in regions for m in ("broken", "rows"))
    ]
    make(admin, *leaves)
    result = asked(admin, history=12)
    assert [result["nodes"][key]["actual"] for key in ("n0", "n1", "n2", "n3")] == [None, 20, None, 20]
    assert "no_such_column" in reason(result, "n0")["message"]
    assert len(result["queries"]) < 8


# --- databases that are gone ----------------------------------------------------------------------


def test_a_database_that_is_down_takes_only_its_own_nodes(
    app: Flask, client_as: ClientAs, tmp_path: Path
) -> None:
    for name in ("here", "gone"):
        facts.write(tmp_path / f"{name}.db", name)
    with app.app_context():
        here, gone = (facts.register(tmp_path / f"{name}.db", name) for name in ("here", "gone"))
        closed = register(f"postgresql+psycopg2://anna:hunter2@127.0.0.1:{free_port()}/sales")
    admin = client_as("admin")
    make(
        admin,
        read("here", here, "amount"),
        read("gone", gone, "amount"),
        read("closed", closed, "amount"),
        read("closed_too", closed, "rows", equal("region", "North")),
    )
    assert actuals(asked(admin, period="2026-09"))["gone"] == 200
    (tmp_path / "gone.db").unlink()
    started = time.monotonic()
    result = asked(admin, history=12)
    assert time.monotonic() - started < 20
    down = dict.fromkeys(("gone", "closed", "closed_too"))
    assert actuals(result) == {**down, "here": 630}
    assert {key: reason(result, key)["code"] for key in down} == dict.fromkeys(down, "error")
    assert "refused" in reason(result, "closed")["message"].lower()
    assert "hunter2" not in json.dumps(result)


# --- slow databases -------------------------------------------------------------------------------


@pytest.fixture
def limited(app: Flask, monkeypatch: pytest.MonkeyPatch) -> float:
    monkeypatch.setitem(app.config, "KPI_READ_TIME_LIMIT", 2)
    return 2.0


def test_a_query_over_the_time_limit_keeps_nobody_waiting_and_is_not_started_twice(
    app: Flask, client_as: ClientAs, uri: str, sales: str, limited: float, tmp_path: Path
) -> None:
    facts.write(tmp_path / "facts.db", "elsewhere")
    with app.app_context():
        elsewhere = facts.register(tmp_path / "facts.db", "elsewhere")
    admin = client_as("admin")
    make(
        admin,
        read("slower", sales, "slower", where("amount > 0")),
        read("amount", sales, "amount"),
        read("elsewhere", elsewhere, "amount"),
    )
    for _ in range(2):
        started = time.monotonic()
        result = asked(admin)
        assert time.monotonic() - started < limited + 3
        assert actuals(result) == {"slower": None, "amount": 420, "elsewhere": 630}
        told = reason(result, "slower")
        assert (told["code"], "within 2 seconds" in told["message"]) == ("error", True)
    assert reads(uri) == 1
    wait_until(lambda: asked(admin)["nodes"]["slower"]["actual"] == 420)
    assert reads(uri) == 1


def test_postgresql_ends_a_statement_that_hangs(
    app: Flask, client_as: ClientAs, uri: str, sales: str, limited: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would keep one of the database's few threads; the request itself has been answered long before."""
    monkeypatch.setitem(app.config, "KPI_STATEMENT_LIMIT", 6)
    admin = client_as("admin")
    make(admin, read("hung", sales, "hung"), read("rows", sales, "rows", where("parts >= 0")))
    result = asked(admin)
    assert actuals(result) == {"hung": None, "rows": 40}
    assert "within 2 seconds" in reason(result, "hung")["message"]
    assert hanging(uri) == 1
    wait_until(lambda: hanging(uri) == 0)


@pytest.mark.parametrize(("own", "limit", "expected"), [(0, 300, 300_000), (0, 0, 0), (7, 300, 7_000)])
def test_a_limit_that_postgresql_has_of_its_own_stays(
    app: Flask,
    client_as: ClientAs,
    uri: str,
    sales: str,
    monkeypatch: pytest.MonkeyPatch,
    own: int,
    limit: int,
    expected: int,
) -> None:
    with closing(connected(uri)) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (database,) = cursor.fetchone()
        cursor.execute(f"ALTER DATABASE {database} SET statement_timeout = '{own}s'")
    monkeypatch.setitem(app.config, "KPI_STATEMENT_LIMIT", limit)
    admin = client_as("admin")
    make(admin, read("patience", sales, "patience", accumulation="rate"))
    assert numbers(admin) == {"patience": expected}


def hanging(uri: str) -> int:
    with closing(connected(uri)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM pg_stat_activity "
            "WHERE query ILIKE '%slow(600)%' AND state = 'active' AND pid <> pg_backend_pid()"
        )
        return int(cursor.fetchone()[0])


def wait_until(done: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end
        time.sleep(0.1)


def test_a_read_is_not_given_up_while_somebody_waits_for_it(
    app: Flask, client_as: ClientAs, uri: str, sales: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read waits for its turn behind a slow one: who asked first has given up, who asked later has not."""
    from superset_kpi_plugin.services import running

    monkeypatch.setattr(running, "_pools", {})
    monkeypatch.setitem(app.config, "KPI_READ_THREADS", 1)
    monkeypatch.setitem(app.config, "KPI_READ_TIME_LIMIT", 2)
    first, second = client_as("admin"), client_as("admin")
    make(
        first,
        read("a_slow_one", sales, "slower", where("amount > 0")),
        read("next", sales, "amount", where("amount > 1")),
    )
    late = ThreadPoolExecutor(1)
    try:
        early = late.submit(asked, first)
        wait_until(lambda: reads(uri) == 1)
        monkeypatch.setitem(app.config, "KPI_READ_TIME_LIMIT", 30)
        assert actuals(asked(second)) == {"a_slow_one": 420, "next": 418}
        assert actuals(early.result()) == {"a_slow_one": None, "next": None}
        assert reads(uri) == 1
    finally:
        late.shutdown()


def test_many_who_ask_the_same_at_once_cost_one_read_for_each_viewer(
    app: Flask, client_as: ClientAs, uri: str, sales: str
) -> None:
    with app.app_context():
        people.add_reader("north", [sales], "region = 'North'")
        people.add_reader("south", [sales], "region = 'South'")
    make(client_as("admin"), read("slow", sales, "slow"), read("rows", sales, "rows", where("parts >= 0")))
    before = reads(uri)
    clients = [client_as(name) for name in ("north", "south") * 5]
    found = together(*(partial(numbers, client) for client in clients))
    assert found == [{"slow": 210, "rows": 20}] * len(clients)
    assert reads(uri) - before == 2
    found = together(*(partial(numbers, client) for client in clients))
    assert found == [{"slow": 210, "rows": 20}] * len(clients)
    assert reads(uri) - before == 2


# --- who asks -------------------------------------------------------------------------------------


@pytest.mark.parametrize("threads", [4, 1, 0])
def test_viewers_who_read_side_by_side_see_only_their_own_rows(
    app: Flask, client_as: ClientAs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setitem(app.config, "KPI_READ_THREADS", threads)
    facts.write(tmp_path / "facts.db")
    with app.app_context():
        dataset = facts.register(tmp_path / "facts.db")
        people.add_reader("north", [dataset], "region = 'North'")
        people.add_reader("south", [dataset], "region = 'South'")
    make(
        client_as("admin"),
        read("amount", dataset, "amount"),
        read("mine", dataset, "rows", where("amount > 0")),
        read("northern", dataset, "amount", equal("region", "North")),
        read("southern", dataset, "amount", equal("region", "South")),
    )
    expected = {
        "north": {"amount": 210, "mine": 20, "northern": 210, "southern": None},
        "south": {"amount": 420, "mine": 20, "northern": None, "southern": 420},
        "admin": {"amount": 630, "mine": 40, "northern": 210, "southern": 420},
    }
    clients = [client_as(name) for name in [*expected, *expected]]
    for force in (True, True, False, False):
        found = together(*(partial(numbers, client, force=force) for client in clients))
        assert found == [expected[str(client.username)] for client in clients]


def test_guests_who_read_side_by_side_see_only_their_own_rows(
    app: Flask, client_as: ClientAs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from superset.extensions import feature_flag_manager

    facts.write(tmp_path / "facts.db")
    with app.app_context():
        from superset.connectors.sqla.models import SqlaTable
        from superset.extensions import db, security_manager

        dataset = facts.register(tmp_path / "facts.db")
        table = db.session.query(SqlaTable).filter_by(uuid=dataset).one()
        table_id = table.id
        role = security_manager.find_role(app.config["GUEST_ROLE_NAME"])
        role.permissions.append(security_manager.add_permission_view_menu("datasource_access", table.perm))
        db.session.commit()
    monkeypatch.setitem(feature_flag_manager._feature_flags, "EMBEDDED_SUPERSET", True)
    make(client_as("admin"), read("amount", dataset, "amount"), read("rows", dataset, "rows", where("1 = 1")))

    def evaluated(region: str) -> tuple[float, float]:
        from flask import g
        from superset.extensions import db, security_manager

        from superset_kpi_plugin.models import KpiTree
        from superset_kpi_plugin.services.evaluation import evaluate_tree

        rule = {"dataset": table_id, "clause": f"region = '{region}'"}
        token = {"user": {}, "resources": [{"type": "dashboard", "id": "x"}], "rls_rules": [rule]}
        with app.test_request_context("/"):
            g.user = security_manager.get_guest_user_from_token({**token, "iat": 0, "exp": 1})
            tree = db.session.query(KpiTree).filter_by(slug="star").one()
            nodes = evaluate_tree(tree, period="2026-10")["nodes"]
            return nodes["amount"]["actual"], nodes["rows"]["actual"]

    for _ in range(2):
        regions = ("North", "South") * 3
        found = together(*(partial(evaluated, region) for region in regions))
        assert found == [(210, 20), (420, 20)] * 3


class Connection(str):
    """Named by its schema, of a database that knows no settings."""

    rolled_back = False

    def cursor(self) -> Any:
        raise NotImplementedError

    def rollback(self) -> None:
        self.rolled_back = True


class Server:
    """Stands for Superset's class of databases; `moving` are those that are being opened or closed."""

    id = 1

    def __init__(self, engine: str, moving: list[int]) -> None:
        self.engine = engine
        self.moving = moving
        self.alone = True

    @property
    def db_engine_spec(self) -> SimpleNamespace:
        return SimpleNamespace(engine=self.engine)

    @contextmanager
    def get_raw_connection(self, schema: str = "public") -> Iterator[Connection]:
        self._move()
        yield Connection(schema)
        self._move()

    def _move(self) -> None:
        self.moving.append(1)
        time.sleep(0.01)
        self.alone &= len(self.moving) == 1
        self.moving.pop()


@pytest.fixture
def in_turn(app: Flask) -> Callable[..., Any]:
    """A database as the threads have it; all of them share one time limit."""
    from superset_kpi_plugin.services.running import Clock, InTurn

    class ServerInTurn(InTurn, Server):
        """As `_DatabaseInTurn` mixes it into Superset's."""

    with app.app_context():
        clock = Clock()

    def make(engine: str, connections: list[int]) -> Any:
        server = ServerInTurn(engine, connections)
        server.clock = clock
        return server

    return make


def test_a_read_prepares_alone_until_it_asks_for_a_connection(
    in_turn: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from superset_kpi_plugin.services import running

    monkeypatch.setattr(running, "_LONGEST_TURN", 60)
    database, prepared = in_turn("postgresql", []), threading.Event()

    def prepare() -> None:
        with running._in_turn():
            prepared.set()

    with ThreadPoolExecutor(1) as pool, running._in_turn():
        other = pool.submit(prepare)
        assert running._turn.locked()
        assert not prepared.is_set()
        with database.get_raw_connection(schema="s") as one, database.get_raw_connection() as two:
            assert (one, two) == ("s", "public")
        other.result(timeout=30)
    assert not running._turn.locked()


def test_a_database_that_takes_no_settings_is_read_nevertheless(in_turn: Callable[..., Any]) -> None:
    with in_turn("postgresql", []).get_raw_connection() as connection:
        assert connection.rolled_back
    with in_turn("sqlite", []).get_raw_connection() as connection:
        assert not connection.rolled_back


def test_postgresql_sorts_no_whole_rows_for_distinct_counts(
    app: Flask, sales: str, client_as: ClientAs
) -> None:
    """For the read's own transaction: behind a pooler, whoever has the connection next has it as it was."""
    from superset.connectors.sqla.models import SqlaTable
    from superset.extensions import db

    admin = client_as("admin")
    make(admin, read("presorts", sales, "presorts", accumulation="rate"))
    assert numbers(admin) == {"presorts": 0}
    with app.app_context():
        identity = db.session.query(SqlaTable.id).filter_by(uuid=sales).scalar()
    question = {
        "datasource": {"id": identity, "type": "table"},
        "queries": [{"metrics": ["presorts", "rows"], "columns": [], "filters": []}],
    }
    answer = admin.post("/api/v1/chart/data", json=question)
    assert answer.json["result"][0]["data"] == [{"presorts": 1, "rows": 42}]


def test_a_file_is_opened_and_closed_by_one_thread_at_a_time_and_read_by_all(
    in_turn: Callable[..., Any],
) -> None:
    moving: list[int] = []
    together = threading.Barrier(4, timeout=30)

    def read() -> bool:
        database = in_turn("duckdb", moving)
        for _again in range(5):
            with database.get_raw_connection():
                together.wait()
        return bool(database.alone)

    with ThreadPoolExecutor(4) as pool:
        assert [read.result() for read in [pool.submit(read) for _ in range(4)]] == [True] * 4


def test_a_read_that_waits_for_a_file_gives_up_when_its_time_is_over(in_turn: Callable[..., Any]) -> None:
    from superset_kpi_plugin.services import running

    database = in_turn("duckdb", [])

    def read() -> None:
        with database.get_raw_connection():
            raise AssertionError

    with ThreadPoolExecutor(1) as pool, running._gates.setdefault(1, threading.RLock()):
        database.clock.until = 0
        assert isinstance(pool.submit(read).exception(timeout=30), FutureTimeoutError)


def test_what_was_read_is_answered_though_another_hangs_in_opening_the_file(
    in_turn: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from superset_kpi_plugin.services import running

    monkeypatch.setattr(running, "_LONGEST_CLOSING", 0.1)
    database, opened, hung = in_turn("duckdb", []), threading.Event(), threading.Event()

    def read() -> str:
        with database.get_raw_connection():
            opened.set()
            assert hung.wait(30)
        return "answered"

    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(read)
        assert opened.wait(30)
        with running._gates[1]:
            hung.set()
            assert answer.result(timeout=30) == "answered"
        with database.get_raw_connection():
            pass


def test_nobody_waits_long_for_a_read_that_is_held_up_before_it_connects(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from superset_kpi_plugin.services import running

    monkeypatch.setattr(running, "_LONGEST_TURN", 0.01)

    def prepare() -> bool:
        with running._in_turn():
            return running._turn.locked()

    with ThreadPoolExecutor(1) as pool, running._in_turn():
        assert pool.submit(prepare).result(timeout=30)
        assert running._turn.locked(), "its end gave away somebody else's turn"


def test_a_file_that_duckdb_is_about_to_close_is_opened_a_moment_later(
    app: Flask, client_as: ClientAs, sales: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from superset.models.core import Database

    busy = ["Binder Error: Unique file handle conflict: the database file is already attached"] * 3
    get_df = Database.get_df

    def closing_at_first(self: Database, *args: Any, **options: Any) -> Any:
        if busy:
            raise RuntimeError(busy.pop())
        return get_df(self, *args, **options)

    monkeypatch.setattr(Database, "get_df", closing_at_first)
    admin = client_as("admin")
    make(admin, read("amount", sales, "amount"))
    assert numbers(admin) == {"amount": 420}
    assert busy == []


def test_a_thread_asks_as_the_requests_user_without_loading_them_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Superset leaves row-level security out where there is no user."""
    from flask import g
    from sqlalchemy import inspect

    with app.test_request_context("/"):
        from superset.extensions import db, security_manager

        from superset_kpi_plugin.services.running import _Caller

        g.user = security_manager.find_user("gamma")
        roles = {role.name for role in g.user.roles}
        caller = _Caller()
        theirs = g.user
    monkeypatch.setattr(security_manager, "get_user_by_id", lambda _id: None)
    with caller.again():
        assert g.user is not theirs
        assert inspect(g.user).session is db.session()
        assert {role.name for role in security_manager.get_user_roles()} == roles


def test_a_thread_that_superset_itself_fails_costs_only_its_own_nodes(
    app: Flask, client_as: ClientAs, sales: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from superset_kpi_plugin.services import running

    admin = client_as("admin")
    make(admin, read("amount", sales, "amount"), read("rows", sales, "rows", where("amount > 1")))

    class NoConnection(running.Source):
        def __init__(self, dataset: Any) -> None:
            if threading.current_thread().name.startswith("kpi-read"):
                raise RuntimeError("QueuePool limit reached")
            super().__init__(dataset)

    with monkeypatch.context() as patch:
        patch.setattr(running, "Source", NoConnection)
        result = asked(admin)
        assert actuals(result) == {"amount": None, "rows": None}
        assert "QueuePool limit reached" in reason(result, "amount")["message"]
    assert actuals(asked(admin)) == {"amount": 420, "rows": 38}


# --- requests that end too early ------------------------------------------------------------------


@contextmanager
def behind_a_port(app: Flask) -> Iterator[int]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield int(server.server_port)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_client_that_hangs_up_breaks_nothing(app: Flask, client_as: ClientAs, uri: str, sales: str) -> None:
    admin = client_as("admin")
    make(admin, read("slow", sales, "slow"), read("rows", sales, "rows", where("amount > 0")))
    cookie = admin.http.get_cookie("session")
    assert cookie is not None
    body = json.dumps(AS_OF)
    lines: Sequence[str] = (
        f"POST {ROUTE}star/evaluate HTTP/1.1",
        "Host: localhost",
        f"Cookie: session={cookie.value}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "",
        body,
    )
    with behind_a_port(app) as port:
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", port), 5) as request:
                request.sendall("\r\n".join(lines).encode())
        wait_until(lambda: reads(uri) == 1)
        assert actuals(asked(admin)) == {"slow": 420, "rows": 40}
        assert actuals(asked(admin, force=True)) == {"slow": 420, "rows": 40}
    assert reads(uri) == 2


def test_a_filter_by_a_number_that_no_float_holds_is_read_on_its_own(app_context: Flask) -> None:
    """Documents that were saved before such numbers were refused have them."""
    from superset.utils.core import GenericDataType

    from superset_kpi_plugin.services.queries import scalar_of

    assert scalar_of(GenericDataType.NUMERIC, 10**400) is None
