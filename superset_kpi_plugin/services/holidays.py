"""The days off of a country or a part of one, as the `holidays` package knows them.

A place is written as the package's list does: a country's two letters, with a part of it after a hyphen where
the part has days of its own: `DE`, `DE-BY`, `JP`. A newer package may know other places than an older one.
"""

from __future__ import annotations

from datetime import date
from functools import cache, lru_cache

import holidays

from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _

YEARS = range(1900, 2200)
"""The years that are looked at: no list of days off reaches further."""


@cache
def _parts() -> dict[str, frozenset[str]]:
    """The countries with their parts."""
    listed = holidays.list_supported_countries(include_aliases=False)
    return {country: frozenset(parts) for country, parts in listed.items()}


def problem_of(place: str) -> str | None:
    """What is wrong with a place and what to write instead; None where nothing is."""
    country, hyphen, part = place.partition("-")
    parts = _parts().get(country)
    if parts is None:
        return _(
            "No country whose holidays are known here. Write one such as DE, JP, US or VN, with a part of it "
            "such as DE-BY, or null to count Monday to Friday."
        )
    if not hyphen or part in parts:
        return None
    if not parts:
        return _("The holidays of %(country)s are known as a whole only: write %(country)s.", country=country)
    choices = ", ".join(f"{country}-{known}" for known in sorted(parts))
    return _(
        "%(country)s has no such part. Write %(country)s, or one of %(choices)s.",
        country=country,
        choices=choices,
    )


def holidays_between(country: str | None, since: date, until: date) -> frozenset[date]:
    """The days off in `[since, until)`, weekends among them; none for no country, and none outside of YEARS.

    :raises InvalidDocumentError: the installed package does not know the place (any more)
    """
    if country is None:
        return frozenset()
    problem = problem_of(country)
    if problem is not None:
        raise InvalidDocumentError({"holidays": [f"{country}: {problem}"]})
    years = range(max(since.year, YEARS.start), min(until.year + 1, YEARS.stop))
    return frozenset(day for year in years for day in _in_year(country, year) if since <= day < until)


@lru_cache(maxsize=4096)
def _in_year(place: str, year: int) -> frozenset[date]:
    country, _hyphen, part = place.partition("-")
    try:
        found = holidays.country_holidays(country, subdiv=part or None, years=year, expand=False)
    except NotImplementedError:  # some countries' lists begin with a law, and older packages say so like this
        return frozenset()
    return frozenset(day for day in found if day.year == year)
