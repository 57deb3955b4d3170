"""The same table comes out of every form in which it can be written; the content decides, never the name."""

# ruff: noqa: DTZ001 -- files hold the wall time of the place where they were written

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from salesmetrics.errors import FileError
from salesmetrics.ingest.read import read_files
from tests.ingest.read.binary_workbook import xlsb

HEADER = ("order id", "customer", "city", "day", "amount")
ROWS = [
    ("007", "Müller, Söhne", "Köln", "2024-01-05", "12.50"),
    ("008", "Green Tea Ltd", "New York", "2024-02-29", "1000000.01"),
    ("009", "Smith & Co", "Oslo", "2024-03-31", "-3"),
    ("010", "Bright Sky", "São Paulo", "2024-04-01", "0.5"),
]


def delimited(delimiter: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows([HEADER, *ROWS])
    return buffer.getvalue().encode()


def fixed() -> bytes:
    widths = [max(len(row[at]) for row in [HEADER, *ROWS]) + 2 for at in range(len(HEADER))]
    lines = [
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in [HEADER, *ROWS]
    ]
    return "\r\n".join(lines).encode()


def json_lines() -> bytes:
    return "\n".join(json.dumps(dict(zip(HEADER, row, strict=True))) for row in ROWS).encode()


def json_list() -> bytes:
    return json.dumps([dict(zip(HEADER, row, strict=True)) for row in ROWS], indent=2, ensure_ascii=False).encode()


def parquet() -> bytes:
    buffer = io.BytesIO()
    pd.DataFrame(ROWS, columns=list(HEADER)).to_parquet(buffer)
    return buffer.getvalue()


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def html(encoding: str = "utf-8") -> bytes:
    lines = ["<tr>" + "".join(f"<td>{escaped(cell)}</td>" for cell in row) + "</tr>" for row in ROWS]
    head = "<tr>" + "".join(f"<th>{name}</th>" for name in HEADER) + "</tr>"
    page = f"<html><head><style>td {{a: b}}</style></head><body><table border=1>{head}{''.join(lines)}</table>"
    return page.encode(encoding)


def sheet_xml() -> bytes:
    rows = [
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{escaped(cell)}</Data></Cell>' for cell in row) + "</Row>"
        for row in [HEADER, *ROWS]
    ]
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
        f'<Worksheet ss:Name="Orders"><Table>{"".join(rows)}</Table></Worksheet></Workbook>'
    ).encode()


def xlsx() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Orders")
    for number, row in enumerate([HEADER, *ROWS]):
        for at, cell in enumerate(row):
            sheet.write_string(number, at, cell)
    book.close()
    return buffer.getvalue()


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"


def ods(rows: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}:manifest:1.0"/>')
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}:office:1.0" '
            f'xmlns:table="{OFFICE}:table:1.0" xmlns:text="{OFFICE}:text:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="Orders">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return buffer.getvalue()


def ods_cell(text: str, more: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string"{more}><text:p>{escaped(text)}</text:p></table:table-cell>'
    )


