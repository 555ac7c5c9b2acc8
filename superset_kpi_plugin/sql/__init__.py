"""The virtual database "KPI trees": the plugin's tables as SQL, each viewer seeing what they may see.

Superset asks every chart for a dataset. This one lists the trees, so that the host's own query for a KPI tree
chart costs almost nothing and nobody needs rights on somebody else's dataset to look at a tree.
"""


def register_dialect() -> None:
    """Tell Superset's SQL parser, which refuses what it cannot parse, that the dialect is SQLite's."""
    from sqlglot import Dialects
    from superset.sql import parse

    parse.SQLGLOT_DIALECTS["kpi"] = Dialects.SQLITE
