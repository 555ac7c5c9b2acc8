"""The bundles: where they are served, and how the stock frontend is told to load the chart's."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, after_this_request, jsonify, request, template_rendered, url_for
from flask_login import current_user
from jinja2 import Template
from superset import is_feature_enabled
from superset.extensions import db
from superset.models.dynamic_plugins import DynamicPlugin

VIZ_TYPE = "kpi_tree"
HOST_PAGE = "superset/spa.html"
PACKAGE_DIR = Path(__file__).parent
STATIC_DIR = PACKAGE_DIR / "static"
ENTRY = STATIC_DIR / "kpi-tree.js"
PAGE = STATIC_DIR / "page.js"
PAGE_CHUNKS = STATIC_DIR / "page.json"

COUNT = {
    "expressionType": "SIMPLE",
    "aggregate": "COUNT",
    "column": {"column_name": "uuid"},
    "label": "trees",
}

blueprint = Blueprint(
    "kpi_tree_assets",
    __name__,
    static_folder=str(STATIC_DIR),
    static_url_path="/static",
    template_folder=str(PACKAGE_DIR / "templates"),
    url_prefix="/kpi_tree",
)


@cache
def bundle_version(bundle: Path) -> str:
    """A short hash of an entry, so that browsers may keep it for a year and still see a new one at once."""
    return hashlib.sha256(bundle.read_bytes()).hexdigest()[:12] if bundle.is_file() else "missing"


@cache
def page_chunks() -> dict[str, list[str]]:
    """The files that each screen of the page imports, below `static/`, named by their contents."""
    if not PAGE_CHUNKS.is_file():
        return {}
    chunks: dict[str, list[str]] = json.loads(PAGE_CHUNKS.read_text())
    return chunks


def bundle_url() -> str:
    return url_for("kpi_tree_assets.static", filename=ENTRY.name, v=bundle_version(ENTRY))


def read_dynamic_plugins() -> Response:
    """The list of run-time plugins that Superset's frontend asks for.

    Superset 6 has the frontend's half of this endpoint but not the server's; 4.1 and 5.0 have both, and this
    answer keeps the plugins registered there. The bundle is public, like Superset's own: charts on public and
    embedded dashboards need it. Rows of the table are for people who are logged in, as in Superset.
    """
    result = [{"id": 0, "name": "KPI Tree", "key": VIZ_TYPE, "bundle_url": bundle_url()}]
    if current_user.is_authenticated:
        rows = (
            db.session.query(DynamicPlugin).filter(DynamicPlugin.key != VIZ_TYPE).order_by(DynamicPlugin.id)
        )
        result += [
            {"id": row.id, "name": row.name, "key": row.key, "bundle_url": row.bundle_url} for row in rows
        ]
    return jsonify({"count": len(result), "ids": [row["id"] for row in result], "result": result})


def preload_bundle(_app: Flask, template: Template, **_: object) -> None:
    """Have the browser fetch the bundle beside the host's own scripts, not only after the list of plugins.

    Explore keeps the control panel that it could build when it was drawn first: a bundle that arrives after
    the chart's own description would leave it without controls until the page is loaded anew.
    """
    if template.name == HOST_PAGE and is_feature_enabled("DYNAMIC_PLUGINS"):
        after_this_request(_with_preload)


def _with_preload(response: Response) -> Response:
    nonce = getattr(request, "csp_nonce", "")
    allowed = f'; nonce="{nonce}"' if nonce else ""
    response.headers.add("Link", f'<{bundle_url()}>; rel="modulepreload"{allowed}')
    return response


def complete_early_query() -> None:
    """Let the host's query of a tree chart count something, where it was asked before the bundle had arrived.

    Superset's pages do not wait for run-time plugins: a slow browser asks an empty query, and would show its
    error in the chart's place for good. The parsed body is the one that Superset's own route goes on with.
    """
    if request.endpoint != "ChartDataRestApi.data" or request.method != "POST":
        return
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or not isinstance(body.get("form_data"), dict):
        return
    if body["form_data"].get("viz_type") != VIZ_TYPE:
        return
    for query in body.get("queries") or []:
        if isinstance(query, dict) and not query.get("metrics") and not query.get("columns"):
            query["metrics"] = [COUNT]


def register_assets(app: Flask) -> None:
    """Serve the bundle and announce it; the flag decides whether the frontend asks."""
    app.register_blueprint(blueprint)
    app.before_request(complete_early_query)
    template_rendered.connect(preload_bundle, app)
    app.add_url_rule(
        "/dynamic-plugins/api/read", "kpi_dynamic_plugins", read_dynamic_plugins, methods=["GET"]
    )
