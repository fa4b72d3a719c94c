"""Fit crawlers/extract/body/body_weights.json: which text blocks of a page are its article.

    python benchmarks/fit/extraction.py [--write]

Reads the labelled pages of ../shared/benchmarks/extraction. A block counts as article text when at
least 0.6 of its three-word shingles are in the labelled text; it weighs as many words as it has, and
every page weighs the same. Prints body F1 with whole sites left out, in several foldings, and what it
is where only a part of the sites is fitted on; --write fits on all pages.
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
from crawlers.extract.body.references import body_references
from crawlers.extract.body.select import article_blocks
from crawlers.extract.body.shingles import Reference, shingles, words_of
from crawlers.extract.markup import parsed
from crawlers.extract.metadata.page_metadata import page_metadata
from crawlers.extract.metadata.titles import title_of

HERE = Path(__file__).resolve().parent
EXTRACTION = HERE.parents[2] / "shared" / "benchmarks" / "extraction"
WEIGHTS = HERE.parents[1] / "crawlers" / "extract" / "body" / "body_weights.json"
LABELLED = 0.6
MAX_BLOCK_WORDS = 300  # one merged block must not outweigh a page
BASE_WEIGHT = 0.0005  # so that blocks of pages with little text count at all
# Inverse regularisation; 0.0003 to 0.1 were tried, whole sites left out. Where a tenth of the sites is
# all there is to fit on, 0.003 is better by 0.002; with more it makes no difference.
STRENGTH = 0.01
FOLDINGS = ((8, 0), (13, 1), (5, 2))  # folds, seed
CURVE = (0.1, 0.25, 0.5)  # shares of the sites that are fitted on
CURVE_DRAWS = 3
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
    metadata = page_metadata(root, row["url"])
    title = title_of(root, metadata)
    references, blocks = body_references(root, metadata, title.value if title else "")
    blocks = article_blocks(blocks, references)
    names, signs = signs_of(blocks, references)
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


def judged(fitted_on: list[Page], pages: list[Page]) -> dict[str, Array]:
    """The probabilities of the pages' blocks under a regression fitted on others."""
    coefficients, centre, intercept = fit(fitted_on, STRENGTH)
    return {p.ident: sigmoid((p.signs - centre) @ coefficients + intercept) for p in pages}


def shuffled_sites(pages: list[Page], seed: int) -> list[str]:
    return list(np.random.default_rng(seed).permutation(sorted({p.site for p in pages})))


def left_out(pages: list[Page], folds: int, seed: int) -> dict[str, Array]:
    fold = {site: k % folds for k, site in enumerate(shuffled_sites(pages, seed))}
    probabilities: dict[str, Array] = {}
    for held in range(folds):
        rest = [p for p in pages if fold[p.site] != held]
        probabilities |= judged(rest, [p for p in pages if fold[p.site] == held])
    return probabilities


def learnt_from(pages: list[Page], share: float) -> dict[str, float]:
    """Body F1 on the other sites when only a share of the sites is fitted on, over several draws."""
    found: dict[str, list[float]] = {}
    for seed in range(CURVE_DRAWS):
        sites = shuffled_sites(pages, seed)
        chosen = set(sites[: int(share * len(sites))])
        others = [p for p in pages if p.site not in chosen]
        rest = [p for p in pages if p.site in chosen]
        for source, value in report(others, judged(rest, others), KEEP).items():
            found.setdefault(source, []).append(value)
    return {source: float(np.mean(values)) for source, values in found.items()}


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
    args = parser.parse_args()
    if not EXTRACTION.is_dir():
        raise SystemExit(
            "the labelled pages (../shared/benchmarks/extraction) are not beside this checkout"
        )
    pages = load()
    for folds, seed in FOLDINGS:
        probabilities = left_out(pages, folds, seed)
        for keep in (KEEP - 0.1, KEEP, KEEP + 0.1):
            scores = {s: round(v, 4) for s, v in report(pages, probabilities, keep).items()}
            print(f"{folds} folds, keep at {keep:.2f}, sites left out:", scores)
    for share in CURVE:
        scores = {s: round(v, 4) for s, v in learnt_from(pages, share).items()}
        print(f"fitted on {share:.0%} of the sites, the others read:", scores)
    if args.write:
        write(pages)
        print(f"wrote {WEIGHTS.name} from {len(pages)} pages")


if __name__ == "__main__":
    main()
