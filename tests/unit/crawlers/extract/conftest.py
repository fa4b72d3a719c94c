"""Pages written for these tests; every outlet, person and place in them is invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

PARAGRAPHS = (
    "The harbour council of Port Ellery voted on Tuesday to close the old ferry terminal, ending a dispute that has split the town for almost three years.",
    "Seven of the eleven members supported the motion after a debate that lasted until shortly before midnight, according to the minutes published on Wednesday morning.",
    "“Nobody wanted this outcome, but the pier is not safe,” said council leader Marta Quill, who had long argued for repairs instead of a closure.",
    "Ferry operators said the decision would cost them about 40,000 passengers a year, a figure that the council disputes in its own assessment of the traffic.",
    "The terminal, built in 1931, will be fenced off in October and pulled down in the spring, unless a court decides otherwise in the meantime.",
    "An appeal by the residents' group Save the Pier is to be heard next month by the regional court in Alderby, its chairman said.",
)
FURNITURE = """
<nav><ul><li><a href="/">Home</a></li><li><a href="/politics">Politics</a></li><li><a href="/sport">Sport</a></li></ul></nav>
"""
AFTERWARDS = """
<aside class="related-stories"><h2>Most popular</h2><ul>
<li><a href="/1">Baker wins the county prize for the third time in a row</a></li>
<li><a href="/2">Council tax to rise by four per cent from next April</a></li></ul></aside>
<div class="newsletter-signup"><p>Sign up to our newsletter and get the best of Ellery in your inbox every morning.</p></div>
<footer><p>© 2019 The Ellery Mercury. All rights reserved.</p><a href="/contact">Contact us</a></footer>
"""

PageMaker = Callable[..., bytes]


def linked_data(**changes: Any) -> dict[str, Any]:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Port Ellery votes to close its ferry terminal",
        "datePublished": "2019-03-27T08:15:00+01:00",
        "dateModified": "2019-03-27T11:40:00Z",
        "author": [
            {"@type": "Person", "name": "Ines Halloran"},
            {"@type": "Person", "name": "Tom Weir"},
        ],
        "publisher": {"@type": "Organization", "name": "The Ellery Mercury"},
    }
    return {k: v for k, v in (data | changes).items() if v is not None}


def page(
    *,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    inside: str = "",
    after: str = "",
    head: str = "",
    data: dict[str, Any] | None = None,
    heading: str = "Port Ellery votes to close its ferry terminal",
    encoding: str = "utf-8",
) -> bytes:
    """A news page: navigation, headline, byline, picture, the paragraphs, and what stands around."""
    script = (
        "" if data is None else f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="{encoding}">
<title>{heading} | The Ellery Mercury</title><meta property="og:site_name" content="The Ellery Mercury">
{head}{script}</head><body>{FURNITURE}<main><article class="story"><h1>{heading}</h1>
<p class="byline">By <a rel="author" href="/ines">Ines Halloran</a></p>
<figure><img src="pier.jpg"><figcaption>The old terminal in February. Photo: Ann Brody/Getty Images</figcaption></figure>
<div class="article-body">{body}{inside}</div></article></main>{after}{AFTERWARDS}</body></html>""".encode(
        encoding, "xmlcharrefreplace"
    )


@pytest.fixture
def make_page() -> PageMaker:
    return page


@pytest.fixture
def make_data() -> Callable[..., dict[str, Any]]:
    return linked_data


@pytest.fixture
def paragraphs() -> tuple[str, ...]:
    return PARAGRAPHS
