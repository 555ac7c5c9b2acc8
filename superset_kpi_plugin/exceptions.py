"""What can go wrong, and the HTTP status each one means.

KpiError (500)
├── InvalidDocumentError (422)   a document or a request that cannot be accepted, field by field
├── TreeNotFoundError (404)      no such tree, or not for this viewer: the same answer for both
├── ForbiddenError (403)         may see the tree, may not do this with it
└── StaleVersionError (409)      somebody else saved first
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from superset_kpi_plugin.i18n import _


class KpiError(Exception):
    """The root of the plugin's errors: a status, and a message on which a person can act."""

    status = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message: str | Mapping[str, Sequence[str]] = message


class InvalidDocumentError(KpiError):
    """A document that cannot be accepted; `errors` maps a field's path to what is wrong with it."""

    status = 422

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__("; ".join(f"{path}: {' '.join(texts)}" for path, texts in errors.items()))
        self.message = dict(errors)


class TreeNotFoundError(KpiError):
    status = 404

    def __init__(self) -> None:
        super().__init__(_("There is no such KPI tree, or you may not see it."))


class ForbiddenError(KpiError):
    status = 403

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or _("Only an owner of this KPI tree or an admin may change it."))


class StaleVersionError(KpiError):
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Somebody else saved this KPI tree after you read it. Read it again, then repeat your change.")
        )
