"""The customers' voice: how satisfied they are, and whether they would recommend us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis.expr.types as ir
import numpy as np

from salesmetrics.analysis.share_bounds import wilson
from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import divide, kept, over
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit
from salesmetrics.model.derived.feedback import CSAT, DISSATISFIED, NEUTRAL, NPS, SATISFIED

FEW_ANSWERS = 10
"""Answers below which a figure is shown with a warning."""

PROMOTER, DETRACTOR = 9, 6
"""Lowest score of those who would recommend, highest of those who would not."""

ANSWERS = ("feedback.customer_id", "feedback.date", "feedback.score", "feedback.kind")
_BANDS = (SATISFIED, NEUTRAL, DISSATISFIED)


def _rows(
    name: str, where: Expression, aggregate: Aggregate = Aggregate.COUNT, value: Expression | None = None,
    per: Per | None = None,
) -> Measure:  # fmt: skip
    return Measure(name, "feedback", "date", aggregate, value, where, ANSWERS, per)


# One voice a customer: the last answer of the period.
_LATEST = Per(
    "latest_csat",
    ("respondent",),
    (
        ("latest_band", lambda t: t.band.argmax(t.turn)),
        ("latest_score", lambda t: t.score.cast("float64").argmax(t.turn)),
        ("scale", lambda t: (t.lowest.cast("string") + " - " + t.highest.cast("string")).argmax(t.turn)),
        ("latest_days_to_next", lambda t: t.days_to_next.argmax(t.turn)),
        ("latest_days_seen", lambda t: t.days_seen.argmax(t.turn)),
    ),
    where=lambda t: (t.kind == CSAT) & t.counted,
)


def _anyone(t: ir.Table) -> ir.BooleanValue:
    return t.latest_band.notnull()


def _csat_measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    days = int(settings["horizon"])

    def of(band: str) -> tuple[Measure, Measure]:
        def seen(t: ir.Table) -> ir.BooleanValue:
            return (t.latest_band == band) & (t.latest_days_seen >= days)

        def came_back(t: ir.Table) -> ir.BooleanValue:
            return seen(t) & (t.latest_days_to_next <= days)

        return (
            _rows(f"{band}_seen_{days}", seen, per=_LATEST),
            _rows(f"{band}_came_back_{days}", came_back, per=_LATEST),
        )

    return (
        _rows("satisfied", lambda t: t.latest_band == SATISFIED, per=_LATEST),
        _rows("customers_answering", _anyone, per=_LATEST),
        _rows("mean_score", _anyone, Aggregate.MEAN, lambda t: t.latest_score, _LATEST),
        _rows("scales", _anyone, Aggregate.DISTINCT, lambda t: t.scale, _LATEST),
        *(measure for band in _BANDS for measure in of(band)),
        _rows("csat_on_scale", lambda t: (t.kind == CSAT) & t.counted),
        _rows("csat_answers", lambda t: t.kind == CSAT),
    )


def _csat(cells: Cells) -> Outcome:
    days = cells.parameters["horizon"]
    satisfied, answered = cells["satisfied"], cells["customers_answering"]
    low, high = wilson(np.minimum(satisfied, answered), answered)
    outcome = divide(cells, satisfied, answered)
    details = {
        "low": low,
        "high": high,
        # Scores of different scales have no common mean.
        "mean_score": kept(cells["mean_score"], cells["scales"] == 1),
    }
    for band in _BANDS:
        seen = cells[f"{band}_seen_{days}"]
        details[f"bought_again_{band}"] = over(cells[f"{band}_came_back_{days}"], seen)
        details[f"customers_{band}"] = seen
    few = (answered > 0) & (answered < FEW_ANSWERS)
    return replace(_of_answers(outcome, cells, "csat"), details=details, warnings={"few_answers": few})


def _of_answers(outcome: Outcome, cells: Cells, kind: str) -> Outcome:
    """Say why there is nothing: nobody was asked, or nobody answered on a scale that can be read."""
    unread = (cells[f"{kind}_on_scale"] == 0) & (cells[f"{kind}_answers"] > 0)
    return outcome.absent(cells[f"{kind}_answers"] == 0, "no_rows").absent(unread, "low_coverage")


CSAT_METRIC = Metric(
    id="csat",
    title=_("Customer satisfaction"),
    title_zh="客户满意度",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How many of the customers who answered are satisfied."),
    formula_text=_(
        "customers in the top quarter of the scale (4 or 5 of 5) / customers who answered, by their last answer"
    ),
    source="S0 S1 S4",
    measures=_csat_measures,
    evaluate=_csat,
    n="customers_answering",
    coverage=("csat_on_scale", "csat_answers"),
    placed_by="date of the answer",
    parameters=(Parameter("horizon", "90", _("days within which a later purchase counts as buying again")),),
    traps=_(
        "Who answers is not everybody. That the satisfied buy again more often does not say that satisfaction is why."
    ),
)


def _recommends(t: ir.Table) -> ir.BooleanValue:
    return (t.kind == NPS) & t.counted & (t.lowest == 0) & (t.highest == 10)


_NPS_MEASURES = (
    _rows("promoters", lambda t: _recommends(t) & (t.score >= PROMOTER)),
    _rows("detractors", lambda t: _recommends(t) & (t.score <= DETRACTOR)),
    _rows("nps_on_scale", _recommends),
    _rows("nps_answers", lambda t: t.kind == NPS),
)


def _nps(cells: Cells) -> Outcome:
    answered = cells["nps_on_scale"]
    for_us, against = over(cells["promoters"], answered), over(cells["detractors"], answered)
    outcome = divide(cells, cells["promoters"] - cells["detractors"], answered)
    spread = np.maximum(for_us + against - (for_us - against) ** 2, 0)
    details = {
        "promoters": for_us,
        "detractors": against,
        "passives": 1 - for_us - against,
        "standard_error": 100 * np.sqrt(over(spread, answered)),
    }
    few = (answered > 0) & (answered < FEW_ANSWERS)
    outcome = replace(outcome, value=100 * outcome.value, details=details, warnings={"few_answers": few})
    return _of_answers(outcome, cells, "nps")


NPS_METRIC = Metric(
    id="nps",
    title=_("Net promoter score"),
    title_zh="净推荐值",
    unit=Unit.POINTS,
    better=Better.HIGHER,
    tells=_("Whether more customers would recommend us than would warn of us."),
    formula_text=_("share of scores 9 and 10 - share of scores 0 to 6, in points from -100 to 100"),
    source="S4 S2",
    measures=_NPS_MEASURES,
    evaluate=_nps,
    n="nps_on_scale",
    coverage=("nps_on_scale", "nps_answers"),
    placed_by="date of the answer",
    traps=_("Only answers on a scale from 0 to 10 count. Look at the standard error before calling it a change."),
)

VOICE_METRICS = (CSAT_METRIC, NPS_METRIC)
