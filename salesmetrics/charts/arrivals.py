"""When in the week leads come in, and what share of them is answered within the agreed time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import FEW_CASES, FIRM, PALE, ROWS, Figure, nothing_to_draw
from salesmetrics.charts.heatmap import FAINT
from salesmetrics.charts.shades import between, ink_on
from salesmetrics.charts.theme import PALETTES, Theme, config
from salesmetrics.charts.values import SPACE, compact, language, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics.response import in_hours
from salesmetrics.query.request import Period
from salesmetrics.query.waits import BLOCK, Arrival, Waits

HEIGHT = 400


def weekday_name(weekday: int) -> str:
    """Give the short name of an ISO weekday.

    >>> weekday_name(1), weekday_name(7)
    ('Mon', 'Sun')
    """
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[weekday - 1]


def hours_name(hour: int) -> str:
    """Name the hours of a block.

    >>> hours_name(9)
    '9–12'
    """
    return f"{hour}–{hour + BLOCK}"


@lru_cache(maxsize=16)
def _spec(
    theme: Theme, days: tuple[str, ...], hours: tuple[str, ...], measure: str, _language: str
) -> Mapping[str, Any]:
    tooltip = [
        alt.Tooltip("day:N", title=_("Came in on")),
        alt.Tooltip("hours:N", title=_("Hours")),
        alt.Tooltip("short:N", title=measure),
        alt.Tooltip("in_time_text:N", title=_("In time")),
        alt.Tooltip("leads_text:N", title=_("Leads")),
    ]
    gap = alt.Scale(paddingInner=0.05, paddingOuter=0)
    x = alt.X("hours:N", sort=list(hours), scale=gap, axis=alt.Axis(title=None, orient="top", labelAngle=0))
    y = alt.Y("day:N", sort=list(days), scale=gap, axis=alt.Axis(title=None))
    cells = alt.Chart(ROWS)
    return (
        alt.layer(
            cells.mark_rect(cornerRadius=2).encode(
                x=x, y=y, color=alt.Color("colour:N", scale=None), tooltip=tooltip,
                opacity=alt.Opacity("opacity:Q", scale=None),
            ),
            cells.mark_text(fontSize=11).encode(
                x=x, y=y, text="cell:N", color=alt.Color("ink:N", scale=None), tooltip=tooltip,
            ),
        )
        .properties(config=config(theme), height=HEIGHT)
        .to_dict()
    )  # fmt: skip


def _data(arrivals: Sequence[Arrival], theme: Theme) -> dict[str, list[Any]]:
    shares = [one.in_time / one.leads for one in arrivals]
    sure = [one.leads >= FEW_CASES for one in arrivals]
    most = max((share for share, enough in zip(shares, sure, strict=True) if enough), default=max(shares)) or 1.0
    fill = [between(FAINT[theme], PALETTES[theme].main, min(share / most, 1.0)) for share in shares]
    return {
        "day": [weekday_name(one.weekday) for one in arrivals],
        "hours": [hours_name(one.hour) for one in arrivals],
        "short": [compact(share, "percent") for share in shares],
        # A share of few leads would read as exact as the others.
        "cell": [
            f"{share * 100:.0f}{SPACE}%" if enough else "" for share, enough in zip(shares, sure, strict=True)
        ],
        "colour": fill,
        "ink": [ink_on(one) for one in fill],
        "opacity": [FIRM if enough else PALE for enough in sure],
        "in_time_text": [f"{one.in_time:,}" for one in arrivals],
        "leads_text": [f"{one.leads:,}" for one in arrivals],
    }


def _headline(arrivals: Sequence[Arrival], time: str) -> str:
    enough = [one for one in arrivals if one.leads >= FEW_CASES]
    if len(enough) < 2:
        return _("When leads come in and are answered within {time}").format(time=time)
    worst, best = (pick(enough, key=lambda one: one.in_time / one.leads) for pick in (min, max))
    said = _("{day} {hours} h: {share} answered within {time}; {other_day} {other_hours} h: {other_share}")
    return said.format(
        day=weekday_name(best.weekday), hours=hours_name(best.hour),
        share=compact(best.in_time / best.leads, "percent"), time=time,
        other_day=weekday_name(worst.weekday), other_hours=hours_name(worst.hour),
        other_share=compact(worst.in_time / worst.leads, "percent"),
    )  # fmt: skip


def arrivals_figure(found: Waits | None, period: Period, theme: Theme = "light") -> Figure:
    """Give the share of leads answered in time by when they came in as a figure; without any it says why."""
    name = _("Answered in time by weekday and hour")
    if found is None or not found.arrivals:
        return nothing_to_draw(name, _("The leads carry no time of day."))
    enough = sum(one.leads for one in found.arrivals if one.leads >= FEW_CASES)
    if 2 * enough < sum(one.leads for one in found.arrivals):
        return nothing_to_draw(name, _("There are too few leads to tell them apart by when they came in."))
    time = compact(in_hours(str(found.sla)), "hours")
    columns = _data(found.arrivals, theme)
    days = tuple(weekday_name(weekday) for weekday in sorted({one.weekday for one in found.arrivals}))
    hours = tuple(hours_name(hour) for hour in sorted({one.hour for one in found.arrivals}))
    subtitle = _(
        "Share answered within {time} by when the lead came in, {period}; pale: fewer than {few} leads"
    ).format(time=time, period=period_name(period.start, period.end), few=FEW_CASES)
    told: dict[str, list[str]] = {}
    for day, block, short in zip(columns["day"], columns["hours"], columns["short"], strict=True):
        told.setdefault(day, []).append(f"{block} {short}")
    listed = "; ".join(f"{day}: {', '.join(parts)}" for day, parts in told.items())
    measure = _("Answered within {time}").format(time=time)
    return Figure(
        _spec(theme, days, hours, measure, language()), columns, _headline(found.arrivals, time), subtitle,
        f"{subtitle}. {listed}.",
    )  # fmt: skip
