from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from compare.errors import RegistryError
from crawlers.registry.outlets import (
    BUNDLED,
    OutletKind,
    Source,
    SourceKind,
    chosen,
    load_outlets,
    outlet_of,
    unlisted_outlet,
)

GOOD = """
[[outlet]]
name = "The Ferry Post"
domain = "ferrypost.example"
aliases = ["ferrypost.test"]
country = "IE"
kind = "local"
feeds = ["https://ferrypost.example/rss.xml"]
news_sitemaps = ["https://ferrypost.example/news.xml"]
searches = ["https://ferrypost.example/find?q={words}&from={start}"]

[[outlet]]
name = "Harbour Wire"
domain = "harbour.example"
"""


def write(folder: Path, text: str, name: str = "outlets.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_what_is_written(tmp_path: Path) -> None:
    ferry, harbour = load_outlets(write(tmp_path, GOOD))
    assert (ferry.name, ferry.domain, ferry.aliases) == (
        "The Ferry Post",
        "ferrypost.example",
        ("ferrypost.test",),
    )
    assert (ferry.country, ferry.language, ferry.kind) == ("IE", "en", OutletKind.LOCAL)
    assert set(ferry.sources) == {
        Source(SourceKind.FEED, "https://ferrypost.example/rss.xml"),
        Source(SourceKind.NEWS_SITEMAP, "https://ferrypost.example/news.xml"),
        Source(SourceKind.SEARCH, "https://ferrypost.example/find?q={words}&from={start}"),
    }
    assert ferry.home == "https://ferrypost.example/"
    assert harbour.sources == (Source(SourceKind.HOME, "https://harbour.example/"),)


def test_a_host_on_a_port_is_reached_by_http(tmp_path: Path) -> None:
    (outlet,) = load_outlets(write(tmp_path, '[[outlet]]\ndomain = "127.0.0.1:8123"\n'))
    assert outlet.home == "http://127.0.0.1:8123/"
    assert outlet.name == "127.0.0.1:8123"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('[[outlet]]\nname = "No Host"\n', 1, "no domain"),
        ('[[outlet]]\ndomain = "a.example"\n\n[[outlet]]\ndomain = "a.example"\n', 5, "line 1"),
        ('[[outlet]]\ndomain = "a.example"\nfeed = []\n', 3, "did you mean feeds?"),
        ('[[outlet]]\ndomain = "a.example"\nzzz = 1\n', 3, "use one of"),
        ('[[outlet]]\ndomain = "https://a.example/"\n', 2, "bare host"),
        ("[[outlet]]\ndomain = 7\n", 2, "quotation marks"),
        ('[[outlet]]\ndomain = "a.example"\nfeeds = "https://a.example/f"\n', 3, "a list"),
        ('[[outlet]]\ndomain = "a.example"\nfeeds = ["/f"]\n', 3, "whole address"),
        ('[[outlet]]\ndomain = "a.example"\nfeeds = ["ftp://a.example/f"]\n', 3, "whole address"),
        (
            '[[outlet]]\ndomain = "a.example"\nfeeds = [\n  "https://a.example/f",\n  3,\n]\n',
            3,
            "3",
        ),
        ('[[outlet]]\ndomain = "a.example"\nkind = "gazette"\n', 3, "broadsheet"),
        ('[[outlet]]\ndomain = "a.example"\ncountry = "Ireland"\n', 3, "two capitals"),
        ('[[outlet]]\ndomain = "a.example"\nchecked = "yesterday"\n', 3, "a month"),
        ('[[outlet]]\ndomain = "a.example"\nsearches = ["https://a.example/?q="]\n', 3, "{words}"),
        (
            '[[outlet]]\ndomain = "a.example"\nsearches = ["https://a.example/{words}{x}"]\n',
            3,
            "{x}",
        ),
        ('[[outlet]]\ndomain = "a.example"\nskip = "yes"\n', 3, "true or false"),
        ('owner = "nobody"\n[[outlet]]\ndomain = "a.example"\n', 1, "does not belong"),
        ('[outlet]\ndomain = "a.example"\n', 1, "[[outlet]]"),
        (
            '[[outlet]]\ndomain = "a.example"\n[[outlet]]\ndomain = "b.example"\naliases = ["a.example"]\n',
            5,
            "belongs to a.example",
        ),
        ('[[outlet]]\ndomain = "a.example"\naliases = ["a.example"]\n', 3, "belongs to a.example"),
        ('[[outlet]]\nname = """\n[[outlet]]\n"""\ndomain = "a b"\n', 5, "bare host"),
    ],
)
def test_says_where_and_what_to_do(tmp_path: Path, text: str, line: int, says: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(RegistryError) as raised:
        load_outlets(path)
    assert str(raised.value).startswith(f"{path}, line {line}: ")
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [("", "lists no outlet"), ("outlet = [\n", "not valid TOML"), ("[[outlet]", "line 1")],
)
def test_says_what_is_wrong_with_the_file(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RegistryError, match=says):
        load_outlets(write(tmp_path, text))


