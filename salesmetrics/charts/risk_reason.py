"""Why a customer is watched, in words: how long it has been away beside how long it usually is."""

from __future__ import annotations

from salesmetrics.charts.values import compact
from salesmetrics.i18n import _
from salesmetrics.model.derived.standing import GAPS_OF_ITS_OWN

DOUBTFUL = 0.5
"""A chance of still buying below which it is a reason of its own (METRICS: P(alive) < 0.5)."""


def risk_reason(days_since: float, usual_gap: float, gaps: float, active: float | None = None) -> str:
    """Say why a customer is watched; `gaps` are those between its own purchases, days are whole.

    `active` is the chance that it still buys, None where nothing tells.

    >>> risk_reason(62, 19.5, 8)
    '62 days away, 3.2 times its usual 20'
    >>> risk_reason(467, 85.0, 2)
    '467 days away, 5.5 times the 85 expected after few purchases'
    >>> risk_reason(1000, 56.0, 0)
    'Bought once, 1,000 days ago; half of those who return do so within 56'
    >>> risk_reason(167, 36.0, 9, active=0.452).replace("\u00a0", " ")
    '167 days away, 4.6 times its usual 36; 45.2 % likely still active'
    """
    away = _away(days_since, usual_gap, gaps)
    if active is None or active >= DOUBTFUL:
        return away
    return _("{reason}; {share} likely still active").format(reason=away, share=compact(active, "percent"))


def _away(days_since: float, usual_gap: float, gaps: float) -> str:
    days, usual = f"{days_since:,.0f}", f"{usual_gap:,.0f}"
    if not gaps:
        return _("Bought once, {days} days ago; half of those who return do so within {usual}").format(
            days=days, usual=usual
        )
    times = f"{days_since / usual_gap:,.1f}" if usual_gap else "–"
    if gaps < GAPS_OF_ITS_OWN:
        return _("{days} days away, {times} times the {usual} expected after few purchases").format(
            days=days, times=times, usual=usual
        )
    return _("{days} days away, {times} times its usual {usual}").format(days=days, times=times, usual=usual)
