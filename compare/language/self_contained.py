"""Whether a sentence says by itself what it is about, or only beside the sentences around it.

"But they didn't do that" tells something to those who know who did not do what; it names nobody and
nothing. (Such sentences are what decontextualization rewrites: Choi et al. 2021, arXiv:2102.05169; here
nothing is rewritten.) By small words and capitals alone, English only.
"""

from __future__ import annotations

import re

from compare.language.complete import has_verb
from compare.language.number_words import SCALE_WORD, UNIT_WORD
from compare.stop_words import FUNCTION_WORDS
from compare.text import in_title_case, words

# So many content words say something whoever "he" is and whatever "that" was.
ENOUGH_CONTENT = 5

_NUMBER = re.compile(rf"\d|\b(?:{UNIT_WORD}|(?:{SCALE_WORD})s?|half|twice)\b", re.IGNORECASE)
_NAME = re.compile(
    r"(?<=[a-z,;:)\"”’'–—-]\s)[\"“‘'(]?(?!I\b|God\b|OK\b)[A-Z](?![A-Z])|\b(?:[A-Z]\.){2}"
)
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")
# "ADA QUILL: That's exactly right.": a transcript says who speaks, the sentence does not.
_WHO_SPEAKS = re.compile(r"^[A-Z][A-Z.’'-]+(?: [A-Z][A-Z.’'-]+){0,3}: ")
_SPEAKERS_OWN = re.compile(
    r"\b(?:I|[Ww]e|[Yy]ou|[Mm]e|[Uu]s|[Mm]y|[Oo]ur|[Yy]our|[Mm]ine|[Oo]urs|[Yy]ours)\b"
)
_OPENING = r"^[\W_]*(?:(?:but|and|so|or|yet|still|now|then|well|no|yes|oh|because|maybe|perhaps|honestly|look|ok|okay)\b[\W_]*){0,3}"
_POINTING = re.compile(
    _OPENING
    + r"(?:this|that|these|those|it|there|here|i|we|you|my|our|your|what|who|how|why|where|when|not|none|all of (?:us|them|that|this))\b",
    re.IGNORECASE,
)
_THIRD_PERSON = re.compile(_OPENING + r"(?:he|she|they|his|her|their|its|one)\b", re.IGNORECASE)
# What may be a whole sentence, whose verb is not known here: "The ferry sank."
_SUBJECT = re.compile(r"^[\W_]*(?:the|an?|he|she|they|his|her|their)\b", re.IGNORECASE)
_ASKED_OR_SHOUTED = re.compile(r"[?!][\"'”’)]*$")


def is_self_contained(text: str, *, spoken: bool) -> bool:
    """Whether a sentence names somebody, something or a number, or says enough about a subject of its own.

    Questions and shouts that name nothing do not. `spoken`: words of it are quoted. There "he" and
    "they" are the speaker's; in an outlet's own voice they are those whom the article is about.
    """
    text, labelled = _WHO_SPEAKS.subn("", text)
    spoken = spoken or labelled > 0
    titled = in_title_case(text.split())
    if _NUMBER.search(text) or (not titled and _has_name(text)):
        return True
    if _ASKED_OR_SHOUTED.search(text):
        return False
    if sum(word.key not in FUNCTION_WORDS for word in words(text)) >= ENOUGH_CONTENT:
        return True
    if _POINTING.match(text) or (
        spoken and (_SPEAKERS_OWN.search(text) or _THIRD_PERSON.match(text))
    ):
        return False
    return titled or has_verb(text) or _SUBJECT.match(text) is not None


def _has_name(text: str) -> bool:
    capitals = (word.lower() for word in _CAPITALS.findall(text))
    abbreviated = any(word not in FUNCTION_WORDS and word != "ok" for word in capitals)
    return abbreviated or _NAME.search(text) is not None
