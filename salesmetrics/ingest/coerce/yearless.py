"""Periods that name no year, read once a person has said which year it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import Coerced, literal
from salesmetrics.ingest.period_names import Period
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.report import Question
from salesmetrics.model.tables import ColumnType

YEAR = re.compile(r"(?:19|20)\d\d")
"""How the answer to a question after a year is written."""

_OFFERED = (-2, -1, 0, 1)


@dataclass(frozen=True)
class Yearless:
    """The column (from 0) that holds periods without a year, and how each text in it is to be read.

    `periods` gives for each text its period and how many years after the first column's year it lies.
    """

    column: int
    periods: Mapping[str, tuple[Period, int]]

    @property
    def question(self) -> str:
        """What to ask: the year of the first period."""
        texts = list(self.periods)
        said = _("The columns {first} to {last} name no year: in which year is {first}?")
        return said.format(first=texts[0], last=texts[-1])


def is_yearless(sheet: Sheet, column: int, type: ColumnType, name: str) -> bool:
    """Tell whether a column of a sheet, read as `type` and called `name`, holds periods without a year."""
    dated = type in (ColumnType.DATE, ColumnType.TIMESTAMP) or name == "period"
    return dated and sheet.yearless is not None and sheet.yearless.column == column


def coerce_yearless(sheet: Sheet, type: ColumnType, answer: str | None) -> Coerced:
    """Tell how the column of periods without a year reads; a question until `answer` is the year of the first."""
    assert sheet.yearless is not None  # noqa: S101
    kind = "VARCHAR" if type is ColumnType.TEXT else str(type).upper()
    if answer is None or not YEAR.fullmatch(answer):
        return Coerced(f"CAST(NULL AS {kind})", sheet.rows, sheet.rows, question=sheet.yearless.question)
    year = int(answer)
    branches = []
    for text, (period, later) in sheet.yearless.periods.items():
        value = period.first_day(year + later).isoformat()
        if kind == "VARCHAR":
            number = f"Q{period.number}" if period.unit == "quarter" else f"{period.number:02}"
            value = f"{year + later}-{number}"
        branches.append(f"WHEN {literal(text)} THEN {literal(value)}")
    note = "year: " + _("The first period lies in {year}, as a person said.").format(year=year)
    cell = f"c{sheet.yearless.column}"
    return Coerced(f"CAST(CASE {cell} {' '.join(branches)} END AS {kind})", sheet.rows, 0, (note,))


def years_near(question: Question, sheet: Sheet, day: date) -> Question:
    """Offer the years around `day` as answers to the question after the year of a sheet."""
    if sheet.yearless is None or question.text != sheet.yearless.question:
        return question
    return replace(question, choices=tuple(str(day.year + near) for near in _OFFERED))
