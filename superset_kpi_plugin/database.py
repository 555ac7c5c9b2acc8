"""The plugin's own Alembic history, beside Superset's and apart from it."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from superset.extensions import db

VERSION_TABLE = "alembic_version_kpi"


def migrations_dir() -> Path:
    """Where the migrations are: inside the installed wheel, else at the top of the source tree."""
    packaged = Path(__file__).parent / "migrations"
    return packaged if packaged.is_dir() else packaged.parents[1] / "migrations"


def alembic_config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file; `env.py` takes the connection from it."""
    config = Config()
    config.set_main_option("script_location", str(migrations_dir()).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(revision: str = "head") -> None:
    """Bring the plugin's tables to `revision`; doing it twice changes nothing."""
    with db.engine.connect() as connection:
        command.upgrade(alembic_config(connection), revision)


def downgrade(revision: str) -> None:
    """Take the plugin's tables back to `revision` (`base` removes them and every tree in them)."""
    with db.engine.connect() as connection:
        command.downgrade(alembic_config(connection), revision)


def current_revision() -> str | None:
    """The revision the database is at, or None where the plugin's tables were never made."""
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        revision: str | None = context.get_current_revision()
        return revision


def head_revision() -> str | None:
    """The newest revision that this version of the plugin brings."""
    head: str | None = ScriptDirectory.from_config(alembic_config()).get_current_head()
    return head
