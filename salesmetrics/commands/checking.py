"""`check`: what was recognised, which rows were kept and set aside, which metrics the files allow."""

from __future__ import annotations

import argparse
import json

import salesmetrics.ingest
from salesmetrics.commands.request import add_files
from salesmetrics.model.report import Report, SheetReport
from salesmetrics.query.availability import availability

HELP = "tell what files would be read as, and which metrics they allow"
_SHOWN = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_files(parser)
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(given: argparse.Namespace) -> None:
    """Read the files and print the report."""
    reading = salesmetrics.ingest.read(given.files, maps=given.maps)
    metrics = availability(reading.dataset)
    if given.json:
        answer = {
            **reading.report.to_json(),
            "tables": {
                name: {"rows": facts.rows, "columns": sorted(facts.columns), "notes": dict(facts.notes)}
                for name, facts in reading.dataset.tables.items()
            },
            "metrics": [
                {"metric": metric, "available": reason is None, "reason": reason}
                for metric, reason in metrics.items()
            ],
        }
        print(json.dumps(answer, ensure_ascii=False, indent=1, default=str))
        return
    print(_report(reading.report))
    print(_metrics(metrics))


def _report(report: Report) -> str:
    return "\n\n".join("\n".join(_sheet(sheet)) for sheet in report.sheets)


def _sheet(sheet: SheetReport) -> list[str]:
    what = sheet.table or sheet.role or f"not used: {sheet.not_used}"
    lines = [f"{sheet.label}: {what}; {sheet.rows} rows, {sheet.kept} kept, {sheet.left_out} set aside"]
    lines += [f"  ? {question.text}" for question in sheet.questions]
    lines += [
        f"  {column.column} <- {column.header} ({column.confidence:.0%}; {column.evidence})"
        for column in sheet.mapping
    ]
    if sheet.unmapped:
        lines.append(f"  not used: {', '.join(sheet.unmapped)}")
    lines += [f"  = {words}" for words in sheet.derivations]
    lines += [f"  ! {words}" for words in sheet.notes]
    for row in sheet.set_aside[:_SHOWN]:
        lines.append(f"  - row {row.row}, {row.column or 'row'}: {row.value!r}: {row.reason}")
    if len(sheet.set_aside) > _SHOWN:
        lines.append(f"  - and {len(sheet.set_aside) - _SHOWN} rows more")
    return lines


def _metrics(metrics: dict[str, str | None]) -> str:
    at_hand = [metric for metric, reason in metrics.items() if reason is None]
    lines = ["", f"Metrics at hand ({len(at_hand)}): {', '.join(at_hand)}"]
    missing: dict[str, list[str]] = {}
    for metric, reason in metrics.items():
        if reason is not None:
            missing.setdefault(reason.removeprefix("missing_column:"), []).append(metric)
    for column, waiting in sorted(missing.items(), key=lambda item: -len(item[1])):
        lines.append(f"{column} would unlock {len(waiting)}: {', '.join(waiting)}")
    return "\n".join(lines)
