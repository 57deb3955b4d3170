"""Order lines in the encodings that spreadsheets and old systems write."""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from tests.ingest.corpus.case import Case, Expected, text

COLUMNS = ("order_date", "customer_id", "region", "amount")
WESTERN = (
    ("2024-01-05", "Café Müller", "Île-de-France", "12.50"),
    ("2024-01-06", "Señor Núñez", "São Paulo", "80.00"),
    ("2024-01-07", "Crème Brûlée", "Zürich", "7.25"),
    ("2024-01-08", "Jörg Weiß", "Köln", "99.00"),
    ("2024-01-09", "Façade à Paris", "Genève", "14.00"),
)
SIMPLIFIED = (
    ("2024-01-05", "上海贸易有限公司", "华东", "12.50"),
    ("2024-01-06", "北京科技", "华北", "80.00"),
    ("2024-01-07", "广州食品", "华南", "7.25"),
)
TRADITIONAL = (
    ("2024-01-05", "臺北貿易股份有限公司", "北區", "12.50"),
    ("2024-01-06", "高雄食品", "南區", "80.00"),
    ("2024-01-07", "臺中科技", "中區", "7.25"),
)
ENGLISH_HEADER = ("Order Date", "Customer", "Region", "Amount")
SIMPLIFIED_HEADER = ("订单日期", "客户", "地区", "金额")
TRADITIONAL_HEADER = ("訂單日期", "客戶", "地區", "金額")


def _sold(rows: Sequence[tuple[str, str, str, str]]) -> Mapping[str, Expected]:
    return {
        "orders": Expected(
            COLUMNS,
            tuple((date.fromisoformat(d), customer, region, Decimal(a)) for d, customer, region, a in rows),
        )
    }


def _case(name: str, rows: Sequence[tuple[str, str, str, str]], header: Sequence[str], coded: str) -> Case:
    return Case(f"{name} as {coded}", {"orders.csv": text(rows, header).encode(coded)}, _sold(rows))


CASES = (
    *(_case("western", WESTERN, ENGLISH_HEADER, coded) for coded in
      ("utf-8", "utf-8-sig", "utf-16", "cp1252", "cp850")),
    *(_case("simplified Chinese", SIMPLIFIED, SIMPLIFIED_HEADER, coded) for coded in
      ("utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030")),
    *(_case("traditional Chinese", TRADITIONAL, TRADITIONAL_HEADER, coded) for coded in
      ("utf-8", "utf-16", "big5", "gb18030")),
    Case("UTF-16 little end first, no mark", {"orders.csv": text(WESTERN, ENGLISH_HEADER).encode("utf-16-le")},
         _sold(WESTERN)),
    Case("UTF-16 big end first with mark",
         {"orders.csv": codecs.BOM_UTF16_BE + text(SIMPLIFIED, SIMPLIFIED_HEADER).encode("utf-16-be")},
         _sold(SIMPLIFIED)),
    Case("a western file as a DOS program writes it",
         {"orders.csv": text(WESTERN[:1] + WESTERN[3:4], ENGLISH_HEADER).encode("cp437", "replace")},
         {"orders": Expected(("amount",), ((Decimal("12.50"),), (Decimal("99.00"),)))}),
    Case("the encoding that a person names",
         {"orders.csv": text(WESTERN[3:4], ENGLISH_HEADER).encode("cp850")}, _sold(WESTERN[3:4]),
         maps=("encoding=orders.csv:cp850",)),
    Case("Chinese values under English headers as gbk",
         {"orders.csv": text(SIMPLIFIED, ENGLISH_HEADER).encode("gbk")}, _sold(SIMPLIFIED)),
)  # fmt: skip
"""Every encoding; the bytes of the whole file tell."""
