"""Lines and sentences of an article that state nothing about its event.

Credits, buttons, headings, notices, links and lead-ins come with the text of an article wherever it was
copied or cut out of its page by hand. Each is told by the words that are its own, or by its form: a short line
without a full stop among lines that have one. English; other languages lose only what has no words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from compare.kinds import ClaimRole
from compare.language.boilerplate_words import (
    BIOGRAPHY,
    CAPTION,
    CONTROL,
    CREDIT,
    LEAD_IN,
    LINK,
    LINKS_FOLLOW,
    NAMES,
    NOTICE,
    PROMOTION,
    SOCIAL,
    STAMP_WORDS,
    STAMPED,
    TIME,
)
from compare.language.opinions import is_opinion
from compare.stop_words import FUNCTION_WORDS
from compare.text import words

# A line of so few words without a full stop is a heading; longer ones may be the points of a list.
LONGEST_HEADING = 6
# Where fewer lines than this share end with a full stop, its lack tells nothing.
STOPPED_LINES = 0.5
# A sentence of fewer content words names a thing or greets; it does not state.
FEWEST_CONTENT_WORDS = 2


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: its line, the lines around it, and whether lines there end with full stops.

    `opens` says that it is the first sentence of its line, `closes` that it is the last one; `repeated`
    that its line is one that stood before in the article, or that the outlet prints elsewhere too; `linked`
    that it stands in a list of links; `quoted` that it is inside a quotation, a post or
    a transcript; `late` that it is behind the first lines, where a page may list what is new.
    """

    line: str
    before: str = ""
    after: str = ""
    opens: bool = True
    closes: bool = True
    stopped: bool = True
    repeated: bool = False
    linked: bool = False
    quoted: bool = False
    late: bool = False


def places_of(lines: Sequence[str], repeated: frozenset[str] = frozenset()) -> list[Place]:
    """The place of each line of an article, taken whole; `repeated` are lines that its outlet prints elsewhere."""
    full = [line for line in lines if len(line.split()) > LONGEST_HEADING]
    stopped = sum(bool(_STOP.search(line)) for line in full) >= STOPPED_LINES * len(full)
    transcript = sum(bool(_SPEAKER.match(line)) for line in lines) >= _SPEAKERS
    seen: set[str] = set()
    found = []
    linked = False
    for i, line in enumerate(lines):
        linked = linked and not _STOP.search(line)
        found.append(
            Place(
                line=line,
                before=lines[i - 1] if i else "",
                after=lines[i + 1] if i + 1 < len(lines) else "",
                stopped=bool(full) and stopped,
                repeated=line in seen or line in repeated,
                linked=linked,
                quoted=transcript,
                late=i >= _FIRST_LINES,
            )
        )
        linked = linked or LINKS_FOLLOW.match(line) is not None
        seen.add(line)
    return found


# So many lines that begin with a speaker's name make a transcript.
_SPEAKERS = 3
_SPEAKER = re.compile(r"^[A-Z][A-Z.’' -]{2,40}(?:, [\w ]{2,40})?: ")
_FIRST_LINES = 4


def role_of(text: str, place: Place) -> ClaimRole:
    """What a sentence is for in its article; STATEMENT unless something tells otherwise."""
    said = " ".join(text.split()).lstrip(_BULLETS) or text
    for role, matches in _RULES:
        if matches(said, place):
            return role
    return ClaimRole.STATEMENT


_STAMP_PART = re.compile(r"[^\W\d_]+|\d+")
_LONGEST_STAMP = 40
_JOINING = frozenset("on at the of and in".split())
_STOP = re.compile(r"[.!?…][\"'”’»›)\]]*$|[\"”»]$")
_BULLETS = "⦁•●▪◦·►▶* "
_TOO_LONG_TO_LEAD_IN = 14
_EXCLAIMED = frozenset(
    "sure yes no okay ok indeed right well exactly wow oh true nope yeah absolutely really maybe perhaps hardly enough next why period fine thanks hello hi welcome".split()
)


def _is_markup(said: str, _: Place) -> bool:
    if not any(c.isalnum() for c in said):
        return True
    shape = (
        said[0] in "{["
        and said[-1] in "}];,"
        and re.search(r"[\"'\w]\s*:\s*[\"'\w\[{]", said) is not None
    )
    code = re.search(
        r"\bfunction ?\(|\b(?:var|const|let) \w+ ?=|<\/?\w+[^>]{0,80}>|^@(?:media|import)\b|^\.?[\w-]+ ?\{.*\}$|window\.\w+|document\.\w+",
        said,
    )
    return shape or code is not None


def _is_shouted(said: str, place: Place) -> bool:
    """A line in capitals among lines that are not: a link or a heading."""
    letters = [c for c in said if c.isalpha()]
    shouted = len(letters) > 3 and sum(c.isupper() for c in letters) >= 0.9 * len(letters)
    if not (shouted and place.stopped and place.opens and place.closes):
        return False
    around = [c for line in (place.before, place.after) for c in line if c.isalpha()]
    return sum(c.islower() for c in around) > len(around) / 2


def _is_unstopped(said: str, place: Place) -> bool:
    """A line without a full stop between lines that have one: the headline of another story."""
    alone = place.stopped and place.opens and place.closes
    if not alone or _STOP.search(said):
        return False
    return _GLUED.search(said) is not None or _stands_out(said, place)


