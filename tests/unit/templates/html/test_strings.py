from __future__ import annotations

import re
from pathlib import Path

import pytest

from templates.html.strings import Strings, english

ROOM = Path(__file__).parents[4] / "templates"


def test_a_plural_follows_its_count() -> None:
    say = english()
    assert say("story.articles", count=1) == "1 article"
    assert say("story.articles", count=1200) == "1,200 articles"


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        english()("story.nowhere")


def test_no_string_is_left_over() -> None:
    """A key is used if it, or the part of it that code completes, stands in a template or in a view."""
    sources = "\n".join(p.read_text() for p in [*ROOM.rglob("*.html"), *ROOM.rglob("*.py")])
    stems = set(re.findall(r'f?"([a-z_]+\.[a-zA-Z_.]*)', sources)) | set(
        re.findall(r'say\("([a-z_.]+)', sources)
    )
    stems |= set(re.findall(r'self\("([a-z]+)"', sources))

    def used(key: str) -> bool:
        return any(
            key == stem
            or (stem.endswith((".", "_")) and key.startswith(stem))
            or key.startswith(f"{stem}.")
            for stem in stems
        )

    assert not [key for key in sorted(english().keys()) if not used(key)]


def test_templates_hold_no_words_of_their_own() -> None:
    for path in ROOM.rglob("*.html"):
        text = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<!doctype html>",
            "",
            path.read_text(),
            flags=re.DOTALL,
        )
        words = re.findall(r"[A-Za-z]{3,}", re.sub(r"<[^>]*>", " ", text))
        assert not words, path.name


def test_a_translation_is_one_file() -> None:
    months = (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    )
    status = {
        s: {"name": s.lower()}
        for s in (
            "INCLUDED",
            "EDITORIALIZED",
            "CONFLICTING",
            "LEFT_OUT",
            "PUBLISHED_BEFORE",
            "CANNOT_TELL",
        )
    }
    say = Strings(
        {"months": months, "status": status, "a": {"one": "{count} cosa", "other": "{count} cosas"}}
    )
    assert say("a", count=2) == "2 cosas"
    assert say.months[4] == "mayo"
