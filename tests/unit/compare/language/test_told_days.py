"""Which days an article tells of, as the timeline has them."""

from __future__ import annotations

import pytest

from compare.datamodel import Article
from compare.language.told_days import told_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The bridge fell on Thursday.", ["2017-09-14"]),
        ("It was announced on Sept. 12.", ["2017-09-12"]),
        ("Voters go to the polls on Nov. 7.", ["2017-11-07"]),
        # Of this year or of the next: nobody can tell.
        ("The ban, first announced on Jan. 27, went to court.", []),
        ("The ban, announced on Jan. 27, 2017, went to court.", ["2017-01-27"]),
        ("The games begin on Feb. 9, 2018.", ["2018-02-09"]),
        ("In March the bridge was closed.", []),
    ],
)
def test_the_days_that_an_article_names(text: str, days: list[str]) -> None:
    article = Article(id="a", outlet="A", title="", text=text, published="2017-09-15")
    assert [day.first for day in told_days(article)] == days
