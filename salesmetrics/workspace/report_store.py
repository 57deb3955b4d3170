"""The report of reading as a file: written with `Report.to_json`, read back here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesmetrics.model.finding import Finding, Severity
from salesmetrics.model.report import Change, MappedColumn, Question, Report, SetAside, SheetReport


def report_from_json(found: Mapping[str, Any]) -> Report:
    """Give the report that `Report.to_json` gave; raises KeyError or TypeError for anything else.

    >>> report_from_json(Report(()).to_json())
    Report(sheets=())
    """
    return Report(tuple(_sheet(sheet) for sheet in found["sheets"]))


def _sheet(found: Mapping[str, Any]) -> SheetReport:
    nested: dict[str, Any] = {
        "set_aside": tuple(SetAside(**one) for one in found["set_aside"]),
        "mapping": tuple(_mapped(one) for one in found["mapping"]),
        "questions": tuple(_question(one) for one in found["questions"]),
        "unmapped_samples": tuple(tuple(samples) for samples in found.get("unmapped_samples", ())),
        "findings": tuple(_finding(one) for one in found.get("findings", ())),
    }
    flat: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
    }
    return SheetReport(**{**flat, **nested})


def _question(found: Mapping[str, Any]) -> Question:
    says = tuple(tuple(maps) for maps in found.get("says", ()))
    return Question(**{**found, "choices": tuple(found["choices"]), "says": says})


def _mapped(found: Mapping[str, Any]) -> MappedColumn:
    changes = tuple(Change(**{**one, "samples": tuple(one["samples"])}) for one in found.get("changes", ()))
    return MappedColumn(**{**found, "samples": tuple(found["samples"]), "changes": changes})


def _finding(found: Mapping[str, Any]) -> Finding:
    lists = {name: tuple(found[name]) for name in ("samples", "numbers")}
    return Finding(**{**found, **lists, "severity": Severity(found["severity"])})
