"""A dataset: a folder of canonical tables as Parquet, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class TableFacts:
    """What is known of one table in a dataset: its rows, the columns that files filled, and notes with counts.

    `notes` are warnings that reading gave rise to and that every metric on the table must carry,
    such as `order_id_synthesized` or `cost_from_products`.
    """

    rows: int
    columns: frozenset[str]
    notes: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Dataset:
    """An immutable set of canonical tables; two of the same version are equal.

    `folder` holds `<table>.parquet` for each table in `tables`, each with every column that the declaration
    in `model/tables.py` gives it (null where no file filled it). `version` names the content; `read_on` is
    the day the files were read, after which no event can have happened.
    """

    folder: Path
    version: str
    read_on: date
    tables: Mapping[str, TableFacts]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Dataset) and other.version == self.version

    def __hash__(self) -> int:
        return hash(self.version)

    def has(self, table: str, column: str | None = None) -> bool:
        """Tell whether files filled `table` (and `column` of it)."""
        facts = self.tables.get(table)
        return facts is not None and (column is None or column in facts.columns)
