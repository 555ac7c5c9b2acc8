"""Fill a home that has Superset's tables, in one process: each Superset command would start Superset anew."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.support.homes import DEMO_UNTIL, USERS


def main(demo: bool) -> None:
    from superset.app import create_app
    from superset.cli.main import superset
    from superset.extensions import appbuilder, db

    app = create_app()
    runner = app.test_cli_runner()

    def call(*words: str) -> None:
        result = runner.invoke(superset, list(words))
        if result.exit_code:
            raise SystemExit(f"superset {' '.join(words)}: {result.output}\n{result.exception!r}")

    if demo:
        data = Path(os.environ["KPI_HOME"]) / "demo-data"
        call("kpi", "load-demo", "--data-dir", str(data), "--until", str(DEMO_UNTIL))
        return
    call("kpi", "db", "upgrade")
    call("init")
    with app.app_context():
        for name, role in USERS.items():
            email = f"{name}@example.com"
            appbuilder.sm.add_user(name, name.title(), "Tester", email, appbuilder.sm.find_role(role), name)
        db.session.commit()


if __name__ == "__main__":
    main(demo="--demo" in sys.argv)
