"""Customers by how likely they still buy: how many there are of each kind, and what they are expected to bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.customer_future import worth_name
from salesmetrics.charts.figure import ROWS, Figure, measured, nothing_to_draw
from salesmetrics.charts.line_bars import share_bars
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, told_lines
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, language
from salesmetrics.i18n import _
from salesmetrics.query.customer_future import BANDS, Band, CustomerFuture

STEP = 58
"""Pixels from one kind of customers to the next: its name, two bars, and what is expected of it."""


def band_name(band: Band) -> str:
    """Name customers by how likely they still buy.

    >>> band_name(Band(0.5, 1, 1.0, 1.0)).replace("\\u00a0", " ")
    '50 – 80 % likely still active'
    """
    if band.least is None:
        return _("Bought once: nothing tells yet")
    place = BANDS.index(band.least)
    if not place:
        return _("{share} or more likely still active").format(share=_whole(band.least))
    above = _whole(BANDS[place - 1])
    if not band.least:
        return _("Under {share} likely still active").format(share=above)
    return _("{least} – {share} likely still active").format(least=f"{band.least * 100:.0f}", share=above)


def _whole(share: float) -> str:
    return f"{share * 100:.0f}\u00a0%"


@lru_cache(maxsize=8)
def _spec(theme: Theme, _language: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    tooltip = [
        alt.Tooltip("label:N", title=" "),
        alt.Tooltip("customers_text:N", title=_("Customers")),
        alt.Tooltip("purchases_text:N", title=_("Purchases expected")),
        alt.Tooltip("value_text:N", title=_("Expected value")),
        alt.Tooltip("value_share:N", title=_("Of all expected value")),
    ]
    # The data arrives in the order in which it is drawn.
    y = alt.Y("label:N", sort=None, axis=None)
    marks = alt.Chart(ROWS)
    layers = [
        *share_bars(marks, y, "value_part", 0, colours),
        left_text(marks, y, dy=-15, fontWeight=600, limit=alt.ExprRef("max(90, width - 150)")),
        right_text(marks, y, dy=-15),
        told_lines(marks, y, tooltip),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def _data(bands: Sequence[Band]) -> dict[str, list[Any]]:
    customers, value = sum(one.customers for one in bands), sum(one.value for one in bands)
    parts = [one.value / value if value > 0 else 0.0 for one in bands]
    return {
        "label": [band_name(one) for one in bands],
        "customers_part": [one.customers / customers for one in bands],
        "value_part": parts,
        "short": [
            _("{n} customers · {amount}").format(
                n=compact(one.customers, "count"), amount=compact(one.value, "money")
            )
            for one in bands
        ],
        "customers_text": [f"{one.customers:,}" for one in bands],
        "purchases_text": [f"{one.purchases:,.0f}" for one in bands],
        "value_text": [compact(one.value, "money") for one in bands],
        "value_share": [compact(part, "percent") for part in parts],
    }


def chances_figure(found: CustomerFuture, theme: Theme = "light") -> Figure:
    """Give customers by how likely they still buy as pairs of bars: share of customers, share of expected value."""
    title = _("How likely customers are still active")
    bands = [one for one in found.bands if one.customers]
    if not bands or not found.value > 0:
        return nothing_to_draw(title, _("Nothing is expected of these customers."))
    columns = _data(bands)
    sure = [one for one in bands if one.least == BANDS[0]]
    headline = title
    if sure:
        headline = _("{share} of expected value comes from {n} customers who are most likely still active").format(
            share=compact(sure[0].value / sum(one.value for one in bands), "percent"),
            n=compact(sure[0].customers, "count"),
        )
    subtitle = _("Grey: share of {n} customers, blue: share of the {value} expected over {months} months").format(
        n=compact(sum(one.customers for one in bands), "count"),
        value=measured(worth_name(found), "money"), months=found.months,
    )  # fmt: skip
    told = "; ".join(f"{label}: {short}" for label, short in zip(columns["label"], columns["short"], strict=True))
    spec = {**_spec(theme, language()), "height": STEP * len(bands) + MARGIN}
    return Figure(spec, columns, headline, subtitle, f"{subtitle}. {told}.")
