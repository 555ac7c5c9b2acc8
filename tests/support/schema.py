"""Take the plugin's tables up, down and up again in a database of its own, and tell what was seen as JSON.

Run as a program: which database is meant is read when Superset is first imported.
"""

from __future__ import annotations

import json
from typing import Any


def main() -> None:
    from superset.app import create_app

    app = create_app()
    with app.app_context():
        print(json.dumps(observe()))


def observe() -> dict[str, Any]:
    import sqlalchemy as sa
    from superset.extensions import db

    from superset_kpi_plugin import database
    from superset_kpi_plugin.models import TABLES

    def seen() -> dict[str, Any]:
        names = set(sa.inspect(db.engine).get_table_names())
        with db.engine.connect() as connection:
            superset = connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()
        return {
            "ours": sorted(names & TABLES),
            "others": len(names - TABLES),
            "superset": superset,
            "revision": database.current_revision(),
        }

    told: dict[str, Any] = {
        "models": sorted(TABLES),
        "dialect": db.engine.dialect.name,
        "head": database.head_revision(),
        "before": seen(),
    }
    database.upgrade()
    told["up"] = seen()
    told["differences"] = differences()
    database.upgrade()
    told["up again"] = seen()
    told["trees"] = trees_on_the_way_to_the_first_revision_and_back()
    database.downgrade("base")
    told["down"] = seen()
    database.upgrade()
    told["up after down"] = seen()
    told["differences after down"] = differences()
    return told


def trees_on_the_way_to_the_first_revision_and_back() -> list[list[str]]:
    """A stored tree's slug and node key at the newest revision, at the first, and at the newest again."""
    import sqlalchemy as sa
    from superset.extensions import db

    from superset_kpi_plugin import database
    from superset_kpi_plugin.models import KpiNode, KpiTree

    node = KpiNode(key="goal", name="Goal", direction="increase", accumulation="flow", source="manual")
    db.session.add(KpiTree(slug="kept", name="Kept", grain="month", holidays="DE", nodes=[node]))
    db.session.commit()
    db.session.remove()

    def kept() -> list[str]:
        with db.engine.connect() as connection:
            rows = [
                connection.execute(sa.text(f"SELECT {column} FROM {table}")).scalars().all()
                for column, table in (("slug", "kpi_tree"), ("key", "kpi_node"))
            ]
        return [*rows[0], *rows[1]]

    told = [kept()]
    for move in (lambda: database.downgrade("0001"), database.upgrade):
        move()
        told.append(kept())
    return told


def differences() -> list[str]:
    """What Alembic would still change to make the database match the models."""
    import sqlalchemy as sa
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from flask_appbuilder import Model
    from sqlalchemy_utils import UUIDType
    from superset.extensions import db

    from superset_kpi_plugin.models import TABLES

    def ours(item: Any, name: str, kind: str, reflected: bool, other: Any) -> bool:
        return (name if kind == "table" else item.table.name) in TABLES

    def same_type(context: Any, column: Any, model: Any, reflected: Any, model_type: Any) -> bool | None:
        # SQLite gives BINARY(16) back as NUMERIC(16); every other difference counts.
        uuid = (
            isinstance(model_type, UUIDType)
            and isinstance(reflected, sa.Numeric)
            and reflected.precision == 16
        )
        return False if uuid and context.dialect.name == "sqlite" else None

    with db.engine.connect() as connection:
        options = {"compare_type": same_type, "include_object": ours}
        context = MigrationContext.configure(connection, opts=options)
        return [repr(change) for change in compare_metadata(context, Model.metadata)]


if __name__ == "__main__":
    main()
