"""The test of what was foretold: purchases per customer beside those that came, by how often customers had bought."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.analysis.holdout import MOST_REPEATS, Alike, Holdout
from salesmetrics.charts.customer_future import time_name
from salesmetrics.charts.figure import FEW_CASES, FIRM, PALE, ROWS, Figure, nothing_to_draw
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import language
from salesmetrics.i18n import _, ngettext

HEIGHT = 290


@lru_cache(maxsize=8)
def _spec(theme: Theme, _language: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    tooltip = [
        alt.Tooltip("bought:N", title=_("Purchases before")),
        alt.Tooltip("customers_text:N", title=_("Customers")),
        alt.Tooltip("foretold_text:N", title=_("Expected of each")),
        alt.Tooltip("came_text:N", title=_("Came of each")),
    ]
    # The data arrives in the order in which it is drawn.
    x = alt.X("bought:N", sort=None, axis=alt.Axis(title=_("Purchases before"), labelAngle=0))
    axis = alt.Axis(title=None, tickCount=4, format="~f")
    scale = alt.Scale(zero=True, nice=True)
    marks = alt.Chart(ROWS)
    layers = [
        marks.mark_bar(color=colours.compared, cornerRadiusEnd=2, width={"band": 0.6}).encode(
            x=x, y=alt.Y("came:Q", axis=axis, scale=scale), opacity=alt.Opacity("opacity:Q", scale=None),
        ),
        marks.mark_tick(color=colours.main, opacity=1, thickness=4, width={"band": 0.8}).encode(
            x=x, y=alt.Y("foretold:Q", axis=axis, scale=scale)
        ),
        marks.mark_bar(opacity=0, width={"band": 1.0}).encode(x=x, y=alt.value(0), y2=alt.value("height"), tooltip=tooltip),
    ]  # fmt: skip
    return alt.layer(*layers).properties(height=HEIGHT, config=config(theme)).to_dict()


def _data(groups: Sequence[Alike]) -> dict[str, list[Any]]:
    came = [one.actual / one.customers for one in groups]
    foretold = [one.foretold / one.customers for one in groups]
    return {
        "bought": [
            _("{n} or more").format(n=one.repeats + 1) if one.repeats == MOST_REPEATS else str(one.repeats + 1)
            for one in groups
        ],
        "came": came,
        "foretold": foretold,
        "opacity": [FIRM if one.customers >= FEW_CASES else PALE for one in groups],
        "customers_text": [f"{one.customers:,}" for one in groups],
        "came_text": [f"{each:.2f}" for each in came],
        "foretold_text": [f"{each:.2f}" for each in foretold],
    }


def foretold_figure(test: Holdout | None, theme: Theme = "light") -> Figure:
    """Give the purchases foretold and those that came in the days kept back, for each customer of a kind."""
    title = _("Expected and come, in the test")
    if test is None or not test.groups:
        return nothing_to_draw(title, _("It could not be tested."))
    headline = _("{foretold} purchases expected in the test, {actual} came").format(
        foretold=f"{test.foretold:,.0f}", actual=f"{test.actual:,.0f}"
    )
    subtitle = _(
        "Purchases per customer in the last {time}, learnt from the days before; bars: came, blue marks: expected"
    ).format(time=time_name(test.days))
    columns = _data(test.groups)
    told = "; ".join(
        ngettext(
            "after {n} purchase {foretold} expected, {came} came",
            "after {n} purchases {foretold} expected, {came} came",
            group.repeats + 1,
        ).format(n=bought, foretold=foretold, came=came)
        for group, bought, foretold, came in zip(
            test.groups, columns["bought"], columns["foretold_text"], columns["came_text"], strict=True
        )
    )
    return Figure(_spec(theme, language()), columns, headline, subtitle, f"{subtitle}: {told}.")
