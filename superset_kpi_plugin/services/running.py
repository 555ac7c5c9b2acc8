"""Running statements side by side, as the current user, within a time limit.

Superset's cache is looked at first, by the request itself. What is missing goes to a few threads per
database, so that one that hangs keeps nobody else waiting; a viewer who asks again for what is being read
waits for that read instead of starting another.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import ExitStack, closing, contextmanager, suppress
from copy import copy
from dataclasses import dataclass, replace
from inspect import unwrap
from io import BytesIO
from threading import Lock, RLock, local
from typing import Any, TypeVar

from flask import Flask, current_app, g, has_request_context, request
from superset.connectors.sqla.models import SqlaTable
from superset.extensions import db, security_manager
from superset.models.core import Database
from superset.security.guest_token import GuestUser

from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.security import itself, viewer_key
from superset_kpi_plugin.services.queries import (
    Answer,
    Failed,
    Query,
    Source,
    UnlikeLabels,
    every_number,
    log_entry,
    refusal,
)
from superset_kpi_plugin.services.statements import Statement

logger = logging.getLogger(__name__)

Stored = TypeVar("Stored")

THREADS = "KPI_READ_THREADS"
"""Superset configuration: how many statements run at once per database and process; 0 reads one by one."""
TIME_LIMIT = "KPI_READ_TIME_LIMIT"
"""Superset configuration: seconds in which a request's reading must end, below the web server's timeout."""
STATEMENT_LIMIT = "KPI_STATEMENT_LIMIT"
"""Superset configuration: seconds after which a database that can be told so ends a statement; 0 is never.

Longer than a request waits: an answer that comes late is there for whoever asks next.
"""
DEFAULT_THREADS = 4
DEFAULT_STATEMENT_LIMIT = 300
OPENED_ALONE = ("duckdb",)
"""Engines whose file cannot be opened by one thread while another closes it."""
PREPARING = {
    "postgresql": (
        "SELECT set_config(name, CASE name WHEN 'statement_timeout' THEN '{limit}' ELSE 'off' END, true) "
        "FROM pg_settings WHERE name = 'enable_presorted_aggregate' "
        "OR (name = 'statement_timeout' AND setting = '0')"
    ),
}
"""What engines are told for a read's transaction. From version 16 PostgreSQL sorts whole rows for one of the
distinct counts, which takes longer than all of them by themselves, the more the wider the rows are. Where
nobody has limited its statements, one that hangs would keep one of the few threads for ever."""
_CLOSING = "Unique file handle conflict"
"""What DuckDB says while another thread, a chart's perhaps, closes the file that is to be opened."""
_MOST_REOPENINGS = 5
_REOPENING_SECONDS = 0.05
_LONGEST_CLOSING = 1.0
RULES = "_rls_filter_cache"
"""Where Superset, since 6.1, keeps a request's row-level security rules: a statement asks for them twice."""
_SPARE_SECONDS = 10
_LONGEST_TURN = 0.1
_MOST_FAILURES = 50


@dataclass(frozen=True)
class Job:
    """A statement and the dataset it is for; the viewer may read it."""

    source: Source
    statement: Statement


class Clock:
    """How much of a request's time limit is left."""

    def __init__(self) -> None:
        config = current_app.config
        web_server = config.get("SUPERSET_WEBSERVER_TIMEOUT") or 60
        self.limit = float(config.get(TIME_LIMIT) or max(web_server - _SPARE_SECONDS, 1))
        self.until = time.monotonic() + self.limit

    @property
    def left(self) -> float:
        """Seconds, 0 when it is over."""
        return max(0.0, self.until - time.monotonic())


def run_all(jobs: Sequence[Job], force: bool, clock: Clock) -> list[Answer]:
    """An answer for each statement; what fails or comes too late is told in its answer."""
    answers: list[Answer | None] = []
    reads: list[Future[Answer] | None] = []
    caller = _Caller()
    threads = int(current_app.config.get(THREADS, DEFAULT_THREADS))
    for job in jobs:
        answer, key = _look_up(job, force)
        read = None
        if answer is None:
            if threads > 0:
                read = _start(caller, job, force, clock, threads, key)
            else:
                answer = Reader(job.source, force, clock).answer(job.statement)
        answers.append(answer)
        reads.append(read)
    started = time.monotonic()
    for index, read in enumerate(reads):
        if read is not None:
            answers[index] = _wait(read, jobs[index], clock, started)
    return [answer for answer in answers if answer is not None]


