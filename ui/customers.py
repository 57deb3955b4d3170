"""What Customers asks: who is new and who returns, who comes back after the first purchase, who matters, who leaves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import streamlit as st

from salesmetrics.analysis.ripe import ripe
from salesmetrics.charts import Figure, metric_title, pareto_figure
from salesmetrics.charts.cohorts import METRIC as COHORTS
from salesmetrics.charts.figure import first_rows, is_known, measured
from salesmetrics.charts.newcomers import CUSTOMERS, MONEY
from salesmetrics.charts.pareto import largest
from salesmetrics.charts.risk_reason import risk_reason
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact, day_name, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.calendar import previous, year_before
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.derived.standing import HIGH, LOST, WATCH
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.query.customer_future import CustomerFuture, NoFuture
from salesmetrics.query.customer_standing import METRIC as AT_RISK
from salesmetrics.query.customer_standing import Standings
from salesmetrics.query.request import Compare, Grain, MetricQuery, Period
from salesmetrics.query.result import Result
from salesmetrics.query.second_purchase import METRIC as COMEBACK
from salesmetrics.query.settings import SETTINGS
from ui import answers, datasets, rows
from ui.periods import last_periods
from ui.selection import Selection
from ui.text import plain

PAGE = "customers"

CARDS = ("active_customers", "customer_retention_rate", "nrr", AT_RISK)

STAYING = (
    "new_customer_share", "customer_acquisition_rate", "customer_churn_rate", "grr", "repurchase_interval",
    "cross_sell_rate",
)  # fmt: skip
"""Told in a line each."""

VALUE = (COMEBACK, "clv_historic")
"""Told of customers who have had the months for it: seldom those of the period that is on."""

HIGH_VALUE, SEGMENTS = "high_value_customers", "rfm_segment"

MONTHS = 18
"""Months of first purchase that are followed: the older ones have had all their months."""

MOST_LISTED = 200
"""Customers that each list names at most, the first to act on."""

ROWS_SHOWN = 10
"""Customers of a list that are seen without scrolling."""


def ready(data: Dataset) -> bool:
    """Tell whether the data says who bought."""
    return data.has("orders", "customer_id")


def what_it_needs() -> str:
    """Say which file the page needs."""
    return _(
        "This page needs orders that name their customer. Add a file with one row for each order or line of it: "
        "customer, date and amount. You then see who is new, who comes back, who brings most and who stays away."
    )


def what_is_missing(data: Dataset) -> str:
    """Say in one line which files would show more, and what; empty where nothing is missing."""
    wanted = []
    if not data.has("customers", "name"):
        wanted.append(_("a list of customers with their names (names in place of numbers)"))
    if not data.has("orders", "cost"):
        wanted.append(_("the cost of what was sold (who brings profit, not only revenue)"))
    if not data.has("orders", "product"):
        wanted.append(_("the product of each order (who buys more than one)"))
    return _("To see more, add {files}.").format(files="; ".join(wanted)) if wanted else ""


def followed(data: Dataset, on: Selection) -> Period:
    """Give the months of first purchase to follow: the last ones of those that the data has."""
    period = last_periods(on.period, Grain.MONTH, MONTHS)
    known = datasets.covers(data).get("orders")
    if known is None or known.first <= period.start or known.first >= period.end:
        return period
    return Period(known.first.replace(day=1), period.end)


def _apart(on: Selection) -> tuple[Compare, ...]:
    """Give the comparisons that differ: over a whole year the period before and last year are the same."""
    same = previous(on.period) == year_before(on.period, None)
    return on.compare[:1] if same else on.compare


def _with_time(data: Dataset, on: Selection) -> Period:
    """Give the months whose customers have been known for as long as their value is added up, where there are any."""
    known = datasets.covers(data).get("orders")
    if known is None:
        return on.period
    months = int(dict(on.settings.params).get("clv_historic.months", SETTINGS["clv_historic.months"].default))
    period = ripe(on.period, known.through, months=months)
    return period if period.end > known.first else on.period


def questions(data: Dataset, on: Selection) -> dict[str, MetricQuery]:
    """Give the one request of the page, each part under its name."""
    months, apart = followed(data, on), _apart(on)
    return {
        "totals": on.ask(*CARDS, *CUSTOMERS, *MONEY, HIGH_VALUE, SEGMENTS),
        "over_time": on.ask(*CUSTOMERS, *MONEY, grain=on.grain, compare=()),
        "cohorts": on.ask(COHORTS, period=months, grain=Grain.MONTH, compare=()),
        "cohorts_together": on.ask(COHORTS, period=months, compare=()),
        "numbers": on.ask(*STAYING, compare=apart),
        "value": on.ask(*VALUE, period=_with_time(data, on), compare=apart),
        "concentration": on.ask("revenue", by=("customer",), compare=()),
    }


def standing_asked(on: Selection) -> MetricQuery:
    """Give the request for how customers stand at the end of the period."""
    return on.ask(AT_RISK, compare=())


def comeback_asked(on: Selection, won: Period) -> MetricQuery:
    """Give the request for how soon customers bought again: of those won in the months that are followed."""
    return on.ask(COMEBACK, period=won, compare=())


def how_soon(numbers: Result) -> str:
    """Say how long purchases lie apart when those who have not come back yet count too; empty where unknown."""
    row = first_rows(numbers).get("repurchase_interval")
    if row is None or not is_known(row["value"]):
        return ""
    details: Mapping[str, Any] = row["details"]
    said = [
        _("Half of all purchases come at most {days} days after the one before.").format(
            days=f"{row['value']:,.0f}"
        )
    ]
    if is_known(details["p90"]):
        said.append(_("One in ten comes after more than {days} days.").format(days=f"{details['p90']:,.0f}"))
    if is_known(details["median_with_open"]):
        said.append(
            _("Counting the customers who have not come back yet, half are back after {days} days.").format(
                days=f"{details['median_with_open']:,.0f}"
            )
        )
    elif details["open"]:
        said.append(_("Counting those who have not come back yet, fewer than half ever do."))
    said.append(_("Revenue retention is based on what customers spend, not on contracts."))
    return " ".join(said)


def whose_value(value: Result, on: Selection) -> str:
    """Say of which customers the value is told, where it is not those of the period that is on."""
    if value.period == on.period:
        return ""
    return _(
        "These two are told of customers won in {period}: later ones have not been customers for as long."
    ).format(period=period_name(value.period.start, value.period.end))


def _missing(totals: Result, metric: str) -> str:
    row = first_rows(totals).get(metric)
    reason = row["reason"] if row else None
    return _("{title}: {why}").format(
        title=metric_title(CATALOGUE[metric]), why=reason_in_words(reason or "no_rows", (), CATALOGUE[metric])
    )


def ranking(brought: Result, data: Dataset, theme: Theme) -> Figure:
    """Give how much hangs on few customers; `brought` is revenue by customer. A file's names stand for numbers."""
    return pareto_figure(brought, "revenue", theme, answers.called(data, largest(brought, "revenue")))


