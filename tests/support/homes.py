"""Superset homes for tests: built once, kept in build/test-template, copied for whoever needs one.

Three layers, each made from the one before: Superset's own tables (kept as long as the pinned requirements
are the same), then the plugin's tables, roles and users, then the demo (kept as long as the plugin's sources
are the same).
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from tests.support.processes import ROOT, run

DEMO_UNTIL = date(2026, 10, 20)
USERS = {"admin": "Admin", "alpha": "Alpha", "gamma": "Gamma"}  # each one's password is its name
SECRET_KEY = "the-same-in-every-test-home-and-secret-nowhere"
TEMPLATES = ROOT / "build" / "test-template"
PACKAGE = ROOT / "superset_kpi_plugin"
_LONGEST_LOCK = 60


def environment(home: Path) -> dict[str, str]:
    """What superset_config.py needs to work in `home`."""
    return {
        "KPI_HOME": str(home),
        "KPI_SECRET_KEY": SECRET_KEY,
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(ROOT / "docker" / "superset_config.py"),
        "FLASK_APP": "superset.app:create_app()",
    }


def bare() -> Path:
    """The home to copy that has Superset's own tables and nothing else."""
    with _locked():
        return _layer("superset", _digest(_requirements()), _superset_tables)


def template(demo: bool) -> Path:
    """The home to copy: with the demo up to DEMO_UNTIL, or with users only."""
    with _locked():
        _forget_old()
        base = _layer("superset", _digest(_requirements()), _superset_tables)
        plain = _layer("plain", _digest([*_requirements(), *_sources()]), _seed(base))
        if not demo:
            return plain
        loaded = [*_requirements(), *_sources(), *_demo_files()]
        return _layer("demo", _digest(loaded, str(DEMO_UNTIL)), _seed(plain, "--demo"))


def superset_tables() -> Path:
    """The home to copy: Superset's own tables, nothing of the plugin."""
    with _locked():
        return _layer("superset", _digest(_requirements()), _superset_tables)


def copy(source: Path, target: Path) -> Path:
    ignored = shutil.ignore_patterns("demo-data", "logs", "cache", "whole")
    shutil.copytree(source, target, dirs_exist_ok=True, ignore=ignored)
    return target


def restore_metadata(source: Path, home: Path) -> None:
    """Make the metadata of `home` those of `source` again, under the feet of whoever has them open.

    :raises TimeoutError: somebody kept them locked; `backup` itself would try for ever
    """
    end = time.monotonic() + _LONGEST_LOCK

    def give_up(status: int, _remaining: int, _total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise TimeoutError(f"{home} was locked for {_LONGEST_LOCK} seconds")

    with (
        closing(sqlite3.connect(source / "superset.db")) as pristine,
        closing(sqlite3.connect(home / "superset.db", timeout=30)) as used,
    ):
        pristine.backup(used, progress=give_up)


def _superset_tables(home: Path) -> None:
    run("superset", "db", "upgrade", env=environment(home))


def _seed(base: Path, *options: str) -> Callable[[Path], None]:
    def make(home: Path) -> None:
        copy(base, home)
        run(sys.executable, "-m", "tests.support.seed", *options, env=environment(home))

    return make


def _layer(name: str, digest: str, make: Callable[[Path], None]) -> Path:
    """A demo names the path of its data, so a layer is made where it will stay, and marked when whole."""
    home = TEMPLATES / f"{name}-{digest}"
    whole = home / "whole"
    if not whole.exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        make(home)
        whole.touch()
    os.utime(home)
    return home


def _requirements() -> list[Path]:
    return [ROOT / "docker" / "requirements" / f"{name}.txt" for name in ("superset", "demo")]


def _sources() -> list[Path]:
    own = [path for path in PACKAGE.rglob("*.py") if "node_modules" not in path.parts]
    return [*own, *(ROOT / "migrations").rglob("*.py"), ROOT / "docker" / "superset_config.py"]


def _demo_files() -> list[Path]:
    files = (path for path in (PACKAGE / "demo").rglob("*") if path.is_file())
    return [path for path in files if path.suffix not in (".py", ".pyc")]


def _digest(files: Iterable[Path], *words: str) -> str:
    told = hashlib.sha256("\n".join(words).encode())
    for path in sorted(files):
        told.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return told.hexdigest()[:16]


@contextmanager
def _locked() -> Iterator[None]:
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with open(TEMPLATES / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _forget_old(days: float = 1) -> None:
    for home in TEMPLATES.iterdir():
        if home.is_dir() and home.stat().st_mtime < time.time() - days * 86400:
            shutil.rmtree(home, ignore_errors=True)
