"""Orders: amounts, costs and discounts that a file holds without saying so; halves, returns, lists by key."""

from __future__ import annotations

from decimal import Decimal

import pytest

from .conftest import Given


def test_amount_is_price_times_quantity_less_discount(given: Given) -> None:
    got = given(
        {"a.csv": "Order Date,Unit Price,Quantity,Discount\n2024-01-05,14.00,12,0\n2024-01-06,42.40,35,0.15\n"}
    )
    assert got.sql("SELECT amount, discount FROM orders ORDER BY 1") == [
        (Decimal("168"), Decimal("0")),
        (Decimal("1261.4"), Decimal("222.6")),
    ]
    assert "Line amount is unit price x quantity x (1 - discount)." in got.sheet("a.csv").derivations


@pytest.mark.parametrize("written", ["15", "15%"])
def test_a_discount_in_percent_is_told_from_its_column(given: Given, written: str) -> None:
    got = given(
        {
            "a.csv": f"Order Date,Sales,Discount %\n"
            f"2024-01-05,85,{written}\n2024-01-06,10,0\n2024-01-07,50,{written.replace('15', '50')}\n"
        }
    )
    assert got.sql("SELECT discount FROM orders ORDER BY order_date") == [(15,), (0,), (50,)]


def test_a_discount_in_money_stays_money(given: Given) -> None:
    got = given({"a.csv": "Order Date,Sales,Discount\n2024-01-05,85,15\n2024-01-06,10,0\n"})
    assert got.sql("SELECT discount FROM orders ORDER BY order_date") == [(15,), (0,)]
    off = given({"a.csv": "Order Date,Unit Price,Quantity,Discount\n2024-01-05,10,3,5\n"})
    assert off.sql("SELECT amount, discount FROM orders") == [(25, 5)]


def test_what_was_given_away_is_unknown_where_nothing_was_left_to_pay(given: Given) -> None:
    got = given({"a.csv": "Order Date,Sales,Discount Rate\n2024-01-05,0,0.5\n2024-01-06,10,1\n2024-01-07,8,0.2\n"})
    assert got.sql("SELECT discount FROM orders ORDER BY order_date") == [(None,), (None,), (2,)]


def test_cost_is_amount_less_profit(given: Given) -> None:
    got = given({"a.csv": "Order Date,Sales,Profit\n2024-01-05,100,30\n2024-01-06,50,-10\n2024-01-07,50,\n"})
    assert got.sql("SELECT cost FROM orders ORDER BY order_date") == [(70,), (60,), (None,)]
    assert "Cost is amount - profit." in got.sheet("a.csv").derivations


def test_cost_is_unit_cost_times_quantity_from_the_list_of_products_where_absent(given: Given) -> None:
    got = given(
        {
            "orders.csv": "Order Date,Sales,Qty,Product,Cost\n"
            "2024-01-05,100,2,P,\n2024-01-06,100,2,P,70\n2024-01-07,1,1,Z,\n",
            "products.csv": "product,unit cost\nP,30\n",
        }
    )
    assert got.sql("SELECT cost FROM orders ORDER BY order_date") == [(60,), (70,), (None,)]
    assert got.notes("orders")["cost_from_products"] == 1


def test_negative_quantities_are_returns(given: Given) -> None:
    got = given({"a.csv": "InvoiceNo,InvoiceDate,Quantity,UnitPrice\n1,2024-01-05,3,2.5\nC2,2024-01-06,-1,2.5\n"})
    assert got.sql("SELECT order_id, amount FROM orders ORDER BY 1") == [
        ("1", Decimal("7.5")),
        ("C2", Decimal("-2.5")),
    ]


def test_money_too_large_to_be_any_is_set_aside_not_a_crash(given: Given) -> None:
    got = given(
        {"a.csv": "Order Date,Unit Price,Quantity\n2024-01-05,999999999999,999999999999\n2024-01-06,2,3\n"}
    )
    assert got.one("SELECT sum(amount) FROM orders") == 6
    [row] = got.sheet("a.csv").set_aside
    assert (row.row, row.column) == (2, "Unit Price")


HEADERS = "Order ID,Order Date,Customer ID,Total\nA,2024-01-05,C1,30\nB,2024-02-05,C2,7\nN,2024-02-06,C2,0\n"
LINES = "Order ID,Product,Unit Price,Quantity\nA,P,10,2\nA,Q,10,1\nB,P,7,1\nX,P,5,1\n"


def test_headers_and_lines_meet_many_to_one(given: Given) -> None:
    headers = "\n".join(line.rpartition(",")[0] for line in HEADERS.split("\n"))
    got = given({"heads.csv": headers, "lines.csv": LINES})
    assert got.sql(
        "SELECT order_id, order_date::VARCHAR, customer_id, product, amount FROM orders ORDER BY 1, 4"
    ) == [
        ("A", "2024-01-05", "C1", "P", 20),
        ("A", "2024-01-05", "C1", "Q", 10),
        ("B", "2024-02-05", "C2", "P", 7),
    ]
    [lost] = got.sheet("lines.csv").set_aside
    assert (lost.row, lost.reason) == (5, "order_date cannot be told for this row")
    assert "1 order has no line." in got.sheet("heads.csv").derivations


