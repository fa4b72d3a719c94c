"""From what went wrong to a `Failure`: the stage and a reason that a reader understands.

Reasons hold no size, time or address that differs between two runs, so that they can be counted.
"""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from compare.datamodel import Failure, Stage
from crawlers.downloader.safety import PublicResolver, private_refusal
from crawlers.extract.readers import MachineError
from crawlers.options import CrawlOptions

if TYPE_CHECKING:
    from scrapy import Request
    from twisted.python.failure import Failure as TwistedFailure

    from crawlers.discovery.plan import PlannedPage

_GONE = {404, 410}


class RefusedError(IgnoreRequest):
    """A request that is not made, or an answer that is not taken: the reason is the message."""

    stage = Stage.FETCH


class RobotsRefusedError(RefusedError):
    """robots.txt says no, or cannot be read."""

    stage = Stage.ROBOTS


class DuplicateError(RefusedError):
    """The address led to a page that is read under another address."""


class RenderError(RefusedError):
    """A page could not be rendered in a browser."""

    stage = Stage.EXTRACT


class NotArchivedError(RefusedError):
    """A replay has no answer for this address."""


# What can happen to a download, by the name that an archive keeps it under.
_DOWNLOAD_ERRORS: dict[str, type[Exception]] = {
    error.__name__: error
    for error in (
        CannotResolveHostError,
        DownloadCancelledError,
        DownloadConnectionRefusedError,
        DownloadFailedError,
        DownloadTimeoutError,
        ResponseDataLossError,
        UnsupportedURLSchemeError,
        RenderError,
        RefusedError,
    )
}


# What runs out on this machine, and is no fault of any page or server.
_OURS = frozenset(
    getattr(errno, name)
    for name in (
        "EMFILE",
        "ENFILE",
        "ENOSPC",
        "EDQUOT",
        "ENOMEM",
        "EROFS",
        "EIO",
        "EACCES",
        "EFBIG",
    )
    if hasattr(errno, name)
)


def fault_of_ours(error: BaseException | None) -> str | None:
    """What this machine lacks, where that is why something failed: disk, memory, open files; else None."""
    seen = 0
    while error is not None and seen < 10:
        if isinstance(error, MachineError):
            return str(error)
        if isinstance(error, MemoryError):
            return "this machine has no memory left"
        cause = getattr(error, "osError", None) or error
        if isinstance(cause, OSError) and cause.errno in _OURS:
            return cause.strerror or str(cause)
        error, seen = error.__cause__ or error.__context__, seen + 1
    return None


def archived_name(error: Exception) -> str:
    """The name under which an archive keeps this kind of failed download."""
    return next(
        (name for name, known in _DOWNLOAD_ERRORS.items() if isinstance(error, known)),
        DownloadFailedError.__name__,
    )


def from_archived_name(name: str, message: str) -> Exception:
    """The error that an archive kept, to be raised again."""
    return _DOWNLOAD_ERRORS.get(name, DownloadFailedError)(message)


def explain(error: BaseException, url: str, options: CrawlOptions) -> tuple[Stage, str]:
    """The stage at which a request was lost, and why, in words."""
    if isinstance(error, RefusedError):
        return error.stage, str(error)
    if isinstance(error, HttpError):
        return Stage.FETCH, _status(error.response.status)
    if isinstance(error, CannotResolveHostError):
        refused = PublicResolver.refused.get(urlsplit(url).hostname or "")
        return Stage.FETCH, private_refusal(refused) if refused else "its host cannot be found"
    return Stage.FETCH, _download(error, options)


def _status(status: int) -> str:
    meanings = {
        401: "asks for a login",
        402: "asks for payment",
        403: "refuses us",
        404: "not found",
        410: "gone",
        429: "asks not to be asked so often",
        451: "withheld for legal reasons",
    }
    if status == 304:
        return "not modified (HTTP 304), and what it was before is not in the archive"
    if 300 <= status < 400:
        return f"redirects to nowhere that can be fetched (HTTP {status})"
    meaning = meanings.get(status) or ("server error" if status >= 500 else "no page")
    return f"{meaning} (HTTP {status})"


def _download(error: BaseException, options: CrawlOptions) -> str:
    if isinstance(error, DownloadTimeoutError):
        return f"no whole answer within {options.timeout:g} s"
    if isinstance(error, DownloadCancelledError) or "DOWNLOAD_MAXSIZE" in str(error):
        return f"larger than {options.largest / 1e6:g} MB"
    if isinstance(error, DownloadConnectionRefusedError):
        return "the connection was refused"
    if isinstance(error, ResponseDataLossError):
        return "the answer broke off"
    if isinstance(error, (DownloadFailedError, OSError)):
        return "the connection broke, or the answer is not HTTP"
    return f"could not be fetched ({type(error).__name__})"


def page_lost(page: PlannedPage, stage: Stage, reason: str, at: str | None) -> Failure:
    """The failure that a planned page became."""
    url = page.original or page.url
    return Failure(stage=stage, reason=reason, url=url, outlet=page.outlet, at=at)


def place_lost(url: str, reason: str) -> Failure:
    """The failure of a place that may have announced pages."""
    return Failure(stage=Stage.DISCOVERY, reason=reason, url=url)


def request_of(failed: TwistedFailure) -> Request:
    """The request that failed, which Scrapy hangs on the failure."""
    return cast("Request", cast("Any", failed).request)


def error_of(failed: TwistedFailure) -> BaseException:
    """What was raised."""
    return failed.value or RuntimeError("an error without a name")


def is_gone(error: BaseException | None) -> bool:
    """Whether a page, or its whole site, is there no more; refusals and faults are not that."""
    if isinstance(error, HttpError):
        return error.response.status in _GONE
    return isinstance(error, CannotResolveHostError)
