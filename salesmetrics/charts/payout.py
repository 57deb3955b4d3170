"""What an incentive plan pays each rep, beside what it would pay for reaching the quota."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt

from salesmetrics.charts.figure import Figure, measured, nothing_to_draw
from salesmetrics.charts.marked_bars import ROOM, STEP, marked_bars
from salesmetrics.charts.ranked_lines import MARGIN
from salesmetrics.charts.theme import Theme
from salesmetrics.charts.values import compact, full
from salesmetrics.i18n import _, ngettext


@dataclass(frozen=True)
class Paid:
    """What one rep is paid over the quota periods shown, in money: in all, for what, and at 100 % of the quotas."""

    rep: str
    paid: float
    commission: float
    accelerator: float
    bonus: float
    milestones: float
    at_quota: float
    attainment: float


@lru_cache(maxsize=64)
def _spec(theme: Theme, measure: str) -> Mapping[str, Any]:
    tooltip = [
        alt.Tooltip("key:N", title=" "),
        alt.Tooltip("value_text:N", title=measure),
        alt.Tooltip("commission_text:N", title=_("From the tiers")),
        alt.Tooltip("accelerator_text:N", title=_("Extra above the quota")),
        alt.Tooltip("bonus_text:N", title=_("Product bonuses")),
        alt.Tooltip("milestones_text:N", title=_("Milestones")),
        alt.Tooltip("at_quota_text:N", title=_("At 100 % of the quota")),
        alt.Tooltip("attainment_text:N", title=_("Quota reached")),
    ]
    return marked_bars(tooltip, "at_quota", theme)


def payouts_figure(paid: Sequence[Paid], period: str, theme: Theme = "light") -> Figure:
    """Give payouts by rep as a figure, the largest first; `period` names the quota periods that they are for."""
    measure = measured(_("Payout"), "money")
    listed = sorted(paid, key=lambda one: -one.paid)
    if not listed:
        return nothing_to_draw(measure, _("No rep has a quota in this period."))
    longest = max(*(one.paid for one in listed), *(one.at_quota for one in listed), 0.01)
    columns: dict[str, list[Any]] = {
        "key": [one.rep for one in listed],
        "value": [one.paid for one in listed],
        "at_quota": [one.at_quota for one in listed],
        "room": [longest * ROOM] * len(listed),
        "short": [compact(one.paid, "money") for one in listed],
        "value_text": [full(one.paid, "money") for one in listed],
        "commission_text": [full(one.commission, "money") for one in listed],
        "accelerator_text": [full(one.accelerator, "money") for one in listed],
        "bonus_text": [full(one.bonus, "money") for one in listed],
        "milestones_text": [full(one.milestones, "money") for one in listed],
        "at_quota_text": [full(one.at_quota, "money") for one in listed],
        "attainment_text": [compact(one.attainment, "percent") for one in listed],
    }
    above = sum(one.attainment >= 1 for one in listed)
    title = ngettext(
        "{above} of {n} rep reached the quota",
        "{above} of {n} reps reached the quota",
        len(listed),
    ).format(above=above, n=len(listed))
    subtitle = _("{measure} by rep, {period}; mark: what reaching the quota would pay").format(
        measure=measure, period=period
    )
    names = "; ".join(f"{one.rep} {compact(one.paid, 'money')}" for one in listed)
    spec = {**_spec(theme, measure), "height": STEP * len(listed) + MARGIN}
    return Figure(spec, columns, title, subtitle, f"{subtitle}: {names}.")
