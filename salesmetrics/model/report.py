"""What reading made of the files: per sheet the table, the mapping, what was derived, asked and set aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from salesmetrics.model.finding import Finding


@dataclass(frozen=True)
class SetAside:
    """One row that could not be used: where it stands (the first line of a file is 1), what it holds and why."""

    file: str
    sheet: str | None
    row: int
    column: str | None
    value: str | None
    reason: str


@dataclass(frozen=True)
class Change:
    """One way in which cells of a column were read as something other than they stand.

    `kind` names it, `said` says it, `cells` counts them, `samples` are some, before → after.
    """

    kind: str
    said: str
    cells: int
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class MappedColumn:
    """A header and the canonical column it was read as, with confidence (0 to 1), evidence and some values."""

    header: str
    column: str
    confidence: float
    evidence: str
    samples: tuple[str, ...] = ()
    filled: int = 0
    unreadable: int = 0
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class Question:
    """What a file cannot decide and a person must: the `choices` are what to answer it with.

    `says` are the maps that each choice stands for; where there are none, it answers how the header is written.
    """

    column: str
    header: str
    text: str
    choices: tuple[str, ...] = ()
    says: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class SheetReport:
    """What became of one sheet.

    `table` is the canonical table its rows went into, or None with `not_used` saying why. `role` says what the
    sheet was for it ("orders", "order_lines", "categories", ...). `kept + left_out == rows`, always; when the
    sheet was used, `set_aside` lists each of the rows left out. `findings` are those that only the file's own rows
    can tell: keys that stand twice, shares above the whole.
    """

    file: str
    sheet: str | None
    table: str | None
    role: str | None
    not_used: str | None
    rows: int
    kept: int
    left_out: int
    confidence: float = 0.0
    set_aside: tuple[SetAside, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    mapping: tuple[MappedColumn, ...] = ()
    unmapped: tuple[str, ...] = ()
    unmapped_samples: tuple[tuple[str, ...], ...] = ()
    derivations: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def label(self) -> str:
        """The file's name, with the sheet's name where there is one."""
        return f"{self.file} [{self.sheet}]" if self.sheet else self.file

    @property
    def severity(self) -> tuple[int, int]:
        """How much a person should look at this sheet: open questions, then unused sheets, then rows lost."""
        unreadable = sum(column.unreadable for column in self.mapping)
        rank = (
            3 if self.questions else 2 if self.table is None and self.role is None else 1 if self.left_out else 0
        )
        return rank, self.left_out + unreadable


@dataclass(frozen=True)
class Report:
    """What became of all sheets, worst first."""

    sheets: tuple[SheetReport, ...]

    @classmethod
    def worst_first(cls, sheets: Iterable[SheetReport]) -> Report:
        """Order `sheets` so that what needs a person comes first."""
        return cls(tuple(sorted(sheets, key=lambda sheet: sheet.severity, reverse=True)))

    @property
    def set_aside(self) -> tuple[SetAside, ...]:
        """Every row that was set aside, in all sheets."""
        return tuple(row for sheet in self.sheets for row in sheet.set_aside)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question that a person has to answer."""
        return tuple(question for sheet in self.sheets for question in sheet.questions)

    def to_json(self) -> Mapping[str, Any]:
        """Give the report as one JSON-ready object."""
        return asdict(self)
