"""What each outlet did with a detail, decided in the order that protects whoever is accused.

"Left out" is said last, when nothing else can explain that an outlet does not carry a detail: its page
was not found or not read, was cut short, is in another language, was published before the detail was
known or at a time that nobody knows, or may state it in words that the matching is unsure of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from compare.config import Config
from compare.datamodel import Article, Cell, Completeness, Mention, Status
from compare.kinds import ClaimRole, Slant, Voice
from compare.language.self_contained import is_self_contained
from compare.language.stems import content_stems
from compare.times import Moment
from compare.verdicts.conflicts.majority import against
from compare.verdicts.dropped_parts import lacks
from compare.verdicts.evidence import Reading, Sentence, last_version, shown_moment, shown_time
from compare.verdicts.excuses import CERTAIN, Bare, cut_short, made_cell, other_language, unread
from compare.verdicts.surfacing import Surfaced

# What is left of a confidence where it is not known that the other outlet stated it earlier.
SAME_DAY = 0.8
SHOWN = 160


def cell_of(outlet: str, detail: Bare, reading: Reading, config: Config) -> Cell:
    """What one outlet did with a detail; always with a reason."""
    mine = tuple(i for i, m in enumerate(detail.mentions) if m.outlet == outlet)
    if mine:
        return _carrying(outlet, mine, detail, reading)
    return (
        _stating(outlet, detail, reading, config)
        or unread(outlet, reading)
        or cut_short(outlet, reading)
        or other_language(outlet, detail, reading)
        or _before(outlet, detail, reading)
        or _opinion(outlet, detail, reading)
        or _uncertain(outlet, detail, reading, config)
        or _same_words(outlet, detail, reading)
        or _shorter_quotation(outlet, detail, reading, config)
        or _of_one_alone(outlet, detail, reading)
        or _left_out(outlet, detail, reading)
    )


def _carrying(outlet: str, mine: tuple[int, ...], detail: Bare, reading: Reading) -> Cell:
    mentions = [detail.mentions[i] for i in mine]
    contradicted = against(outlet, detail.conflicts, detail.mentions)
    loaded = [m for m in mentions if m.slant is Slant.STRONG]
    if contradicted:
        status = Status.CONFLICTING
        reason = " ".join(dict.fromkeys(c.sentence for c in contradicted[:3]))
    elif loaded:
        status = Status.EDITORIALIZED
        reason = f"{outlet} states it in its own loaded words: {_words_of(loaded[0], reading)}."
    else:
        status, reason = Status.INCLUDED, _plainly(outlet, mentions)
    return Cell(
        outlet=outlet,
        status=status,
        reason=reason,
        confidence=max(m.probability for m in mentions),
        mentions=mine,
        lacks=lacks(outlet, detail.mentions, reading),
    )


def _stating(outlet: str, detail: Bare, reading: Reading, config: Config) -> Cell | None:
    """A sentence of the outlet's states what the row's own does, though not what all its mentions do."""
    probability, nearest = reading.nearest_to(detail.label).get(outlet, (0.0, ""))
    if nearest not in reading.claim or probability < config.states:
        return None
    claim = reading.claim[nearest]
    where = "headline" if claim.field == "title" else "article"
    reason = (
        f"{outlet}'s {where} states it at “{_shown(claim.text)}”, among other words than the rest."
    )
    mention = Mention(
        claim=claim.id,
        article=claim.article,
        outlet=outlet,
        field=claim.field,
        start=claim.start,
        end=claim.end,
        sentence=claim.sentence,
        probability=probability,
    )
    return Cell(
        outlet=outlet,
        status=Status.INCLUDED,
        reason=reason,
        confidence=probability,
        stated_in=mention,
    )


def _words_of(mention: Mention, reading: Reading) -> str:
    article = reading.article[mention.article].read(mention.field)
    return ", ".join(f"“{article[c.start : c.end]}”" for c in mention.cues[:5])


def _plainly(outlet: str, mentions: Sequence[Mention]) -> str:
    best = max(mentions, key=lambda m: m.probability)
    where = "headline" if best.field == "title" else "article"
    who = best.attribution
    if best.carried_from:
        return f"{outlet}'s {where} states it in words taken from {best.carried_from}."
    if who and who.voice is not Voice.OWN:
        source = who.source or "somebody it does not name there"
        return f"{outlet}'s {where} states it and lays it to {source}."
    return f"{outlet}'s {where} states it in its own plain voice."


def _before(outlet: str, detail: Bare, reading: Reading) -> Cell | None:
    """Published before the detail was known, or nobody knows when; None if late enough to know it.

    A page that was updated may have gained the detail then: it counts for "published before" from the
    earliest time at which it may have had the words, for accusing anybody from when it surely had them.
    """
    versions = [(last_version(a), a) for a in reading.articles_of[outlet]]
    dated = [(when, a) for when, a in versions if when]
    if len(dated) < len(versions):
        return _timeless(outlet, known_own=False)
    mine, my_article = max(dated, key=lambda x: x[0].end)
    if any(not mine.before(when) for when in _stated_by(detail, reading, sure=True)):
        return None
    if any(not mine.before(when) for when in _stated_by(detail, reading, sure=False)):
        return _doubtful_carrier(outlet)
    stated = [(reading.surfaced(m), m) for m in detail.mentions if m.article in reading.article]
    first = [(s.earliest, s, m) for s, m in stated if s.earliest]
    if not first or len(first) < len(stated):
        return _timeless(outlet, known_own=True)
    earliest, when, theirs = min(first, key=lambda x: (x[0].start, x[0].end))
    if not mine.before(earliest):
        return _between_versions(outlet, my_article, theirs.outlet, when)
    reason = (
        f"{outlet}'s last version is of {shown_time(my_article, last=True)}, before the first outlet to state this, "
        f"{theirs.outlet}, did on {shown_moment(earliest)}."
    )
    return made_cell(outlet, Status.PUBLISHED_BEFORE, reason, CERTAIN)


# A mention surer than this shows that the detail was known by then; so does the surest one.
SURE = 0.8


def _stated_by(detail: Bare, reading: Reading, *, sure: bool) -> list[Moment]:
    """The times by which carriers surely had stated the detail."""
    best = max(m.probability for m in detail.mentions)
    counted = [m for m in detail.mentions if not sure or m.probability >= min(SURE, best)]
    times = [reading.surfaced(m).latest for m in counted if m.article in reading.article]
    return [when for when in times if when]


def _doubtful_carrier(outlet: str) -> Cell:
    reason = (
        f"{outlet}'s article does not state this, but only mentions that are uncertain themselves "
        "show that it was known when it was published."
    )
    return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)


def _between_versions(outlet: str, mine: Article, theirs: str, when: Surfaced) -> Cell:
    reason = (
        f"{outlet}'s article of {shown_time(mine, last=True)} does not state this, but {theirs}, which published on "
        f"{shown_moment(when.earliest)}, may have added it when it updated on {shown_moment(when.latest)}."
    )
    return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)


def _timeless(outlet: str, *, known_own: bool) -> Cell:
    whose = "when this was first stated" if known_own else f"when {outlet}'s article was published"
    reason = f"{outlet}'s article does not state this, but it is not known {whose}, so it may have been published before."
    return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)


def _opinion(outlet: str, detail: Bare, reading: Reading) -> Cell | None:
    """Nobody leaves out what is somebody's opinion."""
    claims = [reading.claim.get(m.claim) for m in detail.mentions]
    if not all(c and c.role is ClaimRole.OPINION for c in claims):
        return None
    whose = detail.label.outlet
    reason = f"This is {whose}'s own view and no fact, so nobody is said to have left it out."
    return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)


