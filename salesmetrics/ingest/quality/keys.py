"""Keys that stand in several rows: rows that repeat each other whole, and rows that say different things of one key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import duckdb

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.keep import LeftOut
from salesmetrics.ingest.quality.check import SAMPLES
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.finding import Finding, Severity

REPEATS, DIFFERS, ELSEWHERE = "repeated_key", "key_with_other_values", "key_in_another_file"


def keys_that_stand_twice(
    connection: duckdb.DuckDBPyConnection, typed: Typed, left: Sequence[LeftOut]
) -> Iterator[Finding]:
    """Find, of the rows `left` out of a sheet since their key stands in another row, which of them say the same."""
    rows = [out.row for out in left if out.duplicate]
    match = typed.recognition.match(left[0].column) if (left := [out for out in left if out.duplicate]) else None
    if match is None:
        return
    relation, key, column = typed.sheet.relation, f"c{match.index}", match.column.name
    cells = ", ".join(f"c{index}" for index in range(len(typed.sheet.header)))
    found = connection.execute(
        f"WITH twice AS (SELECT {key} AS key, count(*) AS gone FROM {relation} WHERE row IN (SELECT unnest(?)) "
        f"GROUP BY 1) SELECT key, any_value(gone), count(*), count(DISTINCT hash({cells})), min(row) "
        f"FROM {relation} JOIN twice ON {key} = key GROUP BY 1 ORDER BY min(row)",
        [rows],
    ).fetchall()
    elsewhere = [(key, gone) for key, gone, stands, _kinds, _row in found if gone == stands]
    here = [each for each in found if each[1] < each[2]]
    alike = [(key, gone) for key, gone, _stands, kinds, _row in here if kinds == 1]
    differ = [(key, gone) for key, gone, _stands, kinds, _row in here if kinds > 1]
    if differ:
        said = _("{what} in several rows with different values: {which} counts, the others are left out.")
        samples = tuple(_difference(connection, typed, match.index, key) for key, _gone in differ[:SAMPLES])
        yield _finding(typed, DIFFERS, Severity.CHANGES, column, differ, said, samples)
    if alike:
        said = _("{what} in several rows that are alike in every cell: only one of them counts.")
        samples = tuple(key for key, _gone in alike[:SAMPLES])
        yield _finding(typed, REPEATS, Severity.INFORMATION, column, alike, said, samples)
    if elsewhere:
        said = _("{what} in another file or sheet too: {which} counts.")
        samples = tuple(key for key, _gone in elsewhere[:SAMPLES])
        yield _finding(typed, ELSEWHERE, Severity.MAY, column, elsewhere, said, samples)


def _finding(
    typed: Typed,
    code: str,
    severity: Severity,
    column: str,
    keys: Sequence[tuple[str, int]],
    said: str,
    samples: tuple[str, ...],
) -> Finding:
    which = {"opportunities": _("the last one"), "leads": _("the one created first")}
    rows = sum(gone for _key, gone in keys)
    what = _standing(typed.table or "", len(keys)).format(n=f"{len(keys):,}", key=column)
    sentence = said.format(what=what, which=which.get(typed.table or "", _("the first one")))
    share = rows / max(typed.sheet.rows, 1)
    return Finding(code, severity, sentence, rows, share, "rows", samples, (), typed.table, column)


def _standing(table: str, n: int) -> str:
    """Say what stands in several rows, as the beginning of a sentence."""
    return {
        "opportunities": ngettext("{n} deal stands", "{n} deals stand", n),
        "leads": ngettext("{n} lead stands", "{n} leads stand", n),
        "customers": ngettext("{n} customer stands", "{n} customers stand", n),
        "products": ngettext("{n} product stands", "{n} products stand", n),
        "reps": ngettext("{n} rep stands", "{n} reps stand", n),
    }.get(table, ngettext("{n} {key} stands", "{n} different {key} stand", n))


def _difference(connection: duckdb.DuckDBPyConnection, typed: Typed, index: int, key: str) -> str:
    """Show the first header under which the rows of a key differ, with what stands there."""
    cells = ", ".join(f"c{place}" for place in range(len(typed.sheet.header)))
    lines = connection.execute(
        f"SELECT {cells} FROM {typed.sheet.relation} WHERE c{index} = ? ORDER BY row LIMIT 10", [key]
    ).fetchall()
    for header, values in zip(typed.sheet.header, zip(*lines, strict=True), strict=True):
        if len(set(values)) > 1:
            return f"{key}: {header} " + " / ".join(dict.fromkeys(value or "–" for value in values))
    return key
