"""`parallax outlets`: the registry, listed and checked."""

from __future__ import annotations

import itertools
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from parallax.console import Progress, say, show, show_json, table
from parallax.environment import now
from parallax.options import (
    AllowPrivate,
    Contact,
    Countries,
    CrawlBehaviour,
    Kinds,
    Named,
    Only,
    Registries,
)

if TYPE_CHECKING:
    from crawlers.registry.outlets import Outlet

app = typer.Typer(invoke_without_command=True, rich_markup_mode=None)


@app.callback()
def outlets(
    context: typer.Context,
    files: Registries = None,
    only: Only = False,
    countries: Countries = None,
    kinds: Kinds = None,
    as_json: Annotated[bool, typer.Option("--json", help="For a script.")] = False,
) -> None:
    """List the outlets that a search by words looks in, and check the registry's form.

    \b
    Examples:
      parallax outlets --country GB
      parallax outlets --outlets mine.toml --only --json
    """
    if context.invoked_subcommand is None:
        from crawlers.registry.outlets import chosen, registry

        found = chosen(
            registry(files or (), only=only), countries=countries or (), kinds=kinds or ()
        )
        if as_json:
            show_json([asdict(outlet) for outlet in found])
            return
        header = ("outlet", "country", "kind", "sources", "domain")
        show(table((_row(outlet) for outlet in found), header))
        say(f"{len(found)} outlets, all well formed.")


def _row(outlet: Outlet) -> tuple[str, ...]:
    return outlet.name, outlet.country, outlet.kind, str(len(outlet.sources)), outlet.domain


@app.command("check")
def check(
    files: Registries = None,
    only: Only = False,
    countries: Countries = None,
    kinds: Kinds = None,
    named: Named = None,
    contact: Contact = None,
    allow_private: AllowPrivate = False,
    as_json: Annotated[bool, typer.Option("--json", help="For a script.")] = False,
) -> None:
    """Ask every source once, politely, and say which still answer with articles.

    \b
    Example:
      parallax outlets check --outlets mine.toml --only
    """
    from crawlers.registry.outlets import chosen, registry
    from crawlers.source_check import check_sources

    where = chosen(
        registry(files or (), only=only),
        countries=countries or (),
        kinds=kinds or (),
        named=named or (),
    )
    behaviour = CrawlBehaviour(
        contact=contact, allow_private=allow_private, gdelt="off", wayback="off"
    )
    with Progress() as progress:
        heard = itertools.count(1)
        findings = check_sources(
            where,
            options=behaviour.crawl_options(),
            now=now(),
            progress=lambda finding: progress(
                f"asked {finding.probe.outlet}, source", next(heard), 0
            ),
        )
    if as_json:
        show_json([asdict(finding) for finding in findings])
        return
    rows = (
        (f.health, f.probe.outlet, f.probe.source.kind, f.probe.url, f.reason) for f in findings
    )
    show(table(rows, ("health", "outlet", "source", "address", "why")))
