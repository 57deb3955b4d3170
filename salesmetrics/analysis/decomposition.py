"""From one period's value to another's, step by step: what each factor and each part beside them brought."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from salesmetrics.analysis.factor_effects import Method, effects

CENT = 0.005
"""By so much the factors and the parts beside them may differ from the value itself: half a cent."""


@dataclass(frozen=True)
class Moved:
    """Something named as it was and as it is; NaN where it cannot be told."""

    name: str
    before: float
    after: float


@dataclass(frozen=True)
class Step:
    """One bar of a waterfall: by how much it lifts (above zero) or lowers, and where the value stands around it.

    `before` and `after` are the figures of the factor or part itself; `factor` tells which of both it is.
    """

    name: str
    by: float
    start: float
    end: float
    before: float
    after: float
    factor: bool


@dataclass(frozen=True)
class Decomposition:
    """A change as steps that sum to it: `before` plus all of them is `after`."""

    before: float
    after: float
    steps: tuple[Step, ...]
    method: Method

    @property
    def change(self) -> float:
        """What the steps sum to."""
        return self.after - self.before

    @property
    def largest(self) -> Step | None:
        """The step that brought most of the change: the largest one in its direction, else the largest of all."""
        along = [step for step in self.steps if step.by * self.change > 0]
        return max(along or self.steps, key=lambda step: abs(step.by), default=None)


def decompose(factors: Sequence[Moved], beside: Sequence[Moved], before: float, after: float) -> Decomposition:
    """Take a change apart: `factors` multiply to one part of the value, what stands `beside` them adds to it.

    Factors that are 1 in both periods and parts that are 0 in both say nothing and are left out. Raises
    AssertionError where they do not come to `before` and `after`, which is a fault of this program.

    >>> leads = [Moved("leads", 100, 120), Moved("conversion", .10, .08), Moved("value", 200, 250)]
    >>> found = decompose(leads, [Moved("other", 500.0, 450.0)], 2500.0, 2850.0)
    >>> [(step.name, round(step.by, 1), round(step.end, 1)) for step in found.steps]
    [('leads', 400.0, 2900.0), ('conversion', -489.6, 2410.4), ('value', 489.6, 2900.0), ('other', -50.0, 2850.0)]
    """
    shares, method = effects([one.before for one in factors], [one.after for one in factors])
    apart = [one.after - one.before for one in beside]
    for value, side in ((before, "before"), (after, "after")):
        made = _product([getattr(one, side) for one in factors]) + math.fsum(getattr(one, side) for one in beside)
        if abs(made - value) > CENT + 1e-9 * abs(value):
            raise AssertionError(f"the factors and what stands beside them come to {made}, not {value}, {side}")
    listed = [(one, by, True) for one, by in zip(factors, shares, strict=True) if not one.before == one.after == 1]
    listed += [(one, by, False) for one, by in zip(beside, apart, strict=True) if one.before or one.after]
    steps, level = [], before
    for place, (one, by, factor) in enumerate(listed):
        # The last step ends where the value stands, whatever the sums before it rounded away.
        end = after if place == len(listed) - 1 else level + by
        steps.append(Step(one.name, by, level, end, one.before, one.after, factor))
        level = end
    return Decomposition(before, after, tuple(steps), method)


def _product(factors: Sequence[float]) -> float:
    """Multiply; of nothing at all, whatever else is not known, there is nothing."""
    return 0.0 if any(one == 0 for one in factors) else math.prod(factors)
