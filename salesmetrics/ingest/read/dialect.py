"""Tell how a text file is divided into cells: the delimiter that divides its lines alike."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from salesmetrics.ingest.read.bounds import LONGEST_CELL
from salesmetrics.ingest.read.fixed_width import Ruled, find_ruled

_DELIMITERS = ",;\t|"
_SAMPLE = 2_000
_SURE = 0.7
_HINT = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d[\d.,:/-]*")
# Its own bound would have a longer note in quotation marks taken for one that is never closed.
csv.field_size_limit(LONGEST_CELL)


@dataclass(frozen=True)
class Dialect:
    """How a text is divided: by `delimiter` (a blank means runs of white space), quoted cells honoured or not.

    Where the columns stand at places of their own, `ruled` says where, and the delimiter is a blank.
    """

    delimiter: str
    quoted: bool = True
    ruled: Ruled | None = None

    def records(self, text: str) -> Iterator[list[str]]:
        """Give the records of `text`, a blank line as an empty one."""
        if self.ruled:
            return self.ruled.records(text)
        if self.delimiter == " ":
            return (line.split() for line in io.StringIO(text, newline=None))
        if not self.quoted:
            # Not by the reader of quoted cells, whose bound on a cell would end the reading.
            plain = io.StringIO(text, newline=None)
            return (line.removesuffix("\n").split(self.delimiter) for line in plain)
        return csv.reader(io.StringIO(text, newline=""), delimiter=self.delimiter)


def find_dialect(text: str) -> Dialect:
    """Tell how `text` is divided.

    >>> find_dialect("name;price\\nTea;1,5\\nRice;2,25\\n").delimiter
    ';'
    """
    hint = _HINT.match(text)
    if hint:
        return Dialect(hint[1])
    sample = text[:2_000_000]
    scores = {delimiter: _score(sample, delimiter) for delimiter in _DELIMITERS}
    best = max(scores, key=lambda delimiter: scores[delimiter])
    if scores[best] <= 0 and _in_columns(sample):
        return Dialect(" ")
    # A comma in every name of a column is no delimiter, where the lines are ruled in more columns than it makes; a tab
    # that divides all lines alike is one, though few filled cells may look ruled.
    alike = best == "\t" and scores[best] == 1 - 1 / _width(sample, best)
    ruled = find_ruled(sample) if scores[best] < _SURE and not alike else None
    if ruled and (scores[best] <= 0 or len(ruled.cuts) > _width(sample, best)):
        return Dialect(" ", quoted=False, ruled=ruled)
    return Dialect(best if scores[best] > 0 else ",")


def _width(sample: str, delimiter: str) -> int:
    return max(len(record) for record in islice(Dialect(delimiter, quoted=False).records(sample), _SAMPLE))


def _score(sample: str, delimiter: str) -> float:
    try:
        records = islice(Dialect(delimiter).records(sample), _SAMPLE)
        widths = [len(record) for record in records if any(record)]
    except csv.Error:
        return 0
    if not widths:
        return 0
    width, number = Counter(widths).most_common(1)[0]
    if width < 2:
        # Most lines whole: only a table under a long preamble, or ragged beyond use, still counts a little.
        return 0
    agreement = number / len(widths)
    # A first line that is not divided alike is a title, or shows that the delimiter is only part of some text.
    return agreement * (1 - 1 / width) - (0 if widths[0] == width else 0.3 * agreement)


def _in_columns(sample: str) -> bool:
    lines = [line.split() for line in sample.splitlines()[:_SAMPLE] if line.strip()]
    if not lines:
        return False
    width, number = Counter(map(len, lines)).most_common(1)[0]
    cells = [cell for line in lines for cell in line]
    numeric = sum(_NUMBER.fullmatch(cell) is not None for cell in cells)
    # Names of two words are one cell; only columns of numbers are told apart by blanks alone.
    return width >= 2 and number >= 0.95 * len(lines) and numeric >= 0.5 * len(cells)
