"""English words that say nothing of what a text is about."""

from __future__ import annotations

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
# The commonest of them, for rules that read a short phrase and need the rarer ones ("under", "most").
COMMONEST = frozenset(
    """
    the a an of to in on at for from by with and or but that this it its he she they we i his her their as is are was
    were be been has have had do does did not will would could can may might said says say told who which when after before
    """.split()
)
