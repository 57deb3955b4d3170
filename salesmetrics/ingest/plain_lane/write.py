"""The one pass over a plain file: blocks are parsed side by side and written in their order."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from salesmetrics.ingest.plain_lane.block import Block, read_block
from salesmetrics.ingest.plain_lane.layout import Layout
from salesmetrics.ingest.plain_lane.lines import Lines
from salesmetrics.ingest.plain_lane.prints import Prints
from salesmetrics.ingest.plain_lane.sample import FIRST_ROW
from salesmetrics.ingest.progress import Watch
from salesmetrics.ingest.read.stage import Row

BLOCK = 6 << 20
"""Bytes that are parsed at a time: few enough to stay near the processor, enough for a call to be worth it."""

_WORKERS = 2
_WANTED = 3

_GROUP = 120_000
"""Rows that are stored as one group, as those who read the file like it."""


@dataclass
class Pass:
    """What a pass over the file has found: rows, filled cells, prints, and the first rows of columns filled late."""

    prints: Prints
    rows: int = 0
    filled: Counter[str] = field(default_factory=Counter)
    late: dict[int, list[Row]] = field(default_factory=dict)

    def take(self, block: Block) -> None:
        """Add what the block below the rows so far has."""
        for place, rows in block.late.items():
            known = self.late.setdefault(place, [])
            known += [(self.rows + row + FIRST_ROW, cells) for row, cells in rows][: _WANTED - len(known)]
        self.filled.update(block.filled)
        self.prints.add(block.prints)
        self.rows += block.rows.num_rows


def write(lines: Lines, begin: int, layout: Layout, target: Path, prints: Prints, watch: Watch) -> Pass:
    """Write the rows of a file, from the byte `begin` on, as Parquet to `target`, telling `watch` of each block.

    Raises NotPlainError at the first block that is not plain; what is written then is of no use.
    """
    found = Pass(prints)
    with ThreadPoolExecutor(_WORKERS) as pool, _rows_into(target, layout) as rows:
        under_way: deque[tuple[int, Future[Block]]] = deque()
        blocks = lines.blocks(begin, BLOCK)
        try:
            while True:
                while len(under_way) <= _WORKERS and (data := next(blocks, None)) is not None:
                    under_way.append((len(data), pool.submit(read_block, data, layout)))
                if not under_way:
                    rows.write()
                    return found
                size, future = under_way.popleft()
                block = future.result()
                found.take(block)
                rows.take(block.rows)
                watch.add(bytes=size, rows=block.rows.num_rows)
        finally:
            for _size, future in under_way:
                future.cancel()


@contextmanager
def _rows_into(target: Path, layout: Layout) -> Iterator[_Rows]:
    writer = pq.ParquetWriter(
        target, layout.schema, compression="zstd", compression_level=1, use_dictionary=list(layout.few),
        store_decimal_as_integer=True, write_statistics=layout.ranged,
    )  # fmt: skip
    with writer:
        yield _Rows(writer)


@dataclass
class _Rows:
    """Rows on their way to a file, held until they fill a group."""

    writer: pq.ParquetWriter
    held: list[pa.RecordBatch] = field(default_factory=list)

    def take(self, rows: pa.RecordBatch) -> None:
        self.held.append(rows)
        if sum(batch.num_rows for batch in self.held) >= _GROUP:
            self.write()

    def write(self) -> None:
        if self.held:
            self.writer.write_table(pa.Table.from_batches(self.held), row_group_size=2 * _GROUP)
            self.held.clear()
