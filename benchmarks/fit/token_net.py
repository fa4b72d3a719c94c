"""Fit the probe and the token network of the loaded-words model, for `benchmarks.fit.editorial`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from torch.nn.functional import gelu

from compare.verdicts.editorial.token_net import TokenNet

READINGS, SIZE = 24, 5
EPOCHS, RATE, DECAY, BATCH = 5, 3e-3, 0.02, 64
# What a wrong token costs beside a wrong sentence, both as means.
TOKEN_COST = 3.0
# The layer's values at about unit spread.
SCALE = 1.69
_PLAIN = -8.0
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class TokenData:
    """A sentence to fit on: the probed layer (t, d), what the lexicon says (t, c), and the labels."""

    hidden: NDArray[np.float16]
    listed: NDArray[np.float32]
    own: Bools
    marked: Bools
    editorial: bool


class _Net(nn.Module):
    """The probe, the convolution, the sum; and a sentence's score from its own tokens'."""

    def __init__(self, dimension: int, kinds: int) -> None:
        super().__init__()
        width = READINGS + kinds
        self.probe = nn.Linear(dimension, READINGS, bias=False)
        self.conv = nn.Conv1d(width, READINGS, SIZE, padding=SIZE // 2)
        self.out = nn.Linear(width + READINGS, 1)
        self.sentence = nn.Linear(4, 1)
        self.some, self.more = nn.Dropout(0.2), nn.Dropout(0.3)

    def forward(self, hidden: Tensor, listed: Tensor, lengths: list[int]) -> Tensor:
        tokens = torch.cat([self.probe(self.some(hidden)), listed], 1)
        longest = nn.utils.rnn.pad_sequence(list(torch.split(tokens, lengths)), batch_first=True)
        seen = gelu(self.conv(longest.transpose(1, 2)), approximate="tanh").transpose(1, 2)
        kept = torch.cat([one[:n] for one, n in zip(seen, lengths, strict=True)])
        logits: Tensor = self.out(self.more(torch.cat([tokens, kept], 1))).squeeze(1)
        return logits

    def pooled(self, logits: Tensor, own: Tensor, lengths: list[int]) -> Tensor:
        """A sentence's logit: its highest own token's, and sums of them."""
        values = torch.where(own, logits, torch.full_like(logits, _PLAIN))
        rows = []
        for one in torch.split(values, lengths):
            likely = torch.sigmoid(one)
            total, sharp = likely.sum(), (likely**2).sum()
            rows.append(torch.stack([one.max(), torch.log1p(3 * total), sharp, total]))
        score: Tensor = self.sentence(torch.stack(rows)).squeeze(1)
        return score


def fit(data: Sequence[TokenData]) -> tuple[NDArray[np.float32], TokenNet]:
    """The probe's weights (d, k) and the network, fitted on some sentences."""
    some = [one for one in data if len(one.hidden)]
    torch.manual_seed(0)
    dice = np.random.default_rng(0)
    net = _Net(some[0].hidden.shape[1], some[0].listed.shape[1])
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    batches = len(some) // BATCH + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=EPOCHS * batches)
    for _ in range(EPOCHS):
        for batch in np.array_split(dice.permutation(len(some)), batches):
            cost = _cost(net, [some[k] for k in batch])
            optimizer.zero_grad()
            cost.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            schedule.step()
    return _weights(net)


def _cost(net: _Net, batch: list[TokenData]) -> Tensor:
    lengths = [len(one.hidden) for one in batch]
    hidden = torch.from_numpy(SCALE * np.concatenate([o.hidden for o in batch]).astype(np.float32))
    listed = torch.from_numpy(np.concatenate([one.listed for one in batch]))
    own = torch.from_numpy(np.concatenate([one.own for one in batch]))
    marked = torch.from_numpy(np.concatenate([one.marked for one in batch])).float()
    editorial = torch.tensor([float(one.editorial) for one in batch])
    logits = net(hidden, listed, lengths)
    sentences = cross_entropy(net.pooled(logits, own, lengths), editorial)
    return sentences + TOKEN_COST * cross_entropy(logits[own], marked[own])


def _weights(net: _Net) -> tuple[NDArray[np.float32], TokenNet]:
    def numbers(name: str) -> NDArray[np.float64]:
        return np.asarray(net.get_parameter(name).detach().double().numpy())

    probe = SCALE * numbers("probe.weight").T
    kernel = numbers("conv.weight").transpose(2, 1, 0)
    out = numbers("out.weight")[0]
    found = TokenNet(kernel, numbers("conv.bias"), out, float(numbers("out.bias")[0]))
    return probe.astype(np.float32), found
