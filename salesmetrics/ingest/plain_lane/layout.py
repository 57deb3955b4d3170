"""How the columns of a plain file are parsed and stored: which of them, as what, and what is checked of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

from salesmetrics.ingest.coerce.booleans import NO, YES
from salesmetrics.ingest.plain_lane.numbers import EXACT
from salesmetrics.model.tables import TABLES, ColumnType


class Read(StrEnum):
    """As what the cells of a column are parsed."""

    DATE = "date"
    NUMBER = "number"
    BOOLEAN = "boolean"
    TEXT = "text"


READ_AS: Mapping[ColumnType, Read] = {
    ColumnType.DATE: Read.DATE,
    ColumnType.MONEY: Read.NUMBER,
    ColumnType.NUMBER: Read.NUMBER,
    ColumnType.BOOLEAN: Read.BOOLEAN,
    ColumnType.TEXT: Read.TEXT,
}
"""The types of columns that can be plain."""

PARSED: Mapping[Read, pa.DataType] = {
    Read.DATE: pa.date32(),
    Read.NUMBER: pa.float64(),
    Read.BOOLEAN: pa.bool_(),
    Read.TEXT: pa.string(),
}
"""What the compiled reader makes of the cells."""

_STORED: Mapping[ColumnType, pa.DataType] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.DATE: pa.date32(),
    ColumnType.TIMESTAMP: pa.timestamp("us"),
    ColumnType.MONEY: EXACT,
    ColumnType.NUMBER: EXACT,
    ColumnType.BOOLEAN: pa.bool_(),
}


def yes_and_no(words: Collection[str]) -> tuple[list[str], list[str]]:
    """Give those of the `words` of a column that mean yes, and those that mean no, as they are usually written.

    >>> yes_and_no(["TRUE", "false"])
    (['TRUE', 'True', 'true'], ['FALSE', 'False', 'false'])
    """
    found = {word.lower() for word in words}
    return _forms(found.intersection(YES)), _forms(found.intersection(NO))


def _forms(words: Collection[str]) -> list[str]:
    return sorted({form for word in words for form in (word, word.upper(), word.capitalize())})


@dataclass(frozen=True)
class Field:
    """A column of the file that is read: its place, the canonical column, and as what it is parsed."""

    place: int
    name: str
    read: Read

    @property
    def key(self) -> bool:
        """Whether its texts are keys, which a spreadsheet may have damaged."""
        return self.name.endswith("_id")


@dataclass(frozen=True)
class Layout:
    """Everything that the pass over the file needs to know.

    `fields` are stored; `watched` are places of other columns that are parsed as text. `heads` are the places where
    a total may say so, `late` those of columns whose first values lie beyond the top. `few` are the fields with few
    different values, `yes` and `no` the words of those that are read as such.
    """

    table: str
    delimiter: str
    fields: tuple[Field, ...]
    width: int
    watched: tuple[int, ...]
    heads: tuple[int, ...]
    late: tuple[int, ...]
    few: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]

    @property
    def telling(self) -> frozenset[str]:
        """The fields that tell one row from another: those with many values, where there are some."""
        names = frozenset(field.name for field in self.fields)
        many = names - self.few
        return many if len(many) > 1 else names

    @property
    def ranged(self) -> list[str]:
        """The fields whose least and largest value in a group let a query skip it: periods are asked for, not names."""
        return [field.name for field in self.fields if field.read is Read.DATE]

    @property
    def schema(self) -> pa.Schema:
        """The columns of the stored file: all that the table declares, then others that it is worked out from."""
        declared = TABLES[self.table].columns
        own = {column.name for column in declared}
        found = [(column.name, _STORED[column.type]) for column in declared]
        kinds = {
            Read.DATE: pa.date32(), Read.NUMBER: EXACT, Read.BOOLEAN: pa.bool_(), Read.TEXT: pa.string(),
        }  # fmt: skip
        return pa.schema(
            [*found, *((field.name, kinds[field.read]) for field in self.fields if field.name not in own)]
        )

    @property
    def is_table(self) -> bool:
        """Whether what is stored is the table itself, with nothing beside it."""
        return {field.name for field in self.fields} <= {column.name for column in TABLES[self.table].columns}
