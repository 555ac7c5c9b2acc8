"""The tree document as marshmallow schemas.

Types, closed sets and sizes. What nodes mean together is `services.check`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from typing import Any, ClassVar, cast
from uuid import UUID
from zoneinfo import available_timezones

from marshmallow import (
    EXCLUDE,
    Schema,
    ValidationError,
    fields,
    missing,
    post_load,
    pre_load,
    validate,
    validates_schema,
)
from superset.utils.core import FilterOperator

from superset_kpi_plugin.catalogue import LANGUAGES
from superset_kpi_plugin.models import KEY_LENGTH, NAME_LENGTH
from superset_kpi_plugin.rollup.phrase import phrase
from superset_kpi_plugin.rollup.proof import COMPONENT_ERROR, COMPONENT_PERIODS
from superset_kpi_plugin.rollup.types import (
    Accumulation,
    AttainmentMethod,
    Direction,
    Grain,
    PaceProfile,
    RollupMethod,
    Source,
)

MAX_NODES = 10_000
MAX_ROWS = 10_000
MAX_HISTORY = 60
MAX_PROOF_PERIODS = 120
TEXT_LENGTH = 10_000
MAX_INTEGER = 2**31 - 1
KEY = re.compile(rf"[a-z][a-z0-9_]{{0,{KEY_LENGTH - 1}}}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RESERVED_SLUGS = frozenset(
    (
        *("metrics", "preview", "templates", "propose", "plan", "export", "import", "favorite_status"),
        *("related", "distinct", "new"),
    )
)
"""Words that the API's or the page's own addresses begin with."""
NO_COMPARATOR = ("IS NULL", "IS NOT NULL", "IS TRUE", "IS FALSE")
ABSOLUTE_RANGE = re.compile(r"\d{4}-\d{2}-\d{2}[T0-9:]* : \d{4}-\d{2}-\d{2}[T0-9:]*", re.ASCII)
READ_ONLY = ("id", "changed_on", "changed_by", "created_on", "created_by", "kind")


def as_uuid(value: str) -> UUID | None:
    """`value` as a uuid, or None where it is none: such a value can only be a slug."""
    try:
        return UUID(value)
    except ValueError:
        return None


class Text(fields.String):
    """A string that every database can hold: no NUL, no half of a surrogate pair."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise ValidationError(phrase("Not valid Unicode text.")) from None
        if "\x00" in text:
            raise ValidationError(phrase("Text must not contain the character NUL."))
        return text


