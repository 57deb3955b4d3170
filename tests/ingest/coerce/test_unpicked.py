"""What lists show before something is picked is empty; values that look like it stay."""

from __future__ import annotations

import pytest

from salesmetrics.model.tables import ColumnType


@pytest.mark.parametrize(
    "word", ["-- Select --", "--Select--", "--None--", "-None-", "Please select", "请选择", "N/A", "-"]
)
def test_words_before_a_choice_are_empty(values, word):
    assert values(["East", word, "NA", "West"], ColumnType.TEXT)[0] == ["East", None, "NA", "West"]
    assert values(["5", word, "7"], ColumnType.NUMBER)[0] == [5, None, 7]


def test_select_beside_choices_is_empty_and_counted(values):
    result, coerced = values(["Web", "Select", "Fair", "Select", "Web"], ColumnType.TEXT)
    assert result == ["Web", None, "Fair", None, "Web"]
    assert (coerced.filled, coerced.unreadable) == (3, 0)
    assert "2 cells say" in coerced.notes[0]


@pytest.mark.parametrize("cells", [["Basic", "Select", "Premium"], ["Select", "Select"], ["Select", "Other"]])
def test_select_that_is_a_value_stays(values, cells):
    assert values(cells, ColumnType.TEXT)[0] == cells
