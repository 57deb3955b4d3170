"""Find the row of a sheet that names its columns, by evidence in the rows around it, and make the names usable."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import EMPTY
from salesmetrics.ingest.period_names import period_of, serial_months
from salesmetrics.ingest.read.stage import BLANKS
from salesmetrics.ingest.read.two_rows import is_group_row, joined

SAMPLE = 200
"""How many rows from the top are looked at."""

_SEARCHED = 30
_NUMBER = re.compile(r"[-+(]?\s*[$€£¥￥]?\s*-?\d[\d,.'\s]*(?:[eE][-+]?\d+)?\s*[%)元€]?")
_DATE = re.compile(
    r"\d{1,4}\s*[-/.年]\s*(?:\d{1,2}|[A-Za-z]{3,9})(?:\s*[-/.月]\s*\d{1,4}日?)?(?:[T\s].*)?|\d{1,2}:\d{2}(?::\d{2})?"
)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Header:
    """Where a sheet's names stand: `position` counts from 0 in the sampled rows, None where there are no names.

    `rows` are the header's one or two rows as they stand, `titles` the filled cells of the rows above them.
    """

    position: int | None
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = ()
    titles: tuple[tuple[str, ...], ...] = ()

    @property
    def first_data(self) -> int:
        """Position of the first data row."""
        return 0 if self.position is None else self.position + 1


def find_header(rows: Sequence[Sequence[str]]) -> Header:
    """Tell which of `rows` (the top of a sheet, blank rows left out) names the columns.

    Title rows above it hold fewer cells than the table. A first row that looks like the rows below it (numbers
    over numbers, or a value that comes again in its column) is data: then the columns are called `column 1`, ...
    A row of groups above the names is joined with them where they need it.

    >>> find_header([["Sales 2024", ""], ["Region", "Amount"], ["East", "12.5"], ["West", "9"]]).names
    ('Region', 'Amount')
    >>> find_header([["East", "12.5"], ["West", "9"]]).names
    ('column 1', 'column 2')
    """
    sample = [[cell.strip(BLANKS) for cell in row] for row in rows[:SAMPLE]]
    filled = [sum(map(bool, row)) for row in sample]
    position = _candidate(sample, filled)
    width = max((len(row) for row in sample[position:]), default=0)
    body = sample[position + 1 :]
    if _is_data(sample[position], body):
        # Titles above a table without names would be taken for data: the table begins where it is filled.
        return Header(
            None if position == 0 else position - 1, names([""] * width), titles=_filled(sample[:position])
        )
    if body and is_group_row(sample[position], body[0]) and names_over(body[0], body[1:]):
        position += 1
    groups = sample[position - 1] if position else []
    whole = joined(groups, sample[position])
    first = position - 1 if whole else position
    rows_of_names = tuple(tuple(row) for row in sample[first : position + 1])
    return Header(position, names(whole or sample[position]), rows_of_names, _filled(sample[:position]))


def names(cells: Sequence[str]) -> tuple[str, ...]:
    """Give every column a name of its own: blanks become `column 3`, repeats get a number.

    >>> names(["Amount", "", "Amount"])
    ('Amount', 'column 2', 'Amount 2')
    """
    taken = {cell.casefold() for cell in cells if cell}
    met: Counter[str] = Counter()
    result = []
    for index, cell in enumerate(cells, start=1):
        name = " ".join(cell.strip(BLANKS).split())
        if not name:
            name = _unused(_("column {number}").format(number=index), taken, 0)
        else:
            met[name.casefold()] += 1
            if met[name.casefold()] > 1:
                name = _unused(name, taken, met[name.casefold()])
        taken.add(name.casefold())
        result.append(name)
    return tuple(result)


def kind(cell: str) -> str:
    """Tell what a cell looks like: `empty`, `number`, `date` or `text`."""
    if not cell:
        return "empty"
    if _NUMBER.fullmatch(cell):
        return "number"
    return "date" if _DATE.fullmatch(cell) else "text"


def _filled(rows: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell for cell in row if cell) for row in rows)


def _unused(name: str, taken: set[str], number: int) -> str:
    candidate = f"{name} {number}" if number else name
    while candidate.casefold() in taken:
        number = max(number, 1) + 1
        candidate = f"{name} {number}"
    return candidate


def _candidate(sample: Sequence[Sequence[str]], filled: Sequence[int]) -> int:
    usual = median(filled[1:] or filled)
    needed = min(2, max(filled)) if usual < 2 else max(2, usual / 2)
    labels = [next(filter(None, row), "").endswith((":", "：")) for row in sample[:_SEARCHED]]
    first = next((at for at, label in enumerate(labels) if filled[at] >= needed and not label), 0)
    if filled[first] >= 0.8 * usual:
        return first
    # A short block of "Owner: Anna" above the table: its names are the first fuller row of text only.
    for at in range(first + 1, min(len(sample), _SEARCHED)):
        if filled[at] < max(0.8 * usual, filled[first] + 1):
            continue
        fuller = all(kind(cell) in ("text", "empty") for cell in sample[at])
        return at if fuller and not _is_data(sample[at], sample[at + 1 :]) else first
    return first


def names_over(row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Tell whether a row of text stands over columns of numbers or dates, as names do."""
    filled = [index for index, cell in enumerate(row) if cell]
    if len(filled) < 2 or not body:
        return False
    if any(kind(row[index]) != "text" and not period_of(row[index]) for index in filled):
        return False
    if any(row[index].casefold() in EMPTY for index in filled):
        return False
    if sum(row[index].isdecimal() for index in filled) == 1:
        # Years are names where several stand side by side; one beside a text is a row's number.
        return False
    over = 0
    for index in filled:
        below = [kind(other[index]) for other in body if index < len(other) and other[index]]
        over += sum(each != "text" for each in below) >= 0.7 * len(below) > 0
    return over > 0


def _is_data(row: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    kinds = [kind(cell) for cell in row]
    years = [int(cell) for cell in row if _YEAR.fullmatch(cell)]
    in_a_row = all(after - before == 1 for before, after in pairwise(years))
    months = _months(row)
    alike = differs = repeated = 0
    for index, cell in enumerate(row):
        below = [other[index] for other in body if index < len(other) and other[index]]
        if not cell or not below:
            continue
        usual, number = Counter(map(kind, below)).most_common(1)[0]
        if usual != "text" and number >= 0.7 * len(below):
            # Years over amounts are names of columns, years over years are not.
            year = in_a_row and _YEAR.fullmatch(cell) and not all(map(_YEAR.fullmatch, below))
            year = year or (cell in months and not all(map(period_of, below)))
            alike += kinds[index] == usual and not year
            differs += kinds[index] != usual or bool(year)
        elif kinds[index] == "text":
            repeated += cell in below and list(row) not in [list(other) for other in body[:1]]
    if not body:
        return any(each in ("number", "date") for each in kinds)
    return alike > differs or (alike == 0 and differs == 0 and repeated > 0)


def _months(row: Sequence[str]) -> set[str]:
    """Give the cells of a row that name months or quarters, where there are several: they are names of columns."""
    named = {cell for cell in row if (period := period_of(cell)) and period.unit != "year"}
    named |= serial_months(list(row)).keys()
    return named if len(named) > 2 else set()