def _of_one_alone(outlet: str, detail: Bare, reading: Reading) -> Cell | None:
    """What one outlet alone has is left out by others if it tells something, and not in a headline only.

    "But they didn't do that" can be checked by nobody, and what a headline says its article says again.
    """
    if len({m.outlet for m in detail.mentions}) > 1:
        return None
    sentences = [s for m in detail.mentions if (s := reading.sentence_of(m))]
    if all(m.field == "title" for m in detail.mentions):
        reason = "Only a headline says this; nobody is said to have left out another's headline."
    elif sentences and not any(_tells_something(s) for s in sentences):
        reason = "Read alone, these words do not tell what they are about, so nobody is said to have left them out."
    else:
        return None
    return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)


def _tells_something(sentence: Sentence) -> bool:
    spoken = bool(sentence.quoted or sentence.quoted_from)
    return is_self_contained(sentence.text, spoken=spoken)


def _nearest(outlet: str, detail: Bare, reading: Reading) -> tuple[float, float, str | None]:
    """How probably a claim of the outlet states what the row's own sentence does; how probably what any
    of its sentences does; and the claim that the second is of.
    """
    to_label, _ = reading.nearest_to(detail.label).get(outlet, (0.0, None))
    to_any, nearest = max(
        (reading.nearest_to(m).get(outlet, (0.0, None)) for m in detail.mentions),
        key=lambda found: found[0],
        default=(0.0, None),
    )
    return to_label, to_any, nearest


def _uncertain(outlet: str, detail: Bare, reading: Reading, config: Config) -> Cell | None:
    to_label, to_any, nearest = _nearest(outlet, detail, reading)
    if nearest is None or (to_label < config.perhaps and to_any < config.same):
        return None
    quoted = _shown(reading.claim[nearest].text)
    reason = f"{outlet}'s nearest sentence is “{quoted}”, which may or may not state this."
    return made_cell(outlet, Status.CANNOT_TELL, reason, max(to_any, 1 - to_any))


