"""Read cells as exact numbers: currency, thousands, decimal comma or point, brackets, percent, K, M, 万, 亿."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import Coerced, is_filled, literal
from salesmetrics.ingest.coerce.number_forms import (
    BLANKS,
    DIGITS,
    DOTTED,
    OPEN,
    SURE,
    WIDE,
    Sample,
    all_read,
    by_beside,
    header_scale,
    plain_text,
    sample_of,
    value_of,
)
from salesmetrics.ingest.coerce.rates import ANSWERS as SHARES
from salesmetrics.ingest.coerce.rates import as_shares
from salesmetrics.ingest.coerce.repeats import looked_at, starts_with
from salesmetrics.ingest.sheet import Sheet

MARKS = {"point": ".", "comma": ","}
"""What a question about decimal marks can be answered with, and the mark each answer means."""

_EXACT = "DECIMAL(18, 6)"
_FORMS = 5_000


@dataclass(frozen=True)
class _Marks:
    """How a column's numbers use their marks: cells that only one reading explains, and those that both do."""

    point: int
    comma: int
    open_point: int
    open_comma: int
    long_plain: int


def coerce_number(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    column: int,
    label: str,
    answer: str | None,
    *,
    rate: bool = False,
    money: bool = False,
) -> Coerced:
    """Tell how a column reads as DECIMAL(18, 6); what does not fit in that is unreadable.

    Whether `1.234` holds thousands or decimals is decided for the whole column: by its other numbers, by the way
    the file is divided, or by a person's `answer` (point or comma). A percentage is read as its hundredth; a
    `rate` is a share of one however it is written. Where `money` stands under a header such as 金额(万元), it is
    counted in that.
    """
    cell, relation = f"c{column}", sheet.relation
    factor = header_scale(sheet.header[column]) if money else 1
    as_it_stands = sheet.delimiter != ";" and answer != "comma" and factor == 1
    number = f"try_cast({cell} AS {_EXACT})"
    if as_it_stands and starts_with(connection, relation, cell, f"{number} IS NOT NULL OR NOT {is_filled(cell)}"):
        [(held, plain, odd)] = connection.execute(
            f"SELECT count(CASE WHEN {number} IS NOT NULL THEN 1 WHEN {is_filled(cell)} THEN 1 END), count({number}), "
            f"coalesce(bool_or(contains({cell}, '_')), false) FROM {relation}"
        ).fetchall()
        if held == plain and not odd:
            read = Coerced(number, held, 0)
            return _shared(connection, relation, read, "false", label, answer) if rate else read
    return _written(connection, sheet, cell, label, answer, factor, rate=rate)


def _written(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    cell: str,
    label: str,
    answer: str | None,
    factor: int,
    *,
    rate: bool,
) -> Coerced:
    relation, filled_if = sheet.relation, is_filled(cell)
    raw = _forms(connection, relation, cell, filled_if)
    text = plain_text(
        cell,
        wide=any(set(form) & set(WIDE[0]) for form, _cells in raw),
        blank=any(re.search(BLANKS, form) for form, _cells in raw),
        dotted=any(re.search(DOTTED, form) for form, _cells in raw),
    )
    forms = raw if text == cell else _forms(connection, relation, text, filled_if)
    [(filled,)] = connection.execute(f"SELECT count(*) FROM {relation} WHERE {filled_if}").fetchall()
    samples = [sample for form, cells in forms if (sample := sample_of(form, cells)) is not None]
    mark, notes, question = _decide(_marks(samples), sheet, label, answer)
    currencies = tuple(sorted({sample.currency for sample in samples if sample.currency}))
    # Beside rupees, Cr is crore more often than credit: it is left unread.
    credit = any(sample.beside[-2:].upper() in ("CR", "DR") for sample in samples) and "INR" not in currencies
    percent = any("%" in sample.beside for sample in samples)
    notes = (*notes, *_told(samples, factor, credit=credit))
    sure = len(forms) < _FORMS and all_read([form for form, _cells in forms], mark, credit=credit)
    number = value_of(text, mark, samples, credit=credit, sure=sure, header_factor=factor)
    value = f"CASE WHEN {filled_if} THEN {number} END"
    signed = f"coalesce(contains({text}, '%'), false)" if percent else "false"
    if percent and not rate:
        value = f"CASE WHEN {signed} THEN CAST(({value}) * 0.01 AS {_EXACT}) ELSE {value} END"
        notes = (*notes, *_percents(samples, label))
    if question is not None:
        # What both readings could mean is left out until someone says which it is.
        digits = f"regexp_extract({text}, {literal(f'({DIGITS})')}, 1)"
        open_ones = literal(OPEN["."] + "|" + OPEN[","])
        value = f"CASE WHEN NOT regexp_full_match({digits}, {open_ones}) THEN {value} END"
    [(read,)] = connection.execute(f"SELECT count({value}) FROM {relation}").fetchall()
    signs = {sample.beside: literal(sample.currency) for sample in samples if sample.currency}
    result = Coerced(
        value, filled, filled - read, notes, question, tuple(MARKS) if question else (), currencies,
        by_beside(text, signs, "NULL") if signs else "",
    )  # fmt: skip
    return _shared(connection, relation, result, signed, label, answer) if rate else result


