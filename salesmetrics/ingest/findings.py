"""What is wrong with files, as sentences, worst first: what changes a number before what only wants a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from salesmetrics.i18n import _, ngettext
from salesmetrics.ingest.read.footers import a_remark, a_title_again, one_text_alone
from salesmetrics.ingest.read.repeats import the_header_again
from salesmetrics.model.finding import Finding, Quality, Severity, worst_first
from salesmetrics.model.report import Report, SheetReport

SURE = 0.75
"""From this confidence on the reading of a header needs no second look."""


_SAMPLES = 3


def stands_twice(column: str) -> str:
    """Say why a row is set aside whose key stands in another row."""
    return _("the same {column} stands in another row, which counts").format(column=column)


def findings(report: Report, quality: Quality | None = None) -> tuple[Finding, ...]:
    """Give all that is wrong with the files of a report and, where they were looked through, with their tables."""
    found = [finding for sheet in report.sheets for finding in _of_sheet(sheet)]
    return worst_first([*found, *(_placed(one, report) for one in (quality.findings if quality else ()))])


def _placed(one: Finding, report: Report) -> Finding:
    """Say of a finding about a table which files its rows came from."""
    of_table = [sheet for sheet in report.sheets if sheet.table == one.table]
    # Beside the table's own sheets there may be lists that only complete it.
    sheets = [sheet for sheet in of_table if sheet.role == sheet.table] or of_table
    if len(sheets) == 1:
        return replace(one, file=sheets[0].file, sheet=sheets[0].sheet)
    return replace(one, file=", ".join(dict.fromkeys(sheet.file for sheet in sheets)) or None)


def _of_sheet(sheet: SheetReport) -> Iterator[Finding]:
    for question in sheet.questions:
        yield _found(sheet, "question", Severity.CHANGES, question.text, sheet.rows, question.column)
    if sheet.not_used and not sheet.questions:
        yield _found(sheet, "not_used", Severity.MAY, sheet.not_used, sheet.rows)
    if not sheet.not_used:
        yield from _set_aside(sheet)
    yield from sheet.findings
    # What cannot be read where a table cannot do without it sets its row aside, and is told with that.
    aside = Counter(one.column for one in sheet.set_aside if one.value is not None)
    for column in sheet.mapping:
        unreadable = column.unreadable - aside[column.header]
        if unreadable > 0:
            said = ngettext(
                "{n} value of “{header}” cannot be read as {column} and is left empty.",
                "{n} values of “{header}” cannot be read as {column} and are left empty.",
                unreadable,
            )
            sentence = said.format(n=f"{unreadable:,}", header=column.header, column=column.column)
            yield _found(sheet, "values_unreadable", Severity.CHANGES, sentence, unreadable, column.column)
        if column.confidence < SURE and sheet.table:
            said = _("“{header}” is read as {column}, but that is not certain: {why}.")
            sentence = said.format(header=column.header, column=column.column, why=column.evidence)
            yield _found(sheet, "unsure_column", Severity.MAY, sentence, 0, column.column)
    for note in sheet.notes:
        yield _found(sheet, "note", Severity.INFORMATION, note)


def _set_aside(sheet: SheetReport) -> Iterator[Finding]:
    # Keys that stand twice are told with what their rows hold.
    told = {stands_twice(one.column) for one in sheet.findings if one.column}
    no_data = {the_header_again(), a_remark(), a_title_again(), one_text_alone()}
    groups: dict[tuple[str | None, str], list[str]] = {}
    counts = Counter((one.column, one.reason) for one in sheet.set_aside)
    for one in sheet.set_aside:
        samples = groups.setdefault((one.column, one.reason), [])
        if len(samples) < _SAMPLES:
            samples.append(_("row {row}: {value}").format(row=one.row, value=one.value or "–"))
    for (column, reason), samples in groups.items():
        if reason in told:
            continue
        rows = counts[column, reason]
        said = ngettext(
            "{n} row is set aside, and no number counts it: {why}.",
            "{n} rows are set aside, and no number counts them: {why}.", rows,
        )  # fmt: skip
        sentence = said.format(n=f"{rows:,}", why=reason.rstrip(".。"))
        severity = Severity.INFORMATION if reason in no_data else Severity.CHANGES
        yield _found(sheet, "rows_set_aside", severity, sentence, rows, column, tuple(samples))


def _found(
    sheet: SheetReport,
    code: str,
    severity: Severity,
    sentence: str,
    rows: int = 0,
    column: str | None = None,
    samples: tuple[str, ...] = (),
) -> Finding:
    share = rows / sheet.rows if rows and sheet.rows else None
    return Finding(
        code, severity, sentence, rows, share, samples=samples, table=sheet.table, column=column, file=sheet.file,
        sheet=sheet.sheet,
    )  # fmt: skip
