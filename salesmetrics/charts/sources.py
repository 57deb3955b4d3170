"""Lead sources side by side: what each brings, what becomes of it, what it costs and returns, as lines of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from salesmetrics.analysis.share_bounds import wilson
from salesmetrics.charts.bars import MOST
from salesmetrics.charts.figure import FEW_CASES, Row, first_rows, is_known, metric_title, rows_of
from salesmetrics.charts.rest import together
from salesmetrics.charts.values import SPACE, compact, full, period_name
from salesmetrics.charts.words import reason_in_words
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.derived.spending import UNALLOCATED
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.request import Period
from salesmetrics.query.result import Result

BY = "lead_source"
CONVERSION, RETURN = "lead_conversion_rate", "roi_by_source"
METRICS = (
    "leads", "qualified_leads", CONVERSION, "lead_response_time", "revenue_by_lead_source", "cac_by_source",
)  # fmt: skip
"""What is asked by lead source for the period that is on; `RETURN` is asked for one that is old enough."""


@dataclass(frozen=True)
class Cell:
    """One figure of a source: what it says, more of it on hover, how long its bar is (0 to 1), if it has one.

    `below` is its likely range, where it counts so few cases that it is drawn pale.
    """

    text: str
    hint: str = ""
    bar: float | None = None
    pale: bool = False
    below: str = ""
    loss: bool = False


@dataclass(frozen=True)
class Line:
    """One source with its figures."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Table:
    """The sources, largest first, then all together; `heads` name the columns, each with what to know about it."""

    title: str
    heads: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    whole: Line
    notes: tuple[str, ...]

    @property
    def has_few(self) -> bool:
        """Tell whether any figure is drawn pale."""
        return any(cell.pale for line in (*self.lines, self.whole) for cell in line.cells)


_NAMELESS = frozenset({UNKNOWN, "unknown", "other", "others", "none", "n/a", "未知", "其他"})
"""Sources of these names are in the table and never its headline: nobody can do more of them."""

_Hint = Callable[[Row], str]


def sources_table(brought: Result, returned: Result, totals: Result | None = None) -> Table | None:
    """Set lead sources side by side; None where no source has a name.

    `brought` holds `METRICS` by lead source, `returned` holds `RETURN` by it, perhaps of an earlier period, and
    `totals` what metrics are for all sources together; others are summed up.
    """
    of: dict[str, dict[str, Row]] = {
        metric: {str(row[BY]): row for row in rows_of(brought, metric)} for metric in METRICS
    }
    of[RETURN] = {str(row[BY]): row for row in rows_of(returned, RETURN)}
    shown = [metric for metric, rows in of.items() if any(is_known(row["value"]) for row in rows.values())]
    named = dict.fromkeys(name for metric in shown for name in of[metric] if name not in (UNALLOCATED, "None"))
    if not shown or not any(name != UNKNOWN for name in named):
        return None
    ordered = sorted(
        named, key=lambda name: (name == UNKNOWN, *(-_size(of[metric].get(name)) for metric in shown))
    )
    kept = ordered if len(ordered) <= MOST else ordered[: MOST - 1]
    most = {metric: max((_size(of[metric].get(name)) for name in kept), default=0.0) for metric in shown}
    lines = [
        Line(name, tuple(_cell(metric, of[metric].get(name), most[metric]) for metric in shown)) for name in kept
    ]
    beyond = ordered[len(kept) :]
    if beyond:
        rest = [_summed(metric, [of[metric][name] for name in beyond if name in of[metric]]) for metric in shown]
        lines.append(Line(_("other ({n})").format(n=len(beyond)), tuple(rest)))
    whole = first_rows(totals) if totals else {}
    cells = [
        _cell(metric, whole[metric], 0.0) if metric in whole else _summed(metric, list(of[metric].values()))
        for metric in shown
    ]
    heads = tuple(_head(metric, brought, returned.period) for metric in shown)
    return Table(
        _headline(of[CONVERSION]), heads, tuple(lines), Line(_("All sources"), tuple(cells)), tuple(_notes(of, shown))
    )  # fmt: skip


def _size(row: Row | None) -> float:
    return float(row["value"]) if row is not None and is_known(row["value"]) else 0.0


def _head(metric: str, brought: Result, returned: Period) -> tuple[str, str]:
    days = dict(brought.query.params).get(f"{RETURN}.days", CATALOGUE[RETURN].settings({})["days"])
    horizon = dict(brought.query.params).get(
        f"{CONVERSION}.horizon", CATALOGUE[CONVERSION].settings({})["horizon"]
    )
    within = _("within {n} days").format(n=horizon) if horizon.isdecimal() else _("at any time")
    return {
        "leads": (_("Leads"), ""),
        "qualified_leads": (_("Qualified"), _("in this time")),
        CONVERSION: (_("Became customers"), within),
        "lead_response_time": (_("First answer"), _("median wait")),
        "revenue_by_lead_source": (_("Revenue"), _("of all customers it brought")),
        "cac_by_source": (_("Cost"), _("per new customer")),
        RETURN: (
            _("Return on spend"),
            _("first {n} days, won {period}").format(n=days, period=period_name(returned.start, returned.end)),
        ),
    }[metric]


