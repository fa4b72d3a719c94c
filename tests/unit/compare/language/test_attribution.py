from __future__ import annotations

import pytest

from compare.kinds import Voice
from compare.language.attribution import chain_of, reported, voice_of

# sentence, source, verb, a word that must be inside the content, one that must be outside
REPORTED = [
    ("The bridge is closed, Mr. Roe said on Friday.", "Mr. Roe", "said", "bridge", "Friday"),
    ("“We need help,” Mr. Roe said.", "Mr. Roe", "said", "help", "said"),
    ("“We need help,” said Ana Roe, the mayor.", "Ana Roe", "said", "help", "mayor"),
    ("Police said that 20 people were hurt.", "Police", "said", "hurt", "Police"),
    ("Officials said the bridge was closed.", "Officials", "said", "bridge", "Officials"),
    ("He said he was tired.", "He", "said", "tired", "He"),
    ("Ana Roe argued that it was late.", "Ana Roe", "argued", "late", "Roe"),
    ("Ana Roe, the mayor of Port Alder, said it was late.", "Ana Roe", "said", "late", "mayor"),
    (
        "The planes carried troops, according to media reports.",
        "media reports",
        "according to",
        "troops",
        "media",
    ),
    (
        "According to a senior official, the plan failed.",
        "a senior official",
        "According to",
        "plan",
        "senior",
    ),
    (
        "The cargo weighed 35 tonnes, two airport workers told Tradewind.",
        "two airport workers",
        "told",
        "cargo",
        "workers",
    ),
    (
        "The ship sank, Venezuelan journalists reported.",
        "Venezuelan journalists",
        "reported",
        "ship",
        "journalists",
    ),
    ("The mayor told reporters that he would go.", "The mayor", "told", "go", "mayor"),
    (
        "A spokesman for the ministry said it had no comment.",
        "A spokesman for the ministry",
        "said",
        "comment",
        "spokesman",
    ),
    (
        "“There are contracts,” Sputnik quoted the source as saying.",
        "Sputnik",
        "quoted",
        "contracts",
        "Sputnik",
    ),
    ("Critics say the law is unfair.", "Critics", "say", "unfair", "Critics"),
    ("Ana Roe wrote on Twitter that the first plane was full.", "Ana Roe", "wrote", "full", "Ana"),
    ("Prosecutors alleged that he had lied.", "Prosecutors", "alleged", "lied", "Prosecutors"),
    ("The report, Ms. Roe said, was late; nobody minded.", "Ms. Roe", "said", "report", "minded"),
    (
        "Two officials familiar with the matter said it was over.",
        "Two officials familiar with the matter",
        "said",
        "over",
        "officials",
    ),
    (
        "Both still back Ana Roe, who accuses the council of plotting her fall, and wait.",
        "Ana Roe",
        "accuses",
        "plotting",
        "wait",
    ),
    (
        "Mr. Roe has accused the mayor of theft, but the mayor denied it.",
        "Mr. Roe",
        "accused",
        "theft",
        "denied",
    ),
    (
        "It rained, and a spokesman said that the match was off.",
        "a spokesman",
        "said",
        "match",
        "rained",
    ),
]


@pytest.mark.parametrize(("sentence", "source", "verb", "inside", "outside"), REPORTED)
def test_who_is_said_to_say_what(
    sentence: str, source: str, verb: str, inside: str, outside: str
) -> None:
    found = next(r for r in reported(sentence) if r.source == source)
    content = sentence[found.content.start : found.content.end]
    assert found.verb == verb
    assert inside in content
    assert outside not in content


def test_an_accusation_is_not_the_outlets_own_word_where_the_accuser_is_not_named() -> None:
    sentence = "The mayor was accused of taking bribes."
    (found,) = reported(sentence)
    assert sentence[found.content.start : found.content.end].strip() == "taking bribes."
    assert (found.source, found.voice) == (None, Voice.UNNAMED)
    (passing,) = reported("The mayor, accusing reporters of lies, left the room.")
    assert passing.voice is Voice.NAMED


@pytest.mark.parametrize(
    "sentence",
    [
        "The planes landed at the airport on Saturday.",
        "The mayor has refused to rule out a strike.",
        "The senator acknowledged a common rival.",
        "It was the third such visit.",
        "Nobody knows what the cargo was.",
        "",
    ],
)
def test_plain_statements_are_nobody_elses(sentence: str) -> None:
    assert [r for r in reported(sentence) if r.source] == []


VOICES = [
    ("Ana Roe", Voice.NAMED),
    ("Mr. Roe", Voice.NAMED),
    ("police", Voice.NAMED),
    ("the ministry", Voice.NAMED),
    ("he", Voice.NAMED),
    ("officials", Voice.UNNAMED),
    ("Officials", Voice.UNNAMED),
    ("a senior official", Voice.UNNAMED),
    ("an unnamed source at the Russian embassy", Voice.UNNAMED),
    ("people familiar with the matter", Voice.UNNAMED),
    ("critics", Voice.UNNAMED),
    ("witnesses", Voice.UNNAMED),
    ("media reports", Voice.REPORTS),
    ("reports", Voice.REPORTS),
    ("local media", Voice.REPORTS),
    ("Reuters", Voice.OUTLET),
    ("The Associated Press", Voice.OUTLET),
    ("The Port Alder Gazette", Voice.OUTLET),
    ("Meridian Wire", Voice.OUTLET),
    (None, Voice.UNNAMED),
]


@pytest.mark.parametrize(("source", "voice"), VOICES)
def test_what_kind_of_source_it_is(source: str | None, voice: Voice) -> None:
    assert voice_of(source, frozenset({"meridian wire"})) is voice


CHAINS = [
    (
        "The officials came to talk, wrote state agency Sputnik, which quoted an unnamed source at the Russian embassy.",
        ("state agency Sputnik", "an unnamed source at the Russian embassy"),
    ),
    ("“There are contracts,” Sputnik quoted the source as saying.", ("Sputnik", "the source")),
    (
        "Sputnik, a news agency in Osk, cited a diplomat as saying that the visit was over.",
        ("Sputnik", "a diplomat"),
    ),
    (
        "Two planes landed, state agency Sputnik reported, citing an unnamed diplomatic source.",
        ("state agency Sputnik", "an unnamed diplomatic source"),
    ),
    (
        "Reporter Ana Ruiz wrote on Twitter that the first plane was full.",
        ("Reporter Ana Ruiz on Twitter",),
    ),
    ("An official told Reuters that the bridge was closed.", ("Reuters", "An official")),
    (
        "Ana Ruiz, a reporter in Port Alder, said on Twitter that the first plane was full.",
        ("Ana Ruiz on Twitter",),
    ),
    ("Ana Ruiz, who leads the council, confirmed on Monday that it was shut.", ("Ana Ruiz",)),
    ("The bridge was closed.", ()),
]


@pytest.mark.parametrize(("sentence", "chain"), CHAINS)
def test_a_chain_runs_from_the_immediate_source_to_the_first(
    sentence: str, chain: tuple[str, ...]
) -> None:
    assert chain_of(sentence) == chain
