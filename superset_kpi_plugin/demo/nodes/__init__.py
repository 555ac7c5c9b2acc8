"""The nodes and links of the demo's tree: what each is, and how it is tied to its parent."""

from __future__ import annotations

from superset_kpi_plugin.demo.nodes.customers import CUSTOMER_NODES
from superset_kpi_plugin.demo.nodes.leads import LEAD_NODES
from superset_kpi_plugin.demo.nodes.sales import SALES_NODES
from superset_kpi_plugin.demo.nodes.types import DEPARTMENTS, ROOT, Influence, Node

__all__ = ["BY_KEY", "DEPARTMENTS", "INFLUENCES", "NODES", "ROOT", "WEIGHTS", "Influence", "Node"]

NODES = SALES_NODES + LEAD_NODES + CUSTOMER_NODES
BY_KEY = {node.key: node for node in NODES}

INFLUENCES = (
    Influence(ROOT, "cost_per_order"),
    Influence(ROOT, "market_share", lag=1),
    Influence("new_orders", "mqls", weight=1.0, lag=1),
    Influence("new_orders", "cost_per_lead", weight=0.25),
    Influence("order_rate", "discount_rate", weight=1.0, sign="positive"),
    Influence("repeat_orders", "satisfaction"),
    Influence("repeat_orders", "active_customers"),
    Influence("active_customers", "dormant_customers", weight=1.0, lag=1),
    Influence("repeat_order_value", "lifetime_value", weight=1.0),
    Influence("market_share", "revenue_growth"),
    Influence("market_share", "brand_awareness", lag=1),
    Influence("email_conversion_rate", "email_click_rate", weight=1.0),
    Influence("mqls", "rising_rate"),
    Influence("mqls", "leads_held"),
    Influence("mqls", "prospects", weight=0.0),
    Influence("mql_rate", "white_paper_leads", weight=1.0),
    Influence("new_leads", "summit_applications", weight=0.25),
    Influence("new_leads", "campaigns_opened", weight=0.25),
)

# Component links whose weight is not 1: half of the revenue's worth hangs on first orders.
WEIGHTS = {
    (ROOT, "new_orders"): 2.0,
    (ROOT, "repeat_orders"): 2.0,
    ("negotiations", "nurtured_negotiations"): 0.5,
}
