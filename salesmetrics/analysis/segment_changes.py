"""Which part of a whole moved most: what each added to the change, and how far it left the path of the others."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from salesmetrics.analysis.mix_rate import MixRate, Share

State = Literal["there", "new", "gone"]

ENOUGH = 20
"""Cases below the line that a part needs before its ratio is held against that of the others."""

BEYOND_CHANCE = 3.0
"""Standard errors by which the share of a part must lie away from that of the others; many parts are looked at."""


@dataclass(frozen=True)
class Part:
    """One part of a whole in two periods; `by` is what it added to the change of the whole.

    `before` and `after` are its own value (a sum, or a ratio; NaN where it is not there). `moved` is what it added
    by moving itself (of a ratio: without the shift of weights), and `size` what that is held against: its sum
    before, or its mean weight.
    """

    name: str
    before: float
    after: float
    by: float
    moved: float
    size: float
    state: State = "there"


@dataclass(frozen=True)
class Apart:
    """A part whose ratio differs from that of the others: what the ratio of all is with and without it.

    `top` and `bottom` are its own figures, `others` the ratio of all the rest; `pull` is by how much it lifts
    (above zero) or lowers the ratio of all.
    """

    name: str
    ratio: float
    top: float
    bottom: float
    others: float
    pull: float


def parts_of_sum(values: Sequence[tuple[str, float, float]]) -> tuple[Part, ...]:
    """Give the parts of a sum, from the name of each and its values before and after; the largest change first.

    >>> [(part.name, part.by, part.state) for part in parts_of_sum([("East", 400.0, 0.0), ("West", 0.0, 550.0)])]
    [('West', 550.0, 'new'), ('East', -400.0, 'gone')]
    """
    parts = []
    for name, before, after in values:
        state: State = "new" if before == 0 != after else "gone" if after == 0 != before else "there"
        parts.append(Part(name, before, after, after - before, after - before, max(before, 0.0), state))
    return tuple(sorted(parts, key=lambda part: (-abs(part.by), part.name)))


def parts_of_ratio(found: MixRate) -> tuple[Part, ...]:
    """Give the parts of a ratio that was split into mix and rate; the largest effect first."""
    parts = []
    for part in found.parts:
        state: State = "new" if not part.weight_before else "gone" if not part.weight_after else "there"
        size = max((part.weight_before + part.weight_after) / 2, 0.0)
        parts.append(Part(part.name, part.ratio_before, part.ratio_after, part.both, part.rate, size, state))
    return tuple(sorted(parts, key=lambda part: (-abs(part.by), part.name)))


def beyond(part: Part, like: Sequence[Part]) -> float:
    """Give what a part added beyond what it would have, had it moved as all of `like` did together, for its size.

    >>> parts = parts_of_sum([("N", 100.0, 110.0), ("S", 100.0, 40.0)])
    >>> [(part.name, beyond(part, parts)) for part in parts]
    [('S', -35.0), ('N', 35.0)]
    """
    base = math.fsum(one.size for one in like)
    return part.moved - part.size / base * math.fsum(one.moved for one in like) if base > 0 else part.moved


def outstanding(parts: Sequence[Part]) -> tuple[Part, float] | None:
    """Give the part that left the path of the whole furthest, and how clearly it stands out.

    That is what it added beyond the whole, times its share of all that parts differ by: a part counts for more
    where the others moved alike. With few parts the share is never whole, for of two each stands out against the
    other. Parts that are new or gone cannot have moved like others, and are passed over. None where none is left.

    >>> parts = parts_of_sum([("N", 100.0, 110.0), ("S", 100.0, 40.0), ("W", 100.0, 112.0)])
    >>> outstanding(parts)[0].name
    'S'
    """
    there = [part for part in parts if part.state == "there" and part.moved == part.moved]
    if not there or len(parts) < 2:
        return None
    left = {part.name: beyond(part, parts) for part in there}
    first = max(there, key=lambda part: abs(left[part.name]))
    size = abs(left[first.name])
    if not size:
        return None
    others = [part for part in parts if part is not first]
    spread = math.fsum(abs(beyond(one, others)) for one in others)
    return first, size * size / (size + spread + size / len(others))


def apart(shares: Sequence[Share]) -> tuple[Apart, ...]:
    """Give the parts whose share of cases in the later period differs from that of all others; the strongest first.

    Figures are counts of cases. Passed over are parts of fewer than 20, those beside which nobody is left, and those
    that differ by less than three standard errors of two shares, which chance does.

    >>> found = apart([Share("Ads", 0, 0, 2, 100), Share("Web", 0, 0, 40, 200), Share("Fairs", 0, 0, 0, 5)])
    >>> [(one.name, one.ratio, round(one.others, 4), round(one.pull, 4)) for one in found]
    [('Web', 0.2, 0.019, 0.1187), ('Ads', 0.02, 0.1951, -0.0574)]
    """
    top, bottom = (math.fsum(getattr(share, name) for share in shares) for name in ("top_after", "bottom_after"))
    found = []
    for share in shares:
        rest = bottom - share.bottom_after
        if share.bottom_after < ENOUGH or rest <= 0:
            continue
        others = (top - share.top_after) / rest
        ratio = share.top_after / share.bottom_after
        spread = top / bottom * (1 - top / bottom) * (1 / share.bottom_after + 1 / rest)
        if spread <= 0 or abs(ratio - others) < BEYOND_CHANCE * math.sqrt(spread):
            continue
        found.append(Apart(share.name, ratio, share.top_after, share.bottom_after, others, top / bottom - others))
    return tuple(sorted(found, key=lambda one: (-abs(one.pull), one.name)))
