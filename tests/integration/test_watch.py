"""An event is watched over real HTTP: what changes is told in the feed, whatever kills a look meanwhile."""

from __future__ import annotations

import html
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from compare.changes import ChangeKind, NewsKind, Part
from compare.codec import encode_comparison, read_comparison
from compare.coding.corrections import Correction, write_corrections
from compare.coding.sheets import ItemKind
from compare.datamodel import Mention, Status
from compare.over_time.diff import difference
from parallax.sample.answers import Answer
from parallax.sample.web import SampleWeb
from parallax.watch_state import read_watched
from tests.integration.crawl.forked import Forked
from tests.integration.crawl.forked import parallax as forked
from tests.unit.parallax.conftest import Parallax, parallax

__all__ = ["parallax"]  # the fixture

pytestmark = [pytest.mark.web, pytest.mark.model, pytest.mark.timeout(1_200)]

KILLS = int(os.environ.get("PARALLAX_KILLS", "2"))
SEED = int(os.environ.get("PARALLAX_SEED", "7"))
ATOM = "{http://www.w3.org/2005/Atom}"
# What stood on the sample web's pages on Sunday night, where it stands otherwise on Tuesday.
ON_SUNDAY = {
    "fenwick-standard": (
        ("an Ilyushin IL-62 and an Antonov AN-124 leaving", "an Ilyushin IL-62 and an Ilyushin IL-76 leaving"),
        (re.compile(r'<p class="update">.*?</p>'), ""),
        (re.compile(r"<p>Russia said on Tuesday .*?</p>"), ""),
        (re.compile(r"<p>The foreign ministry’s spokeswoman, .*?</p>"), ""),
        (re.compile(r'<p class="correction">.*?</p>'), ""),
        ("2019-03-26T16:20", "2019-03-24T20:00"),
        ("Russia says its specialists are in Venezuela under a 2001 agreement", "Russian planes land near Caracas"),
    ),
}  # fmt: skip
NUMBER = "Airport officials said the cargo plane had brought 35 tonnes of material."
SOFTER = "Airport officials said the cargo plane may have brought about 30 tonnes of material."
DENIAL = "Reports in January that Russian mercenaries were in Caracas to protect Mr Maduro were denied by the Kremlin."
SCOOP = "One of the workers said passengers in plain clothes and in uniform left the jet in three buses."
TAKEN = "Passengers in plain clothes and in uniform left the jet in three buses, an airport worker said."
MOSCOW = "the visit was covered by a 2001 accord on military-technical cooperation"
# What Halyard Radio, which has said the same since Sunday, makes of its page on Tuesday.
ON_TUESDAY = {
    "halyard-radio": (
        (NUMBER, SOFTER),
        (f"<p>{DENIAL}</p>", ""),
        ("A larger plane, an Antonov AN-124,", f"{TAKEN} A larger plane, an Antonov AN-124,"),
    ),
}
WATCHED = ("fenwick-standard", "halyard-radio", "tradewind-news")
SUNDAY_NIGHT, DAY = 1_553_461_200, 86_400


class SampleWebOverTime(SampleWeb):
    """The sample web, with its pages as they were on Sunday until it is Tuesday."""

    tuesday = False

    def answer(self, slug: str, method: str, target: str, user_agent: str) -> Answer:
        answer = super().answer(slug, method, target, user_agent)
        edits = (ON_TUESDAY if self.tuesday else ON_SUNDAY).get(slug)
        if edits is None:
            return answer
        html = answer.body.decode("utf-8")
        for words, instead in edits:
            if isinstance(words, str):
                html = html.replace(words, instead)
            else:
                html = words.sub(instead, html)
        return replace(answer, body=html.encode("utf-8"))


