"""A whole corpus through the command line: `python -m benchmarks.quality.corpus OUT [EVENTS.jsonl...]`.

Writes one table of all events (by default the 40 of ../shared/benchmarks/coverage), and then, one
command each: table in, compare, index and tables, sheets for two coders, agreement, corrections, index
and tables again, corrections undone. The coders are made up: each gives the program's code but for one question in twenty of
its own, so that what agreement and corrections have to say is known. Prints what each step took.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from benchmarks.labelled import SHARED
from compare.codec import read_articles
from compare.datamodel import Status

HEAD = ("number", "paper", "headline", "body", "date", "link", "story")
ERRS = 0.05


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("events", nargs="*", type=Path, help="an articles.jsonl an event")
    args = parser.parse_args()
    events = args.events or sorted((SHARED / "coverage" / "events").glob("*.jsonl"))
    args.out.mkdir(parents=True, exist_ok=True)
    out, table = args.out / "OUT", args.out / "corpus.csv"
    rows = write_table(events, table)
    names = ("--column", "id=number", "--column", "outlet=paper", "--split-by", "story")
    step("extract", table, *names, "--out", args.out / "events")
    made = sorted((args.out / "events").glob("*.jsonl"))
    step("compare", *made, "--out", out, "--resume")
    step("report", "--all", out)
    before = _tables(out)
    sheets = [args.out / "S-1.csv", args.out / "S-2.csv"]
    step("code", out, "--sheet", args.out / "S.csv", "--coders", 2, "--show")
    coded = [fill(path, random.Random(path.name)) for path in sheets]  # noqa: S311
    both = sum(coded[0][question] == code for question, code in coded[1].items())
    found = json.loads(step("agree", *sheets, "--with", out, "--json"))["agreement"]
    step("correct", out, sheets[0], "--coder", "one")
    step("report", "--all", out)
    by = (out / "report" / "tables" / "cells.csv").read_text("utf-8").count(",one\n")
    step("correct", out, "--undo", "all")
    step("report", "--all", out)
    same = before == _tables(out)
    print(
        f"{by} cells of the tables are corrected; undone, they are {'as' if same else 'not as'} before"
    )
    print(f"{len(events)} events, {rows} rows, {len(coded[0])} questions")
    print(f"the coders give {both / len(coded[0]):.4f} the same code")
    for one in found:
        figures = (f"{k} {one[k]['value']:.4f}" for k in ("percent", "kappa", "alpha"))
        print(f"{Path(one['one']).name} and {Path(one['other']).name}: {', '.join(figures)}")


def _tables(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (out / "report" / "tables").glob("*.csv")}


def step(*call: object) -> str:
    """What a command of Parallax prints; says how long it took. Raises CalledProcessError where it fails."""
    begun = perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "parallax", *map(str, call)],
        capture_output=True,
        text=True,
        check=False,
    )
    last = (done.stderr.strip().splitlines() or [""])[-1]
    print(f"{call[0]!s:<10}{perf_counter() - begun:>8.1f} s  {last[-200:]}", flush=True)
    done.check_returncode()
    return done.stdout


def write_table(events: Sequence[Path], path: Path) -> int:
    """Articles of all events as one table, as a researcher would have it; how many rows it has."""
    rows = [
        (a.id, a.outlet, a.title, a.text, a.published or "", a.url or "", event.stem)
        for event in events
        for a in read_articles(event)[0]
    ]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEAD, *rows])
    return len(rows)


def fill(path: Path, chance: random.Random) -> dict[tuple[str, str], str]:
    """Codes for a sheet, which are written into it: the program's, but for some drawn at random."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        others = [s.value for s in Status if s.value != row["program"]]
        row["code"] = chance.choice(others) if chance.random() < ERRS else row["program"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return {(row["event"], row["key"]): row["code"] for row in rows}


if __name__ == "__main__":
    main()
