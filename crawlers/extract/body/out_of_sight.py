"""Which words of a page no reader of it sees: those for screen readers, and those that are clipped away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml.html import HtmlElement

BLOCK_TAGS = frozenset(
    """
    address article aside blockquote body button caption center dd details dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol
    p pre section summary table tbody td tfoot th thead tr ul
    """.split()
)
LONGEST_NAME = 400  # characters of an attribute that names an element
HIDDEN = re.compile(r"display: {0,9}none|visibility: {0,9}hidden")
_WHOLE_PARTS = frozenset({"html", "body", "main", "article"})  # all of them blocks
_CLIPPED = re.compile(
    r"clip: {0,9}rect\( {0,9}[01](?:px)?\b|clip-path: {0,9}inset\( {0,9}(?:50|100)%|(?:text-indent|left|top|margin-left): {0,9}-\d{3,6}(?:px|em|rem|%|vw)"
    r"|(?<![\w-])opacity: {0,9}0(?:\.0{1,3})?(?![\d.])|font-size: {0,9}0(?![\d.])"
)
# What folds a block may be unfolded by a button; nothing unfolds a word inside a sentence.
_NO_SIZE = re.compile(
    r"(?<![\w-])(?:max-)?(?:width|height): {0,9}0(?:px)?(?![\d.%])|transform: {0,9}scale\( {0,9}0 {0,9}\)"
)
_NO_COLOUR = re.compile(r"(?<![\w-])color: {0,9}transparent")
_PIXEL = "1px"
_ONE_PIXEL = tuple(
    re.compile(rf"(?<![\w-]){side}: {{0,9}}[01]px(?![\d.])") for side in ("width", "height")
)
# Of the words of one class name, however they are joined: sr-only, srOnly, c-visually_hidden, VisuallyHidden-module.
_READ_ALOUD = re.compile(
    r"(?<!not )(?<!un)\b(?:sr (?:only|text)|visual(?:ly)? ?(?:hidden|hide)|vis ?hidden|(?:hidden|hide) visual(?:ly)?|screen ?readers? ?(?:text|only|hidden|label)"
    r"|(?:for|only|show for|hide except for) (?:screen ?readers?|sr)|(?:a11y|accessib(?:le|ly|ility)) (?:hidden|hide|only|text)|access(?:ible)? (?:hidden|hide)|hidden accessible|assistive (?:text|only)"
    r"|element invisible|off ?screen|non ?visual(?:ly)?|skip (?:link|to content))\b"
    r"|^(?:[a-z]{1,2} )?screen ?readers?$"
)
# One of these is in any name that is one of those above or below.
_MAY_BE_READ_ALOUD = re.compile("sr|vis|hid|screen|a11y|access|assist|skip|vh|aural|audible")
_READ_ALOUD_NAMES = frozenset("vh u-vh vhidden v-hidden aural audible".split())
_JOINED = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[\W_]+")
_SHORT_OF_SR = re.compile(r"^(?:sr|SR|sR)(?=O)")
_DIGITS_OR_HASH = re.compile(r"^(?:css|sc|dcr|ssrcss|jsx|module|(?!a11y)[a-z]{0,3}\d\w*)$")


# Utility classes of frameworks that take an element out of view.
_PUT_AWAY = frozenset("hidden d-none is-hidden u-hidden hide display-none uk-hidden".split())


def is_block_out_of_sight(tag: str, given: Mapping[str, str]) -> bool:
    """Whether no reader of the page sees a block's words: marked for screen readers, clipped away."""
    named, style = given.get("class"), given.get("style")
    if named is not None and _is_read_aloud(named[:LONGEST_NAME]) and tag not in _WHOLE_PARTS:
        return True
    return style is not None and _is_clipped(_read(style))


def is_inline_out_of_sight(element: HtmlElement) -> bool:
    """The same of an inline element; also by what would fold a block: nothing unfolds a word inside a sentence."""
    named = element.get("class")
    if named is not None and _is_read_aloud(named[:LONGEST_NAME]):
        return True
    style = element.get("style")
    if style is not None:
        style = _read(style)
        if _is_clipped(style):
            return True
    folded = element.get("hidden") is not None or (style is not None and _folds(style))
    return folded and next(element.iter(*BLOCK_TAGS), None) is None


def is_put_away(element: HtmlElement) -> bool:
    """Whether an element by itself is not on view until a script shows it: by its style, an attribute, a class, or as a closed dialogue."""
    style = element.get("style")
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (style is not None and HIDDEN.search(_read(style)) is not None)
        or element.tag == "template"
        or (element.tag == "dialog" and element.get("open") is None)
        or not _PUT_AWAY.isdisjoint((element.get("class") or "").lower().split())
    )


def _read(style: str) -> str:
    return style[:LONGEST_NAME].lower().replace("!important", "")


def _is_clipped(style: str) -> bool:
    return _CLIPPED.search(style) is not None or (_PIXEL in style and _is_a_dot(style))


def _is_a_dot(style: str) -> bool:
    return all(side.search(style) for side in _ONE_PIXEL)


def _folds(style: str) -> bool:
    return bool(
        HIDDEN.search(style)
        or (_NO_SIZE.search(style) and ("overflow" in style or "scale" in style))
        or (_NO_COLOUR.search(style) and "background" not in style)
    )


@lru_cache(maxsize=50_000)
def _is_read_aloud(named: str) -> bool:
    if _MAY_BE_READ_ALOUD.search(named.lower()) is None:
        return False
    return any(
        name in _READ_ALOUD_NAMES or _READ_ALOUD.search(_words(name)) for name in named.split()
    )


def _words(name: str) -> str:
    """The words of one class name, lower case: of "c-visuallyHidden__x1" "visually hidden" and what stands around it."""
    words = _JOINED.split(_SHORT_OF_SR.sub("sr-", name))
    kept = [w for w in words if w and not _DIGITS_OR_HASH.match(w)]
    return " ".join(kept).lower()
