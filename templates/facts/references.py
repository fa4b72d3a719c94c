"""Whether a comparison can be shown: every reference in it leads somewhere."""

from __future__ import annotations

from compare.datamodel import Article, Comparison, Detail, Mention
from compare.errors import ComparisonFileError

_AGAIN = "Compare the articles again."


def check(comparison: Comparison) -> None:
    """Raises ComparisonFileError, with the place, for a reference to what the comparison lacks."""
    articles = {article.id: article for article in comparison.articles}
    if len(articles) != len(comparison.articles):
        raise ComparisonFileError(f"The comparison holds two articles of the same id. {_AGAIN}")
    if len({detail.id for detail in comparison.details}) != len(comparison.details):
        raise ComparisonFileError(f"The comparison holds two details of the same id. {_AGAIN}")
    for detail in comparison.details:
        for mention in detail.mentions:
            _check_mention(detail, mention, articles.get(mention.article))
        _check_indices(detail)
        for cell in detail.cells:
            if cell.stated_in is not None:
                _check_mention(detail, cell.stated_in, articles.get(cell.stated_in.article))


def _check_mention(detail: Detail, mention: Mention, article: Article | None) -> None:
    where = f"Detail {detail.id} of the comparison"
    if article is None:
        raise ComparisonFileError(
            f"{where} names an article that is not in it: {mention.article!r}. {_AGAIN}"
        )
    if mention.outlet != article.outlet:
        raise ComparisonFileError(
            f"{where} gives article {article.id!r} to {mention.outlet!r}. {_AGAIN}"
        )
    length = len(article.read(mention.field))
    if not 0 <= mention.start <= mention.end <= length:
        raise ComparisonFileError(
            f"{where} quotes characters {mention.start} to {mention.end} of the {mention.field} of article "
            f"{article.id!r}, which has {length}. {_AGAIN}"
        )


def _check_indices(detail: Detail) -> None:
    known = range(len(detail.mentions))
    used = {i for cell in detail.cells for i in cell.mentions}
    used |= {i for conflict in detail.conflicts for i in (conflict.a, conflict.b)}
    used |= {r.mention for quotation in detail.quotations for r in quotation.renderings}
    if any(i not in known for i in used):
        raise ComparisonFileError(
            f"Detail {detail.id} of the comparison points at a mention that it does not have. {_AGAIN}"
        )
