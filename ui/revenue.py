"""What the Revenue page asks: where revenue comes from, what moved, who brings it, and whether the price holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from salesmetrics.charts import Figure, pareto_figure
from salesmetrics.charts.figure import first_rows, is_known, rows_of, why_absent
from salesmetrics.charts.mix import Drawn
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact, month_name
from salesmetrics.i18n import _
from salesmetrics.model.calendar import add_months, floor
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.availability import availability
from salesmetrics.query.request import Compare, Grain, MetricQuery, Period
from salesmetrics.query.result import Result
from ui import answers, customers, datasets, parts_table
from ui.parts_table import Column
from ui.periods import last_periods
from ui.selection import Selection

PRICE = ("price_per_unit", "discount_rate", "return_rate", "gross_margin")
CARDS = ("revenue", "units", "price_per_unit", "gross_margin", "discount_rate", "return_rate")
"""Revenue and the two it is the product of, then what eats into it; its growth stands on its card."""

ALSO = (
    "gross_sales", "return_amount", "orders", "average_transaction_value", "gross_profit", "profit_per_order",
    "new_product_units", "fulfilment_days", "pareto_share", "hhi", "gini",
)  # fmt: skip
"""The numbers about sales that need no picture."""

CHANGED_BY = ("segment", "region", "channel", "category")
"""The dimensions by whose parts the change in revenue is told, the first that the data has."""

MIXED_BY = ("product", "category", "region", "channel", "segment", "tenure", "rep", "new_or_returning")
"""The dimensions that revenue over time can be cut by, in the order in which they are offered."""

FEW = 12
"""A dimension of no more values than this opens the page: each of its values can be told apart."""

MANY = 100
"""Of more products than this hardly one stands for much: categories say more."""

YEARS = 4
"""The year that is looked at and those before it with which a season shows."""

_AROUND = 120
"""Pixels that the title and the frame of a chart take."""

_BY, _AS = "revenue_mix_by", "revenue_mix_as"


def cards_of(data: Dataset) -> tuple[str, ...]:
    """Name the metrics on the cards; of those that lack the same column only the first, to say it once."""
    reasons = availability(data)
    first = {reasons[metric]: metric for metric in reversed(CARDS)}
    return tuple(metric for metric in CARDS if reasons[metric] is None or first[reasons[metric]] == metric)


def season(period: Period) -> Period:
    """Give the whole months of the four years that end with the last of `period`.

    >>> from datetime import date
    >>> season(Period(date(2025, 10, 1), date(2025, 12, 15)))
    Period(start=datetime.date(2022, 1, 1), end=datetime.date(2026, 1, 1))
    """
    end = add_months(floor(period.end, Grain.MONTH), 1 if period.end.day > 1 else 0)
    return Period(add_months(end, -12 * YEARS), end)


def dimensions(data: Dataset) -> list[str]:
    """Give the dimensions that the data can be mixed by."""
    found = [name for name in MIXED_BY[:-1] if datasets.values(data, name)]
    return [*found, "new_or_returning"] if data.has("orders", "customer_id") else found


def opening(data: Dataset, offered: Sequence[str]) -> str | None:
    """Choose the dimension that the page opens with: the first whose values can be told apart."""
    named = [name for name in offered if name != "new_or_returning"]
    few = (name for name in named if len(datasets.values(data, name)) <= FEW)
    return next(few, next(iter(offered), None))


def sold(data: Dataset) -> str | None:
    """Name what is sold, as finely as a list of a dozen can say something; None where no file says it."""
    if 0 < len(datasets.values(data, "product")) <= MANY or not datasets.values(data, "category"):
        return "product" if datasets.values(data, "product") else None
    return "category"


def brought_by(data: Dataset) -> list[str]:
    """Name who or what revenue may hang on, two at most: customers before products before reps."""
    return [name for name in ("customer", "product", "rep") if datasets.values(data, name)][:2]


def asked_mix(data: Dataset) -> tuple[str | None, Drawn]:
    """Draw the choice of the mix, which outlives a switch of the page: by which dimension (if any), and as what."""
    offered = dimensions(data)
    if not offered:
        st.caption(
            _("With a column for region, product or channel in the orders, you see here where revenue comes from.")
        )
        return None, "revenue_share"
    if st.session_state.get(_BY) not in offered:
        # What was chosen for other data may not be in this.
        st.session_state.pop(_BY, None)
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        by = st.segmented_control(
            _("Revenue by"), offered, default=None if _BY in st.session_state else opening(data, offered),
            required=True, key=_BY, persist_state="session", wrap=True,
            format_func=lambda name: DIMENSIONS[name].title(),
        )  # fmt: skip
        drawn = st.segmented_control(
            _("as"), ("revenue_share", "revenue"), default=None if _AS in st.session_state else "revenue_share",
            required=True, key=_AS,
            persist_state="session",
            format_func=lambda name: _("Share") if name == "revenue_share" else _("Amount"),
        )  # fmt: skip
    return by, "revenue" if drawn == "revenue" else "revenue_share"


def questions(data: Dataset, on: Selection, mixed_by: str | None) -> dict[str, MetricQuery]:
    """Give the one request of the page: each question by its name, those that the data cannot answer left out."""
    last_year = tuple(one for one in on.compare if one is Compare.LAST_YEAR)
    lately = last_periods(on.period, on.grain, conventions=on.settings.conventions)
    what, shown = sold(data), answers.about(data, cards_of)
    asked = {
        "totals": on.ask(*CARDS),
        "lately": on.ask(*shown, period=lately, grain=on.grain, compare=()),
        "season": on.ask("revenue", period=season(on.period), grain=Grain.MONTH, compare=()),
        "price": on.ask(*PRICE, grain=on.grain, compare=last_year or on.compare),
        "also": on.ask(*ALSO),
        "seasonality": on.ask("seasonality_index", compare=()),
    }
    if datasets.values(data, "channel"):
        asked["channels"] = on.ask("channel_effectiveness", by=("channel",), compare=())
    if changed := changed_by(data):
        asked["changed"] = on.ask("segment_contribution", by=(changed,), compare=())
    if datasets.values(data, "product"):
        asked["products"] = on.ask("product_movers", by=("product",), compare=())
    if mixed_by:
        asked["mix"] = on.ask("revenue", "revenue_share", grain=on.grain, by=(mixed_by,), compare=last_year)
    moved = "product" if datasets.values(data, "product") else mixed_by
    if moved:
        asked["movers"] = on.ask("revenue", by=(moved,), compare=on.compare or tuple(Compare))
    if what and datasets.values(data, "region"):
        asked["where"] = on.ask("revenue", by=(what, "region"), compare=on.compare)
    return asked | {f"few_{name}": on.ask("revenue", by=(name,), compare=()) for name in brought_by(data)}


def rankings(found: Mapping[str, Result], data: Dataset, theme: Theme) -> dict[str, Figure]:
    """Give how much hangs on few of each that revenue may hang on."""
    return {
        f"few_{name}": customers.ranking(found[f"few_{name}"], data, theme)
        if name == "customer"
        else pareto_figure(found[f"few_{name}"], "revenue", theme)
        for name in brought_by(data)
    }


def changed_by(data: Dataset) -> str | None:
    """Name the dimension by whose parts the change in revenue is told; None where the data has none."""
    return next((name for name in CHANGED_BY if datasets.values(data, name)), None)


def season_words(found: Result) -> str:
    """Say in one sentence which months are strong and which weak; empty where the sales have no season."""
    row = first_rows(found)["seasonality_index"]
    details = row["details"] or {}
    if not is_known(row["value"]) or "not_seasonal" in (row["warnings"] or ()):
        return ""
    peak, low = (int(details[f"{name}_month"]) for name in ("peak", "low"))
    return _("An ordinary {peak} sells {high} of an average month, an ordinary {low} {least}.").format(
        peak=month_name(date(2000, peak, 1)), low=month_name(date(2000, low, 1)),
        high=compact(details[f"month_{peak:02}"], "percent"), least=compact(details[f"month_{low:02}"], "percent"),
    )  # fmt: skip


def parts_tables(found: Mapping[str, Result], data: Dataset, theme: Theme) -> None:
    """Draw what each part added to the change, how products moved, and what channels earn for their cost."""
    moved = (
        Column(_("Change"), "value", "money", "higher"),
        Column(_("Growth"), "growth", "percent", "higher"),
        Column(_("Now"), "revenue", "money"),
        Column(_("Before"), "before", "money"),
    )
    fresh = {"new_segment": _("new"), "lost_segment": _("gone"), "new": _("new"), "discontinued": _("gone")}
    left, right = st.columns(2)
    with left:
        if (changed := changed_by(data)) and "changed" in found:
            parts_table.draw(
                found["changed"], "segment_contribution", changed,
                _("What each part added to the change since the period before"), moved, theme, fresh,
            )  # fmt: skip
        if "channels" in found:
            parts_table.draw(
                found["channels"], "channel_effectiveness", "channel", _("What channels earn for what they cost"),
                (
                    Column(_("Contribution"), "contribution", "money"), Column(_("Spend"), "spend", "money"),
                    Column(_("Per unit spent"), "value", "times"), Column(_("Revenue"), "revenue", "money"),
                    Column(_("New customers"), "new_customers", "count"),
                ),
                theme,
            )  # fmt: skip
    with right:
        if "products" in found:
            parts_table.draw(
                found["products"], "product_movers", "product",
                _("Products that moved most since the period before"), moved, theme, fresh,
            )  # fmt: skip


def side_by_side(figures: Mapping[str, Figure]) -> tuple[list[str], list[str]]:
    """Share figures out, in their order, over two columns that end at about the same height; gives their keys."""
    columns: tuple[list[str], list[str]] = ([], [])
    heights = [0, 0]
    for key, figure in figures.items():
        shorter = heights.index(min(heights))
        columns[shorter].append(key)
        heights[shorter] += _AROUND + int(figure.spec.get("height", 0))
    return columns


def has_value(result: Result, metric: str) -> bool:
    """Tell whether `result` holds any value of `metric`; its card says why where it does not."""
    return any(is_known(row["value"]) for row in rows_of(result, metric, ("value",)))


def prices_that_moved(found: Result) -> list[str]:
    """Name the figures about price that are worth a picture: those that are not nought all the time."""
    return [
        metric
        for metric in PRICE
        if any(is_known(row["value"]) and row["value"] for row in rows_of(found, metric))
    ]


def missing(totals: Result) -> str:
    """Say why there is no revenue to look into; empty where there is."""
    return "" if has_value(totals, "revenue") else why_absent(rows_of(totals, "revenue", ("reason",)))