def _text(metric: str, value: float) -> str:
    if metric == RETURN:
        # Returns run to thousands of per cent: tenths mean nothing.
        return f"{value * 100:,.0f}{SPACE}%".replace("-", "\u2212")
    return compact(value, CATALOGUE[metric].unit)


def _cell(metric: str, row: Row | None, most: float) -> Cell:
    if row is None:
        # A source of which a count knows nothing had none.
        return Cell("0" if CATALOGUE[metric].unit == "count" else "–", _("Nothing in this period."))
    if not is_known(row["value"]):
        return Cell("–", reason_in_words(row["reason"]))
    value = float(row["value"])
    few = is_known(row["denominator"]) and row["n"] < FEW_CASES
    bar = min(max(value / most, 0.0), 1.0) if most > 0 else None
    below = _range(row) if few and metric == CONVERSION else ""
    return Cell(_text(metric, value), _hint(metric, row), bar, few, below, metric == RETURN and value < 0)


def _summed(metric: str, rows: Sequence[Row]) -> Cell:
    if not any(is_known(row["value"]) for row in rows):
        return Cell("–")
    whole = together(rows, CATALOGUE[metric], None)
    return Cell("–") if whole is None else _cell(metric, {**whole, "reason": None, "details": {}}, 0.0)


def _range(row: Row) -> str:
    low, high = wilson(np.array([row["numerator"]]), np.array([row["denominator"]]))
    return _("likely {low} to {high}").format(
        low=compact(float(low[0]), "percent"), high=compact(float(high[0]), "percent")
    )


def _hint(metric: str, row: Row) -> str:
    hints: Mapping[str, _Hint] = {
        CONVERSION: lambda row: _("{customers} of {leads} leads, {likely}").format(
            customers=full(row["numerator"], "count"), leads=full(row["denominator"], "count"), likely=_range(row)
        ),
        "lead_response_time": _waited,
        "cac_by_source": lambda row: _("{spend} spent, {customers} new customers").format(
            spend=full(row["numerator"], "money"), customers=full(row["denominator"], "count")
        ),
        RETURN: lambda row: _("{gain} of gross profit after spend, {spend} spent").format(
            gain=full(row["numerator"], "money"), spend=full(row["denominator"], "money")
        ),
    }
    usual: _Hint = lambda row: full(row["value"], CATALOGUE[metric].unit)  # noqa: E731
    return hints.get(metric, usual)(row)


def _waited(row: Row) -> str:
    said = _("{n} leads answered").format(n=full(row["n"], "count"))
    never, slow = (row["details"].get(name) for name in ("unanswered_rate", "p90"))
    if is_known(slow):
        said += _("; one in ten waited more than {time}").format(time=compact(slow, "hours"))
    if is_known(never):
        said += _("; {share} never answered").format(share=compact(never, "percent"))
    return said


def _headline(conversion: Mapping[str, Row]) -> str:
    told = [
        (name, row) for name, row in conversion.items()
        if name.casefold() not in _NAMELESS and is_known(row["value"]) and row["n"] >= FEW_CASES
    ]  # fmt: skip
    if len(told) < 2:
        return _("What each lead source brings")
    (last, worst), (first, best) = (pick(told, key=lambda one: one[1]["value"]) for pick in (min, max))
    bounds = [wilson(np.array([row["numerator"]]), np.array([row["denominator"]])) for row in (worst, best)]
    if bounds[0][1][0] >= bounds[1][0][0]:
        return _("No source turns leads into customers better than another by more than chance")
    return _("{first} turns most leads into customers, {share}; {last} fewest, {other_share}").format(
        first=first,
        share=compact(best["value"], "percent"),
        last=last,
        other_share=compact(worst["value"], "percent"),
    )


def _notes(of: Mapping[str, Mapping[str, Row]], shown: Sequence[str]) -> list[str]:
    """Say what of spend names no source, and why a column that the files allow is not there."""
    said = []
    apart = of["cac_by_source"].get(UNALLOCATED)
    if "cac_by_source" in shown and apart is not None and is_known(apart["numerator"]) and apart["numerator"]:
        said.append(
            _(
                "{spend} of spend names no source: it counts for all sources together, so each one looks cheaper "
                "than customers are in all."
            ).format(spend=compact(apart["numerator"], "money"))
        )
    why: dict[str, list[str]] = {}
    for metric, rows in of.items():
        reason = next((str(row["reason"]) for row in rows.values() if row["reason"]), "")
        if metric not in shown and not reason.startswith(("missing_column", "no_rows")) and reason:
            why.setdefault(reason_in_words(reason), []).append(metric_title(CATALOGUE[metric]))
    return [*said, *(f"{', '.join(names)}: {reason}" for reason, names in why.items())]
