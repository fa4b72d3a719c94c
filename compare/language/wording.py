"""The words that a text is compared by: content words, stemmed, with their places.

The stemmer only cuts English endings ("fired", "firing", "fires" -> "fir"); it is the first step
of Porter's (1980) without his conditions, which is enough where rarity does the rest.
"""

from __future__ import annotations

from compare.memory import remembered
from compare.text import Word, words

FUNCTION_WORDS = frozenset(
    """
    a about above after again against all also although am among an and another any anyone anything
    are around as at away back be became because become been before being below between both but by
    came can cannot come could did do does doing done down during each either else even ever every
    for from further get gets getting go goes going gone got had has have having he her here hers
    herself him himself his how however i if in including instead into is it its itself just least
    let like made make makes making many may me might mine more most much must my myself near no nor
    not now of off on once one only onto or other others our ours ourselves out over own per perhaps
    put quite rather really same say saying says said she should since so some something such take
    taken takes taking than that the their theirs them themselves then there these they thing things
    this those though through thus to told too took toward towards under until up upon us use used
    very via was way we well went were what whatever when where whether which while who whom whose
    why will with within without would yet you your yours yourself mr mrs ms dr i'm i've i'd i'll
    he's she's it's that's there's don't doesn't didn't isn't aren't wasn't weren't won't wouldn't
    can't couldn't shouldn't haven't hasn't hadn't we're we've we'll they're they've you're you've
    according added adding asked called
    """.split()
)

_ENDINGS = (
    "ational ization isation fulness ousness iveness ingly edly ments ation ition ingly ness ment "
    "ings ions ies ied ing ion ers est ed es er ly s"
).split()
_SHORTEST_STEM = 3


def content_words(text: str) -> list[Word]:
    """The words that carry content, in order; keys are stems."""
    return [w._replace(key=stem(w.key)) for w in words(text) if w.key not in FUNCTION_WORDS]


@remembered(65536)
def stem(key: str) -> str:
    """The word without its ending; numbers, short words and words with marks stay as they are."""
    if not key.isalpha():
        return key
    for ending in _ENDINGS:
        if key.endswith(ending) and len(key) - len(ending) >= _SHORTEST_STEM:
            cut = key[: -len(ending)]
            return cut + "y" if ending in {"ies", "ied"} else cut.rstrip("e") or cut
    return key.rstrip("e") if len(key) > _SHORTEST_STEM else key
