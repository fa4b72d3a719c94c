from __future__ import annotations

import pytest

from compare.kinds import Variant
from compare.language.renderings import align

V = Variant
TOLD = "we have several contracts that are being carried out right now"
CASES = [
    (TOLD, TOLD, V.VERBATIM),
    (TOLD, TOLD.upper(), V.VERBATIM),
    (TOLD, TOLD + ".", V.VERBATIM),
    (TOLD, "we have several contracts that are being carried out", V.SHORTENED),
    (TOLD, "several contracts", V.SHORTENED),
    (TOLD, "we have contracts that are being carried out right now", V.SPLICED),
    (TOLD, "we have several contracts … right now", V.SPLICED),
    (TOLD, "we have several lawful contracts that are being carried out right now", V.SPLICED),
    (TOLD, "we have lawful contracts that are being carried out right now", V.ALTERED),
    (TOLD, "we had several contracts that were being carried out then", V.ALTERED),
    (TOLD, "contracts exist, he claimed, and are being honored", V.PARAPHRASED),
    (TOLD, "nobody was surprised by the noise at the airport", V.OTHER),
    ("we are not afraid", "we're not afraid", V.VERBATIM),
    ("I cannot say", "I can not say", V.VERBATIM),
    ("it's over", "it is over", V.VERBATIM),
    ("he [the mayor] will go", "he will go", V.VERBATIM),
    ("the mayor’s plan", "the mayor's plan", V.VERBATIM),
    ("", "anything at all", V.OTHER),
    ("…", "anything at all", V.OTHER),
    ("the state-funded bank failed", "the state-funded bank failed", V.VERBATIM),
    ("1,000 people came", "1000 people came", V.VERBATIM),
    ("stay calm and carry on", "carry on and stay calm", V.PARAPHRASED),
    ("this is a disgrace to us all", "this is a disgrace", V.SHORTENED),
    ("this is a disgrace to us all", "a disgrace to all", V.SPLICED),
    ("this is a disgrace to us all", "this was a disgrace to us all", V.ALTERED),
]


@pytest.mark.parametrize(("a", "b", "variant"), CASES)
def test_how_one_rendering_relates_to_another(a: str, b: str, variant: Variant) -> None:
    assert align(a, b).variant is variant
    assert align(b, a).variant is variant


def test_the_exchanged_words_are_found_where_they_stand() -> None:
    a, b = TOLD, "we have lawful contracts that are being carried out right now"
    (change,) = align(a, b).changes
    assert a[change.a.start : change.a.end] == "several"
    assert b[change.b.start : change.b.end] == "lawful"
