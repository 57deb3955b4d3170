"""Yes and no in two languages; texts as they stand."""

from __future__ import annotations

import pytest

from salesmetrics.model.tables import ColumnType


@pytest.mark.parametrize("word", ["Yes", "Y", "TRUE", "1", "x", "是", "Returned", "退货"])
def test_words_for_yes(values, word):
    assert values([word], ColumnType.BOOLEAN)[0] == [True]


@pytest.mark.parametrize("word", ["No", "n", "False", "0", "否", "未退货"])
def test_words_for_no(values, word):
    assert values([word], ColumnType.BOOLEAN)[0] == [False]


def test_other_words_are_unreadable_and_blanks_empty(values):
    result, coerced = values(["Yes", "perhaps", "", "N/A"], ColumnType.BOOLEAN)
    assert result == [True, None, None, None]
    assert (coerced.filled, coerced.unreadable) == (2, 1)


def test_texts_keep_what_could_be_a_value(values):
    cells = ["NA", "None", "-", "0012", "NULL", "#N/A", "(null)", r"\N", "n/a"]
    result, coerced = values(cells, ColumnType.TEXT)
    assert result == ["NA", "None", None, "0012", None, None, None, None, None]
    assert (coerced.filled, coerced.unreadable) == (3, 0)


def test_keys_that_all_end_in_point_zero_are_whole(values):
    result, coerced = values(["12583.0", "", "12600.0"], ColumnType.TEXT)
    assert result == ["12583", None, "12600"]
    assert coerced.notes[0].startswith("whole_numbers:")
    assert values(["12583.0", "A1"], ColumnType.TEXT)[0] == ["12583.0", "A1"]
