"""Where a first sentence begins behind the place and the agency that open it."""

from __future__ import annotations

import pytest

from compare.language.dateline import behind_dateline


@pytest.mark.parametrize(
    "dateline",
    [
        "(CNN) ",
        "(CNN) - ",
        "HALDEN (Reuters) - ",
        "PORT SOL/HALDEN (Reuters) - ",
        "PORT SOL, May 3 (Reuters) — ",
        "Port Sol, Norland (CNN) -- ",
        "HALDEN — ",
        "HALDEN, Norland – ",
        "",
    ],
)
def test_a_sentence_begins_behind_its_dateline(dateline: str) -> None:
    assert behind_dateline(f"{dateline}The ferry sank.") == len(dateline)


@pytest.mark.parametrize(
    "sentence",
    [
        "The mayor (Ada Quill) resigned.",
        "(Here is a map.)",
        "US - Norland talks stall.",
        "The Harbour Board - which met on Monday - declined.",
        "The pilot (a former diver) - he left in May - said so.",
        "A Norland Corp. study found it.",
    ],
)
def test_what_only_looks_like_one_stays(sentence: str) -> None:
    assert behind_dateline(sentence) == 0
