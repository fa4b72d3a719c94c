"""How fast a report is made and how it behaves: `python -m benchmarks.speed.report [--browser] [--keep DIR]`.

One synthetic event of 60 outlets and 5,000 details: seconds to write its report, on the clock and of
all processors (the second counts out others' work on the machine; the system's part, which makes 5,000 files, grows
on ext4 from 0.5 to 3 s where thousands were just deleted: TMPDIR=/dev/shm leaves that out), the weight of its index and matrix, and (with --browser, in Chromium) seconds until they can be read, and the longest
task while scrolling and filtering. `--comparisons DIR` times the reports of real comparisons, too;
`--events DIR` compares the events of its *.jsonl first, without any cache, and says how much of that time their reports take.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from compare.codec import read_articles, read_comparison
from compare.config import Config
from compare.datamodel import (
    Article,
    Cell,
    Comparison,
    Completeness,
    Cue,
    Detail,
    Event,
    Mention,
    Run,
    Status,
)
from compare.embedding import adapter
from compare.embedding.encoder import SentenceEncoder
from compare.embedding.index import FaissIndex
from compare.kinds import CueKind
from compare.pipeline import compare_articles
from templates.render import write_report

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = "/usr/bin/chromium"
_WORDS = """the ferry harbour council said on Tuesday that its crew had left a report about signals from
coast guards who were asked to search for seven missing buoys near Tolvik island before winter storms
could reach them while families waited at a pier in cold rain and officials declined to name anyone""".split()


def synthetic(outlets: int = 60, details: int = 5_000, seed: int = 7) -> Comparison:
    """An event of invented words: most details have one to three mentions, a few have many."""
    chance = random.Random(seed)  # noqa: S311  nothing here is a secret
    names = tuple(f"Invented Outlet {i + 1}" for i in range(outlets))
    texts: list[list[str]] = [[] for _ in names]
    lengths = [0] * outlets
    found = []
    for number in range(details):
        how_many = min(outlets, 1 + int(chance.paretovariate(1.1) - 1))
        sentence = _sentence(chance, number)
        mentions = []
        for column in sorted(chance.sample(range(outlets), how_many)):
            said = sentence if chance.random() < 0.4 else _reworded(chance, sentence)
            start = lengths[column]
            texts[column].append(said)
            lengths[column] += len(said) + 1
            mentions.append(_mention(chance, names[column], column, start, said))
        found.append(_detail(number, sentence, tuple(mentions), names, chance))
    articles = tuple(
        Article(
            id=f"a{i}",
            outlet=name,
            title=f"Headline of outlet {i + 1}",
            text=" ".join(texts[i]) or "Nothing.",
            url=f"https://outlet{i + 1}.example/ferry",
            published=f"2031-05-06T{i % 24:02d}:00:00+00:00",
            completeness=Completeness.FULL,
        )
        for i, name in enumerate(names)
    )
    return Comparison(
        schema_version=1,
        run=Run(parallax="0", model="none", started="2031-05-07T09:00:00+00:00"),
        event=Event(about="A synthetic event", start="2031-05-06", end="2031-05-07"),
        outlets=names,
        articles=articles,
        details=tuple(found),
    )


def _sentence(chance: random.Random, number: int) -> str:
    return f"Number {number} " + " ".join(chance.choices(_WORDS, k=chance.randint(8, 24))) + "."


def _reworded(chance: random.Random, sentence: str) -> str:
    words = sentence.split()
    words[chance.randrange(2, len(words) - 1)] = chance.choice(_WORDS)
    return " ".join(words)


def _mention(chance: random.Random, name: str, column: int, start: int, said: str) -> Mention:
    loaded = chance.random() < 0.05
    return Mention(
        claim=f"{column}-{start}",
        article=f"a{column}",
        outlet=name,
        field="text",
        start=start,
        end=start + len(said),
        probability=round(chance.uniform(0.5, 1), 2),
        editorialized=loaded,
        cues=(Cue(start=start, end=start + 6, kind=CueKind.LOADED_WORD),) if loaded else (),
        carried_from="Invented Outlet 1" if column % 5 == 4 else None,
    )


def _detail(
    number: int,
    text: str,
    mentions: tuple[Mention, ...],
    names: tuple[str, ...],
    chance: random.Random,
) -> Detail:
    own = {m.outlet: (i, m) for i, m in enumerate(mentions)}
    cells = []
    for name in names:
        if name in own:
            index, mention = own[name]
            status = Status.EDITORIALIZED if mention.editorialized else Status.INCLUDED
            cells.append(
                Cell(
                    outlet=name, status=status, reason="Stated.", confidence=0.9, mentions=(index,)
                )
            )
        else:
            status = chance.choices(
                (Status.LEFT_OUT, Status.PUBLISHED_BEFORE, Status.CANNOT_TELL), (7, 1, 2)
            )[0]
            nearest = chance.uniform(0, 0.4)
            reason = (
                f"Read in full, published late enough; the nearest sentence comes to {nearest:.2f}."
            )
            cells.append(
                Cell(outlet=name, status=status, reason=reason, confidence=round(1 - nearest, 2))
            )
    return Detail(
        id=f"{number:012x}", text=text, mentions=mentions, cells=tuple(cells), origins=len(mentions)
    )


def timed(comparison: Comparison, out: Path) -> tuple[float, float, float]:
    """Seconds to write the report: on the clock, of processors, and of these the system's, which makes the files."""
    start, before = time.perf_counter(), os.times()
    write_report(comparison, out)
    clock, after = time.perf_counter() - start, os.times()
    system = after.system - before.system
    return clock, after.user - before.user + system, system


