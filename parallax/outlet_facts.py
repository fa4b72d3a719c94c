"""What the report is told of outlets: what the registry says of each, and which one is the user's own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from compare.errors import UsageError

if TYPE_CHECKING:
    from compare.datamodel import Comparison
    from templates.facts.known import Known


def known_outlets(comparison: Comparison, registries: Sequence[Path] = ()) -> dict[str, Known]:
    """The comparison's outlets that the bundled registry or one of these has, by name or by host."""
    from crawlers.registry.outlets import BUNDLED, load_outlets
    from templates.facts.known import Known

    found = load_outlets(BUNDLED, *registries)
    by_name = {outlet.name.casefold(): outlet for outlet in found}
    by_host = {host: outlet for outlet in found for host in (outlet.domain, *outlet.aliases)}
    known = {}
    for name, hosts in _hosts(comparison).items():
        outlet = by_name.get(name.casefold())
        outlet = outlet or next((by_host[host] for host in sorted(hosts) if host in by_host), None)
        if outlet is not None:
            known[name] = Known(outlet.owner, outlet.country, outlet.kind.value, outlet.checked)
    return known


def our_outlet(comparison: Comparison, ours: str | None) -> str:
    """The outlet that is meant by a name, a domain or an article's address; "" for None.

    Raises UsageError where none is, with the names that there are.
    """
    if not ours:
        return ""
    wanted = ours.strip().casefold().rstrip("/")
    host = wanted.partition("://")[2].partition("/")[0] or wanted
    for article in comparison.articles:
        if (article.url or "").casefold().rstrip("/") == wanted:
            return article.outlet
    for name, hosts in _hosts(comparison).items():
        if name.casefold() == wanted or host.removeprefix("www.") in hosts:
            return name
    names = ", ".join(comparison.outlets)
    raise UsageError(f"--ours {ours}: no outlet of the comparison. There are: {names}.")


def _hosts(comparison: Comparison) -> dict[str, set[str]]:
    """The hosts that each outlet's articles are on, without "www."."""
    from crawlers.urls import host_of

    hosts: dict[str, set[str]] = {outlet: set() for outlet in comparison.outlets}
    for article in comparison.articles:
        host = host_of(article.url or "").removeprefix("www.")
        hosts.setdefault(article.outlet, set()).update({host} - {""})
    return hosts
