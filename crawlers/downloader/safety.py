"""Where a crawl may go: http and https, to public addresses only, checked at the moment of connecting.

A name may resolve to a public address when it is looked at and to 127.0.0.1 when it is connected to
(DNS rebinding), and a redirect may lead into the network behind us. So the check sits in the
resolver itself: what it passes on is what the connection uses, on every hop.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.resolver import CachingHostnameResolver
from twisted.internet.interfaces import IHostResolution, IResolutionReceiver
from zope.interface import implementer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from twisted.internet.interfaces import IAddress

# IPv4 addresses in IPv6 clothes: translation prefixes of RFC 6052 and RFC 8215.
_NAT64 = (ip_network("64:ff9b::/96"), ip_network("64:ff9b:1::/48"))


def may_connect(address: str, *, allow_private: bool = False) -> bool:
    """Whether an IP address may be connected to; False for anything unreadable.

    Only addresses of the open internet may, unless private ones are allowed. Link-local ones never:
    no outlet is there, but a cloud's metadata service is. An IPv4 address wrapped in an IPv6 one
    (mapped, 6to4, Teredo, NAT64) is judged by itself.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo and ip.teredo[1])
        if wrapped is None and any(ip in network for network in _NAT64):
            wrapped = IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped:
            return may_connect(str(wrapped), allow_private=allow_private)
    if ip.is_link_local:
        return False
    return allow_private or (ip.is_global and not ip.is_multicast)


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
    return f"{address} is in a private or local network; such addresses are refused"


def _is_literal(host: str) -> bool:
    try:
        ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return True


class PublicResolver(CachingHostnameResolver):
    """Resolves names, and passes on only the addresses that `may_connect` lets through.

    `refused` remembers the names all of whose addresses were held back, each with one of them, so
    that a failure can tell that apart from a name that does not exist.
    """

    def __init__(self, reactor: Any, cache_size: int, *, allow_private: bool) -> None:
        super().__init__(reactor, cache_size)
        self.allow_private = allow_private

    refused: dict[str, str] = {}  # noqa: RUF012 - one resolver a process: the reactor's

    @classmethod
    def from_crawler(cls, crawler: Any, reactor: Any) -> PublicResolver:
        """The resolver that the settings ask for; `PRIVATE_ADDRESSES` allows every address."""
        settings = crawler.settings
        return cls(
            reactor,
            settings.getint("DNSCACHE_SIZE"),
            allow_private=settings.getbool("PRIVATE_ADDRESSES"),
        )

    def resolveHostName(  # noqa: N802 - Twisted's name
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> IHostResolution:
        """Resolve a name, holding back every address that must not be connected to."""
        receiver: Any = _Guard(self, resolutionReceiver, hostName)
        return super().resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )


@implementer(IResolutionReceiver)
class _Guard:
    """Passes on those of the addresses that a resolution finds that may be connected to."""

    def __init__(self, resolver: PublicResolver, inner: Any, name: str) -> None:
        self._resolver = resolver
        self._inner = inner
        self._name = name
        self._passed = False

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        self._inner.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        if may_connect(address.host, allow_private=self._resolver.allow_private):
            self._passed = True
            self._inner.addressResolved(address)
        else:
            self._resolver.refused[self._name] = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        if self._passed:
            self._resolver.refused.pop(self._name, None)
        self._inner.resolutionComplete()
