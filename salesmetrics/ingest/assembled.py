"""What assembling has come to so far: tables, and what became of every row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from salesmetrics.ingest.keep import LeftOut, kept_by_sheet
from salesmetrics.ingest.relation import Findings, Relation
from salesmetrics.ingest.typed import Typed

Parts = Mapping[str, Sequence[tuple[Typed, Relation]]]
"""For each kind of sheet, the sheets and their prepared rows."""


@dataclass
class Assembled:
    """Canonical tables as relations, and for each sheet what became of its rows."""

    tables: dict[str, Relation] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    left_out: list[LeftOut] = field(default_factory=list)
    unused: dict[int, str] = field(default_factory=dict)
    completes: dict[int, str] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)


def account_for(
    connection: duckdb.DuckDBPyConnection, kept: Relation, left: Sequence[LeftOut], result: Assembled
) -> None:
    """Account for the rows of `kept` and for those left out."""
    for sheet, rows in kept_by_sheet(connection, kept).items():
        result.kept[sheet] += rows
    result.left_out += left
