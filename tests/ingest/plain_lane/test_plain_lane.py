"""What the plain lane reads is what the usual way reads, to the last row, type, note and sample.

`PLAIN_FILES=2000` is the long form.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from salesmetrics.errors import SalesMetricsError
from salesmetrics.ingest import Reading, account, read, reading, typed
from salesmetrics.ingest.plain_lane import Plainly, block, lane, lines, prints, sample, write
from salesmetrics.ingest.read import files, totals
from tests.ingest.plain_lane.random_orders import written

READ_ON = date(2024, 6, 30)
FILES = int(os.environ.get("PLAIN_FILES", "30"))
EACH = FILES // 3


@contextmanager
def small(*, plainly: bool, by_hand: int) -> Iterator[list[Plainly | None]]:
    """Make every size small, so that a short file is read as a long one; list what the plain lane gave."""
    given: list[Plainly | None] = []

    def listed(*arguments: Any) -> Plainly | None:
        found = lane.read_plainly(*arguments)
        given.append(found)
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_plainly", listed)
        patch.setattr(lane, "LONG", 0 if plainly else 1 << 60)
        patch.setattr(files, "LONG", 0)
        patch.setattr(typed, "LOOKED_AT", 20)
        patch.setattr(account, "TOP", 12)
        for module in (totals, sample):
            patch.setattr(module, "BY_HAND", by_hand)
        patch.setattr(sample, "SAMPLE", 10)
        patch.setattr(lines, "_CHUNK", 300)
        patch.setattr(lines, "_APART", 4)
        patch.setattr(write, "BLOCK", 900)
        patch.setattr(write, "_GROUP", 25)
        patch.setattr(block, "_STRETCH", 16)
        patch.setattr(prints, "_HELD", 40)
        yield given


def outcome(path: Path, into: Path, *, plainly: bool, by_hand: int) -> tuple[Reading | str, bool]:
    """Read a file; give the reading, or the sentence it was refused with, and whether it was read in the plain lane."""
    with small(plainly=plainly, by_hand=by_hand) as given:
        try:
            found: Reading | str = read(path, into=into, read_on=READ_ON)
        except SalesMetricsError as error:
            found = str(error)
    return found, any(each is not None for each in given)


def differences(one: Reading | str, other: Reading | str) -> list[object]:
    """List what two readings differ in."""
    if isinstance(one, str) or isinstance(other, str):
        return [] if one == other else [one, other]
    found: list[object] = []
    if one.report != other.report:
        found += [(getattr(a, name), getattr(b, name)) for a, b in zip(one.report.sheets, other.report.sheets, strict=True)
                  for name in vars(a) if getattr(a, name) != getattr(b, name)]  # fmt: skip
    if one.dataset.tables != other.dataset.tables:
        found.append((one.dataset.tables, other.dataset.tables))
    with duckdb.connect() as connection:
        for table in one.dataset.tables:
            rows, kinds = zip(*(
                (relation.fetchall(), relation.types)
                for each in (one, other)
                if (relation := connection.sql(f"SELECT * FROM '{each.dataset.folder / table}.parquet'"))
            ), strict=True)  # fmt: skip
            found += [(table, kinds)] if kinds[0] != kinds[1] else []
            found += (
                [(table, [pair for pair in zip(*rows, strict=False) if pair[0] != pair[1]][:3])]
                if rows[0] != rows[1]
                else []
            )
    return found


def compared(seed: int) -> tuple[str, bool, list[object]]:
    """Read the random file of a seed both ways: what was done to it, whether the plain lane took it, differences."""
    what, data = written(seed)
    by_hand = 20 if seed % 3 == 0 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "orders.csv")
        path.write_bytes(data)
        plain, taken = outcome(path, Path(folder, "plain"), plainly=True, by_hand=by_hand)
        usual, _never = outcome(path, Path(folder, "usual"), plainly=False, by_hand=by_hand)
        return what, taken, differences(plain, usual)


@pytest.mark.parametrize("first", range(0, FILES, EACH))
def test_a_random_file_reads_alike_either_way(first: int) -> None:
    taken = 0
    for seed in range(first, first + EACH):
        what, plainly, apart = compared(seed)
        assert not apart, (seed, what)
        taken += plainly
    assert taken


@pytest.mark.parametrize(
    "spoilt",
    ["2024-01-05,12.00,East ,A1", "2024-01-05,12.00,NULL,A1", "2024-01-05,(12.00),East,A1", "Total,36.00,,",
     "2024-01-05,12.00,East", "05.01.2024,12.00,East,A1", "Order date,Amount,Region,Order ID", "2024-01-05,,East,A1"],
)  # fmt: skip
def test_what_is_not_plain_is_left_to_the_usual_way(tmp_path: Path, spoilt: str) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"2024-01-{1 + n % 28:02},{n}.50,East,A{n}" for n in range(300)]
    for text, plainly in ((rows, True), ([*rows[:211], spoilt, *rows[211:]], False)):
        path.write_text("\n".join(("Order date,Amount,Region,Order ID", *text)) + "\n")
        with small(plainly=True, by_hand=200_000) as given:
            read(path, into=tmp_path / f"{plainly}", read_on=READ_ON)
        assert [each is not None for each in given] == [plainly]


@pytest.mark.parametrize("shift", range(16))
def test_an_exponent_is_found_wherever_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, shift: int
) -> None:
    path = tmp_path / "orders.csv"
    rows = [f"2024-01-{1 + n % 28:02},{n + 10}.50,East,A{n + 10}" for n in range(60)]
    # A byte more above it each time; its line is none of the sample's.
    rows[0] += "a" * shift
    rows[48] = "2024-01-05,1e1,East,A1"
    path.write_text("\n".join(("Order date,Amount,Region,Order ID", *rows)) + "\n")
    with small(plainly=True, by_hand=200_000) as given:
        monkeypatch.setattr(write, "BLOCK", 1 << 20)
        read(path, into=tmp_path / "read", read_on=READ_ON)
    assert given == [None]


def test_progress_is_told_and_can_end_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "orders.csv"
    path.write_text(
        "Order date,Amount,Region\n" + "".join(f"2024-01-{1 + n % 28:02},{n}.50,East\n" for n in range(300))
    )
    told: list[tuple[int, int]] = []
    with small(plainly=True, by_hand=200_000) as given:
        read(
            path,
            into=tmp_path / "one",
            read_on=READ_ON,
            on_progress=lambda size, rows, _stage: told.append((size, rows)),
        )
    assert given[0] is not None
    assert told == sorted(told)
    assert told[-1] == (path.stat().st_size, 301)
    assert len(told) > 5

    def enough(_size: int, rows: int, _stage: object) -> None:
        if rows > 100:
            raise InterruptedError

    with small(plainly=True, by_hand=200_000), pytest.raises(InterruptedError):
        read(path, into=tmp_path / "two", read_on=READ_ON, on_progress=enough)
    assert not list((tmp_path / "two").glob("*"))
