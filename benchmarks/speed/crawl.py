"""How fast a crawl is, beside a bare Scrapy spider that only downloads the same pages, and its memory.

    python -m benchmarks.speed.crawl [--outlets 30] [--pages 20] [--delay 0.5] [--faults]

Serves pages on loopback from a process of its own, then runs each crawl in a fresh process: the bare
spider, and ours with extraction, archive and journal. Twice: as fast as it goes, and with the same
delay between requests to a host for both. Then ours with four times the pages, to see whether memory
grows with them. Times leave out starting Python; they include starting the readers. Memory and
processor time are those of the crawling process, without the readers.

With --faults the web is that of tests/integration/crawl: thirty outlets that break off, drip, redirect
in circles and say no. The bare spider is given the addresses that ours finds and may fetch, without
the redirects in circles and to private addresses, and the same bounds on time, size and retries; it asks no
robots.txt and no feed. Once without a delay, once with the default one of a crawl.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import MappingProxyType
from typing import Any

from crawlers.options import CrawlOptions

# Of the tests' crawl of the web with faults: seconds, times, bytes.
FAULT_BOUNDS = MappingProxyType({"timeout": 6.0, "retries": 2, "largest": 1_000_000})

WORDS = (
    "council harbour bridge river bread price minister vote storm train school hospital market "
    "player goal budget court judge police union strike teacher farmer rain flood road engine"
).split()


def page(name: str, *, paragraphs: int = 14) -> bytes:
    """A page like a newspaper's: about 60 kB, of which the article is a twentieth."""
    chance = random.Random(name)  # noqa: S311 - the same page every time
    text = "".join(
        f"<p>{' '.join(chance.choices(WORDS, k=45)).capitalize()}, {name} said on Sunday.</p>"
        for _ in range(paragraphs)
    )
    menu = "".join(f"<li><a href='/m/{n}'>{chance.choice(WORDS)} {n}</a></li>" for n in range(150))
    script = f"<script>var data = {json.dumps([chance.random() for _ in range(2_000)])};</script>"
    return (
        f"<!doctype html><html lang=en><head><title>News of {name}</title>{script}"
        "<meta property='article:published_time' content='2019-03-24T10:00:00Z'></head>"
        f"<body><nav><ul>{menu}</ul></nav><article><h1>News of {name}</h1>{text}</article>"
        "<footer>All rights reserved</footer></body></html>"
    ).encode()


def serve(outlets: int, pages: int, said: Connection) -> None:
    """Serve every outlet on a port of its own until killed; says the ports."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                port = writer.get_extra_info("sockname")[1]
                status, kind, body = _answer(head.split(b" ")[1].decode(), port, pages)
                head = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
                writer.write(head + body)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        servers = [await asyncio.start_server(answer, "127.0.0.1", 0) for _ in range(outlets)]
        said.send([server.sockets[0].getsockname()[1] for server in servers])
        await asyncio.Event().wait()

    asyncio.run(run())


_PAGES: dict[str, bytes] = {}


def _answer(path: str, port: int, pages: int) -> tuple[int, str, bytes]:
    if path == "/feed":
        items = "".join(
            f"<item><title>{n}</title><link>http://127.0.0.1:{port}/story-{n}</link>"
            "<pubDate>Sun, 24 Mar 2019 10:00:00 GMT</pubDate></item>"
            for n in range(pages)
        )
        feed = f"<rss version='2.0'><channel><title>x</title>{items}</channel></rss>"
        return 200, "application/rss+xml", feed.encode()
    if path.startswith("/story-"):
        if path not in _PAGES:
            _PAGES[path] = page(path)
        return 200, "text/html; charset=utf-8", _PAGES[path]
    return 404, "text/plain", b"none"


def serve_faults(said: Connection) -> None:
    """Serve the web of the crawl's tests until killed; says the ports and the addresses to download."""
    from tests.integration.crawl import conftest, thirty_outlets

    web = conftest.Web()
    truth = thirty_outlets.build(web, conftest)
    barred = {"barred by robots.txt", "a redirect inside", "a redirect loop"}
    addresses = []
    for url, page in truth.pages.items():
        if page.site not in truth.closed and page.kind not in barred:
            addresses.append(f"{url}-old" if page.kind == "a redirect" else url)
            if page.kind == "a print view":
                addresses.append(f"{url}-print")
    said.send(([site.port for site in web.sites], addresses))
    threading.Event().wait()


@contextmanager
def served(target: Callable[..., None], *about: Any) -> Iterator[Any]:
    """What a web says of itself that is served while the context lasts."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=target, args=(*about, theirs), daemon=True
    )
    process.start()
    try:
        yield ours.recv()
    finally:
        process.kill()
        process.join()


MEASURED = """
import json, resource, sys, time
asked = json.loads(sys.argv[1])
{setup}
began = time.perf_counter()
pages = run(asked)
own = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps({{"seconds": time.perf_counter() - began, "pages": pages, "own_mb": own.ru_maxrss / 1024,
                  "own_cpu": own.ru_utime + own.ru_stime}}))
