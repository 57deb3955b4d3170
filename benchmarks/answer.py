"""The Overview's numbers in one shape, whoever worked them out, and where two of them differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from benchmarks.overview_request import BEFORE, LATELY, METRICS, YEAR, months
from salesmetrics.model.calendar import Period, previous, year_before

KEYS = ("part", "metric", "start", "group")
NUMBERS = ("value", "n", "median", "previous", "last_year")
RELATIVE = 1e-9
"""How far apart two sums of the same numbers may be."""

Table = pd.DataFrame
"""One row a number on the page: `KEYS` and `NUMBERS`; `median` stands beside the average order only."""


@dataclass(frozen=True)
class Booked:
    """What ledger rows dated in a period sum to."""

    revenue: float = 0.0
    profit: float = 0.0
    rows: int = 0


@dataclass(frozen=True)
class Ordered:
    """What the orders dated in a period are worth, returns to date included."""

    orders: int = 0
    worth: float = 0.0
    median: float | None = None
    new_customers: int = 0


@dataclass(frozen=True)
class Part:
    """Revenue of one value of a dimension in the year, its rows, and revenue of the year before."""

    revenue: float
    rows: int
    before: float


def arranged(
    booked: Mapping[Period, Booked],
    ordered: Mapping[Period, Ordered],
    parts: Mapping[tuple[str, str], Part],
) -> Table:
    """Set out sums of years and months, and of each (dimension, value), as the page shows them."""

    def number(metric: str, period: Period) -> tuple[float | None, int]:
        money, orders = booked.get(period, Booked()), ordered.get(period, Ordered())
        match metric:
            case "revenue":
                return money.revenue, money.rows
            case "gross_margin":
                return (money.profit / money.revenue if money.revenue > 0 else None), money.rows
            case "orders":
                return orders.orders, orders.orders
            case "average_transaction_value":
                return (orders.worth / orders.orders if orders.orders else None), orders.orders
            case _:
                return orders.new_customers, orders.new_customers

    def median(metric: str, period: Period) -> float | None:
        return ordered.get(period, Ordered()).median if metric == "average_transaction_value" else None

    def value(metric: str, period: Period) -> float | None:
        return number(metric, period)[0]

    rows: list[tuple[object, ...]] = []
    for metric in METRICS:
        before = value(metric, BEFORE)
        rows.append(
            ("totals", metric, YEAR.start, "", *number(metric, YEAR), median(metric, YEAR), before, before)
        )
        for month in months(LATELY):
            shown = (*number(metric, month), median(metric, month))
            rows.append(("lately", metric, month.start, "", *shown, None, None))
    for month in months(YEAR):
        compared = (value("revenue", previous(month)), value("revenue", year_before(month)))
        rows.append(("trend", "revenue", month.start, "", *number("revenue", month), None, *compared))
    for (dimension, name), part in parts.items():
        compared = (part.before, part.before)
        rows.append((dimension, "revenue", YEAR.start, name, part.revenue, part.rows, None, *compared))
    return typed(pd.DataFrame(rows, columns=[*KEYS, *NUMBERS]))


def typed(table: Table) -> Table:
    """Give every column the type that tables are compared in."""
    return table.astype({"start": "datetime64[us]"} | dict.fromkeys(NUMBERS, float))[[*KEYS, *NUMBERS]]


def differences(one: Table, other: Table, names: tuple[str, str]) -> list[str]:
    """Say, a sentence each, where two answers lack a row of the other or give another number.

    >>> row = [("totals", "revenue", "2025-01-01", "", 10.0, 2, None, 8.0, 8.0)]
    >>> ten = typed(pd.DataFrame(row, columns=[*KEYS, *NUMBERS]))
    >>> differences(ten, ten, ("ours", "theirs"))
    []
    >>> differences(ten, ten.assign(n=3.0), ("ours", "theirs"))
    ['n of revenue (totals 2025-01-01): ours has 2.0, theirs has 3.0']
    """
    both = one.merge(other, on=list(KEYS), how="outer", suffixes=("_one", "_other"), indicator=True)
    found = []
    for side, has in (("left_only", names[0]), ("right_only", names[1])):
        found += [f"only {has} has {_place(row)}" for _i, row in both[both["_merge"] == side].iterrows()]
    paired = both[both["_merge"] == "both"]
    for column in NUMBERS:
        left, right = paired[f"{column}_one"], paired[f"{column}_other"]
        apart = ~np.isclose(left, right, rtol=RELATIVE, atol=RELATIVE, equal_nan=True)
        for place in np.flatnonzero(apart):
            figures = f"{names[0]} has {float(left.iloc[place])!r}, {names[1]} has {float(right.iloc[place])!r}"
            found.append(f"{column} of {_place(paired.iloc[place])}: {figures}")
    return found


def _place(row: pd.Series) -> str:
    where = " ".join(part for part in (row["part"], f"{row['start']:%Y-%m-%d}", row["group"]) if part)
    return f"{row['metric']} ({where})"
