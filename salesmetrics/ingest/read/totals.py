"""Total and sub-total rows: a word for it, and either less than other rows hold or the sum of the rows above."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import duckdb

from salesmetrics.i18n import _

_ENGLISH = r"(?:(?:sub|grand|over\s*all|report)[\s\-]*)?totals?|sums?"
_CHINESE = "(?:本页|本月|全部|总|總)?(?:合计|合計|总计|總計|小计|小計)|汇总|彙總|总和|總和|共计|共計"
_ALONE = re.compile(rf"(?i)(?:{_ENGLISH}|{_CHINESE})\s*(?:[(（][^)）]*[)）])?\s*[:：]?")
# "East Total" and "Total for East" may be a name; a name in Chinese never ends in such a word.
_BESIDE = re.compile(
    rf"(?i)(?:{_ENGLISH})(?:\s*[:：]|\s+(?:for|of))?\s+(?P<after>\S.*)"
    rf"|(?P<before>\S.*?)[\s\-]+(?:{_ENGLISH})\s*[:：]?"
)
_AT_THE_END = re.compile(rf".*(?:{_CHINESE})\s*[:：]?")
# Said to the engine first: few rows have such letters.
LETTERS = r"(?i)total|\bsums?\b|[计計]|汇总|彙總|总和|總和"
HEADS = 4
_LONGEST = 200
_MOST = 2_000
_LOOKED_AT = 20_000
# A sheet that people put together by hand is no longer than this.
BY_HAND = 200_000
_USUAL = 0.95


@dataclass(frozen=True)
class Extra:
    """A row that is none of the table's: its number, its cells and why."""

    row: int
    cells: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class TotalRows:
    """The total rows that were taken out, and the numbers of rows that only look like one and stay."""

    taken: tuple[Extra, ...] = ()
    doubtful: tuple[int, ...] = ()


def says_total(text: str) -> bool:
    """Tell whether `text` is a word for a total and nothing else.

    >>> says_total("Grand Totals (123 records)"), says_total("合计："), says_total("Total Wine")
    (True, True, False)
    """
    return bool(_ALONE.fullmatch(text))


def take_totals(connection: duckdb.DuckDBPyConnection, relation: str, width: int) -> TotalRows:
    """Take total rows out of a staged relation of `width` columns.

    A row is one when its first filled cell says so and it lacks what nearly all other rows hold, or one of its
    numbers is the sum of those above it, of all of them or of those since another total.
    """
    found = _with_words(connection, relation, width)
    marked = {row: mark for row, *values in found if (mark := _mark(values, connection, relation))}
    candidates = {row: values for row, *values in found if row in marked}
    if not candidates or len(candidates) > _MOST:
        return TotalRows()
    totals = list(candidates)
    told: dict[int, str] = {}
    while totals:
        told = _told({row: candidates[row] for row in totals}, marked, connection, relation, width)
        ordinary = [row for row in totals if row not in told]
        if not ordinary:
            break
        # What turns out to be an ordinary row counts in the sums of the others; a name is one before a plain word.
        names = [row for row in ordinary if marked[row] == "beside"] or ordinary
        totals = [row for row in totals if row not in names]
    taken = tuple(
        Extra(row, tuple(cell or "" for cell in candidates[row]), reason) for row, reason in told.items()
    )
    delete(connection, relation, [extra.row for extra in taken])
    return TotalRows(taken, tuple(row for row, mark in marked.items() if mark == "alone" and row not in told))


def _told(
    candidates: dict[int, list[str | None]],
    marked: dict[int, str],
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    width: int,
) -> dict[int, str]:
    """Give the candidates that are totals, each with the reason."""
    cells = [f"c{index}" for index in range(width)]
    others = _Others.of(connection, relation, cells, list(candidates))
    sums = _sums(connection, relation, cells, list(candidates))
    told = {}
    for row, values in candidates.items():
        sure = marked[row] == "alone"
        lacked, expected = others.lacked_by(values)
        least = 1 if sure or (expected and lacked == expected) else 2
        if lacked and (2 * lacked >= expected if sure else 1 < lacked == expected):
            told[row] = _("This row is a total of the rows above: it says so and lacks what they hold.")
        elif _is_sum(values, row, sums, least):
            told[row] = _("This row is a total of the rows above: it says so and holds their sum.")
    return told


def _with_words(connection: duckdb.DuckDBPyConnection, relation: str, width: int) -> list[tuple[Any, ...]]:
    """Give the rows whose first cells have a word for a total in them, or are one where names often have."""
    first = f"coalesce({', '.join(f'c{index}' for index in range(width))})"
    [(rows,)] = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
    heads = "".join(f"c{index}, " for index in range(min(width, HEADS))) if rows <= BY_HAND else ""
    head = f"concat_ws(' ', {heads}{first})" if heads else first
    # One pattern is quicker than a search for each of the words.
    found = connection.execute(
        f"SELECT * FROM {relation} WHERE regexp_matches({head}, '{LETTERS}') ORDER BY row LIMIT {_LOOKED_AT + 1}"
    ).fetchall()
    if len(found) <= _LOOKED_AT:
        return found
    return connection.execute(
        f"SELECT * FROM {relation} WHERE regexp_full_match({first}, ?) ORDER BY row", [_ALONE.pattern]
    ).fetchall()


