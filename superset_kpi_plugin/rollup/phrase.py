"""Messages that can be told in another language."""

from __future__ import annotations

from collections.abc import Mapping


class Phrase(str):
    """A message in English, with what it was made of: its text with `%(name)s` places, and what fills them.

    A place may be filled by another phrase.
    """

    template: str
    values: Mapping[str, object]


def phrase(template: str, **values: object) -> Phrase:
    """The message of a template, whose places are filled where there are any."""
    made = Phrase(template % values if values else template)
    made.template, made.values = template, values
    return made
