"""What customers will bring, on the page: what is expected, how the test came out, and who is worth most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import streamlit as st

from salesmetrics.analysis.lifetime_value import USUAL_HORIZON
from salesmetrics.analysis.ripe import ripe
from salesmetrics.charts import chances_figure, foretold_figure
from salesmetrics.charts.customer_future import (
    expected_in_words,
    holdout_in_words,
    how_it_is_worked_out,
    newcomer_in_words,
    no_future_in_words,
    to_mind,
    warning_of_the_test,
    worth_name,
)
from salesmetrics.charts.figure import first_rows, is_known, measured
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import period_name
from salesmetrics.i18n import _
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import DIMENSIONS, UNKNOWN
from salesmetrics.query.customer_future import METRIC, CustomerFuture, NoFuture
from salesmetrics.query.request import MetricQuery, Period
from salesmetrics.query.result import Result
from salesmetrics.query.settings import SETTINGS
from ui import answers, datasets, frame, more_numbers
from ui.selection import Selection
from ui.text import plain

HORIZONS = (6, 12, 24)
"""Months ahead that can be looked at."""

MOST_LISTED = 200
"""Customers that are listed at most, those of the highest value."""

ROWS_SHOWN = 10

COST, WORTH, PAYBACK = "cac", "clv_cac_ratio", "cac_payback_months"

_MONTHS = "customers_months_ahead"


def asked(on: Selection) -> MetricQuery:
    """Give the request for what customers will bring: from the last day of the data on, whatever the period."""
    return on.ask(METRIC, period=None, compare=())


def questions(data: Dataset, on: Selection) -> dict[str, MetricQuery]:
    """Give what is asked beside the models: what winning customers cost; nothing without a file that says it."""
    if "spend" not in data.tables:
        return {}
    return {
        "cost": on.ask(COST, compare=()),
        "given_back": on.ask(WORTH, PAYBACK, period=_known_long_enough(data, on), compare=()),
    }


def _known_long_enough(data: Dataset, on: Selection) -> Period:
    known = datasets.covers(data).get("orders")
    if known is None or on.period.start > known.through:
        return on.period
    months = int(dict(on.settings.params).get(f"{WORTH}.months", SETTINGS[f"{WORTH}.months"].default))
    period = ripe(on.period, known.through, months=months)
    return period if period.end > known.first else on.period


def months_ahead() -> int:
    """Draw the choice of how many months ahead to look, which outlives a switch of the page."""
    chosen = st.segmented_control(
        _("Months ahead"), HORIZONS, default=None if _MONTHS in st.session_state else USUAL_HORIZON,
        required=True, key=_MONTHS, persist_state="session",
    )  # fmt: skip
    return int(chosen or USUAL_HORIZON)


def worked_out(data: Dataset, on: Selection, months: int) -> CustomerFuture | NoFuture:
    """Work out what customers will bring, and say meanwhile that this is going on."""
    with st.spinner(_("Learning from how customers bought …")):
        return answers.customer_future(data, asked(on), months, MOST_LISTED)


def usual(data: Dataset, on: Selection) -> None:
    """Work out what the page shows as long as nobody chooses other months; it draws nothing."""
    answers.customer_future(data, asked(on), USUAL_HORIZON, MOST_LISTED)


def section(
    found: CustomerFuture | NoFuture,
    beside: Mapping[str, Result],
    on: Selection,
    theme: Theme,
    data: Dataset,
    page: str,
) -> None:
    """Draw what was found, with what winning customers gave back beside it where that is known."""
    if isinstance(found, NoFuture):
        st.info(plain(no_future_in_words(found)))
        _given_back(beside, on, theme, data)
        return
    if "given_back" in beside:
        wide, narrow = st.columns([3, 2])
        with wide:
            _summary(found, _cost(beside))
        with narrow:
            _given_back(beside, on, theme, data)
    else:
        _summary(found, None)
    frame.in_pairs(
        {"still_active": chances_figure(found, theme), "foretold": foretold_figure(found.test, theme)}, page
    )
    _list(found)


def _cost(beside: Mapping[str, Result]) -> float | None:
    if "cost" not in beside:
        return None
    value = first_rows(beside["cost"])[COST]["value"]
    return float(value) if is_known(value) else None


def _summary(found: CustomerFuture, cost: float | None) -> None:
    with st.container(border=True, height="stretch", key="customers_expected"):
        st.markdown(f"**{plain(expected_in_words(found))}**")
        if warning := warning_of_the_test(found.test):
            st.error(plain(warning), icon=":material/error:")
        st.markdown(plain(holdout_in_words(found.test)))
        st.markdown(plain(newcomer_in_words(found, cost)))
        if minded := to_mind(found):
            st.caption(plain(" ".join(minded)))
        with st.popover(_("How it is worked out"), type="tertiary"):
            st.markdown("\n\n".join(plain(part) for part in how_it_is_worked_out(found)))


def _given_back(beside: Mapping[str, Result], on: Selection, theme: Theme, data: Dataset) -> None:
    if "given_back" not in beside:
        return
    back = beside["given_back"]
    more_numbers.table(back, (WORTH, PAYBACK), theme, data.tables, "given_back")
    if back.period != on.period:
        told = _(
            "These two look back, on customers won in {period}: later ones have not been customers for as long."
        )
        st.caption(plain(told.format(period=period_name(back.period.start, back.period.end))))


def _list(found: CustomerFuture) -> None:
    first = found.first
    named = any(one not in (None, UNKNOWN) for one in first["name"])
    shown: dict[str, Any] = {"name": first["name"]} if named else {"customer_id": first["customer_id"]}
    shown |= {
        "value": [round(value) for value in first["value"]],
        "purchases": first["purchases"],
        "active": [chance * 100 if is_known(chance) else None for chance in first["active"]],
        "bought": first["bought"].astype(int),
        "last_purchase": first["last_purchase"],
    }
    # What no customer has is no column.
    shown |= {one: first[one] for one in ("rep", "region") if any(value != UNKNOWN for value in first[one])}
    if named:
        shown["customer_id"] = first["customer_id"]
    with st.container(border=True, key="list_customer_future"):
        title = _("Who is expected to bring most")
        said = _("In the {months} months ahead, the first {n} of {all} customers.").format(
            months=found.months, n=f"{len(first['value']):,}", all=f"{found.enough.customers:,}"
        )
        st.markdown(f"**{plain(title)}**  \n:small[:gray[{plain(said)}]]")
        st.dataframe(
            pa.table({name: pa.array(values, from_pandas=True) for name, values in shown.items()}),
            hide_index=True,
            height=min(len(first["value"]), ROWS_SHOWN) * 35 + 38,
            placeholder="–",
            column_config=_columns(found, named),
        )


def _columns(found: CustomerFuture, named: bool) -> dict[str, Any]:
    column = st.column_config
    ahead = _("In the {months} months ahead.").format(months=found.months)
    worth = _("{what}, at what money is worth today.").format(what=worth_name(found).capitalize())
    return {
        "name": column.TextColumn(DIMENSIONS["customer"].title(), pinned=True),
        "customer_id": column.TextColumn(_("Customer number") if named else DIMENSIONS["customer"].title()),
        "value": column.NumberColumn(
            measured(_("Expected value"), "money"), help=f"{ahead} {worth}", format="localized"
        ),
        "purchases": column.NumberColumn(_("Expected purchases"), help=ahead, format="%.1f"),
        "active": column.NumberColumn(
            _("Still active"),
            help=_("How likely it still buys. Of those who bought once nothing tells."),
            format="%.0f %%",
        ),
        "bought": column.NumberColumn(_("Purchases so far"), format="localized"),
        "last_purchase": column.DateColumn(_("Last purchase"), format="D MMM YYYY"),
        "rep": column.TextColumn(DIMENSIONS["rep"].title()),
        "region": column.TextColumn(DIMENSIONS["region"].title()),
    }
