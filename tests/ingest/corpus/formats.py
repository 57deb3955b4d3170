"""The same five order lines in every format: the content tells, whatever the file is called."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from html import escape

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from tests.ingest.corpus.case import HEADER, LINES, Case, Expected, lines, of_text, sold, text
from tests.ingest.corpus.ods_file import ods
from tests.ingest.corpus.xls_file import xls
from tests.ingest.corpus.xlsb_file import xlsb

WIDTHS = (8, 12, 12, 10, 8, 10)
_EPOCH = date(1899, 12, 30)


def serial(day: str) -> float:
    """Number a day as spreadsheets do."""
    return float((date.fromisoformat(day) - _EPOCH).days)


def typed() -> list[list[str | float]]:
    """Give the rows as a spreadsheet holds them: numbers as numbers."""
    return [list(HEADER), *([key, day, c, p, r, float(amount)] for key, day, c, p, r, amount in LINES)]


def xlsx(rows: Sequence[Sequence[object]], sheet: str = "Sheet1") -> bytes:
    """Write rows as an XLSX; days become real dates."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        page = book.add_worksheet(sheet)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                page.write(at, column, cell)
    return buffer.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """Put files into a ZIP."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def fixed(rows: Sequence[Sequence[str]]) -> str:
    """Write rows in columns of fixed width."""
    return "".join(
        "".join(cell.ljust(width) for cell, width in zip(row, WIDTHS, strict=True)).rstrip() + "\n" for row in rows
    )


def _html() -> bytes:
    head = "".join(f"<th>{name}</th>" for name in HEADER)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line) + "</tr>" for line in LINES)
    page = f"<html><head><meta charset='utf-8'></head><body><table><tr>{head}</tr>{body}</table></body></html>"
    return page.encode()


def _parquet() -> bytes:
    columns = list(zip(*LINES, strict=True))
    table = pa.table(
        {
            "Order ID": pa.array(columns[0]),
            "Order Date": pa.array([date.fromisoformat(day) for day in columns[1]]),
            "Customer": pa.array(columns[2]),
            "Product": pa.array(columns[3]),
            "Region": pa.array(columns[4]),
            "Amount": pa.array([Decimal(amount) for amount in columns[5]], pa.decimal128(12, 2)),
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    return buffer.getvalue()


def _json_lines() -> str:
    return "".join(json.dumps(dict(zip(HEADER, line, strict=True))) + "\n" for line in LINES)


def _dates(rows: Sequence[Sequence[str]]) -> list[list[object]]:
    return [[key, date.fromisoformat(day), c, p, r, float(amount)] for key, day, c, p, r, amount in rows]


CASES = (
    of_text("comma", text(LINES), sold()),
    of_text("semicolon", text(LINES, delimiter=";"), sold()),
    of_text("tab", text(LINES, delimiter="\t"), sold(), file="orders.tsv"),
    of_text("pipe", text(LINES, delimiter="|"), sold(), file="orders.txt"),
    of_text("tab in a .csv", text(LINES, delimiter="\t"), sold()),
    of_text("line feeds only", text(LINES, end="\n"), sold()),
    of_text("carriage returns only", text(LINES, end="\r"), sold()),
    of_text("no line end at the end", text(LINES).rstrip(), sold()),
    of_text("every cell quoted", "\n".join(",".join(f'"{c}"' for c in row) for row in (HEADER, *LINES)), sold()),
    of_text("sep= on top", "sep=;\n" + text(LINES, delimiter=";"), sold()),
    of_text("fixed width", fixed([("ID", "Order Date", "Customer", "Product", "Region", "Amount"), *LINES]), {
        "orders": Expected(sold()["orders"].columns[1:], tuple(row[1:] for row in sold()["orders"].rows))
    }, file="orders.txt"),
    Case("XLSX", {"orders.xlsx": xlsx([HEADER, *_dates(LINES)])}, sold()),
    Case("XLSX with text dates", {"orders.xlsx": xlsx(typed())}, sold()),
    Case("XLSX called .csv", {"orders.csv": xlsx(typed())}, sold()),
    Case("XLS", {"orders.xls": xls(typed())}, sold()),
    Case("XLSB", {"orders.xlsb": xlsb(typed())}, sold()),
    Case("ODS", {"orders.ods": ods(typed())}, sold()),
    Case("XLS with serial dates", {
        "orders.xls": xls([list(HEADER), *([k, serial(d), c, p, r, float(a)] for k, d, c, p, r, a in LINES)])
    }, sold()),
    of_text("CSV called .xls", text(LINES), sold(), file="orders.xls"),
    of_text("tabs called .xls", text(LINES, delimiter="\t"), sold(), file="orders.xls"),
    Case("HTML called .xls", {"orders.xls": _html()}, sold()),
    Case("Parquet", {"orders.parquet": _parquet()}, sold()),
    of_text("JSON lines", _json_lines(), sold(), file="orders.jsonl"),
    of_text("JSON array", json.dumps([dict(zip(HEADER, line, strict=True)) for line in LINES]), sold(),
            file="orders.json"),
    Case("ZIP of a CSV", {"export.zip": zipped({"orders.csv": text(LINES).encode()})}, sold()),
    Case("ZIP of two halves", {"export.zip": zipped({
        "2024/orders-1.csv": text(LINES[:2]).encode(), "2024/orders-2.csv": text(LINES[2:]).encode(),
    })}, sold()),
    Case("ZIP of an XLSX", {"export.zip": zipped({"orders.xlsx": xlsx(typed())})}, sold()),
    Case("gzip of a CSV", {"orders.csv.gz": gzip.compress(text(LINES).encode())}, sold()),
    of_text("amounts with a decimal comma in semicolons", text(lines(amount=lambda a: a.replace(".", ",")),
            delimiter=";"), sold()),
)  # fmt: skip
"""Every format of a table that people export."""
