"""What leads that were answered late or never may have cost, if the answer is what made the difference."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import inf

import ibis.expr.types as ir
import numpy as np

from salesmetrics.analysis.share_bounds import wilson
from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import kept, nothing, over, reasons
from salesmetrics.metrics.leads import (
    ALL_LEADS,
    CONVERTED,
    EVER,
    HORIZON,
    is_mature,
    of_leads,
    reached,
    runs_backwards,
)
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Flags, Metric, Numbers, Outcome, Unit
from salesmetrics.metrics.response import (
    ANSWERS_TOLD,
    GRACE,
    SLA,
    in_hours,
    is_answered,
    unanswered,
    where_answers_are_told,
)

LATE_UNTIL = (4.0, 24.0, 72.0, inf)
"""Hours at which one kind of late answer ends and the next begins; the first begins at the agreed time."""

FEWEST_IN_BUCKET = 30
"""Leads old enough to judge that a kind of answer needs before its share of customers means anything."""


def _buckets(sla: str) -> dict[str, tuple[float, float]]:
    """Give the hours (over, up to) of each kind of late answer.

    >>> _buckets("60")
    {'4h': (1.0, 4.0), '24h': (4.0, 24.0), '72h': (24.0, 72.0), 'later': (72.0, inf)}
    >>> _buckets("600")
    {'24h': (10.0, 24.0), '72h': (24.0, 72.0), 'later': (72.0, inf)}
    """
    agreed = in_hours(sla)
    edges = (agreed, *(hours for hours in LATE_UNTIL if hours > agreed))
    return {"later" if end == inf else f"{end:g}h": (start, end) for start, end in pairwise(edges)}


def _measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    horizon, sla, grace = settings["horizon"], settings["sla"], settings["grace"]

    def mature(t: ir.Table) -> ir.BooleanValue:
        judged = is_answered(t) & is_mature(t, horizon)
        return judged if horizon == EVER else judged & ~runs_backwards(t, "converted_at")

    def judged(name: str, which: Expression | None) -> tuple[Measure, Measure]:
        def those(t: ir.Table) -> ir.BooleanValue:
            return mature(t) if which is None else mature(t) & which(t)

        return (
            of_leads(f"mature_{name}_{horizon}", those, CONVERTED),
            of_leads(
                f"converted_{name}_{horizon}", lambda t: those(t) & reached(t, "converted_at", horizon), CONVERTED
            ),
        )

    found = [
        unanswered(grace),
        *judged("answered", None),
        of_leads(f"young_answered_{horizon}", lambda t: is_answered(t) & ~is_mature(t, horizon), CONVERTED),
        *judged(f"within_{sla}", lambda t: t.wait_hours <= in_hours(sla)),
    ]
    for name, (start, end) in _buckets(sla).items():
        late = _late(start, end)
        found += [of_leads(f"late_{name}_{sla}", late, CONVERTED), *judged(f"late_{name}_{sla}", late)]
    return (*found, _FIRST_VALUE, _FIRST_BUYERS, ANSWERS_TOLD, ALL_LEADS)


def _late(start: float, end: float) -> Expression:
    return lambda t: is_answered(t) & (t.wait_hours > start) & (t.wait_hours <= end)


def _in_first_order(t: ir.Table) -> ir.BooleanValue:
    return t.order_date == t.first_purchase


_FIRST_VALUE = Measure(
    "first_order_value", "sourced_ledger", "order_date", Aggregate.SUM, lambda t: t.amount, _in_first_order,
    sales.CUSTOMER,
)  # fmt: skip
_FIRST_BUYERS = Measure(
    "first_buyers", "sourced_ledger", "order_date", Aggregate.DISTINCT, lambda t: t.customer_id,
    lambda t: sales.is_sale(t) & _in_first_order(t), sales.CUSTOMER,
)  # fmt: skip


def _missed(cells: Cells) -> Outcome:
    horizon, sla, grace = (cells.parameters[name] for name in ("horizon", "sla", "grace"))
    details: dict[str, Numbers] = {}

    def share(name: str, title: str, fewest: int = 1) -> Numbers:
        judged, converted = cells[f"mature_{name}_{horizon}"], cells[f"converted_{name}_{horizon}"]
        enough: Flags = judged >= fewest
        found = kept(over(converted, judged), enough)
        low, high = wilson(converted, judged)
        details[title] = found
        details[f"{title}_low"], details[f"{title}_high"] = kept(low, enough), kept(high, enough)
        return found

    answered = share("answered", "conversion_answered")
    unanswered_leads = cells[f"unanswered_{grace}"]
    never = unanswered_leads * answered
    in_time = share(f"within_{sla}", "conversion_in_time", FEWEST_IN_BUCKET)
    late = nothing(cells)
    for name in _buckets(sla):
        converted = share(f"late_{name}_{sla}", f"conversion_late_{name}", FEWEST_IN_BUCKET)
        late_leads = cells[f"late_{name}_{sla}"]
        details[f"leads_late_{name}"] = late_leads
        lost = late_leads * np.maximum(in_time - converted, 0)
        late = np.where(np.isnan(lost), late, np.nan_to_num(late) + lost)
    worth = over(cells["first_order_value"], cells["first_buyers"])
    customers = never + np.nan_to_num(late)
    outcome = Outcome(
        customers * worth,
        nothing(cells),
        nothing(cells),
        reasons(cells),
        {
            "unanswered_leads": unanswered_leads,
            "customers_unanswered": never,
            "customers_late": late,
            "customers": customers,
            "value_per_customer": worth,
            "value_unanswered": never * worth,
            "value_late": late * worth,
            **details,
        },
        {"if_the_link_were_causal": ~np.isnan(customers * worth)},
    )
    nobody: Flags = cells[f"mature_answered_{horizon}"] == 0
    outcome = outcome.absent(nobody | (cells["first_buyers"] == 0), "zero_denominator")
    outcome = outcome.absent(nobody & (cells[f"young_answered_{horizon}"] > 0), "immature_cohort")
    return where_answers_are_told(cells, outcome)


MISSED_OPPORTUNITY_ESTIMATE = Metric(
    id="missed_opportunity_estimate",
    title=_("Missed opportunity"),
    title_zh="错失机会估算",
    unit=Unit.MONEY,
    better=Better.LOWER,
    tells=_("What leads that were answered late or never might have brought with their first orders."),
    formula_text=_(
        "(unanswered leads x conversion of answered ones + late leads x what their conversion lacks)"
        " x mean first order"
    ),
    source="S3",
    measures=_measures,
    evaluate=_missed,
    n="mature_answered_{horizon}",
    placed_by="creation of the lead; first purchase",
    parameters=(HORIZON, SLA, GRACE),
    traps=_("It holds only if the answer makes the difference: reps may answer the better leads first."),
)

MISSED_METRICS = (MISSED_OPPORTUNITY_ESTIMATE,)