def test_totals_beside_lines_do_not_count_twice(given: Given) -> None:
    got = given({"orders.csv": HEADERS, "lines.csv": LINES})
    assert got.one("SELECT sum(amount) FROM orders") == 37


def test_an_order_that_stands_twice_among_the_headers_is_joined_once(given: Given) -> None:
    heads = "Order ID,Order Date\nA,2024-01-05\nA,2024-03-05\nB,2024-02-05\n"
    got = given({"heads.csv": heads, "lines.csv": "Order ID,Amount\nA,1\nA,2\nB,4\n"})
    assert got.sql("SELECT count(*), sum(amount), min(order_date)::VARCHAR FROM orders") == [(3, 7, "2024-01-05")]
    [double] = got.sheet("heads.csv").set_aside
    assert (double.row, double.value, double.reason) == (
        3,
        "A",
        "the same order_id stands in another row, which counts",
    )


def test_a_list_of_returns_marks_each_order_once(given: Given) -> None:
    got = given(
        {
            "orders.csv": "Order ID,Order Date,Sales\nA,2024-01-05,10\nA,2024-01-05,5\nB,2024-01-06,20\n",
            "returns.csv": "Returned,Order ID\nYes,A\nYes,A\nYes,A\nYes,Z\nNo,B\n",
        }
    )
    assert got.sql("SELECT count(*), sum(amount) FILTER (returned) FROM orders") == [(3, 15)]
    sheet = got.sheet("returns.csv")
    assert (sheet.table, sheet.rows, sheet.kept) == ("orders", 5, 5)
    assert sheet.derivations == (
        "It lists 2 orders as returned; every line of those is marked so, once.",
        "1 of them is not among the orders.",
    )


def test_a_list_of_returns_can_say_when(given: Given) -> None:
    got = given(
        {
            "orders.csv": "Order ID,Order Date,Sales\nA,2024-01-05,10\n",
            "returns.csv": "Order ID,Return Date\nA,2024-02-03\nA,2024-02-01\n",
        }
    )
    assert got.sql("SELECT returned, return_date::VARCHAR FROM orders") == [(True, "2024-02-01")]


def test_products_and_categories_by_key(given: Given) -> None:
    got = given(
        {
            "orders.csv": "Order Date,Sales,Product ID\n2024-01-05,10,1\n2024-01-06,20,2\n2024-01-07,30,9\n",
            "products.csv": "productID,productName,categoryID\n1,Chai,7\n2,Chang,8\n",
            "categories.csv": "categoryID,categoryName\n7,Tea\n8,Beer\n",
        }
    )
    assert got.sql("SELECT product, category FROM orders ORDER BY order_date") == [
        ("Chai", "Tea"),
        ("Chang", "Beer"),
        (None, None),
    ]
    assert got.sheet("categories.csv").table == "products"


def test_a_list_that_completes_nothing_is_said_to(given: Given) -> None:
    got = given(
        {"orders.csv": "Order Date,Sales\n2024-01-05,10\n", "categories.csv": "categoryID,categoryName\n7,Tea\n"}
    )
    sheet = got.sheet("categories.csv")
    assert (sheet.table, sheet.not_used) == (None, "There is no table for it to complete.")


def test_a_product_id_stands_for_a_name_that_is_missing(given: Given) -> None:
    got = given({"orders.csv": "Order Date,Sales,SKU\n2024-01-05,10,X-1\n"})
    assert got.one("SELECT product FROM orders") == "X-1"


def test_one_flat_chinese_file(given: Given) -> None:
    got = given(
        {
            "销售.csv": """
            订单编号,订单日期,客户,销售员,入职日期,团队,地区,产品,类别,数量,金额,成本
            D1,2024年1月5日,甲公司,张三,2023-11-01,一组,华东,产品甲,大类,2,"1,200.50",800
            D2,2024/2/6,乙公司,李四,2020-03-15,二组,华南,产品乙,大类,1,300,200
            D3,2024-03-07,甲公司,张三,2023-11-01,一组,华东,产品乙,大类,-1,-300,-200
            """
        }
    )
    assert got.sql(
        "SELECT customer_id, rep_id, region, product, quantity, amount, cost FROM orders ORDER BY order_date"
    ) == [
        ("甲公司", "张三", "华东", "产品甲", 2, Decimal("1200.5"), 800),
        ("乙公司", "李四", "华南", "产品乙", 1, 300, 200),
        ("甲公司", "张三", "华东", "产品乙", -1, -300, -200),
    ]
    assert got.sql("SELECT rep_id, team, hire_date::VARCHAR FROM reps ORDER BY hire_date") == [
        ("李四", "二组", "2020-03-15"),
        ("张三", "一组", "2023-11-01"),
    ]


