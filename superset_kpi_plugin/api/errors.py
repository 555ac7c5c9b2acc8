"""One JSON shape for everything that can go wrong: `{"message": …}`."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import prison
from flask import Response, jsonify, make_response, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest

from superset_kpi_plugin.exceptions import InvalidDocumentError, KpiError
from superset_kpi_plugin.i18n import _
from superset_kpi_plugin.schemas import MAX_INTEGER

logger = logging.getLogger(__name__)

Route = TypeVar("Route", bound=Callable[..., Response])
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def answer_errors(route: Route) -> Route:
    """Turn the plugin's errors into answers.

    Sits inside FAB's `@safe`, which makes a 500 of whatever is left.
    """

    @wraps(route)
    def wrapped(self: Any, *args: Any, **kwargs: Any) -> Response:
        try:
            return route(self, *args, **kwargs)
        except KpiError as ex:
            return cast(Response, self.response(ex.status, message=ex.message))
        except BadRequest as ex:
            return cast(Response, self.response_400(message=ex.description))
        except RecursionError:  # from whoever parses the body first, which is Superset's action log
            return cast(Response, self.response_400(message=_("The JSON is nested too deeply.")))
        except (IntegrityError, StaleDataError):
            logger.warning("Two saves met in the database", exc_info=True)
            message = _("Somebody else changed the same things at the same moment. Read again, then repeat.")
            return cast(Response, self.response(409, message=message))

    return cast(Route, wrapped)


def request_json() -> Any:
    """The request's JSON body.

    :raises BadRequest: no JSON
    :raises InvalidDocumentError: JSON that is no object
    """
    if not request.is_json:
        raise BadRequest(_("Send JSON, with the header Content-Type: application/json."))
    try:
        body = request.get_json()
    except BadRequest:
        raise BadRequest(
            _("The body is no JSON that can be read: check its commas, quotes and numbers.")
        ) from None
    if not isinstance(body, dict):
        raise InvalidDocumentError({"document": [_("Send a JSON object.")]})
    return body


def refuse_unreadable_argument() -> Response | None:
    """Answer an argument `q` that would end in a 500; None where it is for its route to judge.

    Some texts fail Flask-AppBuilder's parser otherwise than it expects, some numbers and texts a database.
    """
    argument = request.args.get("q")
    try:
        if argument is None or _is_storable(_parsed(argument)):
            return None
        message = _("The argument q has a number that is too large, text that is not valid Unicode, or NUL.")
    except (IndexError, ValueError, RecursionError):
        message = _("The argument q is no rison that can be read; write it as in ?q=(page:0) or ?q=!(1,2).")
    return make_response(jsonify(message=message), 400)


def _parsed(argument: str) -> Any:
    """The argument as rison, else as JSON, which is taken too; None where it is neither."""
    try:
        return prison.loads(argument)
    except prison.decoder.ParserException:
        try:
            return json.loads(argument)
        except ValueError:
            return None


def _is_storable(value: Any) -> bool:
    """Whether every database has room for all the numbers and texts in a value."""
    if isinstance(value, dict):
        return all(map(_is_storable, (*value, *value.values())))
    if isinstance(value, list):
        return all(map(_is_storable, value))
    if isinstance(value, str):
        return "\x00" not in value and not _LONE_SURROGATE.search(value)
    return not isinstance(value, (int, float)) or abs(value) <= MAX_INTEGER
