from __future__ import annotations

from compare.claims import claims_of
from compare.datamodel import Article, Quoted
from compare.kinds import ClaimKind

TEXT = (
    "The mayor closed the bridge, and the council asked why. "
    "“Nobody told us a thing about it,” said Ada Quill, who runs the ferry.\n\n"
    "The bridge is old."
)


def article(text: str = TEXT, title: str = "Mayor closes bridge", **more: object) -> Article:
    return Article(id="a", outlet="The Lantern", title=title, text=text, **more)  # type: ignore[arg-type]


def test_claims_are_title_sentences_and_parts_with_exact_offsets() -> None:
    found = claims_of(article())
    whole = [c for c in found if c.kind in {ClaimKind.TITLE, ClaimKind.SENTENCE}]
    assert [c.position for c in whole] == [0, 1, 2, 3]
    for claim in found:
        source = article().read(claim.field)
        assert source[claim.start : claim.end] == claim.text
        assert claim.sentence.start <= claim.start < claim.end <= claim.sentence.end
    assert len({c.id for c in found}) == len(found)


def test_a_quotation_that_says_something_is_a_claim_of_its_own() -> None:
    quotations = [c.text for c in claims_of(article()) if c.kind is ClaimKind.QUOTATION]
    assert quotations == ["Nobody told us a thing about it,"]


def test_a_sentence_of_two_statements_has_them_as_clauses() -> None:
    clauses = [
        c.text for c in claims_of(article()) if c.position == 1 and c.kind is ClaimKind.CLAUSE
    ]
    assert clauses == ["The mayor closed the bridge,", "and the council asked why."]


def test_words_that_the_page_marks_as_taken_are_not_the_outlets_own() -> None:
    start = TEXT.index("The bridge is old")
    marked = Quoted(start=start, end=len(TEXT), source="Halyard Wire")
    by_text = {c.text: c.quoted_from for c in claims_of(article(quoted=(marked,)))}
    assert by_text["The bridge is old."] == "Halyard Wire"
    assert by_text["Mayor closes bridge"] is None


def test_an_article_without_text_or_title_has_the_claims_that_are_there() -> None:
    assert [c.kind for c in claims_of(article(text=""))] == [ClaimKind.TITLE]
    assert all(c.position > 0 for c in claims_of(article(title="  ")))
    assert claims_of(article(text=" ", title="")) == ()
