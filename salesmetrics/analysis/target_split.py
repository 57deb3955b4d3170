"""A total split among reps or regions: by what each brought and has open, to the last cent."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

CENT = Decimal("0.01")


def to_cents(amount: Decimal | float) -> Decimal:
    """Round an amount of money to whole cents, half a cent away from zero.

    >>> to_cents(2.675), to_cents(Decimal("-0.005"))
    (Decimal('2.68'), Decimal('-0.01'))
    """
    exact = amount if isinstance(amount, Decimal) else Decimal(repr(float(amount)))
    return exact.quantize(CENT, ROUND_HALF_UP)


def shares(amounts: Mapping[str, float]) -> dict[str, float]:
    """Give each one's share of what all come to; who stands below zero has none. Empty where nobody has any.

    >>> shares({"R1": 30.0, "R2": 70.0, "R3": -5.0})
    {'R1': 0.3, 'R2': 0.7, 'R3': 0.0}
    """
    above = {name: max(0.0, float(amount)) for name, amount in amounts.items()}
    whole = sum(above.values())
    return {name: amount / whole for name, amount in above.items()} if whole > 0 else {}


def weights(
    sold: Mapping[str, float], pipeline: Mapping[str, float], ramp: Mapping[str, float]
) -> dict[str, float]:
    """Weigh each name in `ramp`: half the share of what was sold, half that of the weighted pipeline, times ramp.

    `sold` is revenue of the trailing 12 months, `pipeline` the open weighted pipeline; where nobody has any of one
    the other counts alone. Shares are taken among the names in `ramp` only: who has left holds nothing of the next
    period. Where nobody has either, all weigh what their ramp says. Source: METRICS.md, section 10.

    >>> found = weights({"R1": 30, "R2": 70}, {"R1": 50, "R2": 50}, {"R1": 0.75, "R2": 1.0})
    >>> {name: round(weight, 4) for name, weight in found.items()}
    {'R1': 0.3, 'R2': 0.6}
    """
    told = [
        part for part in (shares({n: amounts.get(n, 0.0) for n in ramp}) for amounts in (sold, pipeline)) if part
    ]
    if not told:
        return {name: float(factor) for name, factor in ramp.items()}
    return {name: factor * sum(part[name] for part in told) / len(told) for name, factor in ramp.items()}


def split(total: Decimal, by: Mapping[str, float]) -> dict[str, Decimal]:
    """Split whole cents in proportion to weights of at least 0, so that the parts sum to `total` exactly.

    Each gets its share rounded down; the cents that are left go to the largest remainders, of equal ones to the
    first. Where all weights are 0 everybody gets the same. Empty weights give an empty split.

    >>> parts = split(Decimal("1100.00"), {"R1": 0.3, "R2": 0.6})
    >>> parts, sum(parts.values())
    ({'R1': Decimal('366.67'), 'R2': Decimal('733.33')}, Decimal('1100.00'))
    """
    if not by:
        return {}
    exact = {name: Fraction(weight) for name, weight in by.items()}
    whole = sum(exact.values())
    if not whole:
        exact, whole = dict.fromkeys(exact, Fraction(1)), Fraction(len(exact))
    cents = int((to_cents(total) / CENT).to_integral_value())
    due = {name: cents * weight / whole for name, weight in exact.items()}
    given = {name: amount.numerator // amount.denominator for name, amount in due.items()}
    left = cents - sum(given.values())
    first = sorted(given, key=lambda name: given[name] - due[name])[:left]
    for name in first:
        given[name] += 1
    return {name: Decimal(amount) * CENT for name, amount in given.items()}


def spread_rest(
    total: Decimal, now: Mapping[str, Decimal], locked: frozenset[str], by: Mapping[str, float]
) -> dict[str, Decimal] | None:
    """Keep the amounts of those `locked` and split what is left of `total` among the rest in proportion to `by`.

    The order is that of `now`. None where the locked amounts exceed the total, or nobody is left to take the rest.

    >>> now = {"R1": Decimal(500), "R2": Decimal(300), "R3": Decimal(300)}
    >>> spread_rest(Decimal(1000), now, frozenset({"R1"}), {"R1": 1, "R2": 1, "R3": 3})
    {'R1': Decimal('500.00'), 'R2': Decimal('125.00'), 'R3': Decimal('375.00')}
    """
    kept = {name: to_cents(amount) for name, amount in now.items() if name in locked}
    rest = to_cents(total) - sum(kept.values(), Decimal(0))
    free = {name: by.get(name, 0.0) for name in now if name not in locked}
    if rest < 0 or (rest and not free):
        return None
    spread = split(rest, free)
    return {name: kept[name] if name in kept else spread[name] for name in now}
