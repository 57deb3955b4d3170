"""`check`: what was recognised, which rows were kept and set aside, which metrics the files allow."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import salesmetrics.ingest
from salesmetrics.commands.request import add_files
from salesmetrics.ingest.findings import findings
from salesmetrics.ingest.quality import inspect
from salesmetrics.model.finding import Finding, Quality, Severity
from salesmetrics.model.report import Report, SheetReport
from salesmetrics.query import coverage
from salesmetrics.query.availability import availability
from salesmetrics.query.readiness import Readiness, Unlock, readiness

HELP = "tell what files would be read as, and which metrics they allow"
_SHOWN = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    add_files(parser)
    parser.add_argument("--json", action="store_true", help="print as JSON")


def run(given: argparse.Namespace) -> None:
    """Read the files and print the report."""
    reading = salesmetrics.ingest.read(given.files, maps=given.maps)
    ready = readiness(reading.dataset)
    covered = coverage(reading.dataset)
    quality = inspect(reading.dataset, {name: one.through for name, one in covered.items()})
    found = findings(reading.report, quality)
    if given.json:
        answer = {
            **reading.report.to_json(),
            "tables": {
                name: {"rows": facts.rows, "columns": sorted(facts.columns), "notes": dict(facts.notes)}
                for name, facts in reading.dataset.tables.items()
            },
            "metrics": [
                {"metric": metric, "available": reason is None, "reason": reason}
                for metric, reason in availability(reading.dataset).items()
            ],
            "readiness": _readiness(ready),
            "findings": [asdict(one) for one in found],
            "coverage": _coverage(quality),
        }
        print(json.dumps(answer, ensure_ascii=False, indent=1, default=str))
        return
    print(_report(reading.report))
    print("\n".join(_found(found)))
    print("\n".join(_ready(ready)))


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
    lines += [
        f"  ~ {column.header}: {change.said}, {change.cells} cells ({'; '.join(change.samples)})"
        for column in sheet.mapping
        for change in column.changes
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


def _coverage(quality: Quality) -> list[dict[str, Any]]:
    return [{**asdict(one), "share": one.share} for one in quality.coverage]


def _found(found: Sequence[Finding]) -> list[str]:
    headings = {
        Severity.CHANGES: "Changes a number",
        Severity.MAY: "May change a number",
        Severity.INFORMATION: "For your information",
    }
    lines = (
        []
        if any(one.severity is Severity.CHANGES for one in found)
        else ["", "Nothing found that changes a number."]
    )
    for severity, heading in headings.items():
        own = [one for one in found if one.severity is severity]
        if own:
            lines += ["", f"{heading} ({len(own)})"]
        for one in own:
            share = f" [{one.share:.1%} of the {one.share_of}]" if one.share else ""
            lines.append(f"  {one.where}: {one.sentence}{share}")
            if one.samples:
                lines.append(f"    such as {'; '.join(one.samples)}")
    return lines


def _ready(ready: Readiness) -> list[str]:
    lines = ["", f"Metrics at hand ({len(ready.available)} of {ready.of}): {', '.join(ready.available) or 'none'}"]
    lines += [
        f"{_what(unlock)} would unlock {len(unlock.metrics)}: {', '.join(unlock.metrics)}"
        for unlock in ready.unlocks
    ]
    lines += [f"{metric} needs {', '.join(ready.lacking[metric])}" for metric in ready.several]
    if ready.first:
        lines.append(f"Add {_what(ready.first)} first: it alone unlocks {len(ready.first.metrics)}.")
    return lines


def _what(unlock: Unlock) -> str:
    if not unlock.is_file:
        return " + ".join(unlock.columns)
    return f"{unlock.table}.csv with {', '.join(name.partition('.')[2] for name in unlock.columns)}"


def _unlock(unlock: Unlock) -> dict[str, Any]:
    return {
        "table": unlock.table,
        "columns": [name.partition(".")[2] for name in unlock.columns],
        "file": unlock.is_file,
        "unlocks": len(unlock.metrics),
        "metrics": list(unlock.metrics),
    }


def _readiness(ready: Readiness) -> dict[str, Any]:
    return {
        "available": len(ready.available),
        "of": ready.of,
        "first": _unlock(ready.first) if ready.first else None,
        "unlocks": [_unlock(unlock) for unlock in ready.unlocks],
        "need_several": {metric: list(ready.lacking[metric]) for metric in ready.several},
    }
