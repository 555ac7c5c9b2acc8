"""Names of KPIs and of saved metrics, compared."""

from __future__ import annotations

import pytest

from superset_kpi_plugin.services.matching import Matcher, Named, Wanted, words


def metric(name: str, dataset: str = "facts", ratio: bool = False, description: str = "") -> Named:
    return Named((name,), dataset, description, ratio)


def wanted(
    *own: str, synonyms: tuple[str, ...] = (), wider: tuple[str, ...] = (), ratio: bool = False
) -> Wanted:
    return Wanted(own, synonyms, wider, ratio)


def order(metrics: list[Named], what: Wanted, least: float = 0.3) -> list[str]:
    return [metrics[match.index].names[0] for match in Matcher(metrics).best(what, 5, least)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Average order value", "avg_order_value"),
        ("Orders", "orderCount"),
        ("E-mails opened", "email_opens"),
        ("Doanh thu – Đông Á", "doanh thu dong a"),
        ("受注率", "受注率"),
        ("Enquiries", "inquiry"),
        ("% of clicks", "Clicks"),
    ],
)
def test_names_that_say_the_same(one: str, other: str) -> None:
    assert words(one) == words(other)
    assert words(one)


def test_its_own_name_comes_before_others_and_a_near_miss_is_found() -> None:
    metrics = [metric("Number of orders"), metric("order value"), metric("Average order value", ratio=True)]
    assert order(metrics, wanted("Average order value", ratio=True))[0] == "Average order value"
    assert order([metric("negotations")], wanted("Negotiations")) == ["negotations"]
    assert order([metric("visits"), metric("profit")], wanted("Satisfaction")) == []


def test_a_quotient_is_not_a_count() -> None:
    metrics = [metric("Appointments"), metric("Appointment", ratio=True)]
    assert order(metrics, wanted("Appointments"), least=0.6) == ["Appointments"]
    assert order(metrics, wanted("Appointments", ratio=True), least=0.6) == ["Appointment"]


def test_what_means_more_comes_after_what_means_the_same() -> None:
    metrics = [metric("orders"), metric("won deals")]
    what = wanted("Orders won by marketing", synonyms=("won deals",), wider=("orders",))
    found = Matcher(metrics).best(what, 5, 0.3)
    assert [(match.index, match.score, match.exact) for match in found] == [(1, 0.95, True), (0, 0.75, True)]


def test_of_equals_the_one_whose_dataset_is_called_so_comes_first() -> None:
    metrics = [metric("negotiations", "calls"), metric("negotiations", "negotiation_events")]
    (first, second) = Matcher(metrics).best(wanted("Negotiations"), 5, 0.3)
    assert (first.index, second.index) == (1, 0)
    assert first.score == second.score


def test_names_without_letters_match_nothing() -> None:
    assert order([metric("%"), metric("")], wanted("Orders", "", "%")) == []


def test_of_many_only_the_best_are_answered() -> None:
    metrics = [metric(f"revenue of team {number}") for number in range(50)] + [metric("revenue")]
    found = Matcher(metrics).best(wanted("Revenue"), 5, 0.3)
    assert len(found) == 5
    assert (found[0].index, found[0].score) == (50, 1.0)
    assert [match.index for match in found[1:]] == [0, 1, 2, 3]
