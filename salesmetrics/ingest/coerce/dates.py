"""Read cells as dates and times: the forms a column holds are listed, and each is read by its own format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from salesmetrics.i18n import _
from salesmetrics.ingest.coerce.coerced import Coerced, is_filled, literal, literals
from salesmetrics.ingest.coerce.date_forms import Form, form_of, prepared, signature
from salesmetrics.ingest.coerce.date_order import Decision, decide
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import ColumnType

_ZERO_DATES = ("0", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "0000/00/00")
_FIRST, _LAST = "TIMESTAMP '1900-01-01'", "TIMESTAMP '2101-01-01'"


@dataclass(frozen=True)
class _Found:
    signature: str
    cells: int
    form: Form | None


def coerce_date(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    column: int,
    type: ColumnType,
    label: str,
    date_order: str | None,
) -> Coerced:
    """Tell how a column reads as dates (or as moments, for TIMESTAMP), 1900 to 2100.

    The order of day and month is one for the whole column; an offset from UTC is left out, the time being that of
    the place where it was written.
    """
    cell = f"c{column}"
    filled_if = f"({is_filled(cell)} AND {cell} NOT IN ({literals(_ZERO_DATES)}))"
    text, codes = prepared(connection, sheet.relation, cell)
    rows = connection.execute(
        f"SELECT {signature(text)} AS signature, count(*) FROM {sheet.relation} WHERE {filled_if} GROUP BY ALL "
        "ORDER BY ALL"
    ).fetchall()
    found = [_Found(each, cells, form_of(each)) for each, cells in rows]
    decision = Decision("", ())
    if any(each.form is not None and each.form.ordered for each in found):
        decision = decide(connection, sheet, column, text, label, date_order)
    moment = _expression(text, found, decision)
    filled = sum(each.cells for each in found)
    read, moment = _checked(connection, sheet.relation, filled_if, moment, text, found)
    expression = f"CASE WHEN {filled_if} THEN {_as(type, moment)} END"
    notes = (*decision.notes, *_notes(found, codes, type))
    return Coerced(expression, filled, filled - read, notes, decision.question)


def _as(type: ColumnType, moment: str) -> str:
    return f"CAST({moment} AS {'DATE' if type is ColumnType.DATE else 'TIMESTAMP'})"


def _expression(text: str, found: Sequence[_Found], decision: Decision) -> str:
    formats: list[str] = []
    unsure: list[str] = []
    serial = False
    for each in found:
        if each.form is None:
            continue
        serial |= each.form.serial
        if not each.form.ordered:
            formats += each.form.formats("")
        elif decision.order:
            formats += each.form.formats(decision.order)
        else:
            unsure += each.form.formats("dmy")
    branches = []
    if formats:
        branches.append(_parsed(text, formats))
    if unsure:
        # Where day and month are the same number, both readings agree: that much is known.
        pattern = literal(r"^0?(\d{1,2})[-/. ]+0?(\d{1,2})[-/. ]")
        same = f"regexp_extract({text}, {pattern}, 1) = regexp_extract({text}, {pattern}, 2)"
        branches.append(f"CASE WHEN {same} THEN {_parsed(text, unsure)} END")
    if serial:
        days = f"try_cast({text} AS DOUBLE)"
        moment = f"TIMESTAMP '1899-12-30' + to_seconds(CAST(round({days} * 86400) AS BIGINT))"
        branches.append(f"CASE WHEN regexp_full_match({text}, '\\d{{5}}(\\.\\d+)?') AND {days} BETWEEN 20000 "
                        f"AND 60000 THEN {moment} END")  # fmt: skip
    if not branches:
        return "CAST(NULL AS TIMESTAMP)"
    return branches[0] if len(branches) == 1 else f"coalesce({', '.join(branches)})"


def _parsed(text: str, formats: list[str]) -> str:
    # A year of two digits is tried first: the format of four would read 24 as the year 24.
    ordered = sorted(dict.fromkeys(formats), key=lambda each: "%y" not in each)
    return f"try_strptime({text}, [{literals(ordered)}])"


def _checked(
    connection: duckdb.DuckDBPyConnection,
    relation: str,
    filled_if: str,
    moment: str,
    text: str,
    found: Sequence[_Found],
) -> tuple[int, str]:
    """Count what `moment` reads, and narrow it where it reads too much: odd forms, or years beyond the range."""
    [(read, first_ok)] = connection.execute(
        f"SELECT count(m), coalesce(min(m) >= {_FIRST} AND max(m) < {_LAST}, true) "
        f"FROM (SELECT {moment} AS m FROM {relation} WHERE {filled_if})"
    ).fetchall()
    known = [each for each in found if each.form is not None]
    narrowed = moment
    if read > sum(each.cells for each in known):
        narrowed = (
            f"CASE WHEN {signature(text)} IN ({literals([each.signature for each in known])}) THEN {moment} END"
        )
    if not first_ok:
        narrowed = f"CASE WHEN {moment} >= {_FIRST} AND {moment} < {_LAST} THEN {narrowed} END"
    if narrowed != moment:
        [(read,)] = connection.execute(f"SELECT count({narrowed}) FROM {relation} WHERE {filled_if}").fetchall()
    return read, narrowed


def _notes(found: Sequence[_Found], codes: Sequence[str], type: ColumnType) -> list[str]:
    notes = []
    forms = [each.form for each in found if each.form is not None]
    if any(form.serial for form in forms):
        notes.append("serial_dates: " + _("Whole numbers are read as the day numbers that spreadsheets use."))
    if any(form.month_only for form in forms):
        notes.append("month_only: " + _("A month without a day is read as its first day."))
    if any(form.short_year for form in forms):
        notes.append("short_years: " + _("Years of two digits are read as 1969 to 2068."))
    if "zone" in codes and type is ColumnType.TIMESTAMP:
        notes.append("zone_left_out: " + _("Offsets from UTC are left out; times are as written."))
    return notes
