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


@dataclass(frozen=True)
class Decision:
    """The order of a column's dates (`dmy`, `mdy`, `ymd`; empty when open), why, and the question that is left."""

    order: str
    notes: tuple[str, ...]
    question: str | None = None


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
    connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int, text: str, label: str, answer: str | None
) -> Decision:
    """Decide the order for the column whose plain text is the SQL `text`; an `answer` goes before all."""
    if answer:
        return Decision(answer, ("order_given: " + _sentence(answer),))
    parts = _parts(connection, sheet.relation, text)
    told = _from_parts(parts, label)
    if told is not None:
        return told
    for evidence in (_from_neighbours, _from_sorting, _from_pairs):
        order, why = evidence(connection, sheet, column, text)
        if order:
            return Decision(order, (f"{why} {_sentence(order)}",))
    return Decision("", (), _question(label, parts))


def _sentence(order: str) -> str:
    sentences = {
        "dmy": _("Dates are read day first."),
        "mdy": _("Dates are read month first."),
        "ymd": _("Dates are read year first."),
    }
    return sentences[order]


def _cells(relation: str, text: str) -> str:
    """SQL for the cells whose order is open: row, x, and the numbers p1, p2, p3."""
    part = f"regexp_extract(x, {literal(_WRITTEN)}, %d)"
    parts = ", ".join(f"try_cast({part % number} AS INTEGER) AS p{number}" for number in (1, 2, 3))
    return (
        f"(SELECT row, x, length({part % 3}) AS year_length, {parts} "
        f"FROM (SELECT row, {text} AS x FROM {relation}) WHERE regexp_matches(x, {literal(_WRITTEN)}))"
    )


def _parts(connection: duckdb.DuckDBPyConnection, relation: str, text: str) -> _Parts:
    [row] = connection.execute(
        "SELECT count(*), count(*) FILTER (p1 > 12), min(row) FILTER (p1 > 12), arg_min(x, row) FILTER (p1 > 12), "
        "count(*) FILTER (p2 > 12), min(row) FILTER (p2 > 12), arg_min(x, row) FILTER (p2 > 12), "
        "coalesce(max(p1), 0), count(DISTINCT p1), count(DISTINCT p3), count(*) FILTER (year_length = 2), "
        "count(*) FILTER (p1 <> p2), "
        "arg_min(x, row) FILTER (p1 <> p2), count(*) FILTER (regexp_matches(x, '^\\d+\\.')) "
        f"FROM {_cells(relation, text)}"
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
    message = _(
        "{column} does not tell whether {value} is {day_first} or {month_first}; say dmy (day first) or mdy "
        "(month first)."
    )
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


def _from_neighbours(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int, _text: str) -> Evidence:
    """One export writes all its dates alike: a neighbour whose days pass 12 tells the order here too."""
    told = {}
    for index in _neighbours(connection, sheet, column):
        parts = _parts(connection, sheet.relation, f"c{index}")
        decision = _from_parts(parts, sheet.header[index])
        if decision is not None and decision.order in ("dmy", "mdy") and not decision.question and decision.notes:
            told[decision.order] = sheet.header[index]
    if len(told) != 1:
        return "", ""
    [(order, header)] = told.items()
    return order, "order_as_in: " + _("The dates of {column} tell the order.").format(column=header)


def _from_sorting(connection: duckdb.DuckDBPyConnection, sheet: Sheet, _column: int, text: str) -> Evidence:
    """A file sorted by date is sorted in one reading only."""
    sorted_in = []
    for order in ("dmy", "mdy"):
        [(steps, rising, falling)] = connection.execute(
            "SELECT count(*) FILTER (d <> before), count(*) FILTER (d > before), count(*) FILTER (d < before) "
            f"FROM (SELECT d, lag(d) OVER (ORDER BY row) AS before FROM "
            f"(SELECT row, {_moment(order)} AS d FROM {_cells(sheet.relation, text)}))"
        ).fetchall()
        if steps >= _ENOUGH_STEPS and min(rising, falling) <= 0.01 * steps:
            sorted_in.append(order)
    if len(sorted_in) != 1:
        return "", ""
    return sorted_in[0], "order_sorted: " + _("The rows are sorted by date in this reading only.")


def _from_pairs(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int, text: str) -> Evidence:
    """Of two dates of a row one never comes before the other, in the right reading only."""
    for index in _neighbours(connection, sheet, column):
        steady = []
        for order in ("dmy", "mdy"):
            [(before, after)] = connection.execute(
                "SELECT count(*) FILTER (here < there), count(*) FILTER (here > there) FROM "
                f"(SELECT row, {_moment(order)} AS here FROM {_cells(sheet.relation, text)}) JOIN "
                f"(SELECT row, {_moment(order)} AS there FROM {_cells(sheet.relation, f'c{index}')}) USING (row)"
            ).fetchall()
            if before + after >= _ENOUGH_STEPS and min(before, after) == 0:
                steady.append(order)
        if len(steady) == 1:
            words = _("Only so do the dates of a row follow those of {column} in one order.")
            return steady[0], "order_by_pair: " + words.format(column=sheet.header[index])
    return "", ""
