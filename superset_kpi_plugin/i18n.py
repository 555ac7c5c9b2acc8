"""The plugin's own messages in the viewer's language, read as they are written: nothing is compiled."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from flask_babel import get_locale

from superset_kpi_plugin.rollup.phrase import Phrase

TRANSLATIONS = Path(__file__).parent / "translations"


def _(message: str, **variables: object) -> str:
    """`message` in the viewer's language, with its `%(name)s` places filled in."""
    return translated(message, variables)


def translated(message: str, variables: Mapping[str, object]) -> str:
    """As `_`, of a message that is marked elsewhere."""
    locale = get_locale()  # None outside of a request
    text = _catalogue(locale.language).get(message, message) if locale else message
    return text % variables if variables else text


def told(message: str) -> str:
    """A message of the arithmetic in the viewer's language; any other one as it is."""
    if not isinstance(message, Phrase):
        return message
    values = {name: told(one) if isinstance(one, str) else one for name, one in message.values.items()}
    return translated(message.template, values)


def told_of(error: Exception) -> str:
    """An error of the arithmetic in the viewer's language."""
    message = error.args[0] if error.args else None
    return told(message) if isinstance(message, str) else str(error)


@cache
def _catalogue(language: str) -> dict[str, str]:
    """The translations of a language, empty where there are none."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "kpi.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.string}
