"""Fit crawlers/extract/body/body_weights.json: which text blocks of a page are its article.

    python benchmarks/fit/extraction.py [--write] [--folds 8]

Reads the labelled pages of ../shared/benchmarks/extraction. A block counts as article text when at
least 0.6 of its three-word shingles are in the labelled text; it weighs as many words as it has, and
every page weighs the same. Prints body F1 with whole sites left out; --write fits on all pages.
"""

from __future__ import annotations

import argparse
import gzip
import importlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

from compare.learned import sigmoid
from crawlers.extract.body.block_features import signs_of
from crawlers.extract.body.references import Reference, shingles, words_of
from crawlers.extract.body.select import article_blocks, body_witnesses, stated_body
from crawlers.extract.markup import parsed
from crawlers.extract.metadata.structured import page_data

HERE = Path(__file__).resolve().parent
EXTRACTION = HERE.parents[2] / "shared" / "benchmarks" / "extraction"
WEIGHTS = HERE.parents[1] / "crawlers" / "extract" / "body" / "body_weights.json"
LABELLED = 0.6
MAX_BLOCK_WORDS = 300  # one merged block must not outweigh a page
BASE_WEIGHT = 0.0005  # so that blocks of pages with little text count at all
STRENGTH = 0.01  # inverse regularisation; 0.001 to 0.1 were tried, whole sites left out
KEEP = 0.45

Array = NDArray[np.float64]


@dataclass
class Page:
    ident: str
    site: str
    source: str
    truth: dict[str, Any]
    texts: list[str]
    names: list[str]
    signs: Array
    wanted: NDArray[np.int64]
    weights: Array


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def site_of(url: str) -> str:
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=())(url).top_domain_under_public_suffix or (
        urlsplit(url).hostname or url
    )


def load() -> list[Page]:
    truth = {r["id"]: r for r in rows(EXTRACTION / "truth.jsonl")}
    pages = []
    for row in rows(EXTRACTION / "manifest.jsonl"):
        page = read(row, truth[row["id"]])
        if len(page.texts):
            pages.append(page)
    return pages


def read(row: dict[str, Any], truth: dict[str, Any]) -> Page:
    root = parsed(gzip.decompress((EXTRACTION / row["path"]).read_bytes()))
    assert root is not None
    data = page_data(root, row["url"])
    witnesses, blocks = body_witnesses(root, data, row["url"], stated_body(data))
    blocks = article_blocks(blocks, witnesses)
    names, signs = signs_of(blocks, witnesses)
    reference = Reference(truth["text"] or "")
    words = [words_of(b.text) for b in blocks]
    wanted = np.array([reference.share(shingles(w)) >= LABELLED for w in words], dtype=np.int64)
    sizes = np.array([len(w) for w in words], dtype=float)
    weights = (
        np.minimum(sizes, MAX_BLOCK_WORDS) / max(20.0, float((sizes * wanted).sum())) + BASE_WEIGHT
    )
    return Page(
        row["id"],
        site_of(row["url"]),
        truth["source"],
        truth,
        [b.text for b in blocks],
        names,
        signs,
        wanted,
        weights,
    )


def fit(pages: list[Page], strength: float) -> tuple[Array, Array, float]:
    """Weights on raw signs, the centre they are taken from, and the intercept."""
    from sklearn.linear_model import LogisticRegression

    signs = np.concatenate([p.signs for p in pages])
    wanted = np.concatenate([p.wanted for p in pages])
    weights = np.concatenate([p.weights for p in pages])
    centre, scale = signs.mean(axis=0), signs.std(axis=0)
    scale[scale == 0] = 1.0
    model = LogisticRegression(C=strength, max_iter=500)
    model.fit((signs - centre) / scale, wanted, sample_weight=weights / weights.mean())
    return model.coef_[0] / scale, centre, float(model.intercept_[0])


def report(pages: list[Page], probabilities: dict[str, Array], keep: float) -> dict[str, float]:
    sys.path.insert(0, str(EXTRACTION.parent))
    body_scores = importlib.import_module("score_extraction").body_scores

    scores = {}
    for source in sorted({p.source for p in pages}):
        pairs = []
        for page in pages:
            if page.source == source:
                chosen = np.flatnonzero(probabilities[page.ident] >= keep)
                pairs.append((page.truth, {"text": "\n\n".join(page.texts[k] for k in chosen)}))
        scores[source] = float(body_scores(pairs)["body_f1"])
    return scores


def left_out(pages: list[Page], folds: int, strength: float) -> dict[str, Array]:
    sites = np.random.default_rng(0).permutation(sorted({p.site for p in pages}))
    fold = {site: k % folds for k, site in enumerate(sites)}
    probabilities = {}
    for held in range(folds):
        coefficients, centre, intercept = fit([p for p in pages if fold[p.site] != held], strength)
        for page in pages:
            if fold[page.site] == held:
                probabilities[page.ident] = sigmoid(
                    (page.signs - centre) @ coefficients + intercept
                )
    return probabilities


def write(pages: list[Page]) -> None:
    coefficients, centre, intercept = fit(pages, STRENGTH)
    signs = {
        name: {"weight": float(f"{w:.6g}"), "centre": float(f"{c:.6g}")}
        for name, w, c in zip(pages[0].names, coefficients, centre, strict=True)
    }
    content = {
        "command": "python -m benchmarks.fit.extraction --write",
        "fitted_on": f"{len(pages)} labelled pages (Zyte article benchmark, Fundus test data), site-blind",
        "keep": KEEP,
        "intercept": float(f"{intercept:.6g}"),
        "features": signs,
    }
    WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--write", action="store_true", help="fit on all pages and write the weights"
    )
    parser.add_argument("--folds", type=int, default=8)
    args = parser.parse_args()
    if not EXTRACTION.is_dir():
        raise SystemExit(
            "the labelled pages (../shared/benchmarks/extraction) are not beside this checkout"
        )
    pages = load()
    for keep in (KEEP - 0.1, KEEP, KEEP + 0.1):
        scores = report(pages, left_out(pages, args.folds, STRENGTH), keep)
        print(f"keep at {keep:.2f}, sites left out:", {s: round(v, 4) for s, v in scores.items()})
    if args.write:
        write(pages)
        print(f"wrote {WEIGHTS.name} from {len(pages)} pages")


if __name__ == "__main__":
    main()
