"""Reasons that have nothing to do with the detail: the outlet could not be read, or not whole."""

from __future__ import annotations

from dataclasses import dataclass

from compare.datamodel import (
    Article,
    Cell,
    Completeness,
    Conflict,
    Failure,
    Mention,
    Stage,
    Status,
)
from compare.verdicts.evidence import Reading

# A page that was lost here may have carried the detail; one that was about something else did not.
UNREAD = frozenset({Stage.ROBOTS, Stage.FETCH, Stage.EXTRACT, Stage.READ})
# Below this many words a page is a stub, whatever its markup says.
STUB_WORDS = 40
# How sure a verdict is that rests on the reading being impossible rather than on matching.
CERTAIN = 1.0


@dataclass(frozen=True, slots=True)
class Bare:
    """A detail while it is judged: its finished mentions, its conflicts and the mention it is named by.

    `needed` are the content words of its mentions, each with how many of them an outlet may have
    together before nobody says that it left the detail out.
    """

    mentions: tuple[Mention, ...]
    conflicts: tuple[Conflict, ...]
    needed: tuple[tuple[frozenset[str], float], ...]
    label: Mention


def made_cell(outlet: str, status: Status, reason: str, confidence: float) -> Cell:
    return Cell(outlet=outlet, status=status, reason=reason, confidence=confidence)


def unread(outlet: str, reading: Reading) -> Cell | None:
    """No page of the outlet was read, or one of those it published was not."""
    articles = reading.articles_of.get(outlet, [])
    lost = [f for f in reading.failures_of.get(outlet, []) if _is_loss(f, reading)]
    if lost:
        return made_cell(
            outlet, Status.CANNOT_TELL, _lost(outlet, lost, others=bool(articles)), CERTAIN
        )
    if not articles:
        elsewhere = reading.failures_of.get(outlet, [])
        why = f" ({elsewhere[0].reason.rstrip('.')})" if elsewhere else ""
        reason = f"No article of {outlet} about this event was found{why}, so it cannot be said what it carries."
        return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)
    if all(not article.text.strip() for article in articles):
        reason = f"The page of {outlet} gave no text, so it cannot be said what it carries."
        return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)
    return None


def _is_loss(failure: Failure, reading: Reading) -> bool:
    """Whether a page is missing that may have carried the detail: not a second copy of one read."""
    if failure.stage not in UNREAD:
        return False
    return not any(i in reading.article for i in (failure.id, failure.copy_of) if i)


def _lost(outlet: str, lost: list[Failure], *, others: bool) -> str:
    page = f"{lost[0].url}" if lost[0].url else "its page"
    more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
    also = ", though another of its pages was" if others else ""
    why = lost[0].reason.rstrip(".")
    return f"{outlet}: {page}{more} could not be read ({lost[0].stage}: {why}){also}."


_CUT = {
    Completeness.TRUNCATED: "was cut short",
    Completeness.PAYWALLED: "is behind a paywall and was read only in part",
    Completeness.LIVE_BLOG: "is a live blog, of which only a part was read",
    Completeness.VIDEO: "is a video page, whose words are not in its text",
    Completeness.ROUNDUP: "is a roundup of several stories",
}


def cut_short(outlet: str, reading: Reading) -> Cell | None:
    for article in reading.articles_of.get(outlet, []):
        why = _CUT.get(article.completeness)
        if why is None and reading.length[article.id] < STUB_WORDS:
            why = f"gave only {reading.length[article.id]} words"
        if why:
            detail = (
                f" ({article.completeness_reason.rstrip('.')})"
                if article.completeness_reason
                else ""
            )
            reason = f"{outlet}'s article {why}{detail}; what was read of it does not state this."
            return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)
    return None


def other_language(outlet: str, detail: Bare, reading: Reading) -> Cell | None:
    """The outlet's article is in a language that is not read here, or not the one of the detail's mentions."""
    stated = {
        _language(reading.article[m.article])
        for m in detail.mentions
        if m.article in reading.article
    }
    theirs = (stated - {None}) or {MATCHED}
    for article in reading.articles_of.get(outlet, []):
        own = _language(article)
        if own and (own != MATCHED or own not in theirs):
            reason = f"{outlet}'s article is in another language ({article.language}), which is not matched against the others."
            return made_cell(outlet, Status.CANNOT_TELL, reason, CERTAIN)
    return None


# The language that the encoder, the matching and the lists of words were made for.
MATCHED = "en"


def _language(article: Article) -> str | None:
    return article.language.lower().split("-")[0].split("_")[0] if article.language else None
