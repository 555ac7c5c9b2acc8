"""Loading the demo, step by step. Running it again mends what is missing and keeps what people changed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click
from superset.extensions import db, security_manager
from superset.utils.core import override_user

from superset_kpi_plugin.demo.dashboard import SLUG as DASHBOARD_SLUG
from superset_kpi_plugin.demo.dashboard import ensure_dashboard
from superset_kpi_plugin.demo.datasets import ensure_datasets
from superset_kpi_plugin.demo.rows import generate
from superset_kpi_plugin.demo.tree import SLUG, tree_document

FILE_NAME = "kpi_demo.duckdb"


def load_demo(data_dir: Path, until: date | None = None) -> None:
    """Rows, datasets, tree and dashboard, with data up to `until` (today). Needs a user with the role Admin.

    An existing data file, tree and dashboard are left as they are.
    """
    last_day = until or date.today()
    owner = _admin()
    path = data_dir / FILE_NAME
    with override_user(owner):
        _load_rows(path, last_day)
        datasets = ensure_datasets(path)
        db.session.commit()
        click.echo(f"Demo: {len(datasets)} datasets in the database 'KPI demo'.")
        _load_tree(owner, last_day)
        made = ensure_dashboard(datasets, owner)
        db.session.commit()
        click.echo(f"Demo: dashboard /superset/dashboard/{DASHBOARD_SLUG}/ {'made' if made else 'kept'}.")


def _admin() -> Any:
    """The first active admin; tree, charts and dashboard are theirs."""
    role = security_manager.find_role("Admin")
    users = sorted((user for user in role.user if user.is_active), key=lambda user: user.id) if role else []
    if not users:
        raise click.ClickException("The demo needs an admin: run `superset fab create-admin` first.")
    return users[0]


def _load_rows(path: Path, last_day: date) -> None:
    if path.exists():
        click.echo(f"Demo: rows in {path} kept.")
        return
    generate(path, last_day)
    click.echo(f"Demo: rows up to {last_day} written to {path}.")


def _load_tree(owner: Any, last_day: date) -> None:
    from superset_kpi_plugin.models import KpiTree
    from superset_kpi_plugin.services.trees import create_tree

    if db.session.query(KpiTree.id).filter_by(slug=SLUG).first() is not None:
        click.echo(f"Demo: tree {SLUG} kept.")
        return
    document = tree_document(owner.id, last_day)
    create_tree(document)
    db.session.commit()
    click.echo(f"Demo: tree {SLUG} made, {len(document['nodes'])} nodes.")
