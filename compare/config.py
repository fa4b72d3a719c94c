"""What a comparison may be asked to do otherwise; every number says how it was chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The thresholds of a comparison.

    same: what belongs to a detail agrees with the others of it with at least this probability on the
        mean. Chosen on the labelled events of four to six outlets, left out of the fit, so that three
        in five shared details hold one fact and three in four facts are found; `make bench-coverage`
        prints both.
    another: likewise for a second or third detail that a sentence is in; higher, since what is left
        after the first has more mistakes.
    perhaps: an outlet is not said to leave out what one of its sentences states with this probability.
        Chosen on the same events: at 0.04 one such verdict in twenty is wrong, at 0.09 one in ten.
    states: an outlet that has no mention in a row states its text all the same if one of its sentences does
        with this probability. Chosen on the same events, so that of all cells that carry a row 93 of a hundred are right.
    kept: pairs below this are not written down; no sensible threshold goes there.
    neighbours: how many of the nearest claims of other articles are looked at for each claim.
    gate: whether articles that are not about the event are left out, where its words or an article
        that it starts from are known.
    """

    same: float = 0.46
    another: float = 0.55
    perhaps: float = 0.04
    states: float = 0.72
    kept: float = 0.02
    neighbours: int = 24
    gate: bool = True
