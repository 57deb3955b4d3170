"""What headers and values leave open is asked in one plain question, and its answer settles it."""

from __future__ import annotations

import pytest

from salesmetrics.errors import MappingError
from tests.ingest.conftest import Given

TWO_DATES = """
created on,timestamp,sales,region
2024-01-02,2024-01-09,5,North
2024-01-03,2024-01-08,6,South
"""


def test_two_headers_that_say_as_little_are_asked_for(given: Given) -> None:
    with pytest.raises(MappingError, match="Which column is the order_date of orders") as refused:
        given({"s.csv": TWO_DATES})
    assert "orders.order_date=s.csv:timestamp" in str(refused.value.args)
    read = given({"s.csv": TWO_DATES}, ["orders.order_date=s.csv:timestamp"])
    assert [str(day) for (day,) in read.sql("SELECT order_date FROM orders ORDER BY 1")] == [
        "2024-01-08",
        "2024-01-09",
    ]
    assert read.reading.report.questions == ()


def test_a_hint_that_is_alone_is_surer_and_not_asked_for(given: Given) -> None:
    read = given({"s.csv": "date,sales\n2024-01-02,5\n2024-01-03,6"})
    [day] = [one for one in read.sheet("s.csv").mapping if one.column == "order_date"]
    assert day.confidence == 0.7
    assert day.evidence.endswith("no other header may be it")


def test_headers_too_vague_for_any_table_are_asked_for_not_read(given: Given) -> None:
    files = {"s.csv": "date,value\n2024-01-02,5.50\n2024-01-03,6.25"}
    with pytest.raises(MappingError, match=r"do not say what this file holds\. Is it orders"):
        given(files)
    read = given(files, ["orders.order_date=s.csv:date", "orders.amount=s.csv:value"])
    assert read.one("SELECT sum(amount) FROM orders") * 100 == 1175


def test_a_sheet_that_waits_beside_others_asks_with_its_answer_at_hand(given: Given) -> None:
    files = {"s.csv": "date,value\n2024-01-02,5.50\n2024-01-03,6.25", "o.csv": "order date,sales\n2024-05-01,9"}
    first = given(files)
    [question] = first.reading.report.questions
    assert first.one("SELECT count(*) FROM orders") == 1
    assert given(files, question.says[0]).one("SELECT count(*) FROM orders") == 3


def test_values_that_are_no_dates_ask_nothing(given: Given) -> None:
    read = given(
        {
            "n.csv": "ID,frequency,recency,T\n4,2,30.43,38.86\n18,1,1.71,38.86",
            "o.csv": "order date,sales\n2024-05-01,9",
        }
    )
    assert read.reading.report.questions == ()
