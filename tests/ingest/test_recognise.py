"""What a sheet is and what its headers mean, told from headers, names and how well values fit."""

from __future__ import annotations

import pytest

from salesmetrics.ingest.fold import fold
from salesmetrics.ingest.recognise import recognise


def mapped(*header: str, names: tuple[str, ...] = ()) -> tuple[str | None, dict[str, str]]:
    found = recognise(header, names)
    return found.kind.name if found.kind else None, {m.column.name: m.header for m in found.matches}


@pytest.mark.parametrize(
    "header",
    [
        "Order Date",
        "order_date",
        "ORDER-DATE",
        "orderDate",
        "Order.Date",
        "Order/Date",
        " order  date ",
        "订单日期",
        "訂單日期",
    ],
)
def test_spelling_of_a_header_does_not_matter(header: str) -> None:
    kind, columns = mapped(header, "Amount (USD)")
    assert kind == "orders"
    assert columns == {"order_date": header, "amount": "Amount (USD)"}


def test_simplified_and_traditional_chinese() -> None:
    simplified = ("订单日期", "金额", "客户", "销售员", "地区", "产品", "数量", "成本", "渠道")
    traditional = ("訂單日期", "金額", "客戶", "銷售員", "地區", "產品", "數量", "成本", "渠道")
    expected = [
        "order_date",
        "amount",
        "customer_name",
        "rep_name",
        "region",
        "product",
        "quantity",
        "cost",
        "channel",
    ]
    for header in (simplified, traditional):
        kind, columns = mapped(*header)
        assert kind == "orders"
        assert columns == dict(zip(expected, header, strict=True))


@pytest.mark.parametrize(
    ("header", "table"),
    [
        (("商机编号", "阶段", "金额", "创建日期", "负责人"), "opportunities"),
        (("线索编号", "创建时间", "线索来源", "首次响应时间"), "leads"),
        (("工号", "姓名", "入职日期", "团队", "区域"), "reps"),
        (("客户编号", "客户名称", "行业", "城市"), "customers"),
        (("产品编号", "产品名称", "类别", "单价", "成本"), "products"),
        (("销售员", "月份", "销售目标"), "quotas"),
        (("日期", "费用", "渠道"), "spend"),
        (("客户编号", "日期", "评分"), "feedback"),
        (("销售员", "培训日期", "学时", "课程"), "training"),
        (("销售员", "跟进时间", "跟进方式", "客户"), "activities"),
        (("商机编号", "阶段", "进入时间"), "stage_history"),
        (("開始日期", "結束日期", "市場規模"), "market_size"),
        (("opportunity_id", "stage", "entered_at"), "stage_history"),
        (("rep_id", "at", "type", "lead_id"), "activities"),
        (("date", "amount", "kind", "lead_source"), "spend"),
        (("scope", "scope_id", "period_start", "period_end", "amount"), "quotas"),
        (("customer_id", "date", "score", "kind"), "feedback"),
        (("rep_id", "date", "hours"), "training"),
        (("metric_id", "objective", "target", "period", "owner"), "kpis"),
    ],
)
def test_each_table_is_told_from_its_headers(header: tuple[str, ...], table: str) -> None:
    assert mapped(*header)[0] == table


def test_a_row_number_is_no_order_and_a_country_no_region() -> None:
    _kind, columns = mapped("Row ID", "Order Date", "Ship Date", "Country/Region", "Region", "Sales")
    assert columns == {"order_date": "Order Date", "region": "Region", "amount": "Sales"}


def test_region_between_city_and_postal_code_is_an_address() -> None:
    header = (
        "employeeID",
        "lastName",
        "firstName",
        "hireDate",
        "address",
        "city",
        "region",
        "postalCode",
        "country",
    )
    kind, columns = mapped(*header)
    assert kind == "reps"
    assert "region" not in columns
    assert recognise(header).remarks == (
        "`region` stands in a postal address, so it is not read as a sales region.",
    )
    # With a state beside it, it is no part of the address.
    assert mapped("rep", "hire date", "city", "region", "postalCode", "state")[1]["region"] == "region"


def test_no_header_stands_for_two_columns_and_no_column_twice() -> None:
    header = ("Order Date", "Date", "Sales", "Revenue", "Amount", "Customer", "Customer Name", "Client")
    matches = recognise(header).matches
    assert len({match.index for match in matches}) == len(matches)
    assert len({match.column.name for match in matches}) == len(matches)


def test_the_surer_header_wins_and_says_why() -> None:
    found = recognise(("Date", "Order Date", "amount"))
    assert {m.header: m.column.name for m in found.matches} == {"Order Date": "order_date", "amount": "amount"}
    evidence = {m.column.name: m.evidence for m in found.matches}
    assert evidence["order_date"].startswith("header `Order Date` is the name of order_date")
    [hinted] = [m for m in recognise(("Date", "Sales")).matches if m.column.name == "order_date"]
    assert hinted.confidence < found.match("order_date").confidence  # type: ignore[union-attr]


def test_values_that_do_not_fit_speak_against_a_header() -> None:
    def fit(index: int, _column: object) -> float:
        return 0.0 if index == 1 else 1.0

    found = recognise(("Order Date", "Sales", "Net Sales"), fit=fit)
    assert {m.column.name: m.header for m in found.matches} == {"order_date": "Order Date", "amount": "Net Sales"}


def test_what_is_missing_is_named() -> None:
    found = recognise(("Sales", "Region", "Channel"))
    assert found.kind is None
    assert found.nearest is not None
    assert (found.nearest.name, found.misses) == ("orders", (("order_date",),))


def test_halves_and_lists_are_told_from_tables() -> None:
    assert mapped("orderID", "productID", "unitPrice", "quantity", "discount")[0] == "order_lines"
    assert mapped("orderID", "customerID", "orderDate")[0] == "order_headers"
    assert mapped("Returned", "Order ID")[0] == "returned_orders"
    assert mapped("Regional Manager", "Region")[0] == "region_managers"
    assert mapped("categoryID", "categoryName", "description")[0] == "categories"
    assert mapped("employeeID", "territoryID")[0] == "rep_territories"


def test_revenue_of_an_account_is_no_amount() -> None:
    kind, columns = mapped("account", "sector", "year_established", "revenue", "employees")
    assert kind == "customers"
    assert "revenue" not in columns.values()


def test_fold_keeps_what_tells_percent_from_money() -> None:
    assert fold("Discount (%)") != fold("Discount")
    assert mapped("Order Date", "Sales", "Discount (%)")[1]["discount_rate"] == "Discount (%)"
