"""How far the estimate of missed opportunity may be off, when shares of few leads are known only roughly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_LATE = "leads_late_"


@dataclass(frozen=True)
class Missed:
    """What late and missing answers may have cost: customers and money, each with the least and the most.

    The bounds hold where every share of leads that became customers lies anywhere in its own 95 % range.
    """

    customers: float
    customers_low: float
    customers_high: float
    value: float
    value_low: float
    value_high: float
    worth: float
    unanswered_leads: float
    late_leads: float
    customers_unanswered: float
    customers_late: float


def missed(details: Mapping[str, float | None]) -> Missed | None:
    """Give the estimate with its range from the details of `missed_opportunity_estimate`; None where there is none.

    >>> found = missed({
    ...     "customers": 3.0, "customers_unanswered": 1.0, "customers_late": 2.0, "value_per_customer": 100.0,
    ...     "unanswered_leads": 10.0, "conversion_answered_low": 0.05, "conversion_answered_high": 0.2,
    ...     "conversion_in_time_low": 0.3, "conversion_in_time_high": 0.5, "leads_late_4h": 20.0,
    ...     "conversion_late_4h": 0.3, "conversion_late_4h_low": 0.2, "conversion_late_4h_high": 0.4,
    ... })
    >>> round(found.customers_low, 6), round(found.customers_high, 6), found.value
    (0.5, 8.0, 300.0)
    """

    def read(name: str) -> float | None:
        value = details.get(name)
        return None if value is None or value != value else value

    customers, worth = read("customers"), read("value_per_customer")
    if customers is None or worth is None:
        return None
    never = read("unanswered_leads") or 0.0
    low, high = (never * (read(f"conversion_answered_{bound}") or 0.0) for bound in ("low", "high"))
    best = read("conversion_in_time_low"), read("conversion_in_time_high")
    late = 0.0
    for name in details:
        if not name.startswith(_LATE):
            continue
        leads, kind = read(name) or 0.0, name.removeprefix(_LATE)
        late += leads
        worst = read(f"conversion_late_{kind}_low"), read(f"conversion_late_{kind}_high")
        # Kinds of answers that too few leads had say nothing: they are no part of the estimate either.
        if best[0] is not None and best[1] is not None and worst[0] is not None and worst[1] is not None:
            low += leads * max(best[0] - worst[1], 0.0)
            high += leads * max(best[1] - worst[0], 0.0)
    return Missed(
        customers, low, high, customers * worth, low * worth, high * worth, worth, never, late,
        read("customers_unanswered") or 0.0, read("customers_late") or 0.0,
    )  # fmt: skip
