"""The marketing-automation catalogue: its KPIs in three languages, and a tree to start from for every KGI."""

from __future__ import annotations

from superset_kpi_plugin.catalogue.customers import CUSTOMER_KPIS
from superset_kpi_plugin.catalogue.leads import LEAD_KPIS
from superset_kpi_plugin.catalogue.sales import SALES_KPIS
from superset_kpi_plugin.catalogue.templates import PURPOSES, TEMPLATES
from superset_kpi_plugin.catalogue.types import LANGUAGES, Kpi, Template, Words

__all__ = ["BY_KEY", "KPIS", "LANGUAGES", "PURPOSES", "TEMPLATES", "Kpi", "Template", "Words"]

KPIS = SALES_KPIS + LEAD_KPIS + CUSTOMER_KPIS
BY_KEY = {kpi.key: kpi for kpi in KPIS}
