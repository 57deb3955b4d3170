"""How large the market was and what we sold in it, cell by cell: a stretch of time, a region, a product.

Only the finest rows about the same market count, so that no total is added to its parts.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from salesmetrics.model.derived.relation import Relation, Source, known
from salesmetrics.model.dimensions import UNKNOWN

LEVELS: tuple[tuple[str, ...], ...] = (("region", "product"), ("region",), ("product",), ())
"""What a row of market sizes can be about, the finest first; what it leaves blank it covers all of."""


def _rows(source: Source) -> ir.Table:
    """Market sizes with a length and a level; of rows about the same the last one counts."""
    sizes = source.table("market_size").mutate(line=ibis.row_number())
    sizes = sizes.filter(sizes.period_end >= sizes.period_start, sizes.amount.notnull())
    sizes = sizes.mutate(
        region=sizes.region.nullif(""),
        product=sizes["product"].nullif(""),
        length=sizes.period_end.delta(sizes.period_start, unit="day") + 1,
    )
    alike = [sizes.period_start, sizes.period_end, sizes.region, sizes["product"]]
    sizes = sizes.mutate(again=ibis.row_number().over(group_by=alike, order_by=sizes.line.desc()))
    level = sizes.region.notnull().cast("int8") * 2 + sizes["product"].notnull().cast("int8")
    return sizes.filter(sizes.again == 0).mutate(level=level).drop("again")


def _finest(source: Source) -> ir.Table:
    """Market sizes of which no two are about the same day, region and product."""
    sizes = _rows(source)
    other = sizes.view()

    def shared(name: str) -> ir.BooleanValue:
        return sizes[name].isnull() | other[name].isnull() | (sizes[name] == other[name])

    # Finer is about less: more of region and product named, then fewer days, then the earlier start.
    finer = ibis.or_(
        other.level > sizes.level,
        (other.level == sizes.level) & (other.length < sizes.length),
        (other.level == sizes.level) & (other.length == sizes.length) & (other.period_start < sizes.period_start),
    )
    meets = (sizes.period_start <= other.period_end) & (other.period_start <= sizes.period_end)
    return sizes.anti_join(other, [meets & shared("region") & shared("product") & finer])


def _build_market_day(source: Source, as_of: ir.DateScalar) -> ir.Table:
    sizes = _finest(source).filter(lambda t: t.period_start <= as_of)
    days = ibis.range(
        sizes.period_start.cast("timestamp"),
        (ibis.least(sizes.period_end, as_of) + ibis.interval(days=1)).cast("timestamp"),
        ibis.interval(days=1),
    )
    each = sizes.mutate(date=days.unnest())
    return each.select(
        cell=each.line,
        date=each.date.cast("date"),
        amount=each.amount.cast("float64") / each.length,
        cell_amount=each.amount.cast("float64"),
        cell_days=each.length,
        level=each.level,
        region=known(each.region),
        product=known(each["product"]),
    )


def _build_market_sale(source: Source, as_of: ir.DateScalar) -> ir.Table:
    ledger = source.relation("ledger")
    market = source.relation("market_day")
    sold = ledger.group_by("date", "region", "product").aggregate(
        amount=ledger.amount.sum(), volume=ledger.amount.abs().sum(), lines=ledger.count()
    )
    for place, names in enumerate(LEVELS):
        of_level = market.filter(market.level == len(LEVELS) - 1 - place)
        keys = {f"{name}_{place}": name for name in ("date", *names)}
        of_level = of_level.select(**{f"cell_{place}": of_level.cell, **{k: of_level[n] for k, n in keys.items()}})
        sold = sold.left_join(of_level, [sold[name] == of_level[key] for key, name in keys.items()])
        sold = sold.drop(*keys)
    found = [sold[f"cell_{place}"].notnull() for place in range(len(LEVELS))]
    inside = ibis.or_(*found)
    # A sale stands under the cell it is in: of a market known for all products it is known for no product.
    by_region, by_product = found[0] | found[1] | ~inside, found[0] | found[2] | ~inside
    return sold.select(
        "date", "amount", "volume", "lines",
        in_market=inside,
        region=by_region.ifelse(sold.region, UNKNOWN),
        product=by_product.ifelse(sold["product"], UNKNOWN),
    )  # fmt: skip


MARKET_DAY = Relation(
    name="market_day",
    meaning="what the whole market was worth on each day, one row for each cell known",
    key=("cell", "date"),
    tables=("orders",),
    dimensions=("region", "product"),
    build=_build_market_day,
)

MARKET_SALE = Relation(
    name="market_sale",
    meaning="what we sold on each day, and whether the market it was sold in is known",
    key=(),
    tables=("orders",),
    dimensions=("region", "product"),
    build=_build_market_sale,
    needs=("ledger", "market_day"),
)
