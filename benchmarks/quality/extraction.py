"""How fast and how right pages are read.

    python benchmarks/quality/extraction.py [--pages N] [--json]

Reads the labelled pages of ../shared/benchmarks/extraction and prints, each measured in one process
on the processor's own clock: pages a second of `extract_page`, of trafilatura alone (its text, no
comments, no tables) and of trafilatura with its metadata, the ratios, and the scores of both by
score_extraction.py. The two run page by page in turn, so that a busy machine slows both alike.
Without the labelled pages it times pages that it writes itself and prints no scores.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from compare.datamodel import Article

HERE = Path(__file__).resolve().parent
EXTRACTION = HERE.parents[2] / "shared" / "benchmarks" / "extraction"
Page = tuple[str, str, bytes]  # id, address, body


def labelled_pages(limit: int | None) -> list[Page]:
    lines = (EXTRACTION / "manifest.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()][:limit]
    return [
        (r["id"], r["url"], gzip.decompress((EXTRACTION / r["path"]).read_bytes())) for r in rows
    ]


def written_pages(limit: int | None) -> list[Page]:
    paragraph = "The council of the harbour town voted on item {} of its agenda after a long debate, its clerk said on Tuesday. "
    menu = "".join(
        f'<li class="menu-item"><a href="/{n}">Section {n} of the paper</a></li>'
        for n in range(150)
    )
    pages = []
    for number in range(limit or 60):
        text = "".join(f"<p>{paragraph.format(f'{number}.{n}') * 3}</p>" for n in range(25))
        html = f"<html lang=en><head><title>Item {number}</title></head><body><nav><ul>{menu}</ul></nav><article><h1>Item {number}</h1>{text}</article></body></html>"
        pages.append((str(number), f"https://harbour.example/news/{number}", html.encode()))
    return pages


def ours(page: Page) -> dict[str, Any]:
    from crawlers.extract.page import extract_page

    ident, url, body = page
    read = extract_page(body, url=url, outlet="benchmark", id=ident)
    if not isinstance(read, Article):
        return {"id": ident}
    return {
        "id": ident,
        "title": read.title,
        "authors": list(read.authors),
        "published": read.published,
        "text": read.text,
    }


def trafilatura_text(page: Page) -> dict[str, Any]:
    import trafilatura

    text = trafilatura.extract(page[2], url=page[1], include_comments=False, include_tables=False)
    return {"id": page[0], "text": text or ""}


def trafilatura_all(page: Page) -> dict[str, Any]:
    import trafilatura

    read = trafilatura.bare_extraction(
        page[2], url=page[1], include_comments=False, include_tables=False, with_metadata=True
    )
    found = {name: getattr(read, name, None) for name in ("title", "author", "date", "text")}
    authors = (found["author"] or "").split("; ") if found["author"] else []
    return {
        "id": page[0],
        "title": found["title"],
        "authors": authors,
        "published": found["date"],
        "text": found["text"] or "",
    }


READERS: dict[str, Callable[[Page], dict[str, Any]]] = {
    "parallax": ours,
    "trafilatura, text only": trafilatura_text,
    "trafilatura with metadata": trafilatura_all,
}


def measured(pages: list[Page]) -> tuple[dict[str, float], dict[str, dict[str, dict[str, Any]]]]:
    """Pages a second and the rows by id, for every reader."""
    seconds = dict.fromkeys(READERS, 0.0)
    rows: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in READERS}
    for read in READERS.values():
        read(pages[0])  # loads what is loaded once
    for page in pages:
        for name, read in READERS.items():
            started = time.process_time()
            rows[name][page[0]] = read(page)
            seconds[name] += time.process_time() - started
    return {name: len(pages) / spent for name, spent in seconds.items()}, rows


def scores(rows: dict[str, dict[str, dict[str, Any]]]) -> dict[str, Any]:
    sys.path.insert(0, str(EXTRACTION.parent))
    scorer = importlib.import_module("score_extraction")
    truth = scorer.read_rows(EXTRACTION / "truth.jsonl")
    known = {name: found for name, found in rows.items() if name != "trafilatura, text only"}
    return {
        name: scorer.score({i: t for i, t in truth.items() if i in found}, found)
        for name, found in known.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pages", type=int, help="only the first so many pages")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    labelled = EXTRACTION.is_dir()
    speeds, rows = measured(labelled_pages(args.pages) if labelled else written_pages(args.pages))
    ratios = {
        name: speeds["parallax"] / speed for name, speed in speeds.items() if name != "parallax"
    }
    report = {
        "pages_a_second": speeds,
        "ratio": ratios,
        "scores": scores(rows) if labelled else None,
    }
    if args.json:
        print(json.dumps(report, indent=2))
        return
    for name, speed in speeds.items():
        print(
            f"{name:<28}{speed:8.1f} pages a second"
            + (f"   parallax / it: {ratios[name]:.2f}" if name in ratios else "")
        )
    if labelled:
        scorer = importlib.import_module("score_extraction")
        for name, table in report["scores"].items():  # type: ignore[union-attr]
            print(f"\n{name}")
            scorer.print_table(table)


if __name__ == "__main__":
    main()
