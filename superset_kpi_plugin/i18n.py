"""The plugin's own translation catalogue, beside Superset's."""

from pathlib import Path

from flask_babel import Domain

_domain = Domain([str(Path(__file__).parent / "translations")], domain="kpi")


def _(message: str, **variables: object) -> str:
    """`message` in the viewer's language, with its `%(name)s` places filled in."""
    text: str = _domain.gettext(message, **variables)
    return text