_LONG_TASKS = """() => { window.longest = 0; new PerformanceObserver(list => {
  for (const e of list.getEntries()) window.longest = Math.max(window.longest, e.duration); }
).observe({entryTypes: ["longtask"]}); }"""


def behaviour(page: Page, report: Path) -> Iterator[tuple[str, float]]:
    """What the browser measures: seconds until a page is loaded and painted, longest tasks after."""
    for name in ("index", "matrix"):
        start = time.perf_counter()
        page.goto((report / f"{name}.html").resolve().as_uri())
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
        yield f"{name}.html opens in seconds", time.perf_counter() - start
    page.evaluate(_LONG_TASKS)
    yield "longest task while scrolling, ms", _longest(page, _scroll)
    yield "longest task while typing in the search, ms", _longest(page, _search)
    yield "longest task while filtering by status, ms", _longest(page, _filter)
    yield "longest task while sorting, ms", _longest(page, _sort)


def _longest(page: Page, act: Any) -> float:
    page.evaluate("window.longest = 0")
    act(page)
    page.wait_for_timeout(400)
    return float(page.evaluate("window.longest"))


def _scroll(page: Page) -> None:
    for _ in range(30):
        page.evaluate("document.querySelector('.scroll').scrollBy(0, 900)")
        page.wait_for_timeout(30)


def _search(page: Page) -> None:
    page.locator("[name=text]").press_sequentially("tolvik", delay=60)


def _filter(page: Page) -> None:
    page.locator("[name=text]").fill("")
    page.wait_for_timeout(300)
    page.locator("[name=status]").select_option("e")


def _sort(page: Page) -> None:
    page.locator("[name=sort]").select_option("divergence")


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--browser", action="store_true", help="measure in Chromium, too")
    parser.add_argument("--keep", type=Path, help="leave the synthetic report in this folder")
    parser.add_argument(
        "--comparisons", type=Path, help="a folder of */comparison.json to report on"
    )
    parser.add_argument("--events", type=Path, help="a folder of *.jsonl to compare and report on")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        out = chosen.keep or Path(scratch) / "report"
        comparison = synthetic()
        write_report(replace(comparison, details=comparison.details[:1]), Path(scratch) / "warm")
        clock, processors, system = timed(comparison, out)
        print(
            f"60 outlets, 5,000 details: {clock:.2f} s, {processors:.2f} s of processors, {system:.2f} s of them the system's"
        )
        for name in ("index", "matrix"):
            print(f"{name}.html: {(out / f'{name}.html').stat().st_size / 1e6:.2f} MB")
        if chosen.browser:
            _print_behaviour(out)
        if chosen.events:
            _print_ratio(chosen.events, Path(scratch) / "events")
        if chosen.comparisons:
            _print_real(chosen.comparisons, Path(scratch))


def _print_behaviour(out: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for what, value in behaviour(browser.new_page(), out):
            print(f"{what}: {value:.2f}")
        browser.close()


def _print_ratio(folder: Path, scratch: Path) -> None:
    """Compares and reports on event after event in this process, so that both have the same machine."""
    encoder = SentenceEncoder(None, adapter=adapter.load())
    encoder.encode(["The model is loaded before anything is timed."])
    paths = sorted(folder.glob("*.jsonl"))
    compared = reported = 0.0
    for path in paths:
        articles, _ = read_articles(path)
        before = sum(os.times()[:4])
        comparison = compare_articles(
            articles,
            event=Event(),
            encoder=encoder,
            index=FaissIndex(),
            config=Config(),
            run=Run(parallax="benchmark", model=encoder.name),
        )
        compared += sum(os.times()[:4]) - before
        reported += timed(comparison, scratch / path.stem)[1]
    print(
        f"{len(paths)} events: {compared:.2f} s of processors to compare, {reported:.2f} s to report on, "
        f"{reported / (compared or 1):.2f} of it"
    )


def _print_real(folder: Path, scratch: Path) -> None:
    paths = sorted(folder.glob("*/comparison.json"))
    seconds = sum(timed(read_comparison(path), scratch / path.parent.name)[1] for path in paths)
    print(
        f"{len(paths)} comparisons: {seconds:.2f} s of processors, {seconds / max(len(paths), 1):.3f} s each"
    )


if __name__ == "__main__":
    main()