def high_value_list(totals: Result, found: Standings | None) -> None:
    """List the fewest customers who bring four fifths, the largest first."""
    row = first_rows(totals)[HIGH_VALUE]
    if found is None or not is_known(row["value"]) or not row["value"]:
        st.caption(plain(_missing(totals, HIGH_VALUE)))
        return
    details: Mapping[str, Any] = row["details"]
    what = _("revenue") if found.by_revenue else _("gross profit")
    many = int(row["value"])
    title = ngettext(
        "{n} customer brings {share} of the {what}", "{n} customers bring {share} of the {what}", many
    ).format(n=f"{many:,}", share=compact(details["share"], "percent"), what=what)
    late = int(details["at_risk"])
    if late:
        title += "; " + ngettext(
            "{n} of them stays away longer than usual", "{n} of them stay away longer than usual", late
        ).format(n=f"{late:,}")
    said = _("Of the 365 days to {day}, the largest first.").format(day=day_name(found.day))
    _list(found.high_value, _HIGH_COLUMNS, f"**{plain(title)}**", _first(said, many), HIGH_VALUE, what)


def watch_list(totals: Result, found: Standings | None, future: CustomerFuture | NoFuture) -> None:
    """List the customers who stay away longer than they use to, those who brought most first, each with the reason.

    That a customer most likely buys no more is part of it where `future` is told from the same day.
    """
    row = first_rows(totals)[AT_RISK]
    if found is None or not is_known(row["value"]):
        st.caption(plain(_missing(totals, AT_RISK)))
        return
    details: Mapping[str, Any] = row["details"]
    many = int(row["value"])
    if not many:
        st.caption(plain(_("Nobody stays away longer than usual on {day}.").format(day=day_name(found.day))))
        return
    title = ngettext(
        "{n} customer stays away longer than usual; it brought {amount} in the last year",
        "{n} customers stay away longer than usual; they brought {amount} in the last year",
        many,
    ).format(n=f"{many:,}", amount=compact(details["money_at_risk"], "money"))
    said = _(
        "As of {day}, those who brought most first. {watch} have let more than 1.5 of their usual gaps pass (watch), "
        "{high} more than 2 (high), {lost} more than 4 (likely lost)."
    ).format(
        day=day_name(found.day), watch=f"{details[WATCH]:,.0f}", high=f"{details[HIGH]:,.0f}",
        lost=f"{details[LOST]:,.0f}",
    )  # fmt: skip
    _list(_with_reasons(found, future), _RISK_COLUMNS, f"**{plain(title)}**", _first(said, many), AT_RISK, "")


