"""Politeness as pure decisions: what a robots.txt allows, how long to wait, when to try again.

robots.txt follows RFC 9309, and fails closed: a server that cannot say what it allows (an error, a
timeout, a refusal to be asked so often) allows nothing. `middlewares` applies them.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from crawlers.discovery.bounded_xml import unpacked
from crawlers.options import PRODUCT

ROBOTS_TXT_READ = 512_000  # bytes; RFC 9309 asks for at least 500 KiB and allows to stop there
# Of the rules that concern us. A rule is looked for in every address, and real files have under 2,000.
MOST_RULES = 5_000
LONGEST_RULE = 2_000  # characters: as long as the longest address that is ever asked for
MOST_REDIRECTS = 8  # of one request

_AGENT = re.compile(r"user[- ]?agent\s*:?\s*(.*)", re.IGNORECASE)
_SITE_WIDE = re.compile(r"(?:site-?maps?|host)\b", re.IGNORECASE)
_RULE = re.compile(r"(?:allow|dis+al+[ao]w|diasllow)\b", re.IGNORECASE)
_DELAY = re.compile(r"crawl[- ]delay\s*:?\s*(.*)", re.IGNORECASE)
_RATE = re.compile(r"request[- ]rate\s*:?\s*(.*)", re.IGNORECASE)
_SECONDS = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*(?:s|secs?|seconds?)?", re.IGNORECASE)
_PAGES_IN = re.compile(r"(\d{1,9})\s*/\s*(\d{1,9})\s*([smhd]?)(?:\s.*)?", re.IGNORECASE)
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}
_US = PRODUCT.lower()
_TOKEN = re.compile(r"[a-z0-9_-]+")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))  # fmt: skip
_CHARSET = re.compile(r"charset\s*=\s*\"?(utf-?8|utf-?16(?:[lb]e)?|iso-8859-\d+|windows-125\d|us-ascii)\b", re.IGNORECASE)  # fmt: skip
_SLASHES = re.compile(r"/{2,}")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one server's robots.txt means for us.

    `refusal` is why nothing may be fetched, `delay` the seconds it wants between requests, `text`
    the whole of it, where there is one.
    """

    parser: Protego | None = None
    refusal: str | None = None
    delay: float = 0.0
    text: str = ""

    def refuses(self, url: str) -> str | None:
        """Why this address may not be fetched; None if it may."""
        if self.refusal:
            return self.refusal
        if self.parser is None or all(
            self.parser.can_fetch(form, PRODUCT) for form in {url, _plainly(url)}
        ):
            return None
        return "robots.txt disallows it"


def rules_of(
    status: int, body: bytes, *, longest_wait: float, content_type: str | None = None
) -> Rules:
    """The rules that a server's answer to a request for robots.txt stands for.

    2xx: what it says, to us by our product token, else to all. 4xx: there is none, all is allowed
    (RFC 9309, 2.3.1.3), except 429, which asks not to be asked. All else, and what cannot be
    understood: nothing is allowed. Who wants longer waits than `longest_wait` is not visited at
    all, since going faster would break the rule.
    """
    if 400 <= status < 500 and status != 429:
        return Rules()
    if not 200 <= status < 300:
        return Rules(refusal=f"robots.txt cannot be read (HTTP {status}), so nothing is allowed")
    text = _text(body, content_type)
    if text is None:
        return Rules(refusal="robots.txt is no text, so nothing is allowed")
    ours = _for_us(text)
    rules = [line for line in ours if _RULE.match(line)]
    if len(rules) > MOST_RULES or any(len(rule) > LONGEST_RULE for rule in rules):
        return Rules(refusal="robots.txt has more rules than can be kept to, so nothing is allowed")
    delays = list(_delays(ours))
    if any(delay is None for delay in delays):
        return Rules(refusal="robots.txt asks for a delay that cannot be read")
    delay = max((delay for delay in delays if delay is not None), default=0.0)
    if delay > longest_wait:
        asked = f"robots.txt asks for {delay:.0f} s between requests"
        return Rules(refusal=f"{asked}; the longest wait is set to {longest_wait:.0f} s")
    parser = Protego.parse("\n".join(["User-agent: *", *rules]))
    return Rules(parser=parser, delay=delay, text=text)


def _text(body: bytes, content_type: str | None) -> str | None:
    """The text of a robots.txt, by its mark or its header, else UTF-8; None if it is none."""
    data, problem = unpacked(body, limit=ROBOTS_TXT_READ)
    if body[:2] == b"\x1f\x8b" and problem and not data:
        return None
    marked = next((charset for mark, charset in _MARKS if data.startswith(mark)), None)
    said = _CHARSET.search(content_type or "")
    text = data.decode(marked or (said[1] if said else "utf-8"), errors="replace")
    return None if "\0" in text else text


def _for_us(text: str) -> list[str]:
    """The lines of the groups that name our product token, or where none does, of those for all."""
    ours: list[str] = []
    for_all: list[str] = []
    agents: set[str] = set()
    named = opens = False
    for line in text.splitlines():
        said = line.partition("#")[0].strip()
        if not said or _SITE_WIDE.match(said):
            continue
        if agent := _AGENT.match(said):
            agents = {*(agents if opens else ()), _token(agent[1])} & {_US, "*"}
            opens, named = True, named or _US in agents
            continue
        opens = False
        if _US in agents:
            ours.append(said)
        if "*" in agents:
            for_all.append(said)
    return ours if named else for_all


def _token(agent: str) -> str:
    """The product token that a line names, in small letters; "*" for all."""
    written = agent.strip().lower()
    if written == "*":
        return written
    token = _TOKEN.match(written.replace("*", ""))
    return token[0] if token else ""


def _delays(lines: list[str]) -> Iterator[float | None]:
    """The seconds between requests that each line asks for; None for what cannot be read."""
    for line in lines:
        if (asked := _DELAY.match(line)) and asked[1]:
            read = _SECONDS.fullmatch(asked[1])
            yield float(read[1].replace(",", ".")) if read else None
        elif (asked := _RATE.match(line)) and asked[1]:
            rate = _PAGES_IN.fullmatch(asked[1])
            pages = int(rate[1]) if rate else 0
            yield int(rate[2]) * _UNITS[rate[3].lower()] / pages if rate and pages else None


def _plainly(url: str) -> str:
    """The address as a server reads it: without empty and dotted steps in its path."""
    parts = urlsplit(url)
    steps: list[str] = []
    written = _SLASHES.sub("/", parts.path).split("/")[1:]
    for step in written:
        plain = step.replace("%2e", ".").replace("%2E", ".")
        if plain == "..":
            del steps[-1:]
        elif plain != ".":
            steps.append(step)
    if written and written[-1] in {".", ".."}:
        steps.append("")
    return urlunsplit(parts._replace(path="/" + "/".join(steps)))


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
