"""Whose words a mention is: the outlet itself, a source, another outlet, or "reports"."""

from __future__ import annotations

from dataclasses import dataclass

from compare.datamodel import Attribution, Mention
from compare.kinds import Voice
from compare.language.attribution import Reported, chain_of, voice_of
from compare.language.hedging import hedges
from compare.verdicts.evidence import Reading, Sentence

# A source answers for a mention when its words cover at least this part of it.
COVERED = 0.5


@dataclass(frozen=True, slots=True)
class Attributions:
    """Attributes mentions, with each article's sentences in order to look back at speakers."""

    reading: Reading

    def attribution(self, mention: Mention) -> Attribution | None:
        """Whose words a mention is; None where its claim is unknown."""
        sentence = self.reading.sentence_of(mention)
        if sentence is None:
            return None
        start, end = mention.start - sentence.start, mention.end - sentence.start
        hedged = any(h.start < end and h.end > start for h in hedges(sentence.text))
        inner = _covering(sentence, start, end)
        chain = chain_of(sentence.text, self.reading.outlet_names) if inner else ()
        if sentence.quoted_from:
            chain = tuple(dict.fromkeys((sentence.quoted_from, *chain)))
            return Attribution(
                voice=Voice.OUTLET, source=sentence.quoted_from, chain=chain, hedged=hedged
            )
        if inner is None and _is_quoted(sentence, start, end):
            inner = self._speaker_before(sentence)
            chain = (inner.source,) if inner and inner.source else ()
            if inner is None:
                return Attribution(voice=Voice.UNNAMED, hedged=hedged)
        if inner is None:
            return Attribution(voice=Voice.OWN, hedged=hedged)
        voice = voice_of(inner.source, self.reading.outlet_names) if inner.source else inner.voice
        return Attribution(
            voice=voice, source=inner.source, verb=inner.verb, chain=chain, hedged=hedged
        )

    def _speaker_before(self, sentence: Sentence) -> Reported | None:
        """Who was speaking when a quotation that names nobody goes on."""
        for back in (1, 2):
            before = self.reading.by_position.get((sentence.article, sentence.position - back))
            named = [r for r in before.reported if r.source] if before else []
            if named:
                return named[-1]
        return None


def _covering(sentence: Sentence, start: int, end: int) -> Reported | None:
    """The source whose words cover most of a stretch, if they cover enough of it."""
    best, most = None, 0.0
    for r in sentence.reported:
        shared = min(r.content.end, end) - max(r.content.start, start)
        share = shared / max(end - start, 1)
        # Of two that cover alike the one with a name counts ("..., she said, adding that ...").
        if share >= COVERED and (share, r.source is not None) > (most, bool(best and best.source)):
            best, most = r, share
    return best


def _is_quoted(sentence: Sentence, start: int, end: int) -> bool:
    quoted = sum(max(0, min(q.end, end) - max(q.start, start)) for q in sentence.quoted)
    return quoted >= COVERED * max(end - start, 1)