def test_names_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match=r"none\.toml cannot be read"):
        load_outlets(tmp_path / "none.toml")
    broken = tmp_path / "latin.toml"
    broken.write_bytes(b'[[outlet]]\nname = "caf\xe9"\n')
    with pytest.raises(RegistryError, match="not UTF-8"):
        load_outlets(broken)


def test_a_later_file_adds_overrides_and_takes_out(tmp_path: Path) -> None:
    own = write(
        tmp_path,
        '[[outlet]]\ndomain = "ferrypost.example"\nfeeds = ["https://ferrypost.example/2.xml"]\n'
        '[[outlet]]\ndomain = "harbour.example"\nskip = true\n'
        '[[outlet]]\ndomain = "quay.example"\n',
        "own.toml",
    )
    ferry, quay = load_outlets(write(tmp_path, GOOD), own)
    assert (ferry.name, ferry.country) == ("The Ferry Post", "IE")
    assert [s.url for s in ferry.sources if s.kind is SourceKind.FEED] == [
        "https://ferrypost.example/2.xml"
    ]
    assert SourceKind.NEWS_SITEMAP in {source.kind for source in ferry.sources}
    assert quay.domain == "quay.example"


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.ferrypost.example/a", "ferrypost.example"),
        ("https://ferrypost.test/a", "ferrypost.example"),
        ("https://m.news.harbour.example:443/a", "harbour.example"),
        ("https://notharbour.example/a", None),
        ("https://harbour.example.evil.test/a", None),
        ("not an address", None),
    ],
)
def test_finds_the_owner_of_an_address(tmp_path: Path, url: str, domain: str | None) -> None:
    owner = outlet_of(url, load_outlets(write(tmp_path, GOOD)))
    assert (owner and owner.domain) == domain


def test_some_of_a_registry() -> None:
    outlets = load_outlets()
    irish = chosen(outlets, countries=["ie"])
    assert {outlet.country for outlet in irish} == {"IE"}
    tabloids = chosen(outlets, countries=["IE", "GB"], kinds=["tabloid"])
    assert {outlet.kind for outlet in tabloids} == {OutletKind.TABLOID}
    assert {outlet.country for outlet in tabloids} == {"IE", "GB"}
    assert [outlet.name for outlet in chosen(outlets, named=["npr.org", "reuters"])] == [
        "Reuters",
        "NPR",
    ]
    assert chosen(outlets) == outlets


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"named": ["Reuter"]}, "name reuter. Did you mean reuters"),
        ({"kinds": ["gazette"]}, "kind gazette"),
        ({"countries": ["QQ"]}, "country QQ"),
        ({"countries": ["IE"], "kinds": ["wire"]}, "Ask for less"),
    ],
)
def test_nothing_of_a_registry(asked: dict[str, list[str]], says: str) -> None:
    with pytest.raises(RegistryError, match=says):
        chosen(load_outlets(), **asked)


def test_an_unlisted_outlet_is_named_after_its_host() -> None:
    outlet = unlisted_outlet("https://www.Some.Example/a?b")
    assert (outlet.name, outlet.domain, outlet.sources) == ("some.example", "some.example", ())


def test_the_bundled_registry_is_sound() -> None:
    outlets = load_outlets()
    assert outlets == load_outlets(BUNDLED)
    assert len(outlets) >= 80
    for outlet in outlets:
        assert outlet.country, outlet.name
        assert outlet.kind is not OutletKind.OTHER, outlet.name
        assert outlet.sources, outlet.name
        assert all(source.url.startswith("https://") for source in outlet.sources), outlet.name
    hosts = Counter(host for outlet in outlets for host in (outlet.domain, *outlet.aliases))
    assert hosts.most_common(1)[0][1] == 1
    names = Counter(outlet.name for outlet in outlets)
    assert names.most_common(1)[0][1] == 1
    sources = Counter(source.url for outlet in outlets for source in outlet.sources)
    assert sources.most_common(1)[0][1] == 1


def test_the_bundled_registry_is_broad() -> None:
    outlets = load_outlets()
    assert {kind for kind in OutletKind if kind is not OutletKind.OTHER} == {
        outlet.kind for outlet in outlets
    }
    per_country = Counter(outlet.country for outlet in outlets)
    assert all(per_country[code] >= 5 for code in ("US", "GB", "CA", "AU", "IE", "IN"))
    assert sum(outlet.kind is OutletKind.PUBLIC_BROADCASTER for outlet in outlets) >= 10
    assert sum(outlet.kind is OutletKind.WIRE for outlet in outlets) >= 5
