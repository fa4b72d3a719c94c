"""A file as Common Crawl's news crawl publishes them is read like the web that it was made from."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.integration.crawl.conftest import story_page

HTML = ("Content-Type", "text/html; charset=utf-8")
GZIP = ("Content-Encoding", "gzip")
MERCURY, GAZETTE = "https://www.mercury.example", "https://gazette.example"


class NewsCrawl:
    """Writes a WARC file of the shape of CC-NEWS: warcinfo, then answers without their requests."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self._warc = WARCWriter(self._file, gzip=True, warc_version="1.0")
        about = {
            "software": "StormCrawler 1.13 http://stormcrawler.net/",
            "description": "News crawl",
            "http-header-user-agent": "newsbot/1.0",
            "robots": "checked via crawler-commons",
            "format": "WARC File Format 1.0",
        }
        self._warc.write_record(self._warc.create_warcinfo_record(path.name, about))

    def answer(
        self,
        url: str,
        body: bytes | str,
        *headers: tuple[str, str],
        status: str = "200 OK",
        at: str = "2019-03-24T10:00:00Z",
    ) -> str:
        raw = body.encode() if isinstance(body, str) else body
        about = {"WARC-Date": at, "WARC-IP-Address": "192.0.2.7"}
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        record = self._warc.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(raw),
            length=len(raw),
            http_headers=http,
            warc_headers_dict=about,
        )
        self._warc.write_record(record)
        return url

    def close(self) -> None:
        self._file.close()


def crawled(tmp_path: Path, *options: str) -> tuple[dict[str, Any], dict[str, Any], bytes]:
    """What `parallax crawl` makes of the file: articles and failures by address, and all of it."""
    registry = tmp_path / "outlets.toml"
    registry.write_text(
        "\n".join(
            f'[[outlet]]\nname = "{name}"\ndomain = "{name.lower()}.example"\nfeeds = ["https://{name.lower()}.example/feed"]\n'
            for name in ("Mercury", "Gazette", "Courier")
        )
    )
    files = [
        part for path in sorted(tmp_path.glob("*.warc.gz")) for part in ("--from-archive", path)
    ]
    child = subprocess.run(
        [
            *(sys.executable, "-m", "parallax", "crawl", "--outlets", str(registry), "--only"),
            *("--about", "council harbour bridge", "--from", "2019-03-23", "--to", "2019-03-26"),
            *("--out", str(tmp_path / "out"), *map(str, files), *options),
        ],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    raw = (tmp_path / "out" / "articles.jsonl").read_bytes()
    rows = [json.loads(line) for line in raw.splitlines()]
    kinds = ("article", "failure")
    articles, failures = ({r["url"]: r for r in rows if r["type"] == kind} for kind in kinds)
    return articles, failures, raw


def test_a_file_of_cc_news_is_read(tmp_path: Path) -> None:
    news = NewsCrawl(tmp_path / "CC-NEWS-20190324100000-00001.warc.gz")
    kept = ("X-Crawl-Content-Encoding", "gzip"), ("X-Crawl-Transfer-Encoding", "chunked")
    chunked = ("Transfer-Encoding", "chunked")
    page = story_page
    deflated = zlib.compress(page("Farley").encode())
    good = [
        news.answer(f"{MERCURY}/renamed", page("Ashby"), HTML, *kept),
        news.answer(f"{MERCURY}/chunked", page("Barrow"), HTML, chunked),
        news.answer(f"{MERCURY}/packed", gzip.compress(page("Calder").encode()), HTML, GZIP),
        news.answer(f"{GAZETTE}/unpacked", page("Dover"), HTML, GZIP, chunked),
        news.answer(f"{GAZETTE}/brotli", "\n" + page("Elm"), HTML, ("Content-Encoding", "br")),
        news.answer(f"{GAZETTE}/deflate", deflated, HTML, ("content-encoding", "deflate")),
        news.answer(f"{GAZETTE}/latin", page("Château").encode("latin-1"), ("Content-Type", "text/html")),
        news.answer(f"{GAZETTE}/no-reason", page("Hove"), HTML, status="200"),
        news.answer(f"{GAZETTE}/?id=7&utm_source=rss", page("Ilford"), HTML),
    ]  # fmt: skip
    news.answer(f"{GAZETTE}/again", page("Jarrow, at first"), HTML, at="2019-03-24T08:00:00Z")
    lost = {
        news.answer(f"{MERCURY}/gone", "gone", HTML, status="404 Not Found"): "not found",
        news.answer(f"{MERCURY}/busy", "busy", HTML, status="503 Busy"): "server error",
        news.answer(f"{MERCURY}/paper", b"%PDF-1.7", ("Content-Type", "application/pdf")): "a PDF",
        news.answer(f"{MERCURY}/data", '{"a": 1}', ("Content-Type", "application/json")): "JSON",
        news.answer(f"{MERCURY}/empty", "", HTML): "empty",
    }
    news.answer("https://elsewhere.example/story", page("Kendal"), HTML)
    news.close()
    more = NewsCrawl(tmp_path / "CC-NEWS-20190324110000-00002.warc.gz")
    good.append(more.answer(f"{GAZETTE}/again", page("Jarrow"), HTML, at="2019-03-24T11:00:00Z"))
    good.append(more.answer("https://courier.example/luton", page("Luton"), HTML))
    more.close()

    articles, failures, raw = crawled(tmp_path)
    assert set(articles) == {url.replace("&utm_source=rss", "") for url in good}
    assert set(failures) == set(lost)
    for url, why in lost.items():
        assert why in failures[url]["reason"]
    assert "Château" in articles[f"{GAZETTE}/latin"]["title"]
    assert articles[f"{GAZETTE}/unpacked"]["fetched_at"] == "2019-03-24T10:00:00+00:00"
    assert {row["outlet"] for row in articles.values()} == {"Mercury", "Gazette", "Courier"}
    assert crawled(tmp_path)[2] == raw
