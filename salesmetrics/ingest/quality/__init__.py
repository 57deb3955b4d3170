"""Look through stored tables for what is wrong: each kind of check in a file of its own, few statements a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from salesmetrics.ingest.quality import amounts, odd_dates, order_of_dates, ranges
from salesmetrics.ingest.quality.by_day import DATED, Days, days
from salesmetrics.ingest.quality.check import run
from salesmetrics.ingest.quality.coverage import coverage_of, resting_on_a_part, unknown_values
from salesmetrics.ingest.quality.duplicates import repeated_rows
from salesmetrics.ingest.quality.gaps import gaps, the_end
from salesmetrics.ingest.quality.order_rules import order_rules
from salesmetrics.ingest.quality.partners import without_partner
from salesmetrics.ingest.quality.stored import Stored, opened
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.finding import Finding, Quality, worst_first

_WITH_AN_END = ("orders", "opportunities", "leads")


def inspect(data: Dataset, through: Mapping[str, date]) -> Quality:
    """Look through the tables of `data` and give what is wrong, worst first.

    `through` is the last day that each dated table covers. It reads the stored files only, so it can be asked of
    any version at any time.
    """
    with opened(data) as stored:
        by_day = [days(stored, table) for table in data.tables if stored.rows(table)]
        found = [*_findings(stored, by_day, through)]
    covers = tuple(cover for each in by_day for cover in coverage_of(each))
    return Quality(worst_first(found), covers)


def _findings(stored: Stored, by_day: list[Days], through: Mapping[str, date]) -> Iterator[Finding]:
    yield from run(
        stored,
        [*order_of_dates.checks(stored), *ranges.checks(), *odd_dates.checks(stored), *amounts.checks(stored)],
    )
    yield from order_rules(stored)
    yield from without_partner(stored)
    yield from resting_on_a_part(stored)
    for found in by_day:
        yield from repeated_rows(stored, found.table)
        yield from unknown_values(stored, found)
        if found.table in DATED:
            yield from gaps(found, stored.day)
        if found.table in _WITH_AN_END and found.table in through:
            last = the_end(found.table, through[found.table], found)
            if last is not None:
                yield last
