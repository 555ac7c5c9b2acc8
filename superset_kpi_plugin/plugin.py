"""The one module that touches Superset's app object.

Everything is imported inside the functions: `superset_config.py` imports this module before Superset exists,
and a model that is imported before Superset's security manager is up would have its table made outside of the
migrations.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask
    from flask_appbuilder.security.manager import BaseSecurityManager

    Mutator = Callable[[Flask], None]


def init_app(app: Flask) -> None:
    """Add KPI trees to a Superset app. For `FLASK_APP_MUTATOR`, which runs before Superset's own views."""
    from superset.extensions import appbuilder, csrf

    from superset_kpi_plugin.api.trees import KpiTreeRestApi
    from superset_kpi_plugin.assets import register_assets
    from superset_kpi_plugin.pages import add_pages
    from superset_kpi_plugin.sql import register_dialect

    _keep_gamma_from_writing(appbuilder.sm)
    _grant_dataset_after_role_sync(appbuilder.sm)
    _cache_trees_by_viewer(appbuilder.sm)
    register_dialect()
    register_assets(app)
    appbuilder.add_api(KpiTreeRestApi)
    add_pages(appbuilder)
    # They read, and the guest of an embedded dashboard has no token: as for Superset's own chart data.
    api = KpiTreeRestApi
    for route in (api.evaluate, api.contributions, api.seek, api.proof):
        csrf.exempt(f"{route.__module__}.{route.__name__}")


def with_kpi_trees(mutator: Mutator | None) -> Mutator:
    """A mutator that runs `mutator`, if there is one, and then adds KPI trees."""

    def mutate(app: Flask) -> None:
        if mutator is not None:
            mutator(app)
        init_app(app)

    return mutate


def _keep_gamma_from_writing(sm: BaseSecurityManager) -> None:
    from superset_kpi_plugin.security import PERMISSION_VIEW

    sm.GAMMA_READ_ONLY_MODEL_VIEWS = set(sm.GAMMA_READ_ONLY_MODEL_VIEWS) | {PERMISSION_VIEW}


def _grant_dataset_after_role_sync(sm: BaseSecurityManager) -> None:
    """`superset init` resets the built-in roles: the grant of the "KPI trees" dataset comes after it."""
    from superset_kpi_plugin.sql.dataset import sync_dataset

    sync_roles = sm.sync_role_definitions

    def sync_roles_then_dataset() -> None:
        sync_roles()
        sync_dataset()

    sm.sync_role_definitions = sync_roles_then_dataset


def _cache_trees_by_viewer(sm: BaseSecurityManager) -> None:
    """Who asks decides the rows of the virtual database, so who asks is part of their cache keys.

    A dataset's `cache_timeout` of -1 does not keep a chart or a request from bringing a timeout of its own.
    """
    from superset_kpi_plugin.security import viewer_key

    rls_cache_key = sm.get_rls_cache_key

    def rls_and_viewer(datasource: Any) -> list[str]:
        key: list[str] = rls_cache_key(datasource)
        database = getattr(datasource, "database", None)
        # Every statement of every chart comes here; `backend` would parse the address each time.
        ours = database is not None and str(database.sqlalchemy_uri).startswith(("kpi:", "kpi+"))
        return [*key, viewer_key()] if ours else key

    sm.get_rls_cache_key = rls_and_viewer
