"""Trees for tests of the chart: as large as wanted."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

from tests.support.documents import Document, formula_node, link, month, node

DRIVERS = 8
"""Below every node of a large tree, as long as there are nodes."""


def large_tree(count: int, until: date, months: int = 1) -> Document:
    """A tree of sums with `count` nodes, each level full before the next; `months` typed in to `until`."""
    spans = _months(until, months)
    children = {
        index: range(index * DRIVERS + 1, min(index * DRIVERS + DRIVERS + 1, count)) for index in range(count)
    }
    nodes: list[Document] = []
    for index, below in children.items():
        told: dict[str, Any] = {
            "name": f"{_WORDS[index % len(_WORDS)]} {index}",
            "unit": "USD",
            "d3format": "$,.0f",
            "department": f"Team {index % 5}",
        }
        if below:
            nodes.append(formula_node(_key(index), " + ".join(map(_key, below)), **told))
            continue
        values = [month(*span, value=1000 * (index % 97 + 1 + number)) for number, span in enumerate(spans)]
        # Between 0.7 and 1.1 of the target: every status is there.
        targets = [
            month(*span, value=row["value"] / (0.7 + index % 9 * 0.05))
            for span, row in zip(spans, values, strict=True)
        ]
        nodes.append(node(_key(index), manual_values=values, targets=targets, **told))
    return {
        "slug": f"large-{count}",
        "name": f"A tree of {count:,} nodes",
        "grain": "month",
        "published": True,
        "nodes": nodes,
        "links": [
            link(_key(index), _key(child), order=order)
            for index, below in children.items()
            for order, child in enumerate(below)
        ],
    }


_WORDS = (
    "Orders",
    "New customers from partners",
    "Open rate of the weekly letter",
    "Visits",
    "Average order value",
)


def _key(index: int) -> str:
    return f"n{index}"


def _months(until: date, count: int) -> list[tuple[str, str]]:
    """The months to that of `until`, each as its first day and the next one's."""
    first = until.year * 12 + until.month - count
    starts = [f"{index // 12}-{index % 12 + 1:02d}-01" for index in range(first, first + count + 1)]
    return list(pairwise(starts))


# --- a tree that hurts ------------------------------------------------------------------------------

VIETNAMESE = (
    "Tỷ lệ khách hàng doanh nghiệp quay lại đặt hàng trong vòng ba mươi ngày kể từ lần mua đầu tiên, "
)
JAPANESE = (
    "マーケティング部門が獲得した新規法人顧客のうち初回購入から三十日以内に再注文した割合の四半期平均値、"
)
ARABIC = "نسبة العملاء الذين عادوا للشراء خلال ثلاثين يومًا"
DEPTH, WIDTH = 7, 60


def hurtful_tree(until: date, dataset_uuid: str, metric: str) -> Document:
    """What is hard to draw: depth, width, names, numbers, targets, statuses, reasons; in `until`'s month.

    The nodes `m0` to `m7` read the metric: who may not read the dataset sees the rest.
    """
    [span] = _months(until, 1)

    def typed(key: str, value: float | None, target: float | None = None, **fields: Any) -> Document:
        rows = {"manual_values": [month(*span, value=value)]} if value is not None else {}
        goals = {"targets": [month(*span, value=target)]} if target is not None else {}
        return node(key, **{**rows, **goals, **fields})

    nodes = [
        formula_node(
            "goal",
            "huge + deep1",
            name=(VIETNAMESE * 3)[:200],
            unit="điểm quy đổi",
            department=JAPANESE[:40],
            targets=[month(*span, value=1e18)],
        ),
        typed("huge", 987_654_321_012_345_678.9, -5.0, name=(JAPANESE * 5)[:200], d3format=",.2f", unit="円"),
        typed("tiny", 1.2e-9, 1.3e-9, name=ARABIC, unit="g"),
        typed("below", -4_200_000_000_000.0, -3_900_000_000_000.0, name=f"{ARABIC} 30%", d3format="$,.2f"),
        typed("nought", 3.0, 0.0, name="<img src=x onerror=alert(1)>", direction="decrease"),
        typed("achieved", 160.0, 100.0),
        typed("on_track", 97.0, 100.0),
        typed("at_risk", 85.0, 100.0),
        typed("off_track", 10.0, 100.0),
        typed("no_target", 10.0),
        typed("no_data", None, 100.0),
        formula_node("division", "below / nil", targets=[month(*span, value=1)]),
        typed("nil", 0.0, 1.0),
        formula_node("operand", "no_data2 * 2", targets=[month(*span, value=1)]),
        typed("no_data2", None),
        node(
            "incomplete",
            manual_values=[month(*span, value=5)],
            targets=[month(span[0], f"{span[0][:8]}15", value=9)],
        ),
        typed("no_baseline", 5.0, 9.0, attainment_method="baseline"),
        node(
            "beyond",
            attainment_method="baseline",
            manual_values=[month(*span, value=5)],
            targets=[month(*span, value=9, baseline=20)],
        ),
        typed("not_positive", -5.0, 9.0, attainment_method="inverse", direction="decrease"),
        node(
            "band",
            direction="maintain",
            accumulation="rate",
            manual_values=[month(*span, value=4)],
            targets=[month(*span, value=0, lower=0, upper=0)],
        ),
    ]
    parents = {"huge": "goal"} | dict.fromkeys([one["key"] for one in nodes[2:]], "huge")
    parents |= {"nil": "division", "no_data2": "operand"}
    for level in range(1, DEPTH):
        more = level < DEPTH - 1
        key = f"deep{level}"
        nodes.append(
            formula_node(key, f"deep{level + 1} * 2", name=f"Level {level + 1}")
            if more
            else typed(key, 7.0, 8.0)
        )
        parents[key] = f"deep{level - 1}" if level > 1 else "goal"
    for index in range(WIDTH):
        nodes.append(typed(f"w{index}", float(index * 2), 100.0, name=f"Store {index + 1}"))
        parents[f"w{index}"] = "deep1"
    reading = {"dataset_uuid": dataset_uuid, "metric_name": metric}
    for index in range(8):
        told = {"source": "metric", "metric": reading, "targets": [month(*span, value=10**index)]}
        nodes.append(node(f"m{index}", name=f"Measured {index}", **told))
        parents[f"m{index}"] = "off_track"
    links = [link(parent, child, order=order) for order, (child, parent) in enumerate(parents.items())]
    for one in links:
        if one["child"] == "band":
            one["expected_sign"] = "positive"
    # Nodes under a second parent.
    links += [link("achieved", "tiny", weight=3), link("division", "below", order=1)]
    return {
        "slug": "hurtful",
        "name": (VIETNAMESE * 3)[:200],
        "published": True,
        "nodes": nodes,
        "links": links,
    }