def _with_reasons(found: Standings, future: CustomerFuture | NoFuture) -> Mapping[str, Any]:
    late = found.at_risk
    chances: list[float | None] = [None] * len(late["customer_id"])
    if isinstance(future, CustomerFuture) and future.day == found.day:
        chances = future.active(list(late["customer_id"]))
    reasons = map(risk_reason, late["days_since"], late["expected_gap"], late["gaps"], chances)
    return {**late, "why": list(reasons)}


def _first(said: str, many: int) -> str:
    return said + (" " + _("The first {n} are listed.").format(n=f"{MOST_LISTED:,}") if many > MOST_LISTED else "")


_WHERE = ("rep", "region")
_MONEY = ("amount", "worth")
_RISK_COLUMNS = ("name", "amount", "risk", "why", *_WHERE, "customer_id")
_HIGH_COLUMNS = ("name", "worth", "share", "purchases", "last_purchase", "risk", *_WHERE, "customer_id")
"""The columns in their order: a number says nothing that a name does not, and stands first only without one."""


def _list(
    listed: Mapping[str, Any], columns: Sequence[str], title: str, said: str, metric: str, what: str
) -> None:
    """Draw a list of customers with those of `columns` that say something."""
    shown = {}
    named = any(one not in (None, UNKNOWN) for one in listed["name"])
    for name in columns if named else ("customer_id", *columns[:-1]):
        values = listed[name]
        if name == "risk":
            values = [_LEVELS[one]() if one in _LEVELS else "" for one in values]
        elif name == "share":
            values = [one * 100 for one in values]
        elif name in _MONEY:
            values = [round(one) if is_known(one) else None for one in values]
        # What no customer has is no column.
        if name in (*_WHERE, "name") and all(one in (None, UNKNOWN) for one in values):
            continue
        shown[name] = pa.array(values, from_pandas=True)
    with st.container(border=True, key=f"list_{metric}"):
        st.markdown(f"{title}  \n:small[:gray[{plain(said)}]]")
        height = min(len(listed["customer_id"]), ROWS_SHOWN) * 35 + 38
        st.dataframe(
            pa.table(shown), hide_index=True, height=height, placeholder="–", column_config=_columns(what, named)
        )
        rows.link(metric, PAGE)


_LEVELS = {WATCH: lambda: _("Watch"), HIGH: lambda: _("High"), LOST: lambda: _("Likely lost")}


def _columns(what: str, named: bool) -> dict[str, Any]:
    column, lately = st.column_config, _("In the 365 days up to the day above.")
    brought = _("What it brought in the 365 days up to the day above.")
    return {
        "name": column.TextColumn(DIMENSIONS["customer"].title(), pinned=True),
        "customer_id": column.TextColumn(_("Customer number") if named else DIMENSIONS["customer"].title()),
        "amount": column.NumberColumn(measured(_("Revenue at risk"), "money"), help=brought, format="localized"),
        "why": column.TextColumn(_("Why"), width=380),
        "risk": column.TextColumn(_("Risk"), width=90),
        "worth": column.NumberColumn(measured(what.capitalize(), "money"), help=lately, format="localized"),
        "share": column.NumberColumn(_("Share"), format="%.1f %%"),
        "purchases": column.NumberColumn(_("Purchases"), format="localized"),
        "last_purchase": column.DateColumn(_("Last purchase"), format="D MMM YYYY"),
        "rep": column.TextColumn(DIMENSIONS["rep"].title()),
        "region": column.TextColumn(DIMENSIONS["region"].title()),
    }
