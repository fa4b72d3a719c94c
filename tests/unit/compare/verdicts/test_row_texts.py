"""What words a row is named by: its own, and nothing that opens or ends another sentence's thought."""

from __future__ import annotations

from compare.claims import claims_of
from compare.datamodel import Article, Claim, Completeness, Detail, Mention
from compare.verdicts import judge

FULL = "The mayor resigned on Monday after the flood, and the council closed the port."


def article(outlet: str, text: str) -> Article:
    return Article(
        id=outlet.lower(), outlet=outlet, title="", text=text, completeness=Completeness.FULL
    )


def mention(claims: tuple[Claim, ...], article: Article, words: str, probability: float) -> Mention:
    start = article.text.index(words)
    end = start + len(words)
    claim = next(
        c for c in claims if c.article == article.id and c.field == "text" and c.sentence.start <= start < c.sentence.end
    )  # fmt: skip
    return Mention(
        claim=claim.id,
        article=article.id,
        outlet=article.outlet,
        field="text",
        start=start,
        end=end,
        sentence=claim.sentence,
        probability=probability,
    )


def texts(articles: list[Article], rows: list[list[tuple[int, str, float]]]) -> list[str]:
    """The texts of rows of (article, words, probability) when judged together."""
    claims = tuple(c for a in articles for c in claims_of(a))
    details = [
        Detail(
            id=f"d{n}",
            text="",
            mentions=tuple(mention(claims, articles[i], words, p) for i, words, p in row),
        )
        for n, row in enumerate(rows)
    ]
    judged = judge(details, claims=claims, pairs=[], articles=articles)
    return [detail.text for detail in judged.details]


def test_words_that_another_row_shows_are_left_to_it() -> None:
    articles = [article("Wire", FULL), article("Post", "The council closed the port for a week.")]
    first = [(0, FULL, 0.9)]
    second = [(0, "and the council closed the port.", 0.9), (1, "The council closed the port for a week.", 0.86)]  # fmt: skip
    assert texts(articles, [first, second]) == [FULL, "The council closed the port for a week."]
    assert texts(articles, [second])[0] == FULL


def test_a_mention_that_agrees_less_does_not_name_the_row_for_that() -> None:
    articles = [article("Wire", FULL), article("Post", "The harbour may reopen in June.")]
    first = [(0, "The mayor resigned on Monday after the flood,", 0.9)]
    second = [(0, FULL, 0.9), (1, "The harbour may reopen in June.", 0.7)]
    assert texts(articles, [first, second])[1] == FULL


def test_a_row_is_not_named_by_a_dateline() -> None:
    told = "The mayor resigned on Monday."
    articles = [article("Wire", f"HALDEN, Norland (Wire) - {told} The port is open.")]
    assert texts(articles, [[(0, f"HALDEN, Norland (Wire) - {told}", 0.9)]]) == [told]
    later = article("Post", f"The port is open. {'It is calm there. ' * 4}HALDEN — {told}")
    assert texts([later], [[(0, f"HALDEN — {told}", 0.9)]]) == [f"HALDEN — {told}"]
