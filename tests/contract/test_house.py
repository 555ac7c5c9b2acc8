"""The shape of the house: who imports whom, what is exported, what the README promises."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from click import Group
from flask import Flask

import superset_kpi_plugin
from tests.support.processes import ROOT

PACKAGE = ROOT / "superset_kpi_plugin"
# Who may import whom; what is not named here may be imported by everybody.
FORBIDDEN = {
    "rollup": {
        "api",
        "services",
        "sql",
        "models",
        "schemas",
        "security",
        "plugin",
        "cli",
        "assets",
        "exceptions",
    },
    "catalogue": {
        "api",
        "services",
        "sql",
        "models",
        "schemas",
        "security",
        "plugin",
        "cli",
        "assets",
        "demo",
    },
    "models": {"api", "services", "sql", "schemas", "security", "plugin", "cli", "assets"},
    "schemas": {"api", "services", "sql", "security", "plugin", "cli", "assets"},
    "security": {"api", "services", "sql", "plugin", "cli"},
    "sql": {"api", "services", "plugin", "cli", "assets"},
    "services": {"api", "plugin", "cli"},
    "api": {"plugin", "cli", "sql"},
}


def own_imports(path: Path) -> set[str]:
    """The first part under the package of everything of ours that a module imports."""
    names: set[str] = set()
    for item in ast.walk(ast.parse(path.read_text())):
        modules = [item.module or ""] if isinstance(item, ast.ImportFrom) else []
        modules += [alias.name for alias in item.names] if isinstance(item, ast.Import) else []
        for module in modules:
            if module == "superset_kpi_plugin" and isinstance(item, ast.ImportFrom):
                names |= {alias.name for alias in item.names}
            elif module.startswith("superset_kpi_plugin."):
                names.add(module.split(".")[1])
    return names


def test_imports_go_one_way() -> None:
    wrong = []
    for part, forbidden in FORBIDDEN.items():
        files = (
            [PACKAGE / f"{part}.py"] if (PACKAGE / f"{part}.py").exists() else (PACKAGE / part).rglob("*.py")
        )
        wrong += [
            f"{file.relative_to(ROOT)} imports {name}"
            for file in files
            for name in own_imports(file) & forbidden
        ]
    assert wrong == []


def test_what_is_exported_exists_and_is_sorted() -> None:
    assert superset_kpi_plugin.__all__ == sorted(superset_kpi_plugin.__all__)
    assert all(hasattr(superset_kpi_plugin, name) for name in superset_kpi_plugin.__all__)


def test_every_command_in_the_documentation_exists() -> None:
    from superset_kpi_plugin.cli import kpi

    documents = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    told = {
        match
        for document in documents
        for match in re.findall(r"superset kpi ([a-z][a-z -]*)", document.read_text())
    }
    assert told
    for words in told:
        group: object = kpi
        for word in words.split():
            if not isinstance(group, Group):
                break
            assert word in group.commands, f"superset kpi {words}"
            group = group.commands[word]


def test_the_plugin_keeps_a_mutator_that_is_there_already(app: Flask) -> None:
    from superset_kpi_plugin import with_kpi_trees

    class Stop(Exception):
        pass

    def mine(app: Flask) -> None:
        raise Stop(app.name)

    with pytest.raises(Stop, match=app.name):
        with_kpi_trees(mine)(app)
