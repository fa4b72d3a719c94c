"""Content words without their commonest English endings: enough to see "landed" in "landing"."""

from __future__ import annotations

from compare.memory import remembered
from compare.text import words

STOP = frozenset(
    """
    the a an of to in on at for from by with and or but that this it its he she they we i his her their as is are was
    were be been has have had do does did not will would could can may might said says say told who which when after before
    """.split()
)
_ENDINGS = ("ations", "ation", "ing", "ied", "ies", "ed", "es", "s", "e")


def stem(key: str) -> str:
    """A word's key without its ending, at least three letters of it."""
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= 3:
            return key.removesuffix(ending)
    return key


# A sentence is asked for its words once for every outlet that may lack it.
@remembered(8192)
def content_stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(stem(w.key) for w in words(text) if w.key not in STOP and len(w.key) > 2)
