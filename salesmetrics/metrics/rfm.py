"""Customers sorted by how lately, how often and for how much they bought (RFM)."""

from __future__ import annotations

from dataclasses import replace

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import kept, total
from salesmetrics.metrics.measure import Aggregate, Expression, Measure
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Unit
from salesmetrics.metrics.standing import mean, named, on_day
from salesmetrics.model.derived.standing import RFM_SEGMENTS

FEWEST = 20
"""Customers below which scores from 1 to 5 say nothing."""

_SCORES = ("recency_score", "frequency_score", "money_score")
_FIGURES = {
    "recency_days": "days_since", "frequency": "purchases", "money": "amount", **{name: name for name in _SCORES}
}  # fmt: skip


def _scored(name: str, how: Aggregate = Aggregate.COUNT, value: Expression | None = None) -> Measure:
    return on_day(name, how, value, lambda t: t.scored)


def _figure(name: str, column: str) -> Measure:
    return _scored(f"rfm_{name}", Aggregate.SUM, lambda t: t[column])


def _segment(name: str) -> Measure:
    return on_day(f"rfm_{name}", where=lambda t: t.rfm_segment == name)


def _rfm(cells: Cells) -> Outcome:
    enough = cells["rfm_customers_compared"] >= FEWEST
    counts = {name: f"rfm_{name}" for name in RFM_SEGMENTS}
    figures = {name: mean(cells[f"rfm_{name}"], cells["rfm_customers"]) for name in _FIGURES}
    segment = named(cells, "rfm_customers", counts)
    segment[~enough] = None
    details = {
        **figures,
        **{name: kept(figures[name], enough) for name in _SCORES},
        **{name: kept(cells[measure], enough) for name, measure in counts.items()},
        "segment": segment,
    }
    return replace(total("rfm_customers")(cells), details=details).absent(~enough, "n_too_small")


RFM_SEGMENT = Metric(
    id="rfm_segment",
    title=_("RFM segments"),
    title_zh="RFM分层",
    unit=Unit.COUNT,
    better=Better.NEITHER,
    tells=_(
        "Which customers are champions, loyal, new, at risk or lost, by how lately and how often they bought."
    ),
    formula_text=_(
        "scores from 1 to 5 by rank among the customers of the last 365 days: days since the last purchase, "
        "purchases, ledger amount; the value counts the customers scored"
    ),
    source="S1",
    measures=(
        _scored("rfm_customers"),
        *(_segment(name) for name in RFM_SEGMENTS),
        *(_figure(name, column) for name, column in _FIGURES.items()),
        on_day("rfm_customers_compared", Aggregate.MEAN, lambda t: t.customers_scored.cast("float64")),
    ),
    evaluate=_rfm,
    n="rfm_customers",
    placed_by="last day of the period",
    traps=_(
        "Scores compare customers with each other: somebody is always at the bottom. They are set before filters, "
        "and a customer belongs to the part of its last purchase."
    ),
    additive=True,
)

RFM_METRICS = (RFM_SEGMENT,)
