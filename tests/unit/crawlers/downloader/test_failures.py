"""What went wrong, in words that a reader understands and that can be counted."""

from __future__ import annotations

import pytest
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError

from compare.datamodel import Stage
from crawlers.downloader.failures import (
    NotArchivedError,
    RefusedError,
    RobotsRefusedError,
    archived_name,
    explain,
    from_archived_name,
)
from crawlers.downloader.safety import PublicResolver
from crawlers.options import CrawlOptions

URL = "https://a.example/story"
OPTIONS = CrawlOptions(timeout=30, largest=10_000_000)


def said(error: BaseException) -> tuple[Stage, str]:
    return explain(error, URL, OPTIONS)


@pytest.mark.parametrize(
    ("error", "stage", "words"),
    [
        (RobotsRefusedError("robots.txt disallows it"), Stage.ROBOTS, "robots.txt disallows it"),
        (RefusedError("redirects in a circle"), Stage.FETCH, "redirects in a circle"),
        (NotArchivedError("not in the archive"), Stage.FETCH, "not in the archive"),
        (DownloadTimeoutError("took 31.2 s"), Stage.FETCH, "no whole answer within 30 s"),
        (DownloadCancelledError("Received 10000007"), Stage.FETCH, "larger than 10 MB"),
        (IgnoreRequest("exceeded DOWNLOAD_MAXSIZE (1 B)"), Stage.FETCH, "larger than 10 MB"),
        (DownloadConnectionRefusedError("111"), Stage.FETCH, "the connection was refused"),
        (ResponseDataLossError(), Stage.FETCH, "the answer broke off"),
        (DownloadFailedError("reset"), Stage.FETCH, "the connection broke, or the answer is not HTTP"),
        (CannotResolveHostError("?"), Stage.FETCH, "its host cannot be found"),
        (KeyError("bug"), Stage.FETCH, "could not be fetched (KeyError)"),
    ],
)  # fmt: skip
def test_each_kind_of_trouble_has_its_words(error: Exception, stage: Stage, words: str) -> None:
    assert said(error) == (stage, words)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "refuses us (HTTP 403)"),
        (404, "not found (HTTP 404)"),
        (410, "gone (HTTP 410)"),
        (429, "asks not to be asked so often (HTTP 429)"),
        (418, "no page (HTTP 418)"),
        (503, "server error (HTTP 503)"),
        (302, "redirects to nowhere that can be fetched (HTTP 302)"),
    ],
)
def test_a_status_is_told_with_what_it_means(status: int, words: str) -> None:
    assert said(HttpError(Response(URL, status=status))) == (Stage.FETCH, words)


def test_a_name_of_an_inner_network_is_told_apart_from_one_that_does_not_exist(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(PublicResolver.refused, "a.example", "10.0.0.1")
    assert "private or local network" in said(CannotResolveHostError("?"))[1]


@pytest.mark.parametrize(
    "error",
    [
        DownloadTimeoutError("x"),
        DownloadCancelledError("x"),
        CannotResolveHostError("x"),
        DownloadConnectionRefusedError("x"),
        ResponseDataLossError("x"),
        DownloadFailedError("x"),
    ],
)
def test_a_failed_download_is_the_same_failure_when_it_is_replayed(error: Exception) -> None:
    again = from_archived_name(archived_name(error), str(error))
    assert type(again) is type(error)
    assert said(again) == said(error)


def test_an_error_that_no_archive_knows_is_a_failed_download() -> None:
    assert archived_name(OSError("x")) == "DownloadFailedError"
    assert isinstance(from_archived_name("SomethingElse", "x"), DownloadFailedError)
