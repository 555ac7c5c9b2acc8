"""`start.sh init`: the tables, roles, administrator and demo of a home, in one process, a line for each step.

Each is a Superset command that anybody could type; one process starts Superset once, not five times.
"""

import os
import shlex
import sys
import time
from pathlib import Path

LOG = Path(sys.argv[1])
ENVIRONMENT = os.environ


def steps() -> list[tuple[str, list[str]]]:
    admin = ["--username", ENVIRONMENT.get("KPI_ADMIN_USERNAME", "admin"), "--password"]
    admin += [ENVIRONMENT["KPI_ADMIN_PASSWORD"], "--firstname", "Ada", "--lastname", "Admin"]
    tables = [
        ("Creating Superset's tables", shlex.split("db upgrade")),
        ("Creating the plugin's tables", shlex.split("kpi db upgrade")),
        ("Creating roles and permissions", ["init"]),
        ("Creating the administrator", ["fab", "create-admin", "--email", "admin@example.com", *admin]),
    ]
    until = ENVIRONMENT.get("KPI_DEMO_UNTIL")
    demo = ["kpi", "load-demo", "--data-dir", str(Path(ENVIRONMENT["KPI_HOME"]) / "demo-data")]
    demo += ["--until", until] if until else []
    wanted = tables if "tables" in sys.argv[2:] else []
    return wanted + ([("Loading the demo", demo)] if "demo" in sys.argv[2:] else [])


def main() -> None:
    told = os.fdopen(os.dup(1), "w", buffering=1)  # the terminal; whatever Superset says goes to the log
    log = LOG.open("w")
    os.dup2(log.fileno(), 1)
    os.dup2(log.fileno(), 2)
    started = time.monotonic()
    told.write("• Starting Superset's commands …")

    from superset.app import create_app
    from superset.cli.main import superset

    app = create_app()
    told.write(f" {time.monotonic() - started:.0f} s\n")
    for title, words in steps():
        started = time.monotonic()
        told.write(f"• {title} …")
        result = app.test_cli_runner().invoke(superset, words)
        print(result.output, file=log, flush=True)
        if result.exit_code:
            print(f"superset {words[0]} …: {result.exception!r}", file=log, flush=True)
            told.write(" failed\n")
            sys.exit(1)
        told.write(f" {time.monotonic() - started:.0f} s\n")


if __name__ == "__main__":
    main()
