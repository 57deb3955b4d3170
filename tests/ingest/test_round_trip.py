"""The sample company written in every format, encoding, delimiter and date style comes back identical.

Of each table the first rows: `ROUND_TRIP_ROWS=100000` is the long form, with all of them.
"""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from salesmetrics.ingest import Reading, read
from salesmetrics.model.tables import TABLES, ColumnType
from tests.ingest.corpus.ods_file import ods
from tests.ingest.corpus.xls_file import xls
from tests.ingest.corpus.xlsb_file import xlsb

SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
ROWS = int(os.environ.get("ROUND_TRIP_ROWS", "400"))
READ_ON = date(2026, 6, 30)
Rows = list[list[str]]
Written = Mapping[str, bytes]
Writer = Callable[[str, Rows], bytes]


def _company() -> dict[str, Rows]:
    return {
        path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[: ROWS + 1]
        for path in sorted(SAMPLE.glob("*.csv"))
    }


def _types(table: str, header: list[str]) -> list[ColumnType]:
    return [TABLES[table].column(name).type for name in header]


def _dated(table: str, rows: Rows, form: str) -> Rows:
    """Write every date and moment of a table in the form of `strftime`."""
    header, *body = rows
    types = _types(table, header)
    return [header, *([_in_form(cell, kind, form) for cell, kind in zip(row, types, strict=True)] for row in body)]


def _in_form(cell: str, kind: ColumnType, form: str) -> str:
    if not cell or kind not in (ColumnType.DATE, ColumnType.TIMESTAMP):
        return cell
    moment = datetime.fromisoformat(cell)
    day = moment.strftime(form)
    return f"{day} {cell[11:]}" if len(cell) > 10 else day


def _delimited(
    delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n", all_quoted: bool = False
) -> Writer:
    def write(table: str, rows: Rows) -> bytes:
        buffer = io.StringIO()
        quoting = csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL
        csv.writer(buffer, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
        return buffer.getvalue().encode(encoding)

    return write


def _in_style(form: str) -> Writer:
    plain = _delimited()
    return lambda table, rows: plain(table, _dated(table, rows, form))


def _xlsx(table: str, rows: Rows) -> bytes:
    """Write typed cells: days as days, money and numbers as numbers."""
    types = _types(table, rows[0])
    buffer = io.BytesIO()
    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, rows[0])
        for at, row in enumerate(rows[1:], start=1):
            for column, (cell, kind) in enumerate(zip(row, types, strict=True)):
                if not cell:
                    continue
                if kind in (ColumnType.DATE, ColumnType.TIMESTAMP):
                    sheet.write_datetime(at, column, datetime.fromisoformat(cell))
                elif kind in (ColumnType.MONEY, ColumnType.NUMBER):
                    sheet.write_number(at, column, float(cell))
                else:
                    sheet.write_string(at, column, cell)
    return buffer.getvalue()


def _parquet(table: str, rows: Rows) -> bytes:
    header, *body = rows
    columns = {
        name: _column(values, kind)
        for name, values, kind in zip(header, zip(*body, strict=True), _types(table, header), strict=True)
    }
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    return buffer.getvalue()


def _column(values: tuple[str, ...], kind: ColumnType) -> pa.Array:
    if kind is ColumnType.DATE:
        return pa.array([date.fromisoformat(v) if v else None for v in values], pa.date32())
    if kind is ColumnType.TIMESTAMP:
        return pa.array([datetime.fromisoformat(v) if v else None for v in values], pa.timestamp("us"))
    if kind in (ColumnType.MONEY, ColumnType.NUMBER):
        return pa.array([float(v) if v else None for v in values], pa.float64())
    return pa.array([v or None for v in values], pa.string())


def _json_lines(table: str, rows: Rows) -> bytes:
    header, *body = rows
    return "".join(json.dumps(dict(zip(header, row, strict=True))) + "\n" for row in body).encode()


def _fixed(table: str, rows: Rows) -> bytes:
    widths = [max(map(len, column)) + 2 for column in zip(*rows, strict=True)]
    return "".join(
        "".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + "\n" for row in rows
    ).encode()


