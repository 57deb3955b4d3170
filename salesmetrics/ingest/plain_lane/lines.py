"""The lines of a long file: how many there are, and any of them by its number, without the file being held."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from salesmetrics.ingest.plain_lane.not_plain import NotPlainError

_CHUNK = 2 << 20
_APART = 16
_LONGEST = 2 << 20
_LF = b"\n"[0]
_FIRST_LETTER = 32
_ALLOWED = np.zeros(_FIRST_LETTER, bool)
_ALLOWED[list(b"\n\r\t")] = True


@dataclass(frozen=True)
class Lines:
    """The lines of a file, numbered from 1: their `count`, and where every 16th of them begins."""

    path: Path
    size: int
    count: int
    begins: npt.NDArray[np.int64]

    def take(self, numbers: Iterable[int]) -> Iterator[tuple[int, bytes]]:
        """Give the lines of rising `numbers`, each with its number, their ends included."""
        held, stretch = -1, list[bytes]()
        with self.path.open("rb", buffering=0) as file:
            for number in numbers:
                place, within = divmod(number - 1, _APART)
                if place != held:
                    begin = int(self.begins[place])
                    end = int(self.begins[place + 1]) if place + 1 < len(self.begins) else self.size
                    file.seek(begin)
                    held, stretch = place, file.read(end - begin).split(b"\n")
                yield number, stretch[within]

    def blocks(self, begin: int, size: int) -> Iterator[bytes]:
        """Give the lines from the byte `begin` on in blocks of about `size` bytes."""
        with self.path.open("rb", buffering=0) as file:
            while begin < self.size:
                file.seek(begin)
                data = file.read(size)
                cut = len(data) if begin + len(data) >= self.size else data.rfind(b"\n") + 1
                if not cut:
                    raise NotPlainError
                begin += cut
                yield data[:cut]


def lines_of(path: Path) -> Lines:
    """Find the lines of a file; raises NotPlainError where one is endless, or a control character stands in it."""
    size = path.stat().st_size
    begins, count = [np.zeros(1, np.int64)], 0
    with ThreadPoolExecutor(2) as pool:
        for start, ends in zip(
            range(0, size, _CHUNK),
            pool.map(lambda at: _ends(path, at), range(0, size, _CHUNK)),
            strict=True,
        ):
            first = -(count + 1) % _APART
            begins.append(ends[first::_APART] + (start + 1))
            count += len(ends)
    ends_open = _stretch(path, size - 1, 1) != b"\n"
    found = np.concatenate(begins)
    if len(found) > 1 and (np.diff(found).max() > _LONGEST or size - found[-1] > _LONGEST):
        raise NotPlainError
    return Lines(path, size, count + ends_open, found)


def _stretch(path: Path, begin: int, size: int) -> bytes:
    with path.open("rb", buffering=0) as file:
        file.seek(begin)
        return file.read(size)


def _ends(path: Path, begin: int) -> npt.NDArray[np.int64]:
    data = _stretch(path, begin, _CHUNK)
    if b"\x7f" in data:
        raise NotPlainError
    letters = np.frombuffer(data, np.uint8)
    # Line ends are controls: whoever finds them has found all others too.
    controls = np.flatnonzero(letters < _FIRST_LETTER)
    found = letters[controls]
    if not _ALLOWED[found].all():
        raise NotPlainError
    ends = found == _LF
    return controls if ends.all() else controls[ends]
