"""How a stretch is written: short forms, asides, degree words, "it is no surprise that".

Counts of turns of phrase that news agencies avoid and columns like, for `compare.verdicts.editorial.tone`
to weigh. None of them gives a voice away by itself. English only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# What ends in "-ly" and says nothing of degree or manner.
_PLAIN_LY = (
    "only|early|daily|likely|unlikely|family|reply|supply|apply|ally|assembly|nearly|recently|previously|officially|formerly|currently|"
    "federally|immediately|directly|publicly|reportedly|allegedly|finally|initially|originally|approximately|roughly|specifically|"
    "legally|privately|lately|friendly|elderly|anomaly|rally|fly|bully|weekly|monthly|yearly|locally|nationally"
)
_PLAIN_EST = (
    "west|east|forest|protest|arrest|interest|request|latest|test|rest|contest|invest|suggest|guest|quest|chest|earliest|largest|"
    "priest|harvest|conquest|digest|honest|northwest|southwest|midwest|northeast|southeast|midterm|attest|nest|pest|manifest|unrest"
)
_COUNTED = {
    "short forms": r"\b\w+(?:n[’']t|[’'](?:re|ve|ll|d|m))\b|\b(?:it|that|there|here|what|who|he|she|let)[’']s\b",
    "dashes": r"—|–|\s--\s",
    "brackets": r"\([^)]{8,400}\)",
    "colons": r":\s|;",
    "joining words first": r"^\W*(?:But|And|Yet|Still|So|Or|Nor|Instead|Indeed|Perhaps|Maybe|Even|Now|Then|Again|Which)\b",
    "markers": (
        r"\b(?:of course|in fact|after all|to be (?:sure|clear|fair)|in other words|needless to say|as it happens|in spite of|"
        r"despite the fact|that said|no doubt|no surprise|not surprising(?:ly)?|it turns out|for that matter|at least|at best|"
        r"in a way|in a sense|by all accounts|to say the least|if anything|let alone|on the other hand|the fact (?:is|that)|"
        r"quite the|as (?:usual|expected|always))\b"
    ),
    "we": r"\b(?:we|us|our|ours)\b",
    "you": r"\byour?\b",
    "i": r"\b(?:I|my|me)\b",
    "adverbs": rf"\b(?!(?:{_PLAIN_LY})\b)[a-z]{{3,}}ly\b",
    "superlatives": rf"\b(?:most|least)\s+[a-z]{{4,}}\b|\b(?!(?:{_PLAIN_EST})\b)[a-z]{{3,}}est\b",
    "modals": r"\b(?:may|might|could|would|should|must)\b",
    "degree": (
        r"\b(?:even|just|only|merely|simply|barely|hardly|rather|quite|very|so|too|such|already|yet|never|ever|always|nothing|"
        r"everyone|nobody|anyone|everything)\b"
    ),
    "it is": (
        r"\b(?:[Ii]t|[Tt]hat|[Tt]his|[Tt]here)(?:\s+(?:is|was|seems?|would be|may be|might be|remains)|[’']s)\s+"
        r"(?:not\s+|no\s+|also\s+|hardly\s+|\w+ly\s+)?(?:a\s+|an\s+|the\s+)?[a-z]+"
    ),
    "suggests": (
        r"\b(?:suggest(?:s|ed|ing)?|impl(?:y|ies|ied)|signal(?:s|ed|ing)?|indicat(?:es?|ed|ing)|show(?:s|ed|ing)|underscor\w+|highlight\w*|"
        r"casts?|marks?|rais(?:es?|ed|ing)\s+(?:the\s+)?(?:questions?|doubts?|fears?|concerns?|possibility))\b"
    ),
    "seems": r"\b(?:seem(?:s|ed|ingly)?|appear(?:s|ed|ing)?|apparent(?:ly)?|presumably|perhaps|maybe|probably|clearly|obviously|certainly|surely|likely|unlikely)\b",
    "compounds": r"\b[a-z]{3,}-[a-z]{3,}(?:-[a-z]+)*\b",
    "so-called": r"\b(?:so-called|self-\w+|would-be|supposed(?:ly)?|purported(?:ly)?|alleged(?:ly)?)\b",
    "saying": r"\b(?:said|says|told|according to)\b",
    "numbers": r"\d",
    "against": r"\b(?:not|no|never|none|nor|without|fail(?:s|ed|ing)?|lack(?:s|ed|ing)?|refus\w+|despite|although|though|however|while)\b",
    "comparatives": r"\b(?:more|less|far|much|increasingly|ever)\s+[a-z]{3,}\b",
    "efforts": (
        r"\b(?:attempt(?:s|ed|ing)?|effort|bid|seek(?:s|ing)?|sought|tr(?:y|ies|ied|ying)|hop(?:es?|ed|ing)|want(?:s|ed)|aim(?:s|ed|ing)?|"
        r"struggl\w+|push(?:es|ed|ing)?|mov(?:es?|ed|ing))\s+to\b"
    ),
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _COUNTED.items()}
# Counted in the whole sentence; the others in the outlet's own words.
_EVERYWHERE = frozenset({"saying", "numbers"})
_WORD = re.compile(r"[A-Za-z][\w’'-]+")
_MOST = 3
STYLE = (*_COUNTED, "capitals", "own words", "word length")


def style(sentence: str, own: Sequence[str]) -> list[float]:
    """`STYLE` of a sentence; `own` are its stretches in the outlet's own voice, in order."""
    mine = " … ".join(own)
    if own and not sentence.startswith(own[0]):
        mine = f"… {mine}"
    counts = [
        float(min(_MOST, sum(1 for _ in p.finditer(sentence if name in _EVERYWHERE else mine))))
        for name, p in _PATTERNS.items()
    ]
    spoken: list[str] = _WORD.findall(mine)
    n = max(len(spoken), 1)
    capitals = sum(w[0].isupper() for w in spoken) / n
    return [*counts, capitals, len(spoken) / 30, sum(map(len, spoken)) / n]
