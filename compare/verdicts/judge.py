"""Bare details in, finished details out: cues, attribution, origins, conflicts, cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from compare.config import Config
from compare.datamodel import (
    Article,
    Carried,
    Cell,
    Claim,
    Conflict,
    Detail,
    Failure,
    Mention,
    Pair,
    Span,
    Status,
)
from compare.embedding.encoder import Encoded
from compare.kinds import Slant
from compare.text import words
from compare.verdicts.attribution import Attributions
from compare.verdicts.cells import cell_of, needed_words
from compare.verdicts.conflicts.find import conflicts_of
from compare.verdicts.conflicts.majority import against
from compare.verdicts.conflicts.opposed import with_opposed
from compare.verdicts.editorial.flags import Editorial
from compare.verdicts.editorial.plainer import with_plainer
from compare.verdicts.evidence import Reading, SentenceKey, plain_name
from compare.verdicts.excuses import Bare
from compare.verdicts.importance import with_importance
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
        Attributions(reading),
        Editorial(reading, encoded or {}, known or {}, encoder_name),
        origins_of(reading),
        named,
        config or Config(),
        {plain_name(outlet): outlet for outlet in named},
    )
    rows = judged.details(with_opposed(details, reading))
    return Judgement(with_importance(rows, claims, articles), judged.origins.carried)


def every_outlet(
    articles: Sequence[Article], failures: Sequence[Failure], outlets: Sequence[str]
) -> tuple[str, ...]:
    """The outlets of a run: those asked for first, then those met in articles and failures."""
    met = [*outlets, *(a.outlet for a in articles), *(f.outlet for f in failures if f.outlet)]
    return tuple(dict.fromkeys(met))


# Among mentions that agree with the others nearly as well as the best, the plainest is the row's text.
NEAR_THE_MOST_CENTRAL = 0.1
# Where another row shows these words already, a mention within this of the most central says it for the row.
AS_CENTRAL = 0.05
# How much of a probability it is worth that a mention's stretch can be read without its sentence.
ALONE = 0.03


@dataclass(frozen=True, slots=True)
class _Judged:
    reading: Reading
    attributions: Attributions
    editorial: Editorial
    origins: Origins
    outlets: tuple[str, ...]
    config: Config
    names: dict[str, str]

    def details(self, bare: Sequence[Detail]) -> tuple[Detail, ...]:
        """The details judged, each with a text of its own: no two rows have the same words."""
        taken: set[str] = set()
        shown: dict[SentenceKey, list[Mention]] = defaultdict(list)
        found = []
        for detail in bare:
            mentions = tuple(self._mention(m) for m in detail.mentions)
            conflicts = conflicts_of(mentions, self.reading)
            ranked = self._by_plainness(mentions, conflicts, shown)
            at, label = self._label(ranked, mentions, taken)
            mentions = (*mentions[:at], label, *mentions[at + 1 :])
            judged = self._judged(detail, mentions, conflicts, label)
            taken.add(self._key(label))
            shown[_place(label)].append(label)
            found.append(judged)
        return tuple(found)

    def _label(
        self, ranked: Sequence[int], mentions: Sequence[Mention], taken: AbstractSet[str]
    ) -> tuple[int, Mention]:
        """Which mention a detail is named by, and that mention, widened to what can be read by itself.

        Where another detail has these words, a stretch that nobody else has is better than none.
        """
        widened = [(i, self.reading.standing_alone(mentions[i])) for i in ranked]
        choices = (*widened, *((i, mentions[i]) for i in ranked))
        free = (c for c in choices if self._key(c[1]) not in taken)
        return next(free, widened[0])

    def _key(self, mention: Mention) -> str:
        """A mention's words as they are compared with other labels."""
        text = self.reading.words_of(mention)
        return " ".join(word.key for word in words(text)) or text

    def _judged(
        self,
        bare: Detail,
        mentions: tuple[Mention, ...],
        conflicts: tuple[Conflict, ...],
        label: Mention,
    ) -> Detail:
        seen = Bare(mentions, conflicts, needed_words(mentions, self.reading), label)
        cells = tuple(self._cell(outlet, seen) for outlet in self.outlets)
        done = replace(
            bare,
            text=self.reading.words_of(label) or bare.text,
            mentions=mentions,
            conflicts=conflicts,
            cells=cells,
            quotations=quotations_of(mentions, self.reading),
        )
        return replace(
            done,
            origins=independent_origins(done, self.origins, self.names),
        )

    def _cell(self, outlet: str, seen: Bare) -> Cell:
        """The outlet's cell; a sentence that states the row's text beside its mentions judged as they are."""
        cell = cell_of(outlet, seen, self.reading, self.config)
        if cell.stated_in is None:
            return cell
        judged = self._mention(cell.stated_in)
        loaded = judged.slant is Slant.STRONG
        return replace(
            cell, stated_in=judged, status=Status.EDITORIALIZED if loaded else cell.status
        )

    def _mention(self, mention: Mention) -> Mention:
        sentence = self.reading.sentence_of(mention)
        if sentence is None:
            return mention
        carried = self.origins.source_of(mention, sentence.quoted_from, self.names)
        flag = self.editorial.of(sentence)
        when = self.reading.surfaced(mention)
        judged = replace(
            mention,
            editorialized=flag.editorialized,
            slant=flag.slant,
            cues=flag.cues,
            attribution=self.attributions.attribution(mention),
            carried_from=carried,
            unsaid=self.reading.unsaid.get(mention.article, ()) if mention.field == "title" else (),
        )
        return with_plainer(replace(judged, since=when.since, by=when.by), self.reading)

    def _by_plainness(
        self,
        mentions: Sequence[Mention],
        conflicts: Sequence[Conflict],
        shown: Mapping[SentenceKey, Sequence[Mention]],
    ) -> list[int]:
        """The mentions' numbers, those first that may stand for all: nothing that the others contradict, nobody's
        colour, nothing of which another detail's text shows a part, and among those the ones that the others agree with most.
        """
        outliers = _outliers(mentions, conflicts)
        top = max((m.probability for m in mentions), default=0.0)

        def rank(i: int) -> tuple[bool, bool, bool, int, bool, bool, bool, float, int, str, int]:
            m = mentions[i]
            wide = self.reading.standing_alone(m)
            hedged = bool(m.attribution and m.attribution.hedged)
            far = m.probability < top - NEAR_THE_MOST_CENTRAL
            title = m.field == "title"
            repeats = any(_one_holds(wide, o) for o in shown.get(_place(m), ()))
            central = m.probability >= top - AS_CENTRAL
            return (
                i in outliers,
                m.editorialized,
                far,
                len(m.cues),
                title,
                hedged,
                repeats or not central,
                -(m.probability + ALONE * (wide is m)),
                m.end - m.start,  # of two that are as central, the one that claims less
                m.outlet,
                i,
            )

        return sorted(range(len(mentions)), key=rank)


def _place(mention: Mention) -> SentenceKey:
    """The sentence that a mention is of."""
    whole = mention.sentence or Span(mention.start, mention.end)
    return mention.article, mention.field, whole.start, whole.end


def _one_holds(a: Mention, b: Mention) -> bool:
    """Whether one of two mentions of one sentence holds all words of the other."""
    return (a.start <= b.start and b.end <= a.end) or (b.start <= a.start and a.end <= b.end)


def _outliers(mentions: Sequence[Mention], conflicts: Sequence[Conflict]) -> frozenset[int]:
    """The mentions whose value most others exclude: none of them says for all what is stated."""
    found = set()
    for outlet in {m.outlet for m in mentions}:
        contradicted = against(outlet, conflicts, mentions)
        found |= {i for c in contradicted for i in (c.a, c.b) if mentions[i].outlet == outlet}
    return frozenset(found)
