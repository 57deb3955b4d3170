"""A number for each row that equal rows share, kept beyond memory: it tells which rows may repeat each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

_ODD = np.uint64(0x9E3779B97F4A7C15)
_OTHER = np.uint64(0xBF58476D1CE4E5B9)
_SHIFT = np.uint64(29)
_HALF, _TOP, _LOW = np.uint64(32), 2**32, 2**16 - 1

_HELD = 4_000_000
"""Rows whose numbers are held at a time: 32 MB of them."""


def mixed(rows: int, columns: Sequence[npt.NDArray[np.uint64]]) -> npt.NDArray[np.uint64]:
    """Mix the numbers of each row's cells into one.

    >>> alike = mixed(3, [np.array([1, 2, 1], np.uint64), np.array([5, 5, 5], np.uint64)])
    >>> bool(alike[0] == alike[2]), bool(alike[0] == alike[1])
    (True, False)
    """
    whole = np.zeros(rows, np.uint64)
    for column in columns:
        whole ^= column
        whole *= _ODD
        whole ^= whole >> _SHIFT
    whole *= _OTHER
    return whole ^ (whole >> _SHIFT)


class Prints:
    """The numbers of all rows of a file, in `beside` where they are many."""

    def __init__(self, beside: Path) -> None:
        self._beside, self._rows = beside, 0
        self._held: list[npt.NDArray[np.uint64]] = []

    def add(self, numbers: npt.NDArray[np.uint64]) -> None:
        """Take the numbers of the rows that follow."""
        self._held.append(numbers)
        self._rows += len(numbers)
        if sum(map(len, self._held)) > _HELD:
            self._put_aside()

    def _put_aside(self) -> None:
        with self._beside.open("ab") as file:
            for numbers in self._held:
                numbers.tofile(file)
        self._held.clear()

    def shared(self) -> list[int]:
        """Give the places of the rows, from 0, whose number another row has too."""
        if self._beside.exists():
            self._put_aside()
        twice = np.concatenate([np.zeros(0, np.uint64), *self._twice()])
        if not len(twice):
            return []
        # Nearly all rows are told apart by a few of their bits.
        maybe = np.zeros(_LOW + 1, bool)
        maybe[twice & np.uint64(_LOW)] = True
        places: list[int] = []
        for at, numbers in self._all():
            near = np.flatnonzero(maybe[numbers & np.uint64(_LOW)])
            places += (near[np.isin(numbers[near], twice)] + at).tolist()
        return places

    def _twice(self) -> Iterator[npt.NDArray[np.uint64]]:
        """Give the numbers that several rows have, those of one range after the other."""
        parts = self._rows // _HELD + 1
        for part in range(parts):
            low, high = part * _TOP // parts, (part + 1) * _TOP // parts
            own = np.concatenate(
                [np.zeros(0, np.uint64), *(_between(numbers, low, high) for _at, numbers in self._all())]
            )
            own.sort()
            yield np.unique(own[1:][own[1:] == own[:-1]])

    def _all(self) -> Iterator[tuple[int, npt.NDArray[np.uint64]]]:
        at = 0
        if not self._beside.exists():
            for numbers in self._held:
                yield at, numbers
                at += len(numbers)
            return
        with self._beside.open("rb") as file:
            while len(numbers := np.fromfile(file, np.uint64, _HELD // 8)):
                yield at, numbers
                at += len(numbers)


def _between(numbers: npt.NDArray[np.uint64], low: int, high: int) -> npt.NDArray[np.uint64]:
    if (low, high) == (0, _TOP):
        return numbers
    head = numbers >> _HALF
    return numbers[(head >= low) & (head < high)]
