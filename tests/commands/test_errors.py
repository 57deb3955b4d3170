"""Bad input on the command line: one clear sentence, exit 2, never a traceback."""

import random
from pathlib import Path

import pytest

from salesmetrics.commands import main

ORDERS = "order_date,amount,region\n2024-01-05,10,East\n2024-02-05,20,West\n"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    path = tmp_path / "orders.csv"
    path.write_text(ORDERS)
    return path


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str]):
    def run(*words: object) -> str:
        assert main([str(word) for word in words]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.count("\n") == 1
        assert "Traceback" not in err
        return err

    return run


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("picture.csv", PNG),
        ("empty.csv", b""),
        ("header.csv", b"order_date,amount\n"),
        ("noise.xlsx", random.Random(1).randbytes(3000)),
        ("noise.xls", random.Random(2).randbytes(3000)),
        ("noise.xlsx", b"PK\x03\x04" + random.Random(3).randbytes(3000)),
        ("noise.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(4).randbytes(3000)),
    ],
)
@pytest.mark.parametrize("command", ["check", "compute"])
def test_a_file_that_is_no_table_is_refused_by_name(refused, tmp_path, command, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    words = [command, path] + (["--metric", "revenue"] if command == "compute" else [])
    assert name in refused(*words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--metric", "revenu"], "revenue"),
        (["--metric", "revenue", "--by", "regoin"], "region"),
        (["--metric", "revenue", "--by", "stage"], "cannot be broken down by stage"),
        (["--metric", "revenue", "--where", "region=Eest"], "East"),
        (["--metric", "revenue", "--where", "regon=East"], "region"),
        (["--metric", "revenue", "--where", "East"], "DIM=VALUE"),
        (["--metric", "revenue", "--grain", "mnth"], "month"),
        (["--metric", "revenue", "--from", "05/01/2024"], "year-month-day"),
        (["--metric", "revenue", "--from", "2024-03-01", "--to", "2024-02-01"], "before"),
        (["--metric", "revenue", "--compare", "lastyear"], "last_year"),
        (["--metric", "revenue", "--param", "sales_cycle_length.outcom=won"], "outcome"),
        (["--metric", "revenue", "--param", "new_product_units.months=six"], "whole number"),
        (["--metric", "revenue", "--set", "fiscal_year=4"], "fiscal_year_start"),
        (["--metric", "revenue", "--set", "week_start=8"], "from 1 to 7"),
        (["--metric", "revenue", "--set", "currency"], "NAME=VALUE"),
        (["--metric", "revenue", "--engine", "oracle://x"], "duckdb"),
        (["--metric", "revenue", "--map", "orders.amont=amount"], "Did you mean amount?"),
    ],
)
def test_a_word_that_does_not_exist_brings_the_nearest_right_one(refused, orders, words, said):
    assert said in refused("compute", orders, *words)


def test_an_unknown_command_and_a_missing_file(refused, tmp_path):
    assert "compute" in refused("compote", "x.csv", "--metric", "revenue")
    assert "nowhere.csv" in refused("compute", tmp_path / "nowhere.csv", "--metric", "revenue")
    assert "revenue" in refused("metrics", "revenus")


def test_a_missing_option_is_said_in_one_line(refused, orders):
    assert "--metric" in refused("compute", orders)
