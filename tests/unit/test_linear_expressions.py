"""Every compiled expression of the packages takes time that grows with the text, not with its square.

The expressions are found by themselves: every module of every package is imported, and what it compiled is pumped with strings made from the expression's own parts.
"""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType
from typing import Any

import pytest

import compare
import crawlers
import parallax
import templates

SIZES = (250, 2_000, 16_000)  # characters
ENOUGH = 0.1  # seconds of processor: below it nothing is slow
# A square that takes ENOUGH at the last size takes a sixteenth of it at a quarter of that size and a sixty-fourth at
# an eighth: what is quicker at one of them needs no more measuring. Characters, and seconds.
SCREENS = ((2_000, ENOUGH / 200), (4_000, ENOUGH / 20))
FASTER_THAN = 20.0  # times as long for eight times the text; 8 is linear, 64 square
LONGEST = 3.0  # seconds for one search, at any size
MOST_PUMPS = 60  # strings an expression
OPTIONAL = {"scrapy_playwright", "playwright"}


def modules() -> Iterator[str]:
    for package in (compare, crawlers, parallax, templates):
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not found.name.endswith("__main__") and "extract.warm" not in found.name:
                yield found.name


@cache
def expressions() -> dict[str, dict[str, re.Pattern[Any]]]:
    """Every compiled expression by its module and the name that holds it there; those in tuples and dicts too.

    Each stands once, with the first of the modules that hold it.
    """
    known: dict[str, dict[str, re.Pattern[Any]]] = {}
    seen: set[tuple[Any, int]] = set()
    for name in modules():
        known[name] = {}
        try:
            module = importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name in OPTIONAL:
                continue
            raise
        for label, value in vars(module).items():
            for number, pattern in enumerate(held(value, 0)):
                if (key := (pattern.pattern, pattern.flags)) not in seen:
                    seen.add(key)
                    known[name][f"{label}-{number}"] = pattern
    return known


def held(value: Any, depth: int) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif depth < 3 and isinstance(value, dict):
        for item in (*value.keys(), *value.values()):
            yield from held(item, depth + 1)
    elif depth < 3 and isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from held(item, depth + 1)


