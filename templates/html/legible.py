"""Text made safe to look at: what would reorder, break or hide a page is shown as a mark instead."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# Controls of C0 and C1 (but tab and line ends), bidirectional embeddings, overrides and isolates,
# line and paragraph separators, and surrogates that no encoding can write. Joiners stay: emoji and
# Persian need them, and they move nothing.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
MARK = "\N{REPLACEMENT CHARACTER}"


def legible(text: str) -> str:
    """The text with every unfit character replaced by one mark, so that offsets stay."""
    return text if text.isprintable() else _UNFIT.sub(MARK, text)


def finalize(value: object) -> object:
    """What Jinja does to every value before it is escaped: strings become legible."""
    if type(value) is str and not value.isprintable():
        return legible(value)
    return value


class _Escaped(dict[str, str]):
    """Every string that was asked for, legible and escaped; with too many of them, it begins anew.

    Names, keys and labels come again and again: looking one up takes a tenth of escaping it. It holds
    what is no markup yet, and nothing but strings: 1 and True are one key.
    """

    def __missing__(self, text: str) -> str:
        if len(self) >= _MANY:
            self.clear()
        whole = text.isprintable()
        # Most have nothing to escape, and looking is quicker than asking.
        if whole and not ("&" in text or "<" in text or ">" in text or "'" in text or '"' in text):
            known = self[text] = str(text)
        else:
            known = self[text] = str(escape(legible(str(text))))
        return known


_MANY = 1 << 16
ESCAPED = _Escaped()


def shown(value: object) -> str:
    """A value as a page has it: legible, and escaped unless it is markup already."""
    if type(value) is str:
        return ESCAPED[value]
    return value if type(value) is Markup else escape(value)
