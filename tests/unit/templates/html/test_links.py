from __future__ import annotations

from datetime import UTC, datetime

import pytest

from templates.html.links import Links, keys, nearest_copy, pair_key, text_fragment, web


@pytest.mark.parametrize(
    "url", ["https://a.example/x?y=1#z", "http://127.0.0.1:8790/a", "https://bücher.example/ä"]
)
def test_web_addresses_go_through(url: str) -> None:
    assert web(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " https://a.example/",
        "data:text/html,<script>",
        "file:///etc/passwd",
        "//a.example/x",
        "/relative",
        "https:///no-host",
        "https://[broken",
        'https://a.example/"onclick="x',
        "https://a.example/\u202egnp.exe",
        "vbscript:x",
    ],
)
def test_anything_else_becomes_no_link(url: str | None) -> None:
    assert web(url) == ""


def test_the_nearest_archived_copy_is_asked_for_by_the_time_of_reading() -> None:
    when = datetime(2031, 5, 6, 7, 40, tzinfo=UTC)
    url = "https://www.herald-of-nowhere.com/a?b=1"
    assert nearest_copy(url, when) == f"https://web.archive.org/web/20310506074000/{url}"
    assert nearest_copy(url, None) == f"https://web.archive.org/web/2/{url}"


@pytest.mark.parametrize(
    "url",
    [
        None,
        "javascript:alert(1)",
        "http://127.0.0.1:8790/story",
        "http://[::1]/story",
        "http://[::1::1]/story",
        "http://localhost/story",
        "https://wire.example/story",
    ],
)
def test_what_nobody_can_have_archived_has_no_copy(url: str | None) -> None:
    assert nearest_copy(url, None) == ""


def test_a_short_passage_is_named_whole() -> None:
    link = text_fragment("https://a.example/x", "Nobody was hurt, officials said.")
    assert link == "https://a.example/x#:~:text=Nobody%20was%20hurt%2C%20officials%20said."


def test_a_long_passage_is_named_by_its_ends_and_dashes_are_escaped() -> None:
    link = text_fragment(
        "https://a.example/",
        "The rust-bucket ferry Maren slammed into the rocks off Tolvik on Tuesday.",
    )
    assert (
        link
        == "https://a.example/#:~:text=The%20rust%2Dbucket%20ferry%20Maren%20slammed,rocks%20off%20Tolvik%20on%20Tuesday."
    )


def test_a_fragment_that_is_there_is_kept() -> None:
    assert text_fragment("https://a.example/x#top", "So it goes").startswith(
        "https://a.example/x#top:~:text="
    )


def test_no_live_link_without_a_web_address() -> None:
    assert text_fragment("javascript:alert(1)", "words") == ""


def test_keys_are_plain_short_and_distinct() -> None:
    found = keys(["The New Day", "the new day", "Ñandú!", "新聞", "../../etc", "x" * 300, "\ud800"])
    assert len(set(found.values())) == len(found)
    assert all(
        key and len(key) <= 50 and set(key) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
        for key in found.values()
    )
    assert found["Ñandú!"] == "nandu"


def test_a_name_keeps_its_key_when_others_join() -> None:
    assert keys(["Free Coast"])["Free Coast"] == keys(["Other", "Free Coast", "新聞"])["Free Coast"]


def test_links_lead_up_from_subfolders_and_become_anchors_in_one_file() -> None:
    assert Links("../").cell("abc", "free-coast") == "../details/abc.html#d-abc-free-coast"
    assert Links(single=True).cell("abc", "free-coast") == "#d-abc-free-coast"
    assert Links("../").page("matrix") == "../matrix.html"
    assert Links(single=True).page("matrix") == "#matrix"


def test_a_pair_has_one_key_whichever_comes_first() -> None:
    order = {"b": 0, "a": 1}
    assert pair_key("a", "b", order) == pair_key("b", "a", order) == "b--a"


def test_no_two_names_share_a_key_whatever_they_are() -> None:
    digest = keys(["A", "a"])["A"]
    names = ["A", "a", digest, "con", "CON", "NUL", "lpt1", "console"]
    made = keys(names)
    assert len(set(made.values())) == len(names)
    assert not {"con", "nul", "lpt1"} & set(made.values())
    assert made["console"] == "console"
    assert keys(reversed(names)) == made
