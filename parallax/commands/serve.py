"""`parallax serve`: a local look at a report, which follows it when it is written anew."""

from __future__ import annotations

import os
import threading
import time
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated, Any

import typer

from compare.errors import InputError, UsageError
from parallax.console import say, show

# Asks whether the report was written anew, as long as the page is open, and loads it again if so.
SCRIPT = b"""(async () => {
  let known = "";
  for (;;) {
    try {
      const answer = await fetch(`/.changed?since=${known}`);
      const now = await answer.text();
      if (known && now !== known) location.reload();
      known = now;
    } catch { await new Promise((wake) => setTimeout(wake, 1000)); }
  }
})();
"""
# A page allows its own script only, and asks nobody anything: here it may ask this server.
_LOOSENED = (
    (b"default-src &#39;none&#39;; ", b"default-src &#39;none&#39;; connect-src &#39;self&#39;; "),
    (b"script-src &#39;sha256", b"script-src &#39;self&#39; &#39;sha256"),
    (b"</body>", b'<script src="/.reload.js"></script></body>'),
)
HOSTS = frozenset({"127.0.0.1", "localhost"})
OWN_PATHS = frozenset({"/.reload.js", "/.changed"})
MOST_AT_ONCE = 64  # requests; an open page has one waiting
SECONDS_ASKED = 20.0
SECONDS_BETWEEN_LOOKS = 0.3


class _Follows(SimpleHTTPRequestHandler):
    """Serves the folder; pages get a script that loads them again when the report has changed."""

    # A browser that asks and then says nothing more holds its thread no longer than this.
    timeout = 60

    def do_GET(self) -> None:
        if not self._is_ours():
            return
        path = self.path.partition("?")
        if path[0] == "/.reload.js":
            self._answer(SCRIPT, "text/javascript")
        elif path[0] == "/.changed":
            self._answer(self._changed(path[2].removeprefix("since=")).encode(), "text/plain")
        elif path[0].endswith((".html", "/")):
            self._page()
        else:
            super().do_GET()

    def do_HEAD(self) -> None:
        if self._is_ours():
            super().do_HEAD()

    def _is_ours(self) -> bool:
        """Whether a request is for this machine by name, and for a file of the folder.

        A page on the internet may have its own name lead to 127.0.0.1 and then read the answers, but
        cannot ask under another name.
        """
        host = (self.headers.get("Host") or "").lower()
        if host.rpartition(":")[0] not in HOSTS and host not in HOSTS:
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return False
        folder = os.path.realpath(self.directory)
        try:
            real = os.path.realpath(self.translate_path(self.path))
            found = Path(real).exists() or self.path.partition("?")[0] in OWN_PATHS
        except ValueError:  # a NUL in the path
            real, found = "", False
        if not found or (real != folder and not real.startswith(folder + os.sep)):
            self.send_error(HTTPStatus.NOT_FOUND)
            return False
        return True

    def end_headers(self) -> None:
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()

    def list_directory(self, path: str | os.PathLike[str]) -> None:  # noqa: ARG002 - the base's form
        """No list of a folder, nor its size."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def _page(self) -> None:
        name = self.translate_path(self.path)
        page = Path(name) / "index.html" if self.path.endswith("/") else Path(name)
        try:
            body = page.read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        for written, loosened in _LOOSENED:
            body = body.replace(written, loosened, 1)
        self._answer(body, "text/html; charset=utf-8")

    def _changed(self, known: str) -> str:
        """When the report was written, as soon as that is news; after a while in any case."""
        index = Path(self.directory) / "index.html"
        deadline = time.monotonic() + SECONDS_ASKED
        while True:
            # For a moment between two versions there is none.
            now = str(index.stat().st_mtime_ns) if index.is_file() else known
            if now != known or time.monotonic() > deadline:
                return now
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Says nothing: a look at a report is no server log."""


class _Server(ThreadingHTTPServer):
    """Answers so many requests at once and no more; those above are closed."""

    daemon_threads = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._room = threading.BoundedSemaphore(MOST_AT_ONCE)

    def process_request(self, request: Any, client_address: Any) -> None:
        if self._room.acquire(blocking=False):
            super().process_request(request, client_address)
        else:
            self.shutdown_request(request)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._room.release()


def server_of(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of that folder on this machine alone; raises UsageError where the port is taken."""
    try:
        server = _Server(("127.0.0.1", port), partial(_Follows, directory=str(folder.resolve())))
    except OSError as error:
        raise UsageError(f"port {port} cannot be used: {error.strerror}. Try --port 0.") from error
    return server


def serve(
    folder: Annotated[Path, typer.Argument(help="A report's folder.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = 8000,
) -> None:
    """Serve a report on this machine until Ctrl-C; open pages follow when it is written anew.

    For a look alone no server is needed: the report opens from the file system.

    \b
    Example:
      parallax serve OUT/report
    """
    if not (folder / "index.html").is_file():
        raise InputError(
            f"{folder} holds no index.html. Give the folder that `parallax report` wrote."
        )
    server = server_of(folder, port)
    show(f"http://127.0.0.1:{server.server_address[1]}/")
    say("Pages load again when the report is written anew. Ctrl-C ends it.")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("ended.")
