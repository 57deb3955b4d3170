"""Deals in several currencies are added in the company's, where the export has that amount too."""

from __future__ import annotations

from decimal import Decimal

import pytest

from salesmetrics.errors import MappingError
from tests.ingest.conftest import Given

HEAD = (
    "Record ID,Deal Name,Deal Stage,Amount,Currency,Amount in company currency,Close Date,Create Date,Deal owner\n"
)


def test_several_currencies_are_read_in_that_of_the_company(given: Given) -> None:
    read = given(
        {"deals.csv": HEAD + "1,A,Closed Won,100,EUR,110,2024-02-01,2024-01-05,Ann\n"
                             "2,B,Closed Won,50,USD,50,2024-02-09,2024-01-09,Bob"}
    )  # fmt: skip
    assert read.one("SELECT sum(amount) FROM opportunities") == Decimal(160)
    [amount] = [column for column in read.sheet("deals.csv").mapping if column.column == "amount"]
    assert (amount.header, "in 2 currencies" in amount.evidence) == ("Amount in company currency", True)


def test_one_currency_is_read_as_it_stands(given: Given) -> None:
    read = given(
        {"deals.csv": HEAD + "1,A,Closed Won,100,EUR,110,2024-02-01,2024-01-05,Ann\n"
                             "2,B,Closed Won,50,EUR,55,2024-02-09,2024-01-09,Bob"}
    )  # fmt: skip
    assert read.one("SELECT sum(amount) FROM opportunities") == Decimal(150)


def test_a_company_amount_that_is_not_always_there_is_left_alone(given: Given) -> None:
    with pytest.raises(MappingError, match="several currencies"):
        given(
            {
                "deals.csv": HEAD + "1,A,Closed Won,100,EUR,,2024-02-01,2024-01-05,Ann\n"
                "2,B,Closed Won,50,USD,50,2024-02-09,2024-01-09,Bob"
            }
        )
