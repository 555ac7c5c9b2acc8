"""`superset kpi doctor` on a well installation, and on ones that lack something."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from flask import Flask


def examined(app: Flask) -> tuple[int, str]:
    from superset.cli.main import superset

    result = app.test_cli_runner().invoke(superset, ["kpi", "doctor"])
    return result.exit_code, result.output


def lines(output: str) -> list[str]:
    return [line for line in output.splitlines() if line.startswith(("ok", "MEND", "      →"))]


def gamma_may_write() -> None:
    from superset.extensions import db, security_manager

    pvm = security_manager.find_permission_view_menu("can_write", "KpiTree")
    gamma = security_manager.find_role("Gamma")
    gamma.permissions.append(pvm)
    db.session.commit()


def dataset_cached() -> None:
    from superset.extensions import db

    from superset_kpi_plugin.sql.dataset import find_dataset

    dataset = find_dataset()
    dataset.cache_timeout = 300
    db.session.commit()


def dataset_withdrawn() -> None:
    from superset.extensions import db, security_manager

    gamma = security_manager.find_role("Gamma")
    gamma.permissions = [pvm for pvm in gamma.permissions if "KPI trees" not in pvm.view_menu.name]
    db.session.commit()


def tables_older() -> None:
    import sqlalchemy as sa
    from superset.extensions import db

    with db.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version_kpi SET version_num = '0000'"))


def metric_gone() -> None:
    from superset.extensions import db

    from superset_kpi_plugin.models import KpiNode

    node = db.session.query(KpiNode).filter_by(key="revenue").one()
    node.metric = {**node.metric, "metric_name": "sold_elsewhere"}
    db.session.commit()


def target_dataset_gone() -> None:
    from superset.extensions import db

    from superset_kpi_plugin.models import KpiNode

    node = db.session.query(KpiNode).filter_by(key="revenue").one()
    node.target_metric = {"dataset_uuid": str(uuid4()), "metric_name": "plan"}
    db.session.commit()


def place_gone() -> None:
    from superset.extensions import db

    from superset_kpi_plugin.models import KpiTree

    db.session.query(KpiTree).one().holidays = "DE-XX"
    db.session.commit()


def test_a_well_installation_is_well(app: Flask) -> None:
    code, output = examined(app)
    assert code == 0, output
    assert {line[:2] for line in lines(output)} == {"ok"}
    assert len(lines(output)) >= 8


@pytest.mark.parametrize(
    ("harm", "complaint", "mend"),
    [
        (gamma_may_write, "Gamma reads KPI trees", "superset init"),
        (dataset_cached, 'the dataset "KPI trees"', "superset init"),
        (dataset_withdrawn, "(not: Gamma)", "superset init"),
        (metric_gone, "the datasets and metrics of every node", "marketing-automation: revenue"),
        (target_dataset_gone, "the datasets and metrics of every node", "marketing-automation: revenue"),
        (place_gone, "the holidays of every tree", "marketing-automation (DE-XX)"),
        (tables_older, "the tables are at 0000", "superset kpi db upgrade"),
    ],
)
def test_what_is_wrong_is_named_with_its_mend(
    app: Flask, harm: Callable[[], None], complaint: str, mend: str
) -> None:
    with app.app_context():
        harm()
    code, output = examined(app)
    assert code == 1, output
    told = lines(output)
    (place,) = [index for index, line in enumerate(told) if line.startswith("MEND")]
    assert complaint in told[place]
    assert mend in told[place + 1]


def test_what_the_doctor_says_helps(app: Flask) -> None:
    """`superset init` mends Gamma's rights and the dataset's grants."""
    from superset.cli.main import superset

    with app.app_context():
        gamma_may_write()
        dataset_withdrawn()
        dataset_cached()
    assert examined(app)[0] == 1
    initialised: Any = app.test_cli_runner().invoke(superset, ["init"])
    assert initialised.exit_code == 0, initialised.output
    code, output = examined(app)
    assert code == 0, output


def test_a_missing_flag_is_noticed(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    from superset.extensions import feature_flag_manager

    monkeypatch.setitem(feature_flag_manager._feature_flags, "DYNAMIC_PLUGINS", False)
    code, output = examined(app)
    assert code == 1
    assert any("DYNAMIC_PLUGINS" in line and line.startswith("MEND") for line in lines(output))
