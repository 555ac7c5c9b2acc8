"""What an installation needs to be well, one question after the other."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from flask import current_app
from superset import is_feature_enabled
from superset.extensions import db, security_manager

from superset_kpi_plugin import assets, database
from superset_kpi_plugin.models import KpiNode, KpiTree
from superset_kpi_plugin.security import PERMISSION_VIEW
from superset_kpi_plugin.services.holidays import problem_of
from superset_kpi_plugin.services.references import find_datasets
from superset_kpi_plugin.sql.dataset import NEVER_CACHED, find_dataset

CONFIG = "In superset_config.py"
MOST_NAMED = 20


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
        findings += [*_permissions(), _dataset(), _references(), _places()]
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


def _references() -> Finding:
    """A tree outlives the datasets and metrics that it reads; its nodes then have no number."""
    rows = db.session.query(KpiTree.slug, KpiNode.key, KpiNode.metric, KpiNode.target_metric)
    nodes = rows.join(KpiNode, KpiNode.tree_id == KpiTree.id).order_by(KpiTree.slug, KpiNode.id)
    wanted = [(slug, key, metric) for slug, key, *metrics in nodes for metric in metrics if metric]
    datasets = find_datasets(metric["dataset_uuid"] for _slug, _key, metric in wanted)
    known = {uuid: {saved.metric_name for saved in dataset.metrics} for uuid, dataset in datasets.items()}
    lost = dict.fromkeys(
        f"{slug}: {key}"
        for slug, key, metric in wanted
        if metric["metric_name"] not in known.get(metric["dataset_uuid"], ())
    )
    return Finding(
        "the datasets and metrics of every node and target are there",
        not lost,
        f"Choose another dataset or metric for {_named(lost)}",
    )


def _places() -> Finding:
    """Another Superset may bring a `holidays` package that knows other places."""
    trees = db.session.query(KpiTree.slug, KpiTree.holidays).filter(KpiTree.holidays.isnot(None))
    unknown = [f"{slug} ({place})" for slug, place in trees.order_by(KpiTree.slug) if problem_of(place)]
    return Finding(
        "the holidays of every tree are known",
        not unknown,
        f"Choose another country, or a part of one, for the holidays of {_named(unknown)}",
    )


def _named(things: Collection[str]) -> str:
    """The first of them, and how many more there are."""
    more = len(things) - MOST_NAMED
    return ", ".join(islice(things, MOST_NAMED)) + (f" and {more} more" if more > 0 else "")
