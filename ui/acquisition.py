"""What Acquisition asks: leads and their sources, how fast they are answered, what a new customer costs and returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from salesmetrics.analysis.ripe import ripe
from salesmetrics.charts.figure import first_rows, is_known, rows_of
from salesmetrics.charts.sources import METRICS as BY_SOURCE
from salesmetrics.charts.sources import RETURN, sources_table
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics.leads import EVER
from salesmetrics.metrics.response import in_hours
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.availability import availability
from salesmetrics.query.request import Grain, MetricQuery, Period
from salesmetrics.query.result import Result
from salesmetrics.query.settings import SETTINGS
from salesmetrics.query.waits import METRICS as WAITED_FOR
from ui import answers, datasets
from ui.periods import last_periods
from ui.selection import Selection
from ui.source_table import as_html
from ui.text import plain

PAGE = "acquisition"

LEADS = ("leads", "qualified_leads", "lead_conversion_rate", "qualification_rate")
ANSWERS = ("lead_response_time", "response_within_sla", "unanswered_leads", "unanswered_rate")
FOLLOW_UP = ("followup_rate", "touches_per_lead")
MISSED = "missed_opportunity_estimate"
COSTS = ("cac", "sales_marketing_cost_ratio", "sales_cost_ratio")

PAYBACK, WORTH = "cac_payback_months", "clv_cac_ratio"
"""Told of customers who have had the time: seldom those of the period that is on."""

_BY_NAME = "lead_source"


def _able(data: Dataset, metrics: Sequence[str]) -> tuple[str, ...]:
    """Name those that the data allows, and of those that lack the same column the first, which says so."""
    reasons = availability(data)
    first = {reasons[metric]: metric for metric in reversed(metrics)}
    return tuple(metric for metric in metrics if reasons[metric] is None or first[reasons[metric]] == metric)


def has_leads(data: Dataset) -> bool:
    """Tell whether the data holds leads."""
    return data.has("leads", "created_at")


def has_answers(data: Dataset) -> bool:
    """Tell whether any file says when leads were answered."""
    return has_leads(data) and (data.has("leads", "first_response_at") or data.has("activities", "lead_id"))


def has_costs(data: Dataset) -> bool:
    """Tell whether the data says what was spent, and who was won."""
    return data.has("spend", "amount") and data.has("orders")


def has_sources(data: Dataset) -> bool:
    """Tell whether leads, or orders, say what brought them."""
    return data.has("leads", _BY_NAME) or data.has("orders", _BY_NAME)


def ready(data: Dataset) -> bool:
    """Tell whether the page has anything to show."""
    return has_leads(data) or has_costs(data) or has_sources(data)


def what_it_needs() -> str:
    """Say which files the page needs."""
    return _(
        "This page needs your leads. Add a file with one row for each lead: when it came in, its source, when it was "
        "first answered and when it became a customer. A file of marketing and sales costs by source shows what a "
        "new customer costs."
    )


def what_is_missing(data: Dataset) -> str:
    """Say in one line which files would show more, and what; empty where nothing is missing."""
    wanted = []
    if not has_leads(data):
        wanted.append(
            _("a file of leads with their source and dates (how many come, and how many become customers)")
        )
    elif not data.has("leads", "converted_at"):
        wanted.append(_("the day on which leads became customers (which sources are worth it)"))
    if has_leads(data) and not has_answers(data):
        wanted.append(_("when each lead was first answered (whether you answer fast enough)"))
    if has_leads(data) and not data.has("activities", "lead_id"):
        wanted.append(_("calls, mails and meetings with their lead (whether leads are followed up)"))
    if not data.has("orders", "customer_id"):
        wanted.append(_("orders with their customer (what each source sells)"))
    if not data.has("spend", "amount"):
        wanted.append(_("marketing and sales costs by source (what a customer costs and returns)"))
    return _("To see more, add {files}.").format(files="; ".join(wanted)) if wanted else ""


def cards_of(data: Dataset) -> dict[str, tuple[str, ...]]:
    """Name the metrics on cards, section by section; a section that no file allows has none."""
    return {
        "leads": _able(data, LEADS) if has_leads(data) else (),
        "answers": _able(data, ANSWERS) if has_answers(data) else (),
        "follow_up": _able(data, FOLLOW_UP) if has_answers(data) and data.has("activities", "lead_id") else (),
        "costs": _able(data, COSTS) if has_costs(data) else (),
    }


def setting(on: Selection, name: str) -> str:
    """Give a parameter of a metric as it is set."""
    return dict(on.settings.params).get(name, SETTINGS[name].default)


def _ripe_periods(data: Dataset, on: Selection) -> tuple[Period, Period]:
    """Give the periods whose customers have had the days of the return, and the months of their value."""
    covers = datasets.covers(data)
    if "orders" not in covers or on.period.start > covers["orders"].through:
        return on.period, on.period
    through = covers["orders"].through
    days, months = int(setting(on, f"{RETURN}.days")), int(setting(on, f"{WORTH}.months"))
    return ripe(on.period, through, days=days), ripe(on.period, through, months=months)


def questions(data: Dataset, on: Selection) -> dict[str, MetricQuery]:
    """Give the one request of the page, each part under its name; what the files cannot answer is left out."""
    cards = [metric for metrics in cards_of(data).values() for metric in metrics]
    if has_answers(data):
        cards.append(MISSED)
    lately = last_periods(on.period, on.grain, conventions=on.settings.conventions)
    known, whole = _ripe_periods(data, on)
    asked: dict[str, MetricQuery] = {}
    if cards:
        asked["totals"] = on.ask(*cards)
        shown = [metric for metric in cards if metric != MISSED]
        asked["lately"] = on.ask(*shown, period=lately, grain=on.grain, compare=())
    if has_sources(data):
        asked["brought"] = on.ask(*BY_SOURCE, by=(_BY_NAME,), compare=())
        asked["returned"] = on.ask(RETURN, by=(_BY_NAME,), period=known, compare=())
    if has_leads(data):
        grain = on.grain if on.grain in (Grain.QUARTER, Grain.YEAR) else Grain.MONTH
        cohorts = on.period if on.grain is grain else last_periods(on.period, grain)
        asked["cohorts"] = on.ask("lead_conversion_rate", period=cohorts, grain=grain, compare=())
        asked["flow"] = on.ask("leads", grain=on.grain)
    if has_costs(data):
        asked["cost"] = on.ask("cac", grain=on.grain)
        asked[PAYBACK] = on.ask(PAYBACK, period=known, compare=())
        asked[WORTH] = on.ask(WORTH, period=whole, compare=())
    return asked


def waits_asked(on: Selection) -> MetricQuery:
    """Give the request for how long leads waited."""
    return on.ask(*WAITED_FOR, compare=())


def draw_sources(found: Mapping[str, Result], on: Selection, theme: Theme) -> None:
    """Draw the table of lead sources."""
    table = sources_table(found["brought"], found["returned"], found.get("totals"))
    if table is None:
        return
    period = period_name(on.period.start, on.period.end)
    said = _("Lead sources, {period}; bars compare the sources of one column, pale: few cases").format(
        period=period
    )
    with st.container(border=True, key="sources"):
        st.markdown(f"**{plain(table.title)}**  \n:small[:gray[{plain(said)}]]")
        st.html(as_html(table, theme))
        if table.notes:
            st.caption("  \n".join(plain(note) for note in table.notes))


def none_came(data: Dataset, totals: Result, on: Selection) -> str:
    """Say that no leads came in, and when the last did, so that another period can be chosen; empty where some did."""
    row = first_rows(totals)["leads"]
    if not is_known(row["value"]) or row["value"] > 0:
        return ""
    now = period_name(on.period.start, on.period.end)
    [ever] = answers.ask(data, [on.ask("leads", period=None, grain=Grain.MONTH, compare=())])
    months = [one for one in rows_of(ever, "leads") if is_known(one["value"]) and one["value"] > 0]
    if not months:
        return _("No leads came in under these filters.")
    last = max(months, key=lambda one: one["period_start"])
    return _("No leads came in during {period}. The last came in {month}: choose a period that holds it.").format(
        period=now, month=period_name(last["period_start"].date(), last["period_end"].date())
    )


def young_leads(totals: Result, on: Selection) -> str:
    """Say on how many leads the share that became customers rests; empty where on all of them."""
    row = first_rows(totals).get("lead_conversion_rate")
    young = (row["details"] or {}).get("too_young") if row else None
    horizon = setting(on, "lead_conversion_rate.horizon")
    if row is None or not is_known(young) or not young or horizon == EVER:
        return ""
    given = _(
        "A lead is given {days} days to become a customer, and {young} leads of this period still have some left."
    )
    rests = ngettext(
        "The conversion rate rests on the {n} lead that came in before them.",
        "The conversion rate rests on the {n} leads that came in before them.",
        int(row["n"]),
    )
    said = given.format(days=horizon, young=compact(young, "count"))
    return f"{said} {rests.format(n=compact(row['n'], 'count'))}" if row["n"] else said


def how_long(totals: Result, on: Selection) -> str:
    """Say what is in time, how long slow answers take, and how long leads wait with those never answered."""
    row = first_rows(totals).get("lead_response_time")
    if row is None or not is_known(row["value"]):
        return ""
    details: Mapping[str, Any] = row["details"]
    said = [
        _("In time is within {time}.").format(
            time=compact(in_hours(setting(on, "response_within_sla.sla")), "hours")
        )
    ]
    if is_known(details["p90"]):
        said.append(_("One answer in ten took more than {time}.").format(time=compact(details["p90"], "hours")))
    if is_known(details["median_with_unanswered"]):
        said.append(
            _("Counting the leads that nobody answered, half wait more than {time}.").format(
                time=compact(details["median_with_unanswered"], "hours")
            )
        )
    if details["automatic_replies"]:
        said.append(
            _("Automatic replies do not count as an answer: {n} leads had one.").format(
                n=compact(details["automatic_replies"], "count")
            )
        )
    said.append(_("Unanswered leads are those of all time, the unanswered rate is of this period."))
    return " ".join(said)


def costs_told(found: Mapping[str, Result]) -> bool:
    """Tell whether anything is known of what a customer costs or gives back: else its card says why not."""
    asked = (("cost", "cac"), (PAYBACK, PAYBACK), (WORTH, WORTH))
    return any(
        is_known(row["value"]) for name, metric in asked for row in rows_of(found[name], metric, ("value",))
    )
