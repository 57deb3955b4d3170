"""What is wrong with data, or wants a look: each thing in a sentence, with how much of the data it touches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """What a finding does to numbers.

    CHANGES: rows are left out of a number, or counted elsewhere than meant. MAY: rows count as they stand, and a
    number is wrong if they are. INFORMATION: no number changes.
    """

    CHANGES = "changes_a_number"
    MAY = "may_change_a_number"
    INFORMATION = "for_your_information"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong or wants a look.

    `code` names the kind, `rows` counts what it touches, `share` (0 to 1) is how much that is of what `share_of`
    says: the table's "amount" or its "rows". `samples` are a few of the rows (a key and what stands there),
    `numbers` the metrics it touches, `table` and `column` canonical names; `file` and `sheet` say where it stands
    (several files of one table are joined by commas).
    """

    code: str
    severity: Severity
    sentence: str
    rows: int = 0
    share: float | None = None
    share_of: str = "rows"
    samples: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    table: str | None = None
    column: str | None = None
    file: str | None = None
    sheet: str | None = None

    @property
    def where(self) -> str:
        """The file's name with the sheet's where there is one, else the table's; empty when it is about no place."""
        if self.file:
            return f"{self.file} [{self.sheet}]" if self.sheet else self.file
        return self.table or ""


_FIRST = ("question", "not_used")
"""Kinds that keep a whole column or sheet away: before all else."""


def worst_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Order findings: what changes a number first, then by the share of the data and by the rows they touch."""
    order = list(Severity)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                order.index(one.severity),
                _FIRST.index(one.code) if one.code in _FIRST else len(_FIRST),
                -(one.share or 0.0),
                -one.rows,
            ),
        )
    )


@dataclass(frozen=True)
class ColumnCoverage:
    """How much of a canonical column is filled: `filled` of `rows`, and the months with rows in which it never is.

    `rows` are those that could have a value: of a reason for losing, only lost deals. `empty_months` are the first
    days of months.
    """

    table: str
    column: str
    rows: int
    filled: int
    empty_months: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """The part that is filled, 0 to 1; 1 where there are no rows."""
        return self.filled / self.rows if self.rows else 1.0


@dataclass(frozen=True)
class Quality:
    """What looking through stored tables found, worst first, and how far each of their columns is filled."""

    findings: tuple[Finding, ...] = ()
    coverage: tuple[ColumnCoverage, ...] = ()
