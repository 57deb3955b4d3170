"""Random files of orders, plain or with one thing in them that is not."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

Rows = list[list[str]]

DAYS = [(date(2023, 1, 1) + timedelta(days=n)).isoformat() for n in range(700)]
NAMES = (
    "Acme",
    "Bolt Ltd",
    "Café Sol",
    "Dörner",
    "华东公司",
    "Nil & Sons",
    "NA",
    "None",
    "Pro-4",
    "O'Neil",
    "Summit",
)
MAKERS: dict[str, Callable[[Random, int], str]] = {
    "Order ID": lambda r, n: f"O{r.randrange(n + 1):05}",
    "Customer ID": lambda r, n: f"C{r.randrange(40)}",
    "Customer Name": lambda r, n: r.choice(NAMES),
    "Sales Rep": lambda r, n: r.choice(("Ann Lee", "Bo", "Cy Young", "")),
    "Region": lambda r, n: r.choice(("North", "South", "NA", "华东")),
    "Product": lambda r, n: f"Product {r.randrange(9)}",
    "Product ID": lambda r, n: str(1000 + r.randrange(9)),
    "Category": lambda r, n: r.choice(("Tea", "Rice", "")),
    "Quantity": lambda r, n: str(r.randrange(-3, 20)),
    "Unit Price": lambda r, n: f"{r.randrange(99999) / 100:.2f}",
    "Discount": lambda r, n: r.choice(("0", "0.00", "12.50", "3")),
    "Discount Rate": lambda r, n: r.choice(("0", "0.1", "0.25", "")),
    "Cost": lambda r, n: f"{r.randrange(9999) / 1000:.3f}",
    "Returned": lambda r, n: r.choice(("true", "false", "")),
    "Return Date": lambda r, n: r.choice(DAYS) if r.random() < 0.05 else "",
    "Status": lambda r, n: r.choice(("paid", "Open")),
    "Channel": lambda r, n: r.choice(("web", "shop")),
    "Remark": lambda r, n: r.choice(("", "", "see note", "call, back", 'he said "no"')),
    "Filled late": lambda r, n: "",
}


@dataclass
class Spoilt:
    """A file under way: its rows, the header among them, and how it is to be written."""

    random: Random
    rows: Rows
    text: Callable[[str], bytes] = field(default=lambda text: text.encode())

    def cell(self, *columns: str) -> tuple[int, int]:
        """Pick a cell of a column (the first of `columns` that is there, else any)."""
        header = self.rows[0]
        places = [header.index(name) for name in columns if name in header] or list(range(len(header)))
        return self.random.randrange(1, len(self.rows)), self.random.choice(places)

    def put(self, value: str, *columns: str) -> None:
        row, place = self.cell(*columns)
        self.rows[row][place] = value

    def around(self, before: str, after: str, *columns: str) -> None:
        row, place = self.cell(*columns)
        self.rows[row][place] = f"{before}{self.rows[row][place]}{after}"

    def insert(self, cells: list[str]) -> None:
        self.rows.insert(self.random.randrange(1, len(self.rows) + 1), cells)


def _total(file: Spoilt) -> None:
    cells = [""] * len(file.rows[0])
    cells[file.random.randrange(2)] = file.random.choice(("Total", "Grand total", "合计", "Sum"))
    cells[file.rows[0].index("Amount")] = "12.00"
    file.rows.append(cells) if file.random.random() < 0.7 else file.insert(cells)


def _text(change: Callable[[str], bytes]) -> Callable[[Spoilt], None]:
    def spoil(file: Spoilt) -> None:
        file.text = change

    return spoil


NUMBERS = ("Amount", "Cost", "Quantity", "Discount")
SPOILS: dict[str, Callable[[Spoilt], None]] = {
    "nothing": lambda file: None,
    "a total": _total,
    "a blank around": lambda file: file.around(*file.random.choice((("", " "), (" ", ""), ("", "\u3000"), ("\u00a0", "")))),
    "a tab around": lambda file: file.around("", "\t"),
    "a word for nothing": lambda file: file.put(
        file.random.choice(("NULL", "N/A", "-", "--", "Select", "\\N", "nan", "#N/A", "None", "请选择"))
    ),
    "brackets": lambda file: file.put("(12.50)", *NUMBERS),
    "a decimal comma": lambda file: file.put("1.234,50", *NUMBERS),
    "thousands": lambda file: file.put("1,234.50", *NUMBERS),
    "other numbers": lambda file: file.put(
        file.random.choice(
            ("1e5", "1.5E-3", "2.5e-7", "1.123456789", "0.0000005", "-0.0000015", "+5", ".5", "5.", "1_000", "007", "inf")
        ),
        *NUMBERS,
    ),
    "large numbers": lambda file: file.put(
        file.random.choice(
            ("123456789.12", "999999999999.99", "1000000000000", "123456789012345678", "99999999.999999", "1e300")
        ),
        *NUMBERS,
    ),
    "a sign": lambda file: file.put(file.random.choice(("$5", "5%", "€ 5", "5 USD", "12k")), *NUMBERS),
    "a ragged row": lambda file: file.rows[file.cell()[0]].append(file.random.choice(("", "more"))),
    "a short row": lambda file: file.rows[file.cell()[0]].pop(),
    "few cells": lambda file: file.insert(["Printed by Ann", *[""] * (len(file.rows[0]) - 1)]),
    "two cells": lambda file: file.insert([DAYS[3], "12.00", *[""] * (len(file.rows[0]) - 2)]),
    "a blank row": lambda file: file.insert([""] * len(file.rows[0])),
    "a blank line": lambda file: file.insert([]),
    "a line break": lambda file: file.around("", "\nagain"),
    "the header again": lambda file: file.insert(list(file.rows[0])),
    "the header in capitals": lambda file: file.insert([cell.upper() for cell in file.rows[0]]),
    "no date": lambda file: file.put("", "Order Date"),
    "no amount": lambda file: file.put("", "Amount"),
    "another date": lambda file: file.put(
        file.random.choice(("2023/05/06", "5.6.2023", "2023-5-6", "2023-05-06 10:00", "45000", "1850-01-01", "2150-01-01")),
        "Order Date",
    ),
    "another yes": lambda file: file.put(file.random.choice(("TRUE", "yes", "1", "False", "returned")), "Returned"),
    "a percent": lambda file: file.put(file.random.choice(("12", "1.5", "100", "1")), "Discount Rate"),
    "a damaged key": lambda file: file.put(
        file.random.choice(("1.23457E+11", "2-Mar", "Mar-02")), "Order ID", "Customer ID"
    ),
    "hidden letters": lambda file: file.around(
        "", file.random.choice(("\u200b", "\u202e", "\u00ad", "\x07", "\x7f", "\u2028"))
    ),
    "a quotation mark": lambda file: file.around('"', ""),
    "filled late": lambda file: file.put(file.random.choice(("x", "12", " y")), "Filled late", "Return Date"),
    "a row twice": lambda file: file.insert(list(file.rows[file.cell()[0]])),
    "a row almost twice": lambda file: file.insert(
        [f"{cell}0" if "." in cell else cell for cell in file.rows[file.cell()[0]]]
    ),
    "whole keys": lambda file: [row.__setitem__(0, f"{n}.0") for n, row in enumerate(file.rows) if n],
    "a title": lambda file: file.rows.insert(0, ["Sales of 2024"]),
    "no name": lambda file: file.rows[0].__setitem__(file.cell()[1], ""),
    "a byte order mark": _text(lambda text: text.encode("utf-8-sig")),
    "another encoding": _text(lambda text: text.encode("gb18030")),
    "a lone carriage return": _text(lambda text: text.replace("\n", "\r", 3).encode()),
    "no end": _text(lambda text: text.rstrip("\r\n").encode()),
    "blank lines below": _text(lambda text: (text + "\n\n").encode()),
    "carriage returns": _text(lambda text: text.replace("\n", "\r\n").encode()),
    "a remark below": _text(lambda text: (text + "Exported by Ann on 5 May\n").encode()),
    "broken bytes": _text(lambda text: text.encode() + b"\xff\xfe\n"),
}  # fmt: skip


def written(seed: int) -> tuple[str, bytes]:
    """Write the random file of a seed; give what is done to it, and its bytes."""
    random = Random(seed)
    header = ["Order Date", "Amount", *random.sample(sorted(MAKERS), random.randrange(2, 10))]
    random.shuffle(header)
    many = random.randrange(12, 160)
    price = random.choice((99, 9_999, 999_999_999_999))
    rows: Rows = [
        [
            random.choice(DAYS) if name == "Order Date"
            else f"{random.randrange(-price, price) / 100:.2f}" if name == "Amount"
            else MAKERS[name](random, many)
            for name in header
        ]
        for _row in range(many)
    ]  # fmt: skip
    names = {"Amount": "Amount USD"} if random.random() < 0.1 else {}
    file = Spoilt(random, [header, *rows])
    what = random.choice(sorted(SPOILS)) if random.random() < 0.75 else "nothing"
    SPOILS[what](file)
    file.rows[0] = [names.get(name, name) for name in file.rows[0]]
    out = io.StringIO()
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    delimiter = random.choice(",,,\t|;")
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerows(file.rows)
    text = out.getvalue()
    if what == "a quotation mark" and random.random() < 0.5:
        text = text.replace('""', '"')
    return what, file.text(text)
