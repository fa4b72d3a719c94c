"""Details to verdicts: what each outlet did with each detail, why, and in whose words."""

from compare.verdicts.editorial.flags import Flag, flag_sentences
from compare.verdicts.judge import Judgement, judge

__all__ = ["Flag", "Judgement", "flag_sentences", "judge"]
