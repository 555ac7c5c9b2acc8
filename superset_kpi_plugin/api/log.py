"""Superset's action log: who called what, and how long it took."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, TypeVar, cast

from flask import Response, g
from flask.globals import request_ctx
from superset.extensions import event_logger

from superset_kpi_plugin.security import itself

logger = logging.getLogger(__name__)

Route = TypeVar("Route", bound=Callable[..., Response])
_USER = ("user", "_login_user")
"""What Flask-AppBuilder and Flask-Login keep of a request's user."""


def logged(name: str) -> Callable[[Route], Route]:
    """One entry per answered call, as the host's own routes have it, written once the answer is on its way.

    The entry is a write to Superset's database with a commit of its own: nobody need wait for that disk.
    """

    def decorate(route: Route) -> Route:
        @wraps(route)
        def wrapped(self: Any, *args: Any, **kwargs: Any) -> Response:
            started = datetime.now()
            response = route(self, *args, **kwargs)
            action = f"{self.__class__.__name__}.{name}"
            response.call_on_close(_entry(action, datetime.now() - started, route.__qualname__, kwargs))
            return response

        return cast(Route, wrapped)

    return decorate


def _entry(action: str, took: timedelta, route: str, named: Mapping[str, Any]) -> Callable[[], None]:
    """Writes the entry as the person who called, in a copy of the request."""
    context = request_ctx.copy()
    # A proxy would look for its user in the application context that has ended by then.
    user = {key: itself(g.get(key)) for key in _USER if key in g}

    def write() -> None:
        try:
            with context:
                for key, value in user.items():
                    setattr(g, key, value)
                event_logger.log_with_context(action, took, route, log_to_statsd=False, **named)
        # The answer has left: whatever is wrong with the log is the operator's to read.
        except Exception:
            logger.exception("A call of %s is missing from the action log", action)

    return write
