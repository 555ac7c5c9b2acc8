"""What a KPI and a template of the catalogue are made of."""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("en", "vi", "ja")


@dataclass(frozen=True)
class Words:
    """One text in every language of the catalogue."""

    en: str
    vi: str
    ja: str

    def of(self, language: str) -> str:
        """The text in a language; in English where the catalogue does not know it."""
        return str(getattr(self, language)) if language in LANGUAGES else self.en


@dataclass(frozen=True)
class Kpi:
    """One KPI, or one half of a row that names several; `ids` are the rows' codes, none for a helper.

    `synonyms` are other names, in any language, under which a metric may be saved; `wider` are names of
    metrics that count more than this and need a filter. A unit of money holds `{currency}`. `shift` is in
    whole periods back.
    """

    key: str
    ids: tuple[str, ...]
    name: Words
    description: Words
    department: Words
    unit: Words
    d3format: str
    accumulation: str
    direction: str = "increase"
    synonyms: tuple[str, ...] = ()
    wider: tuple[str, ...] = ()
    shift: int = 0


@dataclass(frozen=True)
class Factor:
    """An influence: what may move its parent `lag` periods later; `sign` where it is not the usual one."""

    key: str
    lag: int = 0
    sign: str | None = None


@dataclass(frozen=True)
class Branch:
    """What a KPI of a template hangs on: the arithmetic, and then what may matter."""

    parent: str
    formula: str | None
    factors: tuple[Factor, ...] = ()


@dataclass(frozen=True)
class Purpose:
    """Why somebody starts a tree."""

    id: int
    name: Words


@dataclass(frozen=True)
class Template:
    """A tree for one KGI of the catalogue, the first branch's parent; `row` is the KGI's code there."""

    id: str
    row: str
    purposes: tuple[int, ...]
    description: Words
    branches: tuple[Branch, ...]

    @property
    def root(self) -> str:
        return self.branches[0].parent


MARKETING = Words("Marketing", "Marketing", "マーケティング")
INSIDE_SALES = Words("Inside sales", "Inside sales", "インサイドセールス")
SALES = Words("Sales", "Kinh doanh", "営業")
SUCCESS = Words("Customer success", "Chăm sóc khách hàng", "カスタマーサクセス")

CURRENCY = Words("currency", "tiền tệ", "通貨")
MONEY = Words("{currency}", "{currency}", "{currency}")
MONEY_PER_ORDER = Words("{currency} per order", "{currency} mỗi đơn hàng", "{currency}/件")
MONEY_PER_ACTION = Words("{currency} per action", "{currency} mỗi hành động", "{currency}/アクション")
MONEY_PER_CUSTOMER = Words("{currency} per customer", "{currency} mỗi khách hàng", "{currency}/人")
PERCENT = Words("%", "%", "%")
ORDERS = Words("orders", "đơn hàng", "件")
NEGOTIATIONS = Words("negotiations", "cơ hội", "商談")
CALLS = Words("calls", "cuộc gọi", "コール")
APPOINTMENTS = Words("appointments", "cuộc hẹn", "アポ")
LEADS = Words("leads", "khách hàng tiềm năng", "件")
VISITS = Words("visits", "lượt truy cập", "訪問")
ENQUIRIES = Words("enquiries", "yêu cầu", "件")
VIEWS = Words("views", "lượt xem", "ビュー")
APPLICATIONS = Words("applications", "lượt đăng ký", "件")
CUSTOMERS = Words("customers", "khách hàng", "人")
EMAILS = Words("e-mails", "email", "通")
ANSWERS = Words("answers", "câu trả lời", "件")

WHOLE, SHARE, AMOUNT = ",.0f", ",.1%", ",.2f"
