"""The encoding is told by the bytes of the whole file."""

from __future__ import annotations

import pytest

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
