"""Where a crawl may go: http and https, to public addresses only, checked at the moment of connecting.

A name may resolve to a public address when it is looked at and to 127.0.0.1 when it is connected to
(DNS rebinding), and a redirect may lead into the network behind us. So the check sits in the
resolver itself: what it passes on is what the connection uses, on every hop.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from scrapy.resolver import CachingHostnameResolver, HostResolution
from twisted.internet.interfaces import IHostResolution, IResolutionReceiver
from zope.interface import implementer

from crawlers.urls import registrable_domain

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from twisted.internet.interfaces import IAddress

LOOKUPS_A_DOMAIN = 2  # of the reactor's threads; an outlet has a handful of hosts

# IPv6 that is in use on the internet (RFC 4291, IANA); all else is unallocated, local or a translation.
_UNICAST = IPv6Network("2000::/3")
# Prefixes in which an IPv4 address stands in the last 32 bits (RFC 4291, 6052, 2765).
_WRAPPING = tuple(map(IPv6Network, ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")))
_UNIQUE_LOCAL = IPv6Network("fc00::/7")
_ISATAP = re.compile(r"0[0-3]00:5efe")  # with 02 for addresses that are unique (RFC 5214)
# No outlet is there, but what a cloud tells its own machines is, their keys included.
_METADATA = frozenset(map(ip_address, ("169.254.169.254", "fd00:ec2::254", "100.100.100.200", "192.0.0.192")))  # fmt: skip


def may_connect(address: str, *, allow_private: bool = False) -> bool:
    """Whether an IP address may be connected to; False for anything unreadable.

    Only addresses of the open internet may, unless private ones are allowed. Link-local ones and
    those of cloud metadata services never may, nor what is no single machine's address (0.0.0.0,
    broadcast, multicast, reserved). An IPv4 address wrapped in an IPv6 one (mapped, compatible,
    translated, 6to4, Teredo, NAT64, ISATAP) is judged by itself.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if ip in _METADATA or ip.is_link_local or ip.is_multicast or ip.is_unspecified:
        return False
    if isinstance(ip, IPv4Address):
        return not ip.is_reserved and (ip.is_global or (allow_private and ip.packed[0] != 0))
    if wrapped := _wrapped(ip):
        return may_connect(str(wrapped), allow_private=allow_private)
    if allow_private and (ip.is_loopback or ip in _UNIQUE_LOCAL):
        return True
    return ip in _UNICAST and (ip.is_global or allow_private)


def _wrapped(ip: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 one stands for; None if it stands for itself."""
    if ip.is_loopback:
        return None
    if found := ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1]):
        return found
    ends_in_one = any(ip in network for network in _WRAPPING)
    if ends_in_one or _ISATAP.match(ip.exploded, 20):
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return None


def refusal(url: str, *, allow_private: bool) -> str | None:
    """Why this address is never asked for, as far as the address itself tells; None if it may be."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "its address is broken"
    if parts.scheme not in {"http", "https"} or not host:
        return f"only http and https are fetched, not {parts.scheme or 'nothing'}"
    if not _is_literal(host) or may_connect(host, allow_private=allow_private):
        return None
    return private_refusal(host)


def private_refusal(address: str) -> str:
    """The sentence that a failure shows for an address of a private network."""
    return f"{address} is in a private or local network; such addresses are refused (--allow-private lets them pass)"


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class PublicResolver(CachingHostnameResolver):
    """Resolves names, and passes on only the addresses that `may_connect` lets through.

    `refused` remembers the names all of whose addresses were held back, each with one of them, so
    that a failure can tell that apart from a name that does not exist. Each lookup takes one of a few
    threads for as long as a name server likes, so only `LOOKUPS_A_DOMAIN` of one registrable domain
    are under way at once, and what takes longer than `seconds` is given up.
    """

    refused: dict[str, str] = {}  # noqa: RUF012 - one resolver a process: the reactor's

    def __init__(
        self, reactor: Any, cache_size: int, *, allow_private: bool, seconds: float | None = None
    ) -> None:
        super().__init__(reactor, cache_size)
        self.allow_private = allow_private
        self.seconds = seconds
        self._under_way: Counter[str] = Counter()
        self._waiting: dict[str, deque[Callable[[], None]]] = {}

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> PublicResolver:
        """The resolver that the settings ask for; `PRIVATE_ADDRESSES` allows every address."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            allow_private=settings.getbool("PRIVATE_ADDRESSES"),
            seconds=settings.getfloat("DNS_TIMEOUT"),
        )

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve a name when it is its domain's turn, holding back every address that must not be connected to."""
        domain = registrable_domain(hostName)
        receiver: Any = _Guard(self, resolutionReceiver, hostName, lambda: self._ended(domain))
        if self.seconds is not None:
            receiver.give_up_after(self.reactor, self.seconds)
        resolve = super().resolveHostName

        def begin() -> None:
            self._under_way[domain] += 1
            resolve(receiver, hostName, portNumber, addressTypes, transportSemantics)

        if self._under_way[domain] < LOOKUPS_A_DOMAIN:
            begin()
        else:
            self._waiting.setdefault(domain, deque()).append(begin)
        return cast("IHostResolution", HostResolution(hostName))

    def _ended(self, domain: str) -> None:
        self._under_way[domain] -= 1
        if self._waiting.get(domain):
            self._waiting[domain].popleft()()


@implementer(IResolutionReceiver)
class _Guard:
    """Passes on those of the addresses that a resolution finds that may be connected to."""

    def __init__(
        self, resolver: PublicResolver, inner: Any, name: str, ended: Callable[[], None]
    ) -> None:
        self._resolver = resolver
        self._inner = inner
        self._name = name
        self._ended = ended
        self._passed = False
        self._is_given_up = False
        self._timer: Any = None

    def give_up_after(self, reactor: Any, seconds: float) -> None:
        """Say that there is no address, if none is known by then."""
        self._timer = reactor.callLater(seconds, self._give_up)

    def _give_up(self) -> None:
        self._is_given_up = True
        self._inner.resolutionComplete()

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        if not self._is_given_up:
            self._inner.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if self._is_given_up:
            return
        if may_connect(address.host, allow_private=self._resolver.allow_private):
            self._passed = True
            self._inner.addressResolved(address)
        else:
            self._resolver.refused[self._name] = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        if not self._is_given_up:
            if self._timer is not None:
                self._timer.cancel()
            if self._passed:
                self._resolver.refused.pop(self._name, None)
            self._inner.resolutionComplete()
        self._ended()
