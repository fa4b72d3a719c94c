"""What the sample web answers: an outlet and a request path in, status and bytes out; no sockets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from http import HTTPStatus
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from parallax.sample.content import FOLDER, SampleOutlet, Story, body_of

Homes = Mapping[str, str]
"""Where each outlet is served: slug to "http://127.0.0.1:PORT/"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a Content-Type and a body."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Sites:
    """All sample outlets at their addresses; `homes` is whole before the first answer."""

    outlets: Mapping[str, SampleOutlet]
    homes: Homes

    def answer(self, slug: str, target: str) -> Answer:
        """What the outlet answers to a request target ("/path?query"); 404 for what it has not."""
        outlet = self.outlets[slug]
        if target == "/robots.txt":
            return _text("text/plain", outlet.robots.strip().format(home=self.homes[slug]) + "\n")
        if target == "/static/runway.svg":
            drawing = (FOLDER / "static" / "runway.svg").read_text(encoding="utf-8")
            return _text("image/svg+xml", drawing)
        if target == outlet.feed_path:
            return _text(_FEED_TYPES[outlet.feed], self._render(outlet, f"feeds/{outlet.feed}.xml"))
        if target == "/":
            return self._page(outlet, None)
        for story in outlet.stories:
            if target in {story.path, f"{story.path}?{story.query}"}:
                if story.status != HTTPStatus.OK:
                    return self._error(outlet, HTTPStatus(story.status))
                return self._page(outlet, story)
        return self._error(outlet, HTTPStatus.NOT_FOUND)

    def address(self, slug: str, story: str) -> str:
        """The address of a story."""
        return self.homes[slug] + self.outlets[slug].story(story).path[1:]

    def _page(self, outlet: SampleOutlet, story: Story | None) -> Answer:
        html = self._render(outlet, f"pages/{outlet.slug}/page.html", story)
        # A page of windows-1252 says so nowhere, as old pages do; the bytes have to tell.
        named = "" if outlet.charset != "utf-8" else "; charset=utf-8"
        return Answer(HTTPStatus.OK, f"text/html{named}", html.encode(outlet.charset))

    def _error(self, outlet: SampleOutlet, status: HTTPStatus) -> Answer:
        page = _templates().get_template("error.html")
        html = page.render(outlet=outlet, status=int(status), reason=status.phrase)
        return Answer(status, "text/html; charset=utf-8", html.encode())

    def _render(self, outlet: SampleOutlet, template: str, story: Story | None = None) -> str:
        newest = sorted(
            outlet.stories, key=lambda each: datetime.fromisoformat(each.published), reverse=True
        )
        return (
            _templates()
            .get_template(template)
            .render(
                outlet=outlet,
                home=self.homes[outlet.slug],
                article=self._shown(outlet, story, whole=True) if story else None,
                newest=[self._shown(outlet, each) for each in newest],
                others=[self._shown(outlet, each) for each in newest if each is not story],
            )
        )

    def _shown(
        self, outlet: SampleOutlet, story: Story, *, whole: bool = False
    ) -> dict[str, object]:
        published = datetime.fromisoformat(story.published)
        updated = story.modified or story.published
        address = self.address(outlet.slug, story.slug)
        body = self._body(outlet, story) if whole else ""
        return {
            "slug": story.slug,
            "title": story.title,
            "summary": story.summary,
            "author": story.author,
            "credit": story.credit,
            "paywalled": story.paywalled,
            "published": story.published,
            "modified": story.modified,
            "updated": updated,
            "feed_date": story.feed_date,
            "rfc822": format_datetime(published),
            "shown_date": _shown_date(published),
            "shown_update": _shown_date(datetime.fromisoformat(updated)),
            "address": address,
            "announced": f"{address}?{story.query}" if story.query else address,
            "body": Markup(body),  # noqa: S704 - our own markup, bundled
            "blocks": [Markup(line) for line in body.splitlines()],  # noqa: S704 - likewise
        }

    def _body(self, outlet: SampleOutlet, story: Story) -> str:
        return _LINK.sub(
            lambda link: self.address(link["outlet"], link["story"]), body_of(outlet, story)
        )


_LINK = re.compile(r"\{\{ url\('(?P<outlet>[\w-]+)', '(?P<story>[\w-]+)'\) \}\}")

_FEED_TYPES: Mapping[str, str] = {
    "rss": "application/rss+xml",
    "atom": "application/atom+xml",
    "news-sitemap": "application/xml",
}


def _text(content_type: str, text: str) -> Answer:
    return Answer(HTTPStatus.OK, f"{content_type}; charset=utf-8", text.encode())


def _shown_date(moment: datetime) -> str:
    return f"{moment:%A, %B} {moment.day}, {moment.year}, {moment:%H:%M}"


@cache
def _templates() -> Environment:
    options: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True}
    return Environment(
        loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined, **options
    )
