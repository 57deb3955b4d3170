"""One reporting currency: several are refused with the remedy, or converted by a table of rates, to the cent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salesmetrics.errors import MappingError
from tests.ingest.conftest import Given

ORDERS = """
    Order Date,Order ID,Sales,Currency
    2024-01-05,1,100,USD
    2024-02-06,2,200,EUR
    2024-01-20,3,200,EUR
    2024-01-01,4,10,GBP
    2024-03-01,5,1000000,JPY
    """
RATES = """
    Currency,Rate,Valid From
    USD,1,2020-01-01
    EUR,1.10,2024-01-01
    EUR,1.0845,2024-02-01
    GBP,1.27,2024-01-02
    JPY,0.00671141,2024-01-01
    """


def test_several_currencies_stop_the_sheet_and_the_remedy_is_said(given: Given) -> None:
    with pytest.raises(MappingError, match=r"EUR, GBP, JPY, USD.*exchange rates.*currency, rate"):
        given({"o.csv": ORDERS})


def test_one_currency_in_several_writings_is_one(given: Given) -> None:
    got = given(
        {
            "o.csv": "Order Date,Sales,Currency\n2024-01-05,5,USD\n2024-01-06,6,US$\n2024-01-07,7,usd\n2024-01-08,8,\n"
        }
    )
    assert got.one("SELECT sum(amount) FROM orders") == 26


def test_signs_in_the_amounts_are_currencies_too(given: Given) -> None:
    with pytest.raises(MappingError, match="EUR, USD"):
        given({"o.csv": "Order Date,Sales\n2024-01-05,$5\n2024-01-06,€6\n"})


def test_a_person_may_keep_one_currency(given: Given) -> None:
    got = given({"o.csv": ORDERS}, maps=["orders.currency=Currency:EUR"])
    assert got.sql("SELECT order_id, amount FROM orders ORDER BY 1") == [("2", 200), ("3", 200)]
    assert {one.reason for one in got.sheet("o.csv").set_aside} == {
        "the amount is in USD, and only EUR is kept", "the amount is in GBP, and only EUR is kept",
        "the amount is in JPY, and only EUR is kept",
    }  # fmt: skip


def test_rates_convert_at_the_day_of_each_row(given: Given) -> None:
    got = given({"o.csv": ORDERS, "rates.csv": RATES})
    # 200 x 1.0845 from February, 200 x 1.10 before; 1,000,000 x 0.00671141.
    assert got.sql("SELECT order_id, amount FROM orders ORDER BY 1") == [
        ("1", Decimal("100")), ("2", Decimal("216.90")), ("3", Decimal("220.00")), ("5", Decimal("6711.41")),
    ]  # fmt: skip
    [aside] = got.sheet("o.csv").set_aside
    assert (aside.row, aside.column, aside.value) == (5, "Currency", "GBP")
    assert aside.reason == "there is no exchange rate for GBP on or before 2024-01-01"
    assert got.sheet("rates.csv").table == "orders"
    assert any("1 EUR = " in said for said in got.sheet("rates.csv").derivations)


def test_rates_in_chinese_say_their_target(given: Given) -> None:
    got = given(
        {
            "o.csv": "Order Date,Sales\n2024-01-05,$100\n2024-01-06,€50\n",
            "汇率.csv": "币种,汇率,目标币种\nUSD,7.1,CNY\nEUR,7.8,CNY\n",
        }
    )
    assert got.sql("SELECT amount FROM orders ORDER BY order_date") == [(710,), (390,)]


def test_rates_that_say_what_the_target_buys_are_divided_by(given: Given) -> None:
    got = given(
        {
            "deals.csv": "Deal ID,Status,Amount,Currency,Close Date\n1,Won,71000,CNY,2024-05-01\n2,Won,50,USD,2024-05-01\n",
            "rates.csv": "Iso Code,Conversion Rate\nUSD,1\nCNY,7.1\n",
        }
    )
    assert got.sql("SELECT amount FROM opportunities ORDER BY opportunity_id") == [(10000,), (50,)]
    assert any("one USD buys" in said for said in got.sheet("rates.csv").derivations)


def test_lines_take_currency_and_day_from_their_order(given: Given) -> None:
    got = given(
        {
            "order_headers.csv": "Order ID,Order Date,Currency\n1,2024-01-10,EUR\n2,2024-02-10,EUR\n3,2024-02-10,USD\n",
            "order_lines.csv": "Order ID,Unit Price,Quantity\n1,10,2\n2,10,2\n3,10,2\n",
            "rates.csv": RATES,
        }
    )
    assert got.sql("SELECT order_id, amount FROM orders ORDER BY 1") == [
        ("1", Decimal("22.00")), ("2", Decimal("21.69")), ("3", Decimal("20.00")),
    ]  # fmt: skip


def test_quotas_are_converted_on_the_first_day_of_their_period(given: Given) -> None:
    got = given(
        {
            "quotas.csv": "Rep,Period,Quota,Currency\nAnn,2024Q1,1000,EUR\nBob,2024-02,1000,EUR\nCid,2024Q1,500,USD\n",
            "rates.csv": RATES,
        }
    )
    assert got.sql("SELECT scope_id, amount FROM quotas ORDER BY 1") == [
        ("Ann", 1100),
        ("Bob", Decimal("1084.5")),
        ("Cid", 500),
    ]


def test_rates_without_a_target_are_no_remedy(given: Given) -> None:
    with pytest.raises(MappingError, match="do not say into which one currency"):
        given({"o.csv": ORDERS, "rates.csv": "Currency,Rate\nEUR,1.1\nGBP,1.27\n"})


def test_rates_of_a_hundred_units_are_refused(given: Given) -> None:
    with pytest.raises(MappingError, match="not those of one unit"):
        given(
            {
                "o.csv": ORDERS,
                "rates.csv": "Currency,Rate,To Currency\nUSD,712.5,CNY\nEUR,780,CNY\nGBP,900,CNY\nJPY,5,CNY\n",
            }
        )


def test_a_header_that_names_a_currency_stands_beside_any_currency_column(given: Given) -> None:
    got = given({"o.csv": "Order Date,Amount USD,Currency\n2024-01-05,5,EUR\n2024-01-06,6,USD\n"})
    assert got.one("SELECT sum(amount) FROM orders") == 11


def test_a_large_line_is_price_times_quantity(given: Given) -> None:
    got = given({"o.csv": "Order Date,Unit Price,Quantity,Discount %\n2024-01-05,3000,2000,50%\n"})
    assert got.sql("SELECT amount, discount FROM orders") == [(3_000_000, 3_000_000)]


def test_the_reporting_currency_may_be_another_than_that_of_the_rates(given: Given) -> None:
    got = given({"o.csv": ORDERS, "rates.csv": RATES}, maps=["currency=EUR"])
    # Dollars by the rate of the euro on the day: 100 / 1.10; yen through the dollar: 6711.41 / 1.0845.
    assert got.sql("SELECT order_id, round(amount, 2) FROM orders ORDER BY 1") == [
        ("1", Decimal("90.91")), ("2", 200), ("3", 200), ("5", Decimal("6188.48")),
    ]  # fmt: skip
    assert got.one("SELECT amount FROM orders WHERE order_id = '2'") == 200


def test_what_is_no_currency_is_said(given: Given) -> None:
    with pytest.raises(MappingError, match="names no currency"):
        given({"o.csv": ORDERS, "rates.csv": RATES}, maps=["currency=euros"])


def test_two_files_in_one_currency_each_cannot_be_added_either(given: Given) -> None:
    one, two = (f"Order Date,Sales,Currency\n2024-01-05,5,{code}\n" for code in ("USD", "EUR"))
    with pytest.raises(MappingError, match="EUR, USD"):
        given({"us.csv": one, "de.csv": two})
