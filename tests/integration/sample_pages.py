"""The sample's pages through discovery and extraction, without a network."""

from __future__ import annotations

from compare.datamodel import Article, Failure
from crawlers.discovery import FoundUrl, found_urls
from crawlers.extract.page import extract_page
from crawlers.registry.outlets import SourceKind
from parallax.sample.answers import Sites
from parallax.sample.content import read_sample

OUTLETS = {outlet.slug: outlet for outlet in read_sample().outlets}
SITES = Sites(OUTLETS, {slug: f"http://127.0.0.1:{8000 + n}/" for n, slug in enumerate(OUTLETS)})

EVENT_STORIES = {
    "meridian-wire": "russian-planes-caracas",
    "northgate-courier": "planes-land-near-caracas",
    "halyard-radio": "russian-soldiers-caracas",
    "fenwick-standard": "russia-confirms-specialists",
    "lantern-post": "putin-troops-venezuela",
    "continental-voice": "specialists-in-caracas",
    "port-alder-gazette": "venezuelans-russian-planes",
    "tradewind-news": "aviones-maiquetia",
    "airframe-weekly": "chkalovsky-to-caracas",
}
"""The story on the event of each outlet whose page can be read."""


def announced(outlet: str, story: str) -> FoundUrl:
    """What the outlet's feed or sitemap says about a story."""
    kind = SourceKind.NEWS_SITEMAP if "sitemap" in OUTLETS[outlet].feed else SourceKind.FEED
    path = OUTLETS[outlet].feed_path
    body = SITES.answer(outlet, path).body
    address = SITES.address(outlet, story)
    found = found_urls(body, SITES.homes[outlet] + path[1:], kind)
    return next(f for f in found if isinstance(f, FoundUrl) and f.url.startswith(address))


def extracted(outlet: str, story: str) -> Article | Failure:
    """What extraction reads from a story's page."""
    page = SITES.answer(outlet, OUTLETS[outlet].story(story).path)
    return extract_page(
        page.body,
        url=SITES.address(outlet, story),
        outlet=OUTLETS[outlet].name,
        content_type=page.content_type,
        hint=announced(outlet, story),
    )