@dataclass
class Watching:
    """A watch of three outlets of the sample web, each look a process of its own."""

    web: SampleWebOverTime
    file: Path
    out: Path
    looks: int = 0
    took: float = 0.0
    said: list[dict[str, Any]] = field(default_factory=list)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)

    def start(self, *more: str, day: int | None = None) -> Forked:
        call, clock = self._call(*more), self._clock(day)
        return forked(call, self.file.parent, SOURCE_DATE_EPOCH=clock)

    def logged(self, log: Path, *more: str) -> subprocess.Popen[bytes]:
        """A Python of its own, which may begin anew, and what it says behind what the log holds."""
        with log.open("a") as to:
            return subprocess.Popen(
                [sys.executable, "-m", "parallax", *self._call(*more)],
                stdout=to,
                stderr=to,
                env={**os.environ, "SOURCE_DATE_EPOCH": self._clock()},
            )

    def _call(self, *more: str) -> list[str]:
        services = ["--gdelt", "off", "--wayback", "off", "--json"]
        return ["watch", str(self.file), *more, "--allow-private", "--delay", "0", *services]

    def _clock(self, day: int | None = None) -> str:
        """A clock of its own for every look, a day after the last one."""
        return str(SUNDAY_NIGHT + DAY * (self.looks if day is None else day))

    def look(self) -> dict[str, Any]:
        began = time.monotonic()
        child = self.start("--once")
        out, complaints = child.communicate(timeout=280)
        assert child.returncode == 0, complaints
        self.took = time.monotonic() - began
        self.looks += 1
        self.said.append(json.loads(out))
        return self.said[-1]

    def killed(self, after: float) -> None:
        child = self.start("--once")
        time.sleep(after)
        child.kill()
        child.communicate()

    def entries(self) -> list[tuple[str, str, str]]:
        root = etree.fromstring((self.out / "feed.xml").read_bytes())
        names = [ATOM + name for name in ("title", "id", "updated")]
        return [tuple(e.findtext(n) for n in names) for e in root.iter(ATOM + "entry")]  # type: ignore[misc]


@pytest.fixture(scope="module")
def watching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watching]:
    folder = tmp_path_factory.mktemp("watch")
    with SampleWebOverTime() as web:
        yield _watched(web, folder)


def _watched(web: SampleWebOverTime, folder: Path) -> Watching:
    homes = [web.urls[slug].removeprefix("http://").removesuffix("/") for slug in WATCHED]
    tables = web.registry.split("[[outlet]]")
    (folder / "outlets.toml").write_text(
        "".join(f"[[outlet]]{table}" for table in tables if any(f'"{h}"' in table for h in homes))
    )
    file = folder / "event.toml"
    event = web.event
    file.write_text(
        f'title = "The planes"\nabout = "{event.about}"\nfrom = {event.start}\nto = {event.end}\n'
        'outlets = "outlets.toml"\nonly = true\nevery = 60\nout = "kept"\n'
    )
    watching = Watching(web, file, folder / "kept")
    chance = random.Random(SEED)
    watching.look()
    watching.look()
    web.tuesday = True
    for _ in range(KILLS):
        watching.killed(chance.uniform(0.3, 1.0) * watching.took)
        for path in (watching.out / "feed.xml", watching.out / "news.html"):
            assert path.read_bytes().rstrip().endswith(b">"), (SEED, path)
        assert len(read_watched(watching.out).looks) in {1, 2}, SEED
        read_comparison(watching.out / "comparison.json")
    watching.look()
    watching.asked.update((a.outlet, a.target) for a in web.requests)
    return watching


def test_the_first_look_and_one_at_what_has_not_changed_tell_nothing(watching: Watching) -> None:
    first, second, last = watching.said
    assert first["new"] == second["new"] == []
    assert (first["looks"], second["looks"], last["looks"]) == (1, 1, 2)


def test_the_feed_says_who_did_what_each_thing_once_whatever_was_killed(watching: Watching) -> None:
    entries = watching.entries()
    assert len({known for _, known, _ in entries}) == len(entries)
    (look,) = [look for look in read_watched(watching.out).looks if look.items]
    assert {updated for _, _, updated in entries} == {look.at}
    assert {title.partition(" ")[0] for title, _, _ in entries} == {"Fenwick", "Halyard"}
    halyard = {(i.kind.name, i.old, i.new) for i in look.items if i.outlet == "Halyard Radio"}
    assert halyard == {
        ("SOFTENED", NUMBER, SOFTER),
        ("DROPPED", DENIAL, ""),
        ("ADDED", "", TAKEN),
    }
    titles = {title for title, _, _ in entries}
    assert "Halyard Radio dropped the denial" in titles
    assert "Halyard Radio softened the number and the hedge" in titles
    shown = (watching.out / "news.html").read_text("utf-8")
    assert all(title in shown for title in titles)
    assert DENIAL in shown
    assert "<del>35</del>" in shown


