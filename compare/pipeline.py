"""Articles to a comparison: claims, pairs, details, verdicts, in that order.

Pure but for what is passed in: the encoder, the index and the progress callback.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from itertools import accumulate, takewhile

from compare.claims import claims_of, repeated_lines
from compare.config import Config
from compare.datamodel import (
    SCHEMA_VERSION,
    Article,
    Claim,
    Comparison,
    Completeness,
    Event,
    Failure,
    Run,
    Stage,
)
from compare.embedding.adapter import Interaction
from compare.embedding.adapter import load as load_adapter
from compare.embedding.encoder import Encoded, Encoder, is_adapted
from compare.embedding.index import Index
from compare.embedding.passages import encode_in_place
from compare.kinds import Cause
from compare.language.identify import with_language
from compare.language.sources import outlet_names, sources_of
from compare.language.told_days import told_days
from compare.match.details import details_of
from compare.match.pairs import match_claims
from compare.match.units import whole_claims
from compare.memory import memory_of_one_event
from compare.over_time.diff import difference
from compare.over_time.ids import with_ids
from compare.over_time.versions import revisions_of
from compare.progress import Progress, silent
from compare.verdicts import judge
from compare.verdicts.judge import every_outlet

__all__ = ["Config", "compare_articles", "recut"]

_GIVEN_IN_FULL = "the input does not say how much was read; taken as the whole article"
_NO_TEXT = "no text was read, only the title"


@memory_of_one_event()
def compare_articles(
    articles: Sequence[Article],
    *,
    event: Event,
    encoder: Encoder,
    index: Index,
    config: Config,
    run: Run,
    failures: Iterable[Failure] = (),
    outlets: Iterable[str] = (),
    earlier: Comparison | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """What each outlet did with each detail of one event.

    `outlets` are those that should be shown even where none of their pages was read; the outlets
    of articles and failures are added. The order of articles and failures does not matter: articles,
    claims and pairs of the result are ordered by the articles' ids, failures by their outlets. An article that comes twice, or that
    is not about the event where the event is known, becomes a `Failure`. `earlier` is a comparison of
    the same event whose details keep their ids.
    """
    told = progress or silent
    kept, left, gated = _selected(articles, event, encoder, config, told)
    lost = tuple(sorted((*failures, *left), key=_place))
    again = repeated_lines(kept)
    claims = tuple(claim for a in kept for claim in claims_of(a, again[a.id]))
    encoded = encode_claims(claims, encoder, told)
    told("matching", 0, len(claims))
    pairs = match_claims(claims, encoded, index, config, interaction_of(encoder))
    told("judging", 0, len(claims))
    judged = judge(
        details_of(claims, pairs, config),
        claims=claims,
        pairs=pairs,
        articles=kept,
        failures=lost,
        outlets=tuple(outlets),
        encoded=encoded,
        encoder_name=encoder.name,
        config=config,
    )
    details, forwarded = with_ids(judged.details, kept, earlier)
    compared = Comparison(
        schema_version=SCHEMA_VERSION,
        run=replace(
            run,
            settings={**settings(config), **run.settings},
            misfits=misfits_of(encoder, gated=gated),
        ),
        event=event,
        outlets=every_outlet(kept, lost, tuple(outlets)),
        articles=tuple(kept),
        details=details,
        failures=lost,
        carried=judged.carried,
        claims=claims,
        pairs=pairs,
        sources=tuple(said for a in kept for said in sources_of(a, outlet_names(kept))),
        days=tuple(day for a in kept for day in told_days(a)),
        forwarded=forwarded,
        revisions=revisions_of(kept),
    )
    return replace(compared, since=difference(earlier, compared)) if earlier else compared


def _selected(
    articles: Sequence[Article], event: Event, encoder: Encoder, config: Config, told: Progress
) -> tuple[list[Article], list[Failure], bool]:
    """The articles to compare, the failures that the others became, and whether the gate was asked."""
    kept, repeated = _distinct(articles)
    gated = config.gate and _query(kept, event) is not None
    kept, strangers = _on_event(kept, event, encoder, config, told)
    kept = [with_language(with_stated_completeness(a)) for a in kept]
    return kept, [*repeated, *strangers], gated


@memory_of_one_event()
def recut(comparison: Comparison, config: Config) -> Comparison:
    """The same comparison at other thresholds, from its claims and pairs: nothing is encoded.

    Pairs below the `kept` of the first run were not written down and stay apart. What was
    editorialized stays so, and details keep their ids.
    """
    known = {
        (m.article, m.field, m.sentence.start, m.sentence.end): m
        for d in comparison.details
        for m in d.mentions
        if m.sentence
    }
    judged = judge(
        details_of(comparison.claims, comparison.pairs, config),
        claims=comparison.claims,
        pairs=comparison.pairs,
        articles=comparison.articles,
        failures=comparison.failures,
        outlets=comparison.outlets,
        known=known,
        config=config,
    )
    run = replace(comparison.run, settings={**comparison.run.settings, **settings(config)})
    details, forwarded = with_ids(judged.details, comparison.articles, comparison)
    return replace(
        comparison, run=run, details=details, carried=judged.carried, forwarded=forwarded
    )


def settings(config: Config) -> dict[str, float | int | str]:
    """The numbers of a configuration, by name, as `Run.settings` keeps them."""
    return {name: int(v) if isinstance(v, bool) else v for name, v in asdict(config).items()}


def encode_claims(
    claims: Iterable[Claim], encoder: Encoder, progress: Progress
) -> Mapping[str, Encoded]:
    """The encodings of the sentences and titles, by claim id, each distinct text once.

    An adapted encoder reads the sentences of an article beside each other, any other alone.
    """
    articles = _in_order(claims, together=is_adapted(encoder.name))
    total = sum(map(len, articles))
    encoded: dict[str, Encoded] = {}
    at = 0
    while at < len(articles):
        progress("encoding", len(encoded), total)
        some = articles[at : at + _at_once(articles, at)]
        found = encode_in_place([[c.text for c in article] for article in some], encoder)
        for article, of_article in zip(some, found, strict=True):
            encoded.update(zip((c.id for c in article), of_article, strict=True))
        at += len(some)
    return encoded


def _in_order(claims: Iterable[Claim], *, together: bool) -> list[list[Claim]]:
    """The whole claims of each article, in reading order; one by one where not together."""
    articles: dict[str, list[Claim]] = defaultdict(list)
    for claim in whole_claims(list(claims)):
        articles[claim.article if together else claim.id].append(claim)
    return [sorted(a, key=lambda c: (c.position, c.start)) for a in articles.values()]


def _at_once(articles: Sequence[Sequence[Claim]], at: int) -> int:
    """How many articles from this one on are encoded before progress is told again."""
    texts = accumulate(len(article) for article in articles[at:])
    return 1 + sum(1 for _ in takewhile(lambda n: n < _TEXTS_AT_ONCE, texts))


# Texts between two progress reports; many, since batches of like length need a choice.
_TEXTS_AT_ONCE = 2048


def interaction_of(encoder: Encoder) -> Interaction | None:
    """What was learned on top of this encoder, if it is the adapted one."""
    adapter = load_adapter()
    return Interaction(adapter) if encoder.name.endswith(f"+{adapter.name}") else None


def misfits_of(encoder: Encoder, *, gated: bool) -> dict[str, str]:
    """The fitted models that do not hold for an encoder, as `Run.misfits` keeps them."""
    from compare.gate import decide
    from compare.match import pairs
    from compare.verdicts.editorial import tone

    found = (
        pairs.misfit(encoder.name, interaction_of(encoder)),
        decide.load().misfit(encoder.name) if gated else None,
        tone.shipped(encoder.name).misfit,
    )
    return {m.model: m.fitted_for for m in found if m}


def _distinct(articles: Sequence[Article]) -> tuple[list[Article], list[Failure]]:
    """The articles by id, without second copies, and the copies as failures."""
    kept: dict[str, Article] = {}
    by_content: dict[tuple[str, str], str] = {}
    repeated = []
    for article in sorted(articles, key=lambda a: (a.id, a.sha256)):
        first = by_content.setdefault((article.outlet, article.sha256), article.id)
        if article.id in kept or first != article.id:
            reason = f"the same article as {first}" if first != article.id else "its id came before"
            copy = _failure(article, Stage.READ, reason, Cause.COPY)
            repeated.append(replace(copy, copy_of=first))
        else:
            kept[article.id] = article
    return list(kept.values()), repeated


def _failure(article: Article, stage: Stage, reason: str, cause: Cause) -> Failure:
    return Failure(
        stage=stage,
        reason=reason,
        cause=cause,
        url=article.url,
        outlet=article.outlet,
        id=article.id,
        at=article.fetched_at,
    )


def _place(failure: Failure) -> tuple[str, ...]:
    """Where a failure stands in a comparison, in whatever order the input names it."""
    told = (
        failure.outlet,
        failure.stage.value,
        failure.url,
        failure.id,
        failure.reason,
        failure.at,
    )
    return tuple(value or "" for value in told)


def with_stated_completeness(article: Article) -> Article:
    """The article with a completeness that later stages can rely on, and why."""
    if not article.text.strip():
        return replace(article, completeness=Completeness.TRUNCATED, completeness_reason=_NO_TEXT)
    if article.completeness is Completeness.UNKNOWN:
        return replace(article, completeness=Completeness.FULL, completeness_reason=_GIVEN_IN_FULL)
    return article


def _on_event(
    articles: list[Article], event: Event, encoder: Encoder, config: Config, progress: Progress
) -> tuple[list[Article], list[Failure]]:
    """The articles about the event, and the others as failures that say why."""
    query = _query(articles, event)
    if query is None or not config.gate:
        return articles, []
    from compare.gate.decide import gate

    progress("leaving out other events", 0, len(articles))
    verdicts = {d.id: d for d in gate(query, articles, encoder=encoder, event=event)}
    kept = [a for a in articles if verdicts[a.id].on_event]
    strangers = [
        _failure(a, Stage.GATE, decision.reason, decision.cause)
        for a in articles
        if (decision := verdicts[a.id]).cause
    ]
    return kept, strangers


def _query(articles: Sequence[Article], event: Event) -> Article | str | None:
    """What the event is known by: its words, else an article that it starts from."""
    if event.about:
        return event.about
    return next((a for a in articles if a.url is not None and a.url in event.urls), None)
