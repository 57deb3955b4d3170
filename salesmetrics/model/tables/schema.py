"""What a canonical table and its columns are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ColumnType(StrEnum):
    """How a canonical column is stored, and so how a file's text is read into it."""

    TEXT = "text"
    DATE = "date"
    TIMESTAMP = "timestamp"
    MONEY = "money"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Column:
    """One canonical column: its name, how it is stored, whether a table needs it, and what it means.

    `synonyms` are the headers under which files carry it (simplified Chinese stands for traditional too);
    `hints` are headers too general to count unless the rest of the sheet says that it is this table.
    """

    name: str
    type: ColumnType
    meaning: str
    required: bool = False
    synonyms: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One canonical table; `key` identifies a row, `events` are the columns that say how far the data reaches.

    `synonyms` are names of files and sheets that hold it, `words` the words that files put before a header
    ("Deal - Owner"). `ingredients` are columns that a file may have and the table has not: canonical columns are
    derived from them. A sheet is this table when it has one of each group in `needs` ("a+b" asks for both).
    """

    name: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    ingredients: tuple[Column, ...] = ()
    needs: tuple[tuple[str, ...], ...] = ()

    def column(self, name: str) -> Column:
        """Give the column called `name`; raises KeyError when the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name}.{name}")

    @property
    def required(self) -> tuple[str, ...]:
        """The columns without which a sheet is not this table."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def readable(self) -> tuple[Column, ...]:
        """Every column that a file's header can stand for: the table's own and its ingredients."""
        return self.columns + self.ingredients

    @property
    def requirements(self) -> tuple[tuple[str, ...], ...]:
        """Groups of columns, of each of which a sheet must have one to be this table."""
        return self.needs or tuple((name,) for name in self.required)


TEXT, DATE, TIMESTAMP = ColumnType.TEXT, ColumnType.DATE, ColumnType.TIMESTAMP
MONEY, NUMBER, BOOLEAN = ColumnType.MONEY, ColumnType.NUMBER, ColumnType.BOOLEAN
