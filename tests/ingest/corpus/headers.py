"""Order lines under the headers of other programs and languages, and files that only make sense together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tests.ingest.corpus.case import LINES, Case, Expected, of_text, sold, text


def _under(name: str, *header: str) -> Case:
    return of_text(name, text(LINES, header), sold())


def _text(rows: Sequence[Sequence[object]], *header: str) -> bytes:
    return text(rows, header).encode()


_DEALS = (
    ("D1", "Big deal", "Closed Won", "1200.50", "2024-03-01", "2024-01-10", "Ann", "Web"),
    ("D2", "Small deal", "Closed Lost", "300", "2024-03-05", "2024-01-12", "Ben", "Event"),
    ("D3", "Open deal", "Proposal", "900", "2024-06-30", "2024-02-01", "Ann", "Web"),
)
_WON = {
    "opportunities": Expected(
        ("opportunity_id", "status", "amount", "created_date", "rep_id", "lead_source"),
        (
            ("D1", "won", Decimal("1200.5"), date(2024, 1, 10), "Ann", "Web"),
            ("D2", "lost", Decimal(300), date(2024, 1, 12), "Ben", "Event"),
            ("D3", "open", Decimal(900), date(2024, 2, 1), "Ann", "Web"),
        ),
    )
}


CASES = (
    _under("snake case", "order_id", "order_date", "customer_name", "product_name", "sales_region", "net_amount"),
    _under("camel case", "OrderId", "orderDate", "CustomerName", "productName", "Region", "NetAmount"),
    _under("abbreviations", "Order No.", "Order Dt", "Cust", "Prod", "Region", "Amt"),
    _under("capitals", "ORDER NUMBER", "ORDER DATE", "CUSTOMER", "PRODUCT", "REGION", "AMOUNT"),
    _under("units in brackets", "Order ID", "Order Date (local)", "Customer", "Product", "Region", "Amount (USD)"),
    _under("a unit without brackets", "Order ID", "Order Date", "Retailer", "Product", "Region", "Revenue in EUR"),
    _under("a word before each", "Order - ID", "Order - Date", "Order - Customer", "Order - Product", "Order - Region",
           "Order - Amount"),
    _under("simplified Chinese", "订单编号", "下单日期", "客户名称", "产品名称", "销售区域", "销售额"),
    _under("traditional Chinese", "訂單編號", "訂單日期", "客戶名稱", "產品名稱", "銷售區域", "銷售額"),
    _under("Chinese with units", "订单号", "下单时间", "客户", "商品名称", "大区", "金额（元）"),
    _under("a line break in a header", "Order\nID", "Order\nDate", "Customer", "Product", "Region", "Amount"),
    Case("deals of one program", {"deals.csv": _text(
        _DEALS, "Opportunity ID", "Opportunity Name", "Stage", "Amount", "Close Date", "Created Date", "Opportunity Owner",
        "Lead Source")}, _WON),
    Case("deals of another program", {"deals.csv": _text(
        _DEALS, "Record ID", "Deal Name", "Deal Stage", "Amount", "Close Date", "Create Date", "Deal owner",
        "Original Traffic Source")}, _WON),
    Case("deals in Chinese", {"商机.csv": _text(
        [(k, n, {"Closed Won": "赢单", "Closed Lost": "输单", "Proposal": "方案报价"}[s], a, c, d, o, source)
         for k, n, s, a, c, d, o, source in _DEALS],
        "商机编号", "商机名称", "商机阶段", "商机金额", "预计成交日期", "创建时间", "负责人", "商机来源")}, _WON),
    Case("headers and lines in two files", {
        "orders.csv": _text([("O1", "2024-01-05", "Ada"), ("O2", "2024-01-06", "Bo")], "Order ID", "Order Date", "Customer"),
        "order-details.csv": _text([("O1", "Tea", "2.5", "4"), ("O1", "Rice", "1", "3"), ("O2", "Tea", "2", "10")],
                                   "Order ID", "Product", "Unit Price", "Quantity")},
        {"orders": Expected(("order_id", "customer_id", "product", "amount"), (
            ("O1", "Ada", "Tea", Decimal(10)), ("O1", "Ada", "Rice", Decimal(3)), ("O2", "Bo", "Tea", Decimal(20))))}),
    Case("orders, who sold them and what they should", {
        "orders.csv": _text([("2024-01-05", "R1", "10"), ("2024-01-06", "R2", "20")], "Order Date", "Rep ID", "Amount"),
        "team.csv": _text([("R1", "Ann", "East", "2020-05-01"), ("R2", "Ben", "West", "2023-11-15")],
                          "Rep ID", "Name", "Region", "Hire Date"),
        "quotas.csv": _text([("R1", "2024-01-01", "2024-03-31", "100")], "Rep ID", "Period Start", "Period End", "Quota")},
        {"orders": Expected(("rep_id", "amount"), (("R1", Decimal(10)), ("R2", Decimal(20)))),
         "reps": Expected(("rep_id", "name", "region", "hire_date"), (
             ("R1", "Ann", "East", date(2020, 5, 1)), ("R2", "Ben", "West", date(2023, 11, 15)))),
         "quotas": Expected(("scope_id", "amount"), (("R1", Decimal(100)),))}),
)  # fmt: skip
"""Names of columns in every style, and tables that are recognised beside each other."""