WRITERS: dict[str, tuple[str, Writer]] = {
    "semicolon": ("csv", _delimited(";")),
    "tab": ("tsv", _delimited("\t")),
    "pipe": ("txt", _delimited("|")),
    "line feeds": ("csv", _delimited(end="\n")),
    "all quoted": ("csv", _delimited(all_quoted=True)),
    "UTF-8 with a mark": ("csv", _delimited(encoding="utf-8-sig")),
    "UTF-16": ("csv", _delimited("\t", encoding="utf-16")),
    "GB18030": ("csv", _delimited(encoding="gb18030")),
    "cp1252": ("csv", _delimited(encoding="cp1252")),
    "cp850": ("csv", _delimited(encoding="cp850")),
    "XLSX": ("xlsx", _xlsx),
    "XLS": ("xls", lambda table, rows: xls(rows)),
    "XLSB": ("xlsb", lambda table, rows: xlsb(rows)),
    "ODS": ("ods", lambda table, rows: ods(rows)),
    "Parquet": ("parquet", _parquet),
    "JSON lines": ("jsonl", _json_lines),
    "fixed width": ("txt", _fixed),
    "day/month/year": ("csv", _in_style("%d/%m/%Y")),
    "month/day/year": ("csv", _in_style("%m/%d/%Y")),
    "day.month.year": ("csv", _in_style("%d.%m.%Y")),
    "year/month/day": ("csv", _in_style("%Y/%m/%d")),
    "month names": ("csv", _in_style("%d %b %Y")),
    "long month names": ("csv", _in_style("%B %d, %Y")),
    "Chinese dates": ("csv", _in_style("%Y年%m月%d日")),
    "no marks": ("csv", _in_style("%Y%m%d")),
}


@pytest.fixture(scope="module")
def as_it_is(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    source = tmp_path_factory.mktemp("plain")
    for table, rows in _company().items():
        (source / f"{table}.csv").write_bytes(_delimited()(table, rows))
    return read([source], into=tmp_path_factory.mktemp("as_it_is"), read_on=READ_ON)


def _differing(one: Path, other: Path, table: str) -> int:
    """Count rows of a table that stand in one folder and not in the other, with how often they stand there."""
    first, second = (f"(SELECT * FROM '{folder / table}.parquet')" for folder in (one, other))
    with duckdb.connect() as connection:
        [(differing,)] = connection.execute(
            f"SELECT (SELECT count(*) FROM ({first} EXCEPT ALL {second})) + "
            f"(SELECT count(*) FROM ({second} EXCEPT ALL {first}))"
        ).fetchall()
    return int(differing)


def _same(found: Reading, as_it_is: Reading) -> None:
    assert found.report.questions == ()
    assert set(found.dataset.tables) == set(as_it_is.dataset.tables)
    folders = found.dataset.folder, as_it_is.dataset.folder
    assert {table: _differing(*folders, table) for table in as_it_is.dataset.tables} == dict.fromkeys(
        as_it_is.dataset.tables, 0
    )


@pytest.mark.parametrize("style", WRITERS)
def test_the_sample_company_comes_back_identical(style: str, as_it_is: Reading, tmp_path: Path):
    ending, write = WRITERS[style]
    source = tmp_path / "files"
    source.mkdir()
    for table, rows in _company().items():
        (source / f"{table}.{ending}").write_bytes(write(table, rows))
    _same(read([source], into=tmp_path / "data", read_on=READ_ON), as_it_is)


def test_the_sample_company_in_one_archive_comes_back_identical(as_it_is: Reading, tmp_path: Path):
    archive = tmp_path / "company.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as members:
        for table, rows in _company().items():
            members.writestr(f"export/{table}.csv", _delimited()(table, rows))
    _same(read([archive], into=tmp_path / "data", read_on=READ_ON), as_it_is)


def test_the_sample_company_in_one_book_comes_back_identical(as_it_is: Reading, tmp_path: Path):
    book = tmp_path / "company.xlsx"
    with xlsxwriter.Workbook(book, {"constant_memory": True}) as written:
        for table, rows in _company().items():
            sheet = written.add_worksheet(table)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    _same(read([book], into=tmp_path / "data", read_on=READ_ON), as_it_is)
