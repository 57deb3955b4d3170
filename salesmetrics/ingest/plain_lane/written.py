"""The rows of a plain file as they were written: one Parquet file, and how many of its rows repeat an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from salesmetrics.ingest.relation import Relation


@dataclass(frozen=True)
class Written:
    """Typed rows on disk, as `relation`; `is_table` where they are a canonical table already.

    `filled` counts the cells of each column, `repeated_lines` the rows that repeat an earlier row in every column.
    """

    path: Path
    relation: Relation
    is_table: bool
    filled: Mapping[str, int]
    repeated_lines: int

    def holds(self, relation: Relation) -> bool:
        """Tell whether `relation` is a canonical table that is written already."""
        return self.is_table and relation.name == self.relation.name
