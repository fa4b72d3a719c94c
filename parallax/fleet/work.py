"""What is done with a unit, in whichever process: the same unit gives the same bytes everywhere."""

from __future__ import annotations

import socket
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.codec import Row, encode_comparison
from compare.datamodel import Event
from compare.errors import InputError
from parallax.environment import cache_folder, prefer_offline
from parallax.intake.files import Source, digest_of, rows_of
from parallax.library import compare_articles, this_run
from parallax.stores.store import article_of

if TYPE_CHECKING:
    from compare.embedding.encoder import Encoder, Vector
    from crawlers.registry.outlets import Outlet


@dataclass(frozen=True, slots=True)
class FileUnit:
    """A file to be read: where it is, what its bytes hash to, and the outlets that are known."""

    source: Source
    digest: str
    outlets: tuple[Outlet, ...]

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.source.path)


@dataclass(frozen=True, slots=True)
class ArticlesUnit:
    """Articles to be encoded, as lines of articles.jsonl; the number of the first one is its name."""

    first: int
    articles: tuple[bytes, ...]

    @property
    def name(self) -> str:
        """Says which articles these are."""
        return f"articles {self.first} to {self.first + len(self.articles) - 1}"


@dataclass(frozen=True, slots=True)
class EventUnit:
    """An event to be compared: its id, its articles as lines of articles.jsonl, and what they hash to."""

    event: str
    inputs: str
    articles: tuple[bytes, ...]

    @property
    def name(self) -> str:
        """Its id."""
        return f"event {self.event}"


def read_file(unit: FileUnit) -> list[Row]:
    """The articles and failures in a file, each page read in a process beside this one.

    Raises InputError where the file is not there, or is another one: on another machine the path may
    lead elsewhere, and that is no failure of the file.
    """
    from crawlers.extract.pool import ExtractPool

    path, machine = unit.source.path, socket.gethostname()
    if not path.exists():
        raise InputError(f"{machine} has no {path}: put the files where every machine has them.")
    if digest_of(path) != unit.digest:
        raise InputError(f"{path} is another file on {machine} than on the machine that asks.")
    with ExtractPool(1) as pool:
        return rows_of(unit.source, unit.outlets, pool)


def encode_articles(unit: ArticlesUnit) -> list[Vector]:
    """What tells the articles' events apart: the vectors (k, d) of each one's opening and passages."""
    from compare.embedding.open import vectors_of_texts
    from compare.grouping.corpus import encoded_passages

    encoder = vectors_of_texts(encoder_of_worker(), cache_folder())
    return encoded_passages([article_of(line) for line in unit.articles], encoder)


def compare_unit(unit: EventUnit) -> bytes:
    """The comparison of an event's articles, as comparison.json; it says which articles it is of, and no time."""
    articles = [article_of(line) for line in unit.articles]
    encoder = encoder_of_worker()
    run = this_run(encoder)
    compared = compare_articles(
        articles,
        event=Event(),
        encoder=encoder,
        run=replace(run, settings={"event": unit.event, "inputs": unit.inputs}),
    )
    return encode_comparison(compared)


@lru_cache(maxsize=1)
def encoder_of_worker() -> Encoder:
    """The bundled encoder, loaded once a process, on one thread: workers share the cores by being many."""
    prefer_offline()
    from compare.embedding.open import on_one_thread, open_encoder

    on_one_thread()
    return open_encoder(cache=cache_folder())
