"""The server's messages in Vietnamese and Japanese: none missing, none stale, and each viewer gets theirs."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from flask import Flask
from flask_babel import force_locale
from marshmallow import Schema, fields

from superset_kpi_plugin.i18n import TRANSLATIONS, _, told
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.services.field_messages import MARSHMALLOW
from tests.support.client import Client
from tests.support.documents import formula_node, link, month, node
from tests.support.processes import ROOT

PACKAGE = ROOT / "superset_kpi_plugin"
LANGUAGES = ("ja", "vi")
ROUTE = "/api/v1/kpi_tree/"
OCTOBER = ("2026-10-01", "2026-11-01")
TREE = {
    "name": "Rate of nothing",
    "slug": "rate-of-nothing",
    "nodes": [
        formula_node("rate", "won / asked"),
        node("won", manual_values=[month(*OCTOBER, value=1)]),
        node("asked", manual_values=[month(*OCTOBER, value=0)]),
    ],
    "links": [link("rate", "won"), link("rate", "asked")],
}
WRAPPERS = ("_", "phrase")
PLACE = re.compile(r"%\((\w+)\)s")


@pytest.fixture(scope="module")
def messages() -> set[str]:
    """Everything that the sources wrap in `_`, or the arithmetic in `phrase`, as `make messages` finds it."""
    found = extract_from_dir(
        PACKAGE,
        keywords=dict.fromkeys(WRAPPERS),
        directory_filter=lambda folder: Path(folder).name != "frontend",
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


def calls(folder: Path, *names: str) -> Iterator[tuple[str, ast.Call]]:
    for path in sorted(folder.rglob("*.py")):
        if path.is_relative_to(PACKAGE / "frontend"):
            continue
        for item in ast.walk(ast.parse(path.read_text())):
            if isinstance(item, ast.Call) and isinstance(item.func, ast.Name) and item.func.id in names:
                yield f"{path.relative_to(ROOT)}:{item.lineno}", item


def test_every_message_is_a_literal_and_every_place_is_given() -> None:
    for where, call in calls(PACKAGE, *WRAPPERS):
        text = call.args[0]
        assert isinstance(text, ast.Constant), f"{where}: only a literal can be extracted"
        assert {keyword.arg for keyword in call.keywords} == set(PLACE.findall(text.value)), where


def test_no_reason_of_the_arithmetic_is_english_only() -> None:
    for where, call in calls(PACKAGE / "rollup", "Undefined", "NoSolution", "PeriodError"):
        for part in call.args:
            assert not isinstance(part, ast.JoinedStr), f"{where}: wrap it in phrase"
            assert not (isinstance(part, ast.Constant) and isinstance(part.value, str)), f"{where}: likewise"


def test_a_phrase_within_a_phrase_is_told_in_the_same_language(app_context: Flask) -> None:
    inner = phrase("%(name)s has no target; enter a target.", name="Đơn hàng")
    outer = phrase("No target for %(spans)s. %(why)s", spans="2026-10-01", why=inner)
    assert outer == "No target for 2026-10-01. Đơn hàng has no target; enter a target."
    with force_locale("ja"):
        assert (
            told(outer)
            == "2026-10-01 の目標値がありません。Đơn hàng には目標値がありません。目標値を入力してください。"
        )
        assert told("anything else") == "anything else"


def test_the_reasons_of_an_evaluation_are_in_the_viewers_language(
    client_as: Callable[[str | None], Client],
) -> None:
    admin = client_as("admin")
    assert admin.post(ROUTE, TREE).status_code == 201
    reasons = {}
    for language in ("en", "vi", "ja"):
        assert admin.get(f"/lang/{language}").status_code == 302
        answer = admin.post(f"{ROUTE}{TREE['slug']}/evaluate", {"period": "2026-10"}).json["result"]
        reasons[language] = answer["nodes"]["rate"]["reasons"]["actual"]["message"]
    assert reasons == {
        "en": "The formula divides by zero; check the child below the line.",
        "vi": "Công thức chia cho 0; hãy kiểm tra nút con ở mẫu số.",
        "ja": "数式が0で割っています。分母の子を確認してください。",
    }
    refused = admin.post(f"{ROUTE}{TREE['slug']}/evaluate", {"period": "soon"})
    assert refused.status_code == 422
    assert refused.json["message"]["period"][0].startswith("soon はこのツリーの期ではありません。")


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


def test_what_marshmallow_says_of_a_field_is_known(app_context: Flask) -> None:
    fields_of = [field for schema in schemas() for field in inner(schema().fields.values())]
    said = {text for field in fields_of for text in field.error_messages.values()}
    never = {  # of bytes, in answers, of a moment
        "Not a valid utf-8 string.",
        '"{input}" cannot be formatted as a date.',
        "Not a valid {awareness} {obj_type}.",
    }
    assert "Not a valid date." in said
    assert said - {str(message) for message in MARSHMALLOW} == never


def schemas() -> Iterator[type[Schema]]:
    from superset_kpi_plugin import schemas as module

    for one in vars(module).values():
        if isinstance(one, type) and issubclass(one, Schema) and one is not Schema:
            yield one


def inner(found: Iterable[fields.Field]) -> Iterator[fields.Field]:
    for field in found:
        yield field
        parts = (getattr(field, name, None) for name in ("inner", "key_field", "value_field"))
        yield from inner(part for part in parts if part is not None)


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
