"""Dates that can hardly be meant: after the day the files were read, or in 1900, 1970 or 2099."""

from __future__ import annotations

from collections.abc import Callable

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.quality.check import Check
from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.finding import Severity
from salesmetrics.model.tables import TABLES

_DATED = ("orders", "opportunities", "stage_history", "leads", "activities", "spend", "feedback", "training")
_FAR = 10
"""Years ahead beyond which an expected close is no expectation."""


def checks(stored: Stored) -> list[Check]:
    """List the checks of dates against the calendar, as of the day the files were read."""
    day = f"DATE '{stored.day.isoformat()}'"
    return [
        *(_later(table, day) for table in _DATED),
        *_deals(day),
        *(_ancient(table) for table in _DATED),
        Check(
            "odd_hire_date", "reps", "hire_date", Severity.MAY, ("reps.hire_date",), _odd("t.hire_date"),
            lambda n: ngettext(
                "{n} rep was hired in a year that is hardly meant: numbers by tenure take it as it stands.",
                "{n} reps were hired in a year that is hardly meant: numbers by tenure take it as it stands.", n,
            ),
            ("t.hire_date",), ("revenue_by_tenure",),
        ),
    ]  # fmt: skip


def _odd(date: str) -> str:
    # What databases and spreadsheets write for a date they do not have.
    return f"(year({date}) < 1950 OR year({date}) >= 2090 OR CAST({date} AS DATE) = DATE '1970-01-01')"


def _main(table: str) -> str:
    return TABLES[table].events[0]


def _later(table: str, day: str) -> Check:
    sentences: dict[str, Callable[[int], str]] = {
        "orders": lambda n: ngettext(
            "{n} order line is dated after the day the files were read: no number counts it.",
            "{n} order lines are dated after the day the files were read: no number counts them.", n,
        ),
        "opportunities": lambda n: ngettext(
            "{n} deal was created after the day the files were read: no number counts it.",
            "{n} deals were created after the day the files were read: no number counts them.", n,
        ),
        "leads": lambda n: ngettext(
            "{n} lead came in after the day the files were read: no number counts it.",
            "{n} leads came in after the day the files were read: no number counts them.", n,
        ),
    }  # fmt: skip
    other = {
        "stage_history": "entered stages", "activities": "activities", "spend": "spend", "feedback": "answers",
        "training": "training",
    }  # fmt: skip

    def says(n: int) -> str:
        if table in sentences:
            return sentences[table](n)
        text = ngettext(
            "{n} row of {what} is dated after the day the files were read: no number counts it.",
            "{n} rows of {what} are dated after the day the files were read: no number counts them.", n,
        )  # fmt: skip
        return text.replace("{what}", other[table])

    numbers = {"orders": ("revenue",), "opportunities": ("open_opportunities",), "leads": ("leads",)}
    column = _main(table)
    return Check(
        "dated_after_reading", table, column, Severity.CHANGES, (f"{table}.{column}",),
        f"CAST(t.{column} AS DATE) > {day}", says, (f"CAST(t.{column} AS DATE)",), numbers.get(table, ()),
    )  # fmt: skip


def _deals(day: str) -> list[Check]:
    return [
        Check(
            "closed_after_reading", "opportunities", "close_date", Severity.CHANGES,
            ("opportunities.close_date",), f"t.status <> 'open' AND t.close_date > {day}",
            lambda n: ngettext(
                "{n} deal is won or lost on a day after the files were read: it counts as open.",
                "{n} deals are won or lost on days after the files were read: they count as open.", n,
            ),
            ("t.status", "t.close_date"), ("win_rate", "open_opportunities"),
        ),
        Check(
            "due_far_off", "opportunities", "close_date", Severity.MAY, ("opportunities.close_date",),
            f"t.status = 'open' AND t.close_date > {day} + INTERVAL {_FAR} YEAR",
            lambda n: ngettext(
                "{n} open deal is expected to close more than ten years from now: pipeline value counts it.",
                "{n} open deals are expected to close more than ten years from now: pipeline value counts them.", n,
            ),
            ("t.close_date",), ("pipeline_value",),
        ),
    ]  # fmt: skip


def _ancient(table: str) -> Check:
    column = _main(table)

    def says(n: int) -> str:
        text = ngettext(
            "{n} row of {table} has a date that is hardly meant: the data seems to begin there, and numbers over all "
            "time count it.",
            "{n} rows of {table} have a date that is hardly meant: the data seems to begin there, and numbers over "
            "all time count them.", n,
        )  # fmt: skip
        return text.replace("{table}", table.replace("_", " "))

    return Check(
        "odd_year", table, column, Severity.CHANGES, (f"{table}.{column}",),
        f"year(t.{column}) < 1950 OR CAST(t.{column} AS DATE) = DATE '1970-01-01'", says,
        (f"CAST(t.{column} AS DATE)",), (),
    )  # fmt: skip
