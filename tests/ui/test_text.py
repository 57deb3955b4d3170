"""Text from files is shown as it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from salesmetrics.model.report import SetAside
from ui.csv_text import set_aside_csv
from ui.text import plain

MEANING = set("\\`*_{}[]()<>#+!|$~:")


@given(st.text())
def test_nothing_in_a_name_is_read_as_formatting(text: str) -> None:
    escaped = plain(text)
    rest = escaped
    for mark in MEANING:
        rest = rest.replace(f"\\{mark}", "")
    assert not MEANING & set(rest)


def test_a_downloaded_cell_is_never_a_formula() -> None:
    rows = [
        SetAside("f.csv", None, 2, "amount", "=cmd|' /C calc'!A0", "no number"),
        SetAside("f.csv", "S", 3, None, "-5", "why"),
    ]
    lines = set_aside_csv(rows).decode("utf-8-sig").splitlines()
    assert lines[0] == "file,sheet,row,column,value,reason"
    assert lines[1] == "f.csv,,2,amount,'=cmd|' /C calc'!A0,no number"
    assert lines[2].split(",")[4] == "'-5"
