"""Abbreviations of English news, and whether a full stop belongs to one: judged by the word and by what follows."""

from __future__ import annotations

import re

# Before a name or after a party to a case: the full stop is never the end of a sentence.
_NEVER_END = frozenset("mr mrs ms mx messrs mme mlle vs v viz e.g i.e cf".split())
# Titles, ranks, offices and the like before a name: the end only where what follows begins a sentence.
_BEFORE_NAMES = frozenset(
    """
    dr prof rev fr br sr.a msgr mgr hon rt ven st ste mt ft ald cllr amb pres gov govs lt.gov sen sens rep reps del asst
    assoc atty att'y dept dep supt det insp ofc const sec treas chf chmn comdr comm commr assemb
    gen brig adm vadm radm col lt maj capt cmdr cmdt cpt cpl sgt ssgt msgt tsgt sfc pvt pfc pte spc spec
    lcpl gnr bdr ens mstr wg gp flt sqn fig approx ca al hr bros mmes dist univ jct smt shri sri adv cdr ldr drs profs revs sgts
    """.split()
)
# Before a number alone: "No. 5" and "Rs. 50", but "He said no. Nobody asked".
_BEFORE_NUMBERS = frozenset("no nos rs art arts fig figs vol vols pp ch sec secs par paras para ex op ver app c p".split())  # fmt: skip
# An abbreviation that may also end a sentence: it does when what follows reads like a beginning.
_MAY_END = frozenset(
    """
    jr sr esq inc ltd co cos corp llc llp plc pty etc u.s u.k u.n e.u d.c a.m p.m u.s.a n.y l.a ph.d m.d b.a
    m.a d.d.s r.n m.p jan feb mar apr jun jul aug sept sep oct nov dec ave blvd rd est
    """.split()
)
_STATES = frozenset(
    """
    ala ariz ark calif colo conn fla ga ill ind kan kans ky la md mass mich minn miss mo mont neb nebr nev
    n.h n.j n.m n.c n.d okla ore oreg pa r.i s.c s.d tenn tex vt va wash w.va wis wyo ont que alta sask b.c
    """.split()
)
# Words that begin sentences far more often than they follow "U.S." or "Inc." inside one.
_BEGINNERS = frozenset(
    """
    the a an this that these those he she it they we i you his her its their our my there here in
    on at by for from with as after before when while since until if although though but and or so
    yet however meanwhile still now then later earlier what who why how where not no one some many
    most all both each another asked according also during under over about despite nobody nothing everyone
    everybody somebody someone click read watch follow subscribe copyright
    """.split()
)
_WEEKDAYS = frozenset("mon tue tues wed thu thur thurs fri sat sun".split())
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())
# Marks inside names: "Yahoo! News", "Jeopardy! champion".
_MARKED_NAMES = frozenset("yahoo jeopardy e wham panic guess oklahoma which".split())
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LAST_WORD = re.compile(r"[^\s\"“”‘’«»(\[—–]+$")
LONGEST_WORD = 40


def last_word(text: str, start: int, stop: int) -> str:
    """The word that ends at `stop`, not before `start`; "" where none does."""
    found = _LAST_WORD.search(text, max(start, stop - LONGEST_WORD), stop)
    return found.group() if found else ""


def is_abbreviation(text: str, start: int, stop: int, following: str) -> bool:
    """Whether the full stop at `stop` belongs to the word before it rather than to a sentence.

    `start` is where the sentence begins, `following` the word behind the full stop.
    """
    whole = last_word(text, start, stop)
    word = whole.rsplit("-", 1)[-1].rsplit("/", 1)[-1]
    if not word:
        return False
    key, begins = word.lower(), following.lower() in _BEGINNERS
    if key in _NEVER_END:
        return True
    if key in _BEFORE_NUMBERS and following[0].isdigit():
        return True
    if key in _BEFORE_NAMES:
        # "Ste. The" and "6 ft. The": no one has such a name. A rank in small letters stands at an end, too.
        return not begins and (word[0].isupper() or following[0].isdigit())
    if key in _WEEKDAYS and word[0].isupper():
        return following[0].isdigit() or following[:3].lower() in _MONTHS
    if key in {"sec", "del"}:
        return word[0].isupper() and not begins
    if len(word) == 1 and word.isalpha() and word.isupper():
        # "I." is an initial where a sentence begins with it, and else a word of its own.
        return word != "I" or text[start:stop].strip("\"'“‘( ") == "I"
    if _INITIALS.fullmatch(word) or key in {"a.m", "p.m", "etc"}:
        return not begins
    if key in _STATES:
        return word[0].isupper() and not begins and _is_state(text, start, stop, whole, word)
    return key in _MAY_END and word[0].isupper() and not begins


def _is_state(text: str, start: int, stop: int, whole: str, word: str) -> bool:
    """In capitals "ILL." is a state behind a comma alone ("OSK, ILL. POLICE"), or behind a party's letter."""
    if not (word.isupper() and len(word) > 1 and "." not in word):
        return True
    before = text[max(start, stop - len(whole) - 2) : stop - len(whole)]
    return "-" in whole or before.rstrip().endswith((",", "("))


def marks_a_name(text: str, start: int, stop: int, following: str) -> bool:
    """Whether the "!" or "?" at `stop` is part of a name, as in "Yahoo! News"."""
    word = last_word(text, start, stop)
    known = word.lower() in _MARKED_NAMES and word[0].isupper()
    return known and following.lower() not in _BEGINNERS
