"""Whether two values stand in the same slot of two statements: what speaks for it and against it.

A model fitted on the labelled values (logistic regression over these very features, events left
out) did worse than the plain conditions of each kind: there are some forty positive values, and
`docs/design-notes.md` has the figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from compare.datamodel import Span
from compare.text import Word, words
from compare.verdicts.conflicts.contexts import (
    alike,
    content,
    head_of,
    names_near,
    rare_share,
    slot,
    tells,
)
from compare.verdicts.conflicts.statement import Statement


@dataclass(frozen=True, slots=True)
class Slots:
    """How far the slots of two values agree; all but `names_apart` are shares, 0 to 1.

    near: the content words around the values, the nearer the heavier.
    rare_near: the same, by how rare each word is in the two articles.
    whole: the content words of the whole statements.
    framed: the statements are one, word by word, but for the values.
    names_apart: each value has names around it, and no name is around both.
    """

    near: float
    rare_near: float
    whole: float
    names_apart: bool
    framed: bool = False


def compared(a: Statement, x: Span, b: Statement, y: Span) -> Slots:
    """How far the slots of value `x` of one statement and value `y` of another agree."""
    if framed_alike(a.text, x, b.text, y):
        return Slots(1.0, 1.0, 1.0, names_apart=False, framed=True)
    mine, theirs = slot(a.text, x), slot(b.text, y)
    left, right = content(a.text), content(b.text)
    my_names, their_names = names_near(a.text, x), names_near(b.text, y)
    return Slots(
        near=alike(mine, theirs),
        rare_near=rare_share(mine, theirs, (a.article, b.article)),
        whole=2 * len(left & right) / max(len(left) + len(right), 1),
        names_apart=bool(my_names) and bool(their_names) and not my_names & their_names,
    )


# From this share of words on, two statements are one but for the values.
ONE_FRAME = 0.8
FEW_WORDS, MANY_WORDS = 2, 60


def framed_alike(a: str, x: Span, b: str, y: Span) -> bool:
    """Whether two texts are nearly the same, word by word, around the values at `x` and `y`."""
    before, their_before = _keys(a[: x.start]), _keys(b[: y.start])
    behind, their_behind = _keys(a[x.end :]), _keys(b[y.end :])
    mine, theirs = len(before) + len(behind), len(their_before) + len(their_behind)
    if not min(mine, theirs) >= FEW_WORDS or max(mine, theirs) > MANY_WORDS:
        return False
    if min(mine, theirs) < ONE_FRAME * max(mine, theirs) / (2 - ONE_FRAME):
        return False
    (one, x_left, y_left), (two, x_right, y_right) = (
        _same(before, their_before),
        _same(behind, their_behind),
    )
    if (x_left or x_right) and (y_left or y_right):
        return False
    return 2 * (one + two) >= ONE_FRAME * (mine + theirs)


def _keys(text: str) -> list[Word]:
    return list(words(text))


def _same(left: Sequence[Word], right: Sequence[Word]) -> tuple[int, bool, bool]:
    """How many words are the same in order, and whether either side has others that tell something."""
    matcher = SequenceMatcher(
        None, [head_of(w.key) for w in left], [head_of(w.key) for w in right], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    mine = {i for block in blocks for i in range(block.a, block.a + block.size)}
    theirs = {i for block in blocks for i in range(block.b, block.b + block.size)}
    return (
        len(mine),
        any(tells(w) for i, w in enumerate(left) if i not in mine),
        any(tells(w) for i, w in enumerate(right) if i not in theirs),
    )
