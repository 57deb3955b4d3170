"""Order lines whose money, dates, shares and flags are written as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.ingest.corpus.case import HEADER, LINES, Case, Expected, lines, of_text, sold, text
from tests.ingest.corpus.formats import serial


def _dates(name: str, form: str) -> Case:
    return of_text(name, text(lines(date=lambda day: date.fromisoformat(day).strftime(form))), sold())


def _amounts(name: str, *pairs: tuple[str, str], delimiter: str = ",") -> Case:
    """Give amounts as written, each with what it says."""
    rows = [(f"2024-01-{at:02}", written) for at, (written, _said) in enumerate(pairs, start=1)]
    expected = tuple((date(2024, 1, at), Decimal(said)) for at, (_written, said) in enumerate(pairs, start=1))
    return of_text(
        name,
        text(rows, ("Order Date", "Amount"), delimiter),
        {"orders": Expected(("order_date", "amount"), expected)},
    )


def _discounts(name: str, *written: str) -> Case:
    rows = [("2024-01-05", "85", written[0]), ("2024-01-06", "10", written[1]), ("2024-01-07", "50", written[2])]
    return of_text(
        name, text(rows, ("Order Date", "Sales", "Discount Rate")),
        {"orders": Expected(("amount", "discount"), ((85, 15), (10, 0), (50, 50)))},
    )  # fmt: skip


def _returned(yes: str, no: str) -> Case:
    rows = [("2024-01-05", "85", yes), ("2024-01-06", "10", no), ("2024-01-07", "50", no)]
    return of_text(
        f"{yes} and {no}", text(rows, ("Order Date", "Amount", "Returned")),
        {"orders": Expected(("amount", "returned"), ((85, True), (10, False), (50, False)))},
    )  # fmt: skip


CASES = (
    _amounts("dollars", ("$1,234.50", "1234.5"), ("$80", "80"), ("-$45.25", "-45.25"), ("$0.75", "0.75")),
    _amounts("euros, decimal comma", ("1.234,50 €", "1234.5"), ("80,00 €", "80"), ("-45,25 €", "-45.25"), delimiter=";"),
    _amounts("euros, decimal comma, quoted", ("1.234,50", "1234.5"), ("80,00", "80"), ("-1.045,25", "-1045.25")),
    _amounts("codes before", ("USD 1,234.50", "1234.5"), ("USD 80", "80")),
    _amounts("codes after", ("1 234,50 CHF", "1234.5"), ("80,00 CHF", "80")),
    _amounts("apostrophes", ("CHF 1'234.50", "1234.5"), ("CHF 80.00", "80")),
    _amounts("yuan", ("￥1,234.50", "1234.5"), ("¥80", "80")),
    _amounts("yuan in words", ("1,234.50元", "1234.5"), ("80元", "80")),
    _amounts("rupees", ("₹1,23,456.50", "123456.5"), ("₹80", "80")),
    _amounts("reais", ("R$ 1.234,50", "1234.5"), ("R$ 80,00", "80")),
    _amounts("brackets for less than nothing", ("1,234.50", "1234.5"), ("(45.25)", "-45.25"), ("($1,000.00)", "-1000")),
    _amounts("a minus behind", ("1234.50", "1234.5"), ("45.25-", "-45.25")),
    _amounts("thousands and millions", ("1.5K", "1500"), ("2M", "2000000"), ("$3.25k", "3250")),
    _amounts("wan and yi", ("1.5万", "15000"), ("2亿", "200000000"), ("80", "80")),
    _amounts("wide digits", ("１２３４．５", "1234.5"), ("８０", "80")),
    _amounts("scientific", ("1.2345E3", "1234.5"), ("80", "80"), ("8E1", "80")),
    _amounts("thin spaces", ("1\u202f234,50", "1234.5"), ("80,00", "80")),
    _discounts("a rate as 15%", "15%", "0%", "50%"),
    _discounts("a rate as 15", "15", "0", "50"),
    _discounts("a rate as 0.15", "0.15", "0", "0.5"),
    *(_returned(*words) for words in (("yes", "no"), ("Y", "N"), ("TRUE", "FALSE"), ("1", "0"), ("是", "否"))),
    _dates("day/month/year", "%d/%m/%Y"),
    _dates("month/day/year", "%m/%d/%Y"),
    _dates("day.month.year", "%d.%m.%Y"),
    _dates("short years", "%d/%m/%y"),
    _dates("month names", "%d %b %Y"),
    _dates("long month names", "%B %d, %Y"),
    _dates("dashes and names", "%d-%b-%y"),
    _dates("Chinese dates", "%Y年%m月%d日"),
    _dates("year/month/day", "%Y/%m/%d"),
    _dates("no marks", "%Y%m%d"),
    _dates("with a clock", "%Y-%m-%d 00:00:00"),
    _dates("American with a clock", "%m/%d/%Y 12:00:00 AM"),
    _dates("weekday first", "%A, %B %d, %Y"),
    of_text("spreadsheet numbers", text(lines(date=lambda day: f"{serial(day):.0f}")), sold()),
    of_text("several forms in one column", text([
        (*LINES[0][:1], "2024-01-05", *LINES[0][2:]), (*LINES[1][:1], "17/01/2024", *LINES[1][2:]),
        (*LINES[2][:1], "Feb 3, 2024", *LINES[2][2:]), (*LINES[3][:1], "29.02.2024", *LINES[3][2:]),
        (*LINES[4][:1], "20240328", *LINES[4][2:])]), sold()),
    of_text("an order that a person tells", text([("2024-1", "05/01/2024", "Ada Ltd", "Tea", "East", "1234.50")]),
            {"orders": Expected(("order_date",), ((date(2024, 1, 5),),))}, maps=("orders.order_date=Order Date:dmy",)),
    of_text("ids with zeros in front", text([("00123", "2024-01-05", "007", "Tea", "East", "1")]),
            {"orders": Expected(("order_id", "customer_id"), (("00123", "007"),))}),
    of_text("long ids", text([("202401050000012345678", "2024-01-05", "Ada", "Tea", "East", "1")]),
            {"orders": Expected(("order_id",), (("202401050000012345678",),))}),
    of_text("blanks around", text([tuple(f"  {cell}\u00a0" for cell in line) for line in LINES],
                                  tuple(f" {name} " for name in HEADER)), sold()),
)  # fmt: skip
"""Every way to write a value that the issue of messy files names."""
