from __future__ import annotations

import pytest

from compare.datamodel import Article, Quoted
from compare.kinds import SourceKind
from compare.language.sources import attributed, kind_of, row_of, sources_of

# sentence, who, a word that is theirs
LAID_TO = [
    ("Ana Roe called the bridge a disgrace.", "Ana Roe", "disgrace"),
    ("The mayor vowed to rebuild the bridge.", "The mayor", "rebuild"),
    ("The council rejected the request for a public inquiry.", "The council", "inquiry"),
    ("The company is confirming that two ferries were sold.", "The company", "ferries"),
    ("Mr. Roe planned to visit the harbour on Sunday.", "Mr. Roe", "harbour"),
    ("The research documented faster losses of ice.", "The research", "losses"),
    ("A new poll shows that most residents want the dam.", "A new poll", "dam"),
    ("Residents fear that the dam will break.", "Residents", "break"),
    ("The governor urged drivers to stay at home.", "The governor", "home"),
    ("Critics blasted the plan as a gift to builders.", "Critics", "gift"),
    ("Ms. Roe is convinced that the vote was fair.", "Ms. Roe", "fair"),
    ("The report found that the brakes had failed.", "The report", "brakes"),
    ("Prosecutors charge that he took bribes.", "Prosecutors", "bribes"),
    ("Ana Roe, the mayor of Lisdale, denounced the strike.", "Ana Roe", "strike"),
    ("Police asked whether anybody had seen the van.", "Police", "van"),
    ("The minister defended the new toll on lorries.", "The minister", "toll"),
    ("Officials estimate that 40 houses were lost.", "Officials", "houses"),
    ("The union threatened to close the port.", "The union", "port"),
    ("Mr. Roe, who denied taking the money, left town.", "Mr. Roe", "money"),
    ("The senator refused to back the bill.", "The senator", "bill"),
    ("Economists expect prices to fall next year.", "Economists", "fall"),
    ("The White House dismissed the letter as a stunt.", "The White House", "stunt"),
    ("The dam is safe, Mr. Roe often says, and always was.", "Mr. Roe", "safe"),
    ("Several experts cautioned, as did the mayor, that the dam is old.", "Several experts", "old"),
    ("The ministry announced in a statement on Monday that the road is shut.", "The ministry", "road"),
    ("“Nobody should go near the dyke.” -Hanne Brandt, mayor of Lisdale", "Hanne Brandt", "dyke"),
    ("Poll: Most Voters Want A New Bridge", "Poll", "Bridge"),
    ("Ana Roe: The harbour will stay open.", "Ana Roe", "harbour"),
    ("He wondered whether the ferry would come.", "He", "ferry"),
    ("Many of his supporters believe the count was wrong.", "Many of his supporters", "count"),
    ("The claim that the dam leaked came from the engineer.", None, "leaked"),
    ("Roe's promise that taxes would fall was kept.", "Roe", "taxes"),
    ("The ship is expected to arrive on Sunday.", None, "arrive"),
    ("The motion was rejected by the council in May.", "the council", "motion"),
    ("Doctors warned of a second wave.", "Doctors", "wave"),
    ("She described the raid as a mistake.", "She", "mistake"),
    ("The lawsuit claims that the lender hid its fees.", "The lawsuit", "fees"),
    ("Union leaders have repeatedly demanded that the talks resume.", "Union leaders", "resume"),
    ("Video shows that the lorry did not stop.", "Video", "lorry"),
    ("The Lisdale Post noted that the tower had been empty for years.", "The Lisdale Post", "tower"),
    ("The captain told passengers that the storm would pass.", "The captain", "storm"),
    ("The judge wrote that the search broke the law.", "The judge", "search"),
    ("Farmers complain that the wolves come closer every winter.", "Farmers", "wolves"),
    ("The envoy appeared to suggest that talks had failed.", "The envoy", "talks"),
    ("Mr. Roe tried to argue that the bill was legal.", "Mr. Roe", "bill"),
    ("The bank said single parents would pay less.", "The bank", "parents"),
    ("Another 19 percent said they would stay at home.", "Another 19 percent", "stay"),
    ("Lawmakers praised the nurses for their courage.", "Lawmakers", "courage"),
    ("The prince hailed a new start for both countries.", "The prince", "start"),
    ("''The road is shut,'' the sheriff said.", "the sheriff", "road"),
    ("As Ana Roe put it, the plan is dead.", "Ana Roe", "dead"),
    ("In her view, the plan is dead.", "her", "dead"),
    ("To critics, the plan is a gift to builders.", "critics", "gift"),
    ("The dam is safe in the eyes of the senator.", "the senator", "safe"),
    ("The dam, according to Ana Roe, was safe.", "Ana Roe", "was safe"),
    ("The audit uncovered gaps in the accounts.", "The audit", "gaps"),
    ("In a statement, the firm expressed regret.", "the firm", "regret"),
    ("Rejecting the claim, saying it was false, the ministry left the talks.", "the ministry", "claim"),
    ("Calling it a mistake, the mayor left the hall.", "the mayor", "mistake"),
    ("The fact Ms. Roe says she forgot is no help to her.", "Ms. Roe", "forgot"),
]  # fmt: skip
# Words that are the outlet's own, or that look like a source and are none.
OWN_VOICE = [
    "That said, the plan is late.",
    "Having said that, the plan is late.",
    "The move shows that little was learned.",
    "His silence suggests that he knew.",
    "Ana Roe’s sudden decision threatened to delay the ferry.",
    "It is certain to raise the ire of farmers.",
    "The ferry sank on Sunday night.",
    "A light sentence followed.",
    "The state of the bridge is poor.",
    "The plan costs 4 million dollars.",
    "The report is 40 pages long.",
    "The claims department moved to Lisdale.",
    "Nobody knows the way.",
    "We believe that the law is wrong.",
    "I think that the mayor is right.",
    "You can imagine that the road was wet.",
    "Rescuers found three bodies in the river.",
    "The police saw the van and stopped it.",
    "The clip has faced ridicule since Monday.",
    "The council meets in the town hall.",
    "The court decided the case in May.",
    "The Lisdale Post building is for sale.",
    "The state had added a week of voting.",
    "The bridge was dubbed the needle's eye.",
    "He finds the house too small.",
    "Rain is likely on Sunday.",
    "It was the third such visit in a year.",
    "The company sold two ferries.",
    "Three men were arrested near the station.",
    "The question of the toll is open.",
    "The harbour reopened after a week.",
    "The demand for water rose again.",
    "The offer ends on Friday.",
    "The estimate for the bridge has doubled.",
    "The team played in the rain.",
    "Fear spread through the valley.",
    "The ruling came at noon.",
    "Their hope faded with the light.",
    "The record stood for ten years.",
    "The army moved north at dawn.",
    "Ana Roe walked to the station.",
    "The mayor opened the new school.",
    "The guide to the museum costs a dollar.",
    "A signal failed outside the station.",
    "The blast tore the roof off the mill.",
    "Voters went to the polls on Sunday.",
    "The judge arrived late.",
    "The plane landed at noon.",
    "The points are worth little.",
    "Prices fell for the third month.",
    "The process took two years.",
    "The order went to a yard in Lisdale.",
    "The press hall is empty.",
    "The post office closed early.",
    "The train was late again.",
    "The old bridge stayed shut.",
    "The dam is safe, despite their claims.",
    "The dam is safe, amid his warnings.",
    "It covers how many of the valley's estimated 900 houses can stay.",
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "who", "theirs"), LAID_TO)
def test_whose_words_these_are(sentence: str, who: str | None, theirs: str) -> None:
    found = [r for r in attributed(sentence) if r.source == who]
    assert found
    assert any(theirs in sentence[r.content.start : r.content.end] for r in found)


