"""What code decides by, where a sentence says it to a reader: the closed sets of the data model's words.

A reason is for people and may be worded anew, or in another language; these are for programs. Files
hold them as they are written here.
"""

from __future__ import annotations

from enum import StrEnum


class Cause(StrEnum):
    """Why a page became a `Failure`, where something is decided by it; `reason` says it in words."""

    NEEDS_SCRIPTS = "needs scripts"
    COPY = "copy"
    OUTSIDE_WINDOW = "outside window"
    OTHER_EVENT = "other event"
    NOT_ARTICLE = "not an article"
    NO_TEXT = "no text"
    BEYOND_LIMIT = "beyond limit"
    BAD_ROW = "unusable row"


class ClaimKind(StrEnum):
    """What a claim is a span of."""

    TITLE = "title"
    SENTENCE = "sentence"
    CLAUSE = "clause"
    QUOTATION = "quotation"


class ClaimRole(StrEnum):
    """What a claim's sentence is for in its article: only statements can be left out by others."""

    STATEMENT = "statement"
    OPINION = "opinion"
    CREDIT = "credit"
    CAPTION = "caption"
    TIME = "time or dateline"
    BUTTON = "button"
    SOCIAL = "social media"
    PROMOTION = "promotion"
    NOTICE = "notice"
    LINK = "link"
    LEAD_IN = "lead-in"
    HEADING = "heading"
    QUESTION = "question"
    FRAGMENT = "fragment"
    REPEATED = "repeated line"
    MARKUP = "markup"


class Importance(StrEnum):
    """How central a detail is to its event."""

    CORE = "core"
    SUPPORTING = "supporting"
    BACKGROUND = "background"


class Voice(StrEnum):
    """Whose words a claim is in its article."""

    OWN = "own voice"
    NAMED = "named source"
    UNNAMED = "unnamed source"
    OUTLET = "another outlet"
    REPORTS = "reports"


class Slant(StrEnum):
    """How loaded an outlet's own words are: so that an editor would strike them, or only coloured."""

    STRONG = "strong"
    MILD = "mild"


class Weight(StrEnum):
    """How much a conflict weighs: both values cannot be right, or they are only worded differently."""

    HARD = "hard"
    SOFT = "soft"


class ConflictKind(StrEnum):
    """Which value of a detail two mentions give differently."""

    NUMBER = "number"
    DATE = "date"
    NAME = "name"
    PLACE = "place"
    ROLE = "role"
    ATTRIBUTION = "attribution"
    POLARITY = "polarity"
    QUOTATION = "quotation"
    WORD = "word"


class CueKind(StrEnum):
    """What kind of word gives an editorial voice away, or what a headline has that its article lacks.

    The first ten are the lexicon's.
    """

    CONFLICT_METAPHOR = "conflict metaphor"
    YIELDING_METAPHOR = "yielding metaphor"
    DOUBT_CASTING_VERB = "doubt-casting verb"
    INTENSIFIER = "intensifier"
    EVALUATIVE_LABEL = "evaluative label"
    PRAISE = "praise"
    MIND_READING = "mind-reading"
    SPECULATION = "speculation"
    UNSOURCED_JUDGEMENT = "unsourced judgement"
    COLLOQUIAL_COLOUR = "colloquial colour"
    IN_CONTEXT = "loaded in context"
    NUMBER = "number"
    NAME = "name"
    LOADED_WORD = "loaded word"


# Kinds of words that give an editorial voice away by themselves; of the others it takes two.
TELLING = frozenset(
    {
        CueKind.EVALUATIVE_LABEL,
        CueKind.CONFLICT_METAPHOR,
        CueKind.DOUBT_CASTING_VERB,
        CueKind.COLLOQUIAL_COLOUR,
    }
)


class Variant(StrEnum):
    """What one rendering of a quotation does to the fullest one; OTHER is no rendering of it."""

    FULLEST = "fullest"
    VERBATIM = "verbatim"
    SHORTENED = "shortened"
    SPLICED = "spliced"
    ALTERED = "altered"
    PARAPHRASED = "paraphrased"
    OTHER = "other words"


class CarriedHow(StrEnum):
    """The evidence that an article runs words which another one, or an agency, had first."""

    VERBATIM = "verbatim"
    CREDIT_LINE = "credit line"
    BLOCK_QUOTATION = "block quotation"
    SAYS_SO = "says so"


class SourceKind(StrEnum):
    """What kind of source stands for a stretch."""

    NAMED = "named"
    OFFICIAL = "official"
    EXPERT = "expert"
    UNNAMED = "unnamed"
    OTHER_MEDIA = "other media"


class Stage(StrEnum):
    """Where a page was lost."""

    DISCOVERY = "discovery"
    ROBOTS = "robots"
    FETCH = "fetch"
    EXTRACT = "extract"
    READ = "read"
    GATE = "gate"
