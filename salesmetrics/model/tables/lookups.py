"""Sheets that are no table of their own: halves of one, and lists that complete one by key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from salesmetrics.model.tables import shared
from salesmetrics.model.tables.schema import DATE, NUMBER, TEXT, Column, Table

CATEGORIES = Table(
    "categories", "names of product categories by key",
    (
        Column("category_id", TEXT, "the key", required=True, synonyms=shared.CATEGORY_ID_COLUMN.synonyms),
        Column("category", TEXT, "the name", required=True, synonyms=shared.CATEGORY, hints=("name",
                                                                                             "description")),
    ),
    key=("category_id",), synonyms=("categories", "类别", "分类"),
)  # fmt: skip

REGIONS = Table(
    "regions", "names of regions by key",
    (
        Column("region_id", TEXT, "the key", required=True, synonyms=shared.REGION_ID_COLUMN.synonyms),
        Column("region", TEXT, "the name", required=True, synonyms=("region description", *shared.REGION),
               hints=("name", "description")),
    ),
    key=("region_id",), synonyms=("regions", "地区", "区域"),
)  # fmt: skip

TERRITORIES = Table(
    "territories", "the region of each territory",
    (
        Column("territory_id", TEXT, "the key", required=True, synonyms=shared.TERRITORY_ID_COLUMN.synonyms),
        Column("region_id", TEXT, "key into a list of regions", synonyms=shared.REGION_ID_COLUMN.synonyms),
        Column("region", TEXT, "the region's name", synonyms=shared.REGION[:3]),
    ),
    key=("territory_id",), synonyms=("territories", "辖区"), needs=(("territory_id",), ("region_id", "region")),
)  # fmt: skip

REP_TERRITORIES = Table(
    "rep_territories", "which territories each rep covers",
    (
        Column("rep_id", TEXT, "the rep", required=True, synonyms=(*shared.REP_ID, *shared.REP_NAME)),
        Column("territory_id", TEXT, "the territory", required=True, synonyms=shared.TERRITORY_ID_COLUMN.synonyms),
    ),
    synonyms=("employee territories", "rep territories"),
)  # fmt: skip

STAGES = Table(
    "deal_stages", "names of deal stages by key",
    (
        Column("stage_id", TEXT, "the key", required=True,
               synonyms=("stage id", "pipeline stage id", "deal pipeline stage id", "deal stage id", "阶段编号")),
        Column("stage", TEXT, "the name", required=True, synonyms=("stage", "stage name", "label", "阶段",
                                                                   "阶段名称"),
               hints=("name",)),
    ),
    key=("stage_id",), synonyms=("stages", "deal stages", "pipeline stages"),
)  # fmt: skip

REGION_MANAGERS = Table(
    "region_managers", "who manages each region: it names managers and is no list of reps",
    (
        Column("manager", TEXT, "the manager", required=True, synonyms=("regional manager", *shared.MANAGER)),
        Column("region", TEXT, "the region managed", required=True, synonyms=shared.REGION),
    ),
)  # fmt: skip

EXCHANGE_RATES = Table(
    "exchange_rates", "what currencies are worth in the reporting currency, and from when",
    (
        Column("currency", TEXT, "the currency converted", required=True,
               synonyms=("from currency", "base currency", "source currency", "original currency", "iso code",
                         "currency pair", "原币", "原币种", "外币", "币种代码", "货币对",
                         *shared.CURRENCY_COLUMN.synonyms),
               hints=("from", "code", "pair")),
        Column("rate", NUMBER, "what one unit of it is worth", required=True,
               synonyms=("exchange rate", "fx rate", "currency rate", "conversion rate", "exchangerate", "fx",
                         "汇率", "折算率", "折算汇率", "兑换率", "记账汇率"),
               hints=("value",)),
        Column("date", DATE, "the first day on which it holds",
               synonyms=("valid from", "effective date", "effective from", "start date", "rate date", "month",
                         "日期", "生效日期", "汇率日期", "月份", "起始日期"),
               hints=("from", "day", "period")),
        Column("to_currency", TEXT, "the currency it is converted to",
               synonyms=("target currency", "quote currency", "reporting currency", "company currency",
                         "目标币种", "本位币", "本币", "兑换币种", "折算币种"),
               hints=("to",)),
    ),
    synonyms=("exchange rates", "rates", "fx rates", "fx", "currency rates", "dated conversion rates", "汇率",
              "汇率表"),
)  # fmt: skip

LOOKUPS: Mapping[str, Table] = MappingProxyType(
    {
        table.name: table
        for table in (
            CATEGORIES, REGIONS, TERRITORIES, REP_TERRITORIES, STAGES, REGION_MANAGERS, EXCHANGE_RATES,
        )
    }
)  # fmt: skip
"""Lists that complete a table by key, by name; none of them is stored."""


@dataclass(frozen=True)
class Part:
    """A sheet that is half of a table: it has what `needs` says (as in Table) and nothing of `lacks`."""

    name: str
    table: str
    meaning: str
    needs: tuple[tuple[str, ...], ...]
    lacks: tuple[str, ...]


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        part.name: part
        for part in (
            Part("order_lines", "orders", "order lines whose dates stand in another sheet",
                 (("order_id",), ("amount", "unit_price+quantity")), ("order_date",)),
            Part("order_headers", "orders", "orders whose lines stand in another sheet",
                 (("order_id",), ("order_date",)), ("amount", "unit_price")),
            Part("returned_orders", "orders", "a list of orders that came back",
                 (("order_id",), ("returned", "return_date")), ("amount", "unit_price", "order_date")),
            Part("lead_outcomes", "leads", "what became of leads that stand in another sheet",
                 (("lead_id",), ("converted_at", "qualified_at", "first_response_at")),
                 ("created_at", "lead_source", "status")),
        )
    }
)  # fmt: skip
"""Halves of canonical tables, by name."""
