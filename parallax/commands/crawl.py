"""`parallax crawl`: what the outlets published, to articles.jsonl."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compare.errors import NothingFoundError, StoppedError
from parallax.console import Watch, ledger_table, say, show
from parallax.environment import command_line, now
from parallax.events import Assignment
from parallax.options import CrawlBehaviour, Wanted, options_of

if TYPE_CHECKING:
    from crawlers.crawl import CrawlResult
    from crawlers.output.ledger import LedgerRow
    from crawlers.registry.outlets import Outlet


@options_of(wanted=Wanted, behaviour=CrawlBehaviour)
def crawl(
    out: Annotated[Path, typer.Option("--out", help="The folder for articles.jsonl.")],
    wanted: Wanted,
    behaviour: CrawlBehaviour,
) -> None:
    """Gather what the outlets published about an event.

    Writes articles.jsonl, a row for each page: an article, or a failure with its reason; beside it
    crawl.json with the ledger of outlets, and archive/ with every response. Obeys robots.txt and
    Crawl-delay. Run again on the same folder, it goes on where it stopped.

    \b
    Examples:
      parallax crawl event.toml --out OUT
      parallax crawl event.toml --country GB --kind broadsheet --out OUT
      parallax crawl --url https://example.org/a-report --out OUT
      parallax crawl event.toml --from-archive OUT --out AGAIN
    """
    show(str(crawl_event(wanted.assignment(out, behaviour), out, behaviour).articles))


def _advice(ledger: tuple[LedgerRow, ...]) -> str:
    """What may help: other words do not where no place could be looked in at all."""
    places = [row for row in ledger if row.sources]
    if not places or any(row.answered for row in places):
        return "A wider window, other words or --url may help."
    reasons = Counter[str]()
    for row in places:
        reasons.update(row.why)
    why = reasons.most_common(1)[0][0] if reasons else "no place answered"
    return f"No place could be looked in: {why}."


def crawl_event(
    task: Assignment, out: Path, behaviour: CrawlBehaviour, *, tell: bool = True
) -> CrawlResult:
    """Crawls and says what came of it; with `tell`, the ledger too, where that went well.

    Raises StoppedError if it was stopped, and NothingFoundError where no article was read.
    """
    from crawlers.crawl import crawl as crawled

    with Watch() as watch:
        result = crawled(
            task.event,
            _outlets_of(task),
            out=out,
            options=behaviour.crawl_options(),
            clock=now,
            progress=watch,
        )
    _tell(result, ledger=tell)
    if not (result.answered or result.unanswered or behaviour.from_archive):
        say("Nothing was fetched: this crawl was finished. --refresh looks at everything again.")
    return result


def _outlets_of(task: Assignment) -> tuple[Outlet, ...]:
    """The outlets to be searched: of the registries where the event has words, otherwise none."""
    from crawlers.registry.outlets import chosen, registry

    if not task.event.about:
        return ()
    return chosen(
        registry(task.registries, only=task.only),
        countries=task.countries,
        kinds=task.kinds,
        named=task.named,
    )


def _tell(result: CrawlResult, *, ledger: bool) -> None:
    """What came of a crawl; its ledger with `ledger`, and always where it did not go well.

    Raises StoppedError and NothingFoundError as `crawl_event` does.
    """
    if result.reached_nothing:
        raise NothingFoundError(
            f"none of {result.unanswered} requests was answered: is this machine on the network? "
            f"{result.articles} has the reason of each."
        )
    if ledger or not (result.finished and result.read):
        say(ledger_table(result.ledger))
    if result.damaged:
        say(f"The archive is damaged: {result.damaged} stretches of it could not be read.")
    if not result.finished:
        raise StoppedError(
            f"stopped; {result.articles} holds what was read. To go on: {command_line()}"
        )
    if not result.read:
        raise NothingFoundError(
            f"no article was read; {result.articles} says for each page why. {_advice(result.ledger)}"
        )
