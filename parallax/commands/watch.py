"""`parallax watch`: looks at an event again and again, and says what is new."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.codec import write_atomic
from compare.errors import EventFileError, InputError, ParallaxError, StoppedError, UsageError
from compare.zones import time_zone, usual_zone
from parallax.commands.compare import Comparer
from parallax.commands.crawl import crawl_event
from parallax.console import Progress, say, say_error, show, show_json, stoppable
from parallax.corrections import overlaid
from parallax.environment import command_line, now
from parallax.events import Assignment, read_event, settings_of
from parallax.options import AsJson, CrawlBehaviour, Model, options_of
from parallax.outlet_facts import known_outlets
from parallax.watch_state import Watched, digest, read_watched, standing, with_look

if TYPE_CHECKING:
    from templates.feed import Told

# A look at every outlet of a registry takes minutes, and servers of strangers answer it.
OFTEN = 5.0


@options_of(behaviour=CrawlBehaviour)
def watch(
    event: Annotated[Path, typer.Argument(metavar="EVENT.toml", help="What to watch, and where.")],
    behaviour: CrawlBehaviour,
    out: Annotated[
        Path | None, typer.Option("--out", help="The watch's folder (or out in EVENT.toml).")
    ] = None,
    every: Annotated[
        float | None,
        typer.Option("--every", metavar="MINUTES", help="Look again so often, until stopped."),
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="Look once, whatever EVENT.toml says of every.")
    ] = False,
    model: Model = None,
    as_json: AsJson = False,
) -> None:
    """Look at an event again, and write what is new as a feed and as a page.

    One look a call, for cron or a systemd timer; with --every, a look every so many minutes. A look
    asks each server, as politely as a crawl, only for what has changed. Writes OUT/feed.xml (Atom),
    OUT/news.html, OUT/report and OUT/comparison.json; prints what is new. May be killed at any
    moment: the next look goes on.

    \b
    Examples:
      parallax watch event.toml --out WATCH
      parallax watch event.toml --out WATCH --every 60 --contact https://example.org/me
      parallax watch event.toml --once --json
    """
    task = read_event(event)
    folder, minutes = _checked(task, event, behaviour, out=out, every=None if once else every)
    minutes = None if once else minutes
    if minutes is None:
        _look(task, folder, behaviour, model=model, as_json=as_json)
        return
    _reap()
    try:
        _look(task, folder, behaviour, model=model, as_json=as_json)
    except (UsageError, StoppedError):
        raise
    except ParallaxError as error:
        say_error(error)  # the next look may find the network, room on the disk, an article
    _wait(event, minutes)
    # Twisted runs once in a process; this one begins anew, with the same number and nothing left over.
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "parallax", *sys.argv[1:]])  # noqa: S606


def _checked(
    task: Assignment,
    event: Path,
    behaviour: CrawlBehaviour,
    *,
    out: Path | None,
    every: float | None,
) -> tuple[Path, float | None]:
    """The watch's folder, and the minutes between two looks, None for one look."""
    folder, minutes = out or task.out, every if every is not None else task.every
    if folder is None:
        raise EventFileError(f"{event}: no folder to keep the watch in. Give out, or --out DIR.")
    if minutes is not None and not 0 < minutes < 1e6:
        raise EventFileError(
            f"every = {minutes:g} is no number of minutes to wait. Give one, such as 60."
        )
    if minutes is not None and minutes < OFTEN:
        say(f"parallax: every {minutes:g} minutes is often for other people's servers; 60 will do.")
    if behaviour.from_archive:
        raise UsageError(
            "a watch looks at the network. For an archive: parallax run --from-archive."
        )
    return folder, minutes


def _wait(event: Path, minutes: float) -> None:
    """Waits for the next look, and longer while the event file cannot be read: it may be half edited."""
    with stoppable(f"To go on: {command_line()}"):
        while True:
            say(f"parallax: looking again in {minutes:g} minutes; Ctrl-C ends the watch.")
            time.sleep(minutes * 60)  # seconds gone by, whatever the clock is set to meanwhile
            try:
                read_event(event)
            except EventFileError as error:
                say_error(error)
            else:
                return


def _reap() -> None:
    """Lets go of the helpers of the look before, which ended with it."""
    with suppress(ChildProcessError, AttributeError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _look(
    task: Assignment, out: Path, behaviour: CrawlBehaviour, *, model: str | None, as_json: bool
) -> None:
    """One look: crawl, compare with the look before, write what is new, say it."""
    from crawlers.output.crawl_json import locked

    with locked(out / "looks"):
        before, at = read_watched(out), now()
        if before.looks and at < before.looks[-1].at:
            raise InputError(
                f"the clock says {at}, and the last look was at {before.looks[-1].at}: what came later "
                "could not be told. Set the clock right. If it was wrong then, go on in a new folder (--out)."
            )
        crawled = crawl_event(task, out, replace(behaviour, refresh=True), tell=False)
        after, articles = before, digest(crawled.articles)
        with stoppable(f"To go on: {command_line()}"), Progress() as progress:
            if not before.looks or before.looks[-1].articles != articles:
                comparison = Comparer(model, progress).compare(
                    crawled.articles,
                    task.event,
                    tuple(row.outlet for row in crawled.ledger),
                    settings=settings_of(task.title, task.timezone),
                    earlier=standing(before, out),
                )
                after = with_look(before, out, comparison, at=now(), articles=articles)
            _publish(after, out, task, progress)
    new = after.told()[len(before.told()) :]
    if as_json:
        show_json(_as_json(after, new, out))
    else:
        _tell(after, new, out)


def _publish(watched: Watched, out: Path, task: Assignment, progress: Progress) -> None:
    """Makes what readers see from the looks; comparison.json last, since it says that the report is there."""
    from templates.feed import write_news
    from templates.render import write_report

    made, shown = (out / watched.looks[-1].comparison).read_bytes(), out / "comparison.json"
    comparison = standing(watched, out)
    assert comparison is not None, "there has been a look"
    if not shown.exists() or shown.read_bytes() != made:
        known = known_outlets(comparison, task.registries)
        write_report(overlaid(comparison, shown), out / "report", known=known, progress=progress)
        write_atomic(shown, made)
    event = task.event
    write_news(
        out,
        task.title or event.about or comparison.articles[0].title,
        watched.told(),
        key=repr((event.about, event.start, event.end, event.urls)),
        began=watched.looks[0].at,
        zone=time_zone(task.timezone) if task.timezone else usual_zone(comparison.articles),
    )


def _tell(watched: Watched, new: list[Told], out: Path) -> None:
    from templates.feed import sentence

    for one in new:
        show(f"{sentence(one.item)}")
        for sign, words in (("-", one.item.old), ("+", one.item.new)):
            if words and words != one.item.article:
                show(f"    {sign} {words}")
    if not new:
        say(
            "nothing new."
            if len(watched.looks) > 1
            else "the first look; the next says what is new."
        )
    say(f"{out / 'news.html'}, {out / 'feed.xml'}")


def _as_json(watched: Watched, new: list[Told], out: Path) -> Mapping[str, object]:
    import msgspec

    from templates.feed import sentence

    items = [{"says": sentence(t.item), "at": t.at, **msgspec.to_builtins(t.item)} for t in new]
    names = {"feed": "feed.xml", "page": "news.html", "comparison": "comparison.json"}
    return {"looks": len(watched.looks), "new": items} | {k: str(out / v) for k, v in names.items()}
