"""Seeded chance: the few kinds of luck that the sample company is made of."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np

Option = TypeVar("Option")


class Dice:
    """One stream of luck; a stream a subject, so that changing one table leaves the others as they were."""

    def __init__(self, seed: int, stream: int) -> None:
        self._rng = np.random.default_rng([seed, stream])

    def share(self) -> float:
        """Give a number from 0 up to 1."""
        return float(self._rng.random())

    def happens(self, probability: float) -> bool:
        """Tell whether something of this probability takes place."""
        return self.share() < probability

    def between(self, low: float, high: float) -> float:
        """Give a number from `low` up to `high`, all equally likely."""
        return low + (high - low) * self.share()

    def whole(self, low: int, high: int) -> int:
        """Give a whole number from `low` to `high`, both included."""
        return low + int(self.share() * (high - low + 1))

    def about(self, median: float, spread: float) -> float:
        """Give a positive number around `median`, log-normal with log standard deviation `spread`."""
        return median * math.exp(spread * float(self._rng.standard_normal()))

    def count(self, expected: float) -> int:
        """Give how often something took place that takes place `expected` times on average."""
        return int(self._rng.poisson(expected))

    def pick(self, options: Sequence[Option], weights: Sequence[float] | None = None) -> Option:
        """Choose one of `options`, by `weights` where they are given."""
        if weights is None:
            return options[int(self.share() * len(options))]
        mark = self.share() * sum(weights)
        for option, weight in zip(options, weights, strict=True):
            mark -= weight
            if mark < 0:
                return option
        return options[-1]
