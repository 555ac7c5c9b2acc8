"""Files through HTTP: an Excel workbook for people, a CSV for programs, for whoever may export."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from openpyxl import load_workbook

from tests.support.client import Client
from tests.support.documents import small_tree
from tests.support.homes import DEMO_UNTIL

ROUTE = "/api/v1/kpi_tree/"
DEMO = {"as_of": str(DEMO_UNTIL), "period": "2026-09"}
CLOSED = {"as_of": "2026-11-05", "period": "2026-10"}


@pytest.fixture
def admin(client_as: Callable[[str], Client]) -> Client:
    return client_as("admin")


def exported(client: Client, tree: str = "marketing-automation", **body: Any) -> tuple[str, bytes]:
    answer = client.post(f"{ROUTE}{tree}/download", json=body)
    assert answer.status_code == 200, answer.json
    return answer.headers["Content-Disposition"], answer.data


def workbook(client: Client, tree: str = "marketing-automation", **body: Any) -> Any:
    return load_workbook(io.BytesIO(exported(client, tree, **body)[1]))


def table(sheet: Any) -> list[dict[str, Any]]:
    """A sheet's rows by its headings."""
    headings, *rows = sheet.iter_rows()
    return [dict(zip([cell.value for cell in headings], row, strict=True)) for row in rows]


def test_a_workbook_holds_every_node_with_numbers_as_numbers(admin: Client) -> None:
    real = admin.post(f"{ROUTE}marketing-automation/evaluate", json=DEMO).json["result"]
    name, _content = exported(admin, **DEMO)
    assert name == "attachment; filename*=UTF-8''marketing-automation-2026-09.xlsx"
    book = workbook(admin, **DEMO)
    assert book.sheetnames == ["All nodes", "About"]
    rows = {row["Key"].value: row for row in table(book["All nodes"])}
    assert {key: row["Actual"].value for key, row in rows.items()} == pytest.approx(
        {key: one["actual"] for key, one in real["nodes"].items()}
    )
    assert next(iter(rows)) == real["tree"]["root"]
    goal = rows["revenue"]
    word = real["nodes"]["revenue"]["status"].replace("_", " ").capitalize()
    assert (goal["Status"].value, goal["Attainment"].number_format) == (word, "0.0%")
    assert goal["Actual"].number_format == '"$"#,##0'
    about = {row[0].value: row[1].value for row in book["About"].iter_rows(min_row=2)}
    assert about["From"] == datetime(2026, 9, 1)


def test_members_have_a_sheet_of_their_own(admin: Client) -> None:
    asked = {**DEMO, "by": "region"}
    by = admin.post(f"{ROUTE}marketing-automation/evaluate", json=asked).json["result"]["by"]
    rows = table(workbook(admin, **asked)["Members"])
    told = {row["region"].value: row["Actual"].value for row in rows if row["Key"].value == "revenue"}
    wanted = dict(zip([str(one) for one in by["members"]], by["nodes"]["revenue"]["actual"], strict=True))
    assert told == pytest.approx(wanted)


def test_a_csv_has_the_names_of_the_api(admin: Client) -> None:
    name, content = exported(admin, **DEMO, format="csv", by="region")
    assert name.endswith("marketing-automation-2026-09.csv")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    real = admin.post(f"{ROUTE}marketing-automation/evaluate", json={**DEMO, "by": "region"}).json["result"]
    whole = {row["key"]: row for row in rows if not row["member"]}
    assert float(whole["revenue"]["actual"]) == real["nodes"]["revenue"]["actual"]
    assert len(rows) == len(real["nodes"]) * (1 + len(real["by"]["members"]))


def test_text_that_a_spreadsheet_would_run_is_neutralised(admin: Client) -> None:
    document = small_tree()
    document["nodes"][0]["name"] = "=cmd|' /C calc'!A0"
    document["nodes"][1]["unit"] = "@SUM(1)"
    assert admin.post(ROUTE, json=document).status_code == 201
    cells = table(workbook(admin, "small-tree", **CLOSED)["All nodes"])
    assert (cells[0]["Name"].value, cells[0]["Name"].data_type) == ("'=cmd\\|' /C calc'!A0", "s")
    assert cells[1]["Unit"].value == "'@SUM(1)"
    _name, content = exported(admin, "small-tree", **CLOSED, format="csv")
    assert "'=cmd" in content.decode()
    assert ",=cmd" not in content.decode()


def test_what_is_supposed_says_so(admin: Client) -> None:
    assert admin.post(ROUTE, json=small_tree()).status_code == 201
    supposed = {**CLOSED, "overrides": {"orders": {"actual": {"value": 40}}}}
    assert exported(admin, "small-tree", **supposed)[0].endswith("-what-if.xlsx")
    book = workbook(admin, "small-tree", **supposed)
    assert [row["Supposed"].value for row in table(book["All nodes"])] == ["Follows", "Yes", "Follows"]
    assert ("Supposed, not real", "Orders") in list(book["About"].iter_rows(values_only=True))


def test_headings_and_sheets_are_in_the_viewers_language(admin: Client) -> None:
    admin.get("/lang/ja")
    assert workbook(admin, **DEMO).sheetnames == ["すべてのノード", "概要"]


def test_who_may_not_export_is_told_so(app: Flask, client_as: Callable[[str], Client]) -> None:
    with app.app_context():
        from superset.extensions import db, security_manager

        role = security_manager.find_role("Gamma")
        role.permissions = [
            one for one in role.permissions if one.permission.name not in ("can_csv", "can_export_data")
        ]
        db.session.commit()
    answer = client_as("gamma").post(f"{ROUTE}marketing-automation/download", json=DEMO)
    assert (answer.status_code, list(answer.json)) == (403, ["message"])
    assert "not export" in answer.json["message"]


@pytest.mark.parametrize(
    ("d3format", "value", "excel"),
    [
        ("$,.0f", 1.0, '"$"#,##0'),
        (",.2f", 1.0, "#,##0.00"),
        (".1%", 0.5, "0.0%"),
        (",d", 5.0, "#,##0"),
        (".2e", 5.0, "0.00E+00"),
        (".3~s", 12345.0, "#,##0"),
        (None, 0.5, "General"),
        ("SMART_NUMBER", 5.0, "General"),
    ],
)
def test_a_number_looks_as_on_the_chart(app: Flask, d3format: str | None, value: float, excel: str) -> None:
    from superset_kpi_plugin.services.exporting import excel_format

    assert excel_format(d3format, value) == excel
