"""Where everything in a report is: paths, anchors, and the links that lead out of it.

Anchors are unique in the whole report, not only on their page, so that the one-file report can
hold every page at once; they are made of ids and names alone, so that a citation outlives a new run.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from urllib.parse import urlencode, urlsplit

_UNSAFE = re.compile(r"[^a-z0-9]+")
# Controls, spaces, what turns the reading direction, and what ends an attribute are in no address.
_ODD = r"\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u2069\ufeff\ud800-\udfff<>\"\\\\"
_WEB = re.compile(rf"(?i:https?)://(?:\[[0-9a-fA-F:.]+\]|[^{_ODD}/?#\[\]])[^{_ODD}]*")
_MAX_KEY = 40
# A text fragment names the first and last words of a longer passage instead of all of it.
_WHOLE_FRAGMENT_WORDS = 10
_EDGE_WORDS = 5
# Every octet but the unreserved ones of RFC 3986, and of those the dash too: it means something in a
# text fragment. A table, since urllib's quote() takes a second for the links of a large report.
_PERCENT_ENCODED = {
    octet: f"%{octet:02X}"
    for octet in range(256)
    if not (chr(octet).isascii() and (chr(octet).isalnum() or chr(octet) in "._~"))
}


# Names that Windows keeps for devices, whatever ending they have.
_NO_FILE_NAMES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)


def keys(names: Iterable[str]) -> dict[str, str]:
    """A short ASCII key for each name, fit for file names and anchors, the same in every run.

    Names whose keys would clash, that leave nothing readable, or that no file may have on some system,
    get some of their hash added.
    """
    wanted = {name: _plain(name) for name in names}
    counts = Counter(wanted.values())
    made = {
        name: key if key and counts[key] == 1 and key not in _NO_FILE_NAMES else _hashed(key, name)
        for name, key in wanted.items()
    }
    # A name may be what another one became with its hash: "a-559aead0" beside "A" and "a".
    taken = Counter(made.values())
    return {
        name: key
        if taken[key] == 1
        else f"{key[: _MAX_KEY - 17]}-{_digest(name)}{_digest(key + name)}"
        for name, key in made.items()
    }


def _hashed(key: str, name: str) -> str:
    return f"{key or 'x'}-{_digest(name)}"


def _plain(name: str) -> str:
    ascii_name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    key = _UNSAFE.sub("-", ascii_name).strip("-")
    return key if len(key) <= _MAX_KEY else f"{key[: _MAX_KEY - 9].rstrip('-')}-{_digest(name)}"


def _digest(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def web(url: str | None) -> str:
    """The address if it is an http(s) one with a host and nothing odd in it, else ""."""
    return url if url and _WEB.fullmatch(url) else ""


def nearest_copy(url: str | None, when: datetime | None) -> str:
    """Where the Wayback Machine shows its copy nearest to a time, or "" where it can have none.

    The form is that of its documented addresses: web.archive.org/web/<time>/<address>.
    """
    address = web(url)
    try:
        name, _, top = (urlsplit(address).hostname or "").rpartition(".")
    except ValueError:
        return ""
    if not name or not top.isalpha() or top in _NEVER_PUBLIC:
        return ""
    time = f"{when:%Y%m%d%H%M%S}" if when else "2"
    return f"https://web.archive.org/web/{time}/{address}"


# Names that nobody can register (RFC 2606, RFC 6762, RFC 8375); a number is no name at all.
_NEVER_PUBLIC = frozenset({"example", "invalid", "test", "localhost", "local", "internal", "arpa"})


def text_fragment(url: str | None, passage: str) -> str:
    """A link to the passage on the live page (WICG text fragments), or "" without a web address."""
    address = web(url)
    if not address:
        return ""
    words = passage.split()
    if len(words) <= _WHOLE_FRAGMENT_WORDS:
        directive = _encoded(words)
    else:
        directive = f"{_encoded(words[:_EDGE_WORDS])},{_encoded(words[-_EDGE_WORDS:])}"
    joint = ":~:" if "#" in address else "#:~:"
    return f"{address}{joint}text={directive}"


def _encoded(words: list[str]) -> str:
    return "%20".join(
        word if word.isascii() and word.isalnum() else _percent_encoded(word) for word in words
    )


def _percent_encoded(word: str) -> str:
    return word.encode("utf-8", "replace").decode("latin-1").translate(_PERCENT_ENCODED)


@dataclass(frozen=True, slots=True)
class Links:
    """Links from one page to the others: `prefix` leads from that page to the report's top.

    With `single`, every page is a section of one file and links are anchors alone.
    """

    prefix: str = ""
    single: bool = False

    def page(self, name: str) -> str:
        """A page of which there is one: "index", "matrix", "method" ..."""
        return f"#{name}" if self.single else f"{self.prefix}{name}.html"

    def part(self, name: str, anchor: str) -> str:
        """A place on a page of which there is one."""
        return f"#{anchor}" if self.single else f"{self.prefix}{name}.html#{anchor}"

    def matrix(self, **filters: str) -> str:
        """The matrix with filters set: `status` and `group` by name, `outlet` by key, `text`, `sort`."""
        asked = f"?{urlencode(filters)}" if filters else ""
        return f"{asked}#matrix" if self.single else f"{self.prefix}matrix.html{asked}"

    def outlet(self, outlet: str) -> str:
        """The page of an outlet, by its key."""
        return f"#o-{outlet}" if self.single else f"{self.prefix}outlets/{outlet}.html"

    def detail(self, detail: str) -> str:
        """The page of a detail, by its key."""
        return f"#d-{detail}" if self.single else f"{self.prefix}details/{detail}.html"

    def cell(self, detail: str, outlet: str) -> str:
        """What one outlet did with one detail."""
        page = "" if self.single else f"{self.prefix}details/{detail}.html"
        return f"{page}#d-{detail}-{outlet}"

    def sentence(self, outlet: str, sentence: str) -> str:
        """A sentence on its outlet's page, by the sentence's anchor."""
        page = "" if self.single else f"{self.prefix}outlets/{outlet}.html"
        return f"{page}#{sentence}"

    def pair(self, pair: str) -> str:
        """Two outlets side by side."""
        return f"#p-{pair}" if self.single else f"{self.prefix}pairs/{pair}.html"

    def file(self, name: str) -> str:
        """A file beside the pages, such as "data/matrix.csv"."""
        return f"{self.prefix}{name}"


def pair_key(a: str, b: str, order: Mapping[str, int]) -> str:
    """The key of two outlets side by side, the same whichever is named first."""
    first, second = sorted((a, b), key=order.__getitem__)
    return f"{first}--{second}"
