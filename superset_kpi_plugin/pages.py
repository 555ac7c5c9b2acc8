"""The page "KPI Trees": Superset's own shell with its navigation bar, and a root for the bundle.

Superset's frontend knows no such address and draws its bar alone; what stands below is ours
(`frontend/src/page`). Every address under `/kpi/trees/` gives the same shell: the bundle reads the address.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from flask import Response, g, url_for
from flask_appbuilder import BaseView, expose, has_access
from flask_appbuilder.menu import Menu
from flask_babel import LazyString
from superset.utils import json

from superset_kpi_plugin.assets import PAGE, bundle_version, page_chunks
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.security import PERMISSION_VIEW

MENU_NAME = "KPI Trees"
NEW = "new"
"""In a tree's place in the address: one that is not there yet."""


class KpiTreesView(BaseView):
    """Whoever may read KPI trees may open the page; what they may do there, the API decides."""

    route_base = "/kpi/trees"
    default_view = "trees"
    class_permission_name = PERMISSION_VIEW
    method_permission_name: ClassVar[dict[str, str]] = {"trees": "read", "tree": "read", "edit": "read"}

    @expose("/")
    @has_access
    def trees(self) -> Response:
        """The list."""
        return self._shell("list")

    @expose("/<id_or_slug>/")
    @has_access
    def tree(self, id_or_slug: str) -> Response:
        """One tree for its readers, and under `new` the start of another; the API says if it is there."""
        return self._shell("start" if id_or_slug == NEW else "tree")

    @expose("/<id_or_slug>/edit/")
    @has_access
    def edit(self, id_or_slug: str) -> Response:
        """One tree for its editors."""
        return self._shell("edit")

    def _shell(self, screen: str) -> Response:
        page = {
            "kpi_title": _("KPI Trees"),
            "kpi_base": url_for(f"{self.endpoint}.trees"),
            "kpi_bundle": url_for("kpi_tree_assets.static", filename=PAGE.name, v=bundle_version(PAGE)),
            "kpi_chunks": [
                url_for("kpi_tree_assets.static", filename=chunk) for chunk in page_chunks().get(screen, ())
            ],
        }
        return self.render_template("kpi_tree/page.html", **page, **_host_context())


def add_pages(appbuilder: Any) -> None:
    """Add the page and its entry at the end of the navigation bar."""
    appbuilder.add_view(KpiTreesView, MENU_NAME, label=LazyString(_, "KPI Trees"), icon="fa-sitemap")
    _stand_last(appbuilder.menu)


def _stand_last(menu: Menu) -> None:
    """What is added before Superset's own views would come first in its bar, before Dashboards."""
    get_data: Callable[..., list[Any]] = menu.get_data

    def data_with_ours_last(menu: Any = None) -> list[Any]:
        return sorted(get_data(menu), key=lambda item: item != "-" and item["name"] == MENU_NAME)

    menu.get_data = data_with_ours_last


def _host_context() -> dict[str, Any]:
    """What `superset/spa.html` is rendered with, in Superset 6.1 and in older ones."""
    try:
        from superset.views.base import get_spa_template_context
    except ImportError:
        from superset.views.base import common_bootstrap_payload
        from superset.views.utils import bootstrap_user_data

        payload = {
            "user": bootstrap_user_data(g.user, include_perms=True),
            "common": common_bootstrap_payload(),
        }
        bootstrap = json.dumps(payload, default=json.pessimistic_json_iso_dttm_ser)
        return {"entry": "spa", "bootstrap_data": bootstrap}
    context: dict[str, Any] = get_spa_template_context("spa")
    return context
