"""The demo's datasets and saved metrics, as plain facts: nothing of Superset is needed to read them."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from superset_kpi_plugin.demo.rows import TABLE_PREFIX, TIME_COLUMNS

_NAMESPACE = UUID("8a3c1f0e-5b0d-4f0c-9f0a-64656d6f6b70")


def demo_uuid(*names: str) -> str:
    """A fixed uuid: the same thing has the same uuid in every Superset the demo is loaded into."""
    return str(uuid5(_NAMESPACE, "/".join(names)))


@dataclass(frozen=True)
class Metric:
    name: str
    label: str
    expression: str
    d3format: str = ",d"
    catalogue: tuple[str, ...] = ()

    @property
    def description(self) -> str:
        return f"Catalogue: {', '.join(self.catalogue)}" if self.catalogue else ""


@dataclass(frozen=True)
class Dataset:
    key: str
    description: str
    metrics: tuple[Metric, ...]

    @property
    def uuid(self) -> str:
        return demo_uuid("dataset", self.key)

    @property
    def table(self) -> str:
        return TABLE_PREFIX + self.key

    @property
    def time_column(self) -> str:
        return TIME_COLUMNS[self.key]


def _count(condition: str) -> str:
    return f"COUNT(CASE WHEN {condition} THEN 1 END)"


def _share(part: str, whole: str) -> str:
    return f"CAST({part} AS DOUBLE) / NULLIF({whole}, 0)"


_OPENED = _count("stage = 'opened'")
_RISEN = "to_status IN ('engaged', 'mql', 'negotiation', 'customer')"
_PERCENT, _DOLLARS, _CENTS, _DECIMAL = ",.1%", "$,.0f", "$,.2f", ",.2f"

DATASETS = (
    Dataset(
        "web_sessions",
        "One row per visit to the web site.",
        (
            Metric("visits", "Web visits", "COUNT(*)", catalogue=("A-K14", "B-K4")),
            Metric("page_views", "Page views", "SUM(page_views)", catalogue=("A-K14",)),
            Metric("enquiries", "Enquiries", _count("enquiry"), catalogue=("A-K14",)),
            Metric("web_leads", "Leads from visits", _count("lead")),
            Metric("lead_rate", "Leads / visits", _share(_count("lead"), "COUNT(*)"), _PERCENT, ("B-K4",)),
        ),
    ),
    Dataset(
        "lead_events",
        "One row per step of a lead's status history, with its score at that step.",
        (
            Metric(
                "new_leads",
                "New leads",
                _count("to_status = 'new'"),
                catalogue=("A-G5", "A-K7", "B-G2", "B-G4", "B-K2"),
            ),
            Metric("mqls", "MQLs handed to inside sales", _count("to_status = 'mql'"), catalogue=("A-K11",)),
            Metric(
                "mql_rate",
                "MQLs / new leads",
                _share(_count("to_status = 'mql'"), _count("to_status = 'new'")),
                _PERCENT,
            ),
            Metric("risen_leads", "Leads that rose to the next status", _count(_RISEN), catalogue=("A-K4",)),
            Metric("average_score", "Average score", "AVG(score)", _DECIMAL),
        ),
    ),
    Dataset(
        "lead_levels",
        "One row per day, region, channel and status: the leads held at the end of that day. Read one day.",
        (Metric("leads_held", "Leads held", "SUM(leads)", catalogue=("A-K5", "A-K4", "B-G2")),),
    ),
    Dataset(
        "campaigns",
        "One row per month in which a campaign takes applications.",
        (
            Metric("campaigns", "Campaigns open", "COUNT(*)"),
            Metric("budget", "Campaign budget", "SUM(budget)", _DOLLARS),
        ),
    ),
    Dataset(
        "applications",
        "One row per application to a campaign: a demo, a webinar or an event.",
        (
            Metric("applications", "Applications", "COUNT(*)", catalogue=("A-K6",)),
            Metric(
                "event_registrations", "Event registrations", _count("kind = 'event'"), catalogue=("B-K6",)
            ),
            Metric("new_leads", "New leads from applications", _count("new_lead")),
        ),
    ),
    Dataset(
        "emails",
        "One row per e-mail sent, and what its receiver did with it.",
        (
            Metric("sent", "E-mails sent", "COUNT(*)", catalogue=("B-K5",)),
            Metric("delivered", "E-mails delivered", _count("delivered")),
            Metric("opened", "E-mails opened", _count("opened"), catalogue=("B-K5",)),
            Metric("clicked", "E-mails clicked", _count("clicked"), catalogue=("B-K5",)),
            Metric("converted", "E-mails that led to an order", _count("converted")),
            Metric(
                "open_rate",
                "Opened / delivered",
                _share(_count("opened"), _count("delivered")),
                _PERCENT,
                ("A-K8", "B-K5"),
            ),
            Metric(
                "click_rate",
                "Clicked / opened",
                _share(_count("clicked"), _count("opened")),
                _PERCENT,
                ("A-K9", "B-K5"),
            ),
            Metric(
                "conversion_rate",
                "Converted / opened",
                _share(_count("converted"), _count("opened")),
                _PERCENT,
                ("A-K10",),
            ),
        ),
    ),
    Dataset(
        "calls",
        "One row per inside-sales call to a lead.",
        (
            Metric("calls", "Inside-sales calls", "COUNT(*)", catalogue=("A-K12",)),
            Metric("appointments", "Appointments", _count("appointment")),
            Metric(
                "appointment_rate",
                "Appointments / calls",
                _share(_count("appointment"), "COUNT(*)"),
                _PERCENT,
                ("A-K13",),
            ),
            Metric("negotiations", "Negotiations from calls", _count("negotiation")),
            Metric(
                "negotiation_rate",
                "Negotiations / appointments",
                _share(_count("negotiation"), _count("appointment")),
                _PERCENT,
            ),
            Metric("called_leads", "Leads called", "COUNT(DISTINCT lead_id)"),
            Metric(
                "calls_per_lead", "Calls per lead", _share("COUNT(*)", "COUNT(DISTINCT lead_id)"), _DECIMAL
            ),
        ),
    ),
    Dataset(
        "negotiation_events",
        "Two rows per negotiation: the day it was opened, and the day it was won or lost.",
        (
            Metric("negotiations", "Negotiations", _OPENED, catalogue=("A-G4", "A-K1", "A-K3")),
            Metric("won", "Negotiations won", _count("stage = 'won'")),
            Metric("lost", "Negotiations lost", _count("stage = 'lost'")),
            Metric(
                "order_rate",
                "Orders / negotiations",
                _share(_count("stage = 'won'"), _OPENED),
                _PERCENT,
                ("A-K2",),
            ),
        ),
    ),
    Dataset(
        "orders",
        "One row per order, with its cost and with who won it.",
        (
            Metric("revenue", "Revenue", "SUM(revenue)", _DOLLARS, ("A-G1", "A-G5", "B-G1")),
            Metric("orders", "Orders", "COUNT(*)", catalogue=("B-G3", "B-G4", "B-K2", "B-K4", "A-K2")),
            Metric("average_order_value", "Average order value", "AVG(revenue)", _DOLLARS, ("A-G3a",)),
            Metric("average_list_value", "Average list value", "AVG(list_amount)", _DOLLARS),
            Metric("average_discount", "Average discount", "AVG(discount)", _DOLLARS),
            Metric("cost", "Cost of orders", "SUM(cost)", _DOLLARS),
            Metric("profit", "Profit", "SUM(revenue - cost)", _DOLLARS, ("B-G1",)),
            Metric(
                "marketing_share",
                "Share of revenue generated by marketing",
                "SUM(CASE WHEN won_by = 'marketing' THEN revenue ELSE 0 END) / NULLIF(SUM(revenue), 0)",
                _PERCENT,
                ("A-G2",),
            ),
        ),
    ),
    Dataset(
        "ad_costs",
        "One row per day and paid channel. Advertising is bought for all regions at once.",
        (
            Metric("cost", "Advertising cost", "SUM(cost)", _DOLLARS, ("B-G4", "B-K2")),
            Metric("impressions", "Impressions", "SUM(impressions)"),
            Metric("clicks", "Clicks on advertising", "SUM(clicks)"),
        ),
    ),
    Dataset(
        "customer_levels",
        "One row per day, region, origin, activity state and score band: customers at the end of that day.",
        (
            Metric("customers", "Customers", "SUM(customers)", catalogue=("B-K3", "B-K7")),
            Metric(
                "ltv",
                "Lifetime value per customer",
                "SUM(lifetime_revenue) / NULLIF(SUM(customers), 0)",
                _DOLLARS,
                ("A-G3b", "B-K1"),
            ),
        ),
    ),
    Dataset(
        "surveys",
        "One row per answered survey after a purchase. The form does not ask the region.",
        (
            Metric("answers", "Survey answers", "COUNT(*)"),
            Metric(
                "satisfaction",
                "Satisfied customers",
                _share(_count("satisfied"), "COUNT(*)"),
                _PERCENT,
                ("B-G5",),
            ),
            Metric("average_score", "Average survey score", "AVG(score)", _DECIMAL),
        ),
    ),
    Dataset(
        "market",
        "One row per month and region: the whole market's revenue, published when the month is over.",
        (Metric("market_revenue", "Market revenue", "SUM(revenue)", _DOLLARS, ("A-G5",)),),
    ),
)

BY_KEY = {dataset.key: dataset for dataset in DATASETS}
