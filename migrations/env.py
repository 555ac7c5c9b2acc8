"""Run the plugin's migrations on the connection handed over by `superset_kpi_plugin.database`."""

from alembic import context
from flask_appbuilder import Model

from superset_kpi_plugin.database import VERSION_TABLE
from superset_kpi_plugin.models import TABLES


def include_object(obj, name, type_, reflected, compare_to):
    """Only the plugin's own tables: Superset's belong to Superset's history."""
    table = obj if type_ == "table" else obj.table
    return table.name in TABLES


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Model.metadata,
    version_table=VERSION_TABLE,
    include_object=include_object,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
