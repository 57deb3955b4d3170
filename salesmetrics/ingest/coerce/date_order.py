"""Decide whether dates like 03/01/2024 are written day first or month first, from all there is in the sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import literal
from salesmetrics.ingest.sheet import Sheet

_WRITTEN = r"^(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(\d{4}|\d{2})(?:\s.*)?$"
_ENOUGH_STEPS = 10
_ENOUGH_CELLS = 3
_OUTSIDE = 0.5


ORDERS = ("dmy", "mdy", "ymd")
"""How the numbers of a date may follow each other."""


@dataclass(frozen=True)
class Decision:
    """The order of a column's dates (`dmy`, `mdy`, `ymd`; empty when open), why, and the question that is left.

    `orders` are what the question may be answered with.
    """

    order: str
    notes: tuple[str, ...]
    question: str | None = None
    orders: tuple[str, ...] = ORDERS


@dataclass(frozen=True)
class _Parts:
    cells: int
    first: int
    first_at: int | None
    first_text: str | None
    second: int
    second_at: int | None
    second_text: str | None
    highest: int
    leading: int
    trailing: int
    short: int
    differing: int
    differing_text: str | None
    dotted: int


def decide(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    column: int,
    text: str,
    settled: str,
    label: str,
    answer: str | None,
) -> Decision:
    """Decide the order for the column whose plain text is the SQL `text`; an `answer` goes before all.

    `settled` is SQL for the dates of the column that are written so that they need no order, empty where none are.
    """
    if answer:
        return Decision(answer, ("order_given: " + _sentence(answer),))
    parts = _parts(connection, sheet.relation, text)
    told = _from_parts(parts, label)
    if told is not None:
        return told
    open_column = _Open(connection, sheet, column, text, settled)
    for evidence in (_from_neighbours, _from_sorting, _from_range, _from_pairs):
        order, why = evidence(open_column)
        if order:
            return Decision(order, (f"{why} {_sentence(order)}",))
    # A year of four digits at the end leaves only two ways.
    return Decision("", (), _question(label, parts), ORDERS if parts.short else ORDERS[:2])


@dataclass(frozen=True)
class _Open:
    """A column whose order is open, with its cells as the SQL `text` and the dates of it that are `settled`."""

    connection: duckdb.DuckDBPyConnection
    sheet: Sheet
    column: int
    text: str
    settled: str


def _sentence(order: str) -> str:
    sentences = {
        "dmy": _("Dates are read day first."),
        "mdy": _("Dates are read month first."),
        "ymd": _("Dates are read year first."),
    }
    return sentences[order]


def _split(source: str) -> str:
    """SQL for the cells of `source` (with x) whose order is open, with their numbers p1, p2, p3."""
    part = f"regexp_extract(x, {literal(_WRITTEN)}, %d)"
    parts = ", ".join(f"try_cast({part % number} AS INTEGER) AS p{number}" for number in (1, 2, 3))
    return (
        f"(SELECT *, length({part % 3}) AS year_length, {parts} FROM {source} "
        f"WHERE regexp_full_match(x, {literal(_WRITTEN)}))"
    )


def _cells(relation: str, text: str) -> str:
    """SQL for the cells whose order is open, by row."""
    return _split(f"(SELECT row, {text} AS x FROM {relation})")


def _parts(connection: duckdb.DuckDBPyConnection, relation: str, text: str) -> _Parts:
    # Days repeat: each is taken apart once, without its time where a time follows (5. 1. 2024 is a day as a whole).
    day = "CASE WHEN contains(w, ':') THEN split_part(w, ' ', 1) ELSE w END"
    one = (
        f"(SELECT arg_min(w, row) AS x, min(row) AS row, count(*) AS n FROM (SELECT row, {text} AS w FROM {relation}) "
        f"GROUP BY {day})"
    )
    [row] = connection.execute(
        "SELECT coalesce(sum(n), 0), coalesce(sum(n) FILTER (p1 > 12), 0), min(row) FILTER (p1 > 12), "
        "arg_min(x, row) FILTER (p1 > 12), coalesce(sum(n) FILTER (p2 > 12), 0), min(row) FILTER (p2 > 12), "
        "arg_min(x, row) FILTER (p2 > 12), coalesce(max(p1), 0), count(DISTINCT p1), count(DISTINCT p3), "
        "coalesce(sum(n) FILTER (year_length = 2), 0), coalesce(sum(n) FILTER (p1 <> p2), 0), "
        "arg_min(x, row) FILTER (p1 <> p2), coalesce(sum(n) FILTER (regexp_matches(x, '^\\d+\\.')), 0) "
        f"FROM {_split(one)}"
    ).fetchall()
    return _Parts(*row)


def _from_parts(parts: _Parts, label: str) -> Decision | None:
    """Decide from numbers that cannot be a month (or a day), or where it makes no difference."""
    years_first = parts.short == parts.cells and (
        parts.highest > 31 or (parts.leading <= 5 and parts.trailing > 12 and not parts.second)
    )
    if years_first:
        return Decision("ymd", ("order_year_first: " + _sentence("ymd"),))
    seen = _("Row {row} of {column} holds {value}.")
    if parts.first and parts.second:
        return Decision("dmy" if parts.first > parts.second else "mdy", (), _contradiction(label, parts))
    if parts.first:
        why = seen.format(row=parts.first_at, column=label, value=parts.first_text)
        return Decision("dmy", (f"order_day_first: {_sentence('dmy')} {why}",))
    if parts.second:
        why = seen.format(row=parts.second_at, column=label, value=parts.second_text)
        return Decision("mdy", (f"order_month_first: {_sentence('mdy')} {why}",))
    if not parts.differing:
        return Decision("dmy", ())
    if parts.dotted == parts.cells:
        return Decision("dmy", (f"order_dotted: {_sentence('dmy')} " + _("Dates with dots are written so."),))
    return None


def _contradiction(label: str, parts: _Parts) -> str:
    message = _(
        "{column} holds dates in both orders: row {first_row} has {first} (day first), row {second_row} has "
        "{second} (month first). Mend the file, or say dmy (day first) or mdy (month first); dates in "
        "the other order are then set aside."
    )
    return message.format(
        column=label, first_row=parts.first_at, first=parts.first_text, second_row=parts.second_at,
        second=parts.second_text,
    )  # fmt: skip


def _question(label: str, parts: _Parts) -> str:
    text = parts.differing_text or ""
    match = re.match(_WRITTEN, text)
    if match is None:
        raise ValueError(text)
    first, second = int(match[1]), int(match[2])
    message = _("Is {value} in {column} {day_first} (day first) or {month_first} (month first)?")
    return message.format(
        column=label, value=text, day_first=_day_of(first, second), month_first=_day_of(second, first)
    )


def _day_of(day: int, month: int) -> str:
    name = date(2000, month, 1).strftime("%B") if 1 <= month <= 12 else str(month)
    return f"{day} {name}"


def _moment(order: str) -> str:
    """SQL for the day that p1, p2 and p3 mean when read in `order`; null where there is no such day."""
    day, month = ("p1", "p2") if order == "dmy" else ("p2", "p1")
    year = "(p3 + CASE WHEN year_length = 4 THEN 0 WHEN p3 < 69 THEN 2000 ELSE 1900 END)"
    return f"try_cast({year} || '-' || {month} || '-' || {day} AS DATE)"


Evidence = tuple[str, str]
"""The order that a piece of evidence tells (empty when none) and the words for it."""


def _neighbours(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int) -> list[int]:
    """The other columns of the sheet that hold dates of this form throughout."""
    others = [index for index in range(len(sheet.header)) if index != column]
    if not others:
        return []
    shares = ", ".join(
        f"count(*) FILTER (regexp_matches(c{index}, {literal(_WRITTEN)})) > 0.9 * greatest(count(c{index}), 1)"
        for index in others
    )
    [dated] = connection.execute(f"SELECT {shares} FROM {sheet.relation}").fetchall()
    return [index for index, is_date in zip(others, dated, strict=True) if is_date]


def _from_neighbours(opened: _Open) -> Evidence:
    """One export writes all its dates alike: a neighbour whose days pass 12 tells the order here too."""
    told = {}
    for index in _neighbours(opened.connection, opened.sheet, opened.column):
        parts = _parts(opened.connection, opened.sheet.relation, f"c{index}")
        decision = _from_parts(parts, opened.sheet.header[index])
        if decision is not None and decision.order in ("dmy", "mdy") and not decision.question and decision.notes:
            told[decision.order] = opened.sheet.header[index]
    if len(told) != 1:
        return "", ""
    [(order, header)] = told.items()
    return order, "order_as_in: " + _("The dates of {column} tell the order.").format(column=header)


def _from_sorting(opened: _Open) -> Evidence:
    """A file sorted by date is sorted in one reading only."""
    sorted_in = []
    for order in ("dmy", "mdy"):
        read = f"SELECT row, {_moment(order)} AS d FROM {_cells(opened.sheet.relation, opened.text)}"
        if opened.settled:
            read += f" UNION ALL SELECT row, CAST({opened.settled} AS DATE) FROM {opened.sheet.relation}"
        [(steps, rising, falling)] = opened.connection.execute(
            "SELECT count(*) FILTER (d <> before), count(*) FILTER (d > before), count(*) FILTER (d < before) "
            f"FROM (SELECT d, lag(d) OVER (ORDER BY row) AS before FROM ({read}) WHERE d IS NOT NULL)"
        ).fetchall()
        if steps >= _ENOUGH_STEPS and min(rising, falling) <= 0.01 * steps:
            sorted_in.append(order)
    if len(sorted_in) != 1:
        return "", ""
    return sorted_in[0], "order_sorted: " + _("The rows are sorted by date in this reading only.")


def _from_range(opened: _Open) -> Evidence:
    """Dates of a sheet lie in one span: where others need no order, the right reading falls within theirs."""
    spans = [opened.settled] if opened.settled else []
    columns = [index for index in range(len(opened.sheet.header)) if index != opened.column]
    spans += [
        f"CASE WHEN length(c{index}) BETWEEN 10 AND 23 THEN try_cast(c{index} AS TIMESTAMP) END"
        for index in columns
    ]
    if not spans:
        return "", ""
    counts = ", ".join(f"count({span}), min({span}), max({span})" for span in spans)
    [row] = opened.connection.execute(f"SELECT {counts} FROM {opened.sheet.relation}").fetchall()
    for place in range(0, len(row), 3):
        seen, first, last = row[place : place + 3]
        if seen < _ENOUGH_STEPS:
            continue
        [(cells, in_dmy, in_mdy)] = opened.connection.execute(
            f"SELECT count(*), count(*) FILTER ({_moment('dmy')} BETWEEN $first AND $last), "
            f"count(*) FILTER ({_moment('mdy')} BETWEEN $first AND $last) "
            f"FROM {_cells(opened.sheet.relation, opened.text)} WHERE p1 <> p2",
            {"first": first.date(), "last": last.date()},
        ).fetchall()
        for order, inside, other in (("dmy", in_dmy, in_mdy), ("mdy", in_mdy, in_dmy)):
            if cells >= _ENOUGH_CELLS and inside == cells and other <= _OUTSIDE * cells:
                words = _("Only so do they lie between {first} and {last}, as the other dates of the sheet do.")
                said = words.format(first=f"{first:%Y-%m-%d}", last=f"{last:%Y-%m-%d}")
                return order, "order_in_range: " + said
    return "", ""


def _from_pairs(opened: _Open) -> Evidence:
    """Of two dates of a row one never comes before the other, in the right reading only."""
    sheet = opened.sheet
    for index in _neighbours(opened.connection, sheet, opened.column):
        steady = []
        for order in ("dmy", "mdy"):
            [(before, after)] = opened.connection.execute(
                "SELECT count(*) FILTER (here < there), count(*) FILTER (here > there) FROM "
                f"(SELECT row, {_moment(order)} AS here FROM {_cells(sheet.relation, opened.text)}) JOIN "
                f"(SELECT row, {_moment(order)} AS there FROM {_cells(sheet.relation, f'c{index}')}) USING (row)"
            ).fetchall()
            if before + after >= _ENOUGH_STEPS and min(before, after) == 0:
                steady.append(order)
        if len(steady) == 1:
            words = _("Only so do the dates of a row follow those of {column} in one order.")
            return steady[0], "order_by_pair: " + words.format(column=sheet.header[index])
    return "", ""