def test_the_updated_article_is_told_with_its_correction(watching: Watching) -> None:
    items = [i for look in read_watched(watching.out).looks for i in look.items]
    fenwick = [i for i in items if i.outlet == "Fenwick Standard"]
    (noted,) = [i for i in fenwick if i.kind is NewsKind.CORRECTION]
    assert "said that the second plane was an Ilyushin IL-76" in noted.new
    assert any(i.kind is NewsKind.ADDED and MOSCOW in i.new for i in fenwick)
    assert any("IL-76" in i.old and "AN-124" in i.new for i in fenwick)
    # Another headline in place of one is no statement that was dropped.
    assert [(i.kind, i.new) for i in fenwick if i.old == "Russian planes land near Caracas"] == [
        (NewsKind.CHANGED, "Russia says its specialists are in Venezuela under a 2001 agreement")
    ]


def test_the_timeline_and_the_difference_say_who_had_the_scoop(watching: Watching) -> None:
    looks = read_watched(watching.out).looks
    old, new = (read_comparison(watching.out / look.comparison) for look in looks)
    texts = {a.id: a.text for a in new.articles}

    def words(m: Mention) -> str:
        span = m.sentence
        assert span is not None
        return texts[m.article][span.start : span.end]

    (scoop,) = [
        d
        for d in new.details
        if {SCOOP, TAKEN} <= {words(m) for m in d.mentions if m.field == "text"}
    ]
    since = {m.outlet: (m.since, m.by) for m in reversed(scoop.mentions)}
    assert (since["Tradewind News"][1] or "") < (since["Halyard Radio"][0] or "")
    # Between the last look that had not read it and the one that did.
    assert since["Halyard Radio"] == (looks[0].at, looks[1].at)
    told = {(t.outlet, t.kind) for t in difference(old, new).told}
    assert ("Halyard Radio", ChangeKind.ADDED) in told
    page = (watching.out / "report" / "timeline.html").read_text("utf-8")
    shown = html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page)))
    span = "Halyard Radio, between 24 March 2019, 21:00 UTC and 26 March 2019, 21:00 UTC"
    assert f"Tradewind News 23 March 2019 {span}" in shown
    # A corrected article does not argue with itself.
    assert not any(
        c
        for d in new.details
        for c in d.conflicts
        if d.mentions[c.a].outlet == d.mentions[c.b].outlet
    )


def test_diff_says_what_the_update_brought(watching: Watching, parallax: Parallax) -> None:
    paths = [str(watching.out / look.comparison) for look in read_watched(watching.out).looks]
    done = parallax("diff", *paths)
    assert done.code == 0, done.err
    said = done.out
    new = [line for line in said.splitlines() if line.startswith("new ")]
    assert any(MOSCOW in line and "Fenwick Standard" in line for line in new), said
    told = [
        line for line in said.splitlines() if re.match(r"(?:added|dropped|changed|softened) ", line)
    ]
    assert any(line.startswith("dropped") and "Halyard Radio (denial)" in line for line in told), (
        said
    )
    assert any(line.startswith("added") and "Halyard Radio" in line for line in told), said
    softened = [line for line in told if line.startswith("softened")]
    assert len(softened) == 1, said
    assert "Halyard Radio (number, hedge)" in softened[0]
    assert f" - {NUMBER}\n            + {SOFTER}\n" in said
    assert f" + {TAKEN}" in said, said
    # Tradewind News has not touched its page.
    assert not any("Tradewind News" in line for line in told), said


def test_a_look_asks_only_whether_something_changed(watching: Watching) -> None:
    # Every look and every killed one may ask once; what is in the archive of a session is not asked again.
    assert max(watching.asked.values()) <= 4 + KILLS, watching.asked.most_common(3)


def test_what_is_kept_is_found_again_in_the_archive(watching: Watching, parallax: Parallax) -> None:
    done = parallax("verify", watching.out, "--json")
    found = json.loads(done.out)
    assert (done.code, found["same"], found["details"]) == (0, True, []), done.err
    # Both versions of two pages and the third page, each with a record of its own.
    assert {a["state"] for a in found["articles"]} == {"same"}
    assert len({a["record"] for a in found["articles"]}) == len(found["articles"]) == 5