# "More on the port:Crane falls into the harbour": two elements of a page that ran together.
_GLUED = re.compile(r"[a-z]:[A-Z][a-z]+ ")


def _stands_out(said: str, place: Place) -> bool:
    if (
        said.startswith((*_QUOTES, "-", "–", "—"))
        or said[0].isdigit()
        or said.endswith((":", ",", ";"))
    ):
        return False
    return (
        bool(_STOP.search(place.before) and _STOP.search(place.after))
        and place.late
        and len(said.split()) <= _LONGEST_LINK
    )


_LONGEST_LINK = 20


def _is_heading(said: str, place: Place) -> bool:
    """A short line without a full stop, or a question on a line of its own that its text answers."""
    alone = place.opens and place.closes
    if (
        not (alone and place.stopped)
        or said[:1] in "•⦁*-–—·▪◦"
        or re.match(r"\(?\d{1,2}[).] ", said)
    ):
        return False
    if said.startswith(_QUOTES) and said.endswith(("'", "’")):
        return False  # a quotation set apart
    number = len(said.split())
    return (
        not _STOP.search(said) and not said.endswith((",", ";", ":")) and number <= LONGEST_HEADING
    )


def _is_question(said: str, place: Place) -> bool:
    alone = place.opens and place.closes
    listed = place.before.endswith("?") or place.after.endswith("?")
    return (
        alone
        and not listed
        and said.endswith("?")
        and len(said.split()) <= 12
        and not said.startswith(_QUOTES)
    )


_QUOTES = ('"', "“", "'", "‘", "«", "„")


def _is_lead_in(said: str, place: Place) -> bool:
    if not place.closes or len(said.split()) > _TOO_LONG_TO_LEAD_IN:
        return False
    return LEAD_IN.search(said) is not None


def _is_fragment(said: str, place: Place) -> bool:
    """Too few words to state anything, or the rest of a sentence that was cut."""
    found = words(said)
    content = [w for w in found if w.key not in FUNCTION_WORDS]
    if place.quoted or said.startswith(_QUOTES) or said.endswith("!"):
        # A shout, or a quotation in pieces: somebody said it, if it says anything.
        return len(content) < FEWEST_CONTENT_WORDS and len(found) <= _LONGEST_SHOUT
    if not any(c.isalpha() for c in said):
        return True
    if len(found) <= 3 and all(w.key in _EXCLAIMED or w.key in FUNCTION_WORDS for w in found):
        return True
    if len(content) < FEWEST_CONTENT_WORDS and len(found) <= 2:
        return not any(w.key[0].isdigit() for w in content) or len(found) == 1
    named = len(found) <= 5 and place.opens and not any(w.key[0].isdigit() for w in found)
    if named and _ONLY_NAMES.match(said):
        return True
    cut = place.closes and place.stopped and len(found) <= _LONGEST_CUT
    return cut and _CUT_OFF.search(said) is not None


_ONLY_NAMES = re.compile(rf"^{NAMES}\.?$")
_LONGEST_CUT = 25
_LONGEST_SHOUT = 1
_CUT_OFF = re.compile(r"\b(?:the|a|an|of|and|or|with|to|for|by|from|in|at|their|its|his|that)$")


def _is_stamp(said: str, _: Place) -> bool:
    """Only when the page was published or changed: "on April 30, 2008 at 4:31 AM, updated 30/4 8:33 GMT"."""
    parts = _STAMP_PART.findall(said)
    if not 2 <= len(parts) <= _LONGEST_STAMP or not any(part[0].isdigit() for part in parts):
        return False
    named = [part.lower() for part in parts if not part[0].isdigit()]
    if not all(part in STAMP_WORDS for part in named):
        return False
    changed = any(part in STAMPED for part in named)
    return changed or not named or sum(part not in _JOINING for part in named) >= 1


_Rule = Callable[[str, Place], bool]


def _searched(pattern: re.Pattern[str]) -> _Rule:
    return lambda said, _: pattern.search(said) is not None


_RULES: tuple[tuple[ClaimRole, _Rule], ...] = (
    (ClaimRole.MARKUP, _is_markup),
    (ClaimRole.TIME, _searched(TIME)),
    (ClaimRole.TIME, _is_stamp),
    (ClaimRole.CREDIT, _searched(CREDIT)),
    (ClaimRole.CREDIT, lambda _, place: BIOGRAPHY.search(place.line) is not None),
    (ClaimRole.CAPTION, _searched(CAPTION)),
    (ClaimRole.BUTTON, _searched(CONTROL)),
    (ClaimRole.SOCIAL, _searched(SOCIAL)),
    (ClaimRole.PROMOTION, _searched(PROMOTION)),
    (ClaimRole.NOTICE, _searched(NOTICE)),
    (ClaimRole.LINK, _searched(LINK)),
    (ClaimRole.LINK, lambda _, place: place.linked),
    (ClaimRole.LINK, _is_shouted),
    (ClaimRole.REPEATED, lambda _, place: place.repeated),
    (ClaimRole.LEAD_IN, _is_lead_in),
    (ClaimRole.HEADING, _is_heading),
    (ClaimRole.FRAGMENT, _is_fragment),
    (ClaimRole.LINK, _is_unstopped),
    (ClaimRole.QUESTION, _is_question),
    (ClaimRole.OPINION, lambda said, place: not place.quoted and is_opinion(said)),
)
