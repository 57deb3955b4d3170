"""What a plain text is not: blanks around it, a word for nothing, a damaged key, a word for a total."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from salesmetrics.ingest.coerce.coerced import EMPTY_TEXT
from salesmetrics.ingest.coerce.texts import DATED, SHORTENED
from salesmetrics.ingest.plain_lane.not_plain import NotPlainError
from salesmetrics.ingest.read.totals import LETTERS

_WORDS = pa.array((*EMPTY_TEXT, "Select"))
_LENGTHS = 32
_PADDED = 8
_NOTHING = np.uint64(0)
_PLUS, _DASH = b"+"[0], b"-"[0]
_LONGEST_DATE = 6
_BLANK_BYTES = np.zeros(256, bool)
_BLANK_BYTES[list(b" \t\r\n\v\f")] = True


def _table_of_words() -> npt.NDArray[np.bool_]:
    table = np.zeros(256 * _LENGTHS, bool)
    for word in _WORDS.to_pylist():
        coded = word.encode()
        table[coded[0] * _LENGTHS + len(coded)] = True
    return table


_LIKE_A_WORD = _table_of_words()
_TOTALS = (b"total", b"sum", *(word.encode() for word in ("计", "計", "汇总", "彙總", "总和", "總和")))


@dataclass(frozen=True)
class Texts:
    """The cells of a block in one column of text, as the bytes they are."""

    column: pa.StringArray

    @cached_property
    def _ends(self) -> npt.NDArray[np.int32]:
        first = self.column.offset
        return np.frombuffer(self.column.buffers()[1], np.int32)[first : first + len(self.column) + 1]

    @cached_property
    def _letters(self) -> npt.NDArray[np.uint8]:
        return np.frombuffer(self.column.buffers()[2], np.uint8)

    @cached_property
    def _lengths(self) -> npt.NDArray[np.int32]:
        """Bytes of each cell, 0 where it is empty."""
        return np.diff(self._ends)

    @property
    def _empty(self) -> bool:
        return bool(self.column.null_count == len(self.column))

    def check(self, *, key: bool) -> None:
        """Raise NotPlainError where a cell is not read as it stands."""
        if self._empty:
            return
        filled = self._lengths > 0
        starts = np.minimum(self._ends[:-1], len(self._letters) - 1)
        first, last = self._letters[starts], self._letters[self._ends[1:] - 1]
        if ((_BLANK_BYTES[first] | _BLANK_BYTES[last]) & filled).any():
            raise NotPlainError
        kinds = first.astype(np.int16) * _LENGTHS + np.minimum(self._lengths, _LENGTHS - 1).astype(np.int16)
        alike = _LIKE_A_WORD[kinds]
        if alike.any() and pc.any(pc.is_in(self.column.filter(pa.array(alike)), value_set=_WORDS)).as_py():
            raise NotPlainError
        if key:
            self._check_key(filled)

    def _check_key(self, filled: npt.NDArray[np.bool_]) -> None:
        if (self._letters == _PLUS).any() and self._matches(f"^(?:{SHORTENED})$"):
            raise NotPlainError
        short = filled & (self._lengths <= _LONGEST_DATE)
        if short.any():
            ends = self._ends[1:][short]
            dash = (self._letters[ends - 4] == _DASH) | (self._letters[ends - 3] == _DASH)
            if dash.any() and self._matches(f"^(?:{DATED})$"):
                raise NotPlainError

    def check_totals(self) -> None:
        """Raise NotPlainError where a cell may say that its row is a total."""
        if self._empty:
            return
        held = self._letters.tobytes().lower()
        if any(word in held for word in _TOTALS) and self._matches(LETTERS):
            raise NotPlainError

    def _matches(self, pattern: str) -> bool:
        return bool(pc.any(pc.match_substring_regex(self.column, pattern)).as_py())

    def prints(self) -> npt.NDArray[np.uint64]:
        """Give a number for each cell that equal cells share: its length and its last eight bytes."""
        padded = np.zeros(len(self._letters) + _PADDED, np.uint8)
        padded[_PADDED:] = self._letters
        # A number of eight bytes that begins at every byte, and so ends before any.
        eights = np.ndarray(len(self._letters) + 1, "<u8", padded, strides=(1,))
        tails = eights[self._ends[1:]]
        lengths = self._lengths.astype(np.uint64)
        if self._lengths.min() < _PADDED:
            foreign = (_PADDED - np.minimum(lengths, _PADDED)) * _PADDED
            tails = np.where(lengths == 0, _NOTHING, tails >> np.minimum(foreign, 63))
        numbers: npt.NDArray[np.uint64] = tails ^ (lengths << np.uint64(56))
        return numbers
