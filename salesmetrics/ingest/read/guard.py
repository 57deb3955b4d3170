"""Keep single rows and lines within bounds, so that one cell or one line never costs the rest of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from salesmetrics.errors import FileError
from salesmetrics.i18n import _
from salesmetrics.ingest.read.bounds import LONGEST_CELL, LONGEST_LINE, MOST_COLUMNS
from salesmetrics.ingest.read.stage import Row
from salesmetrics.ingest.sheet import SetAside

_SHOWN = 200
_TOP = 200


@dataclass
class Guard:
    """Passes the rows of one sheet on and sets those with an endless cell, or cells without end, aside."""

    file: str
    sheet: str | None
    aside: list[SetAside] = field(default_factory=list)

    def within_bounds(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Give the rows that can be used; raises FileError when the table itself is too wide."""
        for place, (number, cells) in enumerate(rows):
            if len(cells) > MOST_COLUMNS and any(cells[MOST_COLUMNS:]):
                if place < _TOP:
                    raise too_wide(self.file, len(cells))
                reason = _("This row has {found} cells; at most {most} are read.")
                self._keep(
                    number, None, next(filter(None, cells)), reason.format(found=len(cells), most=MOST_COLUMNS)
                )
                continue
            if max(map(len, cells), default=0) > LONGEST_CELL:
                at = max(range(len(cells)), key=lambda index: len(cells[index]))
                reason = _("Cell {cell} of this row has {found} characters; at most {most} are read.")
                reason = reason.format(cell=at + 1, found=f"{len(cells[at]):,}", most=f"{LONGEST_CELL:,}")
                self._keep(number, None, cells[at], reason)
                continue
            yield number, cells

    def _keep(self, row: int, column: str | None, value: str, reason: str) -> None:
        self.aside.append(SetAside(self.file, self.sheet, row, column, value[:_SHOWN], reason))


def too_wide(file: str, columns: int) -> FileError:
    """Give the refusal of a table with too many `columns`."""
    message = _("{file} has {found} columns; at most {most} are read: delete those that are not needed.")
    return FileError(message.format(file=file, found=f"{columns:,}", most=f"{MOST_COLUMNS:,}"))


def endless_line(file: str) -> FileError:
    """Give the refusal of a text with a line that is no line of a table."""
    message = _("{file} has a line or a cell of more than {size} MB; take it out, or export the file again.")
    return FileError(message.format(file=file, size=LONGEST_LINE >> 20))


def refuse_endless_line(data: bytes, file: str) -> None:
    """Raise FileError when a line of the text `data` is so long that it is no line of a table."""
    end = 0
    while end + LONGEST_LINE < len(data):
        stretch = end, end + LONGEST_LINE
        last = max(data.rfind(b"\n", *stretch), data.rfind(b"\r", *stretch))
        if last < 0:
            raise endless_line(file)
        end = last + 1
