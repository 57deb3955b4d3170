"""Companies whose coming months tests ask about: four whole years with quotas, and shorter ones."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from salesmetrics.model.calendar import add_months
from salesmetrics.model.dataset import Dataset
from salesmetrics.query.forecasts import (
    Forecasts,
    forecasts,
)
from salesmetrics.query.monthly_series import History, history
from salesmetrics.query.request import MetricQuery
from tests.company import dataset

ASKED = MetricQuery(("revenue",))
SEASON = 1 + 0.3 * np.sin(2 * np.pi * np.arange(12) / 12)


def orders(
    months: int, reps: int = 4, *, skip: int | None = None, more: tuple[dict[str, Any], ...] = ()
) -> list[dict[str, Any]]:
    """Write orders on the 1st and the 28th of each month from January 2021, of two regions and some reps."""
    dice = np.random.default_rng(6)
    rows = []
    for place in range(months):
        month = add_months(date(2021, 1, 1), place)
        for number in range(reps):
            amount = (number + 1) * 100 * SEASON[place % 12] * dice.lognormal(0, 0.1)
            for day in (1, 28):
                if place != skip:
                    rows.append({
                        "order_date": month.replace(day=day), "amount": round(amount, 2), "rep_id": f"R{number:02d}",
                        "region": "East" if number % 2 else "West", "product": "P",
                    })  # fmt: skip
    return [*rows, *more]


def known(data: Dataset, query: MetricQuery = ASKED, *dimensions: str) -> History:
    found = history(data, query, dimensions)
    assert isinstance(found, History)
    return found


_folders: list[tempfile.TemporaryDirectory[str]] = []


@cache
def four_years() -> Dataset:
    """Four whole years, then ten days of January 2025, with quotas of the company for all of 2024 and 2025."""
    _folders.append(tempfile.TemporaryDirectory(prefix="four_years"))
    begun = tuple({"order_date": date(2025, 1, day), "amount": 111.0, "rep_id": "R00", "region": "West", "product": "P"}
                  for day in range(2, 11))  # fmt: skip
    quotas = [
        {"scope": "company", "scope_id": "Company", "period_start": f"{year}-{quarter:02d}-01",
         "period_end": add_months(date(year, quarter, 1), 3) - timedelta(days=1), "amount": 6000}
        for year in (2024, 2025) for quarter in (1, 4, 7, 10)
    ]  # fmt: skip
    return dataset(
        {"orders": orders(48, more=begun), "quotas": quotas},
        Path(_folders[-1].name),
        read_on=date(2025, 1, 11),
    )


@cache
def told() -> Forecasts:
    """Forecast the four whole years."""
    found = forecasts(four_years(), ASKED)
    assert isinstance(found, Forecasts)
    return found
