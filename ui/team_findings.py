"""What the Team page says in sentences: whether to hire, how fast the newly hired catch up, what training changed."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import streamlit as st

from salesmetrics.charts.bars import tenure_name
from salesmetrics.charts.figure import FEW_CASES, Row, first_rows, is_known, rows_of
from salesmetrics.charts.values import change, compact, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.tenure import ORDER
from salesmetrics.query.result import Result
from ui.text import plain

EXPECTATION = "contact_expectation_rate"

LIKELY = 0.05
"""Above this chance alone explains what is seen."""


def hiring(desks: Result, regions: Result) -> None:
    """Say whether work should be handed over or hands be hired: only where all reps of a region are overloaded."""
    over = [row for row in rows_of(desks, "overload_flag") if is_known(row["value"]) and row["value"] > 0]
    if not over:
        return
    full = [row for row in rows_of(regions, "overload_flag") if "all_overloaded" in (row["warnings"] or ())]
    if not full:
        said = _("In no region is everybody overloaded: share the work out before hiring.")
    else:
        said = " ".join(_hire(row) for row in full)
    st.caption(plain(said))


def _hire(row: Row) -> str:
    more = row["details"].get("extra_reps")
    if not is_known(more) or not more:
        return _("Every rep in {region} is overloaded: more hands are needed.").format(region=row["region"])
    return ngettext(
        "Every rep in {region} is overloaded: with {n} more rep everyone would have what the median rep has now.",
        "Every rep in {region} is overloaded: with {n} more reps everyone would have what the median rep has now.",
        int(more),
    ).format(region=row["region"], n=int(more))


def ramp(hires: Result) -> None:
    """Say after how many months those hired of late sell like the others, and how many are not there yet."""
    row = first_rows(hires).get("ramp_time")
    if row is None or not row["n"]:
        return
    days, details = period_name(hires.period.start, hires.period.end), row["details"] or {}
    there, hired = details.get("ramped") or 0, compact(row["n"], "count")
    if is_known(row["value"]):
        said = _(
            "Of {n} reps hired {days} half sold like those of a year and more after {months} months; {there} have got there."
        ).format(n=hired, days=days, months=compact(row["value"], "count"), there=compact(there, "count"))
    elif row["reason"] == "not_reached":
        said = _(
            "Of {n} reps hired {days} {there} sell like those of a year and more: fewer than half, so far."
        ).format(n=hired, days=days, there=compact(there, "count"))
    else:
        said = reason_in_words(row["reason"])
    st.caption(plain(said))


def bands(found: Result) -> None:
    """List what each tenure band sold, in all and per rep-month, how it stands to its quota and how fast it closes."""
    metrics = [metric for metric in found.query.metrics if rows_of(found, metric, ("value",))]
    values: Mapping[str, Mapping[str, Row]] = {
        metric: {row["tenure"]: row for row in rows_of(found, metric) if is_known(row["value"])}
        for metric in metrics
    }
    shown = [band for band in ORDER if any(band in by_band for by_band in values.values())]
    metrics = [metric for metric in metrics if values[metric]]
    if not shown or not metrics:
        return
    heads = {
        "tenure_effectiveness": _("Revenue per rep-month"), "revenue_by_tenure": _("Revenue"),
        "quota_attainment": _("Of quota"), "sales_cycle_length": _("Days to win"),
    }  # fmt: skip
    units = {"quota_attainment": "percent", "sales_cycle_length": "days"}
    cell = '<td style="padding:.3rem 0 .3rem .5rem;text-align:right">{text}</td>'
    head = "".join(
        f'<th scope="col" style="padding-left:.5rem;text-align:right;font-weight:400">{escape(heads[one])}</th>'
        for one in metrics
    )
    lines = []
    for band in shown:
        cells = "".join(
            cell.format(
                text=escape(compact(values[one][band]["value"], units.get(one, "money")))
                if band in values[one]
                else "–"
            )
            for one in metrics
        )
        lines.append(
            '<tr style="border-top:1px solid rgba(128,128,128,.25)"><th scope="row" style="text-align:left;'
            f'font-weight:400;padding:.3rem 0;white-space:nowrap">{escape(tenure_name(band))}</th>{cells}</tr>'
        )
    with st.container(border=True, key="bands"):
        st.markdown(f"**{_('By time with the company')}**")
        st.html(
            '<div style="overflow-x:auto"><table style="width:100%;border-collapse:collapse;font-size:.875rem">'
            f"<thead><tr><th></th>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
        )


def contacts_expected(totals: Result) -> None:
    """Say how many contacts a week are enough, for whoever has set nothing would not know."""
    if not is_known((first_rows(totals).get(EXPECTATION) or {}).get("value")):
        return
    expected = dict(totals.query.params).get(f"{EXPECTATION}.expected")
    default = CATALOGUE[EXPECTATION].settings({})["expected"]
    st.caption(
        _(
            "{n} contacts in a week are taken as enough. Another number can be set with the data's settings."
        ).format(n=expected or default)
    )


def training(totals: Result) -> None:
    """Say whether more training went with more attainment, and what changed after each topic."""
    row = first_rows(totals).get("training_vs_performance")
    if row is None:
        return
    details = row["details"] or {}
    with st.container(border=True, key="training"):
        st.markdown(f"**{plain(_together(row))}**")
        if not is_known(row["value"]):
            return
        lines = sorted(
            (
                (name.removeprefix("effect: "), more)
                for name, more in details.items()
                if name.startswith("effect: ") and is_known(more)
            ),
            key=lambda one: -one[1],
        )
        listed = []
        for topic, more in lines:
            reps = details.get(f"reps: {topic}") or 0
            few = ", " + _("too few to rely on") if reps < FEW_CASES else ""
            listed.append(
                _("{topic}: {change} ({n} reps trained)").format(
                    topic=topic, change=change(more, None, "percent"), n=compact(reps, "count")
                )
                + few
            )
        if listed:
            st.markdown(
                _("By topic, how much more quota attainment changed than that of reps without training then:")
            )
            st.markdown("\n".join(f"- :small[{plain(one)}]" for one in listed))
        st.caption(
            plain(
                _(
                    "Rank correlation {rho} (−1 to 1) over {n} quarters of reps. Who trains after a weak quarter would "
                    "mostly recover anyway: this is no proof that training works."
                ).format(rho=f"{row['value']:+.2f}".replace("-", "−"), n=compact(row["n"], "count"))
            )
        )


def _together(row: Row) -> str:
    if not is_known(row["value"]):
        return _("Training and performance: {why}").format(why=reason_in_words(row["reason"]))
    chance = (row["details"] or {}).get("p")
    if chance is None or not chance < LIKELY:
        return _(
            "Reps with more training did not gain more of their quota by the next quarter than chance would bring"
        )
    if row["value"] > 0:
        return _("Reps with more training gained more of their quota by the next quarter")
    return _("Reps with more training lost some of their quota by the next quarter")
