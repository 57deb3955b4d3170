"""What the incentive plan pays each rep, what it costs, and what it would pay at other levels of the quota."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pyarrow as pa
import streamlit as st

from salesmetrics.analysis.incentive_plan import Plan
from salesmetrics.analysis.paid_reps import Cost, Earned, by_rep, cost, cost_at
from salesmetrics.analysis.payout import WHAT_IF, Sold, prorated
from salesmetrics.charts.figure import measured
from salesmetrics.charts.values import compact, full, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.payouts import FILTERED_BY, SoldAgainst, sold_against_quotas
from ui import answers, plan_editor
from ui.csv_text import csv_of
from ui.datasets import Opened
from ui.selection import Selection
from ui.text import plain

ROWS_SHOWN = 15
MOST_NAMED = 5


def what_is_missing(data: Dataset) -> str:
    """Say which file the payouts need; empty where they can be told."""
    if not data.has("orders", "rep_id"):
        return _("What reps are paid cannot be told: no orders name their rep.")
    if not data.has("quotas"):
        return _("What reps are paid cannot be told: add a file of quotas by rep, with period and amount.")
    return ""


def section(opened: Opened, on: Selection) -> None:
    """Draw the incentive plan and what it pays for the quota periods of the period that is on."""
    data = opened.data
    st.subheader(_("What does it pay?"))
    if why := what_is_missing(data):
        st.caption(plain(why))
        return
    plan = plan_editor.editor(opened)
    products = tuple(sorted({one.product for one in plan.bonuses}))
    through = on.period.end - timedelta(days=1)
    where = tuple(one for one in on.filters if one.dimension in FILTERED_BY)
    rows = answers.kept(
        data, ("sold against quotas", through, products, where),
        lambda: sold_against_quotas(data, through, products, where),
    )  # fmt: skip
    earned = by_rep(plan, [(row.rep, row.period, _sold(row)) for row in rows], on.period)
    if not earned:
        st.caption(plain(_("No rep has a quota in money in {period}.").format(period=_period(on))))
        return
    _totals(earned)
    _list(earned, on)
    st.caption(plain(" ".join(_notes(plan, rows, earned, on))))


def _period(on: Selection) -> str:
    return period_name(on.period.start, on.period.end)


def _sold(row: SoldAgainst) -> Sold:
    return Sold(prorated(row.quota, row.period, row.hired), row.revenue, row.units)


def _totals(earned: Sequence[Earned]) -> None:
    shown: list[tuple[str, Cost]] = [(_("Paid for what was sold"), cost(earned))]
    shown += [
        (_("If all reached {level}").format(level=f"{level:.0%}".replace("%", "\u00a0%")), cost_at(earned, level))
        for level in WHAT_IF
    ]
    with st.container(horizontal=True):
        for title, one in shown:
            share = one.share
            st.metric(
                title, compact(float(one.paid), "money"),
                _("{share} of revenue").format(share=compact(share, "percent")) if share is not None else None,
                delta_color="off", delta_arrow="off",
                help=_("{paid} for revenue of {revenue}").format(
                    paid=full(float(one.paid), "money"), revenue=full(float(one.revenue), "money")
                ),
                width="content",
            )  # fmt: skip


def _lines(earned: Sequence[Earned]) -> dict[str, list[str | float | None]]:
    low, whole, high = WHAT_IF
    listed = sorted(earned, key=lambda one: -one.paid)
    return {
        "rep": [one.rep for one in listed],
        "quota": [float(one.quota) for one in listed],
        "revenue": [float(one.revenue) for one in listed],
        "paid": [float(one.paid) for one in listed],
        "reached": [float(one.attainment * 100) for one in listed],
        "tiers": [float(sum(each.commission for each in one.payouts)) for one in listed],
        "extra": [float(sum(each.accelerator for each in one.payouts)) for one in listed],
        "bonuses": [float(sum(each.bonus for each in one.payouts)) for one in listed],
        "milestones": [float(sum(each.milestones for each in one.payouts)) for one in listed],
        "cost": [float(one.paid / one.revenue * 100) if one.revenue > 0 else None for one in listed],
        "at_80": [float(one.at[low]) for one in listed],
        "at_100": [float(one.at[whole]) for one in listed],
        "at_120": [float(one.at[high]) for one in listed],
        "carried": [float(one.carried_out) for one in listed],
    }


def _list(earned: Sequence[Earned], on: Selection) -> None:
    """List every rep once, the best paid first: what is paid, for what, and what other levels would pay."""
    lines = _lines(earned)
    for name in ("extra", "bonuses", "milestones", "carried"):
        if not any(lines[name]):
            del lines[name]
    column, money = st.column_config, "accounting"
    reached = sum(one.attainment >= 1 for one in earned)
    with st.container(border=True, key="payout_list"):
        title = ngettext(
            "{reached} of {n} rep reached the quota", "{reached} of {n} reps reached the quota", len(earned)
        ).format(reached=reached, n=len(earned))
        st.markdown(f"**{plain(title)}**")
        st.dataframe(
            pa.table({name: pa.array(values, from_pandas=True) for name, values in lines.items()}),
            hide_index=True, height=min(len(earned), ROWS_SHOWN) * 35 + 38, placeholder="–",
            column_config={
                "rep": column.TextColumn(DIMENSIONS["rep"].title(), pinned=True),
                "paid": column.ProgressColumn(
                    measured(_("Payout"), "money"), format=money, min_value=0.0,
                    max_value=max(1.0, *(float(one.paid) for one in earned)),
                ),
                "reached": column.NumberColumn(_("Quota reached"), format="%.0f %%"),
                "tiers": column.NumberColumn(_("From the tiers"), format=money),
                "extra": column.NumberColumn(_("Extra above the quota"), format=money),
                "bonuses": column.NumberColumn(_("Product bonuses"), format=money),
                "milestones": column.NumberColumn(_("Milestones"), format=money),
                "cost": column.NumberColumn(_("Of revenue"), format="%.1f %%"),
                "quota": column.NumberColumn(measured(_("Quota"), "money"), format=money),
                "revenue": column.NumberColumn(measured(_("Sold, net of returns"), "money"), format=money),
                "at_80": column.NumberColumn(_("At 80 %"), format=money),
                "at_100": column.NumberColumn(_("At 100 %"), format=money),
                "at_120": column.NumberColumn(_("At 120 %"), format=money),
                "carried": column.NumberColumn(
                    _("Still to take back"), format=money, help=_("Returns took back more than was earned.")
                ),
            },
            column_order=[
                "rep", "paid", "reached", "at_80", "at_100", "at_120", "cost", "quota", "revenue", "tiers", "extra",
                "bonuses", "milestones", "carried",
            ],
        )  # fmt: skip
        st.download_button(
            _("Download"), csv_of(list(lines), [_texts(row) for row in zip(*lines.values(), strict=True)]),
            f"payouts {_period(on)}.csv", "text/csv", key="payouts_download", on_click="ignore",
        )  # fmt: skip


def _texts(row: Sequence[str | float | None]) -> list[str]:
    return ["" if one is None else one if isinstance(one, str) else f"{one:.2f}" for one in row]


def _notes(plan: Plan, rows: Sequence[SoldAgainst], earned: Sequence[Earned], on: Selection) -> list[str]:
    said = [
        _("Whole quota periods that {period} touches, by what was sold up to its last day; returns count on their "
          "day.").format(period=_period(on))
    ]  # fmt: skip
    cut = {row.rep for row in rows if prorated(row.quota, row.period, row.hired) != row.quota
           and row.period.start < on.period.end and row.period.end > on.period.start}  # fmt: skip
    if cut:
        said.append(
            ngettext(
                "{n} rep was hired within a quota period: that quota is cut to the days after.",
                "{n} reps were hired within a quota period: those quotas are cut to the days after.",
                len(cut),
            ).format(n=len(cut))
        )
    late = [one.rep for one in earned if one.carried_in]
    if late:
        said.append(
            _("Returns of earlier periods are still taken back from {reps}.").format(reps=", ".join(late))
            if len(late) <= MOST_NAMED
            else _("Returns of earlier periods are still taken back from {n} reps.").format(n=f"{len(late):,}")
        )
    if plan.bonuses:
        said.append(_("At other levels of the quota, bonuses by product are those of the units that were sold."))
    left = [one.dimension for one in on.filters if one.dimension not in FILTERED_BY]
    if left:
        names = ", ".join(DIMENSIONS[name].title().lower() for name in left)
        said.append(
            _("Reps are paid for all that they sell: the filter by {names} does not change this.").format(
                names=names
            )
        )
    return said
