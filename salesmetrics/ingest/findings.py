"""What is wrong with files, as sentences, worst first: what keeps numbers away before what only wants a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from salesmetrics.i18n import _, ngettext
from salesmetrics.model.report import Report, SheetReport

SURE = 0.75
"""From this confidence on the reading of a header needs no second look."""


class Severity(IntEnum):
    """How much a finding weighs: a question holds a column back, a note changes no number."""

    QUESTION = 5
    NOT_USED = 4
    ROWS_LOST = 3
    VALUES_LOST = 2
    UNSURE = 1
    NOTE = 0


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or wants a look: where, in a sentence, and how many rows or values it touches."""

    severity: Severity
    where: str
    sentence: str
    count: int = 0


def findings(report: Report) -> tuple[Finding, ...]:
    """Give all that is wrong with the files of a report, worst first."""
    found = [finding for sheet in report.sheets for finding in _of_sheet(sheet)]
    return tuple(sorted(found, key=lambda one: (-one.severity, -one.count)))


def _of_sheet(sheet: SheetReport) -> Iterator[Finding]:
    where = sheet.label
    for question in sheet.questions:
        yield Finding(Severity.QUESTION, where, question.text, sheet.rows)
    if sheet.not_used and not sheet.questions:
        yield Finding(Severity.NOT_USED, where, sheet.not_used, sheet.rows)
    if not sheet.not_used:
        reasons = Counter((one.column, one.reason) for one in sheet.set_aside)
        for (_column, reason), rows in reasons.items():
            said = ngettext("{n} row is set aside: {why}", "{n} rows are set aside: {why}", rows)
            yield Finding(Severity.ROWS_LOST, where, said.format(n=f"{rows:,}", why=reason), rows)
    for column in sheet.mapping:
        if column.unreadable:
            said = ngettext(
                "{n} value of “{header}” cannot be read as {column} and is left empty.",
                "{n} values of “{header}” cannot be read as {column} and are left empty.",
                column.unreadable,
            )
            sentence = said.format(n=f"{column.unreadable:,}", header=column.header, column=column.column)
            yield Finding(Severity.VALUES_LOST, where, sentence, column.unreadable)
        if column.confidence < SURE and sheet.table:
            said = _("“{header}” is read as {column}, but that is not certain: {why}.")
            sentence = said.format(header=column.header, column=column.column, why=column.evidence)
            yield Finding(Severity.UNSURE, where, sentence, column.filled)
    for note in sheet.notes:
        yield Finding(Severity.NOTE, where, note)
