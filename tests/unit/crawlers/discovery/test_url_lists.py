from __future__ import annotations

from compare.datamodel import Failure
from crawlers.discovery.found import FoundUrl
from crawlers.discovery.url_lists import found_urls


def test_a_list() -> None:
    body = b"""\xef\xbb\xbf# coverage of the strike
https://ferrypost.example/a?x=1#part   # by Ada
Ferry Post,https://ferrypost.example/b,2031-05-04

<https://ferrypost.example/c,d>
ferrypost.example/e
"""
    found = list(found_urls(body, "list.txt"))
    assert [one.url for one in found if isinstance(one, FoundUrl)] == [
        "https://ferrypost.example/a?x=1",
        "https://ferrypost.example/b",
        "https://ferrypost.example/c,d",
    ]
    (lost,) = (one for one in found if isinstance(one, Failure))
    assert "line 6" in lost.reason
    assert lost.url == "list.txt"


def test_lists_as_they_are_pasted() -> None:
    body = b"""Title;URL;Seen
Strike;https://ferrypost.example/a;yes
[the vote](https://ferrypost.example/b)
- see https://ferrypost.example/c
www.ferrypost.example/d
mailto:desk@ferrypost.example
"""
    found = list(found_urls(body, "list.csv"))
    assert [one.url.rpartition("/")[2] for one in found if isinstance(one, FoundUrl)] == [*"abcd"]
    (lost,) = (one for one in found if isinstance(one, Failure))
    assert "line 6" in lost.reason
