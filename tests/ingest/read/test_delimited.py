"""Delimited text: the delimiter, the header and ragged rows are told by the content."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_common_delimiter_and_line_end(read, delimiter, end):
    lines = [["id", "name", "note"], ["1", "Tea", "a.b"], ["2", "Rice", ""], ["3", "Salt", "x y"]]
    sheet, rows = read(end.join(delimiter.join(line) for line in lines))
    assert sheet.delimiter == delimiter
    assert sheet.header == ("id", "name", "note")
    assert rows == [(2, "1", "Tea", "a.b"), (3, "2", "Rice", None), (4, "3", "Salt", "x y")]


def test_decimal_commas_do_not_divide_a_semicolon_file(read):
    sheet, rows = read("name;price;cost\nTea;1,5;1,0\nRice;2,25;2,0\nSalt;3,75;3,1\n")
    assert sheet.delimiter == ";"
    assert rows[1] == (3, "Rice", "2,25", "2,0")


def test_a_list_inside_one_column_does_not_divide_the_file(read):
    sheet, _rows = read("id,tags\n" + "".join(f"{n},a|b|c|d\n" for n in range(200)))
    assert sheet.delimiter == ","


def test_quotes_keep_delimiters_quotes_and_line_breaks(read):
    _sheet, rows = read('id,name\n1,"Box, 5"" wide"\n2,"two\nlines"\n3,plain\n')
    assert rows == [(2, "1", 'Box, 5" wide'), (3, "2", "two\nlines"), (4, "3", "plain")]


def test_cells_are_stripped_and_leading_zeros_stay(read):
    _sheet, rows = read("\ufeffzip, city\n01040,\u00a0Holyoke \u3000\n00501, \n")
    assert rows == [(2, "01040", "Holyoke"), (3, "00501", None)]


def test_blank_lines_are_no_rows_but_count_in_the_numbering(read):
    sheet, rows = read("id,amount\n1,5\n\n ,\n2,6\n,,\n")
    assert [row[0] for row in rows] == [2, 5]
    assert sheet.rows == 2


def test_title_rows_and_blank_columns_are_skipped(read):
    sheet, rows = read("Sales report 2024,,,\n\n,region,amount,\n,East,12.5,\n,West,9,\n")
    assert (sheet.header, sheet.header_row) == (("region", "amount"), 3)
    assert rows == [(4, "East", "12.5"), (5, "West", "9")]


def test_a_block_of_remarks_above_the_table_is_skipped(read):
    block = "Report,Pipeline\nOwner,Anna\n\nid,stage,amount,owner\n"
    sheet, rows = read(block + "".join(f"D{n},Won,{n}00,Anna\n" for n in range(1, 9)))
    assert sheet.header == ("id", "stage", "amount", "owner")
    assert len(rows) == 8


def test_a_label_with_a_colon_is_no_header(read):
    sheet, rows = read("Month:,January\nid,amount\n1,5\n2,6\n\x1a")
    assert sheet.header == ("id", "amount")
    assert rows == [(3, "1", "5"), (4, "2", "6")]


def test_years_in_a_column_of_years_are_data(read):
    sheet, rows = read("2022,10\n2023,20\n2024,30\n")
    assert (sheet.header, len(rows)) == (("column 1", "column 2"), 3)


def test_repeated_and_empty_names_become_distinct(read):
    sheet, rows = read("Amount,,amount,Amount\n1,2,3,4\n5,6,7,8\n")
    assert sheet.header == ("Amount", "column 2", "amount 2", "Amount 3")
    assert rows[0] == (2, "1", "2", "3", "4")


def test_a_file_without_header_gets_numbered_columns(read):
    sheet, rows = read("2024-01-05,East,100\n2024-01-06,West,200\n2024-01-07,East,150\n")
    assert (sheet.header, sheet.header_row) == (("column 1", "column 2", "column 3"), 0)
    assert rows[0] == (1, "2024-01-05", "East", "100")


@pytest.mark.parametrize(
    "header", ["Rep,2022,2023,2024", "Rep,2024,2024 plan,2025", "Rep,2024-01,2024-02,2024-03", "Rep,Jan,Feb,Mar"]
)
def test_periods_as_names_are_a_header(read, header):
    sheet, rows = read(f"{header}\nAnna,10,20,30\nBen,11,21,31\nCleo,9,19,29\n")
    # Where they are a run of periods, the sheet is turned long.
    assert (sheet.header_row, sheet.header[0]) == (1, "Rep")
    assert {row[1] for row in rows} == {"Anna", "Ben", "Cleo"}


def test_text_only_table_has_its_header(read):
    sheet, rows = read("agent,manager,office\nAnna,Dan,East\nBen,Dan,East\nCleo,Mel,West\n")
    assert sheet.header == ("agent", "manager", "office")
    assert len(rows) == 3


def test_columns_of_numbers_divided_by_blanks(read):
    sheet, rows = read(" 00004 0001 19970101  2   29.33\r\n 00021 0002 19970113  1   11.77\r\n")
    assert len(sheet.header) == 5
    assert rows[1] == (2, "00021", "0002", "19970113", "1", "11.77")


def test_names_of_two_words_are_one_cell(read):
    sheet, rows = read("Sales rep\nAnna Smith\nBen Jones\n")
    assert sheet.header == ("Sales rep",)
    assert rows == [(2, "Anna Smith"), (3, "Ben Jones")]


def test_an_unquoted_comma_in_an_address_is_joined_again(read):
    regular = "".join(f"{n},{n}.50,Main street {n},Paris,France\n" for n in range(1, 30))
    _sheet, rows = read("id,amount,address,city,country\n" + regular + "30,7.5,Rue du Port, 67,Paris,France\n")
    assert rows[-1] == (31, "30", "7.5", "Rue du Port, 67", "Paris", "France")


def test_an_unquoted_thousands_comma_never_moves_an_amount(read):
    regular = "".join(f"2024-01-{n:02},Acme,{n}.50,East\n" for n in range(1, 29))
    _sheet, rows = read("date,customer,amount,region\n" + regular + "2024-02-01,Acme,1,234.50,East\n")
    assert rows[-1] == (30, "2024-02-01", "Acme", "1,234.50", "East")


def test_a_long_row_that_nothing_explains_is_set_aside(read):
    regular = "".join(f"{n},a{n},b{n}\n" for n in range(1, 30))
    sheet, rows = read("id,left,right\n" + regular + "30,x,y,z,q\n")
    assert len(rows) == 29
    [aside] = sheet.set_aside
    assert (aside.row, aside.value) == (31, "30,x,y,z,q")
    assert "3 cells and this row 5" in aside.reason


def test_missing_trailing_cells_are_empty_and_broken_rows_set_aside(read):
    regular = "".join(f"{n},{n}.5,East,ok\n" for n in range(1, 30))
    sheet, rows = read("id,amount,region,note\n" + regular + "30,7.5,West\nTotal,of all\n")
    assert rows[-1] == (31, "30", "7.5", "West", None)
    assert [aside.row for aside in sheet.set_aside] == [32]


def test_trailing_delimiters_are_no_cells(read):
    sheet, rows = read("id;amount\n1;5;\n2;6;\n3;7;\n")
    assert sheet.header == ("id", "amount")
    assert rows[0] == (2, "1", "5")


def test_row_numbers_without_a_name_shift_the_header_as_r_writes_it(read):
    sheet, rows = read("region,amount\n1,East,50\n2,West,60\n3,North,70\n")
    assert sheet.header == ("column 1", "region", "amount")
    assert rows[0] == (2, "1", "East", "50")


def test_a_header_that_comes_again_is_set_aside(read):
    sheet, rows = read("id,amount\n1,5\n2,6\nid,amount\n3,7\n")
    assert [row[1] for row in rows] == ["1", "2", "3"]
    assert [aside.row for aside in sheet.set_aside] == [4]


def test_an_unclosed_quote_does_not_swallow_the_file(read):
    lines = "".join(f"{n},pipe,{n}\n" for n in range(1, 2000))
    _sheet, rows = read('id,name,amount\n0,"6 inch,5\n' + lines)
    assert len(rows) == 2000
    assert rows[-1][1:] == ("1999", "pipe", "1999")


def test_the_hint_of_a_spreadsheet_names_the_delimiter(read):
    sheet, rows = read("sep=;\nid;amount\n1;5\n")
    assert (sheet.delimiter, sheet.header, sheet.header_row) == (";", ("id", "amount"), 2)
    assert rows == [(3, "1", "5")]


def test_hostile_headers_stay_names(read):
    sheet, rows = read('"x\'; DROP TABLE y; --","a""b"\n1,2\n')
    assert sheet.header == ("x'; DROP TABLE y; --", 'a"b')
    assert rows == [(2, "1", "2")]
