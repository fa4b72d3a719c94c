"""Reading real pages: floors on a sample of the labelled ones, so that no change lowers them."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from compare.datamodel import Article
from crawlers.extract.pool import PageJob, extract_job

# Every sixth page; the floors are what these pages score, less 0.005. They only rise.
EVERY = 6
FLOORS = {"body_f1": 0.97, "title": 0.85, "published": 0.98, "authors": 0.9}


@pytest.mark.shared
def test_labelled_pages_are_read_as_well_as_before(shared: Path) -> None:
    folder = shared / "benchmarks" / "extraction"
    scorer = _module(shared / "benchmarks" / "score_extraction.py")
    lines = (folder / "manifest.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines][::EVERY]
    truth = scorer.read_rows(folder / "truth.jsonl")
    found = {}
    for row in rows:
        job = PageJob(url=row["url"], outlet="x", body=folder / row["path"], id=row["id"])
        read = extract_job(job)
        if isinstance(read, Article):
            found[read.id] = {
                "title": read.title,
                "authors": list(read.authors),
                "published": read.published,
                "text": read.text,
            }
    scores = scorer.score({r["id"]: truth[r["id"]] for r in rows}, found)["all"]
    assert {name: scores[name] for name, floor in FLOORS.items() if scores[name] < floor} == {}


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module
