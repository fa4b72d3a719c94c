"""A small web on loopback that misbehaves in every way we know of, and crawls of it in children."""

from __future__ import annotations

import asyncio
import gzip
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.integration.crawl.forked import Forked

Child = Forked | subprocess.Popen[str]
Answerer = Callable[["Asked", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it."""

    port: int
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class Answer:
    """A plain answer; `wait` seconds before it, `cut` bytes of the body missing at the end."""

    body: bytes | str = b""
    status: int = 200
    kind: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0
    cut: int = 0

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.wait)
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {"Content-Type": self.kind, "Content-Length": str(len(body)), **self.headers}
        lines = [f"HTTP/1.1 {self.status} Said", *(f"{k}: {v}" for k, v in headers.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
        writer.write(body[: len(body) - self.cut])
        await writer.drain()


def moved(to: str, status: int = 302) -> Answer:
    return Answer(status=status, headers={"Location": to})


async def reset(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def never_ends(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body>")
    while True:
        writer.write(b"<p>more of the same</p>" * 1000)
        await writer.drain()


async def drips(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.1)


class Trickle:
    """A whole answer, but a few bytes at a time."""

    def __init__(self, body: str) -> None:
        self._body = body.encode()

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        size = len(self._body)
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {size}\r\n\r\n"
        writer.write(head.encode())
        for start in range(0, size, size // 8 + 1):
            writer.write(self._body[start : start + size // 8 + 1])
            await writer.drain()
            await asyncio.sleep(0.05)


def endless_calendar(site: Site) -> Answerer:
    """Sitemaps of sitemaps of sitemaps, as calendars without an end make them."""

    async def answer(asked: Asked, writer: asyncio.StreamWriter) -> None:
        if not asked.path.startswith("/calendar/"):
            await Answer("nothing here", status=404)(asked, writer)
            return
        number = int(asked.path.rpartition("/")[2])
        maps = "".join(
            f"<sitemap><loc>{site.url(f'/calendar/{number * 10 + step}')}</loc></sitemap>"
            for step in range(1, 10)
        )
        space = "http://www.sitemaps.org/schemas/sitemap/0.9"
        body = f"<sitemapindex xmlns='{space}'>{maps}</sitemapindex>"
        await Answer(body, kind="application/xml")(asked, writer)

    return answer


async def not_http(asked: Asked, writer: asyncio.StreamWriter) -> None:
    writer.write(b"\x00\x01\x02 this is no HTTP at all\r\n\r\n")
    await writer.drain()


def bomb(megabytes: int) -> Answer:
    body = gzip.compress(b"\0" * megabytes * 1_000_000)
    return Answer(body, headers={"Content-Encoding": "gzip"})


class Turns:
    """Answers differently each time it is asked; the last answer stays."""

    def __init__(self, *answers: Answerer) -> None:
        self._left = list(answers)

    async def __call__(self, asked: Asked, writer: asyncio.StreamWriter) -> None:
        answer = self._left.pop(0) if len(self._left) > 1 else self._left[0]
        await answer(asked, writer)


class Site:
    """One outlet: its own port, its pages by path, and what `otherwise` answers."""

    def __init__(self, web: Web, port: int) -> None:
        self._web = web
        self.port = port
        self.pages: dict[str, Answerer] = {}
        self.otherwise: Answerer = Answer("nothing here", status=404)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def asked(self) -> list[Asked]:
        return [one for one in self._web.log if one.port == self.port]

    def times_asked(self) -> Counter[str]:
        return Counter(one.path for one in self.asked())

    def story(self, path: str, topic: str, **answer: Any) -> str:
        self.pages[path] = Answer(story_page(topic), **answer)
        return self.url(path)

    def feed(self, paths: list[str], path: str = "/feed", date: str = "2019-03-24") -> None:
        items = "".join(
            f"<item><title>About {p}</title><link>{p if '://' in p else self.url(p)}</link>"
            f"<pubDate>{date}T10:00:00Z</pubDate></item>"
            for p in paths
        )
        self.pages[path] = Answer(
            f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>",
            kind="application/rss+xml",
        )


def story_page(topic: str, *, canonical: str = "") -> str:
    link = f"<link rel=canonical href='{canonical}'>" if canonical else ""
    paragraphs = "".join(
        f"<p>The council of {topic} met for the {count} time on Sunday, and its members spoke of "
        f"the harbour, the bridge over the {topic} river and the price of bread in the town.</p>"
        for count in ("first", "second", "third", "fourth", "fifth", "sixth")
    )
    return (
        f"<html lang=en><head><title>News of {topic}</title>{link}"
        "<meta property='article:published_time' content='2019-03-24T10:00:00Z'></head><body>"
        f"<header>Menu</header><article><h1>News of {topic}</h1>{paragraphs}</article></body></html>"
    )


class Web:
    """All sites, served by one event loop in a thread; `log` is what they were asked, in order."""

    def __init__(self) -> None:
        self.log: list[Asked] = []
        self.sites: list[Site] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._servers: list[asyncio.Server] = []

    def site(self, robots: Answerer | None = None) -> Site:
        site = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result(10)
        site.pages["/robots.txt"] = robots or Answer("User-agent: *\nDisallow: /private/\n")
        self.sites.append(site)
        return site

    async def _open(self) -> Site:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            try:
                while await self._serve_one(site, reader, writer):
                    pass
            except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        self._servers.append(server)
        site = Site(self, server.sockets[0].getsockname()[1])
        return site

    async def _serve_one(
        self, site: Site, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.strip().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        asked = Asked(site.port, first.split(" ")[1], headers, time.monotonic())
        self.log.append(asked)
        answer = site.pages.get(asked.path, site.otherwise)
        await answer(asked, writer)
        return isinstance(answer, Answer) and not answer.cut

    def close(self) -> None:
        async def stop() -> None:
            for server in self._servers:
                server.close()
            for task in asyncio.all_tasks() - {asyncio.current_task()}:
                task.cancel()
            await asyncio.sleep(0.05)

        asyncio.run_coroutine_threadsafe(stop(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


CHILD = """
import json, sys
from dataclasses import asdict
from pathlib import Path
if __name__ == "__main__":
    from compare.datamodel import Event
    from compare.errors import ParallaxError
    from crawlers.options import CrawlOptions
    from crawlers.registry.outlets import load_outlets
    from crawlers.crawl import crawl
    asked = json.loads(sys.argv[1])
    options = asked["options"]
    options["from_archive"] = tuple(map(Path, options.get("from_archive", ())))
    options["browser"] = Path(options["browser"]) if options.get("browser") else None
    event = Event(**{**asked["event"], "urls": tuple(asked["event"].get("urls", ()))})
    outlets = load_outlets(Path(asked["registry"])) if asked["registry"] else ()
    try:
        result = crawl(
            event, outlets, out=Path(asked["out"]), options=CrawlOptions(**options),
            clock=lambda: asked["now"], progress=lambda row: None,
        )
    except ParallaxError as error:
        print(json.dumps({"error": type(error).__name__, "message": str(error)}))
    else:
        rows = [row.as_json() for row in result.ledger]
        print(json.dumps({"read": result.read, "failed": result.failed, "ledger": rows,
                          "finished": result.finished}))
"""

QUICK = {
    "version": "test",
    "contact": "https://parallax.example/contact",
    "allow_private": True,
    "delay": 0.0,
    "timeout": 4.0,
    "largest": 1_000_000,
    "retries": 1,
    "workers": 1,
}


@dataclass
class Crawled:
    """What a crawl in a child left behind."""

    out: Path
    said: dict[str, Any]

    @property
    def raw(self) -> bytes:
        return (self.out / "articles.jsonl").read_bytes()

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.raw.splitlines()]

    @property
    def articles(self) -> dict[str, dict[str, Any]]:
        return {row["url"]: row for row in self.rows if row["type"] == "article"}

    @property
    def failures(self) -> dict[str, dict[str, Any]]:
        return {row["url"]: row for row in self.rows if row["type"] == "failure"}

    @property
    def ledger(self) -> dict[str, dict[str, Any]]:
        record = json.loads((self.out / "crawl.json").read_bytes())
        return {row["outlet"]: row for row in record["ledger"]}


class Crawler:
    """Starts crawls of a web in children of this process: forked ones, or each a Python of its own."""

    def __init__(self, web: Web, folder: Path, *, forked: bool = True) -> None:
        self._web = web
        self.folder = folder
        self._forked = forked
        self._children: list[Child] = []

    def registry(self, *sites: Site, feeds: bool = True) -> Path:
        path = self.folder / "outlets.toml"
        entries = [
            f'[[outlet]]\nname = "Outlet {place}"\ndomain = "{site.host}"\n'
            + (f'feeds = ["{site.url("/feed")}"]\n' if feeds else "")
            for place, site in enumerate(sites or self._web.sites, 1)
        ]
        path.write_text("\n".join(entries))
        return path

    def command(
        self, out: str, *, event: dict[str, Any] | None = None, **options: Any
    ) -> list[str]:
        window = {"about": "council harbour bridge", "start": "2019-03-23", "end": "2019-03-26"}
        asked = {
            "event": event if event is not None else window,
            "registry": str(options.pop("registry", None) or self.registry()),
            "out": str(self.folder / out),
            "now": options.pop("now", "2019-04-01T12:00:00+00:00"),
            "options": QUICK | options,
        }
        return [sys.executable, "-c", CHILD, json.dumps(asked, default=str)]

    def start(self, out: str, **asked: Any) -> Child:
        command = self.command(out, **asked)
        child: Child = (
            Forked(CHILD, command[-1], self.folder)
            if self._forked
            else subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
        )
        self._children.append(child)
        return child

    def end(self) -> None:
        for child in self._children:
            if child.poll() is None:
                child.kill()
                child.communicate()

    def __call__(self, out: str = "out", **asked: Any) -> Crawled:
        return self.result(out, self.start(out, **asked))

    def result(self, out: str, child: Child) -> Crawled:
        said, complaints = child.communicate(timeout=280)
        assert child.returncode == 0, complaints
        assert not complaints, complaints
        return Crawled(self.folder / out, json.loads(said))

    @staticmethod
    def wait_until(happened: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, "it never happened"
            time.sleep(0.01)


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    yield web
    web.close()


@pytest.fixture
def crawler(web: Web, tmp_path: Path) -> Iterator[Crawler]:
    crawler = Crawler(web, tmp_path)
    yield crawler
    crawler.end()


@pytest.fixture(scope="session")
def hostile() -> Any:
    """This module, for tests that build their own sites."""
    return sys.modules[__name__]