def delete(connection: duckdb.DuckDBPyConnection, relation: str, rows: Sequence[int]) -> None:
    """Take the rows numbered `rows` out of a staged relation."""
    if rows:
        connection.execute(f"DELETE FROM {relation} WHERE row IN (SELECT unnest(?))", [list(rows)])


def _mark(values: Sequence[str | None], connection: duckdb.DuckDBPyConnection, relation: str) -> str:
    place = _label(values)
    text = values[place] or ""
    if len(text) > _LONGEST:
        return ""
    if says_total(text) or _AT_THE_END.fullmatch(text):
        return "alone"
    match = _BESIDE.fullmatch(text)
    if match is None:
        return ""
    group = match["after"] or match["before"]
    known = connection.execute(f"SELECT 1 FROM {relation} WHERE lower(c{place}) = ? LIMIT 1", [group.lower()])
    return "alone" if known.fetchone() else "beside"


def _label(values: Sequence[str | None]) -> int:
    """Give the place of the cell that says what a row is: a word for a total near its start, else the first filled."""
    filled = [place for place, value in enumerate(values) if value]
    return next((place for place in filled[:HEADS] if says_total((values[place] or "")[:_LONGEST])), filled[0])


@dataclass(frozen=True)
class _Others:
    """What the rows hold that say nothing of a total: which columns nearly all fill, which of those are numbers."""

    rows: int
    usual: tuple[bool, ...]
    numeric: tuple[bool, ...]

    @classmethod
    def of(
        cls, connection: duckdb.DuckDBPyConnection, relation: str, cells: Sequence[str], without: Sequence[int]
    ) -> _Others:
        parts = ", ".join(f"count({cell}), count({_number(cell, ',')})" for cell in cells)
        [(rows, *counts)] = connection.execute(
            f"SELECT count(*), {parts} FROM {relation} WHERE row NOT IN (SELECT unnest(?))", [list(without)]
        ).fetchall()
        filled, numbers = counts[::2], counts[1::2]
        return cls(
            rows,
            tuple(rows > 0 and each >= _USUAL * rows for each in filled),
            tuple(number > 0.8 * each for number, each in zip(numbers, filled, strict=True)),
        )

    def lacked_by(self, values: Sequence[str | None]) -> tuple[int, int]:
        """Count the columns nearly all other rows fill and a total would not, and those of them that are empty."""
        label = _label(values)
        expected = [
            place
            for place, usual in enumerate(self.usual)
            if usual and place != label and not (self.numeric[place] and values[place])
        ]
        return sum(not values[place] for place in expected), len(expected)


def _number(cell: str, thousands: str) -> str:
    """SQL that reads a cell as a plain number, with `thousands` between its digits."""
    kept = f"replace(regexp_replace({cell}, '[\\s$€£¥￥元]', '', 'g'), '{thousands}', '')"
    kept = f"replace({kept}, ',', '.')" if thousands == "." else kept
    bare = f"regexp_replace({kept}, '^\\((.*)\\)$', '-\\1')"
    # Narrower than a sum of many of them may be.
    return f"TRY_CAST({bare} AS DECIMAL(28, 6))"


_Sums = dict[int, list[tuple[Decimal | None, int, Decimal | None]]]


def _sums(
    connection: duckdb.DuckDBPyConnection, relation: str, cells: Sequence[str], candidates: Sequence[int]
) -> _Sums:
    """Give for each candidate, column and way to write numbers: its own, and the count and sum of its block."""
    numbers = [(cell, mark) for cell in cells for mark in (",", ".")]
    each = ", ".join(
        f"any_value({_number(cell, mark)}) FILTER (is_total), "
        f"count({_number(cell, mark)}) FILTER (NOT is_total), sum({_number(cell, mark)}) FILTER (NOT is_total)"
        for cell, mark in numbers
    )
    # Rows between two candidates are one block: a few sums, whatever the number of rows.
    blocks = connection.execute(
        f"WITH marks AS (SELECT unnest(?) AS mark), "
        f"rows AS (SELECT r.*, m.mark AS block, r.row = m.mark AS is_total FROM {relation} AS r "
        "ASOF JOIN marks AS m ON r.row <= m.mark) "
        f"SELECT block, {each} FROM rows GROUP BY block ORDER BY block",
        [list(candidates)],
    ).fetchall()
    return {block: [tuple(values[at : at + 3]) for at in range(0, len(values), 3)] for block, *values in blocks}


def _is_sum(values: Sequence[str | None], row: int, sums: _Sums, least: int) -> bool:
    for place, (own, _number_above, _sum) in enumerate(sums[row]):
        if not own:
            continue
        written = values[place // 2] or ""
        decimals = len(re.sub(r"\D", "", re.split(r"[.,]", written)[-1])) if re.search(r"[.,]", written) else 0
        within = Decimal("0.5") * Decimal(10) ** -min(decimals, 2)
        total, number = Decimal(0), 0
        # Upwards, block by block: the rows since the last total, since the one before it, ..., all of them.
        for block in sorted((each for each in sums if each <= row), reverse=True):
            _own, count, amount = sums[block][place]
            total, number = total + (amount or 0), number + count
            if abs(total - own) <= within and number >= least:
                return True
    return False
