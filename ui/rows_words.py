"""How rows come to a number, in sentences."""

from __future__ import annotations

import math

from salesmetrics.charts.values import full, period_name
from salesmetrics.i18n import _, ngettext
from salesmetrics.metrics import Metric
from salesmetrics.metrics.measure import Aggregate
from salesmetrics.query.adding_up import Sum
from salesmetrics.query.behind import Behind, alike
from salesmetrics.query.records import EARLIER

_COUNTING = (Aggregate.COUNT, Aggregate.DISTINCT)


def _figure(one: Sum, metric: Metric) -> str:
    if one.aggregate in _COUNTING:
        return f"{one.value:,.0f}"
    if one.aggregate is Aggregate.SUM:
        # Parts of a share or of a price are amounts or units, never shares themselves.
        return full(one.value, "money" if metric.unit == "money" else "units")
    return full(one.value, metric.unit)


def _line(one: Sum, metric: Metric, several_periods: bool) -> str:
    label = one.label
    if several_periods:
        label = _("{label}, {period}").format(label=label, period=period_name(one.period.start, one.period.end))
    if math.isnan(one.value):
        return _("- {label} ({how})").format(label=label, how=one.how)
    return _("- {label}: **{value}** ({how})").format(label=label, value=_figure(one, metric), how=one.how)


def sentences(metric: Metric, found: Behind) -> list[str]:
    """Say how the rows of a number that has some come to it, a line each; the first line is a whole sentence."""
    value = full(found.value, metric.unit)
    sums = tuple(dict.fromkeys((*found.top, *found.bottom)))
    if len(sums) == 1 and not found.bottom and alike(sums[0].value, found.value):
        return [_alone(sums[0], value)]
    several = len({one.period for one in sums}) > 1 or any(one.role == EARLIER for one in sums)
    lines = [_line(one, metric, several) for one in sums]
    if _is_quotient(found):
        [top], [bottom] = found.top, found.bottom
        return [
            _("Two sums of these rows, one divided by the other, give the number:"),
            *lines,
            f"- {_figure(top, metric)} ÷ {_figure(bottom, metric)} = **{value}**",
        ]
    more = []
    if len(found.top) == 1 and len(found.bottom) == 1 and not math.isnan(found.denominator):
        more = [
            _("- It is set against {value}, more than these rows: all parts under the same filters.").format(
                value=full(found.denominator, "units")
            )
        ] if found.top == found.bottom else []  # fmt: skip
    by_formula = _("- By the formula, {formula}, this gives **{value}**").format(
        formula=_(metric.formula_text), value=value
    )
    return [_("These rows come to the number in more than one step:"), *lines, *more, by_formula]


def _alone(one: Sum, value: str) -> str:
    match one.aggregate:
        case Aggregate.SUM:
            return ngettext(
                "This {n} row adds up to **{value}**.", "These {n} rows add up to **{value}**.", one.rows
            ).format(n=f"{one.rows:,}", value=value)
        case Aggregate.COUNT:
            return ngettext(
                "This {n} row counts once: **{value}**.", "These {n} rows count once each: **{value}**.", one.rows
            ).format(n=f"{one.rows:,}", value=value)
        case Aggregate.DISTINCT:
            return ngettext(
                "This {n} row names **{value}**: {things}.", "These {n} rows name **{value}** different {things}.",
                one.rows,
            ).format(n=f"{one.rows:,}", value=value, things=one.label.lower())  # fmt: skip
        case _:
            return _("{label}: **{value}** ({how}).").format(label=one.label, value=value, how=one.how)


def _is_quotient(found: Behind) -> bool:
    if len(found.top) != 1 or len(found.bottom) != 1 or math.isnan(found.value):
        return False
    top, bottom = found.top[0].value, found.bottom[0].value
    return (
        alike(top, found.numerator)
        and alike(bottom, found.denominator)
        and bottom != 0
        and alike(top / bottom, found.value)
    )
