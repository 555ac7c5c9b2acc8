"""The server's messages in Vietnamese and Japanese: none missing, none stale, and each viewer gets theirs."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale

from superset_kpi_plugin.i18n import TRANSLATIONS, _
from tests.support.client import Client
from tests.support.processes import ROOT

PACKAGE = ROOT / "superset_kpi_plugin"
LANGUAGES = ("ja", "vi")
PLACE = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """Everything that the sources wrap in `_`, as `make messages` finds it."""
    found = extract_from_dir(
        PACKAGE, keywords={"_": None}, directory_filter=lambda folder: Path(folder).name != "frontend"
    )
    texts = {str(message) for _file, _line, message, _comments, _context in found}
    assert len(texts) > 50
    return texts


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def catalogue(language: str) -> Catalog:
    return read(TRANSLATIONS / language / "LC_MESSAGES" / "kpi.po")


def ids(catalogue: Catalog) -> set[str]:
    return {str(message.id) for message in catalogue if message.id}


def test_there_is_a_catalogue_per_language() -> None:
    assert sorted(path.name for path in TRANSLATIONS.iterdir() if path.is_dir()) == sorted(LANGUAGES)


def test_the_template_is_what_the_sources_say(messages: set[str]) -> None:
    assert ids(read(TRANSLATIONS / "kpi.pot")) == messages, "run make messages"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_in_the_catalogue_and_none_besides(language: str, messages: set[str]) -> None:
    kept = catalogue(language)
    assert ids(kept) == messages, "run make messages, then translate what is new"
    assert not kept.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_with_the_same_places(language: str) -> None:
    for message in catalogue(language):
        if not message.id:
            continue
        text = str(message.string)
        assert text.strip(), message.id
        assert text != message.id
        assert not message.fuzzy, message.id
        assert sorted(PLACE.findall(text)) == sorted(PLACE.findall(message.id)), message.id
        assert text.count("%") == str(message.id).count("%"), message.id


def calls() -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.is_relative_to(PACKAGE / "frontend"):
            continue
        for item in ast.walk(ast.parse(path.read_text())):
            if isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id == "_":
                yield f"{path.relative_to(ROOT)}:{item.lineno}", item


def test_every_message_is_a_literal_and_every_place_is_given() -> None:
    for where, call in calls():
        text = call.args[0]
        assert isinstance(text, ast.Constant), f"{where}: only a literal can be extracted"
        assert {keyword.arg for keyword in call.keywords} == set(PLACE.findall(text.value)), where


@pytest.mark.parametrize(
    ("language", "answer"),
    [
        (None, "There is no such KPI tree, or you may not see it."),
        ("en", "There is no such KPI tree, or you may not see it."),
        ("vi", "Cây KPI này không tồn tại hoặc bạn không được xem."),
        ("ja", "このKPIツリーは存在しないか、閲覧権限がありません。"),
    ],
)
def test_an_unknown_tree_is_refused_in_the_viewers_language(
    client_as: Callable[[str | None], Client], language: str | None, answer: str
) -> None:
    client = client_as("admin")
    if language is not None:
        assert client.get(f"/lang/{language}").status_code == 302
    response = client.get("/api/v1/kpi_tree/no-such-tree")
    assert response.status_code == 404
    assert response.json == {"message": answer}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("vi_VN", "Không có nút nào mang khóa 100 %."),
        ("ja", "キー 100 % を持つノードはありません。"),
        ("de", "No node has the key 100 %."),
    ],
)
def test_places_are_filled_in(app_context: Flask, locale: str, text: str) -> None:
    with force_locale(locale):
        assert _("No node has the key %(key)s.", key="100 %") == text


def test_outside_of_an_app_there_is_english() -> None:
    assert _("A target needs a value.") == "A target needs a value."
