"""Fit the probe and the token network of the loaded-words model, for `benchmarks.fit.editorial`.

Several small networks are fitted side by side and their log odds averaged, which is one network again:
their readings lie beside each other, and no convolution crosses from one to the next.
"""

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

MEMBERS, READINGS, SIZE = 4, 16, 5
EPOCHS, RATE, DECAY, BATCH = 5, 3e-3, 0.02, 64
# What a wrong token costs beside a wrong sentence, both as means.
TOKEN_COST = 3.0
# The layers' values at about unit spread.
SCALE = 1.69
_PLAIN = -8.0
Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class TokenData:
    """A sentence to fit on: the probed layers (t, n d), what the lexicon says (t, c), and the labels."""

    hidden: NDArray[np.float16]
    listed: NDArray[np.float32]
    own: Bools
    marked: Bools
    editorial: bool


class _Net(nn.Module):
    """The members' probes, convolutions and sums; and a sentence's score from its own tokens'."""

    def __init__(self, dimension: int, kinds: int) -> None:
        super().__init__()
        width = READINGS + kinds
        self.probe = nn.Linear(dimension, MEMBERS * READINGS, bias=False)
        self.conv = nn.Conv1d(
            MEMBERS * width, MEMBERS * READINGS, SIZE, padding=SIZE // 2, groups=MEMBERS
        )
        self.out, self.out_bias = _sum_of(width + READINGS)
        self.sentence, self.sentence_bias = _sum_of(4)
        self.some, self.more = nn.Dropout(0.2), nn.Dropout(0.3)

    def forward(self, hidden: Tensor, listed: Tensor, places: Tensor) -> Tensor:
        """Log odds (b, l, m) of tokens; `places` (b, l) are rows of `hidden`, one past its end for none."""
        kinds = listed.unsqueeze(1).expand(-1, MEMBERS, -1)
        read = self.probe(self.some(hidden)).view(len(hidden), MEMBERS, READINGS)
        flat = torch.cat([read, kinds], 2)
        tokens = torch.cat([flat, flat.new_zeros(1, *flat.shape[1:])])[places]
        seen = self.conv(tokens.flatten(2).transpose(1, 2)).transpose(1, 2)
        seen = gelu(seen, approximate="tanh").view(*tokens.shape[:2], MEMBERS, READINGS)
        both = self.more(torch.cat([tokens, seen], 3))
        logits: Tensor = (both * self.out).sum(3) + self.out_bias
        return logits

    def pooled(self, logits: Tensor, own: Tensor) -> Tensor:
        """A sentence's logits (b, m): its highest own token's, and sums of them."""
        mask = own.unsqueeze(2)
        highest = torch.where(mask, logits, torch.full_like(logits, _PLAIN)).amax(1)
        likely = torch.sigmoid(logits) * mask
        total, sharp = likely.sum(1), (likely**2).sum(1)
        parts = torch.stack([highest, torch.log1p(3 * total), sharp, total], 2)
        score: Tensor = (parts * self.sentence).sum(2) + self.sentence_bias
        return score


def _sum_of(width: int) -> tuple[nn.Parameter, nn.Parameter]:
    """Weights (m, width) and a bias (m,) for each member, as a linear layer begins."""
    bound = width**-0.5
    weights = torch.empty(MEMBERS, width).uniform_(-bound, bound)
    return nn.Parameter(weights), nn.Parameter(torch.zeros(MEMBERS))


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
    places = np.full((len(batch), max(lengths)), sum(lengths))
    for row, end, length in zip(places, np.cumsum(lengths), lengths, strict=True):
        row[:length] = np.arange(end - length, end)
    at = torch.from_numpy(places)
    hidden = torch.from_numpy(SCALE * np.concatenate([o.hidden for o in batch]).astype(np.float32))
    listed = torch.from_numpy(np.concatenate([one.listed for one in batch]))
    none = np.zeros(1, dtype=bool)
    own = torch.from_numpy(np.concatenate([*(one.own for one in batch), none]))[at]
    marked = torch.from_numpy(np.concatenate([*(one.marked for one in batch), none]))[at].float()
    editorial = torch.tensor([float(one.editorial) for one in batch]).unsqueeze(1)
    logits = net(hidden, listed, at)
    sentences = cross_entropy(net.pooled(logits, own), editorial.expand(-1, MEMBERS))
    tokens = cross_entropy(logits[own], marked[own].unsqueeze(1).expand(-1, MEMBERS))
    return MEMBERS * (sentences + TOKEN_COST * tokens)


def _weights(net: _Net) -> tuple[NDArray[np.float32], TokenNet]:
    """The members as one network: their outputs' mean."""

    def numbers(name: str) -> Floats:
        return np.asarray(net.get_parameter(name).detach().double().numpy())

    taps, out = numbers("conv.weight"), numbers("out") / MEMBERS
    kinds, all_read = taps.shape[1] - READINGS, MEMBERS * READINGS
    kernel = np.zeros((SIZE, all_read + kinds, all_read))
    for m in range(MEMBERS):
        mine = slice(m * READINGS, (m + 1) * READINGS)
        kernel[:, mine, mine] = taps[mine, :READINGS].transpose(2, 1, 0)
        kernel[:, all_read:, mine] = taps[mine, READINGS:].transpose(2, 1, 0)
    sums = [
        out[:, :READINGS].ravel(),
        out[:, READINGS : READINGS + kinds].sum(axis=0),
        out[:, READINGS + kinds :].ravel(),
    ]
    intercept = float(numbers("out_bias").mean())
    found = TokenNet(kernel, numbers("conv.bias"), np.concatenate(sums), intercept)
    return (SCALE * numbers("probe.weight").T).astype(np.float32), found
