from __future__ import annotations

import pytest

from compare.claims import claims_of, repeated_lines
from compare.datamodel import Article
from compare.kinds import ClaimKind, ClaimRole
from compare.language.boilerplate import Place, places_of, role_of

REPORT = "The ferry to Oban sank on Tuesday evening with forty people on board."
MORE = "Divers found the wreck at a depth of thirty metres, the coast guard said."


def alone(line: str) -> ClaimRole:
    around = [
        "The harbour was closed until noon, its master said.",
        MORE,
        "Two lifeboats came from Mull that night.",
    ]
    return role_of(
        line,
        places_of(
            [
                *around,
                "The last ferry to sink there did so in 1953.",
                line,
                "Nobody else answered the call of the ferry.",
            ]
        )[4],
    )


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("(AP Photo/Rhona Keel)", ClaimRole.CAPTION),
        ("Rhona Keel/Getty Images", ClaimRole.CAPTION),
        ("Rhona Keel, center, and the ferry's crew in Oban on May 6.", ClaimRole.CAPTION),
        ("FILE PHOTO: The ferry leaves Oban in fair weather, May 2, 2011.", ClaimRole.CAPTION),
        ("Enlarge this image toggle caption Rhona Keel/AP Rhona Keel/AP", ClaimRole.CAPTION),
        ("Slideshow (7 Images)", ClaimRole.CAPTION),
        ("on April 30, 2008 at 4:31 AM, updated April 30, 2008 at 8:33 AM", ClaimRole.TIME),
        ("Posted: Nov 27, 2005 8:20 AM ET Last Updated: Nov 27, 2005 8:10 PM ET", ClaimRole.TIME),
        ("PUBLISHED: 02:31 GMT, 12 March 2013 | UPDATED: 22:19 GMT, 12 March 2013", ClaimRole.TIME),
        ("Originally published 05/03/2013 at 10:20 AM EDT", ClaimRole.TIME),
        ("Friday August 2, 2013 @ 8:13am PDT", ClaimRole.TIME),
        ("Six people died on March 3, 2013.", ClaimRole.STATEMENT),
        ("On March 3 he updated the list.", ClaimRole.STATEMENT),
        ("By Rhona Keel and Tam Orr", ClaimRole.CREDIT),
        ("Tam Orr and The Associated Press contributed to this report.", ClaimRole.CREDIT),
        ("Reporting by Tam Orr; Editing by Rhona Keel", ClaimRole.CREDIT),
        ("Contributing: Tam Orr, Rhona Keel", ClaimRole.CREDIT),
        ("Copyright 2024 The Skerry Post. All rights reserved.", ClaimRole.CREDIT),
        ("Tam Orr is a senior reporter for The Skerry Post.", ClaimRole.CREDIT),
        ("4:45 p.m.", ClaimRole.TIME),
        ("Updated at 9:12 a.m. ET", ClaimRole.TIME),
        ("Tuesday, March 12, 2024", ClaimRole.TIME),
        ("Skerry Newsroom / Tuesday, March 12, 2024, 11:20", ClaimRole.TIME),
        ("OBAN, Scotland (Reuters) -", ClaimRole.TIME),
        ("(CNN)", ClaimRole.TIME),
        ("3 hours ago", ClaimRole.TIME),
        ("ADVERTISEMENT", ClaimRole.BUTTON),
        ("Story continues below advertisement", ClaimRole.BUTTON),
        ("Share Tweet Email", ClaimRole.BUTTON),
        ("JUST WATCHED Ferry sinks off Oban Replay More Videos ...", ClaimRole.BUTTON),
        ("— Tam Orr (@tamorr) March 12, 2024", ClaimRole.SOCIAL),
        ("pic.twitter.com/aB3dE5", ClaimRole.SOCIAL),
        ("Sign up for our morning newsletter", ClaimRole.PROMOTION),
        ("Get the stories you care about delivered to your inbox.", ClaimRole.PROMOTION),
        ("This is a breaking news story and will be updated.", ClaimRole.NOTICE),
        ("The Skerry Post will report more when it knows more.", ClaimRole.NOTICE),
        ("Correction: an earlier version misspelled the skipper's name.", ClaimRole.NOTICE),
        ("More details to follow.", ClaimRole.NOTICE),
        ("Read more: How safe are the island ferries?", ClaimRole.LINK),
        ("RELATED: Ferry company fined for the third time", ClaimRole.LINK),
        ("COMPANY FINED FOR THE THIRD TIME", ClaimRole.LINK),
        ("Island ferries: the key questions answered Read more", ClaimRole.LINK),
        ("Here is what The Skerry Post reported:", ClaimRole.LEAD_IN),
        ("The harbour master said in a statement:", ClaimRole.LEAD_IN),
        ("Why it matters", ClaimRole.HEADING),
        ("What happens next", ClaimRole.HEADING),
        ("How did the ferry sink?", ClaimRole.QUESTION),
        ("Sure.", ClaimRole.FRAGMENT),
        ("Not really.", ClaimRole.FRAGMENT),
        ("The skipper had asked the company for a", ClaimRole.FRAGMENT),
        ("___", ClaimRole.MARKUP),
        ('{"video": "1234", "autoplay": true}', ClaimRole.MARKUP),
        ("So much for the promises of spring.", ClaimRole.OPINION),
        ("Don’t hold your breath.", ClaimRole.OPINION),
        ("We think the minister should go.", ClaimRole.OPINION),
    ],
)
def test_what_states_nothing_has_its_role(line: str, role: ClaimRole) -> None:
    assert alone(line) is role


