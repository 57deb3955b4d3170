"""How far each column is filled: of which months nothing is known, and which numbers rest on a part of the data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from salesmetrics.i18n import _
from salesmetrics.ingest.quality.by_day import Days
from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.dimensions import DIMENSIONS
from salesmetrics.model.finding import ColumnCoverage, Finding, Severity

_USUAL = Conventions()
_ROWS_A_MONTH = 5
"""Rows that a month must have for an empty column to mean something."""
_MOSTLY = 0.5

_DIMENSIONS: Mapping[str, Mapping[str, tuple[str, str | None]]] = {
    "orders": {
        "region": ("region", "reps.region"), "product": ("product", None), "category": ("category", "products.category"),
        "channel": ("channel", None), "segment": ("segment", "customers.segment"), "rep_id": ("rep", None),
        "lead_source": ("lead_source", None),
    },
    "opportunities": {
        "region": ("region", "reps.region"), "product": ("product", None), "category": ("category", "products.category"),
        "segment": ("segment", "customers.segment"), "rep_id": ("rep", None), "customer_id": ("customer", None),
        "lead_source": ("lead_source", None), "stage": ("stage", None), "loss_reason": ("loss_reason", None),
    },
    "leads": {
        "region": ("region", "reps.region"), "product": ("product", None), "rep_id": ("rep", None),
        "lead_source": ("lead_source", None),
    },
}  # fmt: skip
"""Columns by which numbers are cut, with the dimension and the column that stands in where a row says nothing."""

_NUMBERS = {"orders": ("revenue",), "opportunities": ("win_rate",), "leads": ("leads",)}


def coverage_of(found: Days) -> list[ColumnCoverage]:
    """Tell for each column of a table how many of its rows have it, and the months of which none has."""
    covers = []
    for column in found.columns:
        months = found.of_column(column)
        could, filled = sum(cells[0] for cells in months.values()), sum(cells[1] for cells in months.values())
        empty = [month.isoformat() for month in _empty(months)] if filled else []
        covers.append(ColumnCoverage(found.table, column, could, filled, tuple(empty)))
    return covers


def _empty(months: Mapping[date | None, tuple[int, int]]) -> list[date]:
    dated = {month: cells for month, cells in months.items() if month is not None}
    return [month for month, (could, filled) in sorted(dated.items()) if could >= _ROWS_A_MONTH and not filled]


def unknown_values(stored: Stored, found: Days) -> Iterator[Finding]:
    """Find the columns by which numbers are cut and that many rows, or all rows of some months, leave empty."""
    for column, (dimension, stand_in) in _DIMENSIONS.get(found.table, {}).items():
        if column not in found.columns or (stand_in and stored.has(stand_in)):
            continue
        months = found.of_column(column)
        could, filled = sum(cells[0] for cells in months.values()), sum(cells[1] for cells in months.values())
        empty = _empty(months) if _mostly_filled(months) else []
        if not could or not filled or (filled >= _USUAL.full_coverage * could and not empty):
            continue
        title, rows = DIMENSIONS[dimension].title(), could - filled
        if empty:
            text = _("{title} is empty {when} ({n} of {all} rows): by {what} they stand under “(unknown)”.")
        else:
            text = _("{title} is empty in {n} of {all} rows: by {what} they stand under “(unknown)”.")
        sentence = text.format(
            title=title, what=title.lower(), when=_when(empty, months), n=f"{rows:,}", all=f"{could:,}"
        )
        yield Finding(
            "column_often_empty", Severity.MAY, sentence, rows, rows / could, "rows",
            tuple(f"{month:%b %Y}" for month in empty[:3]), _NUMBERS[found.table], found.table, column,
        )  # fmt: skip


def _mostly_filled(months: Mapping[date | None, tuple[int, int]]) -> bool:
    there = [cells for cells in months.values() if cells[1]]
    return sum(cells[1] for cells in there) >= _MOSTLY * sum(cells[0] for cells in there)


def _when(empty: list[date], months: Mapping[date | None, tuple[int, int]]) -> str:
    """Say when: before the first month that has a value, after the last, or in which months."""
    filled = sorted(month for month, cells in months.items() if month is not None and cells[1])
    if not empty or not filled:
        return ""
    if max(empty) < filled[0]:
        return _("before {month}").format(month=f"{filled[0]:%B %Y}")
    if min(empty) > filled[-1]:
        return _("after {month}").format(month=f"{filled[-1]:%B %Y}")
    listed = ", ".join(f"{month:%b %Y}" for month in empty[:3])
    if len(empty) > 3:
        return _("in {months} and {n} months more").format(months=listed, n=len(empty) - 3)
    return _("in {months}").format(months=listed)


def resting_on_a_part(stored: Stored) -> Iterator[Finding]:
    """Find the numbers that are not given, or rest on a part, since a column they need is not always filled."""
    if stored.has("orders.amount"):
        sold = "t.amount >= 0"
        yield from _of(stored, "orders", "cost", "true", "abs(t.amount)", _("gross profit and margin"),
                       ("gross_profit", "gross_margin"))  # fmt: skip
        yield from _of(stored, "orders", "quantity", "true", "abs(t.amount)", _("units sold and price per unit"),
                       ("units", "price_per_unit"))  # fmt: skip
        yield from _of(stored, "orders", "discount", sold, "abs(t.amount)", _("discount rate"), ("discount_rate",))
        yield from _of(stored, "orders", "customer_id", "true", "abs(t.amount)", _("numbers of customers"),
                       ("customer_retention_rate", "repeat_purchase_rate"))  # fmt: skip
    if stored.has("opportunities.amount"):
        yield from _of(stored, "opportunities", "amount", "t.status = 'won'", "1", _("average deal size"),
                       ("avg_deal_size",))  # fmt: skip
        yield from _of(stored, "opportunities", "amount", "t.status = 'open'", "1", _("pipeline value"),
                       ("pipeline_value", "weighted_pipeline"))  # fmt: skip


def _of(
    stored: Stored, table: str, column: str, only: str, weight: str, what: str, numbers: tuple[str, ...]
) -> Iterator[Finding]:
    if not stored.has(f"{table}.{column}"):
        return
    [(rows, empty, whole, known)] = stored.ask(
        f"SELECT count(*), count(*) FILTER (t.{column} IS NULL), CAST(sum({weight}) AS DOUBLE), "
        f"CAST(sum({weight}) FILTER (t.{column} IS NOT NULL) AS DOUBLE) FROM {table} t WHERE {only}"
    )
    share = (known or 0.0) / whole if whole else 1.0
    if not rows or share >= _USUAL.full_coverage:
        return
    kind = {"t.status = 'won'": _("the won deals"), "t.status = 'open'": _("the open deals")}.get(
        only, _("the sales")
    )
    if not share:
        text = _("{column} is known for none of {kind}: {numbers} cannot be told.")
    elif share < _USUAL.low_coverage:
        text = _("{column} is known for {share} of {kind}: {numbers} may not be given, for they need half.")
    else:
        text = _("{column} is known for {share} of {kind}: {numbers} rest on these alone.")
    sentence = text.format(column=_title(column), share=f"{share:.0%}", kind=kind, numbers=what)
    yield Finding(
        "rests_on_a_part", Severity.CHANGES, sentence, empty, 1 - share, "amount" if table == "orders" else "rows",
        (), numbers, table, column,
    )  # fmt: skip


def _title(column: str) -> str:
    return {
        "cost": _("Cost"), "quantity": _("Quantity"), "discount": _("Discount"), "customer_id": _("The customer"),
        "amount": _("The amount"),
    }[column]  # fmt: skip
