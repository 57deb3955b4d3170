"""Dates that a spreadsheet of another country has swapped: days up to 12 became months, the others stayed text."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import literal

ANSWERS = ("swapped", "kept")
"""What the question about swapped dates is answered with: swap them back, or keep them as they stand."""

# Of all days 12 in 30.4 are within the first twelve: how likely it is that none, or all, of some days are.
_EARLY, _LATE = 12 / 30.4, 18.4 / 30.4
_CHANCE = 0.01
_NUMBERS = r"^(\d{1,2})[-/. ]+(\d{1,2})[-/. ]"


@dataclass(frozen=True)
class Swapped:
    """What tells that dates were swapped: how many, how many stayed text, and one of each."""

    swapped: int
    texts: int
    swapped_as: str
    text_as: str

    def question(self, label: str) -> str:
        """Say what happened to the column and what to answer."""
        message = _(
            "{swapped} dates of {column}, such as {date}, all fall on days 1 to 12, and the {texts} written like "
            "{text} all on later days: a spreadsheet that reads the other order has swapped day and month in the "
            "first. Say swapped to swap them back, kept if they are right as they stand, or export the file anew."
        )
        return message.format(
            swapped=f"{self.swapped:,}",
            column=label,
            date=self.swapped_as,
            texts=f"{self.texts:,}",
            text=self.text_as,
        )


def find_swapped(
    connection: duckdb.DuckDBPyConnection, relation: str, filled_if: str, text: str, settled: str
) -> Swapped | None:
    """Tell whether the dates that `settled` (SQL) reads were swapped, from the cells that stayed text beside them.

    None when they were not, or too few to tell: that both kinds keep to their days by chance must be less likely
    than one in a hundred.
    """
    first, second = (f"try_cast(regexp_extract(x, {literal(_NUMBERS)}, {number}) AS INTEGER)" for number in (1, 2))
    [(dates, late, days, as_date, texts, days_first, days_second, text_days, as_text)] = connection.execute(
        "SELECT count(m), count(*) FILTER (day(m) > 12), count(DISTINCT CAST(m AS DATE)), "
        "arg_min(x, row) FILTER (m IS NOT NULL AND day(m) <> month(m)), "
        "count(*) FILTER (open), count(*) FILTER (open AND p > 12 AND q <= 12), "
        "count(*) FILTER (open AND q > 12 AND p <= 12), count(DISTINCT x) FILTER (open), arg_min(x, row) FILTER (open) "
        f"FROM (SELECT *, m IS NULL AND p IS NOT NULL AS open FROM (SELECT row, x, m, {first} AS p, {second} AS q "
        f"FROM (SELECT row, {text} AS x, {settled} AS m FROM {relation} WHERE {filled_if})))"
    ).fetchall()
    one_sided = texts and texts in (days_first, days_second)
    if not dates or late or not one_sided or as_date is None:
        return None
    if _EARLY**days * _LATE**text_days > _CHANCE:
        return None
    return Swapped(dates, texts, as_date, as_text)


def swapped_back(moment: str) -> str:
    """SQL for a moment with day and month changed about; both are 12 at most."""
    day = f"make_date(year({moment}), day({moment}), month({moment}))"
    return f"(CAST({day} AS TIMESTAMP) + ({moment} - date_trunc('day', {moment})))"