@pytest.mark.parametrize("sentence", OWN_VOICE)
def test_what_an_outlet_says_itself_is_laid_to_nobody(sentence: str) -> None:
    assert attributed(sentence) == []


def test_behind_a_relative_clause_the_outlet_speaks_again() -> None:
    sentence = "The union, which says that the law is unfair, has flooded the town with leaflets."
    (said,) = [r for r in attributed(sentence) if r.source == "The union"]
    theirs = sentence[said.content.start : said.content.end]
    assert "unfair" in theirs
    assert "leaflets" not in theirs


def test_every_source_stands_where_it_says() -> None:
    for sentence, _, _ in LAID_TO:
        for r in attributed(sentence):
            if r.source_span:
                written = sentence[r.source_span.start : r.source_span.end]
                assert written.startswith(r.source or "")


KINDS = [
    ("Ana Roe", SourceKind.NAMED),
    ("Mr. Roe", SourceKind.NAMED),
    ("she", SourceKind.NAMED),
    ("the mayor", SourceKind.OFFICIAL),
    ("Police", SourceKind.OFFICIAL),
    ("the White House", SourceKind.OFFICIAL),
    ("a spokesman for the ministry", SourceKind.OFFICIAL),
    ("several economists", SourceKind.EXPERT),
    ("a new survey", SourceKind.EXPERT),
    ("researchers at the institute", SourceKind.EXPERT),
    ("a person familiar with the talks", SourceKind.UNNAMED),
    ("an unnamed source", SourceKind.UNNAMED),
    ("critics", SourceKind.UNNAMED),
    (None, SourceKind.UNNAMED),
    ("Reuters", SourceKind.OTHER_MEDIA),
    ("The Lisdale Gazette", SourceKind.OTHER_MEDIA),
    ("media reports", SourceKind.OTHER_MEDIA),
]


@pytest.mark.parametrize(("source", "kind"), KINDS)
def test_what_kind_of_source_it_is(source: str | None, kind: SourceKind) -> None:
    assert kind_of(source) is kind


def test_an_outlet_of_the_run_is_other_media() -> None:
    assert kind_of("The Meridian", frozenset({"meridian"})) is SourceKind.OTHER_MEDIA


def article(text: str, title: str = "", quoted: tuple[Quoted, ...] = ()) -> Article:
    return Article(id="a", outlet="The Invented Times", title=title, text=text, quoted=quoted)


