"""The encoding is told by the bytes of the whole file."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from salesmetrics.errors import FileError
from salesmetrics.ingest.maps import encodings_of
from salesmetrics.ingest.read import read_files
from salesmetrics.ingest.read.encoding import decode
from tests.ingest.read.test_formats import zipped

CHINESE = "订单编号,地区,产品,销售额\n" + "".join(
    f"A{n},{region},{product},{n * 10}\n"
    for n in range(1, 20)
    for region, product in (("华东", "办公用品"), ("华南", "电脑设备"), ("西北", "家具"))
)
TRADITIONAL = "訂單編號,地區,產品,銷售額\n" + "".join(
    f"A{n},{region},{product},{n * 10}\n"
    for n in range(1, 20)
    for region, product in (("台北", "辦公用品"), ("高雄", "電腦設備"))
)
WESTERN = "Kunde;Straße;Ort;Betrag\nMüller;Hauptstraße 5;München;12,50 €\nCafé Noël;Rue Élysée;Orléans;9,00 €\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "utf-8-sig"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-16-le"),
        (CHINESE, "utf-16-be"),
        (CHINESE, "gbk"),
        (CHINESE, "gb18030"),
        (TRADITIONAL, "big5"),
        (WESTERN, "cp1252"),
        (WESTERN, "utf-8"),
        (WESTERN, "utf-16-le"),
    ],
)
def test_text_comes_back_as_written(read, text, encoding):
    sheet, rows = read(text.encode(encoding))
    lines = text.splitlines()
    assert sheet.header == tuple(lines[0].split(sheet.delimiter))
    assert [row[1:] for row in rows] == [tuple(line.split(sheet.delimiter)) for line in lines[1:]]


def test_one_foreign_letter_at_the_end_of_a_long_file_counts(read):
    plain = "".join(f"{n},Berlin\n" for n in range(5000))
    _sheet, rows = read(("id,city\n" + plain + "5000,Köln\n").encode("cp1252"))
    assert rows[-1][2] == "Köln"


def test_one_damaged_byte_does_not_change_the_encoding(read):
    damaged = CHINESE.encode() + "A99,华".encode() + b"\xff,x,1\n"
    sheet, rows = read(damaged)
    assert sheet.encoding == "utf-8"
    assert rows[0][2] == "华东"


PEOPLE = "Kunde;Straße;Ort;Betrag\nMüller;Hauptstraße 5;München;12\nÖzil;Ährenweg;Übach;9\n"
SPANISH = "cliente,ciudad\nJosé Peña,Málaga\nMaría,Córdoba\nNúñez,León\n"
PORTUGUESE = "cliente,cidade\nJoão,São Paulo\nConceição,Brasília\nAntônio,Ceará\n"
DANISH = "navn,by\nSøren,Aarhus\nBjørn,København\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(text, encoding) for text in (PEOPLE, SPANISH, WESTERN.replace("€", "£")) for encoding in ("cp437", "cp850", "cp1252")
     if text.encode(encoding, "ignore").decode(encoding) == text]
    + [(PORTUGUESE, "cp850"), (PORTUGUESE, "cp1252"), (DANISH, "cp850"), (DANISH, "cp1252")],
)  # fmt: skip
def test_western_text_comes_back_from_dos_and_windows(text: str, encoding: str):
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded[0] == text


@pytest.mark.parametrize("text", [CHINESE, TRADITIONAL, "客户\n张三\n", "地区,销售额\n华东,5\n"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "gb18030"])
def test_chinese_text_comes_back_however_short(text: str, encoding: str):
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded[0] == text


@pytest.mark.parametrize("name", ["Zoë Laurent", "Emil Sørensen", "Tomás Silva", "Łukasz"])
def test_a_western_name_alone_is_read_from_gb18030(name: str):
    text = f"Rep,Region\n{name},North\nOwen Price,West\n"
    assert decode(text.encode("gb18030")) == (text, "gb18030")


def test_a_person_says_the_encoding_of_one_file_or_of_all(tmp_path: Path):
    ambiguous = "id,street\n1,Hauptstraße\n"
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(ambiguous.encode("cp850"))
    (tmp_path / "c.zip").write_bytes(zipped(("d.csv", ambiguous.encode("cp850"))))

    def streets(*maps: str) -> list[tuple[str, str | None, str]]:
        connection = duckdb.connect()
        found = []
        for sheet in read_files([tmp_path], connection, encodings_of(maps)):
            [(street,)] = connection.execute(f"SELECT c1 FROM {sheet.relation}").fetchall()
            found.append((sheet.file, sheet.encoding, street))
        return found

    read, unread = ("cp850", "Hauptstraße"), ("cp1252", "Hauptstraáe")
    names = ("a.csv", "b.csv", "c.zip/d.csv")
    assert streets() == [(name, *unread) for name in names]
    assert streets("encoding=IBM850") == [(name, *read) for name in names]
    assert streets("encoding=a.csv:cp850", "encoding=c.zip:850") == [
        ("a.csv", *read), ("b.csv", *unread), ("c.zip/d.csv", *read),
    ]  # fmt: skip


def test_an_encoding_that_does_not_fit_is_refused(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes("地区,n\n华东,1\n华西,2\n".encode("gb18030"))
    with pytest.raises(FileError, match=r"a\.csv is not written in utf-8"):
        read_files([tmp_path / "a.csv"], duckdb.connect(), encodings_of(["encoding=utf8"]))
