"""How much money the pipeline brings a day, and the four levers behind it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import deals
from salesmetrics.metrics.arithmetic import divide, over
from salesmetrics.metrics.cycle import counted
from salesmetrics.metrics.measure import Aggregate, Measure, Reach, Window
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit

YEAR = Window(Reach.TRAILING, 365)

DIMENSIONS = (
    "region", "product", "category", "segment", "rep", "team", "manager", "tenure", "customer", "lead_source",
)  # fmt: skip
"""Where a deal stands and why it was lost are no cuts: open and closed deals share neither."""


def lately(measure: Measure) -> Measure:
    """Give a measure over the 365 days up to the period's end."""
    return replace(measure, name=f"{measure.name}_lately", window=YEAR)


def _velocity(cells: Cells) -> Outcome:
    amount = over(cells["won_amount_lately"], cells["won_with_amount_lately"])
    rate = over(cells["won_lately"], cells["closed_lately"])
    cycle = cells["cycle_mean_lately"]
    outcome = divide(cells, cells["open_deals"] * amount * rate, cycle)
    outcome = outcome.absent(np.isnan(outcome.value), "zero_denominator")
    details = {
        "open_deals": cells["open_deals"],
        "mean_won_amount": amount,
        "win_rate": rate,
        "mean_cycle_days": cycle,
    }
    return replace(outcome, details=details)


SALES_VELOCITY = Metric(
    id="sales_velocity",
    title=_("Sales velocity (a day)"),
    title_zh="销售速度",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("How much money the open deals bring a day at the pace of the last year."),
    formula_text=_(
        "open deals x mean won amount x win rate by count / mean days of the cycle; the last three over 365 days"
    ),
    source="S3 S4",
    measures=(
        deals.OPEN_DEALS,
        lately(deals.WON_AMOUNT),
        lately(deals.WON_WITH_AMOUNT),
        lately(deals.WON_DEALS),
        lately(deals.CLOSED_DEALS),
        lately(
            deals.closed(
                "cycle_mean", Aggregate.MEAN, lambda t: t.cycle_days.cast("float64"), counted("won"), deals.CYCLE
            )
        ),
    ),
    evaluate=_velocity,
    n="open_deals",
    coverage=("won_with_amount_lately", "won_lately"),
    dimensions=DIMENSIONS,
    placed_by="last day of the period; wins and cycle over the 365 days up to it",
    traps=_("The velocities of parts do not add up to that of the whole."),
)

VELOCITY_METRICS = (SALES_VELOCITY,)
