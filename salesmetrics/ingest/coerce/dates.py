"""Read cells as dates and times: the forms a column holds are listed, and each is read by its own format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.coerce.clocks import Clock, clock_of, plain_utc
from salesmetrics.ingest.coerce.coerced import Coerced, is_filled, literal, literals
from salesmetrics.ingest.coerce.date_forms import Form, Prepared, form_of, prepared, signature
from salesmetrics.ingest.coerce.date_order import ORDERS, Decision, decide
from salesmetrics.ingest.coerce.day_numbers import SYSTEM_1904, from_days, from_epoch
from salesmetrics.ingest.coerce.repeats import looked_at, starts_with
from salesmetrics.ingest.coerce.swapped_dates import ANSWERS as SWAPPED
from salesmetrics.ingest.coerce.swapped_dates import find_swapped, swapped_back
from salesmetrics.ingest.sheet import Sheet
from salesmetrics.model.tables import ColumnType

"""What the question about the order of day and month can be answered with."""

_ZERO_DATES = ("0", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "0000/00/00")
_FIRST, _LAST = "TIMESTAMP '1900-01-01'", "TIMESTAMP '2101-01-01'"
_MOMENT = r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d{1,6})?"
_SHORTEST = 19
_NO_MOMENT = "CAST(NULL AS TIMESTAMP)"


@dataclass(frozen=True)
class _Found:
    signature: str
    cells: int
    form: Form | None


@dataclass(frozen=True)
class _Column:
    """One column under way: the SQL of its cells and of which are filled, and the forms found in it."""

    connection: duckdb.DuckDBPyConnection
    sheet: Sheet
    filled_if: str
    plain: Prepared
    found: Sequence[_Found]
    system: str | None

    @property
    def text(self) -> str:
        return self.plain.text

    def settled(self) -> str:
        """SQL for what needs no decision; empty where there is no such form."""
        branches = []
        formats = [f for each in self.found if each.form and not each.form.ordered for f in each.form.formats("")]
        if formats:
            branches.append(_parsed(self.text, formats))
        forms = [each.form for each in self.found if each.form is not None]
        if any(form.week for form in forms):
            # A week without a day stands for its Monday.
            day = f"{self.text} || CASE WHEN ends_with({self.text}, '-') THEN '1' ELSE '' END"
            branches.append(f"CASE WHEN contains({self.text}, 'W') THEN try_strptime({day}, '%G-W%V-%u') END")
        if any(form.serial for form in forms):
            branches.append(from_days(self.text, self.system))
        branches += [
            from_epoch(self.text, per_second) for per_second in sorted({form.epoch for form in forms} - {0})
        ]
        return branches[0] if len(branches) == 1 else f"coalesce({', '.join(branches)})" if branches else ""

    def open(self, order: str) -> str:
        """SQL for the forms whose order was open, in `order`; without one only what both orders read alike."""
        forms = [each.form for each in self.found if each.form is not None and each.form.ordered]
        if not forms:
            return ""
        formats = [f for form in forms for f in form.formats(order or "dmy")]
        if not formats:
            return ""
        parsed = _parsed(self.text, formats)
        if order:
            return parsed
        pattern = literal(r"^0?(\d{1,2})[-/. ]+0?(\d{1,2})[-/. ]")
        same = f"regexp_extract({self.text}, {pattern}, 1) = regexp_extract({self.text}, {pattern}, 2)"
        return f"CASE WHEN {same} THEN {parsed} END"


def coerce_date(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    column: int,
    type: ColumnType,
    label: str,
    answer: str | None,
    *,
    utc: bool = False,
) -> Coerced:
    """Tell how a column reads as dates (or as moments, for TIMESTAMP), 1900 to 2100.

    The order of day and month is one for the whole column. Times with one offset from UTC stay those of that
    place; where several occur, or another column has another (`utc`), moments are brought to UTC, while a date
    stays the day of the place where it was written.
    """
    cell = f"c{column}"
    quick = _plain(connection, sheet.relation, cell, type, utc=utc)
    if quick is not None:
        return quick
    filled_if = f"({is_filled(cell)} AND {cell} NOT IN ({literals(_ZERO_DATES)}))"
    plain = prepared(connection, sheet.relation, cell, filled_if)
    rows = connection.execute(
        f"SELECT {signature('x', digital=plain.digital)} AS signature, CAST(sum(n) AS BIGINT) "
        f"FROM {looked_at(connection, sheet.relation, plain.text, filled_if)} GROUP BY signature ORDER BY ALL"
    ).fetchall()
    found, notes = _without_remains([_Found(each, cells, form_of(each)) for each, cells in rows])
    system = answer if answer == SYSTEM_1904 else None
    read = _Column(connection, sheet, filled_if, plain, found, system)
    settled, decision = read.settled(), Decision("", ())
    choices: tuple[str, ...] = ORDERS
    if any(each.form is not None and each.form.ordered for each in found):
        order = answer if answer in ORDERS else None
        decision = decide(connection, sheet, column, plain.text, settled, label, order)
        settled, decision, choices = _not_swapped(read, settled, decision, label, answer)
    moment = ", ".join(branch for branch in (settled, read.open(decision.order)) if branch) or _NO_MOMENT
    moment = f"coalesce({moment})" if settled and read.open(decision.order) else moment
    filled = sum(each.cells for each in found)
    kept, moment = _checked(read, filled, moment)
    clock = clock_of(
        connection, sheet.relation, filled_if, plain, type, utc=utc, epoch=any(_epoch(f) for f in found)
    )
    expression = f"CASE WHEN {filled_if} THEN {_as(type, clock.told(moment))} END"
    notes = (*decision.notes, *notes, *_notes(found), *clock.notes)
    return Coerced(
        expression, filled, filled - kept, notes, decision.question, choices if decision.question else (),
        offsets=clock.offsets,
    )  # fmt: skip


def _plain(
    connection: duckdb.DuckDBPyConnection, relation: str, cell: str, type: ColumnType, *, utc: bool
) -> Coerced | None:
    """Read a column of nothing but ISO dates, or ISO moments, as the engine does; None where it holds anything else."""
    if not starts_with(connection, relation, cell, f"try_cast({cell} AS TIMESTAMP) IS NOT NULL"):
        return None
    target = "DATE" if type is ColumnType.DATE else "TIMESTAMP"
    [(held, days, in_range, least)] = connection.execute(
        f"SELECT count(h), count(d), coalesce(min(d) >= {_FIRST} AND max(d) < {_LAST}, true), min(length(h)) "
        f"FROM (SELECT {cell} AS h, CASE WHEN length({cell}) = 10 THEN try_cast({cell} AS DATE) END AS d FROM {relation})"
    ).fetchall()
    if held == days and in_range:
        return Coerced(f"try_cast({cell} AS {target})", held, 0)
    if not in_range or least < _SHORTEST:
        return None
    [(moments, zulu, in_range)] = connection.execute(
        f"SELECT count(*) FILTER (m IS NOT NULL AND regexp_full_match({cell}, {literal(_MOMENT)})), "
        f"count(*) FILTER (m IS NOT NULL AND regexp_full_match({cell}, {literal(_MOMENT + 'Z')})), "
        f"coalesce(min(m) >= {_FIRST} AND max(m) < {_LAST}, true) "
        f"FROM (SELECT {cell}, try_cast({cell} AS TIMESTAMP) AS m FROM {relation})"
    ).fetchall()
    if not in_range or held not in (moments, zulu):
        return None
    told = plain_utc(type, utc=utc) if zulu else Clock()
    value = f"try_cast({cell} AS TIMESTAMP)"
    return Coerced(
        f"CAST({value} AS DATE)" if target == "DATE" else value, held, 0, told.notes, offsets=told.offsets
    )


def _as(type: ColumnType, moment: str) -> str:
    return f"CAST({moment} AS {'DATE' if type is ColumnType.DATE else 'TIMESTAMP'})"


def _parsed(text: str, formats: Sequence[str]) -> str:
    # A year of two digits is tried first: the format of four would read 24 as the year 24.
    ordered = sorted(dict.fromkeys(formats), key=lambda each: "%y" not in each)
    return f"try_strptime({text}, [{literals(ordered)}])"


def _epoch(found: _Found) -> bool:
    return found.form is not None and found.form.epoch > 0


def _without_remains(found: Sequence[_Found]) -> tuple[list[_Found], tuple[str, ...]]:
    """Leave unread what spreadsheets make of other things: 5-Jan without a year, Jan-05 among whole dates."""
    whole = sum(each.cells for each in found if each.form and not each.form.month_only)
    remains = {
        each.signature
        for each in found
        if each.signature in _NO_YEAR or (each.signature in _MONTH_AND_TWO and whole >= each.cells)
    }
    cells = sum(each.cells for each in found if each.signature in remains)
    if not cells:
        return list(found), ()
    message = ngettext(
        "{n} cell such as 5-Jan or Jan-05 has no year, or no day: a spreadsheet has made it of something else, and "
        "it is left empty.",
        "{n} cells such as 5-Jan or Jan-05 have no year, or no day: a spreadsheet has made them of something else, "
        "and they are left empty.",
        cells,
    )
    kept = [replace(each, form=None) if each.signature in remains else each for each in found]
    return kept, ("half_dates: " + message.format(n=f"{cells:,}"),)


_NO_YEAR = ("9-#", "99-#", "9月9日", "99月9日", "9月99日", "99月99日")
_MONTH_AND_TWO = ("#-99",)


def _not_swapped(
    read: _Column, settled: str, decision: Decision, label: str, answer: str | None
) -> tuple[str, Decision, tuple[str, ...]]:
    """Leave out, or swap back, dates whose day and month a spreadsheet has swapped."""
    if not settled or answer == "kept" or decision.question:
        return settled, decision, decision.orders
    if answer == "swapped":
        said = "swapped_back: " + _("Day and month are swapped back in the dates that a spreadsheet had swapped.")
        return swapped_back(settled), replace(decision, notes=(*decision.notes, said)), ORDERS
    swapped = find_swapped(read.connection, read.sheet.relation, read.filled_if, read.text, settled)
    if swapped is None:
        return settled, decision, ORDERS
    return "", Decision(decision.order, decision.notes, swapped.question(label)), SWAPPED


def _checked(read: _Column, filled: int, moment: str) -> tuple[int, str]:
    """Count what `moment` reads, and narrow it where it reads too much: odd forms, or years beyond the range."""
    relation = read.sheet.relation
    [(kept, in_range)] = read.connection.execute(
        f"SELECT count(m), coalesce(min(m) >= {_FIRST} AND max(m) < {_LAST}, true) "
        f"FROM (SELECT {moment} AS m FROM {relation} WHERE {read.filled_if})"
    ).fetchall()
    known = [each for each in read.found if each.form is not None]
    narrowed = moment
    if kept > sum(each.cells for each in known) or len(known) < len(read.found):
        form = signature(read.text, digital=read.plain.digital)
        narrowed = f"CASE WHEN {form} IN ({literals([each.signature for each in known])}) THEN {moment} END"
    if not known:
        narrowed = _NO_MOMENT
    if not in_range:
        narrowed = f"CASE WHEN {moment} >= {_FIRST} AND {moment} < {_LAST} THEN {narrowed} END"
    if narrowed != moment:
        [(kept,)] = read.connection.execute(
            f"SELECT count({narrowed}) FROM {relation} WHERE {read.filled_if}"
        ).fetchall()
    return kept, narrowed


def _notes(found: Sequence[_Found]) -> list[str]:
    notes = []
    forms = [each.form for each in found if each.form is not None]
    if any(form.serial for form in forms):
        notes.append("serial_dates: " + _("Whole numbers are read as the day numbers that spreadsheets use."))
    if any(form.epoch for form in forms):
        notes.append("epoch: " + _("Long numbers are read as seconds or milliseconds since 1970, in UTC."))
    if any(form.week for form in forms):
        notes.append("weeks: " + _("Weeks are those of ISO 8601; a week without a day is read as its Monday."))
    if any(form.month_only for form in forms):
        notes.append("month_only: " + _("A month without a day is read as its first day."))
    if any(form.short_year for form in forms):
        notes.append("short_years: " + _("Years of two digits are read as 1969 to 2068."))
    return notes
