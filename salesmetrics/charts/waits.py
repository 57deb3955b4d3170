"""How long leads waited for their first answer, against the agreed time, and what share became customers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np

from salesmetrics.analysis.share_bounds import wilson
from salesmetrics.charts.figure import FEW_CASES, FIRM, PALE, ROWS, Figure, is_known, nothing_to_draw
from salesmetrics.charts.ranked_lines import MARGIN, left_text, right_text, told_lines
from salesmetrics.charts.theme import PALETTES, Palette, Theme, config
from salesmetrics.charts.values import compact, language, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics.leads import EVER
from salesmetrics.metrics.response import in_hours
from salesmetrics.query.request import Period
from salesmetrics.query.waits import Wait, Waits

STEP = 50
"""Pixels from one kind of wait to the next: its name above the bar, what became of its leads below."""


@lru_cache(maxsize=16)
def _spec(theme: Theme, judged: bool, _language: str) -> Mapping[str, Any]:
    colours = PALETTES[theme]
    became = [
        alt.Tooltip("share_text:N", title=_("Became customers")),
        alt.Tooltip("range_text:N", title=_("Likely between")),
        alt.Tooltip("converted_text:N", title=_("Customers")),
        alt.Tooltip("judged_text:N", title=_("Leads old enough to tell")),
    ]
    tooltip = [
        alt.Tooltip("label:N", title=_("Wait")),
        alt.Tooltip("leads_text:N", title=_("Leads")),
        alt.Tooltip("part_text:N", title=_("Of all leads")),
        *(became if judged else []),
    ]
    # The data arrives in the order in which it is drawn.
    y = alt.Y("label:N", sort=None, axis=None)
    marks = alt.Chart(ROWS)
    layers = [
        marks.mark_bar(height=10, cornerRadius=2).encode(
            y=y,
            x=alt.X("value:Q", axis=None, scale=alt.Scale(zero=True, nice=False)),
            color=alt.Color("colour:N", scale=None),
            opacity=alt.Opacity("opacity:Q", scale=None),
        ),
        left_text(marks, y, dy=-14),
        right_text(marks, y, dy=-14, fontWeight=600),
        *([_below(marks, y, colours)] if judged else []),
        told_lines(marks, y, tooltip),
    ]
    return alt.layer(*layers).properties(config=config(theme)).to_dict()


def _below(marks: alt.Chart, y: alt.Y, colours: Palette) -> alt.Chart:
    drawn = left_text(marks, y, "below", dy=14, fontSize=11, color=colours.quiet)
    faint: alt.Chart = drawn.encode(opacity=alt.Opacity("certain:Q", scale=None))
    return faint


def wait_name(wait: Wait) -> str:
    """Name a kind of wait.

    >>> wait_name(Wait(0.25, 1.0, True, 1, 0, 0)).replace("\\u00a0", " ")
    '15 min – 1 h'
    >>> wait_name(Wait(72.0, float("inf"), False, 1, 0, 0)).replace("\\u00a0", " ")
    'no answer for more than 3 d'
    """
    if not wait.answered and math.isinf(wait.up_to):
        return _("no answer for more than {time}").format(time=compact(wait.over, "hours"))
    if not wait.answered:
        return _("no answer yet, younger than {time}").format(time=compact(wait.up_to, "hours"))
    if not wait.over:
        return _("up to {time}").format(time=compact(wait.up_to, "hours"))
    if math.isinf(wait.up_to):
        return _("over {time}").format(time=compact(wait.over, "hours"))
    return f"{compact(wait.over, 'hours')} – {compact(wait.up_to, 'hours')}"


def _colour(wait: Wait, agreed: float, colours: Palette) -> tuple[str, float]:
    if not wait.answered:
        return (colours.worse, 1.0) if math.isinf(wait.up_to) else (colours.other, 1.0)
    return colours.main, 1.0 if wait.up_to <= agreed else 0.4


def _said_of(wait: Wait, share: float, low: float, high: float) -> str:
    if not wait.judged:
        return _("too early to tell what became of them") if wait.leads else ""
    return _("{share} became customers (likely {low} to {high})").format(
        share=compact(share, "percent"), low=compact(low, "percent"), high=compact(high, "percent")
    )


def _data(shown: Sequence[Wait], agreed: float, colours: Palette) -> dict[str, list[Any]]:
    every = sum(wait.leads for wait in shown)
    hits, cases = (
        np.array([getattr(wait, name) for wait in shown], dtype=float) for name in ("converted", "judged")
    )
    low, high = (bound.tolist() for bound in wilson(hits, cases))
    shares = [wait.converted / wait.judged if wait.judged else math.nan for wait in shown]
    parts = [compact(wait.leads / every, "percent") for wait in shown]
    looks = [_colour(wait, agreed, colours) for wait in shown]
    return {
        "label": [wait_name(wait) for wait in shown],
        "value": [wait.leads for wait in shown],
        "short": [f"{compact(wait.leads, 'count')} ({part})" for wait, part in zip(shown, parts, strict=True)],
        "below": [_said_of(*one) for one in zip(shown, shares, low, high, strict=True)],
        "certain": [FIRM if wait.judged >= FEW_CASES or not wait.judged else PALE for wait in shown],
        "colour": [colour for colour, _opacity in looks],
        "opacity": [opacity for _colour, opacity in looks],
        "leads_text": [f"{wait.leads:,}" for wait in shown],
        "part_text": parts,
        "share_text": [compact(share, "percent") for share in shares],
        "range_text": [
            f"{compact(one, 'percent')} – {compact(other, 'percent')}" if is_known(one) else "–"
            for one, other in zip(low, high, strict=True)
        ],
        "converted_text": [f"{wait.converted:,}" for wait in shown],
        "judged_text": [f"{wait.judged:,}" for wait in shown],
    }


def waits_figure(found: Waits | None, period: Period, theme: Theme = "light") -> Figure:
    """Give the leads of `period` by how long they waited as a figure; without any it says so."""
    shown = [wait for wait in found.waits if wait.leads or wait.answered] if found else []
    every = sum(wait.leads for wait in shown)
    if found is None or not every:
        return nothing_to_draw(_("Wait for the first answer"), _("There are no leads under these filters."))
    agreed = in_hours(str(found.sla))
    in_time = sum(wait.leads for wait in shown if wait.answered and wait.up_to <= agreed)
    never = sum(wait.leads for wait in shown if not wait.answered and math.isinf(wait.up_to))
    title = _("{n} of {all} leads were answered within {time}").format(
        n=compact(in_time, "count"), all=compact(every, "count"), time=compact(agreed, "hours")
    )
    if never:
        title += ", " + ngettext("{n} never", "{n} never", never).format(n=compact(never, "count"))
    subtitle = _("Leads by their wait for a first answer, {period}; firm: within the agreed {time}").format(
        period=period_name(period.start, period.end), time=compact(agreed, "hours")
    )
    judged = found.judged and sum(wait.judged for wait in shown) >= FEW_CASES
    if judged:
        within = "" if found.horizon == EVER else _(" within {n} days").format(n=found.horizon)
        subtitle += _("; below: what share became customers{within}").format(within=within)
    columns = _data(shown, agreed, PALETTES[theme])
    told = zip(columns["label"], columns["short"], columns["below"], strict=True)
    listed = "; ".join(
        f"{label}: {size}" + (f", {below}" if below and judged else "") for label, size, below in told
    )
    spec = {**_spec(theme, judged, language()), "height": STEP * len(shown) + MARGIN}
    return Figure(spec, columns, title, subtitle, f"{subtitle}: {listed}.")
