"""What a number would be if one of its factors were different: arithmetic on today's identity, no forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import prod

MOST = 0.5
"""A factor is moved by half of what it is, up or down, at most."""


class Acts(StrEnum):
    """How a factor enters the product."""

    TIMES = "the number grows as it does"
    PER = "the number shrinks as it grows"
    OFF = "it is taken off the price, as a share of it"
    PART = "it is one of several parts of a factor"


@dataclass(frozen=True)
class Lever:
    """A factor that can be moved: where it is `now`, in `unit`, and how it acts.

    `weight` is, for a `PART`, its share of the factor. `most` is the value that it cannot exceed (a share stays
    within 1); None where there is none.
    """

    name: str
    now: float
    unit: str
    acts: Acts = Acts.TIMES
    weight: float = 1.0
    most: float | None = None

    @property
    def highest(self) -> float:
        """The largest relative change that it can take."""
        if self.most is None or self.now <= 0:
            return MOST
        return min(MOST, self.most / self.now - 1)


@dataclass(frozen=True)
class Identity:
    """A number (`value`) of which the part `moved` is the product of factors; the rest stays as it is."""

    name: str
    value: float
    moved: float
    levers: tuple[Lever, ...]


@dataclass(frozen=True)
class Outcome:
    """What comes of changes: the new `value`, what each lever adds by itself, and what only their combination adds.

    `alone` and `together` sum to the difference from the value before.
    """

    before: float
    value: float
    alone: Mapping[str, float]
    together: float


def apply(identity: Identity, changes: Mapping[str, float]) -> Outcome:
    """Move levers by relative changes such as 0.10, each as far as it goes; without a change the value stays as it is.

    >>> leads = Identity("leads", 2000.0, 2000.0, (Lever("leads", 100, "count"), Lever("conversion", 0.1, "percent")))
    >>> outcome = apply(leads, {"leads": 0.2, "conversion": -0.2})
    >>> round(outcome.value), {name: round(by) for name, by in outcome.alone.items()}, round(outcome.together)
    (1920, {'leads': 400, 'conversion': -400}, -80)
    """
    taken = {one.name: bounded(one, changes.get(one.name, 0.0)) for one in identity.levers}
    moved = {name: by for name, by in taken.items() if by}
    if not moved:
        return Outcome(identity.value, identity.value, dict.fromkeys(taken, 0.0), 0.0)
    difference = identity.moved * _growth(identity, taken)
    alone = {name: identity.moved * _growth(identity, {name: by}) if by else 0.0 for name, by in taken.items()}
    together = difference - sum(alone.values()) if len(moved) > 1 else 0.0
    return Outcome(identity.value, identity.value + difference, alone, together)


def bounded(lever: Lever, change: float) -> float:
    """Keep a relative change within what the lever can take.

    >>> round(bounded(Lever("retention", 0.8, "percent", most=1.0), 0.5), 6)
    0.25
    """
    return max(-MOST, min(lever.highest, change))


def _growth(identity: Identity, changes: Mapping[str, float]) -> float:
    """Give by what part the product grows."""
    parts = 1.0
    ratios = []
    for lever in identity.levers:
        by = changes.get(lever.name, 0.0)
        match lever.acts:
            case Acts.TIMES:
                ratios.append(1 + by)
            case Acts.PER:
                ratios.append(1 / (1 + by))
            case Acts.OFF:
                ratios.append((1 - lever.now * (1 + by)) / (1 - lever.now))
            case Acts.PART:
                parts += lever.weight * by
    return prod([parts, *ratios]) - 1


def of_customers(
    revenue: float,
    ordered: float,
    orders: float,
    customers: float | None,
    retention: tuple[float, float] | None,
    discount: float | None,
) -> Identity | None:
    """Revenue as customers × orders of each × what an order brings, beside what is no order of a known customer.

    `ordered` is what `orders` came to; `retention` is (customers kept, customers before), where the customers kept
    are some of `customers`; None of these where the data does not tell. `discount` is the share of list prices taken
    off. None where nothing was ordered.
    """
    if not orders or ordered <= 0:
        return None
    levers = []
    if customers and retention and 0 < retention[0] <= customers and retention[1]:
        kept = retention[0]
        levers.append(Lever("retention", kept / retention[1], "percent", Acts.PART, kept / customers, most=1.0))
        if customers > kept:
            levers.append(Lever("new_customers", customers - kept, "count", Acts.PART, 1 - kept / customers))
    elif customers:
        levers.append(Lever("customers", customers, "count"))
    levers.append(
        Lever("frequency", orders / customers, "units") if customers else Lever("orders", orders, "count")
    )
    basket = ordered / orders
    levers += [Lever("basket", basket, "money"), Lever("price", 1.0, "percent")]
    if discount is not None and 0 < discount < 1:
        levers.append(Lever("discount", discount, "percent", Acts.OFF, most=1.0))
    return Identity("customers", revenue, ordered, tuple(levers))


def of_leads(revenue: float, from_leads: float, leads: float, converted: float) -> Identity | None:
    """Revenue from the leads that came in the period, as leads × share that converted × what each brought."""
    if not leads or not converted or from_leads <= 0:
        return None
    levers = (
        Lever("leads", leads, "count"),
        Lever("conversion", converted / leads, "percent", most=1.0),
        Lever("value", from_leads / converted, "money"),
    )
    return Identity("leads", revenue, from_leads, levers)


def of_pipeline(
    velocity: float, deals: float, win_rate: float, deal_value: float, cycle: float
) -> Identity | None:
    """What open deals bring a day, as deals × share won × what a won one brings ÷ days to win it."""
    if not velocity > 0:
        return None
    levers = (
        Lever("deals", deals, "count"),
        Lever("win_rate", win_rate, "percent", most=1.0),
        Lever("deal_value", deal_value, "money"),
        Lever("cycle", cycle, "days", Acts.PER),
    )
    return Identity("pipeline", velocity, velocity, levers)


def attained(attainment: float, outcome: Outcome) -> float:
    """Give quota attainment when what counts towards quotas changes as revenue does.

    >>> attained(0.8, Outcome(100.0, 110.0, {}, 0.0))
    0.88
    """
    if outcome.value == outcome.before or outcome.before <= 0:
        return attainment
    return attainment * outcome.value / outcome.before
