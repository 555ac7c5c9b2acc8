"""The catalogue: every row is a KPI in three languages, every KGI a tree that a person can follow."""

from __future__ import annotations

from collections import Counter
from itertools import chain

import pytest

from superset_kpi_plugin.catalogue import BY_KEY, KPIS, PURPOSES, TEMPLATES, Kpi, Template, Words
from superset_kpi_plugin.demo.catalogue import ROWS
from superset_kpi_plugin.rollup.formula import parse

KGIS = ("A-G1", "A-G2", "A-G3a", "A-G3b", "A-G4", "A-G5", "B-G1", "B-G2", "B-G3", "B-G4", "B-G5")
by_id = pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)


def children(template: Template) -> dict[str, list[str]]:
    return {
        branch.parent: [
            *(parse(branch.formula) if branch.formula else ()),
            *(factor.key for factor in branch.factors),
        ]
        for branch in template.branches
    }


def keys(template: Template) -> set[str]:
    return {template.root, *chain(*children(template).values())}


def depth(below: dict[str, list[str]], key: str) -> int:
    return 1 + max((depth(below, child) for child in below.get(key, ())), default=0)


def test_every_row_that_the_demo_measures_is_a_kpi_of_the_same_kind() -> None:
    measured = Counter((row.id, row.accumulation, row.direction) for row in ROWS)
    told = Counter((row, kpi.accumulation, kpi.direction) for kpi in KPIS for row in kpi.ids)
    assert told == measured


def test_every_kgi_is_a_template_and_every_purpose_has_some() -> None:
    assert list(dict.fromkeys(template.row for template in TEMPLATES)) == list(KGIS)
    assert set(KGIS) <= {template.id for template in TEMPLATES}
    assert len({template.id for template in TEMPLATES}) == len(TEMPLATES)
    assert {kpi.key for kpi in KPIS for row in kpi.ids if "-G" in row} == {t.root for t in TEMPLATES}
    assert all(template.row in BY_KEY[template.root].ids for template in TEMPLATES)
    assert [purpose.id for purpose in PURPOSES] == [1, 2, 3, 4]
    assert {purpose for template in TEMPLATES for purpose in template.purposes} == {1, 2, 3, 4}


def test_every_kpi_is_in_a_template() -> None:
    assert set(BY_KEY) - set().union(*map(keys, TEMPLATES)) == set()
    assert len(BY_KEY) == len(KPIS)


@by_id
def test_a_template_is_one_tree_that_can_be_followed(template: Template) -> None:
    below = children(template)
    assert keys(template) <= set(BY_KEY)
    assert len(below) == len(template.branches)
    assert set(below) <= keys(template)
    assert template.root not in set(chain(*below.values()))
    assert depth(below, template.root) <= 4
    assert all(len(found) == len(set(found)) <= 7 for found in below.values())


@by_id
def test_the_goal_of_a_template_has_arithmetic(template: Template) -> None:
    assert template.branches[0].formula is not None


@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
def test_a_kpi_is_told_in_three_languages(kpi: Kpi) -> None:
    for text in (kpi.name, kpi.description, kpi.department, kpi.unit):
        assert all((text.en, text.vi, text.ja))
    for text in (kpi.name, kpi.description):
        assert len({text.en, text.vi, text.ja}) == 3
        assert any("\u3040" <= character <= "\u9fff" for character in text.ja)
    if kpi.unit.en == "%":
        assert kpi.accumulation == "rate"


@by_id
def test_a_template_is_described_in_three_languages(template: Template) -> None:
    assert len({template.description.of(language) for language in ("en", "vi", "ja")}) == 3


def test_a_language_that_the_catalogue_does_not_know_is_answered_in_english() -> None:
    assert Words("one", "một", "一").of("de") == "one"
