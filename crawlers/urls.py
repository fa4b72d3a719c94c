"""Addresses: which one to fetch, and when two of them are the same page.

`canonical_url` changes only what cannot change the page. `page_key` goes further, to the page that
an address, its AMP and its mobile duplicate have in common; a key is never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url, safe_url_string

if TYPE_CHECKING:
    from tldextract import TLDExtract

LONGEST_URL = 2_000  # characters; longer ones are traps or data, and servers refuse them

# Parameters that tell the publisher where a reader came from. Gathered from the parameter-stripping
# lists that browsers publish (Firefox query stripping, AdGuard's TrackParamFilter, ClearURLs).
_TRACKING = frozenset(
    """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh mc_cid
    mc_eid mkt_tok ocid ncid cmpid cmp icid intcid ito smid smtyp smprod emc ftag sr_share xtor
    s_cid wt.mc_id wt_mc _ga _gl _hsenc _hsmi hss_channel vero_id vero_conv oly_anon_id
    oly_enc_id rb_clickid s_kwcid ml_subscriber ml_subscriber_hash __twitter_impression soc_src
    soc_trk guccounter guce_referrer guce_referrer_sig ref_src ref_url referrer referer reflink
    srnd leadsource campaign_id instance_id segment_id regi_id spm traffic_source partner
    taid linkid trk epik cvid sref usqp __amp_source_origin
    srsltid dcmp dicbo wt_zmc li_fat_id mibextid replytocom trackingid taboola
    """.split()
)
_TRACKING_PREFIXES = (
    "utm_", "mtm_", "pk_", "hsa_", "at_", "ns_", "ga_", "gaa_", "itm_", "amp_", "guce_", "sfmc_", "fb_", "__cf_",
)  # fmt: skip
# These are mostly campaigns, but some sites number their articles with them.
_TRACKING_UNLESS_NUMERIC = frozenset({"cid", "ref", "source", "src", "sh", "mod", "via", "share"})

# What only says whose visit it is: a page has a new address of this kind for everybody who comes.
_SESSION = re.compile(
    r"(?:php|j|asp|cf)?_?sess(?:ion)?_?id|phpsessid|aspsessionid\w*|cfid|cftoken|oscsid|zenid|sessid",
    re.IGNORECASE,
)
_MAY_BE_SESSIONS = frozenset({"sid", "s", "sess", "session", "ssid"})
_LONG_SID = re.compile(
    r"\A(?=[^\d]*\d)(?=[^a-z]*[a-z])[\w-]{16,}", re.IGNORECASE
)  # sid=42 may number a story, session=spring-2024 name one
_COOKIELESS = re.compile(r"/\((?:[A-Z]\([\w-]{10,100}\)){1,4}\)(?=/)")  # of ASP.NET
_NUMBERED = re.compile(
    r"(?:art(?:icle|ikel)?|story|id|p|nr)?[\d,]{1,40}", re.IGNORECASE
)  # ;art12,345
_NUMBERS_A_PAGE = re.compile(r"\A(?:\w*_?id|art(?:icle)?|story|page|p|nr|no)", re.IGNORECASE)

# What needs no repair; most addresses are such, and repairing takes longer than all else here.
_WELL_FORMED = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?/[\w/.~!$&'()*+,;=:@%?-]*", re.ASCII)
_AMP_CACHE = re.compile(r"/(?:[a-z]{1,2}/)?(?:(s)/)?([^/]+\.[^/]+/.*)", re.DOTALL)
_AMP_VIEWER = re.compile(r"/amp/(?:(s)/)?([^/]+\.[^/]+/.*)", re.DOTALL)
_DUPLICATE_HOST = re.compile(r"(?:www\d?|m|mobile|amp|touch|wap)\.(?=[^.]+\.)")
_MOBILE_LABEL = re.compile(r"\.m\.(?=[^.]+\.)")  # en.m.example.org
_AMP_PATH = re.compile(r"/amp(?=/|$)|[.]amp(?=(?:\.html?)?$)", re.IGNORECASE)
_SLASHES = re.compile(r"//+")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_STRAY_TRACKING = re.compile(
    r"&(?:utm_\w+|fbclid|gclid)=[^/]*\Z"
)  # put behind a path without a "?"
# What asks for the same page in another dress: to print, for a telephone, as AMP, unlocked, not from a cache.
_DRESSES: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        ("outputtype", "output", "type", "view", "mode", "format", "layout", "pagewanted", "tmpl", "do", "action"),
        frozenset({"amp", "print", "printer", "printable", "print-friendly", "printerfriendly", "mobile"}),
    ),
    **dict.fromkeys(
        ("amp", "print", "printable", "printview", "mobile", "m", "rss", "isprint"),
        frozenset({"", "1", "true", "yes", "y"}),
    ),
    "device": frozenset({"mobile", "desktop"}),
    "noamp": frozenset({"mobile", "1", "true", ""}),
    "from": frozenset({"rss", "feed", "newsletter"}),
    "feature": frozenset({"share", "shared", "youtu.be"}),
}  # fmt: skip
_ANY_VALUE = frozenset(
    {"nocache", "_", "cachebuster", "unlocked_article_code", "gift", "giftcode", "wpmp_switcher"}
)
_TO_PRINT = re.compile(
    r"(?<=[^/])/print(?:able|er|view|version)?/?\Z|\.print(?=\.html?\Z)|\A/print(?=/)",
    re.IGNORECASE,
)
_OF_A_STORY = re.compile(r"/[^/]+/[^/]+|[\d-]")


def canonical_url(url: str, base: str | None = None) -> str | None:
    """The address to fetch for `url` as found on the page `base`; None if it is not http(s).

    Absolute, percent-encoded, without fragment, user name, default port, session marks and tracking
    parameters; addresses of AMP caches are resolved to the publisher's own.
    """
    try:
        whole = url.strip()
        if not _WELL_FORMED.fullmatch(whole):
            whole = safe_url_string(urljoin(base, whole) if base else whole)
        if len(whole) > LONGEST_URL:
            return None
        parts = _plain(urlsplit(whole))
        own = parts and _out_of_amp_cache(parts)
    except ValueError:  # what urllib says of bad ports, brackets and host names
        return None
    if own is None:
        return None
    path = _COOKIELESS.sub("", _without_parameters(own.path, _is_session))
    if "&" in path:
        path = _STRAY_TRACKING.sub("", path)
    return urlunsplit(own._replace(path=path or "/", query=_without_tracking(own.query)))


@lru_cache(maxsize=5_000)  # a page's key is asked for three times between its plan and its claim
def page_key(url: str) -> str:
    """What `url` shares with every other address of the same page, for de-duplication only."""
    canonical = canonical_url(url)
    if canonical is None:
        return url
    parts = urlsplit(canonicalize_url(canonical))
    host = _MOBILE_LABEL.sub(".", parts.netloc)
    while (
        shorter := _DUPLICATE_HOST.sub("", host, count=1) if _DUPLICATE_HOST.match(host) else host
    ) != host:
        host = shorter
    path = _SLASHES.sub("/", parts.path)
    path = _without_parameters(path, lambda piece: not _numbers_a_page(piece))
    path = _INDEX.sub("/", _AMP_PATH.sub("", path)).rstrip("/")
    read = _TO_PRINT.sub("", path)
    path = read if _OF_A_STORY.search(read) else path  # "/print" alone is the paper's own section
    query = "&".join(piece for piece in parts.query.split("&") if not _is_a_dress(piece))
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def site_of(url: str) -> str:
    """The host of an address without what only marks a duplicate of it: www, m, amp and the like."""
    host = _MOBILE_LABEL.sub(".", host_of(url))
    while duplicate := _DUPLICATE_HOST.match(host):
        host = host[duplicate.end() :]
    return host


def registrable_domain(host: str) -> str:
    """The domain that somebody registered, of a host: the last labels, by the list of public suffixes."""
    name = host.partition(":")[0].rstrip(".").lower()
    known = _suffixes()(name)
    if known.ipv4 or known.ipv6:
        return name
    return known.top_domain_under_public_suffix or ".".join(name.split(".")[-2:])


@cache
def _suffixes() -> TLDExtract:
    """The public suffix list as tldextract bundles it; never fetched."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)


