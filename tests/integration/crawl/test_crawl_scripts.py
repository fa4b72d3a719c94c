"""Pages that need scripts, in a real Chromium: read by the politeness, bounds and archive of all others."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

pytestmark = [pytest.mark.web, pytest.mark.browser]

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Asked, Crawled, Crawler, Site, Web

WRITES = """
fetch("/api/story").then(answer => answer.json()).then(story => {
  document.getElementById("root").innerHTML = "<article><h1>" + story.title + "</h1>"
    + story.paragraphs.map(text => "<p>" + text + "</p>").join("") + "</article>";
});
"""
LEAVES = """
fetch("http://169.254.169.254/latest/meta-data/").catch(() => 0);
fetch("/private/api").catch(() => 0);
fetch("/api/story", {method: "POST", body: "x"}).catch(() => 0);
new Image().src = "/pixel.gif";
new WebSocket("ws://" + location.host + "/socket");
setTimeout(() => { location.href = "/elsewhere"; }, 50);
"""
PARAGRAPHS = [
    f"The council of Shell met for the {count} time on Sunday, and its members spoke of the "
    "harbour, the bridge over the river and the price of bread in the town, its clerk said."
    for count in ("first", "second", "third", "fourth", "fifth")
]


def shell(script: str = "/app.js", said: str = "") -> str:
    """A page as frameworks make them: nothing but a root for scripts to fill."""
    return (
        "<html lang=en><head><title>News of Shell</title>"
        "<meta property='article:published_time' content='2019-03-24T10:00:00Z'></head>"
        f"<body><div id=root>{said}</div><noscript>Please enable JavaScript.</noscript>"
        f"<script src='{script}'></script></body></html>"
    )


class Scripted:
    """A site whose pages need scripts, some of which misbehave."""

    def __init__(self, web: Web, hostile: Any) -> None:
        answer = hostile.Answer
        self.web = web
        self.site: Site = web.site()
        story = hostile.json.dumps({"title": "News of Shell", "paragraphs": PARAGRAPHS})
        self.site.pages |= {
            "/shell": answer(shell()),
            "/asks": answer(shell(said="You need to enable JavaScript to run this app.")),
            "/leaves": answer(shell("/leaves.js")),
            "/spins": answer(shell("/spins.js")),
            "/swells": answer(shell("/swells.js")),
            "/barred": answer(shell("/private/app.js")),
            "/guarded": answer(shell(said="Checking your browser before you go on.")),
            "/app.js": answer(WRITES, kind="text/javascript"),
            "/leaves.js": answer(LEAVES + WRITES, kind="text/javascript"),
            "/spins.js": answer("while (true) {}", kind="text/javascript"),
            "/swells.js": answer(
                "document.body.innerHTML = '<p>' + 'more '.repeat(400000);", kind="text/javascript"
            ),
            "/api/story": answer(story, kind="application/json"),
        }
        self.site.story("/plain", "Ashby")
        self.paths = ["/shell", "/asks", "/leaves", "/spins", "/swells", "/barred", "/guarded"]
        self.site.feed([*self.paths, "/plain"])
        self.asked: list[Asked] = []


@pytest.fixture(scope="module")
def chromium() -> Path:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None or find_spec("scrapy_playwright") is None:
        assert not os.environ.get("PARALLAX_REQUIRE_BROWSER"), "Chromium or the extra is missing"
        pytest.skip("needs Chromium, and the extra: pip install 'parallax-news[browser]'")
    return Path(found)


@pytest.fixture(scope="module")
def scripted(hostile: Any) -> Iterator[Scripted]:
    web = hostile.Web()
    yield Scripted(web, hostile)
    web.close()


@pytest.fixture(scope="module")
def crawled(
    scripted: Scripted, hostile: Any, chromium: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Crawled]:
    crawler = hostile.Crawler(scripted.web, tmp_path_factory.mktemp("scripts"))
    done = crawler("out", browser=chromium, render_timeout=10.0)
    scripted.asked = list(scripted.web.log)
    yield done
    crawler.end()


def test_what_scripts_write_is_read_and_said_to_be(crawled: Crawled, scripted: Scripted) -> None:
    for path in ("/shell", "/asks"):
        article = crawled.articles[scripted.site.url(path)]
        assert article["text"] == "\n\n".join(PARAGRAPHS)
        assert article["provenance"]["text"].endswith("in a browser")
    assert "browser" not in crawled.articles[scripted.site.url("/plain")]["provenance"]["text"]


def test_the_page_is_not_fetched_again_for_the_browser(
    crawled: Crawled, scripted: Scripted
) -> None:
    times = Counter(one.path for one in scripted.asked)
    assert {times[path] for path in [*scripted.paths, "/plain"]} == {1}


def test_scripts_fetch_only_what_may_be_fetched(crawled: Crawled, scripted: Scripted) -> None:
    assert crawled.articles[scripted.site.url("/leaves")]["text"] == "\n\n".join(PARAGRAPHS)
    asked = {one.path for one in scripted.asked}
    assert asked.isdisjoint(
        {"/private/api", "/private/app.js", "/pixel.gif", "/elsewhere", "/socket"}
    )
    assert "/favicon.ico" not in asked
    assert {one.headers["User-Agent"] for one in scripted.asked} == {
        "Parallax/test (+https://parallax.example/contact)"
    }


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/spins", "the page has no text without scripts; in a browser: its scripts take longer"),
        ("/swells", "the page has no text without scripts; in a browser: larger than 1 MB"),
        ("/barred", "the page has no text without scripts"),
        ("/guarded", "a page that keeps programs out"),
    ],
)
def test_what_cannot_be_rendered_stays_a_failure_that_says_why(
    crawled: Crawled, scripted: Scripted, path: str, said: str
) -> None:
    row = crawled.failures[scripted.site.url(path)]
    assert said in row["reason"]
    assert row["stage"] == "extract"


def test_it_replays_byte_for_byte_without_network_or_browser(
    crawled: Crawled, scripted: Scripted, hostile: Any
) -> None:
    scripted.web.log.clear()
    crawler = hostile.Crawler(scripted.web, crawled.out.parent)
    files = sorted((crawled.out / "archive").iterdir())
    replayed = crawler("replayed", from_archive=files, browser="/nowhere/chromium")
    assert replayed.raw == crawled.raw
    assert scripted.web.log == []


def test_without_the_option_no_script_runs(web: Web, hostile: Any, crawler: Crawler) -> None:
    scripted = Scripted(web, hostile)
    done = crawler("out")
    assert done.failures[scripted.site.url("/shell")]["reason"] == (
        "the page has no text without scripts"
    )
    assert "/app.js" not in scripted.site.times_asked()


def test_a_browser_that_is_not_there_is_said_before_anything_is_fetched(
    web: Web, crawler: Crawler, chromium: Path
) -> None:
    web.site()
    said = crawler("out", browser="/nowhere/chromium").said
    assert said["error"] == "UsageError"
    assert "/nowhere/chromium" in said["message"]
    assert web.log == []


ALONE = """
import asyncio, json, sys
from pathlib import Path
from playwright.async_api import Error, async_playwright
from crawlers.options import CrawlOptions
from crawlers.downloader.rendering import settings_for_browser
async def main():
    options = settings_for_browser(CrawlOptions(), Path(sys.argv[1]))["PLAYWRIGHT_LAUNCH_OPTIONS"]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**options)
        page = await browser.new_page()
        try:
            await page.goto(sys.argv[2], timeout=20_000)
        except Error as error:
            print(error.message.split(" at ")[0])
        await browser.close()
