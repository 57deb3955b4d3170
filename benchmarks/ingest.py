"""From CSV to typed Parquet: `ingest.read` against pandas' `read_csv` and `to_parquet`, on one file in one run."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.company import LAST, written
from salesmetrics import ingest

NOTES = """\
Each time in a process of its own, in turns; medians of {runs}. cpu: seconds of all threads. peak: of the whole process,
interpreter and libraries included. pandas guesses types and keeps dates as text; salesmetrics tells the table and its
columns from the file, reads exact decimals, dates and yes or no, accounts for every row, and looks for repeated lines.
The file is written plainly; one that is not, in any cell, is read in the usual way, which takes several times as long.
"""

_HEADS = ("order lines", "CSV MB", "contestant", "wall s", "cpu s", "peak MB")


@dataclass(frozen=True)
class Took:
    """What one ingest took: seconds by the clock and of processors, peak memory of the process in bytes."""

    name: str
    wall: float
    cpu: float
    peak: int


def made_csv(lines: int, path: Path) -> int:
    """Write that many order lines, one in a hundred of them a credit line, as CSV; give its bytes."""
    spill = str(path.with_suffix(".spill"))
    with duckdb.connect(config={"temp_directory": spill, "memory_limit": "4GB"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(written(lines, lines // 100))
        target = str(path).replace("'", "''")
        connection.execute(f"COPY orders TO '{target}' (FORMAT csv, HEADER)")
    return path.stat().st_size


def _by_salesmetrics(csv: Path, folder: Path) -> None:
    ingest.read(csv, into=folder, read_on=LAST + timedelta(days=1))


def _by_pandas(csv: Path, folder: Path) -> None:
    folder.mkdir()
    # A column that is filled in one row of a hundred is guessed anew in each piece unless all is read at once.
    pd.read_csv(csv, low_memory=False).to_parquet(folder / "orders.parquet")


CONTESTANTS: Mapping[str, Callable[[Path, Path], None]] = {
    "salesmetrics": _by_salesmetrics,
    "pandas": _by_pandas,
}


def ingested(name: str, csv: Path, folder: Path) -> Took:
    """Let a contestant make Parquet of `csv` in `folder`, which is not there yet."""
    begun, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    CONTESTANTS[name](csv, folder)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(name, wall, cpu, after.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def table(lines: int, size: int, took: Sequence[Took]) -> str:
    """Write what each contestant took, medians of its turns, in aligned columns.

    >>> print(table(1000, 80_000_000, [Took("pandas", 2.0, 1.5, 2**28), Took("pandas", 3.0, 2.5, 2**29)]))
    order lines  CSV MB  contestant    wall s  cpu s  peak MB
          1,000      80  pandas          2.50   2.00      512
    """
    rows = [_HEADS]
    for name in dict.fromkeys(each.name for each in took):
        own = [each for each in took if each.name == name]
        wall, cpu = (statistics.median(getattr(each, part) for each in own) for part in ("wall", "cpu"))
        peak = max(each.peak for each in own) / 2**20
        rows.append(
            (f"{lines:,}", f"{size / 1e6:,.0f}", name.ljust(12), f"{wall:.2f}", f"{cpu:.2f}", f"{peak:,.0f}")
        )
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEADS))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 2 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
