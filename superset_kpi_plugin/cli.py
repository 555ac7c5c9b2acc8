"""`superset kpi …`. Imports stay inside the commands: this module is loaded before Superset's app exists."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup

kpi = AppGroup("kpi", help="KPI trees: database, checks, demo.")
database = AppGroup("db", help="The plugin's own tables, beside Superset's.")
kpi.add_command(database)


@database.command()
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Create or upgrade the plugin's tables, and its "KPI trees" dataset."""
    from superset_kpi_plugin import database as tables
    from superset_kpi_plugin.sql.dataset import sync_dataset

    tables.upgrade(revision)
    if tables.current_revision() == tables.head_revision():
        sync_dataset()
    click.echo(f"KPI trees: tables at {tables.current_revision()}. Now run: superset init")


@database.command()
@click.argument("revision")
@click.confirmation_option(prompt="Downgrading to base deletes every KPI tree. Go on?")
def downgrade(revision: str) -> None:
    """Take the plugin's tables back to REVISION; `base` removes them and every tree in them."""
    from superset_kpi_plugin import database as tables
    from superset_kpi_plugin.sql.dataset import remove_dataset

    tables.downgrade(revision)
    if tables.current_revision() is None:
        remove_dataset()
    click.echo(f"KPI trees: tables at {tables.current_revision() or 'base'}")


@database.command()
def current() -> None:
    """Show the revision of the plugin's tables and the newest one."""
    from superset_kpi_plugin import database as tables

    click.echo(f"{tables.current_revision() or 'base'} (newest: {tables.head_revision()})")


@kpi.command()
def doctor() -> None:
    """Check this installation and say what to mend; exits 1 where something must be."""
    from superset_kpi_plugin.services.doctor import examine

    findings = examine()
    for finding in findings:
        click.echo(f"{'ok  ' if finding.ok else 'MEND'}  {finding.what}")
        if not finding.ok:
            click.echo(f"      → {finding.mend}")
    if not all(finding.ok for finding in findings):
        raise SystemExit(1)


@kpi.command("load-demo")
@click.option(
    "--data-dir", type=click.Path(path_type=Path, file_okay=False), required=True, help="For its DuckDB file."
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day with data; today by default.")
def load_demo(data_dir: Path, until: datetime | None) -> None:
    """Load the demo: marketing datasets, the tree `marketing-automation` and a dashboard."""
    try:
        from superset_kpi_plugin.demo.load import load_demo as load
    except ModuleNotFoundError as ex:
        raise click.ClickException(
            f"The demo needs {ex.name}: pip install 'superset-kpi-plugin[demo]'"
        ) from None
    load(data_dir, until.date() if until else None)
