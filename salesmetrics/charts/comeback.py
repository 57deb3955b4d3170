"""How soon new customers come back: the share that has bought a second time, by days since the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.analysis.coming_back import Comeback
from salesmetrics.charts.figure import FEW_CASES, ROWS, Figure, nothing_to_draw
from salesmetrics.charts.over_time import value_axis
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import compact, language, period_name
from salesmetrics.i18n import _
from salesmetrics.query.request import Period

HEIGHT = 380

MARKED = (30, 90, 180, 365)
"""Days at which the share is written."""

MOST_POINTS = 120


@lru_cache(maxsize=8)
def _spec(theme: Theme, _language: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    tooltip = [
        alt.Tooltip("days:Q", title=_("Days since the first purchase"), format=",d"),
        alt.Tooltip("share_text:N", title=_("Bought a second time")),
    ]
    x = alt.X(
        "days:Q",
        axis=alt.Axis(title=_("Days since the first purchase"), tickCount=6, format=",d"),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y("share:Q", axis=value_axis("percent"), scale=alt.Scale(zero=True, nice=True))
    marks = alt.Chart(ROWS).encode(x=x, y=y)
    written = marks.transform_filter("datum.written !== ''")
    layers = [
        marks.mark_line(interpolate="step-after", color=colours.main, strokeWidth=2.5),
        written.mark_point(filled=True, size=60, color=colours.main, opacity=1),
        written.mark_text(dy=12, dx=7, align="left", fontWeight=600, color=colours.text).encode(text="written:N"),
        marks.mark_point(size=200, filled=True, opacity=0).encode(tooltip=tooltip),
    ]
    return alt.layer(*layers).properties(height=HEIGHT, config=config(theme)).to_dict()


def _reach(found: Comeback) -> int:
    """Give the days up to which enough customers were seen, a year and a month at most."""
    enough = [day for day, left in zip(found.days, found.at_risk, strict=True) if left >= FEW_CASES]
    return min(enough[-1] if enough else found.longest, MARKED[-1] + 30)


def _points(found: Comeback, reach: int) -> list[int]:
    """Choose the days that are drawn: evenly, the marked ones among them."""
    step = max(1, -(-reach // MOST_POINTS))
    return sorted({*range(0, reach + 1, step), *(day for day in MARKED if day <= reach), reach})


def comeback_figure(found: Comeback | None, won: Period, theme: Theme = "light") -> Figure:
    """Give the share of customers won in `won` who are back by so many days after their first purchase, as a figure."""
    title = _("How soon new customers come back")
    if found is None:
        return nothing_to_draw(title, _("Nobody bought for the first time in this period."))
    if found.customers < FEW_CASES or not found.back:
        why = _("{back} of {n} new customers came back, too few to draw how soon.")
        return nothing_to_draw(title, why.format(back=found.back, n=found.customers))
    reach = _reach(found)
    days = _points(found, reach)
    shares = [found.share_after(day) for day in days]
    marked = [day for day in MARKED if day <= reach] or [reach]
    texts = {day: compact(found.share_after(day), "percent") for day in marked}
    headline = _("{share} of new customers are back after {n} days").format(share=texts[marked[0]], n=marked[0])
    if len(marked) > 1:
        # A year says less than half a year: few were seen for as long.
        last = marked[-1] if marked[-1] <= 180 else marked[-2]
        if last != marked[0]:
            headline = _("{said}, {share} after {n}").format(said=headline, share=texts[last], n=last)
    subtitle = _(
        "Share that bought a second time, by days since the first; {n} customers won {period}, each counted for as "
        "long as it was seen"
    ).format(n=compact(found.customers, "count"), period=period_name(won.start, won.end))
    told = ", ".join(_("after {n} days {share}").format(n=day, share=text) for day, text in texts.items())
    columns: dict[str, Sequence[Any]] = {
        "days": days,
        "share": shares,
        "share_text": [compact(share, "percent") for share in shares],
        "written": [texts.get(day, "") for day in days],
    }
    text = _("{subtitle}: {told}.").format(subtitle=subtitle, told=told)
    return Figure(_spec(theme, language()), columns, headline, subtitle, text)
