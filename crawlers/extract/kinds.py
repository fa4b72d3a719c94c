"""What a page holds besides one report: a live blog, a film, a round-up of several stories."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from compare.datamodel import Completeness
from crawlers.extract.metadata.page_metadata import Kind, PageMetadata, Source, values

Judged = tuple[Completeness, str]

_MIN_WORDS = 60
_SHORT_FOR_VIDEO = 150
_LIVE_WORDS = re.compile(
    r"\blive[- ]?(?:blog|updates?|ticker|coverage|feed)\b|\bnews-?ticker\b|\bas it happened\b|\bliveticker\b|\bminute by minute\b|\bminuto a minuto\b|\bheure par heure\b"
    # "A train en direct" and "music en directo" are none: the words stand first, last, or beside "follow".
    r"|^\W{0,3}(?:en direct|direct|en directo|directo|ao vivo|em direto|(?:in )?diretta)\b\s?[:,.|–—-]|[:,.|–—-]\s?(?:en direct(?:o)?|ao vivo|em direto|(?:in )?diretta)\W{0,3}$"
    r"|\b(?:suivez|sigue|siga|segui|acompanhe)\b.{0,60}\b(?:en direct(?:o)?|ao vivo|em direto|in diretta)\b",
    re.IGNORECASE,
)
_LIVE_PATH = re.compile(
    r"/live(?:blog|-updates|-news|ticker|-reporting)?(?:/|$)|liveblog|liveticker|live-updates|newsticker",
    re.IGNORECASE,
)
_VIDEO_PATH = re.compile(r"/(?:videos?|watch|tv|podcasts?|audio)/", re.IGNORECASE)
_ROUNDUP = re.compile(
    r"\b(?:morning|evening|daily|weekly|midday|news|politics|world|election) (?:brief(?:ing)?s?|roundup|round-up|digest|report|headlines|newsletter|wrap)\b"
    r"|\bin brief\b|\bround-?up\b|\btop (?:stories|headlines|news)\b|\b\d+ things (?:to|you)\b|\bwhat (?:we|you)(?:'re| are)? (?:reading|need to know (?:today|this))\b"
    r"|\bnews (?:of|from) the (?:day|week)\b|\bthe (?:week|day) in\b|\blinks? (?:of|for) the (?:day|week)\b|\bpresseschau\b|\brevue de presse\b",
    re.IGNORECASE,
)
_ROUNDUP_PATH = re.compile(r"/(?:round-?up|newsletters?|briefing|headlines)s?/")


def other_kind(metadata: PageMetadata, url: str, title: str, words: int) -> Judged | None:
    """What an article is besides a report, and why: a live blog, a film, a round-up; None for a report."""
    path = urlsplit(url).path
    if is_live_blog(metadata, url, title):
        return Completeness.LIVE_BLOG, "the page calls itself a live blog; its entries change"
    stated = next(values(metadata.about, Source.JSON_LD), None)
    is_video = Kind.VIDEO in values(metadata.about) or (_VIDEO_PATH.search(path) and stated is None)
    if is_video and words < _SHORT_FOR_VIDEO:
        return Completeness.VIDEO, f"a video or audio page with {words} words of text"
    if Kind.VIDEO in values(metadata.holds) and words < _MIN_WORDS:
        return Completeness.VIDEO, f"a page around a video with {words} words of text"
    if is_roundup(url, title):
        return Completeness.ROUNDUP, "its title or address calls it a round-up of several stories"
    return None


def is_live_blog(metadata: PageMetadata, url: str, title: str) -> bool:
    """Whether a page calls itself a live blog."""
    path = urlsplit(url).path
    return bool(
        Kind.LIVE_BLOG in values(metadata.holds)
        or _LIVE_PATH.search(path)
        or _LIVE_WORDS.search(title)
    )


def is_roundup(url: str, title: str) -> bool:
    """Whether a title or an address calls a page a round-up of several stories."""
    return bool(_ROUNDUP.search(title) or _ROUNDUP_PATH.search(urlsplit(url).path))
