import ast
import sys
from pathlib import Path

import pytest

from superset_kpi_plugin import rollup

PACKAGE = Path(rollup.__file__).parent
MODULES = sorted(PACKAGE.glob("*.py"))


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_rollup_imports_only_itself_and_the_standard_library(module: Path) -> None:
    for name in _imported(ast.parse(module.read_text())):
        assert name.split(".")[0] in sys.stdlib_module_names or name.startswith(
            "superset_kpi_plugin.rollup"
        ), name


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.name)
def test_rollup_has_no_any(module: Path) -> None:
    assert not {"Any", "eval", "exec"} & {
        node.id for node in ast.walk(ast.parse(module.read_text())) if isinstance(node, ast.Name)
    }


def _imported(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names.add(str(node.module))
    return names
