"""What the Pipeline asks: its cards, open deals by stage, win rate and cycle over time, and the deals to act on."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from salesmetrics.charts import bars_figure
from salesmetrics.charts.figure import first_rows, is_known, measured
from salesmetrics.charts.funnel import METRICS as FUNNEL
from salesmetrics.charts.stages import METRICS as STAGES
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact, day_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.query.overdue import METRIC, Overdue
from salesmetrics.query.request import MetricQuery
from salesmetrics.query.result import Columns, Result
from ui import answers, datasets, frame
from ui.periods import last_periods
from ui.selection import Selection
from ui.text import plain

WORTH = ("pipeline_value", "weighted_pipeline", "pipeline_coverage", "sales_velocity")
"""What open deals are worth, whether that covers what is left of the quota, and what a day brings."""

AMOUNTS = ("pipeline_value", "weighted_pipeline", "win_rate_value")
"""What there is to know only where deals carry amounts."""

ACT_ON = ("stalled_deals", "win_rate_value", "win_rate_cohort")
"""How many open deals nothing moves, and two other ways to look at how many are won."""

LEVERS = ("open_opportunities", "avg_deal_size", "win_rate", "sales_cycle_length")
"""The four levers of what deals bring in a time: how many, how large, how often won, how fast."""

OVER_TIME = ("win_rate", "win_rate_value", "sales_cycle_length")

_BY = {"rep": "rep_id", "product": "product", "region": "region", "lead_source": "lead_source"}
"""The dimensions by which the win rate is cut, with the column of a deal that names them."""

_CUT = "pipeline_cut"

MOST_LISTED = 500
"""Deals that are listed at most, the first to act on."""

ROWS_SHOWN = 10
"""Deals of the list that are seen without scrolling."""

_NAMED = ("customer", "rep", "stage")

_DAYS = {"days_overdue": pa.int64(), "age_days": pa.int64()}
_ORDER = ("opportunity_id", "amount", "days_overdue", "rep", "customer", "stage", "expected_close", "age_days")


def ready(data: Dataset) -> bool:
    """Tell whether the data holds deals."""
    return data.has("opportunities", "status")


def what_it_needs() -> str:
    """Say which file the page needs."""
    return _(
        "This page needs your deals. Add a file with one row for each deal and its status (open, won or lost); "
        "amount, stage, rep and the dates when it was created and closed unlock the rest. "
        "An export of the opportunities of your CRM is enough."
    )


def dimensions_of(data: Dataset) -> list[str]:
    """Name the dimensions that deals can be told apart by; a deal without a region has its rep's."""
    by_rep = data.has("opportunities", "rep_id") and data.has("reps", "region")
    return [
        name
        for name, column in _BY.items()
        if (data.has("opportunities", column) or (name == "region" and by_rep)) and datasets.values(data, name)
    ]


def cut_by(offered: list[str]) -> str | None:
    """Give the dimension chosen for the win rate, the first where none is yet; None where there is none."""
    chosen = st.session_state.get(_CUT)
    return chosen if chosen in offered else offered[0] if offered else None


def choose_cut(offered: list[str], chosen: str) -> None:
    """Draw the choice of the dimension by which the win rate is cut."""
    if len(offered) > 1:
        st.segmented_control(
            _("Win rate by"), offered, default=None if _CUT in st.session_state else chosen, required=True,
            key=_CUT, persist_state="session", format_func=lambda name: DIMENSIONS[name].title(),
        )  # fmt: skip


def questions(on: Selection, by: str | None) -> list[MetricQuery]:
    """Give the one request of the page: totals, their last periods, stages, rates over time, then the cut."""
    lately = last_periods(on.period, on.grain, conventions=on.settings.conventions)
    return [
        on.ask(*WORTH, *LEVERS, *ACT_ON),
        on.ask(*WORTH, *LEVERS, *ACT_ON, period=lately, grain=on.grain, compare=()),
        on.ask(*STAGES, by=("stage",), compare=()),
        on.ask(*OVER_TIME, grain=on.grain),
        on.ask(*FUNNEL, by=("stage",), compare=()),
        on.ask("loss_reasons", by=("loss_reason",)),
        *([on.ask("win_rate", by=(by,))] if by else []),
    ]


