"""The answer before anything else: what the difference is, and who could not be judged, in a sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from compare.datamodel import Status
from templates.facts.details import CODES
from templates.facts.index import Facts, is_whole
from templates.views.conflicts import distinct
from templates.views.glance import Conflicting, Voiced, lacked, named, taken
from templates.views.loaded import loaded_of_all, voiced
from templates.views.shared import failed_state

# Up to so many outlets that were not read are listed with the reason; beyond, by name alone.
REASONED = 4
# Up to so many outlets are named in the sentence; more are counted.
NAMED = 3
_LEFT_OUT, _BEFORE = CODES[Status.LEFT_OUT], CODES[Status.PUBLISHED_BEFORE]


def description(facts: Facts) -> str:
    """What a link to the report says of it: the difference in one sentence."""
    loaded = [voiced(one) for one in loaded_of_all(facts)]
    return difference(facts, distinct(facts, facts.details), loaded)


def difference(facts: Facts, conflicts: Sequence[Conflicting], voiced: Sequence[Voiced]) -> str:
    """What the difference between the outlets is, in one sentence; "" where there is nothing to compare."""
    if not facts.details:
        return ""
    clauses = [_conflict(facts, conflicts), _omissions(facts), _loaded(facts, voiced), _runs(facts)]
    sentence = facts.say("list.semicolon").join(filter(None, clauses))
    return facts.say("answer.sentence", said=sentence[:1].upper() + sentence[1:])


def _conflict(facts: Facts, conflicts: Sequence[Conflicting]) -> str:
    if not conflicts:
        return facts.say("answer.no_conflict")
    (a, who_a), (b, who_b), *_ = conflicts[0][1].givers
    return facts.say(
        "answer.conflict",
        count=len(conflicts),
        a=a,
        b=b,
        who_a=named(facts, who_a),
        who_b=named(facts, who_b),
    )


def _omissions(facts: Facts) -> str:
    left = [fact for fact in lacked(facts) if _LEFT_OUT in fact.codes]
    who = [
        name
        for name, place in facts.outlet_order.items()
        if any(fact.codes[place] == _LEFT_OUT for fact in left)
    ]
    if not left:
        return facts.say("answer.no_omission")
    return facts.say("answer.omission", count=len(left), outlets=named(facts, who, NAMED))


def _loaded(facts: Facts, voiced: Sequence[Voiced]) -> str:
    if not voiced:
        return ""
    names = [one.outlet for one in voiced]
    return facts.say("answer.loaded", count=len(names), outlets=named(facts, names, NAMED))


def _runs(facts: Facts) -> str:
    names = list(dict.fromkeys(one.outlet for one in taken(facts)))
    if not names:
        return ""
    return facts.say("answer.runs", count=len(names), outlets=named(facts, names, NAMED))


def unjudged(facts: Facts) -> str:
    """Who could not be judged, and why; "" where everyone could."""
    say = facts.say
    parts = []
    silent = [
        (name, failed_state(facts, facts.failures_of.get(name, ())))
        for name, rows in facts.articles_of.items()
        if not rows
    ]
    if silent:
        parts.append(say("story.silent", names=_with_reasons(facts, silent)))
    partial = {
        a.outlet: say(f"completeness.{a.completeness.name}")
        for a in facts.comparison.articles
        if not is_whole(a)
    }
    if partial:
        parts.append(say("story.partial", names=_with_reasons(facts, list(partial.items()))))
    if early := _too_early(facts):
        parts.append(say("story.early", names=say("list.comma").join(early)))
    return say("list.space").join(parts)


def _too_early(facts: Facts) -> list[str]:
    """Outlets whose last version is older than most of what others report."""
    return [
        name
        for name, column in zip(facts.outlets, facts.columns, strict=True)
        if column and 2 * column.count(_BEFORE) > len(column)
    ]


def _with_reasons(facts: Facts, outlets: Sequence[tuple[str, str]]) -> str:
    """Names, each with its reason while they are few."""
    if len(outlets) > REASONED:
        return facts.say("list.comma").join(name for name, _ in outlets)
    pairs = (
        # The reason stands in parentheses and brings none: "server error (HTTP 503)".
        facts.say("story.because", name=name, reason=reason.replace(" (", ", ").replace(")", ""))
        for name, reason in outlets
    )
    return facts.say("list.semicolon").join(pairs)
