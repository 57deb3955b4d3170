"""A long delimited text in blocks of whole records: regular ones go through a compiled reader, others through Python."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as compiled

from salesmetrics.ingest.progress import Watch
from salesmetrics.ingest.read.bounds import LONGEST_LINE
from salesmetrics.ingest.read.dialect import Dialect
from salesmetrics.ingest.read.stage import BLANKS, Piece, Row, schema_of

BLOCK = 4 << 20
"""Bytes that are taken at a time: enough to be quick, little beside what a table needs."""

_TOP, _SMALL = 1 << 18, 1 << 14
_ODD_CELL = 2_000
_LF, _CR, _QUOTE, _BLANK = b"\n"[0], b"\r"[0], b'"'[0], b" "[0]

Divide = Callable[[Iterable[str]], Iterator[list[str]]]
"""Divides lines into the cells of records, and raises where their quotation marks make no sense."""


class EndlessLineError(Exception):
    """A line goes on for longer than any line of a table."""


class Blocks:
    """The records of a text that comes as `chunks` of UTF-8, numbered from 1, blank lines included.

    They come one by one, and many at a time once the `width` of the table is set and its rows are `known` well
    enough. Raises what `divide` raises, and EndlessLineError.
    """

    def __init__(self, chunks: Iterator[bytes], dialect: Dialect, divide: Divide, watch: Watch) -> None:
        self._chunks, self._divide, self._watch = chunks, divide, watch
        self._delimiter, self._quoted = dialect.delimiter.encode(), dialect.quoted
        self._buffer, self._ended = b"", False
        self._number = 0
        self.width = 0
        self.known: Callable[[], bool] = lambda: False

    def __iter__(self) -> Iterator[Piece]:
        """Give all records from the top."""
        while True:
            by_python = not (self.width and self.known())
            block, regular = self._next(_TOP if by_python else BLOCK)
            if not block:
                return
            before = self._number
            if by_python or not regular:
                yield from self._by_python(block)
            else:
                yield from self._compiled(block, self.width)
            self._watch.add(rows=self._number - before)

    def _next(self, size: int) -> tuple[bytes, bool]:
        """Take about `size` bytes: whole records where their quotation marks are regular, else whole lines."""
        while True:
            while len(self._buffer) < size and self._pull():
                pass
            block = self._buffer if size >= BLOCK else self._buffer[:size]
            final = self._ended and len(block) == len(self._buffer)
            cut, regular = self._cut(block, final)
            if cut or not block:
                self._buffer = self._buffer[cut:]
                return block[:cut], regular
            size = len(block) + BLOCK

    def _pull(self) -> bool:
        more = next(self._chunks, None)
        if more is None:
            self._ended = True
            return False
        self._buffer += more
        return True

    def _cut(self, block: bytes, final: bool) -> tuple[int, bool]:
        """Tell where the last record of `block` ends (0 where no end is seen), and whether all are regular."""
        last = len(block) if final else _last_end(block)
        if not last and len(block) > LONGEST_LINE:
            raise EndlessLineError
        if not self._quoted or not last or b'"' not in block:
            return last, True
        letters = np.frombuffer(block, np.uint8)
        quotes = np.flatnonzero(letters == _QUOTE)
        ends = [last] if final else np.flatnonzero(letters[:last] == (_LF if block[last - 1] == _LF else _CR)) + 1
        outside = np.asarray(ends)[np.searchsorted(quotes, ends) % 2 == 0]
        if len(outside):
            cut = int(outside[-1])
            if _is_regular(letters[:cut], quotes[quotes < cut], self._delimiter):
                return cut, True
        elif not final and len(block) <= LONGEST_LINE:
            return 0, False
        return last, False

    def _by_python(self, block: bytes) -> Iterator[Row]:
        hint = self._number == 0 and block[:4].lower() == b"sep="
        lines = _Lines(block, self._line)
        records = self._divide(lines)
        while True:
            lines.between_records = True
            cells = next(records, None)
            if cells is None:
                return
            self._number += 1
            if not (hint and self._number == 1):
                yield self._number, cells

    def _line(self) -> bytes:
        """Take one more line, for a record that goes on beyond its block."""
        while True:
            at = self._buffer.find(b"\n") + 1 or _last_end(self._buffer)
            if not at and self._pull():
                if len(self._buffer) > LONGEST_LINE + BLOCK:
                    raise EndlessLineError
                continue
            line = self._buffer[: at or len(self._buffer)]
            self._buffer = self._buffer[len(line) :]
            return line

    def _compiled(self, block: bytes, width: int) -> Iterator[Piece]:
        """Divide a block; where something in it is irregular, that part of it is left to Python."""
        batch = self._batch(block, width)
        if batch is not None:
            yield batch
        elif len(block) <= _SMALL or not (cut := self._middle(block)):
            yield from self._by_python(block)
        else:
            yield from self._compiled(block[:cut], width)
            yield from self._compiled(block[cut:], width)

    def _middle(self, block: bytes) -> int:
        """Find an end of a record near the middle of `block`; 0 where there is none."""
        at = block.find(b"\n", len(block) // 2) + 1
        while at and self._quoted and block.count(b'"', 0, at) % 2:
            at = block.find(b"\n", at) + 1
        return at if at < len(block) else 0

    def _batch(self, block: bytes, width: int) -> pa.RecordBatch | None:
        """Divide a block by the compiled reader; None where its rows differ in width or hold something odd."""
        quoted = b'"' in block
        if len(self._delimiter) != 1 or (quoted and not self._quoted):
            return None
        if b"\r" in block:
            if not quoted:
                block = block.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            elif block.count(b"\r") != block.count(b"\r\n"):
                return None
        first = block[: block.find(b"\n") + 1]
        found = max(width, first.count(self._delimiter) + 1 if b'"' not in first else width)
        try:
            table = compiled.read_csv(
                pa.BufferReader(block),
                read_options=compiled.ReadOptions(
                    use_threads=False, block_size=len(block) + 1, column_names=schema_of(found).names[1:]
                ),
                parse_options=compiled.ParseOptions(
                    delimiter=self._delimiter.decode(),
                    quote_char='"' if quoted else False,
                    newlines_in_values=quoted,
                    ignore_empty_lines=False,
                ),
                convert_options=compiled.ConvertOptions(
                    check_utf8=False,
                    column_types={name: pa.string() for name in schema_of(found).names[1:]},
                    strings_can_be_null=True,
                    null_values=[""],
                ),
            )
        except pa.ArrowInvalid:
            return None
        columns = [column.combine_chunks() for column in table.columns]
        if any((pc.max(pc.binary_length(column)).as_py() or 0) > _ODD_CELL for column in columns):
            return None
        broken = quoted and block.rstrip(b"\n").count(b"\n") >= table.num_rows
        if broken or self._has_blanks_at_an_end(block, quoted):
            columns = [_trimmed(column) for column in columns]
        if any(column.null_count < len(column) for column in columns[width:]):
            return None
        numbers = np.arange(self._number + 1, self._number + 1 + table.num_rows)
        self._number += table.num_rows
        return pa.record_batch([pa.array(numbers), *columns[:width]], schema=schema_of(width))

    def _has_blanks_at_an_end(self, block: bytes, quoted: bool) -> bool:
        if not block.isascii() or (b"\t" in block and (quoted or self._delimiter != b"\t")):
            return True
        letters = np.frombuffer(block, np.uint8)
        blanks = np.flatnonzero(letters == _BLANK)
        around = np.concatenate([letters[blanks[blanks > 0] - 1], letters[blanks[blanks < len(letters) - 1] + 1]])
        ends = [self._delimiter[0], _LF, _CR, _QUOTE]
        return block[:1] == b" " or block[-1:] == b" " or bool(np.isin(around, ends).any())


def quotes_are_regular(block: bytes, delimiter: str) -> bool:
    """Tell whether each cell of `block` with a quotation mark is quoted as a whole, the marks inside it doubled."""
    letters = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(letters == _QUOTE)
    return len(quotes) % 2 == 0 and _is_regular(letters, quotes, delimiter.encode())


def _is_regular(letters: npt.NDArray[np.uint8], quotes: npt.NDArray[np.intp], delimiter: bytes) -> bool:
    if len(delimiter) != 1:
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    doubled = opening[1:] == closing[:-1] + 1
    around = [delimiter[0], _LF, _CR]
    opens = (opening == 0) | np.isin(letters[np.maximum(opening - 1, 0)], around)
    at_end = closing == len(letters) - 1
    closes = at_end | np.isin(letters[np.minimum(closing + 1, len(letters) - 1)], around)
    opens[1:] |= doubled
    closes[:-1] |= doubled
    return bool(opens.all() and closes.all())


class _Lines:
    """The lines of a block; where the block ends in the midst of a record, more are taken."""

    def __init__(self, block: bytes, more: Callable[[], bytes]) -> None:
        self._lines, self._more = _split(block), more
        self.between_records = True

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None and not self.between_records:
            self._lines = _split(self._more())
            line = next(self._lines, None)
        if line is None:
            raise StopIteration
        self.between_records = False
        return line


def _split(block: bytes) -> Iterator[str]:
    return io.StringIO(block.decode(errors="replace"), newline="")


def _last_end(block: bytes) -> int:
    # A carriage return at the very end may be half of a line end.
    return block.rfind(b"\n") + 1 or block.rfind(b"\r", 0, max(len(block) - 1, 0)) + 1


def _trimmed(column: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim(column, BLANKS)
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
