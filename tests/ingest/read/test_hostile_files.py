"""Files made to do harm are refused in one sentence or lose the row that does it; nothing is held, run or written."""

from __future__ import annotations

import gzip
import io
import json
import os
import subprocess
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import xlsxwriter

from salesmetrics.errors import FileError
from salesmetrics.ingest.read import read_files
from salesmetrics.ingest.read.bounds import LONGEST_CELL, MOST_COLUMNS
from tests.ingest.read.binary_workbook import xlsb
from tests.ingest.read.test_formats import ods, ods_cell, zipped

MEGABYTE = 1 << 20
SHEET = "xl/worksheets/sheet1.xml"


def refusal(path: Path) -> str:
    with pytest.raises(FileError) as caught:
        read_files([path], duckdb.connect())
    sentence = str(caught.value)
    assert path.name in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def refused(folder: Path, name: str, content: bytes) -> str:
    (folder / name).write_bytes(content)
    return refusal(folder / name)


def workbook() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet().write_column(0, 0, ["id", 1, 2])
    book.close()
    return buffer.getvalue()


def with_part(name: str, content: bytes) -> bytes:
    """Give a workbook in which one part is another."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as source, zipfile.ZipFile(buffer, "w", 8) as target:
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
    return buffer.getvalue()


def sheet_of(rows: str, before: str = "", more: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{more}<sheetData>{rows}</sheetData></worksheet>"
    ).encode()


def text_cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def forged(archive: bytes, claimed: int) -> bytes:
    """Have a ZIP of one file claim in both its lists that the file unpacks to few bytes."""
    size = zipfile.ZipFile(io.BytesIO(archive)).infolist()[0].file_size.to_bytes(4, "little")
    return archive.replace(size, claimed.to_bytes(4, "little"))


def bomb(path: Path, member: str, megabytes: int, *, also: bytes = b"") -> None:
    with zipfile.ZipFile(io.BytesIO(also or zipped())) as source, zipfile.ZipFile(path, "w", 8) as target:
        for part in source.namelist():
            if part != member:
                target.writestr(part, source.read(part))
        with target.open(member, "w", force_zip64=True) as inside:
            for _number in range(megabytes):
                inside.write(b"1,2,3,4\n" * (MEGABYTE // 8))


PEAK = """
import resource, sys
import duckdb
from pathlib import Path
from salesmetrics.errors import FileError
from salesmetrics.ingest.read import read_files
small = Path(sys.argv[1] + ".csv")
small.write_text("id,n\\n1,2\\n")
read_files([small], duckdb.connect())
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    read_files([Path(sys.argv[1])], duckdb.connect())
except FileError as error:
    print(error)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print((after - before) // (1024 * 1024 if sys.platform == "darwin" else 1024))
"""


def peak(path: Path) -> tuple[str, int]:
    """Read a file in a process of its own: give what it says and the megabytes it takes beyond a small file."""
    out = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True
    ).stdout
    *said, megabytes = out.splitlines()
    return " ".join(said), int(megabytes)


def test_a_zip_bomb_is_refused_while_it_unpacks(tmp_path: Path):
    bomb(tmp_path / "bomb.zip", "a.csv", 400)
    said, megabytes = peak(tmp_path / "bomb.zip")
    assert "bomb.zip unpacks to far more" in said
    assert megabytes < 300


def test_a_workbook_that_is_a_bomb_is_refused_before_it_is_opened(tmp_path: Path):
    bomb(tmp_path / "bomb.xlsx", "xl/sharedStrings.xml", 400, also=workbook())
    said, megabytes = peak(tmp_path / "bomb.xlsx")
    assert "bomb.xlsx unpacks to far more" in said
    assert megabytes < 300


def test_one_cell_of_100_megabytes_costs_one_sentence(tmp_path: Path):
    with (tmp_path / "cell.csv").open("wb") as file:
        file.write(b"id,note\n1,ok\n2,")
        for _number in range(100):
            file.write(b"x" * MEGABYTE)
        file.write(b"\n3,ok\n")
    said, megabytes = peak(tmp_path / "cell.csv")
    assert "cell.csv has a line or a cell of more than 8 MB" in said
    assert megabytes < 300


def test_a_claimed_size_is_not_believed(tmp_path: Path):
    archive = zipped(("a.csv", b"id,n\n" + b"1,2\n" * (80 * MEGABYTE // 4)))
    assert "unpacks to far more" in refused(tmp_path, "forged.zip", forged(archive, 10))


def test_a_gzip_bomb_is_refused(tmp_path: Path):
    content = gzip.compress(b"id,n\n" + b"1,2\n" * (80 * MEGABYTE // 4))
    assert "unpacks to far more" in refused(tmp_path, "bomb.csv.gz", content)


def test_damaged_locked_and_empty_archives_are_refused(tmp_path: Path):
    archive = bytearray(zipped(("a.csv", b"id,n\n" + os.urandom(3000).hex().encode())))
    archive[1000] ^= 0xFF
    assert "damaged" in refused(tmp_path, "damaged.zip", bytes(archive))
    locked = bytearray(zipped(("a.csv", b"id,n\n1,2\n")))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert "password" in refused(tmp_path, "locked.zip", bytes(locked))
    assert "holds no CSV" in refused(tmp_path, "empty.zip", zipped())
    assert "damaged" in refused(tmp_path, "torn.csv.gz", gzip.compress(os.urandom(5000))[:3000])


def test_an_archive_within_an_archive_is_refused(tmp_path: Path):
    inner = zipped(("a.csv", b"id,n\n1,2\n"))
    assert "outer.zip/inner.zip is an archive within an archive" in refused(
        tmp_path, "outer.zip", zipped(("inner.zip", inner))
    )
    assert "archive within" in refused(tmp_path, "two.gz", gzip.compress(gzip.compress(b"id,n\n1,2\n")))


def test_too_many_files_in_an_archive_are_refused(tmp_path: Path):
    many = zipped(*((f"{number}.csv", b"id,n\n1,2\n") for number in range(501)))
    assert "more than 500 files" in refused(tmp_path, "many.zip", many)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../evil.csv", "evil.csv"),
        ("/etc/evil.csv", "etc/evil.csv"),
        ("..\\..\\evil.csv", "evil.csv"),
        ("C:\\Windows\\evil.csv", "Windows/evil.csv"),
        ("a\u202egnp.csv", "agnp.csv"),
        ("up/../../x\n.csv", "up/x .csv"),
    ],
)
def test_names_in_an_archive_lead_nowhere(tmp_path: Path, name: str, shown: str):
    inner = tmp_path / "in" / "deep"
    inner.mkdir(parents=True)
    (inner / "paths.zip").write_bytes(zipped((name, b"id,n\n1,2\n")))
    before = sorted(tmp_path.rglob("*"))
    [sheet] = read_files([inner / "paths.zip"], duckdb.connect())
    assert sheet.file == f"paths.zip/{shown}"
    assert sorted(tmp_path.rglob("*")) == before


def test_links_in_an_archive_are_refused(tmp_path: Path):
    link = zipfile.ZipInfo("passwords.csv")
    link.external_attr = 0o120777 << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "only points to another file" in refused(tmp_path, "link.zip", buffer.getvalue())


@pytest.mark.parametrize(
    "declared", ['<!DOCTYPE a [<!ENTITY b "c">]>', "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>"]
)
def test_entities_in_spreadsheets_are_refused(tmp_path: Path, declared: str):
    row = f'<row r="1">{text_cell("A1", "&b;")}</row>'
    assert "declares XML entities" in refused(tmp_path, "e.xlsx", with_part(SHEET, sheet_of(row, declared)))
    xml = f'<?xml version="1.0"?>{declared}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    assert "unsafe" in refused(tmp_path, "e.xls", xml.encode())


def test_deep_xml_is_refused_or_read_without_harm(tmp_path: Path):
    deep = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">' + "<a>" * 500_000
    assert "unsafe" in refused(tmp_path, "deep.xls", deep.encode())
    content = with_part(SHEET, sheet_of("<a>" * 500_000 + "</a>" * 500_000))
    assert "holds no cell" in refused(tmp_path, "deep.xlsx", content)
    nested = b"<table><tr><td>" * 20_000
    assert "web page" in refused(tmp_path, "deep.html", nested)


@pytest.mark.parametrize(
    "cells",
    [
        text_cell("A1", "id") + "</row><row r='1048576'>" + text_cell("XFD1048576", "x"),
        "<c t='n'><v>1</v></c>" * 16_000 + "</row>" + "<row><c><v>1</v></c></row>" * 3_000 + "<row>",
    ],
)
def test_cells_far_away_from_the_table_are_refused(tmp_path: Path, cells: str):
    assert "far away from its table" in refused(
        tmp_path, "far.xlsx", with_part(SHEET, sheet_of(f"<row r='1'>{cells}</row>"))
    )


def test_repeated_cells_of_an_ods_are_counted(tmp_path: Path):
    cell = ods_cell("x", ' table:number-columns-repeated="16384"')
    rows = f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'
    assert "far away from its table" in refused(tmp_path, "far.ods", ods(rows))


def test_one_cell_in_the_last_row_and_a_lie_about_the_size_do_no_harm(read):
    rows = "".join(f'<row r="{n}">{text_cell(f"A{n}", "id" if n == 1 else str(n))}</row>' for n in (1, 2, 1048576))
    content = with_part(SHEET, sheet_of(rows, more='<dimension ref="A1:XFD1048576"/>'))
    sheet, staged = read(content, "last.xlsx")
    assert (sheet.header, staged) == (("id",), [(2, "2"), (1048576, "1048576")])


def test_formats_that_run_to_the_last_cell_do_no_harm(read):
    rows = f'<row r="1">{text_cell("A1", "id")}</row><row r="2">{text_cell("A2", "7")}</row>'
    rows += '<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row>'
    _sheet, staged = read(with_part(SHEET, sheet_of(rows)), "formats.xlsx")
    assert staged == [(2, "7")]


def wide(columns: int) -> bytes:
    names = ",".join(f"c{number}" for number in range(columns))
    return f"{names}\n{names.replace('c', '')}\n".encode()


def test_ten_thousand_columns_are_refused_in_every_form(tmp_path: Path):
    objects = "{" + ", ".join(f'"c{number}": {number}' for number in range(10_000)) + "}"
    cells = "<tr>" + "<td>1</td>" * 10_000 + "</tr>"
    for name, content in {
        "wide.csv": wide(10_000),
        "wide.jsonl": objects.encode(),
        "wide.html": f"<table>{cells}{cells}</table>".encode(),
        "span.html": b"<table><tr><td>a<td>b<tr><td colspan=99999999>1<td>2</table>",
    }.items():
        assert f"at most {MOST_COLUMNS:,} are read" in refused(tmp_path, name, content)
    row = "".join(f"<c t='n'><v>{number}</v></c>" for number in range(10_000))
    content = with_part(SHEET, sheet_of(f"<row>{row}</row><row>{row}</row>"))
    assert "10,000 columns" in refused(tmp_path, "wide.xlsx", content)


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_as_many_columns_as_are_promised_are_read(read, form: str):
    row = {f"c{number}": f"v{number}" for number in range(MOST_COLUMNS)}
    text = {"csv": f"{','.join(row)}\n{','.join(row.values())}\n", "jsonl": json.dumps(row)}
    parquet = io.BytesIO()
    pd.DataFrame([row]).to_parquet(parquet)
    sheet, [staged] = read(text.get(form, parquet.getvalue()), f"wide.{form}")
    assert (sheet.header, staged[1:]) == (tuple(row), tuple(row.values()))


def test_a_row_with_an_endless_cell_is_set_aside_and_the_others_stay(read):
    long = "x" * (LONGEST_CELL + 1)
    sheet, rows = read(f"id,note,n\n1,ok,1\n2,{long},2\n3,ok,3\n")
    assert [row[0] for row in rows] == [2, 4]
    [aside] = sheet.set_aside
    assert (aside.row, aside.value) == (3, "x" * 200)
    assert f"{LONGEST_CELL + 1:,} characters" in aside.reason
    _sheet, rows = read(f'id,note,n\n1,"{"y" * 900_000}",1\n2,"a, b",2\n')
    assert [len(row[2]) for row in rows] == [900_000, 4]


def test_controls_and_marks_of_direction_are_taken_out(read):
    marked = "id,na\u202eme,am\x00ount\n1,\u202aEast\u202c \x07Side,\u200e5\n2,one\x0btwo,6\n"
    sheet, rows = read(marked)
    assert sheet.header == ("id", "name", "amount")
    assert [row[1:] for row in rows] == [("1", "East Side", "5"), ("2", "one two", "6")]
    row = "<row>" + text_cell("A1", "na\u202eme") + "</row><row>" + text_cell("A2", "a\u2066b") + "</row>"
    sheet, rows = read(with_part(SHEET, sheet_of(row)), "marks\u202e.xlsx")
    assert (sheet.file, sheet.header, rows) == ("marks.xlsx", ("name",), [(2, "ab")])


def test_formulas_are_text_or_their_last_result_and_never_run(read, tmp_path: Path):
    target = tmp_path / "proof"
    command = f"=cmd|'/c touch {target}'!A1"
    _sheet, rows = read(f'id,note\n1,"{command}"\n2,@SUM(1+1)\n')
    assert [row[2] for row in rows] == [command, "@SUM(1+1)"]
    cells = f'<row>{text_cell("A1", "n")}</row><row><c r="A2"><f>1+1</f><v>7</v></c></row>'
    _sheet, rows = read(with_part(SHEET, sheet_of(cells)), "formula.xlsx")
    assert rows == [(2, "7")]
    assert not target.exists()


@pytest.mark.parametrize(
    "unit",
    ["<", "<!", "<!--", "<a ", "</", "&", "&#", "<table", "<td a='", "<![CDATA[", "<?", "<td a='>", '<td a=">', "<a >",
     "<td>", "<script>", "<td rowspan=9 colspan=9>"],
)  # fmt: skip
def test_no_markup_takes_endless_time(tmp_path: Path, unit: str):
    (tmp_path / "slow.html").write_bytes(b"<html><table><tr><td>a<td>b" + unit.encode() * 60_000)
    begun = time.perf_counter()
    with suppress(FileError):
        read_files([tmp_path / "slow.html"], duckdb.connect())
    assert time.perf_counter() - begun < 10


def test_far_cells_of_a_binary_workbook_are_refused(tmp_path: Path):
    content = xlsb("Far", {(0, 0): "id", (1048575, 16383): 1.0})
    assert "far away from its table" in refused(tmp_path, "far.xlsb", content)
