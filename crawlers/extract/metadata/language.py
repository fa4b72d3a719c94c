"""The language of a text: what it is written in, before what its page declares."""

from __future__ import annotations

import re

from crawlers.extract.metadata.page_metadata import PageMetadata, values

_CODE = re.compile(r"^([a-z]{2,3})(?:[-_].*)?$", re.IGNORECASE)
_ENOUGH = 200  # characters; a detector guesses on less
_SAMPLE = 1_000


def language_of(text: str, metadata: PageMetadata) -> str | None:
    """An ISO 639 code, or None where neither the text nor the page tells.

    Pages declare the language of their template; a text long enough to be sure of is heard first.
    """
    declared = _declared(metadata)
    if len(text) < _ENOUGH:
        return declared
    from py3langid import classify

    code, _ = classify(text[:_SAMPLE])
    return str(code)


def _declared(metadata: PageMetadata) -> str | None:
    for value in values(metadata.languages):
        match = _CODE.match(value.strip())
        if match:
            return match.group(1).lower()
    return None
