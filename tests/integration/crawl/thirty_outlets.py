"""Thirty outlets, six hundred pages, twenty events, and every fault that a crawl may meet, dealt by chance."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.integration.crawl.newsroom import News, all_news

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.integration.crawl.conftest import Site, Web

OUTLETS, PAGES, SEED = 30, 20, 20190324
BUSY = {"Retry-After": "1"}
ELSEWHERE = "http://169.254.169.254/latest/meta-data/"


@dataclass(frozen=True)
class Page:
    """One page: its own address, what is wrong with it, the event it tells of (None: of none)."""

    site: Site
    path: str
    kind: str
    event: str | None
    answer: Any
    hostile: Any

    @property
    def url(self) -> str:
        return self.site.url(self.path)

    def put(self, path: str, answer: Any) -> None:
        self.site.pages[path] = answer


@dataclass
class Truth:
    """What there is to find: pages by address, and the outlets that must not be looked at."""

    pages: dict[str, Page] = field(default_factory=dict)
    closed: list[Site] = field(default_factory=list)
    delayed: dict[str, float] = field(default_factory=dict)

    def readable(self) -> dict[str, Page]:
        """The pages that can be read by the rules."""
        shut = {site.host for site in self.closed}
        return {
            url: page
            for url, page in self.pages.items()
            if page.kind in READABLE and page.site.host not in shut
        }


def _plain(page: Page) -> list[str]:
    page.put(page.path, page.answer)
    return [page.path]


def _first(fault: Callable[[Any], Any]) -> Callable[[Page], list[str]]:
    def deal(page: Page) -> list[str]:
        page.put(page.path, page.hostile.Turns(fault(page), page.answer))
        return [page.path]

    return deal


def _twins(page: Page) -> list[str]:
    page.put(page.path, page.answer)
    page.put(f"{page.path}/amp", page.answer)
    return [page.path, f"{page.path}/amp", f"{page.path}?utm_source=feed", f"{page.path}#comments"]


def _printed(page: Page) -> list[str]:
    """A print view at an address of its own; only rel=canonical says that it is the same page."""
    body = page.answer.body.replace("</head>", f"<link rel=canonical href='{page.url}'></head>")
    page.put(page.path, page.hostile.Answer(body))
    page.put(f"{page.path}-print", page.hostile.Answer(body))
    return [page.path, f"{page.path}-print"]


def _moved(page: Page) -> list[str]:
    page.put(page.path, page.answer)
    page.put(f"{page.path}-old", page.hostile.moved(page.path, status=301))
    return [f"{page.path}-old"]


def _mislabelled(page: Page) -> list[str]:
    """Windows-1252 bytes under a header that says UTF-8."""
    body = page.answer.body.replace("said", "said – “café”").encode("windows-1252", "replace")
    page.put(page.path, page.hostile.Answer(body))
    return [page.path]


def _slow(page: Page) -> list[str]:
    page.put(page.path, page.hostile.Trickle(page.answer.body))
    return [page.path]


def _paywalled(page: Page) -> list[str]:
    said = json.dumps({"@type": "NewsArticle", "isAccessibleForFree": False})
    script = f"<script type='application/ld+json'>{said}</script>"
    head, _, rest = page.answer.body.partition("</p>\n<p>")
    second, _, tail = rest.partition("</p>\n<p>")
    end = tail[tail.index("</article>") :]
    teaser = f"{head}</p>\n<p>{second}</p><p>Subscribe to continue reading.</p>{end}"
    page.put(page.path, page.hostile.Answer(teaser.replace("</head>", f"{script}</head>")))
    return [page.path]


def _always(answer: Callable[[Page], Any]) -> Callable[[Page], list[str]]:
    def deal(page: Page) -> list[str]:
        page.put(page.path, answer(page))
        return [page.path]

    return deal


def _circle(page: Page) -> list[str]:
    page.put(page.path, page.hostile.moved(f"{page.path}/b"))
    page.put(f"{page.path}/b", page.hostile.moved(page.path))
    return [page.path]


def _barred(page: Page) -> list[str]:
    page.put(f"/private{page.path}", page.answer)
    return [f"/private{page.path}"]


def _soft_404(page: Page) -> Any:
    menu = "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(20))
    return page.hostile.Answer(
        "<html><head><title>Page not found</title></head><body><h1>Page not found</h1>"
        f"<p>Sorry, the article you asked for is no longer available.</p><ul>{menu}</ul></body></html>"
    )


READABLE: dict[str, Callable[[Page], list[str]]] = {
    "plain": _plain,
    "duplicate addresses and an AMP twin": _twins,
    "a print view": _printed,
    "a redirect": _moved,
    "a 5xx first": _first(lambda page: page.hostile.Answer("oops", status=502)),
    "a 429 with Retry-After first": _first(
        lambda page: page.hostile.Answer("busy", status=429, headers=BUSY)
    ),
    "a reset first": _first(lambda page: page.hostile.reset),
    "broken off first": _first(lambda page: page.hostile.Answer(page.answer.body, cut=99)),
    "slow bytes": _slow,
    "a wrong charset": _mislabelled,
    "a paywall": _paywalled,
}
LOST: dict[str, tuple[Callable[[Page], list[str]], str]] = {
    "always 5xx": (_always(lambda page: page.hostile.Answer("no", status=500)), "server error"),
    "missing": (_always(lambda page: page.hostile.Answer("no", status=404)), "not found"),
    "a redirect loop": (_circle, "redirects in a circle"),
    "a redirect inside": (_always(lambda page: page.hostile.moved(ELSEWHERE)), "private or local"),
    "a gzip bomb": (_always(lambda page: page.hostile.bomb(5)), "larger than 1 MB"),
    "never ending": (_always(lambda page: page.hostile.never_ends), "larger than 1 MB"),
    "dripping for ever": (_always(lambda page: page.hostile.drips), "no whole answer within"),
    "a soft 404": (_always(_soft_404), "says it was not found"),
    "barred by robots.txt": (_barred, "robots.txt disallows it"),
}

LAYOUTS = (
    "<body><header><nav><a href=/>Home</a> <a href=/sport>Sport</a></nav></header><main><article><h1>{title}</h1>\n{text}\n</article></main><aside><p>Most read today</p>{links}</aside><footer>All rights reserved</footer></body>",
    "<body><div class=top>{links}</div><div class=content><article><h2 class=kicker>Region</h2><h1>{title}</h1><figure><figcaption>Photo: archive</figcaption></figure>{text}</article></div><div class=related>{links}</div></body>",
    "<body><table><tr><td>{links}</td><td><article><h1>{title}</h1>{text}</article></td></tr></table><p class=legal>Terms of use</p></body>",
)  # fmt: skip
FEATURES = (
    "How to prune roses before the frost",
    "Ten soups for long evenings",
    "What our readers name their dogs",
    "The quiet return of the accordion",
    "Why cyclists love the coast road",
)


def html(title: str, paragraphs: list[str], layout: int) -> str:
    text = "\n".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    links = "".join(f"<a href='/more/{n}'>{name}</a> " for n, name in enumerate(FEATURES))
    body = LAYOUTS[layout % len(LAYOUTS)].format(title=title, text=text, links=links)
    return f"<!doctype html><html lang=en><head><title>{title}</title></head>{body}</html>"


def feature(chance: random.Random) -> tuple[str, list[str]]:
    """An article about no event."""
    title = chance.choice(FEATURES)
    words = "garden kitchen street morning neighbour market window music letter summer".split()
    return title, [
        f"{title}: in the {chance.choice(words)} of my {chance.choice(words)} there is always a "
        f"{chance.choice(words)} that nobody thinks of, and it is worth a {chance.choice(words)}."
        for _ in range(5)
    ]


def _robots(number: int, hostile: Any) -> Any:
    rules = "User-agent: *\nDisallow: /private/"
    if number % 10 == 3:
        return hostile.Answer(f"{rules}\nCrawl-delay: 0.2")
    if number % 10 == 6:
        return hostile.Turns(hostile.Answer("busy", status=503), hostile.Answer(rules))
    closed = {8: hostile.Answer("User-agent: *\nDisallow: /"), 9: hostile.Answer("no", status=503)}
    return closed.get(number, hostile.Answer(rules))


def _deal(chance: random.Random) -> Iterator[str]:
    """Kinds of pages: each once, and then two thirds of the rest without a fault."""
    first = [*READABLE, *LOST]
    chance.shuffle(first)
    yield from first
    while True:
        yield chance.choice(["plain", "plain", chance.choice([*READABLE, *LOST])])


def build(web: Web, hostile: Any) -> Truth:
    """Put everything on `web`, the same each time."""
    chance, truth, events = random.Random(SEED), Truth(), all_news()
    kinds = _deal(chance)
    for number in range(OUTLETS):
        site = web.site(_robots(number, hostile))
        if number in {8, 9}:
            truth.closed.append(site)
        if number % 10 == 3:
            truth.delayed[site.host] = 0.2
        announced: list[str] = []
        told: list[News | None] = [*chance.sample(events, 14), *([None] * (PAGES - 14))]
        for place, event in enumerate(told):
            title, paragraphs = event.story(chance) if event else feature(chance)
            path = f"/2019/03/24/story-{number}-{place}"
            answer = hostile.Answer(html(title, paragraphs, number))
            kind = next(kinds)
            page = Page(site, path, kind, event.key if event else None, answer, hostile)
            truth.pages[page.url] = page
            announced += READABLE[kind](page) if kind in READABLE else LOST[kind][0](page)
        chance.shuffle(announced)
        site.feed(announced)
        if number in {4, 5}:
            site.otherwise = hostile.endless_calendar(site)
    return truth
