"""Periods as people write them: each has the first and last day that a calendar gives it."""

from __future__ import annotations

import pytest

from tests.ingest.conftest import Given


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"), ("FY2024", "2024-01-01", "2024-12-31"),
        ("2024年", "2024-01-01", "2024-12-31"),
        ("2024Q1", "2024-01-01", "2024-03-31"), ("Q2 2024", "2024-04-01", "2024-06-30"),
        ("Q3-24", "2024-07-01", "2024-09-30"),
        ("4Q24", "2024-10-01", "2024-12-31"), ("2024年第二季度", "2024-04-01", "2024-06-30"),
        ("2024H2", "2024-07-01", "2024-12-31"), ("2024年上半年", "2024-01-01", "2024-06-30"),
        ("2024-02", "2024-02-01", "2024-02-29"), ("202402", "2024-02-01", "2024-02-29"),
        ("02/2024", "2024-02-01", "2024-02-29"),
        ("Feb 2024", "2024-02-01", "2024-02-29"), ("February-24", "2024-02-01", "2024-02-29"),
        ("2024年2月", "2024-02-01", "2024-02-29"), ("2024-W05", "2024-01-29", "2024-02-04"),
        ("2024年第5周", "2024-01-29", "2024-02-04"),
    ],
)  # fmt: skip
def test_days_of_a_period(given: Given, written: str, first: str, last: str) -> None:
    got = given({"quotas.csv": f"Rep,Period,Quota\nAnn,{written},100\n"})
    assert got.sql("SELECT period_start::VARCHAR, period_end::VARCHAR FROM quotas") == [(first, last)]


def test_what_is_no_period_is_set_aside_rather_than_a_whole_year(given: Given) -> None:
    got = given({"quotas.csv": "Rep,Period,Quota\nAnn,2024Q1,100\nBob,2024-13,100\nCid,spring 2024,100\n"})
    assert [one.value for one in got.sheet("quotas.csv").set_aside] == ["2024-13", "spring 2024"]
