"""Sources of a registry asked over HTTP on loopback, in a child process."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytestmark = pytest.mark.web

FEED = """<rss><channel><item><title>Harbour opens</title><link>/2031/05/04/harbour</link>
<pubDate>Sun, 04 May 2031 10:00:00 GMT</pubDate></item></channel></rss>"""
ANSWERS = {
    "/robots.txt": (200, "User-agent: *\nDisallow: /closed\n"),
    "/feed": (200, FEED),
    "/page": (200, "<!doctype html><html><body>Moved</body></html>"),
    "/closed": (200, FEED),
    "/shut": (403, "no"),
}
CHILD = """
import json, sys
from pathlib import Path
from crawlers.source_check import check_sources
from crawlers.options import CrawlOptions
from crawlers.registry.outlets import load_outlets
told = []
options = CrawlOptions(allow_private=True, delay=0.0, retries=0, timeout=10.0)
found = check_sources(
    load_outlets(Path(sys.argv[1])), options=options, now="2031-05-10", progress=told.append,
    seconds=float(sys.argv[2]) if sys.argv[2:] else 900.0,
)
assert sorted(map(repr, told)) == sorted(map(repr, found))
print(json.dumps([[one.probe.url, one.health, one.reason] for one in found]))
"""


class Handler(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        if self.path.startswith("/slow"):
            time.sleep(4)
        status, body = ANSWERS.get(self.path, (404, "nothing"))
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/feed")
        else:
            self.send_response(status)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def web() -> Iterator[tuple[str, list[str]]]:
    asked: list[str] = []
    handler = type("Asked", (Handler,), {"asked": asked})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def test_each_source_is_asked_once_and_judged(tmp_path: Path, web: tuple[str, list[str]]) -> None:
    host, asked = web
    paths = ["feed", "moved", "page", "closed", "shut", "none"]
    feeds = [f"http://{host}/{path}" for path in paths]
    registry = tmp_path / "outlets.toml"
    registry.write_text(f'[[outlet]]\ndomain = "{host}"\nfeeds = {json.dumps(feeds)}\n')
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(registry)], capture_output=True, text=True, check=False
    )
    assert child.returncode == 0, child.stderr
    findings = json.loads(child.stdout)
    assert [(url.rpartition("/")[2], health) for url, health, _ in findings] == [
        ("feed", "works"),
        ("moved", "works"),
        ("page", "empty"),
        ("closed", "failed"),
        ("shut", "refused"),
        ("none", "gone"),
    ]
    assert findings[3][2] == "robots.txt disallows it"
    assert "/closed" not in asked
    assert asked.count("/robots.txt") == 1
    assert asked.count("/feed") == 2, "once as itself, once behind the redirect"


def test_a_source_that_does_not_answer_in_time_ends_no_check_late(
    tmp_path: Path, web: tuple[str, list[str]]
) -> None:
    host, _ = web
    feeds = [f"http://{host}/feed", *(f"http://{host}/slow{n}" for n in range(6))]
    registry = tmp_path / "outlets.toml"
    registry.write_text(f'[[outlet]]\ndomain = "{host}"\nfeeds = {json.dumps(feeds)}\n')
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(registry), "2"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    (_, well, _), *_, (_, health, why) = json.loads(child.stdout)
    assert (well, health) == ("works", "failed")
    assert "not answered within the 2 seconds" in why
