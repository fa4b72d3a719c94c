"""A page that was corrected is held to what it says now, and argues neither with itself nor with others."""

from __future__ import annotations

from compare.datamodel import Article, Claim, Mention, Pair, Span
from compare.kinds import ClaimKind
from compare.verdicts.conflicts.find import conflicts_of
from compare.verdicts.evidence import Reading

WRONG = "The storm injured 340 people in the valley."
RIGHT = "The storm injured 214 people in the valley."


def version(number: int, outlet: str, text: str) -> Article:
    return Article(
        id=f"{outlet}-{number}", outlet=outlet, title="Storm", text=text,
        url=f"https://{outlet}.example/storm", published="2019-03-24T10:00:00+00:00",
        modified=f"2019-03-24T1{number}:00:00+00:00",
    )  # fmt: skip


def told(*articles: Article) -> list[tuple[str, str]]:
    """The articles' conflicts, by the articles' ids."""
    claims = tuple(
        Claim(
            id=f"{a.id}:0", article=a.id, outlet=a.outlet, field="text", start=0, end=len(a.text),
            text=a.text, kind=ClaimKind.SENTENCE, sentence=Span(0, len(a.text)), position=1,
        )
        for a in articles
    )  # fmt: skip
    pairs = tuple(
        Pair(a=a.id, b=b.id, probability=0.99)
        for i, a in enumerate(claims)
        for b in claims[i + 1 :]
    )
    mentions = tuple(
        Mention(
            claim=c.id, article=c.article, outlet=c.outlet, field="text", start=c.start, end=c.end,
            probability=0.99, sentence=c.sentence,
        )
        for c in claims
    )  # fmt: skip
    reading = Reading(articles=articles, claims=claims, pairs=pairs, failures=())
    found = conflicts_of(mentions, reading)
    return [(mentions[c.a].article, mentions[c.b].article) for c in found]


def test_two_outlets_that_differ_contradict_each_other() -> None:
    assert told(version(1, "one", WRONG), version(1, "two", RIGHT)) == [("one-1", "two-1")]


def test_versions_of_one_page_do_not_contradict_each_other() -> None:
    assert told(version(1, "one", WRONG), version(2, "one", RIGHT)) == []


def test_what_a_page_took_back_contradicts_nobody() -> None:
    assert told(version(1, "one", WRONG), version(2, "one", RIGHT), version(1, "two", RIGHT)) == []


def test_what_a_page_came_to_say_contradicts_others_once() -> None:
    found = told(version(1, "one", RIGHT), version(2, "one", WRONG), version(1, "two", RIGHT))
    assert found == [("one-2", "two-1")]
