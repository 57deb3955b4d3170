"""How long ago something was, as people say it."""

from __future__ import annotations

from datetime import datetime

from salesmetrics.charts.values import day_name
from salesmetrics.i18n import _


def ago(moment: datetime, now: datetime) -> str:
    """Say how long before `now` a moment was; what is older than a week is named by its day.

    >>> from datetime import timezone
    >>> noon = datetime(2025, 3, 3, 12, tzinfo=timezone.utc)
    >>> ago(noon.replace(hour=9), noon), ago(noon.replace(day=1), noon), ago(noon, noon)
    ('3 h ago', '2 days ago', 'just now')
    """
    seconds = (now - moment).total_seconds()
    if seconds < 60:
        return _("just now")
    if seconds < 3600:
        return _("{n} min ago").format(n=int(seconds // 60))
    if seconds < 36 * 3600:
        return _("{n} h ago").format(n=int(seconds // 3600))
    if seconds < 7 * 24 * 3600:
        return _("{n} days ago").format(n=round(seconds / 86400))
    return _("on {day}").format(day=day_name(moment.date()))