"""

BARE = """
from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerProcess
class Bare(Spider):
    name = "bare"
    seen = 0
    async def start(self):
        for address in asked["addresses"]:
            yield Request(address, callback=self.page, dont_filter=True)
        for port in asked["ports"] if not asked["addresses"] else ():
            yield Request(f"http://127.0.0.1:{port}/feed")
    def parse(self, response):
        for link in response.xpath("//item/link/text()").getall():
            yield Request(link, callback=self.page)
    def page(self, response):
        Bare.seen += 1
def run(asked):
    process = AsyncCrawlerProcess({"LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False, "DOWNLOAD_DELAY": asked["delay"],
        "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 2,
        "DOWNLOAD_DELAY_JITTER": 0.5, "DOWNLOADER": "crawlers.downloader.slots.HostDownloader",
        **({"DOWNLOAD_TIMEOUT": asked["bounds"]["timeout"], "RETRY_TIMES": asked["bounds"]["retries"],
            "DOWNLOAD_MAXSIZE": asked["bounds"]["largest"]} if asked["bounds"] else {})})
    process.crawl(Bare)
    process.start()
    return Bare.seen
"""

OURS = """
from pathlib import Path
import scrapy.crawler
from compare.datamodel import Event
from crawlers.options import CrawlOptions
from crawlers.registry.outlets import load_outlets
from crawlers.crawl import crawl
def run(asked):
    event = Event(about="council", start="2019-03-23", end="2019-03-26")
    options = CrawlOptions(allow_private=True, delay=asked["delay"], pages=10_000, **asked["bounds"])
    outlets = load_outlets(Path(asked["registry"]))
    return crawl(event, outlets, out=Path(asked["out"]), options=options,
                 clock=lambda: "2019-04-01T12:00:00+00:00").read
"""


def measured(
    setup: str,
    ports: list[int],
    *,
    delay: float,
    addresses: Sequence[str] = (),
    bounds: Mapping[str, float] = MappingProxyType({}),
) -> dict[str, Any]:
    """One crawl in a process of its own: seconds, pages, peak memory, processor time."""
    with tempfile.TemporaryDirectory() as folder:
        registry = Path(folder) / "outlets.toml"
        registry.write_text(
            "\n".join(
                f'[[outlet]]\ndomain = "127.0.0.1:{port}"\nfeeds = ["http://127.0.0.1:{port}/feed"]'
                for port in ports
            )
        )
        asked = {
            "ports": ports,
            "addresses": addresses,
            "delay": delay,
            "bounds": dict(bounds),
            "registry": str(registry),
            "out": f"{folder}/out",
        }
        child = subprocess.run(
            [sys.executable, "-c", MEASURED.format(setup=setup), json.dumps(asked)],
            check=True,
            capture_output=True,
            text=True,
        )
    told: dict[str, Any] = json.loads(child.stdout)
    return told


def show(name: str, told: dict[str, Any]) -> float:
    speed = float(told["pages"] / told["seconds"])
    print(
        f"{name:<28} {told['pages']:>6} pages {told['seconds']:>7.1f} s {speed:>7.1f} pages/s"
        f" {told['own_mb']:>6.0f} MB at most {1000 * told['own_cpu'] / told['pages']:>6.1f} ms of"
        " processor a page"
    )
    return speed


def compare_on_plain_pages(outlets: int, pages: int, delay: float) -> None:
    """Prints both on pages without a fault, and ours on four times as many."""
    with served(serve, outlets, pages) as ports:
        for apart in (0.0, delay):
            print(f"delay {apart:g} s between requests to a host")
            bare = show("  bare spider, download only", measured(BARE, ports, delay=apart))
            ours = show("  parallax, read and kept", measured(OURS, ports, delay=apart))
            print(f"  ratio {ours / bare:.2f}")
    with served(serve, outlets, 4 * pages) as ports:
        show("four times the pages", measured(OURS, ports, delay=0.0))


def compare_on_faults() -> None:
    """Prints both on the web of the crawl's tests; some pages answer but once as they should, so it is built anew."""
    for delay in (0.0, CrawlOptions().delay):
        print(f"every fault, delay {delay:g} s between requests to a host")
        told = []
        for name, setup in (("  bare spider, download only", BARE), ("  parallax", OURS)):
            with served(serve_faults) as (ports, addresses):
                told.append(
                    measured(setup, ports, delay=delay, addresses=addresses, bounds=FAULT_BOUNDS)
                )
            show(name, told[-1])
        bare, ours = (one["seconds"] for one in told)
        print(f"  ratio {bare / ours:.2f} of the seconds for the whole web")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outlets", type=int, default=30)
    parser.add_argument("--pages", type=int, default=20, help="of each outlet")
    parser.add_argument("--delay", type=float, default=0.5, help="seconds, for the second round")
    parser.add_argument("--faults", action="store_true", help="on the web of the crawl's tests")
    asked = parser.parse_args()
    began = time.perf_counter()
    if asked.faults:
        compare_on_faults()
    else:
        compare_on_plain_pages(asked.outlets, asked.pages, asked.delay)
    print(f"({time.perf_counter() - began:.0f} s in all)")


if __name__ == "__main__":
    main()
