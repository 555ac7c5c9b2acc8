"""The plugin's own messages in the viewer's language, read as they are written: nothing is compiled."""

from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po
from flask_babel import get_locale

TRANSLATIONS = Path(__file__).parent / "translations"


def _(message: str, **variables: object) -> str:
    """`message` in the viewer's language, with its `%(name)s` places filled in."""
    locale = get_locale()  # None outside of a request
    text = _catalogue(locale.language).get(message, message) if locale else message
    return text % variables if variables else text


@cache
def _catalogue(language: str) -> dict[str, str]:
    """The translations of a language, empty where there are none."""
    path = TRANSLATIONS / language / "LC_MESSAGES" / "kpi.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.string}
