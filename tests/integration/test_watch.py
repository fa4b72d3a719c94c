"""An event is watched over real HTTP: what changes is told in the feed, whatever kills a look meanwhile."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from compare.changes import ChangeKind
from compare.codec import read_comparison
from compare.over_time.diff import difference
from parallax.watching import read_watched
from tests.integration.crawl import conftest as crawling

if TYPE_CHECKING:
    from tests.integration.crawl.conftest import Crawler, Site, Web

pytestmark = [pytest.mark.web, pytest.mark.model, pytest.mark.timeout(1_200)]

KILLS = int(os.environ.get("PARALLAX_KILLS", "2"))
SEED = int(os.environ.get("PARALLAX_SEED", "7"))
ATOM = "{http://www.w3.org/2005/Atom}"
NUMBER = "The fire at the Ashby warehouse destroyed 340 tonnes of grain, the harbour company said."
SOFTER = "The fire at the Ashby warehouse may have destroyed about 300 tonnes of grain, the harbour company said."
DENIAL = "The owner of the Ashby warehouse denied that the sprinklers had been switched off before the fire."
SCOOP = (
    "Inspectors had warned the owner of the Ashby warehouse in March that its alarms did not work."
)
COMMON = (
    "A fire broke out at the Ashby warehouse in the harbour on Sunday morning.",
    "Forty firefighters fought the flames at the Ashby warehouse until the afternoon.",
    "Nobody was hurt in the fire at the Ashby warehouse, the fire brigade said.",
)
RETOLD = (
    "Early on Sunday the Ashby warehouse in the harbour caught fire.",
    "It took forty firefighters until the afternoon to fight the flames at the Ashby warehouse.",
    "According to the fire brigade nobody was hurt in the fire at the Ashby warehouse.",
)


def page(title: str, *told: str, modified: str | None = None) -> crawling.Answer:
    meta = f"<meta property='article:modified_time' content='{modified}'>" if modified else ""
    body = "".join(f"<p>{sentence}</p>" for sentence in told)
    return crawling.Answer(
        f"<html lang=en><head><title>{title}</title>{meta}"
        "<meta property='article:published_time' content='2019-03-24T10:00:00Z'></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


@dataclass
class Watching:
    """A watch of two outlets on loopback, each look a process of its own."""

    web: Web
    first: Site
    rival: Site
    file: Path
    out: Path
    looks: int = 0
    took: float = 0.0
    said: list[dict[str, Any]] = field(default_factory=list)

    def start(self, *more: str) -> subprocess.Popen[str]:
        call = ["watch", str(self.file), *more, "--allow-private", "--delay", "0"]
        services = ["--gdelt", "off", "--wayback", "off", "--json"]
        # A clock of its own for every look, an hour after the last one.
        clock = str(1_553_680_800 + 3_600 * self.looks)
        return subprocess.Popen(
            [sys.executable, "-m", "parallax", *call, *services],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env={**os.environ, "SOURCE_DATE_EPOCH": clock},
        )  # fmt: skip

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


def publish(first: Site, rival: Site, *, later: bool) -> None:
    title = "Fire at the Ashby warehouse destroys grain"
    first.pages["/fire"] = (
        page(title, *COMMON, SOFTER, SCOOP, modified="2019-03-25T08:00:00Z")
        if later
        else page(title, *COMMON, NUMBER, DENIAL, SCOOP)
    )
    rival.pages["/blaze"] = (
        page("Blaze at Ashby warehouse in harbour", *RETOLD, SCOOP, modified="2019-03-25T09:00:00Z")
        if later
        else page("Blaze at Ashby warehouse in harbour", *RETOLD)
    )


@pytest.fixture(scope="module")
def watching(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watching]:
    web, folder = crawling.Web(), tmp_path_factory.mktemp("watch")
    first, rival = web.site(), web.site()
    publish(first, rival, later=False)
    first.feed(["/fire"])
    rival.feed(["/blaze"])
    crawler: Crawler = crawling.Crawler(web, folder)
    crawler.registry(first, rival)
    file = folder / "event.toml"
    file.write_text(
        'title = "The fire"\nabout = "Ashby warehouse fire harbour"\nfrom = 2019-03-23\nto = 2019-03-26\n'
        'outlets = "outlets.toml"\nonly = true\nevery = 60\nout = "kept"\n'
    )
    watching = Watching(web, first, rival, file, folder / "kept")
    chance = random.Random(SEED)
    watching.look()
    watching.look()
    publish(first, rival, later=True)
    for _ in range(KILLS):
        watching.killed(chance.uniform(0.3, 1.0) * watching.took)
        for path in (watching.out / "feed.xml", watching.out / "news.html"):
            assert path.read_bytes().rstrip().endswith(b">"), (SEED, path)
        assert len(read_watched(watching.out).looks) in {1, 2}, SEED
        read_comparison(watching.out / "comparison.json")
    watching.look()
    yield watching
    web.close()


def test_the_first_look_and_one_at_what_has_not_changed_tell_nothing(watching: Watching) -> None:
    first, second, last = watching.said
    assert first["new"] == second["new"] == []
    assert (first["looks"], second["looks"], last["looks"]) == (1, 1, 2)


def test_the_feed_says_who_did_what_each_thing_once_whatever_was_killed(watching: Watching) -> None:
    entries = watching.entries()
    titles = [title for title, _, _ in entries]
    assert sorted(titles) == sorted(
        [
            "Outlet 1 softened the number and the hedge",
            "Outlet 1 dropped the denial",
            "Outlet 2 added a statement",
        ]
    )
    assert len({known for _, known, _ in entries}) == len(entries)
    (look,) = [look for look in read_watched(watching.out).looks if look.items]
    assert {updated for _, _, updated in entries} == {look.at}
    told = {(i.outlet, i.old, i.new) for i in look.items}
    assert told == {
        ("Outlet 1", NUMBER, SOFTER),
        ("Outlet 1", DENIAL, ""),
        ("Outlet 2", "", SCOOP),
    }
    shown = (watching.out / "news.html").read_text("utf-8")
    assert "Outlet 1 dropped the denial" in shown
    assert DENIAL in shown
    assert "<del>340</del>" in shown


def test_the_timeline_and_the_difference_say_who_had_the_scoop(watching: Watching) -> None:
    looks = read_watched(watching.out).looks
    old, new = (read_comparison(watching.out / look.comparison) for look in looks)
    texts = {a.id: a.text for a in new.articles}
    (scoop,) = [
        d
        for d in new.details
        if any(SCOOP in texts[m.article][m.start : m.end] for m in d.mentions)
    ]
    since = {m.outlet: (m.since, m.by) for m in reversed(scoop.mentions)}
    assert (since["Outlet 1"][1] or "") < (since["Outlet 2"][0] or "")
    told = {(t.outlet, t.kind) for t in difference(old, new).told}
    assert ("Outlet 2", ChangeKind.ADDED) in told
    assert not any(
        c
        for d in new.details
        for c in d.conflicts
        if d.mentions[c.a].outlet == d.mentions[c.b].outlet
    )


def test_a_look_asks_only_whether_something_changed(watching: Watching) -> None:
    asked = watching.first.times_asked()
    # Every look and every killed one may ask once; what is in the archive of a session is not asked again.
    assert asked["/fire"] <= 4 + KILLS


def test_what_is_kept_is_found_again_in_the_archive(watching: Watching) -> None:
    call = [sys.executable, "-m", "parallax", "verify", str(watching.out), "--json"]
    done = subprocess.run(call, capture_output=True, text=True, timeout=280, check=False)
    found = json.loads(done.stdout)
    assert (done.returncode, found["same"], found["details"]) == (0, True, []), done.stderr
    # Both versions of both pages, each with a record of its own.
    assert {a["state"] for a in found["articles"]} == {"same"}
    assert len({a["record"] for a in found["articles"]}) == len(found["articles"]) == 4
