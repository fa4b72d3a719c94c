"""The late interaction as it is learned: the same arithmetic as `compare.embedding.adapter`, in torch."""

from __future__ import annotations

from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from compare.embedding.adapter import STEEPNESS

DIMENSION, HIDDEN = 128, 24
PLAIN = 384


class Packed(NamedTuple):
    """Some texts, their tokens one after another, so that nothing is padded.

    Directions (n, d), tokens (all, k), and how much of each text each token is, by weight (n, all)
    and as a share of its text's weight (n, all), zero for other texts' tokens; `cuts` are the
    first and last but one token of each text.
    """

    vector: Tensor
    tokens: Tensor
    weights: Tensor
    shares: Tensor
    cuts: tuple[tuple[int, int], ...]


class Head(nn.Module):
    """What is learned of the interaction; starts as plain token alignment."""

    def __init__(self) -> None:
        super().__init__()
        self.projection = nn.Parameter(torch.empty(DIMENSION, PLAIN))
        self.salience = nn.Parameter(torch.zeros(PLAIN))
        self.salience0 = nn.Parameter(torch.tensor(0.5))
        self.rarity = nn.Parameter(torch.tensor(0.5))
        self.tau = nn.Parameter(torch.tensor(0.6))
        self.beta = nn.Parameter(torch.tensor(8.0))
        self.line = nn.Linear(9, 1)
        self.widen, self.narrow = nn.Linear(9, HIDDEN), nn.Linear(HIDDEN, 1)
        self.of_gists = nn.Linear(8, 1)
        with torch.no_grad():
            self.narrow.weight.zero_()
            self.narrow.bias.zero_()
            self.line.weight.copy_(torch.tensor([[4.0, 4, 2, 2, 2, 1, 0, 0, 0]]))
            self.line.bias.fill_(-11.0)
            self.of_gists.weight.copy_(torch.tensor([[4.0, 8, 0, 0, 0, 0, 0, 0]]))
            self.of_gists.bias.fill_(-10.0)

    def start_from(self, tokens: Tensor) -> None:
        """Project on the directions in which tokens (n, d) vary most."""
        directions = torch.linalg.svd(tokens.T @ tokens)[0][:, :DIMENSION]
        with torch.no_grad():
            self.projection.copy_(directions.T)

    def same(self, a: Packed, b: Packed) -> Tensor:
        """The log odds that texts of a and of b state the same detail, (n, m)."""
        cosine, forward, backward, own, theirs = self._covered(a, b)
        columns = [cosine]
        for x, y in zip(forward, backward, strict=True):
            columns += [torch.minimum(x, y), torch.maximum(x, y)]
        columns += [torch.minimum(own, theirs) - 2, torch.maximum(own, theirs) - 2]
        features = torch.stack(columns, -1)
        hidden = self.narrow(functional.gelu(self.widen(features)))
        odds: Tensor = (self.line(features) + hidden).squeeze(-1)
        return odds

    def states(self, sentences: Packed, gists: Packed) -> Tensor:
        """The log odds that a sentence states a gist among other things, (gists, sentences)."""
        cosine, forward, backward, own, _ = self._covered(gists, sentences)
        sides = [f for pair in zip(forward, backward, strict=True) for f in pair]
        odds: Tensor = self.of_gists(torch.stack([cosine, *sides, own - 2], -1)).squeeze(-1)
        return odds

    def _covered(self, a: Packed, b: Packed) -> tuple[Any, ...]:
        similar = a.tokens @ b.tokens.T
        best_in_b = torch.stack([similar[:, first:end].amax(1) for first, end in b.cuts], 1)
        best_in_a = torch.stack([similar[first:end].amax(0) for first, end in a.cuts], 1)
        forward = self._ways(best_in_b, a)
        backward = [way.T for way in self._ways(best_in_a, b)]
        shape = len(a.vector), len(b.vector)
        own = torch.log1p(a.weights.sum(-1))[:, None].expand(shape)
        theirs = torch.log1p(b.weights.sum(-1))[None].expand(shape)
        return a.vector @ b.vector.T, forward, backward, own, theirs

    def _ways(self, found: Tensor, texts: Packed) -> tuple[Tensor, Tensor, Tensor]:
        """How well texts are covered, (texts, others), by what each token found, (all, others)."""
        mean = texts.shares @ found
        peaks = torch.log(texts.shares @ torch.exp(self.beta * (found - 1))) / self.beta + 1
        matched = texts.weights @ torch.sigmoid(STEEPNESS * (found - self.tau))
        return mean, peaks, torch.log1p(matched)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The numbers by the names that `compare.embedding.adapter` reads."""
        numbers = {
            "projection": self.projection.to(torch.float16),
            "salience": self.salience,
            "salience0": self.salience0,
            "rarity": self.rarity,
            "tau": self.tau,
            "beta": self.beta,
            "line": self.line.weight[0],
            "line0": self.line.bias[0],
            "hidden": self.widen.weight,
            "hidden0": self.widen.bias,
            "out": self.narrow.weight[0],
            "out0": self.narrow.bias[0],
        }
        return {name: np.asarray(value.detach().numpy()) for name, value in numbers.items()}


def pack(tokens: list[Tensor], rarity: list[Tensor], spoken: list[Tensor], head: Head) -> Packed:
    """Texts given by their tokens (t, d), the tokens' rarity and whether they are words."""
    ends = list(accumulate(len(t) for t in tokens))
    cuts = tuple((end - len(t), end) for end, t in zip(ends, tokens, strict=True))
    everything = torch.cat(tokens)
    of_text = torch.zeros(len(tokens), len(everything))
    for row, (first, end) in enumerate(cuts):
        of_text[row, first:end] = 1
    mean = of_text @ everything / of_text.sum(1, keepdim=True)
    salience = everything @ head.salience + head.rarity * torch.cat(rarity) + head.salience0
    weights = of_text * (functional.softplus(salience) * torch.cat(spoken) + 1e-6)
    return Packed(
        functional.normalize(mean, dim=-1),
        functional.normalize(everything @ head.projection.T, dim=-1),
        weights,
        weights / weights.sum(-1, keepdim=True),
        cuts,
    )
