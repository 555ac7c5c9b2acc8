"""Templates as the API tells of them, and as documents to start from."""

from __future__ import annotations

from typing import Any

from flask_babel import get_locale

from superset_kpi_plugin.catalogue import BY_KEY, PURPOSES, TEMPLATES, Kpi, Template
from superset_kpi_plugin.catalogue.types import CURRENCY, Branch
from superset_kpi_plugin.exceptions import InvalidDocumentError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.rollup.formula import parse
from superset_kpi_plugin.services.drafts import draft

Row = dict[str, Any]


def viewer_language() -> str:
    """The language of the request's viewer, English outside of a request."""
    locale = get_locale()
    return str(locale.language) if locale else "en"


def list_templates() -> list[Row]:
    """Every template, in the viewer's language."""
    language = viewer_language()
    return [
        {
            "id": template.id,
            "kgi": template.row,
            "purposes": [
                {"id": purpose.id, "name": purpose.name.of(language)}
                for purpose in PURPOSES
                if purpose.id in template.purposes
            ],
            "name": BY_KEY[template.root].name.of(language),
            "description": template.description.of(language),
            "nodes": len(keys_of(template)),
        }
        for template in TEMPLATES
    ]


def find_template(template_id: str) -> Template:
    """:raises InvalidDocumentError: no template has this id"""
    for template in TEMPLATES:
        if template.id == template_id:
            return template
    raise InvalidDocumentError({"template": [_("There is no template with this id.")]})


def keys_of(template: Template) -> list[str]:
    """The KPIs of a template, each parent before what it hangs on."""
    children = [child for branch in template.branches for child in children_of(branch)]
    return list(dict.fromkeys([template.root, *children]))


def children_of(branch: Branch) -> list[str]:
    """A branch's components in the order of its formula, then its factors."""
    components = parse(branch.formula).keys() if branch.formula else ()
    return list(dict.fromkeys([*components, *(factor.key for factor in branch.factors)]))


def template_document(template: Template, language: str, currency: str | None) -> Row:
    """The template as a document: what has a formula is computed, every other source is left open."""
    formulas = {branch.parent: branch.formula for branch in template.branches}
    money = currency or CURRENCY.of(language)
    nodes = [_node(BY_KEY[key], formulas.get(key), language, money) for key in keys_of(template)]
    links = [link for branch in template.branches for link in _links(branch)]
    root = BY_KEY[template.root]
    return draft(root.name.of(language), template.description.of(language), nodes, links)


def _node(kpi: Kpi, formula: str | None, language: str, money: str) -> Row:
    return {
        "key": kpi.key,
        "name": kpi.name.of(language),
        "description": kpi.description.of(language),
        "department": kpi.department.of(language),
        "unit": kpi.unit.of(language).format(currency=money),
        "d3format": kpi.d3format,
        "direction": kpi.direction,
        "accumulation": kpi.accumulation,
        "source": "formula" if formula else "metric",
        "formula": formula,
        "shift": kpi.shift,
    }


def _links(branch: Branch) -> list[Row]:
    factors = {factor.key: factor for factor in branch.factors}
    return [
        {
            "parent": branch.parent,
            "child": child,
            "order": order,
            "lag": factors[child].lag if child in factors else 0,
            "expected_sign": factors[child].sign if child in factors else None,
        }
        for order, child in enumerate(children_of(branch))
    ]
