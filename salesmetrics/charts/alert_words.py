"""What an alert says: the number, the range or limit that it left, and what drives it; every figure is computed."""

from __future__ import annotations

from dataclasses import replace

from salesmetrics.charts.values import compact, period_name
from salesmetrics.charts.why_names import in_sentence, title_of
from salesmetrics.charts.why_words import sentences
from salesmetrics.i18n import _
from salesmetrics.query.alerts import Alert


def subject(alert: Alert) -> str:
    """Name what an alert is about, such as "Revenue, region East"."""
    if alert.part is None:
        return title_of(alert.metric)
    return _("{measure}, {part}").format(measure=title_of(alert.metric), part=in_sentence(*alert.part))


def sentence(alert: Alert) -> str:
    """Say what is unusual, or which limit was crossed."""
    unit = alert.metric.unit
    named = {
        "subject": subject(alert), "value": compact(alert.value, unit),
        "days": period_name(alert.period.start, alert.period.end),
    }  # fmt: skip
    if alert.threshold is not None:
        named["limit"] = compact(alert.threshold.value, unit)
        said = (
            _("{subject}: {value} in {days}, above the limit of {limit}.")
            if alert.above
            else _("{subject}: {value} in {days}, below the limit of {limit}.")
        )
        return said.format(**named)
    if alert.usual is None:
        return ""
    named |= {"low": compact(alert.usual.low, unit), "high": compact(alert.usual.high, unit)}
    said = (
        _("{subject}: {value} in {days}, above the {low} to {high} that was to be expected.")
        if alert.above
        else _("{subject}: {value} in {days}, below the {low} to {high} that was to be expected.")
    )
    return said.format(**named)


def drivers(alert: Alert) -> list[str]:
    """Say how it changed and what made most of that; nothing where that cannot be told.

    A part that went the other way drives nothing: then the factor that moved most is named.
    """
    found = alert.why
    if found is None:
        return []
    against = found.focus is not None and found.focus.part.by * found.change <= 0
    return sentences(replace(found, focus=None) if against else found)
