"""Customers by how lately and how often they buy (RFM): how many each segment holds, and what it brings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import ROWS, Figure, nothing_to_draw
from salesmetrics.charts.line_bars import share_bars
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, told_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, day_name, language
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics.rfm import FEWEST
from salesmetrics.model.derived.standing import AT_RISK, CHAMPIONS, GONE, LOYAL, NEW, REGULAR
from salesmetrics.query.customer_standing import Segment, Standings

STEP = 66
"""Pixels from one segment to the next: its name, two bars, and how its customers buy."""


_ORDER = (CHAMPIONS, LOYAL, REGULAR, NEW, AT_RISK, GONE)
"""From those who buy most and lately to those who hardly do."""


def segment_name(name: str) -> str:
    """Name a segment for people."""
    names = {
        CHAMPIONS: _("Champions"),
        LOYAL: _("Loyal"),
        NEW: _("New"),
        AT_RISK: _("At risk"),
        GONE: _("Lost"),
        REGULAR: _("Regular"),
    }
    return names[name]


def _meaning(name: str) -> str:
    meanings = {
        CHAMPIONS: _("bought lately and often"),
        LOYAL: _("buy often, not quite lately"),
        NEW: _("bought once, lately"),
        AT_RISK: _("used to buy more, not lately"),
        GONE: _("seldom and long ago"),
        REGULAR: _("in between"),
    }
    return meanings[name]


def _how_they_buy(segment: Segment) -> str:
    purchases = f"{segment.purchases:.1f}".removesuffix(".0")
    return ngettext(
        "{meaning}: {n} purchase a year, the last {days} days ago",
        "{meaning}: {n} purchases a year, the last {days} days ago",
        1 if purchases == "1" else 2,
    ).format(meaning=_meaning(segment.name), n=purchases, days=f"{segment.days_since:,.0f}")


@lru_cache(maxsize=8)
def _spec(theme: Theme, _language: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("customers_text:N", title=_("Customers")),
        alt.Tooltip("customer_share:N", title=_("Of all customers")),
        alt.Tooltip("money_text:N", title=_("Revenue of the last 365 days")),
        alt.Tooltip("money_share:N", title=_("Of this revenue")),
        alt.Tooltip("days_text:N", title=_("Median days since the last purchase")),
        alt.Tooltip("purchases_text:N", title=_("Purchases in 365 days, on average")),
    ]
    # The data arrives in the order in which it is drawn.
    y = alt.Y("key:N", sort=None, axis=None)
    marks = alt.Chart(ROWS)
    layers = [
        *share_bars(marks, y, "money_part", -3, colours),
        left_text(marks, y, dy=-18, fontWeight=600, limit=alt.ExprRef("max(90, width - 170)")),
        right_text(marks, y, dy=-18),
        left_text(marks, y, "below", dy=23, fontSize=11, color=colours.quiet, limit=alt.ExprRef("width")),
        told_lines(marks, y, tooltip),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def _data(segments: Sequence[Segment]) -> dict[str, list[Any]]:
    customers = sum(one.customers for one in segments)
    money = sum(one.money for one in segments)
    shares = [one.customers / customers for one in segments]
    parts = [one.money / money if money > 0 else None for one in segments]
    return {
        "key": [one.name for one in segments],
        "label": [segment_name(one.name) for one in segments],
        "below": [
            _how_they_buy(one) for one in segments
        ],
        "customers_part": shares,
        "money_part": [None if part is None else max(part, 0.0) for part in parts],
        "short": [
            _("{n} customers · {amount}").format(
                n=compact(one.customers, "count"), amount=compact(one.money, "money")
            )
            for one in segments
        ],
        "customers_text": [f"{one.customers:,}" for one in segments],
        "customer_share": [compact(share, "percent") for share in shares],
        "money_text": [compact(one.money, "money") for one in segments],
        "money_share": [compact(part, "percent") for part in parts],
        "days_text": [f"{one.days_since:,.0f}" for one in segments],
        "purchases_text": [f"{one.purchases:.1f}" for one in segments],
    }  # fmt: skip


def segments_figure(found: Standings | None, theme: Theme = "light") -> Figure:
    """Give the RFM segments of the customers of the last 365 days as pairs of bars: share of them, of what they bring."""
    title = _("Customers by how lately and how often they buy")
    segments = sorted(found.segments if found else (), key=lambda one: _ORDER.index(one.name))
    customers = sum(one.customers for one in segments)
    if found is None or not segments:
        return nothing_to_draw(title, _("Nobody bought in the 365 days up to the end of the period."))
    if customers < FEWEST:
        why = _("only {n} customers bought in the last 365 days, too few to set against each other.")
        return nothing_to_draw(title, why.format(n=customers))
    columns = _data(segments)
    top = max(segments, key=lambda one: one.money)
    place = segments.index(top)
    headline = _("{segment}: {share} of customers, {part} of revenue").format(
        segment=segment_name(top.name), share=columns["customer_share"][place], part=columns["money_share"][place]
    )
    subtitle = _(
        "RFM segments of {n} customers who bought in the 365 days to {day}; grey: share of customers, blue: share of "
        "their revenue"
    ).format(n=compact(customers, "count"), day=day_name(found.day))
    told = "; ".join(
        f"{label}: {share}, {part}"
        for label, share, part in zip(
            columns["label"], columns["customer_share"], columns["money_share"], strict=True
        )
    )
    spec = {**_spec(theme, language()), "height": STEP * len(segments) + MARGIN}
    return Figure(spec, columns, headline, subtitle, f"{subtitle}. {told}.")