class Reader:
    """Reads one dataset's statements, one after another, as the current user."""

    def __init__(self, source: Source, force: bool, clock: Clock) -> None:
        self.source = source
        self.force = force
        self.clock = clock

    def answer(self, statement: Statement) -> Answer:
        """The statement's answer; where one number fails it all, the others' nevertheless.

        Where not even counting rows works, the filters or the database are to blame.
        """
        left = self.clock.left
        answer = self._attempt(statement)
        if answer.broken is None or not statement.metrics or self.clock.left < left / 2:
            return answer
        blameless = self._attempt(replace(statement, metrics=()))
        if blameless.broken is not None:
            answer.queries += blameless.queries
            return answer
        whole = Answer(rows=blameless.rows, queries=answer.queries + blameless.queries)
        self._add_halves(whole, statement, answer.broken)
        return whole

    def _add_halves(self, whole: Answer, statement: Statement, why: Failed) -> None:
        """Halve a failed statement until the bad metrics stand alone: a few statements for one among many."""
        if len(statement.metrics) == 1:
            self._add_groups(whole, statement, why)
            return
        for half in statement.halves():
            if not self.clock.left:
                whole.failed |= every_number(half, why, whole)
                continue
            answer = self._attempt(half)
            if answer.broken is None:
                whole.add(answer)
            else:
                whole.queries += answer.queries
                self._add_halves(whole, half, answer.broken)

    def _add_groups(self, whole: Answer, statement: Statement, why: Failed) -> None:
        """Halve the groups of one failed metric: it may divide by zero in one of them and not in others.

        Over no groups nothing is computed: what fails even there is broken. So is what fails time after time.
        A group without rows has no number that could fail.
        """
        whole.failed |= every_number(statement, why, whole)
        waiting, failures, succeeded = statement.halves()[::-1], 0, False
        if waiting:
            nowhere = self._attempt(replace(statement, rows=statement.rows._replace(where="1 = 0")))
            whole.queries += nowhere.queries
            waiting = waiting if nowhere.broken is None else []
        while waiting and self.clock.left and (succeeded or failures < _MOST_FAILURES):
            part = waiting.pop()
            numbers = every_number(part, why, whole)
            if not numbers:
                continue
            answer = self._attempt(part)
            if answer.broken is None:
                succeeded = True
                for number in numbers:
                    del whole.failed[number]
                whole.add(answer)
            else:
                failures += 1
                whole.queries += answer.queries
                whole.failed |= dict.fromkeys(numbers, answer.broken)
                waiting += part.halves()[::-1]

    def _attempt(self, statement: Statement) -> Answer:
        answer = self._attempt_once(statement)
        for _again in range(_MOST_REOPENINGS):
            if answer.broken is None or _CLOSING not in answer.broken.message:
                break
            time.sleep(_REOPENING_SECONDS)
            answer = self._attempt_once(statement)
        return answer

    def _attempt_once(self, statement: Statement) -> Answer:
        started = time.perf_counter()
        dataset = self.source.dataset
        try:
            return Query(self.source, statement, self.force).run()
        except UnlikeLabels:
            return self._one_by_one(statement, (time.perf_counter() - started) * 1000)
        # Broken Jinja or SQL raises anything at all, and must stay this statement's problem.
        except Exception as ex:
            logger.warning("A KPI tree's query on dataset %s failed", dataset.uuid, exc_info=True)
            why = getattr(ex, "message", None) or str(ex)
            return refusal(dataset, statement, why, (time.perf_counter() - started) * 1000)

    def _one_by_one(self, statement: Statement, milliseconds: float) -> Answer:
        dataset = self.source.dataset
        if len(statement.values) == 1:
            text = _("There are more members or windows than one answer of Superset holds: choose fewer.")
            return refusal(dataset, statement, text, milliseconds)
        text = _("The groups did not match the filters' values for sure; each was read on its own.")
        whole = Answer(queries=[log_entry(dataset, statement, milliseconds, error=text)])
        for one in statement.one_by_one():
            whole.add(self.answer(one))
        return whole


