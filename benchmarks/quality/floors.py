"""Quality floors: what the shipped program reaches on a small part of the labelled data.

    python -m benchmarks.quality.floors            prints the figures beside their floors
    python -m benchmarks.quality.floors --raise    writes the figures down as the new floors

CI fails below a floor, and a floor only rises: `--raise` never lowers one while the labelled data is the
same. The part is small, and the shipped numbers were fitted on it among others, so a floor says that nothing
broke, not how good the program is; `make bench` prints that. Runs the commands that users run, and the data's
scorers. The sample web's floors hold in every checkout, those of the labelled data where it lies beside it.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import redirect_stdout
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from benchmarks.quality.labels import figures
from benchmarks.quality.sample_event import labels_of
from compare.codec import read_comparison
from parallax.cli import main as main_of_parallax

FLOORS = Path(__file__).with_name("floors.json")
SHARED = Path(__file__).parents[3] / "shared" / "benchmarks"
# Another processor rounds differently, and a pair on the edge falls to the other side.
SLACK = 0.01
EVERY = {"matching": 9, "coverage": 10, "extraction": 9, "editorial": 6, "gating": 4}


def measure(folder: Path) -> dict[str, float]:
    """The figures, by name, of the program on its part of the data; `folder` takes what it writes."""
    return {
        f"{part}.{name}": round(value, 4)
        for part, run in (
            ("matching", _matching),
            ("coverage", _coverage),
            ("extraction", _extraction),
            ("editorial", _editorial),
            ("gating", _gating),
        )
        for name, value in run(folder).items()
    }


def measure_sample(folder: Path) -> dict[str, float]:
    """The figures of a run on the sample web, whose labels are in the repository."""
    _parallax("demo", "--out", folder / "demo")
    comparison = read_comparison(folder / "demo" / "comparison.json")
    return figures(labels_of(comparison.articles), comparison)


def fingerprint() -> str:
    """A hash of the labelled data's file names and sizes: floors hold for these files only."""
    files = sorted(p for p in SHARED.rglob("*") if p.is_file())
    listing = "\n".join(f"{p.relative_to(SHARED)} {p.stat().st_size}" for p in files)
    return sha256(listing.encode()).hexdigest()[:16]


def _matching(folder: Path) -> dict[str, float]:
    events = sorted((SHARED / "matching" / "events").glob("*.jsonl"))[:: EVERY["matching"]]
    gold = folder / "gold"
    gold.mkdir()
    for event in events:
        name = f"{event.stem}.json"
        (gold / name).write_bytes((SHARED / "matching" / "gold" / name).read_bytes())
    _parallax("compare", *events, "--out", folder / "compared")
    report = _score("matching", "--gold", gold, "--comparisons", folder / "compared")["overall"]
    return {name: report[name] for name in ("cells", "pairs", "conflicts", "editorial")}


def _coverage(folder: Path) -> dict[str, float]:
    events = sorted((SHARED / "coverage" / "events").glob("*.jsonl"))[:: EVERY["coverage"]]
    gold = folder / "coverage_gold"
    gold.mkdir()
    for event in events:
        name = f"{event.stem}.json"
        (gold / name).write_bytes((SHARED / "coverage" / "gold" / name).read_bytes())
    out = folder / "covered"
    _parallax("compare", *events, "--out", out)
    texts = SHARED / "coverage" / "events"
    report = _score("coverage", "--gold", gold, "--events", texts, "--comparisons", out)
    wanted = {
        "rows": ("one_fact", "carried", "found"),
        "statuses": ("carries", "left_out"),
        "conflicts": ("precision", "recall"),
        "editorial": ("precision", "strong_recall"),
    }
    found = {
        f"{part}_{name}": report[part][name] for part, names in wanted.items() for name in names
    }
    return {"cells": report["cells"], "pairs": report["pairs"], **found}


def _extraction(folder: Path) -> dict[str, float]:
    rows = _part("extraction", "manifest.jsonl")
    for row in rows:
        row["path"] = str(SHARED / "extraction" / row["path"])
    manifest = _written(folder / "manifest.jsonl", rows)
    _parallax("extract", manifest, "--out", folder / "pages.jsonl")
    kept = {row["id"] for row in rows}
    truth = _written(folder / "pages_truth.jsonl", _rows("extraction", "truth.jsonl", kept))
    report = _score("extraction", truth, folder / "pages.jsonl")["all"]
    return {name: report[name] for name in ("body_f1", "title", "published", "authors")}


