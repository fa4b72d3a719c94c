"""The sample web: what it answers on loopback, and that its texts are what it says they are."""

from __future__ import annotations

import json
import re
import socket
import tomllib
import urllib.request
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from crawlers.registry.outlets import load_outlets
from parallax.sample.content import SampleOutlet, body_of, read_sample
from parallax.sample.web import SampleWeb

SAMPLE = read_sample()
OUTLETS = {outlet.slug: outlet for outlet in SAMPLE.outlets}
SLUGS = sorted(OUTLETS)


@pytest.fixture(scope="module")
def web() -> Iterator[SampleWeb]:
    with SampleWeb() as web:
        yield web


def fetch(
    url: str, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[HTTPResponse, str]:
    parts = urlsplit(url)
    assert parts.hostname
    connection = HTTPConnection(parts.hostname, parts.port, timeout=5)
    try:
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers=headers or {})
        response = connection.getresponse()
        charset = "utf-8" if "charset" in (response.getheader("Content-Type") or "") else "cp1252"
        return response, response.read().decode(charset)
    finally:
        connection.close()


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def plain(outlet: SampleOutlet, story: str) -> str:
    return re.sub(r"<[^>]+>", " ", body_of(outlet, outlet.story(story)))


def test_at_least_eight_outlets_each_on_a_port_of_its_own(web: SampleWeb) -> None:
    ports = {urlsplit(url).port for url in web.urls.values()}
    assert len(ports) == len(web.urls) >= 8


@pytest.mark.parametrize("slug", SLUGS)
def test_every_page_says_that_the_outlet_is_invented(web: SampleWeb, slug: str) -> None:
    pages = [web.urls[slug], web.urls[slug] + "nowhere"]
    pages += [web.address(slug, story.slug) for story in OUTLETS[slug].stories]
    for page in pages:
        assert f"{OUTLETS[slug].name} is an invented outlet" in fetch(page)[1]


@pytest.mark.parametrize("slug", SLUGS)
def test_a_feed_announces_every_story_at_an_address_that_answers(web: SampleWeb, slug: str) -> None:
    outlet = OUTLETS[slug]
    response, written = fetch(web.urls[slug] + outlet.feed_path[1:])
    assert response.status == HTTPStatus.OK
    root = ET.fromstring(written)
    announced = {each.text or each.get("href") for each in root.iter() if _is_article_link(each)}
    assert len(announced) == len(outlet.stories)
    statuses = {fetch(str(url))[0].status for url in announced}
    assert statuses == {story.status for story in outlet.stories}


def _is_article_link(element: ET.Element) -> bool:
    name = element.tag.rpartition("}")[2]
    if name == "link" and element.get("rel"):
        return element.get("rel") == "alternate"
    return name in {"link", "loc"} and len(urlsplit(element.text or "").path) > 1


@pytest.mark.parametrize("slug", SLUGS)
def test_links_of_a_page_lead_to_addresses_of_this_web(web: SampleWeb, slug: str) -> None:
    for story in OUTLETS[slug].stories:
        html = fetch(web.address(slug, story.slug))[1]
        assert "{{" not in html
        for link in re.findall(r'href="(http://127[^"]+)"', html):
            assert link.startswith(tuple(web.urls.values()))
            assert fetch(link)[0].status in {HTTPStatus.OK, HTTPStatus.SERVICE_UNAVAILABLE}


def test_the_registry_names_every_outlet_at_its_port(web: SampleWeb, tmp_path: Path) -> None:
    outlets = load_outlets(web.write_registry(tmp_path / "outlets.toml"))
    assert [outlet.name for outlet in outlets] == [outlet.name for outlet in SAMPLE.outlets]
    homes = {f"http://{outlet.domain}/" for outlet in outlets}
    assert homes == set(web.urls.values())
    assert len(tomllib.loads(web.registry)["outlet"]) == len(SAMPLE.outlets)


