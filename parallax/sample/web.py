"""The sample web on loopback: one real HTTP server for each invented outlet."""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Self

from parallax.sample.answers import Answer, Sites
from parallax.sample.content import Sample, read_sample

if TYPE_CHECKING:
    from pathlib import Path

    from compare.datamodel import Event

LOOPBACK = "127.0.0.1"
DEMO_PORT = 8790
"""The first of the ports that the demo prefers, so that its addresses stay the same."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that an outlet answered; `at` is seconds on a clock of no meaning but order."""

    outlet: str
    method: str
    target: str
    user_agent: str
    status: int
    at: float


class SampleWeb:
    """The sample outlets, served while the context is open.

    With `base_port` they take that port and the ones after it, or, if one of those is taken, any
    free ones; without it, any free ones.
    """

    def __init__(self, base_port: int | None = None) -> None:
        self._base_port = base_port
        self._sample: Sample = read_sample()
        self._open = ExitStack()
        self._log: list[Asked] = []
        self._sites = Sites({outlet.slug: outlet for outlet in self._sample.outlets}, {})

    def __enter__(self) -> Self:
        servers = self._bind()
        homes = {slug: f"http://{LOOPBACK}:{each.server_port}/" for slug, each in servers.items()}
        self._sites = Sites(self._sites.outlets, homes)
        for slug, server in servers.items():
            thread = threading.Thread(
                target=server.serve_forever, args=(0.05,), name=f"sample {slug}", daemon=True
            )
            thread.start()
            self._open.callback(server.server_close)
            self._open.callback(thread.join)
            self._open.callback(server.shutdown)
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def event(self) -> Event:
        """The event to compare."""
        return self._sample.event

    @property
    def urls(self) -> dict[str, str]:
        """Each outlet's home address, by its slug."""
        return dict(self._sites.homes)

    @property
    def requests(self) -> tuple[Asked, ...]:
        """What was asked for so far, in the order of the answers."""
        return tuple(self._log)

    @property
    def registry(self) -> str:
        """A registry of the sample outlets at their ports, in the form of outlets.toml."""
        return "\n".join(self._registered(slug, home) for slug, home in self.urls.items())

    def address(self, outlet: str, story: str) -> str:
        """The address of a story, by slugs."""
        return self._sites.address(outlet, story)

    @property
    def addresses(self) -> dict[str, str]:
        """Every story's address, by "outlet/story"."""
        return {
            f"{slug}/{story.slug}": self.address(slug, story.slug)
            for slug, outlet in self._sites.outlets.items()
            for story in outlet.stories
        }

    def write_registry(self, path: Path) -> Path:
        """Writes the registry there and returns the path."""
        path.write_text(self.registry, encoding="utf-8")
        return path

    def answer(self, slug: str, method: str, target: str, user_agent: str) -> Answer:
        """The outlet's answer, noted down."""
        answer = self._sites.answer(slug, target)
        asked = Asked(slug, method, target, user_agent, answer.status, time.monotonic())
        self._log.append(asked)
        return answer

    def _registered(self, slug: str, home: str) -> str:
        outlet = self._sites.outlets[slug]
        sources = "news_sitemaps" if outlet.feed == "news-sitemap" else "feeds"
        values = {
            "name": outlet.name,
            "domain": home.removeprefix("http://").removesuffix("/"),
            "country": outlet.country,
            "language": "en",
            "kind": outlet.kind,
            "owner": outlet.owner,
            sources: [home + outlet.feed_path[1:]],
        }
        return "\n".join(
            ["[[outlet]]", *(f"{key} = {json.dumps(value)}" for key, value in values.items()), ""]
        )

    def _bind(self) -> dict[str, _Server]:
        if self._base_port is not None:
            try:
                return self._bind_at(self._base_port)
            except OSError:
                pass  # taken, perhaps by another demo; any free ports do as well
        return self._bind_at(None)

    def _bind_at(self, base: int | None) -> dict[str, _Server]:
        bound: dict[str, _Server] = {}
        try:
            for number, slug in enumerate(self._sites.outlets):
                port = 0 if base is None else base + number
                bound[slug] = _Server((LOOPBACK, port), _handler(self, slug))
        except OSError:
            for server in bound.values():
                server.server_close()
            raise
        return bound


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A crawler that hangs up is no error; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def _handler(web: SampleWeb, slug: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_GET(self) -> None:
            self._reply(with_body=True)

        def do_HEAD(self) -> None:
            self._reply(with_body=False)

        def _reply(self, *, with_body: bool) -> None:
            agent = self.headers.get("User-Agent", "")
            answer = web.answer(slug, self.command, self.path, agent)
            tag = f'"{sha256(answer.body).hexdigest()[:16]}"'
            known = self.headers.get("If-None-Match") == tag
            fresh = known and answer.status == HTTPStatus.OK
            body = b"" if fresh else answer.body
            self.send_response(HTTPStatus.NOT_MODIFIED if fresh else answer.status)
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(body)))
            if answer.status == HTTPStatus.OK:
                self.send_header("ETag", tag)
            self.end_headers()
            if with_body:
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
            """Says nothing: `SampleWeb.requests` has it."""

    return Handler
