"""An evaluation as a file: a CSV for programs, a workbook for people.

What is written is what `evaluate` tells the same viewer. Text that a spreadsheet would take for a formula is
neutralised as Superset neutralises it in its own files.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any

from flask import current_app
from superset.utils.csv import escape_value
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from superset_kpi_plugin.exceptions import ForbiddenError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.models import KpiTree
from superset_kpi_plugin.security import may_export
from superset_kpi_plugin.services.evaluation import NUMBERS, evaluate_tree

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHARES = frozenset(
    ("attainment", "score", "coverage", "elapsed", "pace", "paced_score", "forecast_attainment")
)
"""The numbers of a node that are parts of 1; the others are in the node's own unit."""
SHARE_FORMAT = "0.0%"
_MEMBER_NUMBERS = ("actual", "target", "lower", "upper", "attainment")
_DEEPEST_OUTLINE = 7  # as many levels of rows as Excel folds
_D3 = re.compile(
    r"(?:.?[<>=^])?[+\-( ]?(?P<symbol>[$#])?0?\d*(?P<comma>,)?"
    r"(?:\.(?P<digits>\d+))?~?(?P<type>[%pefdgrsn])?"
)
_DECIMALS = {"%": 1, "p": 1, "e": 2, "f": 2}
"""How many decimals a type of d3 has where the format does not say."""
_MOST_DECIMALS = 9

Cell = str | float | int | date | None
Answer = Mapping[str, Any]


@dataclass(frozen=True)
class File:
    """Something to download."""

    name: str
    mimetype: str
    content: bytes


@dataclass(frozen=True)
class Place:
    """A node where it is first met when the tree is read from the root; the root's level is 1."""

    node: Answer
    level: int
    parent: str | None


def export_tree(tree: KpiTree, format: str, **question: Any) -> File:
    """The evaluation that `question` asks for as a file.

    :raises ForbiddenError: the viewer may not export data
    """
    if not may_export():
        raise ForbiddenError(
            _("You may look at these numbers, but not export them: ask an admin for the permission to.")
        )
    answer = evaluate_tree(tree, **question)
    if format == "csv":
        return File(_file_name(answer, "csv"), CSV, _csv(answer))
    return File(_file_name(answer, "xlsx"), XLSX, _workbook(answer, question.get("filters") or ()))


def _file_name(answer: Answer, ending: str) -> str:
    window = answer["window"]
    name = f"{answer['tree']['slug']}-{window['name'] or '{since}-{until}'.format(**window)}"
    if answer["overridden"]:
        name += "-what-if"
    safe = re.sub(r"[^\w.-]+", "-", name)
    return f"{safe}.{ending}"


def reading_order(tree: Answer) -> Iterator[Place]:
    """Every node once, under its first parent, depth first, links in their order."""
    nodes = {node["key"]: node for node in tree["nodes"]}
    below: dict[str, list[str]] = {}
    for link in sorted(tree["links"], key=lambda link: (link["order"], link["child"])):
        below.setdefault(link["parent"], []).append(link["child"])
    seen: set[str] = set()
    waiting: list[tuple[str, int, str | None]] = [(tree["root"], 1, None)]
    while waiting:
        key, level, parent = waiting.pop()
        if key not in seen:
            seen.add(key)
            yield Place(nodes[key], level, parent)
            waiting += [(child, level + 1, key) for child in reversed(below.get(key, ()))]


def neutral(text: str) -> str:
    """Text that no spreadsheet runs."""
    return str(escape_value(text))


def _owner(node: Answer) -> str | None:
    owner = node["owner"]
    return f"{owner['first_name']} {owner['last_name']}".strip() if owner else None


def _supposed(answer: Answer, key: str) -> str:
    if key in answer["overridden"]:
        return "yes"
    return "follows" if answer["overridden"] else "no"


def _why(result: Answer) -> str | None:
    reasons = list(result["reasons"].values())
    return reasons[0]["message"] if reasons else None


def _csv(answer: Answer) -> bytes:
    """One row per node, and one per node and member where members were asked for; the names are the API's.

    It starts with a byte order mark, by which spreadsheets know that it is UTF-8.
    """
    window, by = answer["window"], answer["by"]
    written = StringIO()
    writer = csv.writer(written)
    before = ("level", "key", *(["member"] if by else []), "name", "parent", "department", "owner", "unit")
    after = ("reason", "explanation", "data_through", "since", "until", "as_of")
    writer.writerow((*before, "supposed", "status", *NUMBERS, *after))
    days = (window["since"], window["until"], window["as_of"])
    for place in reading_order(answer["tree"]):
        node, key = place.node, place.node["key"]
        about = (node["name"], place.parent, node["department"], _owner(node), node["unit"])
        result = answer["nodes"][key]
        told: list[tuple[Any, ...]] = [
            (
                *(place.level, key, *([""] if by else []), *about, _supposed(answer, key), result["status"]),
                *(result[name] for name in NUMBERS),
                *(result["reason"], _why(result), result["data_through"], *days),
            )
        ]
        for index, member in enumerate(by["members"] if by else ()):
            series = by["nodes"][key]
            reason = series["reason"][index]
            told.append(
                (
                    *(place.level, key, _member_name(member), *about, "no", series["status"][index]),
                    *(series[name][index] if name in _MEMBER_NUMBERS else None for name in NUMBERS),
                    *(reason and reason["code"], reason and reason["message"], None, *days),
                )
            )
        for row in told:
            writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _member_name(member: Any) -> str:
    return _("None") if member is None else str(member)


