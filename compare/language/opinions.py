"""An outlet's own opinion, told by the few turns of phrase that leave no doubt.

Precision first: only what speaks as "I" or "we", addresses the reader, or asks and answers for effect,
outside of quotations. What an outlet's choice of words gives away is for `compare.verdicts.editorial`.
"""

from __future__ import annotations

import re

_SAID = re.compile(
    r"\b(?:said|says|told|wrote|writes|tweeted|added|according to|argued|argues|claimed|claims|stated|testified|asked|replied|noted|explained|"
    r"believes?|believed|thinks?|thought|insisted|insists|warned|warns|recalled|statement)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”«»„‘]|(?<!\w)['’](?=\w)|''")
_OWN = re.compile(r"\b(?:I|[Ww]e) (?:think|believe)\b")
_OPINION = re.compile(
    r"\b(?:I|[Ww]e) (?:think|believe|suspect|hope|doubt|fear|predict|wonder)\b(?! so many)"
    r"|\b(?:in (?:my|our) (?:view|opinion|book|judgment|judgement)|to my mind|if you ask (?:me|us)|my guess is|trust (?:me|us))\b"
    r"|^(?:Do not|Don[’']t|Never) (?:hold your breath|be fooled|bet on it|kid yourself|count on it|expect)\b"
    r"|^(?:Make no mistake|Let[’']s be (?:clear|honest|real|frank)|Let us be (?:clear|honest)|Let that sink in|You can[’']t make this up|Go figure|"
    r"Good luck with that|So much for|Nice try|Spare (?:us|me)|Give me a break|Shame on|Enough is enough|Think about that|Imagine that|"
    r"Guess what|Case closed|What a (?:joke|mess|disgrace|shame|farce|surprise)|Who could have|Who would have|Who knew|Surprise,? surprise|"
    r"How (?:convenient|ironic|predictable|rich|dare)|No wonder|Some things never change|That[’']s rich|Enough said|Sad!)\b"
    r"|^(?:Needless to say|It goes without saying|Frankly|Sadly|Thankfully|Mercifully|Unsurprisingly|Laughably|Shamefully|Disgracefully),"
    r"|^(?:It|This|That) (?:is|was|[’']s) (?:a disgrace|a farce|a joke|an outrage|shameful|laughable|pathetic|absurd|ridiculous|outrageous|"
    r"a shame|no accident|high time|about time|time (?:for|to|that)\b|hard not to|difficult not to)"
    r"|^(?:Isn[’']t|Aren[’']t|Wasn[’']t|Doesn[’']t|Don[’']t|Shouldn[’']t|Couldn[’']t|Wouldn[’']t) (?:it|that|this|they|we|you|he|she)\b[^?]*\?$",
)


def is_opinion(said: str) -> bool:
    """Whether a sentence speaks the outlet's own mind; never where it quotes or names who said it."""
    if _QUOTED.search(said) or _SAID.search(_OWN.sub("", said)):
        return False
    return _OPINION.search(said) is not None