def _look_up(job: Job, force: bool) -> tuple[Answer | None, str | None]:
    """What the cache holds, and what the read is known by where it holds nothing.

    Who asks past the cache must not be given a read that began earlier.
    """
    if force:
        return None, None
    try:
        query = Query(job.source, job.statement, force)
        return query.cached(), f"{viewer_key()} {query.cache_key}"
    # Whatever is wrong with it is told by the read itself.
    except Exception:
        return None, None


def _wait(read: Future[Answer], job: Job, clock: Clock, started: float) -> Answer:
    try:
        return read.result(timeout=clock.left)
    except FutureTimeoutError:
        text = _(
            "The database gave no answer within %(seconds)s seconds. Try again later, or ask for less: a "
            "shorter window, less history.",
            seconds=f"{clock.limit:g}",
        )
        return refusal(job.source.dataset, job.statement, text, (time.monotonic() - started) * 1000)
    # Superset's own database may have failed the thread: no connection left, the dataset or the user gone.
    except Exception as ex:
        logger.warning("A KPI tree's read failed", exc_info=True)
        return refusal(job.source.dataset, job.statement, ex, (time.monotonic() - started) * 1000)


_pools: dict[int, ThreadPoolExecutor] = {}
_reads: dict[str, tuple[Future[Answer], Clock]] = {}
"""What is being read, and until when somebody waits for it."""
_gates: dict[int, Any] = {}
"""By database, who may open or close its file."""
_lock = Lock()
_turn = Lock()
_holder = local()


def _forget() -> None:
    """A forked worker has none of its parent's threads."""
    global _lock, _turn
    _lock, _turn = Lock(), Lock()
    _pools.clear()
    _reads.clear()
    _gates.clear()


os.register_at_fork(after_in_child=_forget)


def _start(
    caller: _Caller, job: Job, force: bool, clock: Clock, threads: int, key: str | None
) -> Future[Answer]:
    """The read under way for this key, else a new one."""
    with _lock:
        if key is not None and key in _reads:
            read, its_clock = _reads[key]
            its_clock.until = max(its_clock.until, clock.until)
            return read
        dataset = job.source.dataset
        name = f"kpi-read-{dataset.database_id}"
        pool = _pools.setdefault(dataset.database_id, ThreadPoolExecutor(threads, name))
        its_clock = copy(clock)
        read = pool.submit(_read, caller, dataset, job.statement, force, its_clock)
        if key is not None:
            _reads[key] = read, its_clock
    if key is not None:
        read.add_done_callback(_ended(key))
    return read


def _ended(key: str) -> Callable[[Future[Answer]], None]:
    def forget(read: Future[Answer]) -> None:
        with _lock:
            if key in _reads and _reads[key][0] is read:
                del _reads[key]

    return forget


@contextmanager
def _in_turn() -> Iterator[None]:
    """One read prepares its statement after another, until its database is asked.

    Preparing is computing, which Python does for one thread at a time: side by side, all statements would
    reach their databases late. Nobody waits long for a turn; somebody may be held up in theirs.
    """
    turn = _turn
    _holder.turn = turn if turn.acquire(timeout=_LONGEST_TURN) else None
    try:
        yield
    finally:
        _end_turn()


def _end_turn() -> None:
    turn, _holder.turn = getattr(_holder, "turn", None), None
    if turn is not None:
        turn.release()


