"""The small line on a card."""

from __future__ import annotations

from salesmetrics.charts import sparkline, sparkline_figure
from tests.charts.results import nothing, over_time


def test_the_specification_that_is_sent_is_valid_and_has_no_axes() -> None:
    sent = sparkline(over_time("revenue", [1.0, 2, 3]), "revenue").to_dict()
    assert {layer["encoding"][axis]["axis"] for layer in sent["layer"] for axis in "xy"} == {None}


def test_it_starts_where_the_data_does_and_marks_the_last_known_value() -> None:
    data = sparkline_figure(over_time("revenue", [None, None, 5.0, 7.0, None]), "revenue").data
    assert data["period"].tolist() == ["Mar 2025", "Apr 2025", "May 2025"]
    assert data["last"].tolist() == [False, True, False]


def test_one_value_is_no_line() -> None:
    assert sparkline_figure(over_time("revenue", [None, 5.0]), "revenue").empty
    assert sparkline_figure(nothing("revenue", "no_rows"), "revenue").empty


def test_it_says_in_words_what_it_shows() -> None:
    assert sparkline_figure(over_time("revenue", [1.0, 2, 3]), "revenue").text == (
        "Revenue from 1 in Jan 2025 to 3 in Mar 2025."
    )
