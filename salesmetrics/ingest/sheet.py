"""A sheet as it stood in a file, staged as text, and the rows of it that could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from salesmetrics.model.report import SetAside

if TYPE_CHECKING:
    from salesmetrics.ingest.coerce.yearless import Yearless

__all__ = ["SetAside", "Sheet"]


@dataclass(frozen=True)
class Sheet:
    """One sheet of a workbook or one delimited file, staged in DuckDB.

    The staging relation has `row` (BIGINT, the row's number in the file) and `c0`, `c1`, ... (VARCHAR, null
    where the cell is empty), one for each name in `header`. `rows` counts every data row of the file,
    those in `set_aside` included; where a wide sheet was turned long, each figure is a row. `notes` say what was
    made of its shape, `yearless` which column holds periods whose year a person has to say.
    """

    file: str
    name: str | None
    header: tuple[str, ...]
    header_row: int
    relation: str
    rows: int
    encoding: str | None = None
    delimiter: str | None = None
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[str, ...] = ()
    yearless: Yearless | None = None

    @property
    def label(self) -> str:
        """The file's name, with the sheet's name where there is one."""
        return f"{self.file} [{self.name}]" if self.name else self.file
