"""`parallax serve`: a local look at a report."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Annotated

import typer

from compare.errors import InputError, UsageError
from parallax.console import say, show


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Says nothing: a look at a report is no server log."""


def serve(
    folder: Annotated[Path, typer.Argument(help="A report's folder.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="0: any free one.")] = 8000,
) -> None:
    """Serve a report on this machine until Ctrl-C. (It opens from the file system just as well.)

    \b
    Example:
      parallax serve OUT/report
    """
    if not (folder / "index.html").is_file():
        raise InputError(
            f"{folder} holds no index.html. Give the folder that `parallax report` wrote."
        )
    try:
        server = ThreadingHTTPServer(
            ("127.0.0.1", port), partial(_Quiet, directory=str(folder.resolve()))
        )
    except OSError as error:
        raise UsageError(f"port {port} cannot be used: {error.strerror}. Try --port 0.") from error
    show(f"http://127.0.0.1:{server.server_address[1]}/")
    say("Ctrl-C ends it.")
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("ended.")