def ods_rows() -> str:
    return "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}"
        '<table:table-cell table:number-columns-repeated="16379"/></table:table-row>'
        for row in [HEADER, *ROWS]
    ) + (
        '<table:table-row table:number-rows-repeated="1048571">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )


def zipped(*members: tuple[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return buffer.getvalue()


WRITTEN: dict[str, Callable[[], bytes]] = {
    "comma": lambda: delimited(","),
    "semicolon": lambda: delimited(";"),
    "tab": lambda: delimited("\t"),
    "pipe": lambda: delimited("|"),
    "fixed width": fixed,
    "JSON lines": json_lines,
    "JSON list": json_list,
    "Parquet": parquet,
    "web page": html,
    "web page in UTF-16": lambda: html("utf-16"),
    "XML spreadsheet": sheet_xml,
    "XLSX": xlsx,
    "ODS": lambda: ods(ods_rows()),
    "ZIP of CSV": lambda: zipped(("north/orders.csv", delimited(","))),
    "ZIP of XLSX": lambda: zipped(("orders.xlsx", xlsx())),
    "ZIP of Parquet": lambda: zipped(("orders.parquet", parquet())),
    "GZIP of CSV": lambda: gzip.compress(delimited(",")),
}


@pytest.mark.parametrize("form", sorted(WRITTEN))
@pytest.mark.parametrize("ending", ["csv", "xls"])
def test_the_same_rows_come_out_of_every_form_under_any_name(read, form: str, ending: str):
    sheet, rows = read(WRITTEN[form](), f"some.{ending}")
    assert sheet.header == HEADER
    assert [row[1:] for row in rows] == ROWS
    assert sheet.set_aside == ()


def test_each_file_of_an_archive_is_a_sheet_with_the_name_of_both(tmp_path: Path):
    members = [("a.csv", b"id,n\n1,2\n"), ("sub/b.json", b'{"id": 1}\n'), ("README.txt", b"Hello there"),
               ("__MACOSX/._a.csv", b"\0\5\7"), ("picture.png", b"\x89PNG")]  # fmt: skip
    (tmp_path / "june.zip").write_bytes(zipped(*members))
    sheets = read_files([tmp_path / "june.zip"], duckdb.connect())
    assert [sheet.label for sheet in sheets] == ["june.zip/a.csv", "june.zip/sub/b.json"]


def test_typed_values_of_parquet_become_exact_text(read):
    table = pa.table(
        {
            "whole": pa.array([1, None, 2**62], pa.int64()),
            "price": pa.array([Decimal("12.50"), Decimal("-0.01"), None], pa.decimal128(18, 2)),
            "share": pa.array([0.1, 16.0, 2.5e-06], pa.float64()),
            "small": pa.array([16.448, float("nan"), 1.0], pa.float32()),
            "day": pa.array([date(2024, 1, 5), None, date(1999, 12, 31)]),
            "at": pa.array([datetime(2024, 1, 5), datetime(2024, 1, 5, 9, 30), None], pa.timestamp("ns")),
            "zoned": pa.array([datetime(2024, 1, 5, 23, 30), None, None], pa.timestamp("us", "America/New_York")),
            "won": pa.array([True, False, None]),
            "owner": pa.array([{"name": "Ann", "id": 1}, None, {"name": "Bo", "id": 2}]),
            "kind": pa.array(["a", " b ", "a"]).dictionary_encode(),
            "raw": pa.array([b"x", b"y", None], pa.binary()),
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    sheet, rows = read(buffer.getvalue(), "typed.parquet")
    assert sheet.header == (
        "whole", "price", "share", "small", "day", "at", "zoned", "won", "owner.name", "owner.id", "kind", "raw",
    )  # fmt: skip
    assert rows == [
        (1, "1", "12.50", "0.1", "16.448", "2024-01-05", "2024-01-05", "2024-01-05 23:30:00", "true", "Ann", "1",
         "a", "x"),
        (2, None, "-0.01", "16", None, None, "2024-01-05 09:30:00", None, "false", None, None, "b", "y"),
        (3, str(2**62), None, "0.0000025", "1", "1999-12-31", None, None, None, "Bo", "2", "a", None),
    ]  # fmt: skip


def test_json_keeps_numbers_as_written_and_flattens_one_level(read):
    lines = (
        '{"id": 1, "amount": 12.50, "owner": {"name": "Ann", "address": {"city": "Oslo"}}, "tags": ["a", "b"]}\n'
        '{"id": 2, "amount": 1e3, "won": true, "owner": null}\n'
        "{broken\n"
        '{"id": 3, "amount": 0.1000000000000000055511151231257827, "note": "two\\nlines"}\n'
    )
    sheet, rows = read(lines, "deals.jsonl")
    names = ("id", "amount", "owner.name", "owner.address", "tags", "won", "owner", "note")
    assert sheet.header == names
    assert rows == [
        (1, "1", "12.50", "Ann", '{"city": "Oslo"}', '["a", "b"]', None, None, None),
        (2, "2", "1000", None, None, None, "true", None, None),
        (4, "3", "0.1000000000000000055511151231257827", None, None, None, None, None, "two\nlines"),
    ]
    assert [(each.row, each.value) for each in sheet.set_aside] == [(3, "{broken")]


@pytest.mark.parametrize("text", ['[1, 2]', '[[1, 2]]', '{"orders": [1, 2]}', '[{"a": 1}, {"a"', "[" * 100_000,
                                  '{"a":' * 100_000])  # fmt: skip
def test_json_of_another_shape_is_refused(read, text: str):
    with pytest.raises(FileError, match=r"data\.json is (?:JSON|neither)|header"):
        read(text, "data.json")


def test_a_web_page_gives_the_number_behind_the_text_and_the_region_of_every_row(read):
    page = """<meta charset="gb2312"><table><tr><td colspan="3"><b>Menu</b></td></tr></table>
    <table><tr><th>地区</th><th>产品</th><th>金额</th></tr>
    <tr><td rowspan=2>华东</td><td>茶&nbsp;叶<script>alert(1)</script></td><td x:num="1234.5">1,234.50</td></tr>
    <tr><td>米<br>饭</td><td>7</td></tr></table>"""
    sheet, rows = read(page.encode("gbk"), "report.xls")
    assert sheet.header == ("地区", "产品", "金额")
    assert [row[1:] for row in rows] == [("华东", "茶 叶", "1234.5"), ("华东", "米 饭", "7")]


def test_an_xml_spreadsheet_keeps_types_and_places(read):
    def cell(kind: str, text: str, more: str = "") -> str:
        return f'<Cell{more}><Data ss:Type="{kind}">{text}</Data></Cell>'

    names = "".join(cell("String", name) for name in ("id", "day", "at", "paid", "n"))
    first = cell("String", "007") + cell("DateTime", "2024-01-05T00:00:00.000")
    first += cell("DateTime", "2024-01-05T09:30:00.000") + cell("Boolean", "1") + cell("Number", "16.448")
    second = cell("String", "008") + cell("Error", "#N/A", ' ss:Index="4"') + cell("Number", "2")
    xml = (
        '<?xml version="1.0"?><ss:Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table>'
        f'<Row ss:Index="3">{names}</Row><Row>{first}</Row><Row ss:Index="9">{second}</Row></Table></Worksheet>'
        "</ss:Workbook>"
    )
    sheet, rows = read(xml, "old.xls")
    assert (sheet.name, sheet.header_row) == ("A", 3)
    assert rows == [
        (4, "007", "2024-01-05", "2024-01-05 09:30:00", "true", "16.448"),
        (9, "008", None, None, None, "2"),
    ]


def test_a_binary_workbook_is_read(read):
    cells = {(0, 0): "id", (0, 1): "amount", (1, 0): "007", (1, 1): 16.448, (4, 0): "008", (4, 1): 2.0}
    sheet, rows = read(xlsb("Orders", cells), "orders.xlsb")
    assert (sheet.name, sheet.header) == ("Orders", ("id", "amount"))
    assert rows == [(2, "007", "16.448"), (5, "008", "2")]