def test_the_reps_customers_and_products_of_a_flat_file(given: Given) -> None:
    got = given(
        {
            "flat.csv": """
            Order Date,Sales,Customer ID,Customer Name,Product ID,Product Name,Rep ID,Sales Rep,Hire Date
            2024-01-05,10,C1,Ann,P1,Chai,R1,Bob,2022-03-15
            2024-01-06,20,C1,Ann,P2,Chang,R1,Bob,2022-03-15
            2024-01-07,30,C2,Eve,P1,Chai,R2,Kim,
            """
        }
    )
    assert got.sql("SELECT customer_id, name FROM customers ORDER BY 1") == [("C1", "Ann"), ("C2", "Eve")]
    assert got.sql("SELECT product_id, product FROM products ORDER BY 1") == [("P1", "Chai"), ("P2", "Chang")]
    assert got.sql("SELECT rep_id, name, hire_date::VARCHAR FROM reps ORDER BY 1") == [
        ("R1", "Bob", "2022-03-15"),
        ("R2", "Kim", None),
    ]
    assert got.sql("SELECT DISTINCT customer_id, rep_id FROM orders ORDER BY 1") == [("C1", "R1"), ("C2", "R2")]


def test_a_rep_named_in_one_file_is_the_one_numbered_in_another(given: Given) -> None:
    got = given(
        {
            "orders.csv": "Order Date,Sales,Salesperson\n"
            "2024-01-05,10,Nancy Davolio\n2024-01-06,20,nancy davolio\n2024-01-07,5,Nobody\n",
            "roster.csv": "employeeID,firstName,lastName,hireDate\n"
            "1,Nancy,Davolio,1992-05-01\n2,Andrew,Fuller,1992-08-14\n",
        }
    )
    assert got.sql("SELECT rep_id FROM orders ORDER BY order_date") == [("1",), ("1",), ("Nobody",)]
    assert "2 of 3 rows with a rep_id meet the list of reps." in got.sheet("orders.csv").derivations


def test_a_second_roster_completes_the_first(given: Given) -> None:
    got = given(
        {
            "teams.csv": "rep id,name,region\n1,Ann,East\n2,Bob,West\n",
            "hired.csv": "rep id,hire date\n1,2020-01-01\n3,2021-01-01\n",
        }
    )
    assert got.sql("SELECT rep_id, region, hire_date::VARCHAR FROM reps ORDER BY 1") == [
        ("1", "East", "2020-01-01"),
        ("2", "West", None),
        ("3", None, "2021-01-01"),
    ]


def test_a_rep_in_several_regions_has_none(given: Given) -> None:
    got = given(
        {
            "reps.csv": "rep id,name\n1,Ann\n2,Bob\n",
            "rep territories.csv": "rep id,territory id\n1,T1\n1,T2\n2,T1\n2,T3\n",
            "territories.csv": "territory id,region id\nT1,1\nT2,1\nT3,2\n",
            "regions.csv": "region id,region description\n1,East\n2,West\n",
        }
    )
    assert got.sql("SELECT name, region FROM reps ORDER BY 1") == [("Ann", "East"), ("Bob", None)]


def test_names_near_enough_are_those_of_the_list(given: Given) -> None:
    got = given(
        {
            "orders.csv": "Order Date,Sales,Product\n"
            "2024-01-05,10,GTXPro\n2024-01-06,20,gtx-pro\n2024-01-07,30,GTX Plus\n",
            "products.csv": "product,series\nGTX Pro,GTX\nGTX Plus,GTX\n",
        }
    )
    assert got.sql("SELECT product, category FROM orders ORDER BY order_date") == [
        ("GTX Pro", "GTX"),
        ("GTX Pro", "GTX"),
        ("GTX Plus", "GTX"),
    ]
    assert "`GTXPro` is read as `GTX Pro` (1 row)." in got.sheet("orders.csv").derivations


def test_names_near_to_two_of_the_list_stay_as_they_are(given: Given) -> None:
    got = given(
        {
            "orders.csv": "Order Date,Sales,Product\n2024-01-05,10,gtxpro\n",
            "products.csv": "product,series\nGTX Pro,A\nGTX-Pro,B\nOther,C\n",
        }
    )
    assert got.sql("SELECT product, category FROM orders") == [("gtxpro", None)]


def test_a_product_under_two_ids_is_found_by_either(given: Given) -> None:
    got = given(
        {
            "orders.csv": "Order Date,Sales,Product ID\n2024-01-05,10,1\n2024-01-06,20,2\n",
            "products.csv": "product id,product,category\n1,Chai,Tea\n2,Chai,Tea\n",
        }
    )
    assert got.sql("SELECT product, category FROM orders") == [("Chai", "Tea"), ("Chai", "Tea")]
    assert got.one("SELECT count(*) FROM products") == 1
