"""`check`: what files allow, and the one file or column that would unlock most."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from salesmetrics.commands import main

ORDERS = "order_id,order_date,amount,region\n1,2024-01-05,10,East\n2,2024-02-05,30,West\n"
WITH_CUSTOMERS = "order_id,order_date,amount,region,customer_id\n1,2024-01-05,10,East,A\n2,2024-02-05,30,West,B\n"

Check = Callable[..., str]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """Check a file of orders and give what is printed."""

    def run(orders: str, *words: str) -> str:
        path = tmp_path / "orders.csv"
        path.write_text(orders)
        assert main(["check", str(path), *words]) == 0
        return capsys.readouterr().out

    return run


def test_the_last_line_names_what_to_add_first(check: Check) -> None:
    first = json.loads(check(ORDERS, "--json"))["readiness"]["first"]
    *_others, last = check(ORDERS).splitlines()
    assert last.startswith("Add ")
    assert first["table"] in last
    assert last.endswith(f"it alone unlocks {first['unlocks']}.")


def test_a_column_unlocks_as_many_as_is_said(check: Check) -> None:
    before, after = (json.loads(check(orders, "--json"))["readiness"] for orders in (ORDERS, WITH_CUSTOMERS))
    [customers] = [one for one in before["unlocks"] if one["columns"] == ["customer_id"]]
    assert not customers["file"]
    assert after["available"] - before["available"] == customers["unlocks"] == len(customers["metrics"])
    assert before["of"] == after["of"]


def test_json_and_text_agree_with_the_list_of_metrics(check: Check) -> None:
    answer = json.loads(check(ORDERS, "--json"))
    available = [entry["metric"] for entry in answer["metrics"] if entry["available"]]
    assert answer["readiness"]["available"] == len(available)
    assert f"Metrics at hand ({len(available)} of {len(answer['metrics'])}): {', '.join(available)}" in check(
        ORDERS
    )


def test_a_missing_file_is_named_with_the_columns_it_needs(check: Check) -> None:
    text = check(ORDERS)
    [deals] = [line for line in text.splitlines() if line.startswith("opportunities.csv with ")]
    assert "status" in deals
    assert "win_rate" in deals


def test_what_needs_several_says_all_of_it(check: Check) -> None:
    answer = json.loads(check(ORDERS, "--json"))["readiness"]
    assert answer["need_several"]
    for metric, columns in answer["need_several"].items():
        assert len({column.partition(".")[0] for column in columns}) > 1
        assert f"{metric} needs {', '.join(columns)}" in check(ORDERS)


ODD = ORDERS + "3,2024-02-06,soon,West\n4,2099-01-01,5,West\n"


def test_what_is_wrong_is_told_worst_first_in_both(check: Check) -> None:
    found = json.loads(check(ODD, "--json"))["findings"]
    assert [one["severity"] for one in found[:2]] == ["changes_a_number"] * 2
    told = {one["code"]: one for one in found}
    assert told["dated_after_reading"]["rows"] == 1
    assert told["dated_after_reading"]["numbers"] == ["revenue"]
    assert told["dated_after_reading"]["file"] == "orders.csv"
    assert told["rows_set_aside"]["samples"] == ["row 4: soon"]
    text = check(ODD)
    assert text.index("Changes a number") < text.index(told["dated_after_reading"]["sentence"])


def test_the_coverage_of_each_column_is_in_the_json(check: Check) -> None:
    covers = json.loads(check(ORDERS + "3,2024-02-06,5,\n", "--json"))["coverage"]
    [region] = [one for one in covers if one["column"] == "region"]
    assert (region["rows"], region["filled"]) == (3, 2)
    assert region["share"] == pytest.approx(2 / 3)


def test_a_clean_file_says_that_nothing_changes_a_number(check: Check) -> None:
    assert "Nothing found that changes a number." in check(ORDERS)
