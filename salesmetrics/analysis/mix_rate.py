"""Why a ratio moved: because its parts got better or worse, or because the weight of the parts shifted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """One part of a ratio in two periods: what stands above the line and what below it."""

    name: str
    top_before: float
    bottom_before: float
    top_after: float
    bottom_after: float


@dataclass(frozen=True)
class PartEffect:
    """What one part did to the ratio of all: by its own ratio (`rate`), and by its weight (`mix`).

    Weights are parts of 1; a ratio is NaN in the period in which the part is not there.
    """

    name: str
    rate: float
    mix: float
    weight_before: float
    weight_after: float
    ratio_before: float
    ratio_after: float

    @property
    def both(self) -> float:
        """What the part added to the change of the ratio."""
        return self.rate + self.mix


@dataclass(frozen=True)
class MixRate:
    """The change of a ratio from `before` to `after`, by part; rate and mix of all parts sum to it."""

    before: float
    after: float
    parts: tuple[PartEffect, ...]

    @property
    def rate(self) -> float:
        """What the parts' own ratios did."""
        return math.fsum(part.rate for part in self.parts)

    @property
    def mix(self) -> float:
        """What the shift between parts did."""
        return math.fsum(part.mix for part in self.parts)


def mix_rate(shares: Sequence[Share]) -> MixRate | None:
    """Split the change of a ratio; None where it has no base in a period, or a part has one without the other.

    With R = sum of w r: rate = mean weight x change of r, mix = change of weight x (mean r - mean R), means of the
    two periods. A part that is absent in one period has the ratio of the other, so that all it does is mix.

    >>> found = mix_rate([Share("East", 10, 50, 5, 20), Share("West", 5, 50, 12, 80)])
    >>> [(part.name, round(part.rate, 6), round(part.mix, 6)) for part in found.parts]
    [('East', 0.0175, -0.0195), ('West', 0.0325, -0.0105)]
    >>> round(found.rate, 6), round(found.mix, 6), round(found.after - found.before, 6)
    (0.05, -0.03, 0.02)
    """
    base_before = math.fsum(share.bottom_before for share in shares)
    base_after = math.fsum(share.bottom_after for share in shares)
    if not base_before or not base_after or any(_groundless(share) for share in shares):
        return None
    before = math.fsum(share.top_before for share in shares) / base_before
    after = math.fsum(share.top_after for share in shares) / base_after
    middle = (before + after) / 2
    parts = []
    for share in shares:
        if not share.bottom_before and not share.bottom_after:
            continue
        weights = share.bottom_before / base_before, share.bottom_after / base_after
        own = [_over(share.top_before, share.bottom_before), _over(share.top_after, share.bottom_after)]
        was, now = (one if one == one else other for one, other in (own, own[::-1]))
        rate = (weights[0] + weights[1]) / 2 * (now - was)
        mix = (weights[1] - weights[0]) * ((was + now) / 2 - middle)
        parts.append(PartEffect(share.name, rate, mix, *weights, *own))
    return MixRate(before, after, tuple(parts))


def _groundless(share: Share) -> bool:
    return (not share.bottom_before and share.top_before != 0) or (not share.bottom_after and share.top_after != 0)


def _over(top: float, bottom: float) -> float:
    return top / bottom if bottom else math.nan