def _forms(
    connection: duckdb.DuckDBPyConnection, relation: str, text: str, filled_if: str
) -> list[tuple[str, int]]:
    """List how the cells of a column look, every digit but 0 written as 9, and how many look so."""
    cells = looked_at(connection, relation, text, filled_if)
    return connection.execute(
        f"SELECT translate(x, '12345678', '99999999') AS form, CAST(sum(n) AS BIGINT) FROM {cells} "
        f"GROUP BY form ORDER BY sum(n) DESC, form LIMIT {_FORMS}"
    ).fetchall()


def _shared(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    read: Coerced,
    signed: str,
    label: str,
    answer: str | None,
) -> Coerced:
    """Bring a column of shares to 0 to 1, unless its decimal marks are still in question."""
    if read.question:
        return read
    shares = as_shares(connection, relation, read.expression, signed, label, answer if answer in SHARES else None)
    unreadable = read.unreadable
    if shares.question:
        [(kept,)] = connection.execute(f"SELECT count({shares.expression}) FROM {relation}").fetchall()
        unreadable = read.filled - kept
    return Coerced(
        shares.expression, read.filled, unreadable, (*read.notes, *shares.notes), shares.question,
        SHARES if shares.question else (),
    )  # fmt: skip


def _marks(samples: Sequence[Sample]) -> _Marks:
    patterns = (SURE["."], SURE[","], OPEN["."], OPEN[","], r"\d{4,}")
    return _Marks(
        *(sum(each.cells for each in samples if re.fullmatch(pattern, each.digits)) for pattern in patterns)
    )


def _decide(
    marks: _Marks, sheet: Sheet, label: str, answer: str | None
) -> tuple[str, tuple[str, ...], str | None]:
    comma = "decimal_comma: " + _("Numbers are read with a decimal comma.")
    point = "thousands_comma: " + _("A comma in a number is read as a thousands separator.")
    if answer in MARKS:
        return MARKS[answer], (comma,) if answer == "comma" else (), None
    if marks.point or marks.comma:
        mark = "." if marks.point >= marks.comma else ","
        mixed = "mixed_marks: " + _("Numbers with a decimal point and with a decimal comma both occur.")
        return mark, ((comma,) if mark == "," else ()) + ((mixed,) if marks.point and marks.comma else ()), None
    semicolons = sheet.delimiter == ";"
    unsure = (marks.open_point and marks.open_comma) or (
        semicolons and not marks.long_plain and (marks.open_comma or marks.open_point)
    )
    if unsure:
        question = _(
            "Is a number such as 1.234 or 1,234 in {column} above a thousand or a little over one? Say which mark "
            "stands before its decimals."
        )
        return ".", (), question.format(column=label)
    if marks.open_comma:
        # Four digits without a mark beside it, in a file that keeps the comma for numbers: it marks decimals.
        return (",", (comma,), None) if semicolons else (".", (point,), None)
    return ".", (), None


def _told(samples: Sequence[Sample], factor: int, *, credit: bool) -> list[str]:
    """Say what stands beside the digits of a column and changes what they mean."""
    notes = []
    if any(sample.scale != 1 for sample in samples):
        notes.append("scaled: " + _("K, M, 万 and 亿 stand for 1,000, 1,000,000, 10,000 and 100,000,000."))
    if credit:
        notes.append("credits: " + _("CR marks a credit, read as below zero; DR a debit, read as above."))
    if factor != 1:
        said = _("The header says that values are counted in {n}.").format(n=f"{factor:,}")
        notes.append("header_scale: " + said)
    return notes


def _percents(samples: Sequence[Sample], label: str) -> list[str]:
    said = ["percent: " + _("Values with % are read as hundredths.")]
    if any("%" not in sample.beside for sample in samples):
        mixed = _("Some values of {column} have a %, others do not.").format(column=label)
        said.append("percent_mixed: " + mixed)
    return said
