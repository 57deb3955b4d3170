"""Why a number changed: what each factor and each part of it brought, and where the change stands out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from salesmetrics.analysis.decomposition import CENT, Decomposition, Moved, decompose
from salesmetrics.analysis.mix_rate import MixRate, Share, mix_rate
from salesmetrics.analysis.segment_changes import (
    Apart,
    Part,
    apart,
    beyond,
    outstanding,
    parts_of_ratio,
    parts_of_sum,
)
from salesmetrics.engine import Engine, default_engine
from salesmetrics.errors import QueryError, nearest
from salesmetrics.i18n import _
from salesmetrics.i18n import noop as marked
from salesmetrics.metrics import CATALOGUE, deals
from salesmetrics.metrics.arithmetic import total
from salesmetrics.metrics.metric import Better, Metric, Unit
from salesmetrics.model.calendar import Period
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.answer_speed import ANSWERED, conversion_by_answer
from salesmetrics.query.driver_trees import DriverTree, trees_of
from salesmetrics.query.request import Compare, Filter, MetricQuery
from salesmetrics.query.resolve import Asked, Span, against, dimensions_of, resolve
from salesmetrics.query.two_periods import Pair, Side, asked_like, days_of, in_two_periods

DEEPEST = 3
"""So many parts one looks into, each inside the one before."""

LEAST = 0.2
"""A part that left the path of the others by less than this share of the change does not tell it."""

ANSWER = "answer"
"""The cut of leads by how soon they were answered; it is no dimension, and leads no further."""

WON_VALUE = Metric(
    id="won_value", title=marked("Won value"), title_zh="赢单金额", unit=Unit.MONEY, better=Better.HIGHER,
    tells=marked("What the deals won in the period are worth."), formula_text=marked("sum of won amounts"),
    source="S3 S4", measures=(deals.WON_AMOUNT, deals.WON_DEALS), evaluate=total("won_amount"), n="won",
    placed_by="close date", additive=True,
)  # fmt: skip

_ASKED_AS = {WON_VALUE.id: "win_rate"}

_SUMS = (
    "revenue", "gross_profit", "orders", "units", "leads", WON_VALUE.id, "pipeline_value", "weighted_pipeline",
    "open_opportunities",
)  # fmt: skip
_RATIOS = (
    "average_transaction_value", "gross_margin", "discount_rate", "return_rate", "price_per_unit",
    "profit_per_order", "lead_conversion_rate", "qualification_rate", "response_within_sla", "win_rate",
    "win_rate_value", "avg_deal_size", "quota_attainment",
)  # fmt: skip

_OF_CASES = ("lead_conversion_rate", "qualification_rate", "response_within_sla", "win_rate")
"""Ratios that count cases above and below the line: of these it is told which parts differ from the others."""

SUBJECTS = MappingProxyType({name: CATALOGUE.get(name, WON_VALUE) for name in (*_SUMS, *_RATIOS)})
"""Every number whose change can be taken apart, by id, in the order in which people ask for them."""

CUT_BY = ("region", "product", "category", "channel", "segment", "lead_source", "team", "rep", "tenure")
"""The dimensions whose parts are looked at."""

_ON_THE_MOVE = ("rep", "tenure")
"""Dimensions between which sums wander of themselves: people come and go, and stay longer year by year."""


@dataclass(frozen=True)
class Cut:
    """The change by the parts of one dimension: they sum to it.

    Of a ratio `split` tells mix and rate, and `apart` which parts differ from the others in the later period.
    """

    dimension: str
    parts: tuple[Part, ...]
    split: MixRate | None = None
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True)
class Branching:
    """A tree with the change that it takes apart."""

    tree: DriverTree
    found: Decomposition


@dataclass(frozen=True)
class Focus:
    """The part that left the path of the others furthest, and what its own change is the product of."""

    dimension: str
    part: Part
    inside: tuple[Branching, ...]


@dataclass(frozen=True)
class Why:
    """A number in two periods and all that tells how it came from one to the other.

    `period` and `base` are the days that are counted. `reason` says why the change cannot be told; then there is
    nothing else. `cuts` stand in the order of `CUT_BY`.
    """

    metric: Metric
    period: Period
    base: Period
    before: Side
    after: Side
    ratio: bool
    reason: str | None = None
    cuts: tuple[Cut, ...] = ()
    trees: tuple[Branching, ...] = ()
    focus: Focus | None = None

    @property
    def change(self) -> float:
        """By how much it changed."""
        return self.after.value - self.before.value

    def cut(self, dimension: str) -> Cut | None:
        """Give the cut by a dimension, where there is one."""
        return next((cut for cut in self.cuts if cut.dimension == dimension), None)


def why(
    data: Dataset, query: MetricQuery, base: Compare | Period = Compare.LAST_YEAR, engine: Engine | None = None
) -> Why:
    """Tell why the one metric of a request changed between a `base` and the request's period.

    What is asked of the engine are totals of both periods: by each dimension, and for the factors of the number;
    then the factors of the part that stands out. Filters narrow all of it. Raises QueryError like `compute`, and
    for a metric that cannot be taken apart.
    """
    engine = engine or default_engine()
    metric, one = subject_asked(engine, data, query)
    span = one.spans[0]
    against_span = against(span, base, query) if isinstance(base, Compare) else days_of(base, span)
    trees = [(tree, asked_like(engine, data, query, one, tree.as_metric())) for tree in trees_of(metric.id)]
    cut_by = _cut_by(one)
    asked = [one, *(tree_asked for _tree, tree_asked in trees), *(replace(one, by=(name,)) for name in cut_by)]
    if metric.id == "lead_conversion_rate":
        asked.append(asked_like(engine, data, query, one, conversion_by_answer(one.settings)))
    read = in_two_periods(engine, data, query, asked, against_span)
    [whole], of_trees, parts = read[0], read[1 : 1 + len(trees)], read[1 + len(trees) :]
    ratio = metric.id in _RATIOS
    found = Why(metric, span.period, against_span.period, whole.before, whole.after, ratio)
    undated = "undated" if one.undated else None
    reason = one.reason or undated or whole.after.reason or whole.before.reason
    if reason is not None:
        return replace(found, reason=reason)
    cuts = [_cut(name, pairs, whole, metric.id) for name, pairs in zip(cut_by, parts, strict=False)]
    if len(parts) > len(cut_by):
        cuts.append(_by_answer(parts[-1][0], whole))
    known = tuple(cut for cut in cuts if cut is not None)
    branchings = _branchings([tree for tree, _asked in trees], of_trees, whole)
    focus = _focus(engine, data, query, found, known, against_span)
    return replace(found, cuts=known, trees=branchings, focus=focus)


def subject_asked(engine: Engine, data: Dataset, query: MetricQuery) -> tuple[Metric, Asked]:
    """Settle what is asked of the one metric of a request; raises QueryError for one that cannot be taken apart."""
    [name] = query.metrics
    if name not in SUBJECTS:
        raise QueryError(
            _("A change of “{name}” cannot be taken apart.").format(name=name) + nearest(name, SUBJECTS)
        )
    metric = SUBJECTS[name]
    plain = replace(query, metrics=(_ASKED_AS.get(name, name),), by=(), grain=None, compare=())
    [one] = resolve(engine, data, plain)
    return metric, one if one.metric.id == name else asked_like(engine, data, query, one, metric)


def _cut_by(one: Asked) -> tuple[str, ...]:
    """Give the dimensions by which parts could be told apart: those that are not narrowed to one value."""
    single = {item.dimension for item in one.where if len(item.values) == 1}
    return tuple(name for name in CUT_BY if name in dimensions_of(one.metric, one.measures) and name not in single)


def _known(value: float) -> float:
    return 0.0 if math.isnan(value) else value


def _same(parts: Sequence[float], whole: float) -> bool:
    return abs(math.fsum(parts) - whole) <= CENT + 1e-9 * abs(whole)


def _cut(dimension: str, pairs: Sequence[Pair], whole: Pair, metric: str) -> Cut | None:
    """Give the cut by a dimension; None where its parts are not one whole, or there is but one."""
    if metric in _RATIOS:
        shares = [_share(pair) for pair in pairs]
        return _cut_of_ratio(dimension, [one for one in shares if _is_there(one)], whole, metric in _OF_CASES)
    values = [(pair.group[0], _known(pair.before.value), _known(pair.after.value)) for pair in pairs]
    values = [one for one in values if one[1] or one[2]]
    sums = _same([one[1] for one in values], whole.before.value) and _same(
        [one[2] for one in values], whole.after.value
    )
    return Cut(dimension, parts_of_sum(values)) if sums and len(values) > 1 else None


def _share(pair: Pair) -> Share:
    before, after = pair.before, pair.after
    return Share(pair.group[0], _known(before.top), _known(before.bottom), _known(after.top), _known(after.bottom))


def _is_there(share: Share) -> bool:
    return any((share.top_before, share.bottom_before, share.top_after, share.bottom_after))


def _cut_of_ratio(dimension: str, shares: Sequence[Share], whole: Pair, cases: bool) -> Cut | None:
    sides = (
        ([one.top_before for one in shares], whole.before.top), ([one.top_after for one in shares], whole.after.top),
        ([one.bottom_before for one in shares], whole.before.bottom),
        ([one.bottom_after for one in shares], whole.after.bottom),
    )  # fmt: skip
    split = mix_rate(shares) if len(shares) > 1 and all(_same(*side) for side in sides) else None
    if split is None:
        return None
    return Cut(dimension, parts_of_ratio(split), split, apart(shares) if cases else ())


def _by_answer(pair: Pair, whole: Pair) -> Cut | None:
    if pair.after.reason or pair.before.reason:
        return None
    before, after = pair.before.details, pair.after.details
    shares = [
        Share(kind, before[f"{kind}_converted"], before[kind], after[f"{kind}_converted"], after[kind])
        for kind in ANSWERED
    ]
    return _cut_of_ratio(ANSWER, [one for one in shares if _is_there(one)], whole, cases=True)


def _branchings(trees: Sequence[DriverTree], read: Sequence[Sequence[Pair]], whole: Pair) -> tuple[Branching, ...]:
    """Give the trees that take the change apart; of two that begin alike the one that tells more."""
    found = []
    for tree, pairs in zip(trees, read, strict=True):
        sides = [side for pair in pairs for side in (pair.before, pair.after)]
        if not sides or any(side.reason for side in sides):
            continue
        was, now = (tree.factor_values(side.details) for side in sides)
        if was is None or now is None:
            continue
        factors = [Moved(one.id, *figures) for one, *figures in zip(tree.factors, was, now, strict=True)]
        was, now = (tree.beside_values(side.details) for side in sides)
        others = [Moved(one.id, *figures) for one, *figures in zip(tree.beside, was, now, strict=True)]
        taken = decompose(factors, others, whole.before.value, whole.after.value)
        found.append(Branching(tree, taken))
    ids = {one.tree.id for one in found}
    return tuple(
        one for one in found if not ("revenue_by_customers" in ids and one.tree.id == "revenue_by_orders")
    )


def lags(found: Why, part: Part) -> bool:
    """Tell whether a part moved less than half as far as the whole did, for its size."""
    whole = found.change if found.ratio else found.change / found.before.value if found.before.value > 0 else 0.0
    own = part.after - part.before if found.ratio else part.by / part.before if part.before > 0 else 0.0
    return abs(own) < abs(whole) / 2


def _carries(found: Why, cut: Cut, part: Part) -> bool:
    """Tell whether a change can be told by a part: what stood still beside it, or is far too small, made none of it."""
    along = part.by * found.change > 0
    return abs(beyond(part, cut.parts)) >= LEAST * abs(found.change) and not (along and lags(found, part))


def _focus(
    engine: Engine, data: Dataset, query: MetricQuery, found: Why, cuts: Sequence[Cut], base: Span
) -> Focus | None:
    """Find the part that left the path of the others furthest, and take its own change apart."""
    steady = [cut for cut in cuts if found.ratio or cut.dimension not in _ON_THE_MOVE] or cuts
    best = [(cut, outstanding(cut.parts)) for cut in steady]
    clear = [(one[1], cut, one[0]) for cut, one in best if one is not None and _carries(found, cut, one[0])]
    if not clear:
        return None
    _clearly, cut, part = max(clear, key=lambda one: one[0])
    trees = trees_of(found.metric.id)
    if not trees or cut.dimension == ANSWER:
        return Focus(cut.dimension, part, ())
    inside = replace(query, where=(*query.where, Filter(cut.dimension, (part.name,))))
    _metric, one = subject_asked(engine, data, inside)
    asked = [one, *(asked_like(engine, data, inside, one, tree.as_metric()) for tree in trees)]
    [whole], *of_trees = in_two_periods(engine, data, inside, asked, base)
    return Focus(cut.dimension, part, _branchings(trees, of_trees, whole))
