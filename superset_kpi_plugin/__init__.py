"""KPI trees for Apache Superset: a goal hierarchy over the datasets you already have.

In `superset_config.py`:

    from superset_kpi_plugin import init_app
    FLASK_APP_MUTATOR = init_app
    FEATURE_FLAGS = {"DYNAMIC_PLUGINS": True}

Where a mutator is there already, keep it: `FLASK_APP_MUTATOR = with_kpi_trees(my_mutator)`.
"""

from superset_kpi_plugin.plugin import init_app, with_kpi_trees

__all__ = ["__version__", "init_app", "with_kpi_trees"]

__version__ = "0.1.0"
