"""A folder of saved pages: whose page each is, by its own address or by the folder that it is in."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING

from compare.datamodel import Failure, Stage
from compare.kinds import Cause
from crawlers.extract.pool import PAGE_SECONDS, PageJob
from crawlers.extract.saved import address_of
from parallax.intake.tables import Owner, Taken

if TYPE_CHECKING:
    from crawlers.extract.pool import ExtractPool

KINDS = (".html", ".htm", ".xhtml", ".html.gz", ".htm.gz")
_AHEAD = 4  # pages whose address is being looked for, for each worker
# A folder of a mirrored site, as wget names it.
_HOST = re.compile(r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}", re.IGNORECASE)


def page_row(file: Path, root: Path, stated: str | None, owner: Owner) -> Taken:
    """A saved page as a job, or as a failure where nothing says whose it is.

    `stated` is the address that the page itself has. Without one, a first folder under `root` that is a
    host makes the address, and one with another name is the outlet.
    """
    inside = file.relative_to(root) if file.is_relative_to(root) else Path(file.name)
    first = inside.parts[0] if len(inside.parts) > 1 else ""
    if stated is None and _HOST.fullmatch(first):
        stated = f"https://{inside.as_posix()}".removesuffix("/index.html")
    if stated is not None:
        return Taken(PageJob(url=stated, outlet=owner(stated), body=file))
    if first:
        return Taken(PageJob(url="", outlet=first, body=file))
    return Taken(
        Failure(
            stage=Stage.READ,
            cause=Cause.BAD_ROW,
            reason=f"{inside} does not say where it is from: put it into a folder called like its outlet",
        )
    )


def page_rows(
    files: Sequence[tuple[Path, Path]], owner: Owner, pool: ExtractPool
) -> Iterator[Taken]:
    """Each saved page, given with the folder that it was found in; looked into in the pool's processes."""
    waiting: deque[tuple[Path, Path, Future[str | None]]] = deque()

    def first() -> Taken:
        file, root, looked = waiting.popleft()
        # What cannot be looked into here cannot be read either, and then says why.
        stated = looked.result() if looked.exception() is None else None
        return page_row(file, root, stated, owner)

    for file, root in files:
        waiting.append((file, root, pool.run(address_of, file, seconds=PAGE_SECONDS)))
        if len(waiting) > _AHEAD * pool.workers:
            yield first()
    while waiting:
        yield first()
