"""What a result says, in one sentence from its data: the text beside a chart, and in place of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from salesmetrics.charts.bars import bars_figure
from salesmetrics.charts.figure import (
    Row,
    compared_with,
    first_rows,
    is_known,
    metric_title,
    rows_of,
    why_absent,
)
from salesmetrics.charts.trend import trend_figure
from salesmetrics.charts.values import change, compact, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE, Metric
from salesmetrics.query.request import Compare
from salesmetrics.query.result import Result


def comparison_name(compare: Compare, start: date | None, end: date | None) -> str:
    """Name what a number is set against, such as "vs Nov 2022"; `start` and `end` are the result's own."""
    if start is None or end is None:
        return _("vs a year earlier") if compare is Compare.LAST_YEAR else _("vs the period before")
    return _("vs {period}").format(period=period_name(start, end))


def describe(result: Result, metric: str) -> str:
    """Say in one sentence what `result` holds for `metric`: over time, by a dimension, or in total."""
    if result.query.grain is not None:
        return trend_figure(result, metric).text
    if result.query.by:
        return bars_figure(result, metric, result.query.by[0]).text
    known = CATALOGUE[metric]
    rows = rows_of(result, metric)
    measure = metric_title(known)
    if not any(is_known(row["value"]) for row in rows):
        return f"{measure}: {why_absent(rows)}"
    row = rows[0]
    said = _("{measure}: {value} in {period}").format(
        measure=measure, value=compact(row["value"], known.unit),
        period=period_name(result.period.start, result.period.end),
    )  # fmt: skip
    changes = [
        f"{change(row[f'{compare}_change'], row[f'{compare}_growth'], known.unit)} "
        + comparison_name(compare, row[f"{compare}_start"], row[f"{compare}_end"])
        for compare in result.query.compare
    ]
    return said + (f" ({'; '.join(changes)})." if changes else ".")


def _moved(row: Row, compare: Compare, metric: Metric) -> float:
    """Give the change of a number, above zero where it is for the better; 0 where that cannot be told."""
    difference = row[f"{compare}_change"]
    if not is_known(difference) or metric.better not in {"higher", "lower"}:
        return 0.0
    return float(difference if metric.better == "higher" else -difference)


def _lead(row: Row, compare: Compare | None, metric: Metric, period: str) -> str:
    named = {"measure": metric_title(metric), "value": compact(row["value"], metric.unit), "period": period}
    if compare is None or not is_known(row[f"{compare}_change"]):
        return _("{measure} was {value} in {period}").format(**named)
    difference = float(row[f"{compare}_change"])
    by = change(difference, row[f"{compare}_growth"], metric.unit)
    start, end = row[f"{compare}_start"].date(), row[f"{compare}_end"].date()
    sentence = (
        _("{measure} was {value} in {period}, up {by} on {before}")
        if difference > 0
        else _("{measure} was {value} in {period}, down {by} on {before}")
        if difference < 0
        else _("{measure} was {value} in {period}, as in {before}")
    )
    return sentence.format(**named, by=by.lstrip("+−±"), before=period_name(start, end))


def _got_worse(rows: Mapping[str, Row], others: Sequence[str], compare: Compare) -> str | None:
    """List what got worse, the most first; empty where nothing did, None where that cannot be told of any."""
    told = [one for one in others if is_known(rows[one][f"{compare}_change"])]
    worse = [one for one in told if _moved(rows[one], compare, CATALOGUE[one]) < 0]
    # Changes of unlike measures are ranked by their share of what was there before.
    worse.sort(key=lambda one: -abs(rows[one][f"{compare}_change"] / (rows[one][f"{compare}_value"] or 1.0)))
    listed = (
        f"{metric_title(CATALOGUE[one])} "
        + change(rows[one][f"{compare}_change"], rows[one][f"{compare}_growth"], CATALOGUE[one].unit)
        for one in worse[:3]
    )
    return ", ".join(listed) if told else None


def standing(totals: Result, metrics: Sequence[str], quota: str = "") -> str:
    """Say in one sentence how the first of `metrics` that has a value does, and which of the others got worse.

    `quota` names the metric of `totals` that tells what share of its target the first one reached. Empty where
    none has a value.
    """
    rows = {metric: row for metric, row in first_rows(totals).items() if is_known(row["value"])}
    has = [metric for metric in metrics if metric in rows]
    if not has:
        return ""
    first, *others = has
    compare = compared_with(totals, first)
    period = period_name(totals.period.start, totals.period.end)
    said = _lead(rows[first], compare, CATALOGUE[first], period)
    if quota in rows and first == metrics[0]:
        share = compact(rows[quota]["value"], "percent")
        said = _("{sentence}, and reached {share} of quota").format(sentence=said, share=share)
    worse = _got_worse(rows, others, compare) if compare else None
    if worse is None:
        return said + "."
    if not worse:
        return _("{sentence}; none of the other numbers got worse.").format(sentence=said)
    return _("{sentence}. Worse: {listed}.").format(sentence=said, listed=worse)
