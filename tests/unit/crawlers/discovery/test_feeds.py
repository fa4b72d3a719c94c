from __future__ import annotations

import gzip
import time

import pytest

from compare.datamodel import Failure, Stage
from crawlers.discovery.feeds import found_urls
from crawlers.discovery.found import FoundUrl

BASE = "https://ferrypost.example/feed"

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"
     xmlns:dc="http://purl.org/dc/elements/1.1/"
     xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Ferry Post</title><link>https://ferrypost.example/</link>
<item>
  <media:title>a picture</media:title>
  <title>Two &amp;amp; three: harbour&nbsp;opens &lt;b&gt;late&lt;/b&gt;</title>
  <link>/2031/05/04/harbour?utm_source=rss&amp;id=7</link>
  <pubDate>Sun, 04 May 2031 14:05:00 EST</pubDate>
  <dc:creator><![CDATA[Ada Moor]]></dc:creator>
  <description>short</description>
  <content:encoded><![CDATA[<p>Ten & <b>more</b></p>]]></content:encoded>
</item>
<item><guid>https://ferrypost.example/2</guid><description>only a teaser</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/sub/">
<entry>
  <title type="html">&lt;i&gt;Tide&lt;/i&gt; rises</title>
  <link rel="self" href="self"/><link href="story"/>
  <author><name>Bo Lane</name></author>
  <published>2031-05-04T00:00:00Z</published><updated>2031-05-05T10:00:00+02:00</updated>
  <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">abc <b>d</b></div></content>
</entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://ferrypost.example/"><title>c</title></channel>
<item rdf:about="https://ferrypost.example/3"><title>Third</title><dc:date>2031-05-04</dc:date></item>
</rdf:RDF>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Ferry Post", "items": [
 {"id": "1", "url": "/4", "title": "Fourth", "date_published": "2031-05-04T10:00:00Z",
  "date_modified": "2031-05-05T10:00:00Z", "content_text": "one two", "language": "en",
  "authors": [{"name": "Cy Reed"}]},
 {"id": "https://ferrypost.example/5", "title": 5},
 {"title": "lost"}, 7]}"""


def urls(body: str | bytes) -> list[FoundUrl]:
    data = body.encode() if isinstance(body, str) else body
    return [found for found in found_urls(data, BASE) if isinstance(found, FoundUrl)]


def failures(body: str | bytes) -> list[Failure]:
    data = body.encode() if isinstance(body, str) else body
    return [found for found in found_urls(data, BASE) if isinstance(found, Failure)]


def test_rss() -> None:
    first, second = urls(RSS)
    assert first == FoundUrl(
        url="https://ferrypost.example/2031/05/04/harbour?id=7",
        title="Two & three: harbour opens late",
        published="2031-05-04T14:05:00-05:00",
        source=BASE,
        authors=("Ada Moor",),
        body=len("Ten & more"),
        teaser=False,
    )
    assert (second.url, second.title, second.teaser) == ("https://ferrypost.example/2", None, True)
    assert failures(RSS) == []


def test_atom() -> None:
    (found,) = urls(ATOM)
    assert found.url == "https://other.example/sub/story"
    assert found.title == "Tide rises"
    assert found.published == "2031-05-04T00:00:00+00:00"
    assert found.modified == "2031-05-05T10:00:00+02:00"
    assert (found.authors, found.body, found.teaser) == (("Bo Lane",), 5, False)


def test_rdf() -> None:
    (found,) = urls(RDF)
    assert (found.url, found.title, found.published) == (
        "https://ferrypost.example/3",
        "Third",
        "2031-05-04",
    )


def test_json_feed() -> None:
    first, second = urls(JSON_FEED)
    assert (first.url, first.title, first.authors) == (
        "https://ferrypost.example/4",
        "Fourth",
        ("Cy Reed",),
    )
    assert (first.published, first.modified) == (
        "2031-05-04T10:00:00+00:00",
        "2031-05-05T10:00:00+00:00",
    )
    assert (second.url, second.title) == ("https://ferrypost.example/5", None)
    assert len(failures(JSON_FEED)) == 2


def test_a_feed_in_gzip() -> None:
    assert urls(gzip.compress(RSS.encode())) == urls(RSS)


@pytest.mark.parametrize("charset", ["utf-8-sig", "utf-16", "iso-8859-1", "windows-1252"])
def test_charsets(charset: str) -> None:
    text = RSS.replace("UTF-8", charset.removesuffix("-sig")).replace("harbour&nbsp;", "café ")
    assert urls(text.encode(charset))[0].title == "Two & three: café opens late"


def test_an_undeclared_charset_is_the_one_of_windows() -> None:
    text = RSS.replace('encoding="UTF-8"', "").replace("harbour&nbsp;", "“café” ")
    assert urls(text.encode("cp1252"))[0].title == "Two & three: “café” opens late"


def test_junk_before_the_document_and_bare_ampersands() -> None:
    text = "Warning: something\n" + RSS.replace("Two &amp;amp; three", "Salt & Sons, R&D")
    assert urls(text)[0].title == "Salt & Sons, R&D: harbour opens late"


def test_broken_xml_gives_what_it_can_and_says_so() -> None:
    cut = RSS[: RSS.index("<guid>") + len("<guid>https://ferrypost.exam")]
    assert [found.url for found in urls(cut)] == [urls(RSS)[0].url]
    (failure,) = failures(cut)
    assert failure.stage is Stage.DISCOVERY
    assert failure.url == BASE
    assert failure.reason == "breaks off in the middle of an entry"


CASES = "https://paper.example"
BROKEN = f"""<?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>
<item><title>First</title><link>{CASES}/1</link><media:content url="https://img.example/a.jpg"></item>
<item><title>Sec&ond < third</title><link>{CASES}/2</link><description><![CDATA[<item>]]></description></item>
<!-- <item><link>{CASES}/none</link></item> --><item><title>Never closed</title><link>{CASES}/3</link>
<item><link>{CASES}/4</link></item></channel></rss>"""


def test_entries_behind_an_error_are_read() -> None:
    assert [found.url for found in urls(BROKEN)] == [f"{CASES}/{n}" for n in (1, 2, 3, 4)]
    (failure,) = failures(BROKEN)
    assert failure.reason == "broken XML"


def test_entries_far_behind_an_error_are_read_and_none_twice() -> None:
    """The parser reads in stretches: those before the error come from it, the rest one by one."""
    items = [f"<item><title>{'x' * 300}</title><link>{CASES}/{n}</link></item>" for n in range(900)]
    items[500] = items[500].replace("</link>", "")
    body = f"<rss><channel>{''.join(items)}</channel></rss>"
    assert [found.url for found in urls(body)] == [f"{CASES}/{n}" for n in range(900)]


@pytest.mark.parametrize(
    "before",
    [
        "<br />\n<b>Warning</b>: something in <b>feed.php</b><br />\n",
        "\n\n",
        "Notice: undefined\n",
        "<!-- cached -->\n",
        "<script>var a = 1;</script>",
    ],
)
def test_a_feed_begins_at_its_root_element(before: str) -> None:
    assert urls(before + RSS) == urls(RSS)


def test_the_page_is_chosen_among_what_an_entry_links_to() -> None:
    links = [
        f"<link rel='alternate' type='application/json' href='{CASES}/api/7.json'/>",
        f"<link rel='alternate' type='image/jpeg' href='{CASES}/7.jpg'/>",
        f"<link rel='enclosure' href='{CASES}/7.mp3'/><link rel='self' href='{CASES}/self'/>",
        f"<link rel='http://www.iana.org/assignments/relation/alternate' type='text/html' href='{CASES}/7'/>",
    ]
    for order in (links, links[::-1]):
        body = f"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{''.join(order)}</entry></feed>"
        assert [found.url for found in urls(body)] == [f"{CASES}/7"]


def test_a_picture_is_no_entry() -> None:
    body = f"<rss><channel><item><link>{CASES}/a.jpg</link><guid>{CASES}/a</guid></item></channel></rss>"
    assert [found.url for found in urls(body)] == [f"{CASES}/a"]


def test_prefixes_that_are_not_declared_are_known() -> None:
    body = f"""<rss><channel><item><media:title>Picture</media:title><title>Story</title>
    <dc:creator>Ada Moor</dc:creator><dc:date>2024-03-12</dc:date><link>{CASES}/1</link></item></channel></rss>"""
    (found,) = urls(body)
    assert (found.title, found.authors, found.published) == ("Story", ("Ada Moor",), "2024-03-12")


def test_reasons_hold_nothing_of_the_page() -> None:
    bodies = [
        "<zebra><item/></zebra>",
        "<rss><item><title>zebra</title></item></rss>",
        "<rss><zebra></item>",
        '{"items": [{"title": "zebra"}]}',
        '{"zebra": nonsense',
        "zebra",
    ]
    for body in bodies:
        assert all("zebra" not in failure.reason for failure in failures(body))


@pytest.mark.cost
def test_json_feeds_have_an_end() -> None:
    body = '{"items": [' + ",".join(['{"url": "/a"}'] * 60_000) + "]}"
    found = list(found_urls(body.encode(), BASE))
    assert sum(isinstance(one, FoundUrl) for one in found) == 50_000
    (cut,) = (one for one in found if isinstance(one, Failure))
    assert "more entries" in cut.reason


def test_an_entry_without_an_address_is_counted() -> None:
    (failure,) = failures("<rss><channel><item><title>Lost</title></item></channel></rss>")
    assert failure.reason == "an entry without an address"


@pytest.mark.parametrize(
    "body",
    ["", "   ", "plain words", "<html><body>Not found</body></html>", "{", '{"a": 1}', "[" * 5_000],
)
def test_what_is_no_feed_is_said(body: str) -> None:
    assert urls(body) == []
    assert len(failures(body)) == 1


def test_a_doctype_is_ignored_and_no_entity_is_expanded() -> None:
    doctype = (
        '<!DOCTYPE rss [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY a "lol">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
        + ' <!ENTITY tricky "]]"> ]>'
    )
    text = RSS.replace("<rss ", f"{doctype}<rss ", 1).replace("harbour&nbsp;", "&file;&a8;")
    title = urls(text)[0].title
    assert title is not None
    assert "root:" not in title
    assert "lol" not in title
    assert len(title) < 60


def test_an_entry_of_endless_parts_is_refused() -> None:
    body = "<rss><channel><item>" + "<x/>" * 6_000 + "</item></channel></rss>"
    assert urls(body) == []
    assert "honest" in failures(body)[0].reason


@pytest.mark.cost
@pytest.mark.timeout(30)
@pytest.mark.parametrize(
    "unit",
    [
        "<",
        "&",
        "]",
        "] ",
        "<!DOCTYPE r [",
        "<![CDATA[",
        "<a>",
        "<item>",
        "<rss><item><title><",
        "&a",
    ],
)
def test_no_repetition_is_slow(unit: str) -> None:
    head = "<!DOCTYPE r [" if unit.startswith("]") else ""
    assert urls(head + unit * (200_000 // len(unit))) == []


@pytest.mark.cost
@pytest.mark.usefixtures("untraced")
def test_a_feed_made_to_cost_costs_less_than_five_seconds() -> None:
    attributes = " ".join(f"a{n}='b'" for n in range(900_000))
    entry = "<item><title>The weir</title><link>https://l.example/a/{}</link><pubDate>Tue, 12 Mar 2024 10:00:00 GMT</pubDate></item>"
    for content, why in (
        (f"<item {attributes}><link>https://l.example/a</link></item>", "attributes"),
        ("".join(entry.format(n) for n in range(80_000)), "more entries"),
    ):
        body = f"<rss><channel>{content}</channel></rss>".encode()
        started = time.process_time()
        assert why in failures(body)[0].reason
        assert time.process_time() - started < 5


def of_item(parts: str) -> list[str]:
    body = f'<rss version="2.0"><channel><item><title>A</title>{parts}</item></channel></rss>'
    return [entry.url for entry in found_urls(body.encode(), BASE) if isinstance(entry, FoundUrl)]


@pytest.mark.parametrize(
    "parts",
    [
        "<link/>https://ferrypost.example/a",
        "<link>ferrypost.example/a</link>",
        "<link>https://ferrypost.example\n   /a\n</link>",
        '<guid isPermaLink="false">https://ferrypost.example/a</guid>',
        '<link>https://ferrypost.example/p.jpg?w=300</link><guid isPermaLink="False">https://ferrypost.example/a</guid>',
        '<link rel="self" href="https://ferrypost.example/e/1"/><id>https://ferrypost.example/a</id>',
    ],
)
def test_an_address_is_read_however_the_entry_writes_it(parts: str) -> None:
    assert of_item(parts) == ["https://ferrypost.example/a"]


def test_a_permanent_link_goes_before_an_identifier() -> None:
    parts = '<guid isPermaLink="false">https://ferrypost.example/?p=1</guid><guid>https://ferrypost.example/a</guid>'
    assert of_item(parts) == ["https://ferrypost.example/a"]


@pytest.mark.parametrize(
    "root",
    [
        '<feed xmlns="https://www.w3.org/2005/Atom/">{}</feed>',
        "<atom:feed>{}</atom:feed>",
        'Warning: no <feed here\n<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom">{}</feed>',
    ],
)
def test_a_namespace_written_otherwise_is_the_same(root: str) -> None:
    entry = (
        '<entry><title>A</title><link href="/a"/><updated>2031-05-04T10:00:00Z</updated></entry>'
    )
    (found,) = found_urls(root.format(entry).encode(), BASE)
    assert isinstance(found, FoundUrl)
    assert (found.url, found.modified) == (
        "https://ferrypost.example/a",
        "2031-05-04T10:00:00+00:00",
    )


def test_an_rdf_item_is_found_by_its_name_without_a_declaration() -> None:
    body = (
        b'<rdf:RDF><item rdf:about="https://ferrypost.example/a"><title>A</title></item></rdf:RDF>'
    )
    (found,) = found_urls(body, BASE)
    assert isinstance(found, FoundUrl)
    assert found.url == "https://ferrypost.example/a"
