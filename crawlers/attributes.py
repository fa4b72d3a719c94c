"""Tags with so many attributes that parsing them takes minutes.

libxml2 looks through a tag's attributes for each further one, so that their number counts with its square.
"""

from __future__ import annotations

import re

COSTLY = "tags with thousands of attributes; they are not read"
# The sum over all tags; in 226 real pages it is 2,700 at most.
_MAX_ATTRIBUTES_SQUARED = 50_000_000
_FEW = 2_000  # characters of a tag, in which no number of attributes matters
# A tag with its attributes, or an element whose content holds no tags, whatever it looks like.
_TAG = re.compile(
    r"<(?:(?=[sStT])(?P<raw>(?i:script|style|title|textarea))\b[^>]*+>(?:[^<]++|<(?!/(?P=raw)))*+"
    r"|!--(?:[^-]++|-(?!->))*+"
    r"|[a-zA-Z][^>\"'=]*+(?:(?:=(?:\"[^\"]*+\"|\s*+(?:\"[^\"]*+\"|'[^']*+')?+)|[\"'])[^>\"'=]*+)*+)"
)
_VALUE = re.compile(r"=\s*+(?:\"[^\"]*+\"|'[^']*+')")
_SMALL = 50_000  # characters of a document that is parsed soon in any case


def has_costly_tags(text: str) -> bool:
    """Whether a document's tags, in HTML or XML, cost more to parse than a document is worth.

    Takes time in proportion to the text. What stands in scripts, styles and comments is no tag.
    """
    if len(text) < _SMALL:
        return False
    costs = 0
    for found in _TAG.finditer(text):
        long = found.end() - found.start() > _FEW
        if long and not found["raw"] and not found[0].startswith("<!--"):
            costs += len(_VALUE.sub("= ", found[0]).replace("/", " ").split()) ** 2
    return costs > _MAX_ATTRIBUTES_SQUARED
