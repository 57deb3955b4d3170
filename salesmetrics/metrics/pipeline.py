"""Pipeline: what is won, how large deals are, what is open and what it is worth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import deals
from salesmetrics.metrics.arithmetic import ratio, total
from salesmetrics.metrics.measure import Aggregate
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit

LOSSES_WITHOUT_AMOUNT = 0.95
"""Share of lost deals without an amount (null or 0) from which their amounts count as missing."""

WIN_RATE = Metric(
    id="win_rate",
    title=_("Win rate"),
    title_zh="赢单率(数量)",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the deals that were decided were won."),
    formula_text=_("won / (won + lost), by the date they closed"),
    source="S3 S4",
    measures=(deals.WON_DEALS, deals.CLOSED_DEALS),
    evaluate=ratio("won", "closed"),
    n="closed",
    placed_by="close date",
    traps=_("Fast losses and slow wins make a recent period look worse than it is."),
)


def value_rate(cells: Cells, suffix: str = "") -> Outcome:
    """Work out the win rate by value from measures that bear a suffix; null where lost deals carry no amount."""
    outcome = ratio(f"won_amount{suffix}", f"closed_amount{suffix}")(cells)
    lost = cells[f"lost{suffix}"]
    unpriced = (
        (lost > 0)
        & (cells[f"won_amount{suffix}"] > 0)
        & (cells[f"lost_without_amount{suffix}"] >= LOSSES_WITHOUT_AMOUNT * lost)
    )
    return replace(outcome.absent(unpriced, "low_coverage"), warnings={"losses_carry_no_amount": unpriced})


WIN_RATE_VALUE = Metric(
    id="win_rate_value",
    title=_("Win rate by value"),
    title_zh="赢单率(金额)",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How much of the value of the deals that were decided was won."),
    formula_text=_("won amount / (won + lost amount), by the date they closed"),
    source="S3 S4",
    measures=(
        deals.WON_AMOUNT,
        deals.CLOSED_AMOUNT,
        deals.CLOSED_WITH_AMOUNT,
        deals.CLOSED_DEALS,
        deals.LOST_DEALS,
        deals.LOST_WITHOUT_AMOUNT,
    ),
    evaluate=value_rate,
    n="closed_with_amount",
    coverage=("closed_with_amount", "closed"),
    placed_by="close date",
    traps=_("Where lost deals carry no amount there is no such rate: use the one by count."),
)

AVG_DEAL_SIZE = Metric(
    id="avg_deal_size",
    title=_("Average deal size"),
    title_zh="平均成交规模",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What a won deal is worth on average."),
    formula_text=_("won amount / won deals with an amount"),
    source="S2",
    measures=(deals.WON_AMOUNT, deals.WON_WITH_AMOUNT, deals.WON_DEALS),
    evaluate=ratio("won_amount", "won_with_amount"),
    n="won_with_amount",
    coverage=("won_with_amount", "won"),
    placed_by="close date",
)


WEIGHTED = deals.opened(
    "weighted_amount", Aggregate.SUM, lambda t: t.amount.cast("float64") * t.chance, inputs=deals.AMOUNT
)
AMOUNT_WITH_CHANCE = deals.opened(
    "amount_with_chance", Aggregate.SUM, lambda t: t.amount, lambda t: t.chance.notnull(), deals.AMOUNT
)
DEALS_WITH_CHANCE = deals.opened(
    "deals_with_chance", where=lambda t: t.chance.notnull() & t.amount.notnull(), inputs=deals.AMOUNT
)


def _state(give: str, *, priced: bool = False) -> Callable[[Cells], Outcome]:
    def evaluate(cells: Cells) -> Outcome:
        outcome = total(give)(cells)
        if priced:
            enough = cells.conventions.low_coverage * cells["open_deals"]
            unpriced = (cells["open_deals"] > 0) & (cells["open_with_amount"] < enough)
            outcome = outcome.absent(unpriced, "low_coverage")
        return replace(outcome, warnings={"amounts_as_of_today": cells.rows.past & (cells[give] != 0)})

    return evaluate


OPEN_OPPORTUNITIES = Metric(
    id="open_opportunities",
    title=_("Open deals"),
    title_zh="在手商机数",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    tells=_("How many deals are open at the end of the period."),
    formula_text=_("deals created by the last day and not closed by it"),
    source="S0 S2",
    measures=(deals.OPEN_DEALS, deals.OVERDUE, deals.UNDATED),
    evaluate=_state("open_deals"),
    n="open_deals",
    placed_by="last day of the period",
    cautions=(("overdue", "overdue"), ("open_without_created_date", "open_without_created_date")),
    additive=True,
)

PIPELINE_VALUE = Metric(
    id="pipeline_value",
    title=_("Pipeline value"),
    title_zh="在手商机金额",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What the deals that are open at the end of the period are worth."),
    formula_text=_("sum of the amounts of open deals"),
    source="S0 S2",
    measures=(deals.OPEN_AMOUNT, deals.OPEN_WITH_AMOUNT, deals.OPEN_DEALS, deals.OVERDUE, deals.UNDATED),
    evaluate=_state("open_amount"),
    n="open_with_amount",
    coverage=("open_with_amount", "open_deals"),
    placed_by="last day of the period",
    cautions=(("overdue", "overdue"), ("open_without_created_date", "open_without_created_date")),
    traps=_("For a past day the amounts are those of today."),
    additive=True,
)

WEIGHTED_PIPELINE = Metric(
    id="weighted_pipeline",
    title=_("Weighted pipeline"),
    title_zh="加权商机金额",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What the open deals are worth, each weighted with its chance to be won."),
    formula_text=_(
        "sum of amount x probability; where missing, the stage's own win rate (20 closed deals or more)"
    ),
    source="S2",
    measures=(
        WEIGHTED,
        AMOUNT_WITH_CHANCE,
        deals.OPEN_AMOUNT,
        DEALS_WITH_CHANCE,
        deals.OPEN_DEALS,
        deals.OPEN_WITH_AMOUNT,
        deals.OVERDUE,
        deals.UNDATED,
    ),
    evaluate=_state("weighted_amount", priced=True),
    n="deals_with_chance",
    coverage=("amount_with_chance", "open_amount"),
    placed_by="last day of the period",
    cautions=(("overdue", "overdue"), ("open_without_created_date", "open_without_created_date")),
    additive=True,
)

PIPELINE_METRICS = (
    WIN_RATE, WIN_RATE_VALUE, AVG_DEAL_SIZE, OPEN_OPPORTUNITIES, PIPELINE_VALUE,
    WEIGHTED_PIPELINE,
)  # fmt: skip