asyncio.run(main())
"""


def test_the_browser_reaches_no_address_by_itself(web: Web, chromium: Path) -> None:
    site = web.site()
    site.story("/story", "Ashby")
    child = [sys.executable, "-c", ALONE, str(chromium), site.url("/story")]
    said = subprocess.run(child, check=True, capture_output=True, text=True, timeout=120).stdout
    assert "net::ERR_" in said
    assert web.log == []


PEERS = """
const call = async (scope) => {
  const peer = new scope.RTCPeerConnection(
    {iceServers: [{urls: "stun:127.0.0.1:%(port)d"}], iceCandidatePoolSize: 4});
  peer.createDataChannel("out");
  await peer.setLocalDescription(await peer.createOffer());
  const sdp = peer.localDescription.sdp + "a=candidate:1 1 udp 2122260223 127.0.0.1 %(port)d typ host\\r\\n";
  await peer.setRemoteDescription({type: "answer", sdp: sdp.replace("actpass", "active")}).catch(() => 0);
};
const frame = document.body.appendChild(document.createElement("iframe"));
for (const scope of [window, frame.contentWindow]) call(scope).catch(() => 0);
document.title = "called";
"""


@pytest.fixture
def packets() -> Iterator[socket.socket]:
    """A socket that hears every UDP packet sent to its port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.setblocking(False)
        yield listening


def heard(listening: socket.socket) -> int:
    number = 0
    with suppress(BlockingIOError):
        while listening.recv(65_536):
            number += 1
    return number


def test_no_packet_leaves_the_browser_past_the_downloader(
    web: Web, crawler: Crawler, hostile: Any, chromium: Path, packets: socket.socket
) -> None:
    """Peer connections send UDP to any address, loopback too, and ask no robots.txt."""
    site = web.site()
    port = packets.getsockname()[1]
    story = hostile.json.dumps({"title": "News of Shell", "paragraphs": PARAGRAPHS})
    site.pages |= {
        "/peers": hostile.Answer(shell("/peers.js")),
        "/peers.js": hostile.Answer(
            PEERS % {"port": port} + WRITES + "fetch('/waits').catch(() => 0);",
            kind="text/javascript",
        ),
        "/api/story": hostile.Answer(story, kind="application/json"),
        "/waits": hostile.Answer("", wait=3.0),
    }
    site.feed(["/peers"])
    done = crawler("out", browser=chromium, render_timeout=20.0)
    assert "/peers.js" in site.times_asked()
    assert done.articles[site.url("/peers")]["text"] == "\n\n".join(PARAGRAPHS)
    assert heard(packets) == 0


PEERS_ALONE = """
import asyncio, sys
from pathlib import Path
from playwright.async_api import async_playwright
from crawlers.options import CrawlOptions
from crawlers.downloader.rendering import settings_for_browser
async def main():
    options = settings_for_browser(CrawlOptions(), Path(sys.argv[1]))["PLAYWRIGHT_LAUNCH_OPTIONS"]
    if sys.argv[3] == "bare":
        options["args"] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**options)
        page = await browser.new_page()
        await page.evaluate(sys.argv[2])
        await page.wait_for_timeout(3000)
        await browser.close()
asyncio.run(main())
"""


@pytest.mark.parametrize("switches", ["bare", "ours"])
def test_the_switches_alone_keep_peers_off_the_network(
    chromium: Path, packets: socket.socket, switches: str
) -> None:
    """A switch that is renamed fails without a word; without ours, packets come."""
    script = PEERS % {"port": packets.getsockname()[1]}
    child = [sys.executable, "-c", PEERS_ALONE, str(chromium), script, switches]
    subprocess.run(child, check=True, capture_output=True, text=True, timeout=120)
    assert (heard(packets) > 0) is (switches == "bare")
