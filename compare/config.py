"""What a comparison may be asked to do otherwise; every number says how it was chosen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The thresholds of a comparison.

    same: two claims with at least this probability state the same detail. Chosen on the labelled
        events left out of the fit, where cells and pairs together are best; `benchmarks/quality/matching.py`
        prints the curve.
    perhaps: from here up to `same` a match is too uncertain to say "left out".
    kept: pairs below this are not written down; no sensible threshold goes there.
    neighbours: how many of the nearest claims of other articles are looked at for each claim.
    gate: whether articles that are not about the event are left out, where its words or an article
        that it starts from are known.
    """

    same: float = 0.3
    perhaps: float = 0.1
    kept: float = 0.02
    neighbours: int = 24
    gate: bool = True