def test_since_an_earlier_look_and_verify_with_facts_and_corrections(
    watching: Watching, parallax: Parallax, tmp_path: Path
) -> None:
    out, again = tmp_path / "out", tmp_path / "again"
    shutil.copytree(watching.out, out)
    first, second = (out / look.comparison for look in read_watched(out).looks)
    facts = tmp_path / "facts.txt"
    facts.write_text(f"{SCOOP}\nA second plane brought cats.\n")
    call = ("compare", out / "articles.jsonl", "--since", first, "--reference", facts)
    assert parallax(*call, "--about", watching.web.event.about, "--out", again).code == 0
    made, kept = read_comparison(again / "articles" / "comparison.json"), read_comparison(second)
    assert [d.id for d in made.details] == [d.id for d in kept.details]
    assert made.since is not None
    dropped = {(t.outlet, t.parts) for t in made.since.told if t.kind is ChangeKind.DROPPED}
    assert dropped == {("Halyard Radio", (Part.DENIAL,))}
    assert any(MOSCOW in d.text for d in made.since.new)
    assert made.since.articles_new
    # As a run leaves it, with a person's word beside: one that finds its cell, one that finds nothing.
    fact = next(f for f in made.reference if f.stated)
    moved = tuple(replace(f, stated=()) if f == fact else f for f in made.reference)
    (out / "comparison.json").write_bytes(encode_comparison(replace(made, reference=moved)))
    cell = next(c for c in made.details[0].cells if c.status is Status.INCLUDED)
    said = Correction(
        key="k", kind=ItemKind.CELL, detail=made.details[0].id, place=cell.outlet, code="left out"
    )
    write_corrections(out / "corrections.json", [said, replace(said, key="n", detail="none")])
    done = parallax("verify", out)
    assert done.code == 1
    assert f"differs  reference  now stated by {fact.stated[0].article}" in done.out
    assert done.out.count("differs  ") == 1
    assert "1 of 2 facts of the list came out otherwise." in done.err
    assert "lost     correction n  cell of none: left out" in done.out
    assert "1 of 2 corrections find what they correct." in done.err


def _wait_for(words: str, log: Path, times: int = 1) -> None:
    until = time.monotonic() + 280
    while log.read_text("utf-8").count(words) < times:
        assert time.monotonic() < until, log.read_text("utf-8")
        time.sleep(0.05)


def test_a_watch_goes_on_in_one_process_whatever_becomes_of_its_files(
    watching: Watching, tmp_path: Path
) -> None:
    log, state, again = tmp_path / "log", watching.out / "watch.json", "looking again in"
    event, known = watching.file.read_bytes(), state.read_bytes()
    child = watching.logged(log, "--every", "0.02")
    try:
        _wait_for(again, log, times=2)
        assert log.read_text("utf-8").count('"looks": 2') >= 1
        watching.file.write_text("title = ")  # half saved
        _wait_for("event.toml", log)
        watching.file.write_bytes(event)
        state.write_bytes(b"{")
        _wait_for("watch.json cannot be read", log)
        state.write_bytes(known)
        _wait_for('"looks": 2', log, times=log.read_text("utf-8").count('"looks": 2') + 1)
        _wait_for(again, log, times=log.read_text("utf-8").count(again) + 1)
        assert child.poll() is None
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=280) == 130
    finally:
        child.kill()
        watching.file.write_bytes(event)
        state.write_bytes(known)
    said = log.read_text("utf-8")
    assert "To go on: parallax watch" in said
    assert "Traceback" not in said


def test_a_watch_that_waits_is_ended_by_sigterm(watching: Watching, tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = watching.logged(log, "--every", "90")
    _wait_for("looking again in 90 minutes", log)
    child.terminate()
    assert child.wait(timeout=60) in {-signal.SIGTERM, 128 + signal.SIGTERM}
    assert len(read_watched(watching.out).looks) == 2


def test_a_look_under_a_clock_that_went_back_is_refused(watching: Watching) -> None:
    child = watching.start("--once", day=-1)
    out, complaints = child.communicate(timeout=280)
    assert (child.returncode, "Set the clock right." in out + complaints) == (3, True), complaints
    assert len(read_watched(watching.out).looks) == 2
