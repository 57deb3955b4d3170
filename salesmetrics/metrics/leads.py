"""Leads: how many come in, how many are qualified, how many become customers, and what each source brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from salesmetrics.i18n import noop as _
from salesmetrics.metrics import sales
from salesmetrics.metrics.arithmetic import divide, kept, over, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Flags, Metric, Numbers, Outcome, Parameter, Unit
from salesmetrics.model.derived.lead import DISQUALIFIED

CREATED = ("leads.created_at",)
CONVERTED = (*CREATED, "leads.converted_at")

EVER = "none"
"""The horizon of a share that counts what happened at any time, of all leads."""

HORIZON = Parameter("horizon", "90", _("days that each lead is given; `none` counts at any time"), words=(EVER,))


def of_leads(
    name: str,
    where: Expression | None = None,
    inputs: tuple[str, ...] = CREATED,
    aggregate: Aggregate = Aggregate.COUNT,
    value: Expression | None = None,
) -> Measure:
    """Make a measure of the leads created in a period."""
    return Measure(name, "lead", "created_on", aggregate, value, where, inputs)


def is_mature(t: ir.Table, horizon: str) -> ir.BooleanValue:
    """Tell the leads that have had all the days of a horizon."""
    return ibis.literal(True) if horizon == EVER else t.age_days >= int(horizon)


def runs_backwards(t: ir.Table, event: str) -> ir.BooleanValue:
    """Tell the leads of which something (`converted_at`) is dated before the day they came in."""
    return ibis.coalesce(t[event].cast("date") < t.created_on, False)


def reached(t: ir.Table, event: str, horizon: str) -> ir.BooleanValue:
    """Tell the leads that something (`converted_at`) happened to within a horizon, counted in days of the calendar."""
    if horizon == EVER:
        return t[event].notnull()
    return ibis.coalesce(t[event].cast("date").delta(t.created_on, unit="day") <= int(horizon), False)


def absent_while_young(outcome: Outcome, young: Numbers) -> Outcome:
    """Say that it is too early where nothing counts yet but something will."""
    too_early: Flags = (outcome.denominator == 0) & (young > 0)
    return outcome.absent(too_early, "immature_cohort")


ALL_LEADS = of_leads("leads")

LEADS = Metric(
    id="leads",
    title=_("Leads"),
    title_zh="线索数",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    tells=_("How many people or companies asked."),
    formula_text=_("leads created in the period"),
    source="S2 S3",
    measures=(ALL_LEADS,),
    evaluate=total("leads"),
    n="leads",
    placed_by="creation of the lead",
    traps=_("More leads of a source that never buys are only more work: look at what they become."),
    additive=True,
)

QUALIFIED_LEADS = Metric(
    id="qualified_leads",
    title=_("Qualified leads"),
    title_zh="合格线索数",
    unit=Unit.COUNT,
    better=Better.HIGHER,
    tells=_("How many leads were found worth working on."),
    formula_text=_("leads qualified in the period"),
    source="S2 S3",
    measures=(
        Measure(
            "qualified_leads", "lead", "qualified_on", Aggregate.COUNT,
            inputs=(*CREATED, "leads.qualified_at"),
        ),
    ),
    evaluate=total("qualified_leads"),
    n="qualified_leads",
    placed_by="qualification of the lead",
    additive=True,
)  # fmt: skip


def _share_measures(event: str) -> Callable[[Mapping[str, str]], tuple[Measure, ...]]:
    column = f"{event}_at"

    def measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
        horizon, without = settings["horizon"], settings["disqualified"] == "excluded"
        inputs = (*CREATED, f"leads.{column}", *(["leads.status"] if without else []))

        def wanted(t: ir.Table) -> ir.BooleanValue:
            return ibis.coalesce(t.status != DISQUALIFIED, True) if without else ibis.literal(True)

        def backwards(t: ir.Table) -> ir.BooleanValue:
            return ibis.literal(False) if horizon == EVER else runs_backwards(t, column)

        def counted(name: str, where: Callable[[ir.Table], ir.BooleanValue]) -> Measure:
            def those(t: ir.Table) -> ir.BooleanValue:
                return wanted(t) & where(t)

            return of_leads(_named(name, settings), those, inputs)

        def mature(t: ir.Table) -> ir.BooleanValue:
            return is_mature(t, horizon) & ~backwards(t)

        def young(t: ir.Table) -> ir.BooleanValue:
            return ~is_mature(t, horizon) & ~backwards(t)

        return (
            counted("mature_leads", mature),
            counted(f"{event}_leads", lambda t: mature(t) & reached(t, column, horizon)),
            counted("young_leads", young),
            counted(f"young_{event}_leads", lambda t: young(t) & reached(t, column, horizon)),
            counted(f"leads_{event}_before_creation", backwards),
        )

    return measures


def _named(name: str, settings: Mapping[str, str]) -> str:
    # A measure is known by its name: what it counts under other parameters is another one.
    return f"{name}_{settings['horizon']}_{settings['disqualified']}"


def _share(event: str) -> Callable[[Cells], Outcome]:
    def evaluate(cells: Cells) -> Outcome:
        def read(name: str) -> Numbers:
            values: Numbers = cells[_named(name, cells.parameters)]
            return values

        young, backwards = read("young_leads"), read(f"leads_{event}_before_creation")
        outcome = divide(cells, read(f"{event}_leads"), read("mature_leads"))
        return replace(
            absent_while_young(outcome, young),
            details={
                "provisional": kept(over(read(f"young_{event}_leads"), young), young > 0),
                "too_young": young,
                "left_out": backwards,
            },
            warnings={"lead_dates_backwards": backwards > 0, "immature_left_out": young > 0},
        )

    return evaluate


_DISQUALIFIED = Parameter(
    "disqualified",
    "included",
    _("whether leads that were disqualified count among those that could have"),
    ("included", "excluded"),
)
_YOUNG = _("Leads younger than the horizon are left out: what they became so far is only provisional.")

LEAD_CONVERSION_RATE = Metric(
    id="lead_conversion_rate",
    title=_("Lead conversion rate"),
    title_zh="销售转化率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the leads that came in became customers."),
    formula_text=_("leads converted within the horizon / leads that have had the whole horizon, by creation"),
    source="S0 S1 S2 S3 S4",
    measures=_share_measures("converted"),
    evaluate=_share("converted"),
    n="mature_leads_{horizon}_{disqualified}",
    placed_by="creation of the lead",
    parameters=(HORIZON, _DISQUALIFIED),
    traps=_YOUNG,
)

QUALIFICATION_RATE = Metric(
    id="qualification_rate",
    title=_("Qualification rate"),
    title_zh="线索合格率",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the leads that came in were found worth working on."),
    formula_text=_("leads qualified within the horizon / leads that have had the whole horizon, by creation"),
    source="S2 S3",
    measures=_share_measures("qualified"),
    evaluate=_share("qualified"),
    n="mature_leads_{horizon}_{disqualified}",
    placed_by="creation of the lead",
    parameters=(HORIZON, _DISQUALIFIED),
    traps=_YOUNG,
)

REVENUE_BY_LEAD_SOURCE = Metric(
    id="revenue_by_lead_source",
    title=_("Revenue by lead source"),
    title_zh="按线索来源的销售额",
    unit=Unit.MONEY,
    better=Better.HIGHER,
    tells=_("What the customers that each source brought have bought."),
    formula_text=_("ledger amount, under the source of the customer's first lead, else of its first order"),
    source="S2",
    measures=(
        Measure(
            "sourced_revenue", "sourced_ledger", "date", Aggregate.SUM, lambda t: t.amount, inputs=sales.CUSTOMER
        ),
        Measure("sourced_rows", "sourced_ledger", "date", Aggregate.COUNT, inputs=sales.AMOUNT),
    ),
    evaluate=total("sourced_revenue"),
    n="sourced_rows",
    by=("lead_source",),
    members=("leads", "lead_conversion_rate", "cac_by_source", "roi_by_source"),
    traps=_("A customer stays with its first source, whatever its later orders name."),
    additive=True,
)

LEAD_METRICS = (LEADS, QUALIFIED_LEADS, LEAD_CONVERSION_RATE, QUALIFICATION_RATE, REVENUE_BY_LEAD_SOURCE)
