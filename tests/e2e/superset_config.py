"""The configuration of docker/ as a company has it: embedded dashboards, its own colours, its own numbers."""

import runpy
from pathlib import Path

_shared = runpy.run_path(str(Path(__file__).parents[2] / "docker" / "superset_config.py"))
globals().update({name: value for name, value in _shared.items() if name.isupper()})

FEATURE_FLAGS = {**_shared["FEATURE_FLAGS"], "EMBEDDED_SUPERSET": True}
GUEST_ROLE_NAME = "Guest"
GUEST_TOKEN_JWT_SECRET = "known-to-the-tests-only-and-worth-nothing"
TALISMAN_ENABLED = False  # a page of another origin frames the dashboard

BRAND = {
    "colorPrimary": "#7b2d8b",
    "colorSuccess": "#a8d93a",
    "colorWarning": "#ffd84d",
    "colorError": "#ff8fa3",
    "fontFamily": "Georgia, serif",
    "borderRadius": 0,
}
THEME_DEFAULT = {"token": {**BRAND, "colorBgBase": "#fff8ef"}, "algorithm": "default"}
THEME_DARK = {"token": {**BRAND, "colorBgBase": "#1b1033"}, "algorithm": "dark"}

D3_FORMAT = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0€"]}
