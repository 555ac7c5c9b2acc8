"""What an installation needs to be well, one question after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app
from superset import is_feature_enabled
from superset.extensions import db, security_manager

from superset_kpi_plugin import assets, database
from superset_kpi_plugin.security import PERMISSION_VIEW
from superset_kpi_plugin.sql.dataset import NEVER_CACHED, find_dataset

CONFIG = "In superset_config.py"


@dataclass(frozen=True)
class Finding:
    """One answer: what was looked at, whether it is well, and what to do where it is not."""

    what: str
    ok: bool
    mend: str


def examine() -> list[Finding]:
    """Every check in the order in which an installation is made; the later ones need the tables."""
    findings = [*_configuration(), _tables(), _bundle()]
    if all(finding.ok for finding in findings[:2]) and _tables().ok:
        findings += [*_permissions(), _dataset()]
    return findings


def _configuration() -> Iterator[Finding]:
    mutated = "kpi_tree_assets" in current_app.blueprints
    yield Finding(
        "the plugin is switched on",
        mutated,
        f"{CONFIG}: from superset_kpi_plugin import init_app; FLASK_APP_MUTATOR = init_app",
    )
    yield Finding(
        "the feature flag DYNAMIC_PLUGINS is on",
        is_feature_enabled("DYNAMIC_PLUGINS"),
        f'{CONFIG}: FEATURE_FLAGS = {{"DYNAMIC_PLUGINS": True}} (added to the flags already there)',
    )


def _tables() -> Finding:
    current, head = database.current_revision(), database.head_revision()
    return Finding(f"the tables are at {current or 'base'}", current == head, "Run: superset kpi db upgrade")


def _bundle() -> Finding:
    """The bundle is asked for as a browser would, by the address that the frontend is given."""
    if "kpi_tree_assets" not in current_app.blueprints:
        return Finding("the chart's bundle is served", False, "Switch the plugin on first.")
    browser = current_app.test_client()
    announced = (browser.get("/dynamic-plugins/api/read").get_json(silent=True) or {}).get("result", [])
    urls = [row["bundle_url"] for row in announced if row["key"] == assets.VIZ_TYPE]
    reachable = False
    if urls:
        with browser.get(urls[0]) as answer:
            reachable = answer.status_code == 200
    return Finding(
        f"the chart's bundle is served ({urls[0] if urls else 'not announced'})",
        reachable,
        "The installed package lacks its bundle, or another /dynamic-plugins/api/read answers: install "
        "the wheel again (from a source tree: make setup), and look for a second mutator.",
    )


def _permissions() -> Iterator[Finding]:
    for permission in ("can_read", "can_write"):
        exists = security_manager.find_permission_view_menu(permission, PERMISSION_VIEW) is not None
        yield Finding(
            f"the permission {permission} on {PERMISSION_VIEW} exists", exists, "Run: superset init"
        )
    gamma = security_manager.find_role("Gamma")
    names = {
        pvm.permission.name
        for pvm in (gamma.permissions if gamma else [])
        if pvm.view_menu.name == PERMISSION_VIEW
    }
    yield Finding(
        "Gamma reads KPI trees and does not write them",
        names == {"can_read"},
        "Run: superset init (it sets the built-in roles anew)",
    )


def _dataset() -> Finding:
    dataset = find_dataset()
    what = 'the dataset "KPI trees" is there, never cached, and readable by the roles that read KPI trees'
    if dataset is None or dataset.cache_timeout != NEVER_CACHED:
        return Finding(what, False, "Run: superset init")
    may_read = security_manager.find_permission_view_menu("can_read", PERMISSION_VIEW)
    access = security_manager.find_permission_view_menu("datasource_access", dataset.perm)
    role_model = security_manager.role_model
    roles = (
        db.session.query(role_model).filter(role_model.permissions.contains(may_read)).all()
        if may_read
        else []
    )
    without = sorted(role.name for role in roles if access not in role.permissions)
    return Finding(
        what if not without else f"{what} (not: {', '.join(without)})", not without, "Run: superset init"
    )
