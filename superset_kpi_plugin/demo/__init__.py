"""The demo: generated rows, Superset datasets over them, one KPI tree and one dashboard."""
