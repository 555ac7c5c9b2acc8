"""One JSON shape for everything that can go wrong: `{"message": …}`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, request
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadRequest

from superset_kpi_plugin.exceptions import InvalidDocumentError, KpiError
from superset_kpi_plugin.i18n import _

logger = logging.getLogger(__name__)

Route = TypeVar("Route", bound=Callable[..., Response])


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
    body = request.get_json()
    if not isinstance(body, dict):
        raise InvalidDocumentError({"document": [_("Send a JSON object.")]})
    return body
