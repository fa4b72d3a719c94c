"""Linear models that were fitted elsewhere and ship as numbers in small data files.

A model says by itself what it was fitted on, by which command, and which encoder's vectors it holds
for. Where another encoder runs, `Origin.misfit` says so as a value: callers hand it on to the run's
record, so that nothing is used beyond what it was fitted for without a word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, TypeVar

import numpy as np
from numpy.typing import ArrayLike, DTypeLike, NDArray

Floats = NDArray[np.floating[Any]]
F = TypeVar("F", bound=np.floating[Any])

# Beyond this the exponential leaves the range of single precision, and the probability is 0 or 1 anyway.
_SURE = 50.0


def sigmoid(log_odds: NDArray[F]) -> NDArray[F]:
    """The probabilities of log odds, in the same shape and precision."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -_SURE, _SURE))), dtype=log_odds.dtype)


def log_odds(probability: NDArray[F], edge: float = 0.0) -> NDArray[F]:
    """The log odds of probabilities; `edge` is added to both sides, so that 0 and 1 stay finite."""
    odds = (probability + edge) / (1 - probability + edge)
    return np.asarray(np.log(odds), dtype=probability.dtype)


@dataclass(frozen=True, slots=True)
class Misfit:
    """Why a fitted model does not hold: it is of `fitted_for`, and `used_with` is another encoder.

    `used_with` is None where nothing was encoded at all.
    """

    model: str
    fitted_for: str
    used_with: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where fitted numbers come from: what they were fitted on, by which command, for which encoder.

    `encoder` is the encoder's name; None for numbers that need no encoder.
    """

    fitted_on: str
    command: str
    encoder: str | None = None

    @classmethod
    def of(cls, raw: Mapping[str, Any], encoder: str | None = None) -> Origin:
        """The origin that a data file states; `encoder` where it holds models of several."""
        return cls(
            fitted_on=raw.get("fitted_on", ""),
            command=raw.get("command", ""),
            encoder=encoder or raw.get("encoder"),
        )

    def misfit(self, model: str, encoder: str | None) -> Misfit | None:
        """None where the numbers of `model` hold for an encoder of this name, else why they do not."""
        if self.encoder is None or self.encoder == encoder:
            return None
        return Misfit(model, self.encoder, encoder)


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LearnedModel:
    """Log odds as a weighed sum of k named features, each standardised and cut first.

    `weights` (k,); `centre` and `scale` (k,) standardise, None where the features are taken as they
    are. Standardised features are cut at `cut`, so that one odd value cannot decide alone.
    """

    features: tuple[str, ...]
    weights: Floats
    intercept: float
    centre: Floats | None = None
    scale: Floats | None = None
    cut: float = np.inf
    origin: Origin

    @classmethod
    def of(
        cls,
        raw: Mapping[str, Any],
        *,
        origin: Origin | None = None,
        features: Sequence[str] | None = None,
        cut: float = np.inf,
        dtype: DTypeLike = np.float64,
    ) -> LearnedModel:
        """The model in a part of a data file: `intercept`, and a row or a weight for each feature.

        A row is {"weight", "centre", "scale"}, scale 1 where there is none. `features` gives another
        order. Raises KeyError where one is missing.
        """
        rows = raw.get("features", raw.get("weights"))
        names = tuple(features or rows)
        own = origin or Origin.of(raw)

        def numbers(values: ArrayLike) -> Floats:
            return np.array(values, dtype=dtype)

        if not isinstance(rows[names[0]], Mapping):
            weights = numbers([rows[name] for name in names])
            return cls(features=names, weights=weights, intercept=raw["intercept"], origin=own)
        # "mean" is what `benchmarks/fit/pairs.py` called the centre before 0.2.
        centres = [rows[n]["centre"] if "centre" in rows[n] else rows[n]["mean"] for n in names]
        return cls(
            features=names,
            weights=numbers([rows[name]["weight"] for name in names]),
            intercept=raw["intercept"],
            centre=numbers(centres),
            scale=numbers([rows[name].get("scale", 1.0) for name in names]),
            cut=cut,
            origin=own,
        )

    def log_odds(self, rows: NDArray[F]) -> NDArray[F]:
        """The log odds (...,) of rows of features (..., k), in the order of `features`."""
        values = rows
        if self.centre is not None and self.scale is not None:
            values = np.clip((rows - self.centre) / self.scale, -self.cut, self.cut)
        return np.asarray(values @ self.weights + self.intercept, dtype=rows.dtype)

    def log_odds_of(self, values: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float32]:
        """The log odds (n,) of named columns (n,). Raises KeyError where a feature is missing."""
        columns = {name: values[name] for name in self.features}
        return (self.intercept + self.share(columns)).astype(np.float32)

    def share(self, values: Mapping[str, NDArray[np.float32]]) -> NDArray[np.float64]:
        """What those features that are given, as columns (n,), add to the log odds, (n,)."""
        total = np.zeros(len(next(iter(values.values()))), dtype=np.float64)
        for at, name in enumerate(self.features):
            if name not in values:
                continue
            column = values[name]
            if self.centre is not None and self.scale is not None:
                column = np.clip((column - self.centre[at]) / self.scale[at], -self.cut, self.cut)
            total += self.weights[at] * column
        return total


def read_data(package: str, name: str) -> dict[str, Any]:
    """A data file that ships with a package, parsed."""
    data: dict[str, Any] = json.loads(files(package).joinpath(name).read_text(encoding="utf-8"))
    return data
