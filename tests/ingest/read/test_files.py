"""Files and folders: what is picked, and one plain sentence for what cannot be read."""

from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import duckdb
import pytest

from salesmetrics.errors import FileError
from salesmetrics.ingest.read import read_files

OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def other_zip() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("readme.txt", "hello")
    return buffer.getvalue()


def protected_workbook() -> bytes:
    """An OLE container whose directory names an EncryptedPackage, as a password-protected XLSX has it."""
    sector = 512
    header = bytearray(sector)
    header[0:8] = OLE
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE, *[0xFFFFFFFF] * 118)

    def entry(name: str, kind: int, child: int, sibling: int, start: int, size: int) -> bytes:
        coded = (name + "\0").encode("utf-16-le")
        packed = coded.ljust(64, b"\0") + struct.pack("<HBB", len(coded), kind, 1)
        packed += struct.pack("<III", 0xFFFFFFFF, sibling, child) + bytes(16 + 4 + 8 + 8)
        return packed + struct.pack("<IQ", start, size)

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFF, 0xFFFFFFFE, 0)
    directory += entry("EncryptedPackage", 2, 0xFFFFFFFF, 0xFFFFFFFF, 2, 4096)
    directory += bytes(256)
    return bytes(header) + fat + directory + b"\x01" * 4096


BAD = {
    "empty.csv": (b"", "empty"),
    "blank.csv": (b"\n \n\n", "empty"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(200), "image"),
    "photo.csv": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, "image"),
    "header.csv": (b"order_id,order_date,amount\n", "header"),
    "random.csv": (Random(7).randbytes(5000), "neither text nor a spreadsheet"),
    "random.xlsx": (b"PK\x03\x04" + Random(1).randbytes(5000), "damaged"),
    "random.xls": (OLE + Random(2).randbytes(5000), "damaged"),
    "archive.xlsx": (other_zip(), "no spreadsheet"),
    "protected.xlsx": (protected_workbook(), "password"),
    "letter.csv": (b"%PDF-1.7\n" + bytes(100), "PDF"),
    "data.csv": (b'{"orders": [1, 2]}', "JSON"),
    "page.xls": (b"<html><body><p>Your session has ended.</p></body></html>", "web page"),
}


@pytest.mark.parametrize("name", sorted(BAD))
def test_a_bad_file_is_one_sentence_that_names_it(tmp_path: Path, name: str):
    content, found = BAD[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(FileError) as caught:
        read_files([tmp_path / name], duckdb.connect())
    message = str(caught.value)
    assert name in message
    assert found in message
    assert "\n" not in message
    assert message.endswith(".")


def test_every_bad_file_is_named_so_that_all_can_be_mended_at_once(tmp_path: Path):
    for name, (content, _found) in BAD.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "good.csv").write_text("order_id,amount\n1,2\n")
    with pytest.raises(FileError) as caught:
        read_files([tmp_path], duckdb.connect())
    assert all(name in str(caught.value) for name in BAD)
    assert "good.csv" not in str(caught.value)


def test_what_is_missing_or_holds_nothing_is_said(tmp_path: Path):
    (tmp_path / "notes.md").write_text("# notes")
    for path, word in ((tmp_path / "no.csv", "no.csv"), (tmp_path, "holds no CSV"), (Path("a\0b"), "opened")):
        with pytest.raises(FileError, match=word):
            read_files([path], duckdb.connect())
    with pytest.raises(FileError, match="No file"):
        read_files([], duckdb.connect())


def test_a_folder_is_read_in_order_without_hidden_and_temporary_files(tmp_path: Path):
    for name in ("b.csv", "a.csv", "sub/c.txt", ".hidden.csv", "~$a.xlsx", ".git/d.csv", "notes.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("id,amount\n1,5\n")
    sheets = read_files([tmp_path, tmp_path / "a.csv"], duckdb.connect())
    assert [sheet.file for sheet in sheets] == ["a.csv", "b.csv", "sub/c.txt"]


def test_two_readings_share_a_database(tmp_path: Path):
    connection = duckdb.connect()
    for amount in (5, 6):
        (tmp_path / f"{amount}.csv").write_text(f"id,amount\n1,{amount}\n")
    relations = [read_files([tmp_path / f"{amount}.csv"], connection)[0].relation for amount in (5, 6)]
    assert [connection.execute(f"SELECT c1 FROM {each}").fetchall() for each in relations] == [[("5",)], [("6",)]]