def _workbook(answer: Answer, filters: Sequence[Answer]) -> bytes:
    content = BytesIO()
    # A text that begins with = or looks like an address stays the text that it is.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with Workbook(content, options) as workbook:
        book = _Book(workbook)
        _write_nodes(book, answer)
        if answer["by"]:
            _write_members(book, answer)
        _write_about(book, answer, filters)
    return content.getvalue()


class _Book:
    """A workbook with its formats, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self.workbook = workbook
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def sheet(self, name: str, headings: Sequence[str], widths: Sequence[int], frozen: int) -> _Sheet:
        """A sheet with its row of headings, which stays in sight, as do its first columns."""
        # Excel takes 31 characters, and not all of them.
        sheet = self.workbook.add_worksheet(re.sub(r"[\[\]:*?/\\']", " ", name)[:31])
        head = self.format(bold=True, text_wrap=True, valign="top", bottom=1)
        for index, (heading, width) in enumerate(zip(headings, widths, strict=True)):
            sheet.set_column(index, index, width)
            sheet.write_string(0, index, neutral(heading), head)
        sheet.freeze_panes(1, frozen)
        return _Sheet(self, sheet)

    def format(self, **look: Any) -> Format:
        known = tuple(sorted(look.items()))
        if known not in self._formats:
            self._formats[known] = self.workbook.add_format(look)
        return self._formats[known]


class _Sheet:
    def __init__(self, book: _Book, sheet: Worksheet) -> None:
        self.book = book
        self.sheet = sheet

    def write(self, row: int, cells: Sequence[tuple[Cell, dict[str, Any]]]) -> None:
        """A row of cells with their looks; what is undefined stays empty."""
        for column, (value, look) in enumerate(cells):
            if value is None:
                continue
            if isinstance(value, str):
                self.sheet.write_string(row, column, neutral(value), self.book.format(**look))
            elif isinstance(value, date):
                shown = self.book.format(num_format="yyyy-mm-dd", align="left", **look)
                self.sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), shown)
            else:
                self.sheet.write_number(row, column, value, self.book.format(**look))


def _write_nodes(book: _Book, answer: Answer) -> None:
    supposing = bool(answer["overridden"])
    words, numbers = _number_words(), [*NUMBERS]
    headings = [
        *(_("Name"), _("Key"), _("Status")),
        *([_("Supposed")] if supposing else []),
        *(words[name] for name in numbers),
        *(
            _("Unit"),
            _("Department"),
            _("Owner"),
            _("Parent"),
            _("Why something is missing"),
            _("Data through"),
        ),
    ]
    widths = [38, 22, 14, *([12] if supposing else []), *[15] * len(numbers), 12, 18, 20, 22, 60, 13]
    sheet = book.sheet(_("All nodes"), headings, widths, frozen=1)
    statuses, row = status_words(), 0
    plain: dict[str, Any] = {}
    for row, place in enumerate(reading_order(answer["tree"]), 1):
        node, result = place.node, answer["nodes"][place.node["key"]]
        supposed = {"yes": _("Yes"), "follows": _("Follows"), "no": _("No")}[_supposed(answer, node["key"])]
        through = result["data_through"]
        sheet.write(
            row,
            [
                (node["name"], {"indent": min(place.level - 1, 15), "bold": place.level == 1}),
                *((text, plain) for text in (node["key"], statuses[result["status"]])),
                *([(supposed, plain)] if supposing else []),
                *(_figure(node, name, result[name]) for name in numbers),
                *((text, plain) for text in (node["unit"], node["department"], _owner(node), place.parent)),
                (_why(result), plain),
                (through and date.fromisoformat(through), plain),
            ],
        )
        sheet.sheet.set_row(row, None, None, {"level": min(place.level - 1, _DEEPEST_OUTLINE)})
    # The driver's rows fold away under their parent's, which stands above them.
    sheet.sheet.outline_settings(True, False)
    sheet.sheet.autofilter(0, 0, row, len(headings) - 1)


def _write_members(book: _Book, answer: Answer) -> None:
    by, words, statuses = answer["by"], _number_words(), status_words()
    headings = [
        *(_("Name"), _("Key"), str(by["column"]), _("Status")),
        *(words[name] for name in _MEMBER_NUMBERS),
        *(_("Unit"), _("Why something is missing")),
    ]
    sheet = book.sheet(
        _("Members"), headings, [38, 22, 20, 14, *[15] * len(_MEMBER_NUMBERS), 12, 60], frozen=1
    )
    plain: dict[str, Any] = {}
    row = 0
    for place in reading_order(answer["tree"]):
        node, series = place.node, by["nodes"][place.node["key"]]
        for index, member in enumerate(by["members"]):
            row += 1
            reason = series["reason"][index]
            sheet.write(
                row,
                [
                    *((text, plain) for text in (node["name"], node["key"], _member_name(member))),
                    (statuses[series["status"][index]], plain),
                    *(_figure(node, name, series[name][index]) for name in _MEMBER_NUMBERS),
                    *((text, plain) for text in (node["unit"], reason and reason["message"])),
                ],
            )
    sheet.sheet.autofilter(0, 0, row, len(headings) - 1)


def _write_about(book: _Book, answer: Answer, filters: Sequence[Answer]) -> None:
    """Which tree and days the numbers are about: a file is read without its chart beside it."""
    tree, window = answer["tree"], answer["window"]
    names = {node["key"]: node["name"] for node in tree["nodes"]}
    rows: list[tuple[str, Cell]] = [
        (_("KPI tree"), tree["name"]),
        (_("Period"), window["name"]),
        (_("From"), date.fromisoformat(window["since"])),
        (_("Up to, not included"), date.fromisoformat(window["until"])),
        (_("As of"), date.fromisoformat(window["as_of"])),
        *((_("Filter"), f"{one['col']} {one['op']} {one.get('val', '')}".strip()) for one in filters),
        *((_("Supposed, not real"), names.get(key, key)) for key in answer["overridden"]),
    ]
    sheet = book.sheet(_("About"), [_("About"), ""], [24, 60], frozen=0)
    for row, (label, value) in enumerate(rows, 1):
        sheet.write(row, [(label, {"bold": True}), (value, {})])


def _figure(node: Answer, name: str, value: float | None) -> tuple[Cell, dict[str, Any]]:
    """A number as a number, looking as it does on the chart."""
    if value is None:
        return None, {}
    shape = SHARE_FORMAT if name in SHARES else excel_format(node["d3format"], value, _currency())
    return value, {"num_format": shape}


def _currency() -> tuple[str, str]:
    """What the operator writes before and after an amount of money."""
    before, after = (current_app.config.get("D3_FORMAT") or {}).get("currency") or ("$", "")
    return before, after


def excel_format(d3format: str | None, value: float, currency: tuple[str, str] = ("$", "")) -> str:
    """Excel's format that is nearest to a d3 format; what Excel cannot write (SI prefixes) is written out."""
    found = _D3.fullmatch(d3format or "")
    if found is None:
        return "General"
    kind, digits = found["type"], found["digits"]
    decimals = _DECIMALS.get(kind, 0) if digits is None else min(int(digits), _MOST_DECIMALS)
    whole = "#,##0" if found["comma"] else "0"
    point = f".{'0' * decimals}" if decimals else ""
    if kind in ("%", "p"):
        return f"{whole}{point}%"
    if kind == "e":
        return f"0{point}E+00"
    if kind not in ("f", "d"):
        whole, point = ("#,##0", "") if abs(value) >= 1000 else ("General", "")
    if found["symbol"] != "$" or whole == "General":
        return whole + point
    before, after = (f'"{part}"' if part else "" for part in currency)
    return f"{before}{whole}{point}{after}"


def status_words() -> dict[str, str]:
    """What each status is called."""
    return {
        "achieved": _("Achieved"),
        "on_track": _("On track"),
        "at_risk": _("At risk"),
        "off_track": _("Off track"),
        "no_target": _("No target"),
        "not_started": _("Not started"),
        "no_data": _("No data"),
        "restricted": _("Restricted"),
        "error": _("Error"),
    }


def _number_words() -> dict[str, str]:
    return {
        "actual": _("Actual"),
        "target": _("Target"),
        "baseline": _("Baseline"),
        "lower": _("Lower bound"),
        "upper": _("Upper bound"),
        "variance": _("Variance"),
        "attainment": _("Attainment"),
        "score": _("Score"),
        "coverage": _("Coverage"),
        "expected": _("Expected by now"),
        "elapsed": _("Elapsed"),
        "pace": _("Pace"),
        "paced_score": _("Paced score"),
        "forecast": _("Forecast"),
        "forecast_attainment": _("Forecast attainment"),
        "needed_per_day": _("Needed per day"),
        "unexplained": _("Unexplained"),
    }
