"""What is wrong with a field by itself, as marshmallow and the schemas tell it, in the viewer's language."""

from __future__ import annotations

import re
from functools import cache

from superset_kpi_plugin.i18n import told, translated
from superset_kpi_plugin.rollup.phrase import Phrase, phrase

MARSHMALLOW = (
    phrase("Missing data for required field."),
    phrase("Field may not be null."),
    phrase("Invalid value."),
    phrase("Unknown field."),
    phrase("Invalid input type."),
    phrase("Invalid type."),
    phrase("Not a valid string."),
    phrase("Not a valid number."),
    phrase("Not a valid integer."),
    phrase("Not a valid boolean."),
    phrase("Not a valid date."),
    phrase("Not a valid list."),
    phrase("Not a valid mapping type."),
    phrase("Not a valid UUID."),
    phrase("Number too large."),
    phrase("Special numeric values (nan or infinity) are not permitted."),
    phrase("Length must be between %(min)s and %(max)s.", min="{min}", max="{max}"),
    phrase("Shorter than minimum length %(min)s.", min="{min}"),
    phrase("Longer than maximum length %(max)s.", max="{max}"),
    phrase(
        "Must be greater than or equal to %(min)s and less than or equal to %(max)s.",
        min="{min}",
        max="{max}",
    ),
    phrase("Must be greater than %(min)s and less than or equal to %(max)s.", min="{min}", max="{max}"),
    phrase("Must be greater than or equal to %(min)s.", min="{min}"),
    phrase("Must be one of: %(choices)s.", choices="{choices}"),
)
"""Its messages as it has them, with the places that it fills."""


def told_of_field(message: str) -> str:
    """A message about one field in the viewer's language; one that nobody knows as it is."""
    if isinstance(message, Phrase):
        return told(message)
    for template, pattern in _patterns():
        if found := pattern.fullmatch(message):
            return translated(template, found.groupdict())
    return translated(message, {})  # marshmallow has made plain text of a validator's own phrase


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    place = re.compile(r"\\\{(\w+)\\\}")
    return tuple(
        (known.template, re.compile(place.sub(r"(?P<\1>.+)", re.escape(known)), re.DOTALL))
        for known in MARSHMALLOW
    )
