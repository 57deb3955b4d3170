"""Money as people write it: signs and codes on either side, both conventions of marks, suffixes, credits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salesmetrics.ingest.coerce import coerce
from salesmetrics.model.tables import ColumnType

MONEY = ColumnType.MONEY


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("kr 1 234,50", "1234.5", "KR"), ("1.234,50 zł", "1234.5", "PLN"), ("R$ 1.234,56", "1234.56", "BRL"),
        ("CHF 1'234.50", "1234.5", "CHF"), ("12 BRL", "12", "BRL"), ("12 MXN", "12", "MXN"), ("12kr", "12", "KR"),
        ("5MUSD", "5000000", "USD"), ("NT$100", "100", "TWD"), ("HK$5.50", "5.5", "HKD"),
        ("₹1,23,456.50", "123456.5", "INR"),
        ("Rs. 1,23,456.50", "123456.5", "INR"), ("1.2 Mio. €", "1200000", "EUR"), ("€(12.50)", "-12.5", "EUR"),
        ("100.5- €", "-100.5", "EUR"), ("RMB 12.50", "12.5", "CNY"), ("1.5万元", "15000", "CNY"),
        ("$12.50 CAD", "12.5", "CAD"), ("₩ 1,234,567", "1234567", "KRW"), ("1\u202f234\u202f567,8 €", "1234567.8", "EUR"),
    ],
)  # fmt: skip
def test_signs_and_codes_on_either_side(values, text, number, currency):
    result, coerced = values([text], MONEY, delimiter="\t")
    assert result == [Decimal(number)]
    assert coerced.currencies == (currency,)


@pytest.mark.parametrize(
    ("text", "number"),
    [("3.5 Mrd", "3500000000"), ("12千", "12000"), ("2 lakh", "200000"), ("1.5bn", "1500000000")],
)
def test_suffixes_multiply(values, text, number):
    assert values([text, "7.25"], MONEY)[0] == [Decimal(number), Decimal("7.25")]


def test_credits_are_below_zero_and_debits_above_and_that_is_said(values):
    result, coerced = values(["100.00 CR", "40.00 DR"], MONEY)
    assert result == [-100, 40]
    assert any(note.startswith("credits:") for note in coerced.notes)


def test_beside_rupees_cr_may_be_crore_and_is_not_read(values):
    result, coerced = values(["₹12.5 Cr", "₹5.25"], MONEY)
    assert (result, coerced.unreadable) == ([None, Decimal("5.25")], 1)


@pytest.mark.parametrize(("header", "factor"), [("金额(万元)", 10_000), ("Revenue ($K)", 1_000), ("Net sales", 1)])
def test_a_header_says_what_money_is_counted_in(connection, sheet_of, header, factor):
    sheet = sheet_of(**{header: ["120.5", "3"]})
    coerced = coerce(connection, sheet, 1, MONEY)
    rows = connection.execute(f"SELECT {coerced.expression} FROM {sheet.relation} ORDER BY row").fetchall()
    assert [value for (value,) in rows] == [Decimal("120.5") * factor, 3 * factor]
    assert any(note.startswith("header_scale:") for note in coerced.notes) == (factor > 1)


def test_the_sign_of_each_cell_is_told(connection, sheet_of):
    sheet = sheet_of(amount=["$5.50", "€6", "7", "8 USD"])
    coerced = coerce(connection, sheet, 1, MONEY)
    rows = connection.execute(f"SELECT {coerced.sign} FROM {sheet.relation} ORDER BY row").fetchall()
    assert [sign for (sign,) in rows] == ["USD", "EUR", None, "USD"]


def test_a_number_with_an_underscore_is_none(values):
    assert values(["1_000", "2.5"], MONEY)[0] == [None, Decimal("2.5")]
