"""Shares of one (discounts, chances): 12%, 12 or 0.12, decided for a whole column."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _

RATES = frozenset({"discount_rate", "probability"})
"""Columns that hold shares of one, however a file writes them."""

ANSWERS = ("percent", "fraction")
"""What the question whether numbers are percents or fractions can be answered with."""


@dataclass(frozen=True)
class Shares:
    """The expression that gives shares of one, what is to be said of it, and the question that is left."""

    expression: str
    notes: tuple[str, ...] = ()
    question: str | None = None


def as_shares(
    connection: duckdb.DuckDBPyConnection, relation: str, value: str, signed: str, label: str, answer: str | None
) -> Shares:
    """Read the numbers `value` (SQL) as shares of one; `signed` is SQL for whether a cell has a percent sign.

    What has a sign is a percentage. The others are fractions when none is above 1 and percents when none lies
    between 0 and 1; where both occur only a person can tell.
    """
    [(with_sign, largest, between, least_above)] = connection.execute(
        "SELECT count(*) FILTER (signed), max(abs(v)) FILTER (NOT signed), "
        "count(*) FILTER (NOT signed AND abs(v) > 0 AND abs(v) < 1), "
        "arg_min(v, abs(v)) FILTER (NOT signed AND abs(v) > 1) "
        f"FROM (SELECT {value} AS v, {signed} AS signed FROM {relation}) WHERE v IS NOT NULL"
    ).fetchall()
    by_sign = "percent: " + _("Values with % are read as hundredths.")
    notes = (by_sign,) if with_sign else ()
    percents = (largest or 0) > 1
    if percents and between and answer is None:
        question = _(
            "{column} holds values between 0 and 1 ({n} of them) and values above 1 such as {above}, without a %: "
            "is 0.5 half a percent (percent) or a half (fraction)?"
        )
        text = question.format(column=label, n=between, above=f"{least_above:f}".rstrip("0").rstrip("."))
        hundredth = _hundredth(value)
        return Shares(f"CASE WHEN {signed} THEN {hundredth} END" if with_sign else _nothing(), notes, text)
    if answer is not None:
        percents = answer == "percent"
    if percents:
        notes = (
            *notes,
            "in_percent: " + _("Values of {column} are in percent and divided by 100.").format(column=label),
        )
        return Shares(_hundredth(value), notes)
    if not with_sign:
        return Shares(value, notes)
    if largest is not None and largest > 0:
        mixed = _("Values of {column} without a % are none above 1 and read as shares of one.").format(
            column=label
        )
        notes = (*notes, "percent_mixed: " + mixed)
    return Shares(f"CASE WHEN {signed} THEN {_hundredth(value)} ELSE {value} END", notes)


def _hundredth(value: str) -> str:
    return f"CAST(({value}) * 0.01 AS DECIMAL(18, 6))"


def _nothing() -> str:
    return "CAST(NULL AS DECIMAL(18, 6))"