@pytest.mark.parametrize(
    "line",
    [
        REPORT,
        "Forty died.",
        "The ferry, built in 1988, was sold by its owner to pay for the rescue.",
        "The company has hired a photographer from Getty Images to record the wreck.",
        "Reuters reported on Monday that the ferry had failed two inspections.",
        "The ferry was updated at 9:12 a.m. with a new radar.",
        "“Get out!”",
        "“Why did nobody call?” the widow asked the court.",
        "The minister will sign up for the inquiry.",
        "The read more than doubled in a week, the library said.",
        "NATO said the drill had nothing to do with it.",
        "Related claims against the company were dropped in May.",
        "The video shows the ferry listing to port.",
        "“I think we were lucky,” said the cook.",
        "“We think the minister should go,” the widow told reporters.",
        "- Two lifeboats were launched from Mull",
    ],
)
def test_a_fact_stays_a_statement(line: str) -> None:
    assert alone(line) is ClaimRole.STATEMENT


def test_a_list_of_links_ends_where_sentences_begin() -> None:
    lines = [
        REPORT,
        "Related:",
        "Company that ran the sunken ferry was fined three times last year alone",
        "Islanders ask for a bridge in place of the ferry that sank off Oban",
        MORE,
    ]
    roles = [role_of(p.line, p) for p in places_of(lines)]
    assert roles == [
        ClaimRole.STATEMENT,
        ClaimRole.BUTTON,
        ClaimRole.LINK,
        ClaimRole.LINK,
        ClaimRole.STATEMENT,
    ]


def test_a_text_without_full_stops_keeps_its_lines() -> None:
    lines = [
        "Ferry sinks off Oban",
        "Forty people were on board the ferry when it sank",
        "Coast guard searches",
    ]
    assert {role_of(p.line, p) for p in places_of(lines)} == {ClaimRole.STATEMENT}


def test_the_second_of_two_equal_lines_is_a_repetition() -> None:
    roles = [role_of(p.line, p) for p in places_of([REPORT, MORE, REPORT])]
    assert roles == [ClaimRole.STATEMENT, ClaimRole.STATEMENT, ClaimRole.REPEATED]


def test_a_speaker_in_a_transcript_gives_no_opinion_of_the_outlet() -> None:
    lines = [
        "ROY KEEL: Good evening.",
        "ADA ORR: I think we were lucky.",
        "ROY KEEL: Thank you both.",
    ]
    assert role_of("ADA ORR: I think we were lucky.", places_of(lines)[1]) is ClaimRole.STATEMENT


def test_claims_carry_the_role_of_their_sentence_and_a_title_states() -> None:
    text = (
        f"{REPORT}\n\n{MORE}\n\nSure. {MORE}\n\nTam Orr and Rhona Keel contributed to this report."
    )
    found = claims_of(Article(id="a", outlet="Post", title="Why it matters", text=text))
    roles = {c.text: c.role for c in found if c.kind in {ClaimKind.SENTENCE, ClaimKind.TITLE}}
    assert roles["Why it matters"] is ClaimRole.STATEMENT
    assert roles["Sure."] is ClaimRole.FRAGMENT
    assert roles["Tam Orr and Rhona Keel contributed to this report."] is ClaimRole.CREDIT
    credited = [c.role for c in found if c.text.startswith("Tam Orr")]
    assert set(credited) == {ClaimRole.CREDIT}


def test_a_line_under_two_stories_of_an_outlet_is_repeated_but_not_one_of_two_versions() -> None:
    def story(name: str, *lines: str) -> Article:
        return Article(id=name, outlet="Post", title="", text="\n\n".join(lines))

    standing = "The Skerry Post has served the islands since the year 1911."
    first = story("a", REPORT, MORE, "Two lifeboats came from Mull.", standing)
    later = story("b", REPORT, MORE, "Three lifeboats came from Mull.", standing)
    other = story(
        "c", "The school opened.", "Pupils cheered.", "It cost two million pounds.", standing
    )
    found = repeated_lines([first, later, other])
    assert found == {name: frozenset({standing}) for name in "abc"}
    roles = {c.text: c.role for c in claims_of(first, found["a"]) if c.kind is ClaimKind.SENTENCE}
    assert roles[standing] is ClaimRole.REPEATED
    assert roles[REPORT] is ClaimRole.STATEMENT


def test_a_sentence_is_judged_by_itself_where_its_line_goes_on() -> None:
    place = Place(line=f"{REPORT} Why did it sink? {MORE}", opens=False, closes=False)
    assert role_of("Why did it sink?", place) is ClaimRole.STATEMENT


@pytest.mark.parametrize("text", ["“Sick!”", "“WRONG!", "“Nice!”"])
def test_one_shouted_word_is_no_fact(text: str) -> None:
    assert alone(text) is not ClaimRole.STATEMENT
