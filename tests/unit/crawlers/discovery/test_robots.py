from __future__ import annotations

from crawlers.discovery.found import FoundUrl, Leads
from crawlers.discovery.robots import found_urls

BASE = "https://ferrypost.example/robots.txt"


def test_sitemap_lines() -> None:
    body = (
        b"\xef\xbb\xbfUser-agent: *\nDisallow: /x\nSitemap: https://ferrypost.example/a.xml\r\n"
        b"  SITEMAP : /b.xml # news\nsitemap: https://ferrypost.example/a.xml\nSitemap: ftp://x/\n"
        b"Allow: /sitemap: /c.xml\n\xff\xfe\n"
    )
    found = list(found_urls(body, BASE))
    assert found == [
        FoundUrl("https://ferrypost.example/a.xml", source=BASE, leads=Leads.SITEMAP),
        FoundUrl("https://ferrypost.example/b.xml", source=BASE, leads=Leads.SITEMAP),
    ]
