"""`parallax demo`: the bundled sample event, over real HTTP on this machine."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from compare.codec import check_writable
from parallax.commands.run import run_event
from parallax.console import say, show
from parallax.events import Assignment, settings_of
from parallax.options import CrawlBehaviour, Timezone

# The sample web is this machine's own: there is nobody to be slow for.
LOOPBACK = CrawlBehaviour(allow_private=True, delay=0.0, gdelt="off", wayback="off")


def demo(
    out: Annotated[
        Path | None, typer.Option("--out", help="Default: a new temporary folder.")
    ] = None,
    open_it: Annotated[bool, typer.Option("--open", help="Open the report in a browser.")] = False,
    serve: Annotated[
        bool, typer.Option("--serve", help="Leave the sample web up until Ctrl-C.")
    ] = False,
    timezone: Timezone = None,
) -> None:
    """Crawl, compare and report the sample event: invented outlets on a real past event.

    \b
    Example:
      parallax demo --open
    """
    from parallax.sample.web import DEMO_PORT, SampleWeb

    settings = settings_of(None, timezone)
    folder = out or Path(tempfile.mkdtemp(prefix="parallax-demo-"))
    check_writable(folder)
    with SampleWeb(base_port=DEMO_PORT) as web:
        registry = folder / "outlets.toml"
        folder.mkdir(parents=True, exist_ok=True)
        web.write_registry(registry)
        task = Assignment(web.event, (registry,), only=True)
        index = run_event(task, folder, LOOPBACK, settings=settings)
        show(str(index))
        if open_it:
            webbrowser.open(index.resolve().as_uri())
        if serve:
            _leave_up(web.urls)


def _leave_up(urls: dict[str, str]) -> None:
    import threading

    for name, url in urls.items():
        say(f"{url}  {name}")
    say("The sample web is up; Ctrl-C ends it.")
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        say("ended.")
