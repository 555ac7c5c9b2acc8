"""The examples of the OpenAPI document: what was asked of the demo, and what it answered, cut short."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "examples"


def openapi_examples() -> dict[str, dict[str, Any]]:
    """Example objects by component name: `KpiTreeEvaluateRequest` is the request of `evaluate.json`."""
    return {
        f"KpiTree{path.stem.title()}{side.title()}": {
            "summary": "With the demo; lists are cut short",
            "value": value,
        }
        for path in sorted(FOLDER.glob("*.json"))
        for side, value in json.loads(path.read_text(encoding="utf-8")).items()
    }
