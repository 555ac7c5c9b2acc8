"""How Superset names the virtual database in its own screens."""

from superset.db_engine_specs.shillelagh import ShillelaghEngineSpec


class KpiEngineSpec(ShillelaghEngineSpec):
    engine = "kpi"
    engine_name = "KPI trees"
    drivers = {"": "KPI trees"}  # noqa: RUF012
    default_driver = ""
    sqlalchemy_uri_placeholder = "kpi://"
    supports_file_upload = False