def _editorial(folder: Path) -> dict[str, float]:
    rows = _part("editorial", "sentences.jsonl")
    sentences = _written(folder / "sentences.jsonl", rows)
    _parallax("flag", sentences, "--out", folder / "flags.jsonl")
    kept = {row["id"] for row in rows}
    labels = _written(folder / "labels.jsonl", _rows("editorial", "labels.jsonl", kept))
    report = _score("editorial", labels, folder / "flags.jsonl", "--sentences", sentences)
    return {name: report[name] for name in ("macro_f1", "cue_precision")}


def _gating(folder: Path) -> dict[str, float]:
    truth = _rows("gating", "truth.jsonl")
    events = sorted({row["event"] for row in truth})
    # An event and its sibling of the same kind stand side by side, and are told apart or not.
    step = 2 * EVERY["gating"]
    chosen = {event for i, event in enumerate(events) if i % step < 2}
    kept = {row["id"] for row in truth if row["event"] in chosen}
    articles = _written(folder / "articles.jsonl", _rows("gating", "articles.jsonl", kept))
    _parallax("gate", articles, "--all", "--out", folder / "gated.jsonl")
    gold = _written(folder / "gating_truth.jsonl", _rows("gating", "truth.jsonl", kept))
    return {"f1": _score("gating", gold, folder / "gated.jsonl")["f1"]}


def _rows(part: str, name: str, kept: set[str] | None = None) -> list[dict[str, Any]]:
    lines = (SHARED / part / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [row for row in rows if kept is None or row["id"] in kept]


def _part(part: str, name: str) -> list[dict[str, Any]]:
    return _rows(part, name)[:: EVERY[part]]


def _written(path: Path, rows: Iterable[dict[str, Any]]) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def _parallax(*arguments: object) -> None:
    """Runs a command in this process: in one of its own, each would spend eight seconds on importing torch.

    Raises SystemExit where it ends with an error.
    """
    with (
        patch.object(sys, "argv", ["parallax", *map(str, arguments)]),
        patch.dict(os.environ, {"PARALLAX_CACHE": "off"}),
        redirect_stdout(StringIO()),
    ):
        try:
            main_of_parallax()
        except SystemExit as end:
            if end.code:
                raise


def _score(part: str, *arguments: object) -> dict[str, Any]:
    scorer = SHARED / f"score_{part}.py"
    done = subprocess.run(
        # Bytecode that it left among the labelled data would make them another: see `fingerprint`.
        [sys.executable, "-B", str(scorer), *map(str, arguments), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def floors() -> dict[str, Any]:
    """The floors: `shared` with the hash of the `data` that they hold for, and `sample`."""
    known: dict[str, Any] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return known


def lost(found: dict[str, float], known: dict[str, float]) -> dict[str, tuple[float, float]]:
    """The figures below their floors, each beside its floor."""
    return {n: (found[n], floor) for n, floor in known.items() if found[n] < floor - SLACK}


def _risen(found: dict[str, float], known: dict[str, float]) -> dict[str, float]:
    return {name: max(value, known.get(name, 0.0)) for name, value in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--raise", dest="rise", action="store_true")
    wanted = parser.parse_args()
    known = floors()
    data = fingerprint() if SHARED.is_dir() else known["data"]
    of_shared = known["shared"] if known["data"] == data else {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        parts = {"sample": (measure_sample(folder), known["sample"])}
        if SHARED.is_dir():
            parts["shared"] = (measure(folder), of_shared)
    print(f"{'figure':<34}{'now':>8}{'floor':>8}")
    for part, (found, floor) in parts.items():
        for name, value in found.items():
            print(f"{f'{part}.{name}':<34}{value:>8.3f}{floor.get(name, 0):>8.3f}")
    if wanted.rise:
        risen = {part: _risen(found, floor) for part, (found, floor) in parts.items()}
        text = json.dumps({"data": data, "shared": known["shared"], **risen}, indent=1) + "\n"
        FLOORS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
