"""What the forecast's part of the page asks and shows: landing, the fan, how far it was off, deals, and the parts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from html import escape

import streamlit as st

from salesmetrics.analysis.forecast.outlook import LAST_MONTHS, NARROW, Outlook
from salesmetrics.charts import fan_figure, forecast_test_figure
from salesmetrics.charts.fan import MONTHS_BEFORE, again_name
from salesmetrics.charts.forecast_words import errors_in_words, landing_in_words, way_in_words
from salesmetrics.charts.leaders import name_of
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import change, compact, day_name, full, language, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.models import MODELS, Model
from salesmetrics.model.calendar import Period, add_months
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.expected_closes import METRIC as WEIGHTED
from salesmetrics.query.expected_closes import Closing, ExpectedCloses, expected_closes
from salesmetrics.query.forecasts import REST, Forecasts, Stand, forecasts, periods_ahead, stands
from salesmetrics.query.period_quota import period_quotas
from salesmetrics.query.request import MetricQuery
from ui import answers, frame, line_table
from ui.selection import Selection
from ui.text import plain

PAGE = "forecast"

_BY = "forecast_by"

SEASON_FROM = 24
"""Whole months from which a forecast can know the season."""

MONTHS_LISTED = 6
"""Months of the pipeline that are listed by themselves."""


def ready(data: Dataset) -> bool:
    """Tell whether the data holds orders with dates and amounts."""
    return data.has("orders", "order_date") and data.has("orders", "amount")


def what_it_needs() -> str:
    """Say which file the page needs."""
    return _(
        "This page needs a file of orders with a date and an amount, of six whole months or more; from two years on it "
        "knows the season. Deals with an expected close, and quotas, are set beside the forecast; targets, what they "
        "pay and what if begin with it too."
    )


def asked(on: Selection) -> MetricQuery:
    """Give the request behind the forecast: all months, under the filters and settings that are on."""
    return on.ask("revenue", period=None, compare=())


def found(data: Dataset, on: Selection) -> Forecasts | str:
    """Give the forecast under all that is on, or the reason why there is none."""
    with st.spinner(_("Trying ways to forecast on earlier months …")):
        return worked_out(data, on)


def worked_out(data: Dataset, on: Selection) -> Forecasts | str:
    """Give the forecast under all that is on, worked out by whoever asks first; it draws nothing."""
    query = asked(on)
    return answers.kept(data, (PAGE, query), lambda: forecasts(data, query))


def quotas(data: Dataset, on: Selection, told: Forecasts) -> Mapping[Period, float]:
    """Give the quotas of the periods whose landing is told, and of the months that are drawn."""
    query, first = asked(on), add_months(told.history.next_month, -MONTHS_BEFORE)
    months = [
        Period(add_months(first, place), add_months(first, place + 1))
        for place in range(MONTHS_BEFORE + len(told.months))
    ]
    periods = dict.fromkeys([*periods_ahead(told, on.settings.conventions).values(), *months])
    return answers.kept(data, (PAGE, "quotas", query), lambda: period_quotas(data, query, list(periods)))


def closes(data: Dataset, on: Selection) -> ExpectedCloses | str:
    """Give the open deals by expected month of close, or the reason against it."""
    query = on.ask(WEIGHTED, period=None, compare=())
    return answers.kept(data, (PAGE, "deals", query), lambda: expected_closes(data, query))


def why_none(reason: str) -> str:
    """Say why there is no forecast."""
    if reason == "n_too_small":
        return _("There are fewer than six whole months with sales: too few to forecast from.")
    return reason_in_words(reason)


def where_it_lands(
    told: Forecasts, on: Selection, goals: Mapping[Period, float], deals: ExpectedCloses | str
) -> None:
    """Draw where the month, quarter and year to come will land: a card each, with the pipeline's view."""
    landed = stands(told, on.settings.conventions, goals)
    through = told.history.through
    st.caption(
        plain(
            _(
                "The forecast starts where the orders end, on {day}; the period above does not change it, the filters do."
            ).format(day=day_name(through))
        )
    )
    if len(told.history.values) < SEASON_FROM:
        st.caption(
            _(
                "Under two whole years no season can be told from a trend: after a strong or weak season what is ahead "
                "looks too high or too low."
            )
        )
    if not landed:
        return
    for column, stand in zip(st.columns(len(landed)), landed, strict=True):
        with column:
            _card(stand, deals, through)
    if not any(stand.landing.quota for stand in landed):
        st.caption(
            _(
                "No quota covers all that is sold here in these periods: it is told where they land, and not against what."
            )
        )


