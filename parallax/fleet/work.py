"""What is done with a unit, in whichever process: the same articles give the same bytes everywhere."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from compare.codec import encode_comparison
from compare.datamodel import Event
from parallax.environment import cache_folder, prefer_offline
from parallax.fleet.fleet import Unit
from parallax.library import compare_articles, this_run
from parallax.stores.store import article_of

if TYPE_CHECKING:
    from compare.embedding.encoder import Encoder


def compare_unit(unit: Unit) -> bytes:
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