def worth_shown(totals: Result) -> bool:
    """Tell whether anything is known of what deals are worth; else say why deals are counted instead."""
    rows = [row for row in first_rows(totals).values() if row["metric"] in AMOUNTS]
    if any(is_known(row["value"]) for row in rows) or all(row["reason"] != "low_coverage" for row in rows):
        return True
    said = _(
        "Open deals carry no amount in these files, so this page counts deals instead of adding up their worth."
    )
    if any("losses_carry_no_amount" in (row["warnings"] or ()) for row in rows):
        said += " " + _("Lost deals carry none either: how often deals are won is told by count alone.")
    st.caption(said)
    return False


def overdue_list(data: Dataset, on: Selection) -> None:
    """List the open deals that should have closed already, the largest first."""
    found = answers.overdue_deals(data, on.ask(METRIC, compare=()), MOST_LISTED)
    if found is None:
        return
    if not found.dated:
        st.caption(_("Open deals carry no expected close date in these files. Add it to see which are overdue."))
        return
    if not found.late:
        st.caption(_("No open deal is past its expected close on {day}.").format(day=plain(day_name(found.day))))
        return
    title = ngettext(
        "{n} open deal to act on: its expected close has passed",
        "{n} open deals to act on: their expected close has passed",
        found.late,
    ).format(n=compact(found.late, "count"))
    with st.container(border=True, key="overdue_deals"):
        st.markdown(f"**{plain(title)}**  \n:small[:gray[{plain(_what_is_late(found))}]]")
        customers = [str(one) for one in found.deals["customer"]]
        called = answers.called(data, customers)
        deals: Columns = {**found.deals, "customer": np.array([called.get(one, one) for one in customers], object)}
        shown = {
            name: pa.array(deals[name], _DAYS.get(name), from_pandas=True)
            for name in _ORDER
            if name not in _NAMED or any(one != UNKNOWN for one in deals[name])
        }
        rows = min(len(found.deals["amount"]), ROWS_SHOWN)
        st.dataframe(
            pa.table(shown), hide_index=True, height=rows * 35 + 38, placeholder="–", column_config=_columns()
        )


def why_lost(data: Dataset, lost: Result, theme: Theme) -> None:
    """Draw why deals were lost, or say that the files do not tell."""
    reasons = [value for value, _rows in datasets.values(data, "loss_reason")]
    if reasons:
        frame.draw(bars_figure(lost, "loss_reasons", "loss_reason", reasons, theme), "loss_reasons", "pipeline")
    else:
        st.caption(_("Lost deals carry no reason in these files. Add a column with it to see why deals are lost."))


def _what_is_late(found: Overdue) -> str:
    day, without = day_name(found.day), found.late - found.priced
    if not found.priced:
        said = _(
            "None carries an amount: the longest overdue first, as of {day}. Win them, lose them or set a new date."
        ).format(day=day)
    else:
        said = _(
            "Worth {amount} together, the largest first, as of {day}. Win them, lose them or set a new date."
        ).format(amount=compact(found.worth, "money"), day=day)
    if without and found.priced:
        said += " " + ngettext(
            "{n} carries no amount and stands last.", "{n} carry no amount and stand last.", without
        ).format(n=compact(without, "count"))
    if found.late > MOST_LISTED:
        said += " " + _("The first {n} are listed.").format(n=f"{MOST_LISTED:,}")
    return said


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "opportunity_id": column.TextColumn(_("Deal"), pinned=True),
        "amount": column.NumberColumn(measured(_("Amount"), "money"), format="localized"),
        "days_overdue": column.NumberColumn(_("Days overdue"), format="localized"),
        "rep": column.TextColumn(DIMENSIONS["rep"].title()),
        "stage": column.TextColumn(DIMENSIONS["stage"].title()),
        "customer": column.TextColumn(DIMENSIONS["customer"].title()),
        "expected_close": column.DateColumn(_("Expected close"), format="D MMM YYYY"),
        "age_days": column.NumberColumn(_("Open for days"), format="localized"),
    }