def _card(stand: Stand, deals: ExpectedCloses | str, through: date) -> None:
    land, name = stand.landing, period_name(stand.period.start, stand.period.end)
    with st.container(border=True, height="stretch", key=f"landing_{stand.grain}"):
        st.markdown(plain(name))
        st.subheader(
            plain(compact(land.expected, "money")), anchor=False, help=plain(full(land.expected, "money"))
        )
        st.caption(plain(landing_in_words(stand)))
        begun = stand.period.start <= through
        lines = [_("Booked so far: {amount}.").format(amount=compact(land.booked, "money"))] if begun else []
        if isinstance(deals, ExpectedCloses):
            weighted = deals.in_period(stand.period)
            said = (
                _("Open deals expected in it, weighted: {weighted}; together with what is booked {both}.") if begun
                else _("Open deals expected in it, weighted: {weighted}.")
            )  # fmt: skip
            lines.append(
                said.format(weighted=compact(weighted, "money"), both=compact(land.booked + weighted, "money"))
            )
        if lines:
            st.caption(plain(" ".join(lines)))


def fan(told: Forecasts, goals: Mapping[Period, float], theme: Theme) -> None:
    """Draw the history and what is expected."""
    frame.draw(fan_figure(told, theme, goals), "fan", PAGE)


def how_far_off(told: Forecasts, theme: Theme) -> None:
    """Draw what had been forecast of the last months, and say how far it was off and how it is made."""
    frame.draw(forecast_test_figure(told, theme), "forecast_test", PAGE, below=errors_in_words(told))
    with st.expander(_("How it is worked out")):
        st.markdown(plain(way_in_words(told)))
        _errors_table(told, theme)


def _title(model: Model) -> str:
    return model.title_zh if language() == "zh" else _(model.title)


def _errors_table(told: Forecasts, theme: Theme) -> None:
    """List how far forecasts of the last 12 months were off, beside the baseline's."""
    ours, naive = told.whole.errors(LAST_MONTHS), told.whole.naive_errors(LAST_MONTHS)
    if ours is None or naive is None:
        return
    held = told.whole.coverage(NARROW)
    share = held[0] / held[1] if held else None
    figures = {
        "forecast_wape": (ours.wape, naive.wape),
        "forecast_mase": (ours.mase, naive.mase),
        "forecast_bias": (ours.bias, naive.bias),
        "interval_coverage": (share, None),
    }
    lines = []
    for model, values in figures.items():
        unit = str(MODELS[model].unit)
        cells = (line_table.figure(escape(compact(value, unit)), "", full(value, unit)) for value in values)
        lines.append(line_table.name(escape(_title(MODELS[model]))) + "".join(cells))
    st.html(line_table.as_html("", [_("This forecast"), again_name(told)], "", lines, theme))


def no_pipeline(reason: str, tables: Collection[str]) -> None:
    """Say why open deals are not set beside the forecast."""
    why = reason_in_words(reason, tables, CATALOGUE[WEIGHTED])
    st.caption(plain(_("Open deals cannot be set beside it: {why}").format(why=why)))


