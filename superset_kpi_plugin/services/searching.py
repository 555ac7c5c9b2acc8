"""What a search for a text means in SQL."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import or_


def holds(text: str, columns: Iterable[Any]) -> Any:
    """Whether one of the columns holds the text, whatever its case; `%` and `_` mean themselves."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return or_(*(column.ilike(f"%{escaped}%", escape="\\") for column in columns))
