"""What the sample web publishes: `sample.toml` beside this file, as values."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from compare.datamodel import Event

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One article of a sample outlet; its body is `pages/OUTLET/articles/SLUG.html`.

    `query` is what the feed appends to the address, `feed_date` whether the feed gives a date, and
    `status` the HTTP status that the page is answered with.
    """

    slug: str
    path: str
    title: str
    summary: str
    author: str
    published: str
    modified: str = ""
    credit: str = ""
    query: str = ""
    feed_date: bool = True
    paywalled: bool = False
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOutlet:
    """An invented outlet; its page layout is `pages/SLUG/page.html`."""

    slug: str
    name: str
    country: str
    kind: str
    owner: str
    feed: Literal["rss", "atom", "news-sitemap"]
    feed_path: str
    robots: str
    charset: str = "utf-8"
    stories: tuple[Story, ...] = ()

    def story(self, slug: str) -> Story:
        """The story of that slug; raises StopIteration for one that is not there."""
        return next(story for story in self.stories if story.slug == slug)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The event of the sample, and the outlets that report it among other news."""

    event: Event
    outlets: tuple[SampleOutlet, ...]


def read_sample() -> Sample:
    """The sample as it is bundled."""
    written = tomllib.loads((FOLDER / "sample.toml").read_text(encoding="utf-8"))
    event = written["event"]
    return Sample(
        event=Event(about=event["about"], start=event["from"], end=event["to"]),
        outlets=tuple(
            SampleOutlet(stories=tuple(Story(**story) for story in outlet.pop("article")), **outlet)
            for outlet in written["outlet"]
        ),
    )


def body_of(outlet: SampleOutlet, story: Story) -> str:
    """The story's own markup, with links to other stories still to be filled in."""
    path = FOLDER / "pages" / outlet.slug / "articles" / f"{story.slug}.html"
    return path.read_text(encoding="utf-8")
