"""Manners as pure decisions: what a robots.txt allows, how long to wait, when to try again.

robots.txt follows RFC 9309, and fails closed: a server that cannot say what it allows (an error, a
timeout, a refusal to be asked so often) allows nothing. The plumbing is in `middlewares`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from protego import Protego

ROBOTS_TXT_READ = 512_000  # bytes; RFC 9309 asks for at least 500 KiB and allows to stop there


@dataclass(frozen=True, slots=True)
class Rules:
    """What one server's robots.txt means for us.

    `refusal` is why nothing may be fetched, `delay` the seconds it wants between requests.
    """

    parser: Protego | None = None
    refusal: str | None = None
    delay: float = 0.0

    def refuses(self, url: str, user_agent: str) -> str | None:
        """Why this address may not be fetched; None if it may."""
        if self.refusal:
            return self.refusal
        if self.parser is None or self.parser.can_fetch(url, user_agent):
            return None
        return "robots.txt disallows it"


def rules_of(status: int, body: bytes, *, user_agent: str, longest_wait: float) -> Rules:
    """The rules that a server's answer to a request for robots.txt stands for.

    2xx: what it says. 4xx: there is none, all is allowed (RFC 9309, 2.3.1.3), except 429, which
    asks not to be asked. All else: nothing is allowed. Who wants longer waits than `longest_wait`
    is not visited at all, since going faster would break the rule.
    """
    if 400 <= status < 500 and status != 429:
        return Rules()
    if not 200 <= status < 300:
        return Rules(refusal=f"robots.txt cannot be read (HTTP {status}), so nothing is allowed")
    parser = Protego.parse(body[:ROBOTS_TXT_READ].decode("utf-8-sig", errors="ignore"))
    delay = _delay(parser, user_agent)
    if delay > longest_wait:
        asked = f"robots.txt asks for {delay:.0f} s between requests"
        return Rules(refusal=f"{asked}; the longest wait is set to {longest_wait:.0f} s")
    return Rules(parser=parser, delay=delay)


def _delay(parser: Protego, user_agent: str) -> float:
    delay = parser.crawl_delay(user_agent) or 0.0
    rate = parser.request_rate(user_agent)
    if rate is not None and rate.requests:
        delay = max(delay, rate.seconds / rate.requests)
    return max(0.0, delay)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a Retry-After header asks to wait (RFC 9110, 10.2.3); None if it asks none.

    A date counts from the answer's own Date header, so that no clock but the server's is needed;
    without one it cannot be understood.
    """
    asked = headers.get("Retry-After", "").strip()
    if asked.isascii() and asked.isdigit():
        return float(asked[:9])
    then, now = _date(asked), _date(headers.get("Date", ""))
    if then is None or now is None:
        return None
    return max(0.0, (then - now).total_seconds())


def _date(written: str) -> datetime | None:
    try:
        read = parsedate_to_datetime(written)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def backoff(attempt: int, *, delay: float, longest_wait: float) -> float:
    """Seconds to leave a server alone after its `attempt`-th failure (1, 2, ...) in a row."""
    return min(longest_wait, float(delay * 2**attempt))
