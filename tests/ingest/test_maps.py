"""A person's corrections: `--map TABLE.COLUMN=HEADER`, for one file or sheet, with an answer to a question."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from salesmetrics.errors import MappingError
from salesmetrics.ingest import read

from .conftest import READ_ON, Given

SALES = """
When,Net,Gross,Who
2024-01-15,90,100,A
2024-02-15,45,50,B
"""


def test_a_map_goes_before_what_is_recognised(given: Given) -> None:
    text = "Order Date,Sales,Gross\n2024-01-15,90,100\n"
    assert given({"a.csv": text}).one("SELECT sum(amount) FROM orders") == 90
    assert given({"a.csv": text}, ["orders.amount=Gross"]).one("SELECT sum(amount) FROM orders") == 100


def test_headers_that_mean_nothing_can_be_told(given: Given) -> None:
    read = given({"a.csv": SALES}, ["orders.order_date=When", "orders.amount=net", "orders.customer_id=Who"])
    assert read.sql("SELECT customer_id, amount FROM orders ORDER BY 1") == [("A", 90), ("B", 45)]
    assert {column.confidence for column in read.sheet("a.csv").mapping} == {1.0}


def test_one_file_can_be_meant(given: Given) -> None:
    files = {
        "may.csv": "Order Date,Sales,Net\n2024-05-01,10,9\n",
        "june.csv": "Order Date,Sales,Net\n2024-06-01,20,18\n",
    }
    read = given(files, ["orders.amount=june.csv:Net"])
    assert read.sql("SELECT month(order_date), amount FROM orders ORDER BY 1") == [(5, 10), (6, 18)]
    read = given(files, ["orders.amount=Net"])
    assert read.one("SELECT sum(amount) FROM orders") == 27


def test_a_header_with_a_colon_is_itself(given: Given) -> None:
    read = given({"a.csv": "Order Date,Net: all\n2024-05-01,10\n"}, ["orders.amount=Net: all"])
    assert read.one("SELECT sum(amount) FROM orders") == 10


AMBIGUOUS = """
Order Date,Sales
03/04/2024,10
05/06/2024,20
05/06/2024,20
01/02/2024,20
"""


def test_an_open_date_order_is_asked_for_and_can_be_answered(given: Given) -> None:
    with pytest.raises(MappingError, match=r"a\.csv: .*--map orders\.order_date=Order Date:dmy\|mdy"):
        given({"a.csv": AMBIGUOUS})
    day_first = given({"a.csv": AMBIGUOUS}, ["orders.order_date=Order Date:dmy"])
    assert str(day_first.one("SELECT min(order_date) FROM orders")) == "2024-02-01"
    month_first = given({"a.csv": AMBIGUOUS}, ["orders.order_date=Order Date:mdy"])
    assert str(month_first.one("SELECT min(order_date) FROM orders")) == "2024-01-02"


def test_a_sheet_that_waits_for_an_answer_does_not_stop_the_others(given: Given) -> None:
    read = given({"a.csv": AMBIGUOUS, "reps.csv": "rep_id,name,team\n1,Ann,North\n"})
    sheet = read.sheet("a.csv")
    assert (sheet.table, sheet.kept, sheet.left_out) == (None, 0, 4)
    assert [(question.column, question.choices) for question in sheet.questions] == [
        ("order_date", ("dmy", "mdy"))
    ]
    assert set(read.reading.dataset.tables) == {"reps"}
    assert read.reading.report.sheets[0] == sheet, "what waits for a person comes first"


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("amount=Net", "is not TABLE.COLUMN=HEADER"),
        ("orders.amount", "is not TABLE.COLUMN=HEADER"),
        ("order.amount=Net", "the table order, which does not exist. Did you mean orders?"),
        ("orders.amout=Net", "the column amout, which orders has not. Did you mean amount?"),
        ("orders.amount=Nett", "No sheet has the header Nett. Did you mean Net?"),
        ("orders.amount=b.csv:Net", "No sheet has the header b.csv:Net."),
        ("orders.amount=Net", "still lacks order_date to be orders"),
    ],
)
def test_a_map_that_cannot_be_followed_says_what_is_near(given: Given, said: str, answer: str) -> None:
    with pytest.raises(MappingError) as caught:
        given({"a.csv": SALES}, [said])
    assert answer in str(caught.value)
    assert "\n" not in str(caught.value)


def test_two_maps_for_one_column_contradict(given: Given) -> None:
    with pytest.raises(MappingError, match=r"orders\.amount is mapped twice in a\.csv"):
        given({"a.csv": SALES}, ["orders.amount=Net", "orders.amount=Gross"])


def test_a_mapped_header_in_another_table_leaves_that_table_alone(given: Given) -> None:
    files = {
        "sales.csv": "Order Date,Sales,name\n2024-05-01,10,P\n",
        "customers.csv": "customer_id,name\nC1,P\n",
    }
    read = given(files, ["orders.product=name"])
    assert read.one("SELECT product FROM orders") == "P"
    assert read.one("SELECT name FROM customers") == "P"


def test_a_header_can_be_left_unread(given: Given) -> None:
    text = "Order Date,Sales,Region\n2024-01-15,90,North\n"
    read = given({"a.csv": text}, ["ignore=Region"])
    assert "region" not in {column.column for column in read.sheet("a.csv").mapping}
    assert read.sheet("a.csv").unmapped == ("Region",)
    assert read.sheet("a.csv").unmapped_samples == (("North",),)
    both = {"a.csv": text, "b.csv": text.replace("2024", "2025")}
    assert given(both, ["ignore=b.csv:Region"]).sql("SELECT region FROM orders ORDER BY order_date") == [
        ("North",),
        (None,),
    ]


def test_a_person_says_what_a_file_holds(given: Given) -> None:
    text = "Lead ID,Created At,Result\n1,2024-01-15 10:00,won\n2,2024-01-16 11:00,lost\n"
    assert given({"people.csv": text}).sheet("people.csv").table == "opportunities"
    assert given({"people.csv": text}, ["leads=people.csv"]).sheet("people.csv").table == "leads"


def test_a_file_that_is_not_there_is_named_with_the_nearest(given: Given) -> None:
    with pytest.raises(MappingError, match=r"There is no file or sheet may\.csv.*Did you mean .*many\.csv"):
        given({"many.csv": "Order Date,Sales\n2024-01-15,90\n"}, ["orders=may.csv"])


def test_the_encoding_of_a_file_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Order Date,Sales,Region\n2024-01-15,90,Großstadt\n2024-02-15,45,Dorf\n".encode("cp850"))

    def regions(*maps: str) -> tuple[str | None, list[str]]:
        found = read(path, maps=maps, into=tmp_path / "data", read_on=READ_ON)
        regions = duckdb.read_parquet(str(tmp_path / "data" / "orders.parquet")).project("region").fetchall()
        return found.report.sheets[0].encoding, sorted(region for (region,) in regions)

    assert regions() == ("cp1252", ["Dorf", "Groástadt"])
    for said in ("encoding=a.csv:cp850", "encoding=CP850", "encoding = a : ibm850"):
        assert regions(said) == ("cp850", ["Dorf", "Großstadt"])


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("encoding=a.csv:cp8500", "Did you mean cp850"),
        ("encoding=klingon", "There are: utf-8"),
        ("encoding=", "not known"),
        ("encoding=b.csv:cp850", "no file or sheet b.csv. Did you mean a.csv"),
    ],
)
def test_an_encoding_or_a_file_that_is_not_there_is_named(given: Given, said: str, found: str) -> None:
    with pytest.raises(MappingError, match=re.escape(found)):
        given({"a.csv": SALES}, [said])
