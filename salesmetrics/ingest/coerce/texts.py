"""Read cells as text: as they stand, save the marks that databases write for nothing and what spreadsheets damaged."""

from __future__ import annotations

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.coerce.coerced import EMPTY_TEXT, Coerced, literal
from salesmetrics.ingest.coerce.unpicked import is_unpicked, unpicked
from salesmetrics.ingest.sheet import Sheet

SHORTENED = r"[1-9](?:[.,]\d+)?[eE]\+\d{2}"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
DATED = rf"\d{{1,2}}-(?:{_MONTHS})|(?:{_MONTHS})-\d{{2}}|\d{{1,2}}月\d{{1,2}}日"


def coerce_text(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int, *, key: bool = False) -> Coerced:
    """Tell how a column reads as text; every text reads, but not a `key` that a spreadsheet has damaged.

    A long number kept as 1.23457E+11 has lost its last digits, and a code shown as 2-Mar was 2-3 or 3-2: neither
    says any more which it was.
    """
    cell = f"c{column}"
    # A list of words to compare with would make a join of it, in every query over the column.
    empty = " ".join(f"WHEN {literal(text)} THEN NULL" for text in EMPTY_TEXT)
    expression = f"CASE {cell} {empty} ELSE {cell} END"
    damage = (
        f"count(*) FILTER (contains(v, '+') AND regexp_full_match(v, {literal(SHORTENED)})), "
        f"count(*) FILTER (strlen(v) <= 6 AND regexp_full_match(v, {literal(DATED)}))"
    )
    [(held, filled, floats, selects, shortened, dated)] = connection.execute(
        f"SELECT count({cell}), count(v), count(*) FILTER (ends_with(v, '.0')), count(*) FILTER (v = 'Select'), "
        f"{damage if key else '0, 0'} FROM (SELECT {cell}, {expression} AS v FROM {sheet.relation})"
    ).fetchall()
    expression = cell if held == filled else expression
    if selects and is_unpicked(connection, sheet, column):
        return unpicked(expression, filled, selects)
    if shortened or dated:
        return _damaged(expression, filled, shortened, dated)
    if not filled or floats < filled:
        return Coerced(expression, filled, 0)
    [(whole,)] = connection.execute(
        f"SELECT count(*) = count(*) FILTER (regexp_full_match(v, '\\d+\\.0')) "
        f"FROM (SELECT {expression} AS v FROM {sheet.relation}) WHERE v IS NOT NULL"
    ).fetchall()
    if not whole:
        return Coerced(expression, filled, 0)
    # Whole numbers next to empty cells are often written as 1001.0; the key is 1001.
    note = "whole_numbers: " + _("Every value ends in .0, which is left out.")
    return Coerced(f"regexp_replace({expression}, '\\.0$', '')", filled, 0, (note,))


def _damaged(expression: str, filled: int, shortened: int, dated: int) -> Coerced:
    notes = []
    if shortened:
        said = ngettext(
            "{n} key is written like 1.23457E+11: a spreadsheet has cut its last digits off, so it is left empty. "
            "Export the file anew and do not open it in a spreadsheet.",
            "{n} keys are written like 1.23457E+11: a spreadsheet has cut their last digits off, so they are left "
            "empty. Export the file anew and do not open it in a spreadsheet.",
            shortened,
        )
        notes.append("shortened_keys: " + said.format(n=f"{shortened:,}"))
    if dated:
        said = ngettext(
            "{n} key looks like 2-Mar: a spreadsheet has made a date of a code such as 2-3, so it is left empty. "
            "Export the file anew and do not open it in a spreadsheet.",
            "{n} keys look like 2-Mar: a spreadsheet has made dates of codes such as 2-3, so they are left empty. "
            "Export the file anew and do not open it in a spreadsheet.",
            dated,
        )
        notes.append("dated_keys: " + said.format(n=f"{dated:,}"))
    sound = f"NOT regexp_full_match({expression}, {literal(f'{SHORTENED}|{DATED}')})"
    return Coerced(f"CASE WHEN {sound} THEN {expression} END", filled, shortened + dated, tuple(notes))
