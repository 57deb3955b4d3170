"""What the Team page asks: attainment against pace, sales per month of work, the ranking, and one rep against all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from html import escape
from typing import Any

import streamlit as st

from salesmetrics.analysis.pace import pace
from salesmetrics.analysis.peers import FEWEST, against_team
from salesmetrics.charts import metric_title
from salesmetrics.charts.bars import change_colour
from salesmetrics.charts.figure import FEW_CASES
from salesmetrics.charts.theme import PALETTES, Theme
from salesmetrics.charts.values import change, compact
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.availability import availability
from salesmetrics.query.request import Grain, MetricQuery
from salesmetrics.query.result import Result
from ui import datasets
from ui.periods import last_periods
from ui.selection import Selection

SALES_CARDS = ("quota_attainment", "reps_at_quota", "revenue_per_rep", "revenue_per_rep_month")
OTHER_CARDS = ("revenue", "orders", "win_rate", "avg_deal_size", "sales_cycle_length", "open_opportunities")
"""What stands in where the data has no quotas, no hire dates or no orders."""

SALES_FIGURES = ("revenue", "quota_attainment", "revenue_per_rep_month", "average_transaction_value")
DEAL_FIGURES = ("win_rate", "avg_deal_size", "sales_cycle_length", "open_opportunities", "pipeline_value")
"""What one rep is set against the team by, from orders and from deals that name their rep."""


def ready(data: Dataset) -> bool:
    """Tell whether the data says who sold what."""
    return data.has("orders", "rep_id") or data.has("opportunities", "rep_id")


def what_it_needs() -> str:
    """Say which file or column the page needs."""
    return _(
        "This page needs to know who sold what. Add a column with the rep to your orders or deals; "
        "a list of reps with their hire dates and a file of quotas unlock the rest."
    )


def _able(data: Dataset, metrics: tuple[str, ...]) -> list[str]:
    lacking = availability(data)
    return [metric for metric in metrics if lacking[metric] is None]


def what_is_missing(data: Dataset) -> str:
    """Say in one line which files would show more, and what; empty where nothing is missing."""
    able = _able(data, ("revenue", "quota_attainment"))
    wanted = []
    if not data.has("orders", "rep_id"):
        wanted.append(_("orders that name their rep (revenue of each rep)"))
    if not data.has("reps", "hire_date"):
        wanted.append(_("a list of reps with hire dates (sales per month of work, and whether new reps ramp)"))
    if "quota_attainment" not in able and not data.has("quotas"):
        wanted.append(_("quotas by rep and period (who is ahead and who is behind)"))
    return _("To see more, add {files}.").format(files="; ".join(wanted)) if wanted else ""


def cards_of(data: Dataset) -> list[str]:
    """Name the metrics on the cards: those of the team that the data allows, filled up to four."""
    return _able(data, (*SALES_CARDS, *OTHER_CARDS))[:4]


def figures_of(data: Dataset) -> list[str]:
    """Name the metrics by which one rep is set against the team."""
    sales = SALES_FIGURES if data.has("orders", "rep_id") else ()
    deals = DEAL_FIGURES if data.has("opportunities", "rep_id") else ()
    return _able(data, (*sales, *deals))


def by_tenure(data: Dataset) -> list[str]:
    """Name the metrics that are drawn by tenure: the fair comparison, and beside it how often deals are won."""
    if not data.has("reps", "hire_date"):
        return []
    sales = ("revenue_per_rep_month",) if data.has("orders", "rep_id") else ()
    deals = ("win_rate",) if data.has("opportunities", "rep_id") else ()
    return _able(data, (*sales, *deals))


def has_quotas(data: Dataset) -> bool:
    """Tell whether sales can be set against quotas."""
    return "quota_attainment" in _able(data, ("quota_attainment",))


def _under_way(data: Dataset, on: Selection) -> bool:
    reached = datasets.bounds(data)
    return reached is not None and on.period.end - timedelta(days=1) > reached[1]


def questions(data: Dataset, on: Selection) -> Mapping[str, MetricQuery]:
    """Give the one request of the page, each part under its name."""
    cards, figures, tenure = cards_of(data), figures_of(data), by_tenure(data)
    lately = last_periods(on.period, on.grain, conventions=on.settings.conventions)
    # One rep is set against everybody, also where only this rep is shown.
    everybody = tuple(item for item in on.filters if item.dimension != "rep")
    asked = {
        "totals": on.ask(*cards),
        "lately": on.ask(*cards, period=lately, grain=on.grain, compare=()),
        "ranking": on.ask(ranked_by(data), by=("rep",)),
        "peers": on.ask(*figures, by=("rep",), compare=(), where=everybody),
    }
    if tenure:
        asked["tenure"] = on.ask(*tenure, by=("tenure",))
    if has_quotas(data):
        asked["attainment"] = on.ask("quota_attainment", by=("rep",))
        if _under_way(data, on):
            asked["months"] = on.ask("quota_attainment", by=("rep",), grain=Grain.MONTH, compare=())
    return asked


def ranked_by(data: Dataset) -> str:
    """Name the metric by which reps are ranked."""
    return "revenue" if data.has("orders", "rep_id") else "win_rate"


def pace_of(found: Mapping[str, Result], on: Selection) -> Mapping[str, float] | None:
    """Give where each rep should be by now; None where the period is over."""
    if "months" not in found:
        return None
    months, whole = found["months"], found["attainment"]
    return pace(
        months.rows("quota_attainment"), whole.rows("quota_attainment"), whole.as_of,
        on.settings.conventions.working_days,
    )  # fmt: skip


def choose_rep(ranking: Result, peers: Result, on: Selection) -> str | None:
    """Draw the choice of a rep, best ranked first, and give the one chosen; None where there is none."""
    metric = ranking.query.metrics[0]
    ranked = ranking.rows(metric).sort_values("value", ascending=False, kind="stable")["rep"]
    known = dict.fromkeys(peers.frame.loc[peers.frame["value"].notna(), "rep"])
    offered = [rep for rep in dict.fromkeys((*ranked, *known)) if rep in known and rep != UNKNOWN]
    if not offered:
        return None
    filtered = [value for item in on.filters if item.dimension == "rep" for value in item.values]
    only = filtered[0] if len(filtered) == 1 and filtered[0] in offered else None
    chosen: str | None = st.selectbox(
        _("One rep against the team"), offered, index=offered.index(only) if only else 0,
        key=f"team_rep_{only or ''}", persist_state="session",
    )  # fmt: skip
    return chosen


_CELL = '<td style="padding:.35rem 0 .35rem .4rem;text-align:right;{style}">{text}</td>'
_HEAD = '<th scope="col" style="padding:.35rem 0 .35rem .4rem;text-align:{side};font-weight:400;color:{quiet}">{text}</th>'


def _row(row: Any, theme: Theme) -> str:
    metric, colours = CATALOGUE[row.metric], PALETTES[theme]
    few = metric.unit == "percent" and metric.id != "quota_attainment" and 0 < row.n < FEW_CASES
    note = (
        f' <span style="color:{colours.quiet}">(' + _("of {n}").format(n=compact(row.n, "count")) + ")</span>"
        if few
        else ""
    )
    growth = row.growth if metric.unit == "money" else None
    colour = colours.quiet if few else change_colour(row.difference, str(metric.better), colours)
    name = f'<th scope="row" style="padding:.35rem 0;text-align:left;font-weight:400">{escape(metric_title(metric))}</th>'
    cells = (
        _CELL.format(style="font-weight:600", text=escape(compact(row.value, metric.unit)) + note),
        _CELL.format(style="", text=escape(compact(row.median, metric.unit))),
        _CELL.format(
            style=f"color:{colour};font-weight:600", text=escape(change(row.difference, growth, metric.unit))
        ),
    )
    return f'<tr style="border-top:1px solid {colours.grid}">{name}{"".join(cells)}</tr>'


def one_rep(peers: Result, rep: str, theme: Theme) -> None:
    """Draw one rep's figures against the median rep of the team as a small table."""
    compared = against_team(peers.frame, rep)
    compared = compared[compared["reps"] > 0]
    quiet = PALETTES[theme].quiet
    heads = ((" ", "left"), (rep, "right"), (_("Median rep"), "right"), (_("Difference"), "right"))
    head = "".join(_HEAD.format(side=side, quiet=quiet, text=escape(text)) for text, side in heads)
    body = "".join(_row(row, theme) for row in compared.itertuples())
    style = "width:100%;border-collapse:collapse;font-size:.875rem"
    st.html(f'<table style="{style}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    most = int(compared["reps"].max())
    if most < FEWEST:
        st.caption(_("There are too few reps under these filters to say what is usual."))
    else:
        st.caption(_("The median of {n} reps under these filters.").format(n=most))
