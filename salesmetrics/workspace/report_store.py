"""The report of reading as a file: written with `Report.to_json`, read back here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from salesmetrics.model.report import MappedColumn, Question, Report, SetAside, SheetReport


def report_from_json(found: Mapping[str, Any]) -> Report:
    """Give the report that `Report.to_json` gave; raises KeyError or TypeError for anything else.

    >>> report_from_json(Report(()).to_json())
    Report(sheets=())
    """
    return Report(tuple(_sheet(sheet) for sheet in found["sheets"]))


def _sheet(found: Mapping[str, Any]) -> SheetReport:
    nested: dict[str, Any] = {
        "set_aside": tuple(SetAside(**one) for one in found["set_aside"]),
        "mapping": tuple(MappedColumn(**{**one, "samples": tuple(one["samples"])}) for one in found["mapping"]),
        "questions": tuple(Question(**{**one, "choices": tuple(one["choices"])}) for one in found["questions"]),
        "unmapped_samples": tuple(tuple(samples) for samples in found.get("unmapped_samples", ())),
    }
    flat: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in found.items()
    }
    return SheetReport(**{**flat, **nested})