def host_of(url: str) -> str:
    """The host of an address in small letters, with its port if it names one; "" if there is none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Scheme, host and port of an address: what one robots.txt is about."""
    return f"{url.partition('://')[0].lower()}://{host_of(url)}"


def _plain(parts: SplitResult) -> SplitResult | None:
    scheme = parts.scheme.lower()
    host = parts.netloc.rpartition("@")[2].lower().rstrip(".")
    if (
        scheme not in {"http", "https"}
        or not parts.hostname
        or re.search(r"[\s%<>\"\\^`{|}]", host)
    ):
        return None
    if parts.port == {"http": 80, "https": 443}[scheme] or host.endswith(":"):
        host = host.rpartition(":")[0]
    return SplitResult(scheme, host, parts.path or "/", parts.query, "")


def _out_of_amp_cache(parts: SplitResult) -> SplitResult | None:
    if parts.netloc.endswith(".cdn.ampproject.org"):
        found = _AMP_CACHE.fullmatch(parts.path)
    elif re.fullmatch(r"(?:www\.)?google\.[a-z.]+", parts.netloc):
        found = _AMP_VIEWER.fullmatch(parts.path)
    else:
        found = None
    if found is None:
        return parts
    query = f"?{parts.query}" if parts.query else ""
    return _plain(urlsplit(f"{'https' if found[1] else 'http'}://{found[2]}{query}"))


def _without_tracking(query: str) -> str:
    return "&".join(piece for piece in query.split("&") if piece and not _tracks(piece))


def _without_parameters(path: str, is_left_out: Callable[[str], bool]) -> str:
    """The path without those parameters of its steps (`;name=value`, RFC 3986, 3.3) that are left out."""
    if ";" not in path:
        return path
    steps = []
    for step in path.split("/"):
        own, *pieces = step.split(";")
        steps.append(";".join([own, *(piece for piece in pieces if not is_left_out(piece))]))
    return "/".join(steps)


def _is_session(piece: str) -> bool:
    name, _, value = piece.partition("=")
    return bool(_SESSION.fullmatch(name)) or (
        name.lower() in _MAY_BE_SESSIONS and bool(_LONG_SID.fullmatch(value))
    )


def _numbers_a_page(piece: str) -> bool:
    name, _, value = piece.partition("=")
    if _is_session(piece):
        return False
    if value:
        return bool(_NUMBERS_A_PAGE.fullmatch(name))
    return _NUMBERED.fullmatch(piece) is not None


def _tracks(piece: str) -> bool:
    if _is_session(piece):
        return True
    name, _, value = piece.partition("=")
    name = name.lower()
    if name in _TRACKING_UNLESS_NUMERIC:
        return not value.isdecimal()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _is_a_dress(piece: str) -> bool:
    """Whether a parameter asks for the same page in another dress, AMP for one."""
    name, _, value = piece.lower().partition("=")
    return name in _ANY_VALUE or value in _DRESSES.get(name, ())