def pipeline(deals: ExpectedCloses, theme: Theme, told: Forecasts | None = None) -> None:
    """List open deals by the month in which they are expected to close, beside what all sales are expected to be."""
    with st.container(border=True, height="stretch", key="expected_closes"):
        expected = dict(zip(told.months, map(float, told.whole.expected), strict=True)) if told else {}
        listed = [one for one in deals.months if told is None or one.month in expected]
        weighted = sum(one.weighted for one in listed)
        st.markdown(
            plain(
                _(
                    "Open deals expected in the coming months are worth {weighted}, weighted by their chance"
                ).format(weighted=compact(weighted, "money"))
            ).join(("**", "**"))
        )
        lines = [_line(one, expected.get(one.month) if one.month else None) for one in listed[:MONTHS_LISTED]]
        titles = [_("Deals"), _("Amount"), _("Weighted"), *([_("Forecast of all sales")] if told else [])]
        st.html(line_table.as_html(_("Month"), titles, "", lines, theme))
        st.caption(plain(_beside(deals)))


def _line(one: Closing, expected: float | None) -> str:
    name = period_name(one.month, add_months(one.month, 1)) if one.month else ""
    amounts = [one.amount, one.weighted, *([expected] if expected is not None else [])]
    return (
        line_table.name(escape(name))
        + line_table.figure(f"{one.deals:,}")
        + "".join(line_table.figure(escape(compact(each, "money")), "", full(each, "money")) for each in amounts)
    )


def _beside(deals: ExpectedCloses) -> str:
    said = [_("Deals are those in the pipeline on {day}; later ones, and sales without a deal, come on top.").format(
        day=day_name(deals.day)
    )]  # fmt: skip
    late = deals.overdue
    if late.deals:
        said.append(
            ngettext(
                "{n} open deal is past its expected close and stands in no month: {weighted} weighted.",
                "{n} open deals are past their expected close and stand in no month: {weighted} weighted.",
                late.deals,
            ).format(n=f"{late.deals:,}", weighted=compact(late.weighted, "money"))
        )
    unweighed = sum(one.deals - one.weighed for one in deals.months)
    if unweighed:
        said.append(
            ngettext(
                "{n} deal lacks an amount or a chance and adds nothing.",
                "{n} deals lack an amount or a chance and add nothing.",
                unweighed,
            ).format(n=f"{unweighed:,}")
        )
    return " ".join(said)


def parts(told: Forecasts, theme: Theme) -> None:
    """List what each region, product or rep is expected to bring; the lines sum to the whole."""
    offered = [name for name, found_parts in told.parts.items() if len(found_parts) > 1]
    if not offered:
        return
    with st.container(border=True, key="forecast_parts"):
        st.markdown(_("**What each part is expected to bring**"))
        by = st.segmented_control(
            _("By"), offered, default=offered[0], key=_BY, label_visibility="collapsed", persist_state="session",
            format_func=lambda name: DIMENSIONS[name].plural(),
        ) or offered[0]  # fmt: skip
        _parts_table(told, by, theme)


def _parts_table(told: Forecasts, by: str, theme: Theme) -> None:
    titles = [_("Last 12 months"), _("Next month"), _("Next 3 months"), _("Next 12 months"), _("Change")]
    lines = []
    for value, one in told.parts[by].items():
        name = _("All others") if value == REST else name_of(by, value)
        lines.append(_part_line(escape(name), one))
    lines.append(_part_line(f"<b>{escape(_('Together'))}</b>", told.whole))
    st.html(line_table.as_html(DIMENSIONS[by].title(), titles, "", lines, theme))
    st.caption(plain(_("The lines sum to the whole to the cent.")))


def _part_line(name: str, one: Outlook) -> str:
    before = float(one.values[-12:].sum())
    ahead = [float(one.expected[:months].sum()) for months in (1, 3, 12)]
    grown = change(ahead[2] - before, (ahead[2] - before) / before, "money") if before > 0 else "–"
    figures = [
        line_table.figure(escape(compact(amount, "money")), "", full(amount, "money"))
        for amount in (before, *ahead)
    ]
    return line_table.name(name) + "".join(figures) + line_table.figure(escape(grown))
