"""What is new, as an Atom feed and as a page: one sentence an item, with the words before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from markupsafe import Markup

from compare.changes import NewsItem, NewsKind
from compare.codec import write_atomic
from templates.html.legible import legible
from templates.html.links import web
from templates.html.marks import Piece, changes
from templates.html.strings import english
from templates.html.times import spoken
from templates.press import environment

_ATOM = "http://www.w3.org/2005/Atom"
# Readers of feeds take the last weeks; the page has everything.
ENTRIES = 200
# The page of what is new lies beside the feed and the report.
_HREFS = {"feed": "feed.xml", "report": "report/index.html", "style": "report/assets/report.css"}
_QUOTE = Markup("<p>{}</p><blockquote>{}</blockquote>")


@dataclass(frozen=True, slots=True)
class Told:
    """An item with the time of the look that found it (ISO 8601), and an id that no later look gives another one."""

    id: str
    at: str
    item: NewsItem


@dataclass(frozen=True, slots=True)
class _Line:
    when: str
    sentence: str
    item: NewsItem
    worded: tuple[Piece, ...]


def sentence(item: NewsItem) -> str:
    """What the item says, made of its fields: "X added the number", "Y dropped the denial"."""
    say = english()
    if item.kind in {NewsKind.PUBLISHED, NewsKind.CORRECTION}:
        return say(f"news.told.{item.kind.name}", outlet=item.outlet, article=item.article)
    named = [say(f"news.part.{part.name}") for part in item.parts] or [say("news.part.none")]
    parts = say("list.and").join(filter(None, (say("list.comma").join(named[:-1]), named[-1])))
    return say(f"news.told.{item.kind.name}", outlet=item.outlet, parts=parts)


def write_news(
    out: Path, name: str, told: Sequence[Told], *, key: str, began: str, zone: tzinfo
) -> None:
    """Writes OUT/feed.xml and OUT/news.html, each whole or not at all; the latest items come first.

    `name` is what the event is called, `key` what it is known by for good, `began` the time of the first look.
    The page has its times in `zone`.
    """
    latest = sorted(told, key=lambda t: t.at, reverse=True)
    write_atomic(out / "feed.xml", feed(name, latest[:ENTRIES], key=key, began=began))
    write_atomic(out / "news.html", _page(name, latest, began, zone).encode())


def feed(name: str, told: Sequence[Told], *, key: str, began: str) -> bytes:
    """An Atom feed (RFC 4287) of the items, in their order."""
    say = english()
    root = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    _put(root, "title", say("news.title", event=name))
    _put(root, "id", uuid5(NAMESPACE_URL, f"parallax watch {key}").urn)
    _put(root, "updated", max([began, *(t.at for t in told)]))
    _put(etree.SubElement(root, f"{{{_ATOM}}}author"), "name", "Parallax")
    _put(root, "generator", "Parallax")
    for one in told:
        entry = etree.SubElement(root, f"{{{_ATOM}}}entry")
        _put(entry, "title", sentence(one.item))
        _put(entry, "id", uuid5(NAMESPACE_URL, f"parallax watch {key} {one.id}").urn)
        _put(entry, "updated", one.at)
        _put(entry, "published", one.at)
        if address := web(one.item.url):
            etree.SubElement(entry, f"{{{_ATOM}}}link", rel="alternate", href=address)
        _put(entry, "content", _quotes(one.item)).set("type", "html")
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _put(parent: etree._Element, name: str, text: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    made.text = legible(text)
    return made


def _quotes(item: NewsItem) -> str:
    say = english()
    words = ((say("changed.before"), item.old), (say("changed.after"), item.new))
    return str(Markup("").join(_QUOTE.format(label, text) for label, text in words if text))


def _page(name: str, told: Sequence[Told], began: str, zone: tzinfo) -> str:
    say = english()
    lines = [
        _Line(
            spoken(t.at, say, zone),
            sentence(t.item),
            t.item,
            changes(t.item.old, t.item.new) if t.item.old and t.item.new else (),
        )
        for t in told
    ]
    return (
        environment()
        .get_template("pages/news.html")
        .render(
            say=say,
            title=say("news.title", event=name),
            began=say("news.began", when=spoken(began, say, zone)),
            lines=lines,
            hrefs=_HREFS,
        )
    )