def laid(text: str, words: str) -> set[str | None]:
    """Who is said to stand for words of an article's text."""
    at = text.index(words)
    return {
        s.source
        for s in sources_of(article(text))
        if s.field == "text" and s.start <= at and at + len(words) <= s.end
    }


def test_a_quotation_is_its_speakers_who_is_named_next_door() -> None:
    text = "“It rained for two whole days.” Ana Roe shook her head.\n\nMr. Lund said that he left."
    assert laid(text, "two whole days") == {"Mr. Lund"} or laid(text, "two whole days") == {None}
    text = "Ana Roe said that she was tired. “It rained for two whole days.”"
    assert laid(text, "two whole days") == {"Ana Roe"}


def test_a_quotation_that_goes_on_is_still_the_same_speakers() -> None:
    text = "“We lost the boat,” Ana Roe said.\n\n“Nobody came to help us that night.”"
    assert laid(text, "came to help") == {"Ana Roe"}


@pytest.mark.parametrize(
    "text",
    [
        "“The dyke will not hold for long.” -Hanne Brandt, mayor of Lisdale",
        "“The dyke will not hold for long.”\n\n— Hanne Brandt, mayor of Lisdale",
        "The dyke will not hold for long. Nobody knows why.” ― Hanne Brandt",
    ],
)
def test_a_dash_signs_a_quotation(text: str) -> None:
    assert "Hanne Brandt" in laid(text, "not hold")


def test_a_scare_quote_is_nobodys() -> None:
    assert sources_of(article("The “miracle” cure costs a dollar.")) == ()


def test_posts_and_marked_quotations_are_not_the_outlets() -> None:
    text = "A bridge fell.\n\nSo sad! — Ana Roe (@anaroe) May 1, 2018\n\nIt was old."
    assert laid(text, "So sad!") == {"Ana Roe (@anaroe)"}
    assert laid(text, "It was old") == set()
    marked = article(
        "One line.\n\nAnother line.", quoted=(Quoted(start=0, end=9, source="Reuters"),)
    )
    (said,) = sources_of(marked)
    assert (said.source, said.kind) == ("Reuters", SourceKind.OTHER_MEDIA)


def test_a_chain_names_every_source() -> None:
    text = "“There are contracts,” Sputnik quoted an unnamed source as saying."
    chains = {s.chain for s in sources_of(article(text)) if s.source == "Sputnik"}
    assert ("Sputnik", "an unnamed source") in chains


def test_a_row_has_what_the_command_writes() -> None:
    (said,) = sources_of(article("", title="Ana Roe said that it rained"))
    row = row_of(said)
    assert row["field"] == "title"
    assert (row["source"], row["source_start"], row["source_end"]) == ("Ana Roe", 0, 7)
    assert (row["kind"], row["cue"]) == ("named", "said")


# A sentence, what is theirs in it, and what is the writer's again.
UP_TO = [
    ("Batting down rumours that he would go, Mr. Roe left town.", "he would go", "left town"),
    ("As critics said the plan was dead, the council met again.", "was dead", "met again"),
    ("By writing that he agreed, Mr. Roe gave the game away.", "he agreed", "the game"),
    ("Now that Roe has asked the court to step in, the row may end.", "step in", "may end"),
    ("Roe said that the dam was safe, a sharp reversal of his stance.", "was safe", "reversal"),
    ("Roe said that the bill was dead, in an unusual admission of defeat.", "was dead", "unusual"),
    ("Roe said that the plan was sound, even as his engineers fled.", "was sound", "fled"),
]


@pytest.mark.parametrize(("sentence", "theirs", "own"), UP_TO)
def test_what_is_laid_to_somebody_ends_where_the_writer_speaks_again(
    sentence: str, theirs: str, own: str
) -> None:
    laid = [sentence[r.content.start : r.content.end] for r in attributed(sentence)]
    assert any(theirs in content for content in laid)
    assert not any(own in content for content in laid)


@pytest.mark.parametrize(
    "sentence",
    [
        "Batting down reports that he would resign, Ana Roe said on Monday he would stay.",
        "Brushing off claims that it leaked, the firm said that the dam was safe.",
        "Speaking to reporters, Ana Roe insisted that the dam was safe.",
        "Warning that time was short, the envoy urged them to sign.",
    ],
)
def test_a_participle_that_begins_a_sentence_is_nobody(sentence: str) -> None:
    named = {r.source for r in attributed(sentence) if r.source}
    assert named <= {"Ana Roe", "the firm", "the envoy"}
    assert named


@pytest.mark.parametrize(
    ("sentence", "worded"),
    [
        ("The senator defended the divisive bill.", False),
        ("The divisive bill was rejected by the council.", False),
        ("The divisive bill is expected to fail.", False),
        ("The senator denounced the divisive bill.", True),
        ("The senator vowed to stop the divisive bill.", True),
        ("The senator called the bill divisive.", True),
    ],
)
def test_whose_words_a_thing_that_is_judged_is_told_in(sentence: str, *, worded: bool) -> None:
    (found,) = attributed(sentence)
    assert found.worded is worded