class InTurn:
    """What a database does otherwise in a thread that reads: mixed into Superset's class.

    Where a file cannot be opened while it is being closed, threads do either one after another.
    """

    id: int
    clock: Clock

    # Superset works it out from the database's address, some seventy times for a statement.
    @property
    def db_engine_spec(self) -> Any:
        """How the database writes SQL."""
        if "_spec" not in vars(self):
            self._spec = super().db_engine_spec  # type: ignore[misc]
        return self._spec

    # Superset makes three for a statement, each from the address.
    def _get_sqla_engine(self, *args: Any, **options: Any) -> Any:
        engines = vars(self).setdefault("_engines", {})
        wanted = args, tuple(options.items())
        if wanted not in engines:
            engines[wanted] = super()._get_sqla_engine(*args, **options)  # type: ignore[misc]
        return engines[wanted]

    def load_into_dataframe(self, *args: Any) -> Any:
        """The rows as a frame, without an entry of its own beside the statement's in the action log."""
        return unwrap(Database.load_into_dataframe)(self, *args)

    @contextmanager
    def get_raw_connection(self, *args: Any, **options: Any) -> Iterator[Any]:
        """A connection; the turn to prepare is over."""
        _end_turn()
        with ExitStack() as stack:
            alone = self.db_engine_spec.engine in OPENED_ALONE
            gate = _gates.setdefault(self.id, RLock())
            if alone:
                if not gate.acquire(timeout=self.clock.left):
                    raise FutureTimeoutError
                stack.callback(_release, gate)
            connection = stack.enter_context(super().get_raw_connection(*args, **options))  # type: ignore[misc]
            if alone:
                gate.release()
                stack.callback(gate.acquire, timeout=_LONGEST_CLOSING)
            self._prepare(connection)
            yield connection

    def _prepare(self, connection: Any) -> None:
        statement = PREPARING.get(self.db_engine_spec.engine)
        if statement is None:
            return
        try:
            with closing(connection.cursor()) as cursor:
                seconds = float(current_app.config.get(STATEMENT_LIMIT, DEFAULT_STATEMENT_LIMIT))
                cursor.execute(statement.format(limit=round(seconds * 1000)))
                cursor.fetchall()
        # Other databases call themselves PostgreSQL as well.
        except Exception:
            logger.debug(
                "A database of the kind %s cannot be told", self.db_engine_spec.engine, exc_info=True
            )
            connection.rollback()


def _release(gate: Any) -> None:
    """Who waited long enough for another's opening has closed without the gate, and has none to give back."""
    with suppress(RuntimeError):
        gate.release()


class _DatabaseInTurn(InTurn, Database):
    """No mapping of its own: rows of the thread's own session take it on."""

    __abstract__ = True


def _read(caller: _Caller, loaded: SqlaTable, statement: Statement, force: bool, clock: Clock) -> Answer:
    with _in_turn(), caller.again():
        if not clock.left:
            raise FutureTimeoutError
        # Superset's action log commits this session between the steps of a query: what is loaded stays good.
        db.session().expire_on_commit = False
        dataset = _of_this_session(loaded)
        dataset.database.__class__ = _DatabaseInTurn
        dataset.database.clock = clock
        return Reader(Source(dataset), force, clock).answer(statement)


def _of_this_session(loaded: Stored) -> Stored:
    """The same row, as far as the request has loaded it, without asking Superset's database for it again."""
    row: Stored = db.session.merge(loaded, load=False)
    return row


class _Caller:
    """Who asks, and how, for a thread: the same user, request and language, in a context of its own."""

    def __init__(self) -> None:
        self.app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]
        self.user: Any = getattr(g, "user", None)
        user = itself(self.user)
        self.stored: Any = user if isinstance(user, security_manager.user_model) else None
        self.rules: Any = getattr(g, RULES, None)
        self.environ: dict[str, Any] | None = None
        if has_request_context():
            # A template may look at the request; its body has been read already.
            kept = {key: value for key, value in request.environ.items() if not key.startswith("werkzeug.")}
            self.environ = kept
            self.body = request.get_data(cache=True)

    @contextmanager
    def again(self) -> Iterator[None]:
        """A context in which the caller is the current user."""
        environ = self.environ
        here = (
            self.app.app_context()
            if environ is None
            else self.app.request_context({**environ, "wsgi.input": BytesIO(self.body)})
        )
        with here:
            g.user = self._user()
            if self.rules is not None:
                setattr(g, RULES, copy(self.rules))
            yield

    def _user(self) -> Any:
        """The user, with roles of this thread's own session."""
        if isinstance(self.user, GuestUser):
            return security_manager.get_guest_user_from_token(self.user.guest_token)
        return self.user if self.stored is None else _of_this_session(self.stored)
