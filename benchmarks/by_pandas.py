"""The Overview's numbers by pandas: text as categories, money as floats, one frame kept in memory."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.answer import Booked, Ordered, Part, Table, arranged
from benchmarks.overview_request import BEFORE, BY, WINDOW, YEAR, Where
from salesmetrics.model.calendar import Grain, Period, bucket
from salesmetrics.model.dataset import Dataset

_TEXT = ["order_id", "orig_order_id", "customer_id", "rep_id", "region", "product"]
_REST = ["order_date", "amount", "cost", "returned", "return_date"]
_BANDS = ["0-3m", "3-6m", "6-12m", "1-2y", "2-5y", "5y+", "(pre-hire)", "(unknown)"]
_ENDS = [3, 6, 12, 24, 60]
_EXACT = 6
"""Decimals to which a sum of floats is rounded before it is held against 0."""


class ByPandas:
    """Prepares the ledger as a frame; a request is a mask and some groupings."""

    name = "pandas"

    def __init__(self, data: Dataset) -> None:
        reps = pd.read_parquet(data.folder / "reps.parquet", columns=["rep_id", "hire_date"])
        self.ledger = _ledger(_lines(data), reps)

    def ask(self, where: Where) -> Table:
        """Answer the request."""
        booked = self._rows("date", "tenure", where)
        placed = self._rows("order_date", "order_tenure", where)
        this_year = (placed["order_date"] >= _day(YEAR.start)).rename("this_year")
        orders = placed.groupby("of_order").agg(
            month=("order_month", "first"), sold=("sale", "any"), worth=("amount", "sum")
        )
        orders["this_year"] = orders["month"] >= _day(YEAR.start)
        bought = placed[placed["sale"]]
        in_month = bought[bought["first_purchase"] >= bought["order_month"]]
        year_start = np.where(this_year[bought.index], _day(YEAR.start), _day(BEFORE.start))
        in_year = bought[bought["first_purchase"] >= year_start]
        new = _by_period(
            in_month.groupby("order_month")["customer"].nunique(),
            in_year.groupby(this_year[in_year.index])["customer"].nunique(),
        )
        ordered = {
            period: Ordered(int(row.orders), row.worth, row.median, int(new.get(period, 0)))
            for period, row in _by_period(_orders(orders, "month"), _orders(orders, "this_year")).items()
        }
        booked["this_year"] = booked["date"] >= _day(YEAR.start)
        sums = {
            period: Booked(row.revenue, row.profit, int(row.rows))
            for period, row in _by_period(_sums(booked, "month"), _sums(booked, "this_year")).items()
        }
        return arranged(sums, ordered, _parts(booked))

    def table(self, answer: Table) -> Table:
        """Set out an answer for comparison."""
        return answer

    def _rows(self, placed_by: str, tenure: str, where: Where) -> pd.DataFrame:
        ledger = self.ledger
        day = ledger[placed_by]
        keep = (day >= _day(WINDOW.start)) & (day < _day(WINDOW.end))
        for item in where:
            keep &= ledger[tenure if item.dimension == "tenure" else item.dimension].isin(item.values)
        return ledger[keep]


def _day(day: date) -> np.datetime64:
    return np.datetime64(str(day), "s")


def _lines(data: Dataset) -> pd.DataFrame:
    path = data.folder / "orders.parquet"
    table = pq.read_table(path, columns=[*_TEXT, *_REST], read_dictionary=_TEXT)
    for name in ("amount", "cost"):
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pa.float64()))
    for name in ("order_date", "return_date"):
        table = table.set_column(table.schema.get_field_index(name), name, table[name].cast(pa.timestamp("s")))
    lines: pd.DataFrame = table.unify_dictionaries().to_pandas(self_destruct=True, split_blocks=True)
    return lines


def _ledger(lines: pd.DataFrame, reps: pd.DataFrame) -> pd.DataFrame:
    sale = lines["amount"] >= 0
    lines["of_order"] = _order_keys(lines, sale)
    rows = pd.DataFrame(
        {
            "of_order": lines["of_order"],
            "date": lines["order_date"],
            "sale": sale,
            "amount": lines["amount"],
            "profit": lines["amount"] - lines["cost"],
            "customer": lines["customer_id"].cat.codes,
            "rep_id": lines["rep_id"],
            "region": lines["region"],
            "product": lines["product"],
        }
    )
    came_back = _flagged(lines, sale)
    flagged = rows.loc[came_back.index].assign(date=came_back, sale=False)
    flagged[["amount", "profit"]] *= -1
    rows = pd.concat([rows, flagged], ignore_index=True)

    sold = rows[rows["sale"]]
    worth = rows.groupby("of_order")["amount"].sum()
    returns = worth.index.isin(rows.loc[~rows["sale"], "of_order"].unique())
    placed = worth.index[~returns | (worth.round(_EXACT) > 0)]
    ordered_on = sold.groupby("of_order")["date"].min()
    ordered_on = ordered_on[ordered_on.index.isin(placed)]
    rows["order_date"] = rows["of_order"].map(ordered_on)
    first = rows[rows["sale"]].groupby("customer")["order_date"].min()
    rows["first_purchase"] = rows["customer"].map(first)

    hired = rows["rep_id"].map(reps.set_index("rep_id")["hire_date"].astype("datetime64[s]"))
    hired = hired.astype("datetime64[s]")
    for day, month, tenure in (("date", "month", "tenure"), ("order_date", "order_month", "order_tenure")):
        rows[month] = rows[day].to_numpy().astype("datetime64[M]").astype("datetime64[s]")
        rows[tenure] = _tenure(hired.to_numpy(), rows[day].to_numpy())
    return rows.drop(columns="rep_id")


def _order_keys(lines: pd.DataFrame, sale: pd.Series) -> np.ndarray:
    """Number the order that each line belongs to; a credit line belongs to the one it reverses."""
    ids = lines["order_id"].cat.categories
    keys = lines["order_id"].cat.codes.to_numpy(dtype="int32", copy=True)
    reversing = np.flatnonzero(~sale & lines["orig_order_id"].notna())
    originals = ids.get_indexer(pd.Index(lines["orig_order_id"].iloc[reversing].astype(ids.dtype)))
    keys[reversing] = np.where(originals >= 0, originals, keys[reversing])
    return keys


def _flagged(lines: pd.DataFrame, sale: pd.Series) -> pd.Series:
    """Give the day on which each line flagged as returned came back, but those that a credit line reverses."""
    alike = ["of_order", "product", "amount"]
    returned = lines.loc[
        sale & lines["returned"].fillna(False).astype(bool), [*alike, "order_date", "return_date"]
    ]
    place = returned.groupby(alike, observed=True).cumcount()
    booked = lines.loc[~sale, alike].assign(amount=lambda rows: -rows["amount"])
    counts = booked.groupby(alike, observed=True).size().rename("credits").reset_index()
    counted = returned.merge(counts, on=alike, how="left")["credits"].fillna(0).to_numpy()
    left = returned[place.to_numpy() >= counted]
    return left["return_date"].fillna(left["order_date"])


def _tenure(hired: np.ndarray, on: np.ndarray) -> pd.Categorical:
    """Name the band of completed months from `hired` to `on`; a day that a month lacks falls on its last."""
    hire_month, month = hired.astype("datetime64[M]"), on.astype("datetime64[M]")
    hire_day, day = (hired - hire_month).astype("timedelta64[D]"), (on - month).astype("timedelta64[D]")
    last = (on.astype("datetime64[D]") + 1).astype("datetime64[M]") > month
    unknown = np.isnat(hired) | np.isnat(on)
    months = (month - hire_month).astype("int64") - ((day < hire_day) & ~last)
    codes = np.searchsorted(_ENDS, months, side="right").astype("int8")
    codes[on < hired] = _BANDS.index("(pre-hire)")
    codes[unknown] = _BANDS.index("(unknown)")
    return pd.Categorical.from_codes(codes, _BANDS)


def _sums(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    return rows.groupby(by).agg(revenue=("amount", "sum"), profit=("profit", "sum"), rows=("amount", "size"))


def _orders(orders: pd.DataFrame, by: str) -> pd.DataFrame:
    return orders.groupby(by).agg(orders=("sold", "sum"), worth=("worth", "sum"), median=("worth", "median"))


def _by_period(monthly: pd.DataFrame | pd.Series, yearly: pd.DataFrame | pd.Series) -> dict[Period, Any]:
    """Name the period of each row of a monthly and a yearly grouping."""

    def rows(found: pd.DataFrame | pd.Series) -> list[tuple[Any, Any]]:
        if isinstance(found, pd.Series):
            return list(found.items())
        return list(zip(found.index, found.itertuples(index=False), strict=True))

    months = {bucket(month.date(), Grain.MONTH): row for month, row in rows(monthly)}
    return months | {YEAR if this_year else BEFORE: row for this_year, row in rows(yearly)}


def _parts(rows: pd.DataFrame) -> dict[tuple[str, str], Part]:
    parts = {}
    for dimension in BY:
        sums = rows.groupby([dimension, "this_year"], observed=True)["amount"].agg(["sum", "size"])
        found = {key: (revenue, int(count)) for key, revenue, count in sums.itertuples(name=None)}
        for value, _this_year in found:
            (revenue, count), (before, _count) = (found.get((value, year), (0.0, 0)) for year in (True, False))
            parts[dimension, value] = Part(revenue, count, before)
    return parts
