"""Order lines and quotas with what people put around, between and below them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from tests.ingest.corpus.case import HEADER, LINES, Case, Expected, of_text, sold, text
from tests.ingest.corpus.formats import xlsx

_BODY = text(LINES)
_QUOTA = ("scope_id", "period_start", "period_end", "amount")
_FIRST = {"Ada": ("100", "110.50", "120"), "Bo": ("200", "210", "220")}
_ENDS = (date(2024, 1, 31), date(2024, 2, 29), date(2024, 3, 31))


def _monthly(names: Mapping[str, str] | None = None) -> Mapping[str, Expected]:
    rows = tuple(
        ((names or {}).get(rep, rep), end.replace(day=1), end, Decimal(amount))
        for rep, amounts in _FIRST.items()
        for end, amount in zip(_ENDS, amounts, strict=True)
    )
    return {"quotas": Expected(_QUOTA, rows)}


def _quarterly() -> Mapping[str, Expected]:
    quarters = [(date(2024, 3 * n + 1, 1), end) for n, end in enumerate(
        (date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)))]  # fmt: skip
    rows = tuple(
        (region, *quarter, Decimal(amount))
        for region, amounts in (("East", (10, 20, 30, 40)), ("West", (50, 60, 70, 80)))
        for quarter, amount in zip(quarters, amounts, strict=True)
    )
    return {"quotas": Expected(_QUOTA, rows)}


def _wide(first: str, *months: str, end: tuple[str, ...] = ()) -> str:
    rows = [[rep, *amounts, *[str(sum(map(Decimal, amounts)))] * len(end)] for rep, amounts in _FIRST.items()]
    return text(rows, (first, *months, *end))


def _with(at: int, line: str) -> str:
    """Put one more line into the file, `at` lines from the top."""
    all_lines = _BODY.splitlines()
    return "\n".join([*all_lines[:at], line, *all_lines[at:]]) + "\n"


CASES = (
    of_text("a title above", "Sales 2024\n" + _BODY, sold()),
    of_text("a title, who and when above", "Sales report\nOwner: Ada\nExported on 2024-04-01 09:30\n\n" + _BODY, sold()),
    of_text("titles padded with commas", "Sales report,,,,,\n,,,,,\n" + _BODY, sold()),
    Case("a title in an XLSX", {"book.xlsx": xlsx([["Sales of the spring"], [], HEADER, *LINES])}, sold()),
    of_text("a total below", _BODY + "Total,,,,,21270.00\n", sold(), aside=1),
    of_text("a total under the label's column", _BODY + ",,,,Total,21270.00\n", sold(), aside=1),
    of_text("a Chinese total below", _BODY + "合计,,,,,21270.00\n", sold(), aside=1),
    of_text("sub-totals inside", _with(3, "Subtotal,,,,,1314.50"), sold(), aside=1),
    of_text("a report's end", _BODY + "\nGrand Totals (5 records)\n\"Confidential Information - Do Not Distribute\"\n"
            "\"Copyright (c) 2000-2024 salesforce.com, inc.\"\n", sold(), aside=3),
    of_text("a customer called Total", text([("1001", "2024-01-05", "Total Wine", "Tea", "East", "12.50"),
            ("1002", "2024-01-06", "Total", "Tea", "East", "2.50")]),
            {"orders": Expected(("customer_id", "amount"), (("Total Wine", Decimal("12.5")), ("Total", Decimal("2.5"))))}),
    of_text("the header again inside", _with(4, ",".join(HEADER)), sold(), aside=1),
    of_text("the header again in capitals", _with(4, ",".join(HEADER).upper()), sold(), aside=1),
    of_text("a blank column on the left", "\n".join("," + line for line in _BODY.splitlines()), sold()),
    of_text("a blank column between", "\n".join(line.replace(",", ",,", 1) for line in _BODY.splitlines()), sold()),
    of_text("a delimiter at the end of each line", "\n".join(line + "," for line in _BODY.splitlines()), sold()),
    of_text("delimiters at the end of rows only",
            "\n".join(line + ("," if at else "") for at, line in enumerate(_BODY.splitlines())), sold()),
    of_text("blank lines between", _BODY.replace("\r\n", "\n\n"), sold()),
    of_text("a name with a comma and no quotes", text(LINES).replace("Cy GmbH", "Cy, GmbH"),
            {"orders": Expected(("customer_id",), (("Ada Ltd",), ("Bo & Co",), ("Ada Ltd",), ("Cy, GmbH",), ("Bo & Co",)))}),
    of_text("row numbers without a name", "\n".join(
        f"{'' if at == 0 else at - 1},{line}" for at, line in enumerate(_BODY.splitlines())), sold()),
    of_text("words for nothing", text([("1001", "2024-01-05", "NULL", "Tea", "NA", "12.50"),
            ("1002", "2024-01-06", "Ada", "N/A", "-", "-"), ("1003", "2024-01-07", "Bo", "Rice", "East", "3")]),
            {"orders": Expected(("customer_id", "region", "amount"),
                                ((None, "NA", Decimal("12.5")), ("Bo", "East", Decimal(3))))}, aside=1),
    of_text("nobody chose from the list", text([("1001", "2024-01-05", "Ada", "Tea", "Select", "12.50"),
            ("1002", "2024-01-06", "Ada", "-- Select --", "East", "1"), ("1003", "2024-01-07", "Bo", "请选择", "West", "3"),
            ("1004", "2024-01-08", "Bo", "--None--", "West", "4")]),
            {"orders": Expected(("product", "region"), (("Tea", None), (None, "East"), (None, "West"), (None, "West")))}),
    of_text("two rows of headers", "Order,,Buyer,Item,,\nID,Date,Customer,Product,Region,Amount\n"
            + "\n".join(_BODY.splitlines()[1:]), sold()),
    of_text("quotas by month", _wide("Rep", "2024-01", "2024-02", "2024-03"), _monthly(), file="quotas.csv"),
    of_text("quotas by named month", _wide("Sales Rep", "Jan-24", "Feb-24", "Mar-24"), _monthly(), file="quotas.csv"),
    of_text("quotas by long month and a total", _wide("Rep", "January 2024", "February 2024", "March 2024", end=("Total",)),
            _monthly(), file="quotas.csv"),
    of_text("quotas by month in Chinese", _wide("销售员", "2024年1月", "2024年2月", "2024年3月"), _monthly(),
            file="销售目标.csv"),
    of_text("quotas by month, the year in the name", _wide("Rep", "Jan", "Feb", "Mar"), _monthly(),
            file="Quotas 2024.csv"),
    of_text("quotas by month, the year in a title", "Quotas 2024\n" + _wide("Rep", "Jan", "Feb", "Mar"), _monthly(),
            file="quotas.csv"),
    Case("quotas by month in an XLSX with days as headers", {"quotas.xlsx": xlsx(
        [["Rep", *(end.replace(day=1) for end in _ENDS)],
         *([rep, *map(float, amounts)] for rep, amounts in _FIRST.items())])}, _monthly()),
    of_text("quotas by quarter", text([("East", 10, 20, 30, 40), ("West", 50, 60, 70, 80)],
            ("Region", "Q1 2024", "Q2 2024", "Q3 2024", "Q4 2024")), _quarterly(), file="targets.csv"),
    of_text("quotas by quarter the other way", text([("East", 10, 20, 30, 40), ("West", 50, 60, 70, 80)],
            ("Region", "2024Q1", "2024Q2", "2024Q3", "2024Q4")), _quarterly(), file="quotas.csv"),
    of_text("quotas under a year and its quarters", ",2024,,,\nRegion,Q1,Q2,Q3,Q4\nEast,10,20,30,40\nWest,50,60,70,80\n",
            _quarterly(), file="quotas.csv"),
)  # fmt: skip
"""Titles, totals, footers, gaps, two-row headers and wide sheets."""
