"""Pipeline: what is open and what it is worth, what is won, how large and how fast."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import at_least, nothing, ratio, reasons, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Placed
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit
from salesmetrics.model.derived.opportunity import LOST, OPEN, WON

STATUS = ("opportunities.status",)
AMOUNT = (*STATUS, "opportunities.amount")
CLOSE = (*STATUS, "opportunities.close_date")
CYCLE = (*CLOSE, "opportunities.created_date")

P90_MINIMUM = 5
LOSSES_WITHOUT_AMOUNT = 0.95
"""Share of lost deals without an amount (null or 0) from which their amounts count as missing."""


def _closed(
    name: str,
    aggregate: Aggregate = Aggregate.COUNT,
    value: Expression | None = None,
    where: Expression | None = None,
    inputs: tuple[str, ...] = STATUS,
) -> Measure:
    return Measure(name, "opportunity", "closed_on", aggregate, value, where, inputs)


def _open(
    name: str,
    aggregate: Aggregate = Aggregate.COUNT,
    value: Expression | None = None,
    where: Expression | None = None,
    inputs: tuple[str, ...] = STATUS,
) -> Measure:
    return Measure(name, "opportunity", "snapshot", aggregate, value, where, inputs, placed=Placed.AT_END)


def _won(t: ir.Table) -> ir.BooleanValue:
    return t.status == WON


def _lost(t: ir.Table) -> ir.BooleanValue:
    return t.status == LOST


def _decided(t: ir.Table) -> ir.BooleanValue:
    return t.status != OPEN


WON_DEALS = _closed("won", where=_won)
CLOSED_DEALS = _closed("closed", where=_decided)
WON_AMOUNT = _closed("won_amount", Aggregate.SUM, lambda t: t.amount, _won, AMOUNT)
WON_WITH_AMOUNT = _closed("won_with_amount", where=lambda t: _won(t) & t.amount.notnull(), inputs=AMOUNT)
CLOSED_AMOUNT = _closed("closed_amount", Aggregate.SUM, lambda t: t.amount, _decided, AMOUNT)
CLOSED_WITH_AMOUNT = _closed("closed_with_amount", where=lambda t: _decided(t) & t.amount.notnull(), inputs=AMOUNT)
LOST_DEALS = _closed("lost", where=_lost)
LOST_WITHOUT_AMOUNT = _closed(
    "lost_without_amount", where=lambda t: _lost(t) & (t.amount.isnull() | (t.amount == 0)), inputs=AMOUNT
)

WIN_RATE = Metric(
    id="win_rate",
    title=_("Win rate"),
    title_zh="赢单率(数量)",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the deals that were decided were won."),
    formula_text=_("won / (won + lost), by the date they closed"),
    source="S3 S4",
    measures=(WON_DEALS, CLOSED_DEALS),
    evaluate=ratio("won", "closed"),
    n="closed",
    placed_by="close date",
    traps=_("Fast losses and slow wins make a recent period look worse than it is."),
)


def _value_rate(cells: Cells) -> Outcome:
    outcome = ratio("won_amount", "closed_amount")(cells)
    lost = cells["lost"]
    unpriced = (
        (lost > 0) & (cells["won_amount"] > 0) & (cells["lost_without_amount"] >= LOSSES_WITHOUT_AMOUNT * lost)
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
        WON_AMOUNT,
        CLOSED_AMOUNT,
        CLOSED_WITH_AMOUNT,
        CLOSED_DEALS,
        LOST_DEALS,
        LOST_WITHOUT_AMOUNT,
    ),
    evaluate=_value_rate,
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
    measures=(WON_AMOUNT, WON_WITH_AMOUNT, WON_DEALS),
    evaluate=ratio("won_amount", "won_with_amount"),
    n="won_with_amount",
    coverage=("won_with_amount", "won"),
    placed_by="close date",
)


def _counted(outcome: str) -> Expression:
    chosen = _won if outcome == "won" else _decided
    return lambda t: chosen(t) & (t.cycle_days >= 0)


def _cycle_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    of = settings["outcome"]
    counted = _counted(of)

    def days(name: str, how: Aggregate) -> Measure:
        return _closed(f"{name}_{of}", how, lambda t: t.cycle_days.cast("float64"), counted, CYCLE)

    return (
        days("cycle_median", Aggregate.MEDIAN),
        days("cycle_p90", Aggregate.P90),
        days("cycle_mean", Aggregate.MEAN),
        _closed(f"cycles_{of}", where=counted, inputs=CYCLE),
        _closed("negative_cycles", where=lambda t: _decided(t) & (t.cycle_days < 0), inputs=CYCLE),
        _closed("cycles_from_lead", where=lambda t: counted(t) & t.from_lead, inputs=CYCLE),
    )


def _cycle(cells: Cells) -> Outcome:
    of, wanted = cells.parameters["outcome"], cells.parameters["statistic"]
    p90 = at_least(f"cycle_p90_{of}", f"cycles_{of}", P90_MINIMUM)(cells)
    figures = {"median": cells[f"cycle_median_{of}"], "p90": p90, "mean": cells[f"cycle_mean_{of}"]}
    empty = nothing(cells)
    outcome = Outcome(figures[wanted], empty, empty, reasons(cells), figures)
    return outcome.absent(np.isnan(figures[wanted]), "n_too_small").absent(cells[f"cycles_{of}"] == 0, "no_rows")


SALES_CYCLE_LENGTH = Metric(
    id="sales_cycle_length",
    title=_("Sales cycle"),
    title_zh="销售周期长度",
    unit=Unit.DAYS,
    better=Better.LOWER,
    tells=_("How many days a won deal took from its start to its close."),
    formula_text=_("median of close - start; start is the lead's creation where linked, else the deal's"),
    source="S2 S3 S4",
    measures=_cycle_measures,
    evaluate=_cycle,
    n="cycles_{outcome}",
    cautions=(("negative_durations", "negative_cycles"), ("from_first_contact", "cycles_from_lead")),
    parameters=(
        Parameter("outcome", "won", _("which deals: won, or all that closed"), ("won", "closed")),
        Parameter("statistic", "median", _("which statistic"), ("median", "p90", "mean")),
    ),
    placed_by="close date",
    traps=_("Reps and sources that started recently are seen only where they were fast."),
)

OPEN_DEALS = _open("open_deals")
OPEN_AMOUNT = _open("open_amount", Aggregate.SUM, lambda t: t.amount, inputs=AMOUNT)
OPEN_WITH_AMOUNT = _open("open_with_amount", where=lambda t: t.amount.notnull(), inputs=AMOUNT)
UNDATED = _open("open_without_created_date", where=lambda t: t.created_date.isnull())
OVERDUE = _open("overdue", where=lambda t: t.expected_close < t.snapshot)
_CHANCED = AMOUNT
WEIGHTED = _open("weighted_amount", Aggregate.SUM, lambda t: t.amount.cast("float64") * t.chance, inputs=_CHANCED)
AMOUNT_WITH_CHANCE = _open(
    "amount_with_chance", Aggregate.SUM, lambda t: t.amount, lambda t: t.chance.notnull(), _CHANCED
)
DEALS_WITH_CHANCE = _open(
    "deals_with_chance", where=lambda t: t.chance.notnull() & t.amount.notnull(), inputs=_CHANCED
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
    measures=(OPEN_DEALS, OVERDUE, UNDATED),
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
    measures=(OPEN_AMOUNT, OPEN_WITH_AMOUNT, OPEN_DEALS, OVERDUE, UNDATED),
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
        OPEN_AMOUNT,
        DEALS_WITH_CHANCE,
        OPEN_DEALS,
        OPEN_WITH_AMOUNT,
        OVERDUE,
        UNDATED,
    ),
    evaluate=_state("weighted_amount", priced=True),
    n="deals_with_chance",
    coverage=("amount_with_chance", "open_amount"),
    placed_by="last day of the period",
    cautions=(("overdue", "overdue"), ("open_without_created_date", "open_without_created_date")),
    additive=True,
)

PIPELINE_METRICS = (
    WIN_RATE, WIN_RATE_VALUE, AVG_DEAL_SIZE, SALES_CYCLE_LENGTH, OPEN_OPPORTUNITIES, PIPELINE_VALUE,
    WEIGHTED_PIPELINE,
)  # fmt: skip
