"""The market: how much of it is ours, and whether we grow faster than it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from salesmetrics.i18n import noop as _
from salesmetrics.metrics.arithmetic import divide, nothing, over, reasons
from salesmetrics.metrics.measure import Aggregate, Expression, Measure, Per
from salesmetrics.metrics.metric import Better, Cells, Metric, Numbers, Outcome, Unit

INPUTS = (
    "market_size.period_start", "market_size.period_end", "market_size.amount", "orders.order_date", "orders.amount",
)  # fmt: skip
DAYS_ALIKE = 1
"""Days by which a cell may be known longer in one period than in the other: 29 February."""


def _sold(name: str, value: Expression, where: Expression | None = None) -> Measure:
    return Measure(name, "market_sale", "date", Aggregate.SUM, value, where, INPUTS)


def _inside(t: ir.Table) -> ir.BooleanValue:
    return t.in_market


SOLD = _sold("sold_in_market", lambda t: t.amount, _inside)
LINES = _sold("lines_in_market", lambda t: t.lines, _inside)
VOLUME_INSIDE = _sold("volume_in_market", lambda t: t.volume, _inside)
VOLUME = _sold("volume_sold", lambda t: t.volume)

# A market size of which the period holds some days counts with the share of these.
_CELL = Per(
    "market_cell",
    ("cell",),
    (
        ("days_inside", lambda t: t.count()),
        ("days_in_all", lambda t: t.cell_days.max()),
        ("size_in_all", lambda t: t.cell_amount.max()),
    ),
)
MARKET = Measure(
    "market_size", "market_day", "date", Aggregate.SUM,
    lambda t: t.size_in_all * (t.days_inside / t.days_in_all), inputs=INPUTS, per=_CELL,
)  # fmt: skip
CELLS = Measure("market_cells", "market_day", "date", Aggregate.COUNT, inputs=INPUTS, per=_CELL)
CUT = Measure(
    "market_cells_cut", "market_day", "date", Aggregate.COUNT, where=lambda t: t.days_inside < t.days_in_all,
    inputs=INPUTS, per=_CELL,
)  # fmt: skip


def _share(cells: Cells) -> Outcome:
    market = cells["market_size"]
    outcome = divide(cells, cells["sold_in_market"], market, positive_base=True)
    outcome = replace(outcome, warnings={"more_than_the_market": outcome.value > 1})
    return outcome.absent(cells["market_cells"] == 0, "no_rows")


MARKET_SHARE = Metric(
    id="market_share",
    title=_("Market share"),
    title_zh="市场份额",
    unit=Unit.PERCENT,
    better=Better.HIGHER,
    tells=_("How much of what the market buys is bought from us."),
    formula_text=_("revenue where the size of the market is known / size of that market"),
    source="S0 S1 S3",
    measures=(SOLD, MARKET, LINES, VOLUME_INSIDE, VOLUME, CELLS, CUT),
    evaluate=_share,
    n="lines_in_market",
    coverage=("volume_in_market", "volume_sold"),
    cautions=(("market_by_days", "market_cells_cut"),),
    traps=_(
        "Of market sizes for all and for parts only the parts count. What we sell where no market size is known stays out."
    ),
)

_OF_SALES = Per("sold_by_cell", ("region", "product"), (("sold", lambda t: t.amount.sum()),), where=_inside)
_OF_MARKET = Per(
    "market_by_cell",
    ("region", "product"),
    (("size", lambda t: t.amount.sum()), ("days_known", lambda t: t.date.nunique())),
)
SOLD_BY_CELL = Measure(
    "sold_by_cell", "market_sale", "date", Aggregate.LIST,
    lambda t: ibis.struct({"region": t.region, "product": t["product"], "sold": t.sold.cast("float64")}),
    inputs=INPUTS, per=_OF_SALES,
)  # fmt: skip
MARKET_BY_CELL = Measure(
    "market_by_cell", "market_day", "date", Aggregate.LIST,
    lambda t: ibis.struct(
        {"region": t.region, "product": t["product"], "size": t["size"], "days_known": t.days_known}
    ),
    inputs=INPUTS, per=_OF_MARKET,
)  # fmt: skip

_Cell = tuple[str, str]


def _by_cell(listed: Any) -> dict[_Cell, Mapping[str, float]]:
    counted = listed if isinstance(listed, (list, np.ndarray)) else []
    return {(one["region"], one["product"]): one for one in counted}


def _both(now: Any, before: Any) -> tuple[_Cell, ...]:
    """Name the cells whose market is known in both periods, for as many days of each."""
    known, base = _by_cell(now), _by_cell(before)
    return tuple(
        cell
        for cell, one in known.items()
        if cell in base and abs(one["days_known"] - base[cell]["days_known"]) <= DAYS_ALIKE
    )


def _total(lists: np.ndarray[Any, Any], figure: str, cells: list[tuple[_Cell, ...]]) -> Numbers:
    sums = []
    for listed, wanted in zip(lists, cells, strict=True):
        found = _by_cell(listed)
        sums.append(sum(float(found[cell][figure]) for cell in wanted if cell in found))
    return np.array(sums, dtype=float)


def _relative_growth(cells: Cells) -> Outcome:
    pairs = zip(cells["market_by_cell"], cells.base["market_by_cell"], strict=True)
    alike = [_both(now, before) for now, before in pairs]
    sold, sold_before = (_total(of["sold_by_cell"], "sold", alike) for of in (cells.measures, cells.base))
    size, size_before = (_total(of["market_by_cell"], "size", alike) for of in (cells.measures, cells.base))
    own, market = over(sold - sold_before, sold_before), over(size - size_before, size_before)
    empty = nothing(cells)
    details = {
        "growth": own, "market_growth": market, "revenue": sold, "revenue_before": sold_before, "market": size,
        "market_before": size_before,
    }  # fmt: skip
    outcome = Outcome(100 * (own - market), empty, empty, reasons(cells), details)
    for base in (sold_before, size_before):
        outcome = outcome.absent(base == 0, "zero_denominator").absent(base < 0, "negative_base")
    return outcome.absent(np.array([not each for each in alike], dtype=bool), "no_rows")


RELATIVE_GROWTH = Metric(
    id="relative_growth",
    title=_("Growth beyond the market"),
    title_zh="相对市场增长",
    unit=Unit.POINTS,
    better=Better.HIGHER,
    tells=_("How many percentage points faster than the market we grew on last year."),
    formula_text=_("our growth on last year - the market's, both where its size is known in both years"),
    source="S0 S1 S3",
    measures=(SOLD_BY_CELL, MARKET_BY_CELL, LINES, VOLUME_INSIDE, VOLUME),
    evaluate=_relative_growth,
    n="lines_in_market",
    coverage=("volume_in_market", "volume_sold"),
    shift="last_year",
    traps=_("A market that is told by quarter or year has no seasons inside: compare whole ones."),
)

MARKET_METRICS = (MARKET_SHARE, RELATIVE_GROWTH)
