"""Benchmark against peers: where a rep stands among those who can fairly be compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.analysis.benchmark import Figure, Place, places
from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import nothing
from salesmetrics.metrics.leads import LEAD_CONVERSION_RATE, QUALIFIED_LEADS
from salesmetrics.metrics.measure import Aggregate, Measure, Per
from salesmetrics.metrics.metric import Better, Cells, Metric, Outcome, Parameter, Unit
from salesmetrics.metrics.pipeline import WIN_RATE
from salesmetrics.metrics.quota import QUOTA_ATTAINMENT
from salesmetrics.metrics.response import LEAD_RESPONSE_TIME
from salesmetrics.metrics.team import REP_DIMENSIONS, REVENUE_PER_REP_MONTH
from salesmetrics.metrics.volume import REVENUE
from salesmetrics.model.dimensions import UNKNOWN

COMPARED: Mapping[str, Metric] = {
    metric.id: metric
    for metric in (
        WIN_RATE, LEAD_CONVERSION_RATE, QUALIFIED_LEADS, LEAD_RESPONSE_TIME, QUOTA_ATTAINMENT, REVENUE,
        REVENUE_PER_REP_MONTH,
    )
}  # fmt: skip
"""What reps can be compared in."""

RATES = frozenset({WIN_RATE.id, LEAD_CONVERSION_RATE.id})
"""Those that are shares of cases: of few cases they say little."""

_OF = Parameter("of", WIN_RATE.id, _("what reps are compared in"), tuple(COMPARED))


def _is_last(t: ir.Table) -> ir.BooleanValue:
    """Tell the last day employed in the period; where a file has no dates, the last of all."""
    if "period_end" not in t.columns:
        return t.day == t.last_day
    return t.day == ibis.least(t.last_day, t.period_end - ibis.interval(days=1))


# Where the rep was, and for how long with the company, on the last day employed in the period.
_LAST_DAY = Per(
    "last_day_of_rep",
    ("rep",),
    (("where", lambda t: t.region.max()), ("since", lambda t: t.tenure_at_day.max())),
    where=_is_last,
)
_WHO = Measure(
    "where_and_since", "employed_day", "day", Aggregate.LIST,
    lambda t: ibis.struct({"region": t["where"], "tenure": t.since}), per=_LAST_DAY,
)  # fmt: skip


def _measures(settings: Mapping[str, str]) -> tuple[Measure, ...]:
    metric = COMPARED[settings["of"]]
    own = metric.settings({})
    measures = metric.made_of(own)
    counted = next(measure for measure in measures if measure.name == metric.counted(own))
    named = replace(
        counted, name=f"named_in_{metric.id}", aggregate=Aggregate.COUNT, value=None, where=_is_named, per=None
    )
    return (*measures, named, _WHO)


def _is_named(t: ir.Table) -> ir.BooleanValue:
    return t.rep != UNKNOWN


def _one(listed: object) -> tuple[str | None, str | None]:
    """Give region and tenure of a row that is one rep; None for what is not known."""
    rows = listed if isinstance(listed, (list, np.ndarray)) else []
    if len(rows) != 1:
        return None, None
    region, tenure = (rows[0][name] for name in ("region", "tenure"))
    return (None if region == UNKNOWN else region), (None if tenure == UNKNOWN else tenure)


def _compared(cells: Cells) -> Outcome:
    of = cells.parameters["of"]
    metric = COMPARED[of]
    own = metric.evaluate(replace(cells, parameters=metric.settings({})))
    people = [_one(listed) for listed in cells["where_and_since"]]
    is_one = (np.nan_to_num(cells[f"named_in_{of}"]) > 0) | np.array(
        [who != (None, None) for who in people], dtype=bool
    )
    value = np.where(own.stands & is_one, own.value, np.nan)
    rate = of in RATES
    figures = [
        Figure(float(value[row]), *people[row], *((own.numerator[row], own.denominator[row]) if rate else ()))
        for row in range(cells.size)
    ]
    found: dict[int, Place] = {}
    for span in np.unique(cells.rows.span):
        rows = np.flatnonzero(cells.rows.span == span).tolist()
        placed = places([figures[row] for row in rows], lower_is_better=metric.better is Better.LOWER)
        found.update(zip(rows, placed, strict=True))
    all_places = [found[row] for row in range(cells.size)]
    settled, median, percentile = (
        np.array([getattr(place, name) for place in all_places], dtype=np.float64)
        for name in ("shrunk", "median", "percentile")
    )
    details = {
        "own": value,
        "shrunk": settled,
        "peer_median": median,
        "gap": settled - median,
        "peers": np.array([float(place.peers) for place in all_places]),
        "among": np.array([place.among for place in all_places], dtype=np.object_),
        "k": own.numerator if rate else nothing(cells),
        "n": own.denominator if rate else nothing(cells),
    }
    outcome = Outcome(percentile, nothing(cells), nothing(cells), own.reason, details)
    return outcome.absent(own.stands & np.isnan(percentile), "n_too_small")


def _counted(settings: Mapping[str, str]) -> str:
    metric = COMPARED[settings["of"]]
    return metric.counted(metric.settings({}))


REP_BENCHMARK = Metric(
    id="rep_benchmark",
    title=_("Standing among peers"),
    title_zh="同伴基准",
    unit=Unit.POINTS,
    better=Better.HIGHER,
    tells=_("Where a rep stands among reps of the same region and tenure: 50 is the middle, 100 the best."),
    formula_text=_(
        "percentile among at least five peers: same region and tenure, else same tenure, else all; rates of fewer than"
        " 20 cases count as if 20 more had gone as the peers' do"
    ),
    source="S3",
    measures=_measures,
    evaluate=_compared,
    n=_counted,
    dimensions=REP_DIMENSIONS,
    by=("rep",),
    parameters=(_OF,),
    placed_by=_("date of what is compared"),
    traps=_("Peers are those that the filters leave. Chance alone spreads reps: a few points say nothing."),
)

BENCHMARK_METRICS = (REP_BENCHMARK,)