class Sampler:
    """Strings that parts of a parsed expression match, and the parts that repeat."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        text = pattern.pattern
        self.draw = random.Random(0)
        self.tree = parser.parse(
            text.decode("latin-1") if isinstance(text, bytes) else text,
            pattern.flags & ~re.UNICODE if isinstance(text, bytes) else pattern.flags,
        )
        self.groups: dict[int, str] = {}
        self.repeats: list[tuple[str, Any]] = []

    def text(self, tree: Any, prefix: str = "") -> str:
        out = ""
        for operation, value in tree:
            out += self.one(operation, value, prefix + out)
        return out

    def one(self, operation: Any, value: Any, prefix: str) -> str:
        if operation is code.LITERAL:
            return chr(value)
        if operation is code.NOT_LITERAL:
            return "a" if value != ord("a") else "b"
        if operation is code.ANY:
            return "a"
        if operation is code.IN:
            return self.of_set(value)
        if operation is code.BRANCH:
            return self.text(self.draw.choice(value[1]), prefix)
        if operation is code.SUBPATTERN:
            found = self.text(value[-1], prefix)
            if value[0] is not None:
                self.groups[value[0]] = found
            return found
        if operation in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            low, high, inner = value
            if high > 1:
                self.repeats.append((prefix, inner))
            return "".join(self.text(inner, prefix) for _ in range(max(low, min(1, high))))
        if operation is code.ATOMIC_GROUP:
            return self.text(value, prefix)
        if operation is code.GROUPREF:
            return self.groups.get(value, "")
        return ""

    def of_set(self, options: Any) -> str:
        operation, value = options[0]
        if operation is code.NEGATE:
            taken = {chr(v) for o, v in options if o is code.LITERAL}
            classes = {v for o, v in options if o is code.CATEGORY}
            wanted = "a0 -~\n" if not classes else "-~ a0\n"
            return next((c for c in wanted if c not in taken and self.fits(options, c)), "\u00b6")
        operation, value = self.draw.choice(options)
        if operation is code.LITERAL:
            return chr(value)
        if operation is code.RANGE:
            return chr(value[0])
        return {
            "CATEGORY_DIGIT": "0",
            "CATEGORY_SPACE": " ",
            "CATEGORY_WORD": "a",
            "CATEGORY_NOT_SPACE": "a",
            "CATEGORY_NOT_WORD": "-",
            "CATEGORY_NOT_DIGIT": "a",
        }.get(str(value), "a")

    @staticmethod
    def fits(options: Any, char: str) -> bool:
        for operation, value in options[1:]:
            if operation is code.RANGE and value[0] <= ord(char) <= value[1]:
                return False
            if operation is code.CATEGORY:
                name = str(value)
                is_in = {
                    "DIGIT": char.isdigit(),
                    "SPACE": char.isspace(),
                    "WORD": char.isalnum() or char == "_",
                }[name.rsplit("_", maxsplit=1)[-1]]
                if is_in != ("NOT" in name):
                    return False
        return True


def pumps(pattern: re.Pattern[Any]) -> list[tuple[str, str]]:
    """Beginnings and parts to be said again and again: of every repeat, of the whole, of blanks and letters."""
    found: dict[tuple[str, str], None] = {}
    sampler = Sampler(pattern)
    whole = [sampler.text(sampler.tree) for _ in range(4)]
    for prefix, inner in sampler.repeats[:60]:
        for _ in range(3):
            part = sampler.text(inner)
            if part:
                found[prefix, part] = None
                found["", part] = None
                found["", prefix + part] = None
    for sample in whole:
        if sample:
            found["", sample] = None
            found["", sample[:-1] or sample] = None
    for part in (
        " ",
        "a",
        "0",
        "A",
        "a ",
        ", ",
        "- ",
        "\n",
        "a.",
        "A. ",
        "(",
        '"',
        '"a ',
        "@",
        "0,",
        ":",
        "A ",
        "<",
    ):
        found["", part] = None
    given = list(found)
    return sampler.draw.sample(given, MOST_PUMPS) if len(given) > MOST_PUMPS else given


class TooLongError(Exception):
    """A search that took longer than any may."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def spent(pattern: re.Pattern[Any], text: str) -> float:
    subject: Any = text.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else text
    started = time.process_time()
    with limited(LONGEST):
        for _ in pattern.finditer(subject):
            pass
    return time.process_time() - started


def quick(pattern: re.Pattern[Any], prefix: str, part: str) -> bool:
    try:
        return any(
            spent(pattern, prefix + part * (size // len(part)) + "\u00b6!") < most
            for size, most in SCREENS
        )
    except TooLongError:
        return False


def slow_pump(pattern: re.Pattern[Any]) -> str | None:
    """A string on which an expression's time grows faster than its length; None where none was found."""
    for prefix, part in pumps(pattern):
        if quick(pattern, prefix, part):
            continue
        before = 0.0
        for size in SIZES:
            text = prefix + part * (size // len(part)) + "\u00b6!"
            try:
                now = spent(pattern, text)
                if now > ENOUGH and before and now > FASTER_THAN * before:
                    now = min(now, spent(pattern, text))
                    before = max(
                        before, spent(pattern, prefix + part * (size // 8 // len(part)) + "\u00b6!")
                    )
            except TooLongError:
                return f"{prefix[:60]!r} + {part[:60]!r} * n: over {LONGEST} s at {size} characters"
            if now > ENOUGH and before and now > FASTER_THAN * before:
                return f"{prefix[:60]!r} + {part[:60]!r} * n: {before:.3f} s, then {now:.3f} s at {size} characters"
            before = now
    return None


# By module, since which expressions there are is known only when all is imported, Scrapy and all: whoever only
# collects tests is spared that.
@pytest.mark.cost
@pytest.mark.parametrize("module", sorted(modules()))
def test_an_expression_takes_time_that_grows_with_the_text(module: str) -> None:
    slow = {
        f"{name} {pattern.pattern[:200]!r}": pump
        for name, pattern in expressions()[module].items()
        if (pump := slow_pump(pattern)) is not None
    }
    assert not slow
