"""Bare details in, finished details out: cues, attribution, origins, conflicts, cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from compare.config import Config
from compare.datamodel import (
    Article,
    Carried,
    Claim,
    Detail,
    Failure,
    Mention,
    Pair,
)
from compare.embedding.encoder import Encoded
from compare.verdicts.attribution import Voices
from compare.verdicts.cells import cell_of, needed_words
from compare.verdicts.conflicts.find import conflicts_of
from compare.verdicts.editorial.flags import Editorial
from compare.verdicts.editorial.plainer import with_plainer
from compare.verdicts.evidence import Reading, SentenceKey, plain_name
from compare.verdicts.excuses import Bare
from compare.verdicts.origins import Origins, independent_origins, origins_of
from compare.verdicts.quotations import quotations_of


@dataclass(frozen=True, slots=True)
class Judgement:
    """Details with everything filled in, and who carries whose text."""

    details: tuple[Detail, ...]
    carried: tuple[Carried, ...]


def judge(
    details: Sequence[Detail],
    *,
    claims: Sequence[Claim],
    pairs: Sequence[Pair],
    articles: Sequence[Article],
    failures: Sequence[Failure] = (),
    outlets: Sequence[str] = (),
    encoded: Mapping[str, Encoded] | None = None,
    encoder_name: str | None = None,
    known: Mapping[SentenceKey, Mention] | None = None,
    config: Config | None = None,
) -> Judgement:
    """What every outlet did with every detail.

    `encoded` are the encodings of whole claims by claim id, by the encoder of that name;
    where there are none, what `known` mentions (by sentence, of an earlier judgement) were flagged with stands, or else the words alone
    decide. Outlets that failed or were asked for and gave nothing get their cells too.
    """
    reading = Reading(tuple(articles), tuple(claims), tuple(pairs), tuple(failures))
    named = every_outlet(articles, failures, outlets)
    judged = _Judged(
        reading,
        Voices(reading),
        Editorial(reading, encoded or {}, known or {}, encoder_name),
        origins_of(reading),
        named,
        config or Config(),
        {plain_name(outlet): outlet for outlet in named},
    )
    return Judgement(tuple(judged.detail(d) for d in details), judged.origins.carried)


def every_outlet(
    articles: Sequence[Article], failures: Sequence[Failure], outlets: Sequence[str]
) -> tuple[str, ...]:
    """The outlets of a run: those asked for first, then those met in articles and failures."""
    met = [*outlets, *(a.outlet for a in articles), *(f.outlet for f in failures if f.outlet)]
    return tuple(dict.fromkeys(met))


@dataclass(frozen=True, slots=True)
class _Judged:
    reading: Reading
    voices: Voices
    editorial: Editorial
    origins: Origins
    outlets: tuple[str, ...]
    config: Config
    names: dict[str, str]

    def detail(self, bare: Detail) -> Detail:
        mentions = tuple(self._mention(m) for m in bare.mentions)
        conflicts = conflicts_of(mentions, self.reading)
        seen = Bare(mentions, conflicts, needed_words(mentions, self.reading))
        cells = tuple(
            cell_of(
                outlet,
                seen,
                self.reading,
                joined=self.config.same,
                doubtful=self.config.perhaps,
            )
            for outlet in self.outlets
        )
        done = replace(
            bare,
            mentions=mentions,
            conflicts=conflicts,
            cells=cells,
            quotations=quotations_of(mentions, self.reading),
        )
        return replace(
            done,
            text=self._plainest(done),
            origins=independent_origins(done, self.origins, self.names),
        )

    def _mention(self, mention: Mention) -> Mention:
        sentence = self.reading.sentence_of(mention)
        if sentence is None:
            return mention
        carried = self.origins.source_of(mention, sentence.quoted_from, self.names)
        flag = self.editorial.of(mention, sentence)
        judged = replace(
            mention,
            editorialized=flag.editorialized,
            cues=flag.cues,
            attribution=self.voices.attribution(mention),
            carried_from=carried,
            unsaid=self.reading.unsaid.get(mention.article, ()) if mention.field == "title" else (),
        )
        return with_plainer(judged, self.reading)

    def _plainest(self, detail: Detail) -> str:
        """The words of the mention with the least of anybody's colour, from a text if there is one."""
        best = min(
            range(len(detail.mentions)),
            key=lambda i: self._colour(detail.mentions[i], i),
            default=None,
        )
        words = self.reading.words_of(detail.mentions[best]) if best is not None else ""
        return words or detail.text

    def _colour(self, m: Mention, order: int) -> tuple[bool, int, bool, bool, float, int]:
        hedged = bool(m.attribution and m.attribution.hedged)
        return m.editorialized, len(m.cues), m.field == "title", hedged, -m.probability, order