class Number(fields.Float):
    """A finite number; not a string, not a boolean."""

    def _validated(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise self.make_error("invalid", input=value)
        number: float = super()._validated(value)
        return number


class Whole(fields.Integer):
    """A whole number that fits a 32-bit column."""

    def __init__(self, low: int, high: int = MAX_INTEGER, **kwargs: Any) -> None:
        super().__init__(strict=True, validate=validate.Range(low, high), **kwargs)

    def _validated(self, value: Any) -> int:
        if isinstance(value, (bool, str)):
            raise self.make_error("invalid", input=value)
        number: int = super()._validated(value)
        return number


class Truth(fields.Boolean):
    """true or false; not "yes", not 1."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


def user_document(user: Any) -> dict[str, Any] | None:
    """A user as the API tells of them."""
    return user and {"id": user.id, "first_name": user.first_name, "last_name": user.last_name}


class User(fields.Field):
    """A user as `user_document` writes one; a bare id is taken too, as in Superset's own APIs."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> int:
        user_id = value.get("id") if isinstance(value, dict) else value
        if isinstance(user_id, bool) or not isinstance(user_id, int) or not 0 < user_id <= MAX_INTEGER:
            raise ValidationError(phrase("Give the user's id."))
        return user_id


def _name(**kwargs: Any) -> Text:
    return Text(validate=validate.Length(1, NAME_LENGTH), **kwargs)


def _choice(choices: type, **kwargs: Any) -> Text:
    return Text(validate=validate.OneOf([choice.value for choice in choices]), **kwargs)  # type: ignore[attr-defined]


class DocumentSchema(Schema):
    """Unknown fields are refused, so that a misspelt one is not lost in silence.

    Read-only ones are passed over.
    """

    @pre_load
    def drop_read_only(self, data: Any, **kwargs: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {name: value for name, value in data.items() if name not in READ_ONLY or name in self.fields}


class SpanSchema(DocumentSchema):
    """A dated row. What is wrong with it as a whole is found by the methods that CHECKS names."""

    CHECKS: ClassVar[tuple[str, ...]] = ("start_before_end",)

    start = fields.Date(required=True)
    end = fields.Date(required=True)

    @validates_schema
    def start_before_end(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["start"] >= data["end"]:
            raise ValidationError(
                phrase("The end is the day after the last, so it must come after the start."), "end"
            )

    def plain(self, row: Any) -> dict[str, Any] | None:
        """What `load` makes of a row that is written plainly and right; None of any other."""
        if type(row) is not dict or not row.keys() <= self.fields.keys():
            return None
        try:
            found = {name: read(row.get(name, missing)) for name, read in self._readers}
            for check in self.CHECKS:
                getattr(self, check)(found)
        except (ValidationError, ValueError):
            return None
        return found

    @cached_property
    def _readers(self) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
        return tuple((name, _reader(field)) for name, field in self.fields.items())


def _reader(field: fields.Field) -> Callable[[Any], Any]:
    """How a plain row's field is read; ValueError or ValidationError where it takes more than that."""
    quick = None if field.validators else _QUICK.get(type(field))
    if quick is None:
        return cast("Callable[[Any], Any]", field.deserialize)
    read, nullable = quick, field.allow_none and field.load_default is None
    return lambda value: None if nullable and (value is None or value is missing) else read(value)


def _day(value: Any) -> date:
    # From Python 3.11 on other spellings are read too, which marshmallow refuses.
    if type(value) is not str or len(value) != 10 or value[7] != "-":
        raise ValueError
    return date.fromisoformat(value)


def _finite(value: Any) -> float:
    if type(value) is int and abs(value) <= MAX_INTEGER:
        return float(value)
    if type(value) is not float or not math.isfinite(value):
        raise ValueError
    return value


_QUICK: Mapping[type, Callable[[Any], Any]] = {fields.Date: _day, Number: _finite}


class Row(fields.Nested):
    """A row of which documents have tens of thousands.

    The way through marshmallow takes many times as long as its few fields: it is kept for rows that have
    anything about them to be told.
    """

    schema: SpanSchema

    def deserialize(
        self, value: Any, attr: str | None = None, data: Mapping[str, Any] | None = None, **kwargs: Any
    ) -> Any:
        row = self.schema.plain(value)
        return super().deserialize(value, attr, data, **kwargs) if row is None else row


class TargetSchema(SpanSchema):
    CHECKS = (*SpanSchema.CHECKS, "consistent")

    dimension = _name(allow_none=True, load_default=None)
    member = Text(allow_none=True, load_default=None, validate=validate.Length(max=NAME_LENGTH))
    value = Number(allow_none=True, load_default=None)
    baseline = Number(allow_none=True, load_default=None)
    lower = Number(allow_none=True, load_default=None)
    upper = Number(allow_none=True, load_default=None)

    @validates_schema
    def consistent(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (data["dimension"] is None) != (data["member"] is None):
            raise ValidationError(
                phrase("A target of a member needs both its dimension and its member."), "member"
            )
        if (data["lower"] is None) != (data["upper"] is None):
            raise ValidationError(phrase("A band needs both its lower and its upper bound."), "upper")
        if data["lower"] is not None and data["lower"] > data["upper"]:
            raise ValidationError(phrase("The lower bound must not be above the upper one."), "upper")


class ManualValueSchema(SpanSchema):
    value = Number(required=True)


class PeriodSchema(SpanSchema):
    name = _name(required=True)


class ThresholdsSchema(DocumentSchema):
    on_track = Number(required=True, validate=validate.Range(0))
    at_risk = Number(required=True, validate=validate.Range(0))

    @validates_schema
    def at_risk_below_on_track(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["at_risk"] > data["on_track"]:
            raise ValidationError(
                phrase("The at-risk threshold must not be above the on-track one."), "at_risk"
            )


class Comparator(fields.Field):
    """What an adhoc filter compares with: text, a finite number, a truth value, or a list of them."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        values = value if isinstance(value, list) else [value]
        if len(values) > MAX_ROWS:
            raise ValidationError(phrase("At most %(most)s values.", most=MAX_ROWS))
        for one in values:
            if isinstance(one, str):
                Text().deserialize(one)
            elif isinstance(one, (int, float)) and not isinstance(one, bool):
                Number().deserialize(one)
            elif one is not None and not isinstance(one, bool):
                raise ValidationError(phrase("Text, a number, true or false, or a list of them."))
        return value


def check_comparator(operator: str, value: Any, field: str) -> None:
    """Refuse a comparison that can only fail, or match nothing, in every database."""
    if operator in ("IN", "NOT IN"):
        if not (isinstance(value, list) and value):
            raise ValidationError(phrase("IN and NOT IN need a list of at least one value."), field)
    elif operator in NO_COMPARATOR:
        return
    elif operator == FilterOperator.TEMPORAL_RANGE:
        if not isinstance(value, str):
            raise ValidationError(phrase("A time range is text."), field)
    elif value is None or isinstance(value, list):
        raise ValidationError(
            phrase("%(operator)s compares with one value; for no value there is IS NULL.", operator=operator),
            field,
        )


class AdhocFilterSchema(Schema):
    """Superset's own adhoc filter; its bookkeeping fields (`filterOptionName`, …) are not kept."""

    class Meta:
        unknown = EXCLUDE

    expressionType = Text(required=True, validate=validate.OneOf(["SIMPLE", "SQL"]))
    clause = Text(
        load_default="WHERE",
        validate=validate.Equal("WHERE", error=phrase("Only WHERE filters fit a metric.")),
    )
    subject = _name(allow_none=True, load_default=None)
    operator = Text(
        allow_none=True,
        load_default=None,
        validate=validate.OneOf([operator.value for operator in FilterOperator]),
    )
    comparator = Comparator(allow_none=True, load_default=None)
    sqlExpression = Text(allow_none=True, load_default=None, validate=validate.Length(1, TEXT_LENGTH))

    @validates_schema
    def complete(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["expressionType"] == "SQL":
            if not data["sqlExpression"]:
                raise ValidationError(phrase("A custom SQL filter needs its expression."), "sqlExpression")
            return
        if not data["subject"]:
            raise ValidationError(phrase("A simple filter needs the column it is about."), "subject")
        if not data["operator"]:
            raise ValidationError(phrase("A simple filter needs an operator."), "operator")
        check_comparator(data["operator"], data["comparator"], "comparator")
        if data["operator"] == FilterOperator.TEMPORAL_RANGE and not ABSOLUTE_RANGE.fullmatch(
            data["comparator"]
        ):
            raise ValidationError(phrase("Give the range as dates: 2026-01-01 : 2026-04-01."), "comparator")

    @post_load
    def keep_what_counts(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        kept = (
            ("sqlExpression",) if data["expressionType"] == "SQL" else ("subject", "operator", "comparator")
        )
        return {name: data[name] for name in ("expressionType", "clause", *kept)}


class TargetMetricSchema(DocumentSchema):
    dataset_uuid = fields.UUID(required=True)
    metric_name = _name(required=True)
    filters = fields.List(
        fields.Nested(AdhocFilterSchema), load_default=list, validate=validate.Length(max=100)
    )
    time_column = _name(allow_none=True, load_default=None)

    @post_load
    def storable(self, data: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
        return {**data, "dataset_uuid": str(data["dataset_uuid"])}


class MetricSchema(TargetMetricSchema):
    empty = Text(load_default="missing", validate=validate.OneOf(["missing", "zero"]))


class NodeSchema(DocumentSchema):
    uuid = fields.UUID(allow_none=True, load_default=None)
    key = Text(
        required=True,
        validate=lambda key: _matches(
            KEY, key, phrase("A key is lower-case letters, digits and _, and starts with a letter.")
        ),
    )
    name = _name(required=True)
    description = Text(load_default="", validate=validate.Length(max=TEXT_LENGTH))
    owner = User(allow_none=True, load_default=None)
    department = _name(allow_none=True, load_default=None)
    unit = Text(allow_none=True, load_default=None, validate=validate.Length(1, 64))
    d3format = Text(allow_none=True, load_default=None, validate=validate.Length(1, 128))
    direction = _choice(Direction, required=True)
    accumulation = _choice(Accumulation, required=True)
    source = _choice(Source, required=True)
    metric = fields.Nested(MetricSchema, allow_none=True, load_default=None)
    stock_reading = Text(load_default="latest_day", validate=validate.OneOf(["latest_day", "to_date"]))
    formula = Text(allow_none=True, load_default=None, validate=validate.Length(1, TEXT_LENGTH))
    shift = Whole(0, 1000, load_default=0)
    attainment_method = _choice(AttainmentMethod, allow_none=True, load_default=None)
    rollup_method = _choice(RollupMethod, load_default=RollupMethod.WEIGHTED_MEAN.value)
    pace_profile = _choice(PaceProfile, allow_none=True, load_default=None)
    thresholds = fields.Nested(ThresholdsSchema, allow_none=True, load_default=None)
    target_metric = fields.Nested(TargetMetricSchema, allow_none=True, load_default=None)
    targets = fields.List(Row(TargetSchema), load_default=list, validate=validate.Length(max=MAX_ROWS))
    manual_values = fields.List(
        Row(ManualValueSchema), load_default=list, validate=validate.Length(max=MAX_ROWS)
    )


class LinkSchema(DocumentSchema):
    parent = Text(required=True)
    child = Text(required=True)
    weight = Number(
        load_default=1.0,
        validate=validate.Range(0, 1e9, error=phrase("A weight is from 0 to 1,000,000,000.")),
    )
    order = Whole(0, load_default=0)
    lag = Whole(0, 1000, load_default=0)
    expected_sign = Text(
        allow_none=True, load_default=None, validate=validate.OneOf(["positive", "negative"])
    )


class TreeSchema(DocumentSchema):
    """A whole tree. `version` is required where one is replaced, and passed over where one is created."""

    uuid = fields.UUID(allow_none=True, load_default=None)
    slug = Text(
        allow_none=True,
        load_default=None,
        validate=[
            validate.Length(1, NAME_LENGTH),
            lambda slug: _matches(
                SLUG, slug, phrase("A slug is lower-case letters, digits and single hyphens.")
            ),
            lambda slug: as_uuid(slug) is None or _refuse(phrase("A slug must not look like a uuid.")),
            lambda slug: (
                slug not in RESERVED_SLUGS or _refuse(phrase("This word is taken: choose another slug."))
            ),
        ],
    )
    name = _name(required=True)
    description = Text(load_default="", validate=validate.Length(max=TEXT_LENGTH))
    owners = fields.List(User(), load_default=list, validate=validate.Length(max=100))
    departments = fields.List(_name(), load_default=list, validate=validate.Length(max=100))
    grain = _choice(Grain, load_default=Grain.MONTH.value)
    fiscal_year_start_month = Whole(1, 12, load_default=1)
    week_start = Whole(1, 7, load_default=1)
    time_zone = Text(
        load_default="UTC",
        validate=lambda zone: (
            _is_zone(zone) or _refuse(phrase("Not a time zone; write one like Europe/Berlin or UTC."))
        ),
    )
    holidays = Text(allow_none=True, load_default=None, validate=validate.Length(1, 64))
    thresholds = fields.Nested(ThresholdsSchema, load_default=lambda: {"on_track": 0.95, "at_risk": 0.8})
    score_cap = Number(load_default=1.0, validate=validate.Range(0, 1e9, min_inclusive=False))
    published = Truth(load_default=False)
    version = Whole(1, allow_none=True, load_default=None)
    periods = fields.List(
        fields.Nested(PeriodSchema), load_default=list, validate=validate.Length(max=MAX_ROWS)
    )
    nodes = fields.List(fields.Nested(NodeSchema), required=True, validate=validate.Length(1, MAX_NODES))
    links = fields.List(
        fields.Nested(LinkSchema), load_default=list, validate=validate.Length(max=10 * MAX_NODES)
    )


class QuestionSchema(Schema):
    """What every question about a tree may say; `docs/api.md` says what each field means."""

    class QueryFilterSchema(Schema):
        class Meta:
            unknown = EXCLUDE

        col: ClassVar[fields.Field] = _name(required=True)
        op: ClassVar[fields.Field] = Text(
            required=True, validate=validate.OneOf([operator.value for operator in FilterOperator])
        )
        val: ClassVar[fields.Field] = Comparator(allow_none=True, load_default=None)

        @validates_schema
        def complete(self, data: dict[str, Any], **kwargs: Any) -> None:
            check_comparator(data["op"], data["val"], "val")

    as_of = fields.Date(allow_none=True, load_default=None)
    filters = fields.List(
        fields.Nested(QueryFilterSchema), load_default=list, validate=validate.Length(max=100)
    )
    force = Truth(load_default=False)


class EvaluateSchema(QuestionSchema):
    """A question about one window."""

    period = _name(allow_none=True, load_default=None)
    time_range = Text(allow_none=True, load_default=None, validate=validate.Length(1, 1000))

    @validates_schema
    def one_window(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["period"] and data["time_range"]:
            raise ValidationError(phrase("Give a period or a time range, not both."), "time_range")


class OverrideSchema(Schema):
    """What takes the place of a number: a value, or the number itself ± so many percent."""

    value = Number(allow_none=True, load_default=None)
    percent = Number(allow_none=True, load_default=None)

    @validates_schema
    def one_of_them(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (data["value"] is None) == (data["percent"] is None):
            raise ValidationError(phrase("Give either a value or a percentage."), "value")


class NodeOverrideSchema(Schema):
    actual = fields.Nested(OverrideSchema, allow_none=True, load_default=None)
    target = fields.Nested(OverrideSchema, allow_none=True, load_default=None)


class WhatIfSchema(EvaluateSchema):
    """The body of an evaluate call: a question, and what is to be supposed of some nodes."""

    overrides = fields.Dict(
        keys=Text(),
        values=fields.Nested(NodeOverrideSchema),
        load_default=dict,
        validate=validate.Length(max=MAX_NODES),
    )


class MembersSchema(WhatIfSchema):
    """A question, what to suppose, or of which column's members to tell."""

    by = _name(allow_none=True, load_default=None)

    @validates_schema
    def nothing_supposed_of_members(self, data: dict[str, Any], **kwargs: Any) -> None:
        if data["by"] and data["overrides"]:
            raise ValidationError(
                phrase("Overrides hold for the whole: ask for its members without them."), "by"
            )


class EvaluationSchema(MembersSchema):
    """The body of an evaluate call: a question, what to suppose, what to tell of the past, and of whom."""

    history = Whole(0, MAX_HISTORY, load_default=0)
    compare = fields.List(
        Text(validate=validate.OneOf(["previous_period", "previous_year"])),
        load_default=list,
        validate=validate.Length(max=2),
    )
    sql = Truth(load_default=False)


class DownloadSchema(MembersSchema):
    """The body of a download call: which numbers, and as which kind of file."""

    format = Text(load_default="xlsx", validate=validate.OneOf(["xlsx", "csv"]))


class PreviewSchema(EvaluationSchema):
    """The body of a preview call: a document as it would be saved, and the evaluation's own fields."""

    document = fields.Dict(required=True)
    prove = Truth(load_default=False)


class FillSchema(DocumentSchema):
    """How a year of targets is filled: an amount spread, or last year grown by a percentage."""

    how = Text(required=True, validate=validate.OneOf(["even", "last_year", "grow"]))
    amount = Number(allow_none=True, load_default=None)
    percent = Number(allow_none=True, load_default=None)

    @validates_schema
    def one_of_them(self, data: dict[str, Any], **kwargs: Any) -> None:
        wanted, other = ("percent", "amount") if data["how"] == "grow" else ("amount", "percent")
        if data[wanted] is None or data[other] is not None:
            raise ValidationError(phrase("grow takes a percentage, the others take an amount."), wanted)


class PlanSchema(Schema):
    """The body of a plan call: whose targets, which year, and how each node's is to be filled."""

    document = fields.Dict(required=True)
    fills = fields.Dict(
        keys=Text(),
        values=fields.Nested(FillSchema, allow_none=True),
        required=True,
        validate=validate.Length(1, MAX_NODES),
    )
    as_of = fields.Date(allow_none=True, load_default=None)
    year = fields.Date(allow_none=True, load_default=None)


class SavedMetricSchema(Schema):
    """A dataset's saved metric, by uuid and name."""

    dataset_uuid = fields.UUID(required=True)
    metric_name = _name(required=True)


class ProposeSchema(Schema):
    """The body of a propose call: what a tree is to start from."""

    template = Text(load_default=None, validate=validate.Length(1, 63))
    metric = fields.Nested(SavedMetricSchema, load_default=None)
    language = Text(load_default=None, validate=validate.OneOf(LANGUAGES))
    currency = Text(load_default=None, validate=validate.Length(1, 32))

    @validates_schema
    def one_start(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (data["template"] is None) == (data["metric"] is None):
            raise ValidationError(phrase("Name either a template or a metric to start from."), "template")


class DashboardSchema(Schema):
    """The body of a dashboard call: where the chart is to stand, and what it is to be called."""

    dashboard_id = Whole(1, load_default=None)
    dashboard_title = Text(load_default=None, validate=validate.Length(1, 500))
    name = Text(load_default=None, validate=validate.Length(1, NAME_LENGTH))

    @validates_schema
    def one_place(self, data: dict[str, Any], **kwargs: Any) -> None:
        if (data["dashboard_id"] is None) == (data["dashboard_title"] is None):
            raise ValidationError(
                phrase("Name either a dashboard or the title of a new one."), "dashboard_id"
            )


class SeekSchema(WhatIfSchema):
    """The body of a seek call: which node is to move, and which one is to meet its target."""

    key = Text(required=True)
    goal = Text(allow_none=True, load_default=None)


class ContributionsSchema(EvaluateSchema):
    """The body of a contributions call: what the actual is compared with, and the evaluation's own fields."""

    compare = Text(required=True, validate=validate.OneOf(["target", "previous_period", "previous_year"]))


class ProofSchema(QuestionSchema):
    """The body of a proof call. It looks at closed periods, so that it takes no period and no time range."""

    tolerance = Number(load_default=COMPONENT_ERROR, validate=validate.Range(0, 1, min_inclusive=False))
    periods = Whole(1, MAX_PROOF_PERIODS, load_default=COMPONENT_PERIODS)


def _matches(pattern: re.Pattern[str], text: str, message: str) -> bool:
    return pattern.fullmatch(text) is not None or _refuse(message)


def _refuse(message: str) -> bool:
    raise ValidationError(message)


def _is_zone(name: str) -> bool:
    """A place's zone or UTC: names such as `localtime` mean something else on every host."""
    return name == "UTC" or ("/" in name and name in available_timezones())