def test_the_failing_page_fails_and_the_paywalled_one_says_so(web: SampleWeb) -> None:
    failing = fetch(web.address("evening-signal", "russian-troop-planes"))[0]
    assert failing.status == HTTPStatus.SERVICE_UNAVAILABLE
    html = fetch(web.address("port-alder-gazette", "venezuelans-russian-planes"))[1]
    assert '"isAccessibleForFree": false' in html
    gazette = OUTLETS["port-alder-gazette"]
    assert body_of(gazette, gazette.story("venezuelans-russian-planes")).count("<p>") == 2


def test_metadata_blocks_are_json(web: SampleWeb) -> None:
    for slug, outlet in OUTLETS.items():
        for story in outlet.stories:
            html = fetch(web.address(slug, story.slug))[1]
            for block in re.findall(r'ld\+json">(.*?)</script>', html, re.DOTALL):
                assert json.loads(block)["@context"] == "https://schema.org"


def test_the_broadsheet_and_the_blog_run_the_agency_word_for_word() -> None:
    wire = plain(OUTLETS["meridian-wire"], "russian-planes-caracas").split("(Meridian) - ")[1]
    broadsheet = plain(OUTLETS["northgate-courier"], "planes-land-near-caracas")
    assert " ".join(words(wire)).startswith(" ".join(words(broadsheet)))
    blog = body_of(OUTLETS["lantern-post"], OUTLETS["lantern-post"].story("putin-troops-venezuela"))
    quoted = re.findall(r"<blockquote cite.*?</blockquote>", blog, re.DOTALL)[0]
    for paragraph in re.findall(r"<p>(.*?)</p>", quoted):
        assert paragraph in body_of(
            OUTLETS["meridian-wire"], OUTLETS["meridian-wire"].story("russian-planes-caracas")
        )


def test_a_head_request_has_no_body_and_a_known_tag_is_not_sent_again(web: SampleWeb) -> None:
    home = web.urls["meridian-wire"]
    response, body = fetch(home, "HEAD")
    assert response.status == HTTPStatus.OK
    assert body == ""
    tag = response.getheader("ETag")
    assert tag
    again, body = fetch(home, headers={"If-None-Match": tag})
    assert again.status == HTTPStatus.NOT_MODIFIED
    assert body == ""


def test_requests_are_noted_with_who_asked(web: SampleWeb) -> None:
    before = len(web.requests)
    fetch(web.urls["lantern-post"] + "robots.txt", headers={"User-Agent": "a tester"})
    asked = web.requests[before]
    assert (asked.outlet, asked.target) == ("lantern-post", "/robots.txt")
    assert (asked.method, asked.user_agent, asked.status) == ("GET", "a tester", HTTPStatus.OK)


def test_a_taken_port_means_other_ports_and_no_failure() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        base = taken.getsockname()[1]
        with SampleWeb(base_port=base) as web:
            assert all(urlsplit(url).port != base for url in web.urls.values())
            assert fetch(web.urls["meridian-wire"])[0].status == HTTPStatus.OK


def test_the_same_ports_give_the_same_bytes() -> None:
    with SampleWeb() as first:
        base = urlsplit(first.urls["meridian-wire"]).port
        address = first.address("lantern-post", "putin-troops-venezuela")
        one = fetch(address)[1]
        two = fetch(address)[1]
    assert base
    assert one == two


@pytest.mark.shared
def test_no_sentence_of_the_seed_is_in_the_sample(shared: Path) -> None:
    post = words((shared / "seed" / "post.txt").read_text(encoding="utf-8"))
    runs = {tuple(post[i : i + 8]) for i in range(len(post) - 7)}
    for outlet in SAMPLE.outlets:
        for story in outlet.stories:
            if story.status != HTTPStatus.OK:
                continue
            text = words(f"{story.title}. {plain(outlet, story.slug)}")
            ours = {tuple(text[i : i + 8]) for i in range(len(text) - 7)}
            assert not runs & ours, (outlet.slug, runs & ours)


def test_urllib_sees_a_closed_web_as_gone() -> None:
    with SampleWeb() as web:
        home = web.urls["meridian-wire"]
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(home, timeout=2)
