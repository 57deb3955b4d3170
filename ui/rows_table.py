"""Rows as a table that people read: which columns, under which names, written how."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st
from pandas.io.formats.style import Styler

from salesmetrics.charts.values import MINUS
from salesmetrics.i18n import _
from salesmetrics.metrics import CATALOGUE
from salesmetrics.metrics.measure import Aggregate, Measure
from salesmetrics.model.dimensions import UNKNOWN
from salesmetrics.query.behind import RowList, telling
from salesmetrics.query.listed import columns_of
from salesmetrics.query.row_words import column_title, measure_title
from ui import sidebar

_FIRST = (
    "own_start", "own_end", "order_id", "opportunity_id", "scope_id", "customer", "product", "rep", "region",
)  # fmt: skip
"""Columns that tell most about a row stand first, in this order."""

_COUNTING = (Aggregate.COUNT, Aggregate.DISTINCT)


def _words() -> dict[str, dict[str, str]]:
    return {
        "kind": {"sale": _("Sale"), "return": _("Return")},
        "status": {"open": _("Open"), "won": _("Won"), "lost": _("Lost")},
    }


def _says_something(column: pd.Series) -> bool:
    return bool((column.notna() & (column.astype(object) != UNKNOWN)).any())


def _title(measure: Measure) -> str:
    title = measure_title(measure.name)
    if measure.per is None:
        return title
    return _("{figure} (of the whole {thing})").format(
        figure=title, thing=", ".join(column_title(name) for name in measure.per.columns).lower()
    )


def _added(frame: pd.DataFrame, measures: list[Measure]) -> dict[str, pd.Series]:
    """Give the columns of what rows add: amounts as they are, a tick for rows that are counted."""
    found: dict[str, pd.Series] = {}
    for measure in measures:
        names = columns_of(measure, list(frame.columns))
        if not names or measure.aggregate is Aggregate.LIST:
            continue
        column = frame[names[0]]
        if measure.aggregate not in _COUNTING:
            found[_title(measure)] = column.astype(float)
        elif not column.notna().all():
            found[_title(measure)] = column.notna()
    return found


def table(frame: pd.DataFrame, rows: RowList, measures: list[Measure]) -> pd.DataFrame:
    """Give rows with the columns that say something, under names that people know; what they add stands early."""
    added = _added(frame, measures)
    own = {name for measure in measures for name in columns_of(measure, list(frame.columns))}
    names = [name for name in telling(frame) if name not in own and _says_something(frame[name])]
    if "customer" in names:
        names = [name for name in names if name != "customer_id"]
    # An amount that is what the row adds stands there once.
    same = [name for name in names if any(_alike(frame[name], column) for column in added.values())]
    first = (rows.date if rows.date in names else "created_date", *_FIRST)
    names = sorted(
        (name for name in names if name not in same),
        key=lambda name: first.index(name) if name in first else len(first),
    )
    early = [name for name in names if name in first]
    # Right after the day, so that what a row adds is seen on a phone too.
    dated = [name for name in early if name == first[0]]
    columns: dict[str, pd.Series] = {column_title(name): _readable(frame[name], name) for name in dated}
    taken = {column_title(name) for name in early}
    for title, column in added.items():
        columns[title if title not in taken else _("{name}, counted").format(name=title)] = column
    for name in early:
        columns[column_title(name)] = _readable(frame[name], name)
    for name in names:
        if name not in early:
            title = column_title(name)
            columns[title if title not in columns else f"{title} ({name})"] = _readable(frame[name], name)
    return pd.DataFrame(columns, index=frame.index)


def _alike(first: pd.Series, second: pd.Series) -> bool:
    numeric = pd.api.types.is_numeric_dtype(first) and not pd.api.types.is_bool_dtype(first)
    return numeric and first.astype(float).equals(second.astype(float))


def _readable(column: pd.Series, name: str) -> pd.Series:
    if name == "tenure":
        return column.map(lambda band: sidebar.value_name("tenure", band), na_action="ignore")
    words = _words().get(name)
    return column.map(lambda value: words.get(value, value), na_action="ignore") if words else column


def formats(shown: pd.DataFrame) -> dict[str, Any]:
    """Give how each column is written that is no amount: days as 3 Nov 2025, ticks for yes."""
    found: dict[str, Any] = {}
    for name in shown.columns:
        if pd.api.types.is_datetime64_any_dtype(shown[name]):
            found[str(name)] = st.column_config.DateColumn(format="D MMM YYYY")
        elif pd.api.types.is_bool_dtype(shown[name]):
            found[str(name)] = st.column_config.CheckboxColumn()
    return found


def written(shown: pd.DataFrame) -> Styler:
    """Write amounts with their thousands told apart, all of a column with as many decimals; they still sort as numbers."""
    forms: dict[Any, str | Callable[[Any], str] | None] = {}
    for name in shown.columns:
        column = shown[name]
        if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
            forms[name] = partial(_amount, digits=_digits(column))
    return shown.style.format(forms, na_rep="–")


def _digits(column: pd.Series) -> int:
    """Give the decimals that a column needs: none for whole numbers, two for money, four for what is finer."""
    known = column.dropna().astype(float)
    for digits in (0, 2):
        if ((known * 10**digits).round(6) % 1 == 0).all():
            return digits
    return 4 if (known.abs() < 1).all() else 2


def _amount(value: float, digits: int) -> str:
    text = f"{abs(value):,.{digits}f}"
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def measures_of(rows: RowList, metric: str, params: tuple[tuple[str, str], ...]) -> list[Measure]:
    """Give the measures to which rows of a list add, under the parameters that are on."""
    declared = CATALOGUE[metric]
    given = {name.partition(".")[2]: value for name, value in params if name.partition(".")[0] == metric}
    return [one for one in declared.made_of(declared.settings(given)) if one.name in rows.measures]