def _shorter_quotation(outlet: str, detail: Bare, reading: Reading, config: Config) -> Cell | None:
    """Who gives one sentence of what somebody said has shortened it; nobody is accused of the next one."""
    for mention in detail.mentions:
        for claim in reading.said_along_with(mention):
            probability, given = reading.nearest.get(claim, {}).get(outlet, (0.0, ""))
            if probability >= config.same and given in reading.claim:
                quoted = _shown(reading.claim[given].text)
                reason = f"{outlet} gives another part of the same quotation, at “{quoted}”."
                return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)
    return None


# An outlet is not accused of leaving out what it has this part of the content words of, or of those of
# a clause of it, in two sentences in a row. What that withholds on the labelled events, of false
# accusations and of true ones, `benchmarks/quality/verdicts.py` prints.
SAME_WORDS = 0.6
FEW_WORDS = 5


def _same_words(outlet: str, detail: Bare, reading: Reading) -> Cell | None:
    """The outlet has most words of the detail together, though matching did not take it for one."""
    vocabulary = reading.vocabulary.get(outlet, frozenset())
    for some, least in detail.needed:
        if len(some & vocabulary) < least:
            continue
        for sentence, stems in reading.passages.get(outlet, ()):
            if len(some & stems) >= least:
                reason = f"{outlet} uses most of these words at “{_shown(sentence.text)}”, so it may state this there."
                return made_cell(outlet, Status.CANNOT_TELL, reason, 0.5)
    return None


def needed_words(
    mentions: Iterable[Mention], reading: Reading
) -> tuple[tuple[frozenset[str], float], ...]:
    """The content words of mentions and of their clauses, and how many of them are most of them."""
    return tuple(dict.fromkeys(n for m in mentions for n in _of_mention(m, reading)))


def _of_mention(mention: Mention, reading: Reading) -> list[tuple[frozenset[str], float]]:
    claim = reading.claim.get(mention.claim)
    place = (
        (claim.article, claim.field, claim.sentence.start, claim.sentence.end) if claim else None
    )
    clauses = [
        stems
        for clause, stems in (reading.clauses.get(place, ()) if place else ())
        if mention.start <= clause.start and clause.end <= mention.end
    ]
    return most_of(content_stems(reading.words_of(mention)), clauses)


def most_of(
    whole: frozenset[str], clauses: Iterable[frozenset[str]]
) -> list[tuple[frozenset[str], float]]:
    """The content words of a statement and of its clauses, and how many of them are most of them.

    A short statement must be there word for word; a short clause says too little by itself.
    """
    found = [(whole, SAME_WORDS * len(whole) if len(whole) >= FEW_WORDS else float(len(whole)))]
    found += [(stems, SAME_WORDS * len(stems)) for stems in clauses if len(stems) >= FEW_WORDS]
    return [(stems, least) for stems, least in found if len(stems) > 1]


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else text[:SHOWN].rsplit(" ", 1)[0] + " …"


def _left_out(outlet: str, detail: Bare, reading: Reading) -> Cell:
    to_label, _, _ = _nearest(outlet, detail, reading)
    articles = reading.articles_of[outlet]
    latest = max(articles, key=_version_order)
    reason, order_known = _why_left_out(outlet, articles, latest, detail, reading)
    sure = (1 - to_label) * (1.0 if order_known else SAME_DAY)
    return made_cell(outlet, Status.LEFT_OUT, reason, round(sure, 4))


def _version_order(article: Article) -> datetime:
    when = last_version(article)
    return when.end if when else datetime.min.replace(tzinfo=UTC)


def _why_left_out(
    outlet: str, articles: list[Article], latest: Article, detail: Bare, reading: Reading
) -> tuple[str, bool]:
    """Why, in sentences, and whether another outlet is known to have stated it earlier."""
    count = sum(reading.length[a.id] for a in articles)
    full = all(a.completeness is Completeness.FULL for a in articles)
    read = (
        "was read in full"
        if full
        else "is taken as given in full, since nothing says how complete it is,"
    )
    silent = f"{outlet}'s article of {shown_time(latest, last=True)} {read} ({count:,} words) and states this nowhere;"
    read_in = [m for m in detail.mentions if m.article in reading.article]
    known = [(when, m.outlet) for m in read_in if (when := reading.surfaced(m).latest)]
    earliest, theirs = min(known, key=lambda x: x[0].end)
    stated = f"{theirs} stated it by {shown_moment(earliest)}"
    mine = last_version(latest)
    order_known = mine is None or earliest.before(mine)
    if not order_known:
        stated += ", which is the same time as far as it is known"
    return f"{silent} {stated}.", order_known
