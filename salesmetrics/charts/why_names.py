"""What people call the parts, factors and figures of a change that was taken apart."""

from __future__ import annotations

from salesmetrics.charts.bars import tenure_name
from salesmetrics.charts.figure import metric_title
from salesmetrics.charts.values import change, compact, period_name
from salesmetrics.i18n import _
from salesmetrics.metrics.metric import Metric, Unit
from salesmetrics.model.calendar import Period
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.query.answer_speed import ANSWERED, NEVER
from salesmetrics.query.driver_trees import DriverTree
from salesmetrics.query.why import ANSWER, Why

_WHOLE = 10
"""From so many on a part of a count is written without decimals."""


def cut_name(dimension: str) -> str:
    """Name a cut, such as "Region"; of leads also by their answer."""
    return _("Answered within") if dimension == ANSWER else DIMENSIONS[dimension].title()


def part_name(dimension: str, value: str) -> str:
    """Name a part where its cut is named beside it.

    >>> part_name("tenure", "0-3m"), part_name("answer", "4h"), part_name("answer", "72h"), part_name("answer", "never")
    ('0–3 months', 'Answered after 1 to 4 hours', 'Answered after 1 to 3 days', 'Not answered')
    """
    if dimension != ANSWER:
        return tenure_name(value) if dimension == "tenure" else value
    hours = ANSWERED[value]
    if value == NEVER or hours is None:
        return _("Not answered")
    over, until = hours
    if until is None:
        return _("Answered after {n} days").format(n=f"{over / 24:g}")
    if not over:
        return _("Answered within {n} hour").format(n=f"{until:g}")
    if over >= 24:
        return _("Answered after {n} to {m} days").format(n=f"{over / 24:g}", m=f"{until / 24:g}")
    return _("Answered after {n} to {m} hours").format(n=f"{over:g}", m=f"{until:g}")


def in_sentence(dimension: str, value: str) -> str:
    """Name a part in the middle of a sentence.

    >>> in_sentence("region", "South"), in_sentence("lead_source", "Website"), in_sentence("answer", "never")
    ('region South', 'lead source Website', 'leads not answered')
    """
    if dimension == ANSWER:
        name = part_name(dimension, value)
        return _("leads {answered}").format(answered=name[:1].lower() + name[1:])
    return _("{dimension} {value}").format(
        dimension=DIMENSIONS[dimension].title().lower(), value=part_name(dimension, value)
    )


def step_unit(tree: DriverTree, name: str) -> Unit:
    """Give the unit of a factor of a tree, or of a part beside it."""
    return next((factor.unit for factor in tree.factors if factor.id == name), tree.unit)


def step_title(tree: DriverTree, name: str) -> str:
    """Name a factor of a tree, or a part beside it."""
    titles = {factor.id: factor.title for factor in tree.factors} | {part.id: part.title for part in tree.beside}
    return _(titles[name])


def title_of(metric: Metric) -> str:
    """Name a number in the reader's language."""
    return metric_title(metric) if metric_title(metric) != metric.title else _(metric.title)


def days(period: Period) -> str:
    """Name the days of a period."""
    return period_name(period.start, period.end)


def by(found: Why, difference: float) -> str:
    """Write what something added to a change, with its sign: in points of per cent for shares."""
    counted = found.metric.unit in (Unit.COUNT, Unit.UNITS) and abs(difference) >= _WHOLE
    return change(float(round(difference)) if counted else difference, None, found.metric.unit)


def amount(found: Why, value: float) -> str:
    """Write a value of the number, short."""
    return compact(value, found.metric.unit)
