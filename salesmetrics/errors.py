"""The errors users meet: each says what is wrong, where, what to do, and the nearest right name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class SalesMetricsError(Exception):
    """What the user can mend; its text is one plain sentence, shown as it stands.

    `sentence` is that text without `option`, the words that tell which option of the command line mends it.

    >>> error = MappingError("The dates of a.csv can be read in two ways.", "Answer with --map.")
    >>> str(error)
    'The dates of a.csv can be read in two ways. Answer with --map.'
    >>> error.sentence
    'The dates of a.csv can be read in two ways.'
    """

    def __init__(self, sentence: str, option: str = "") -> None:
        self.sentence = sentence
        super().__init__(f"{sentence} {option}".strip())


class FileError(SalesMetricsError):
    """A file cannot be read, or holds no table."""


class MappingError(SalesMetricsError):
    """A `--map` names a table, column or header that is not there, or a file cannot be understood without one."""


class QueryError(SalesMetricsError):
    """A request names a metric, dimension, grain, parameter or date that does not exist or does not fit."""


class WorkspaceError(SalesMetricsError):
    """A workspace is not there, not yours to change, or what is stored of it is not whole."""


def nearest(name: str, options: Iterable[str], most: int = 3) -> str:
    """Tell the known names closest to `name`, as the tail of an error sentence (empty when none is close).

    >>> nearest("revenu", ["revenue", "units", "orders"])
    ' Did you mean revenue?'
    >>> nearest("zzz", ["revenue"])
    ''
    """
    by_folded = {option.casefold(): option for option in options}
    close = get_close_matches(name.casefold(), list(by_folded), n=most, cutoff=0.6)
    return f" Did you mean {' or '.join(by_folded[match] for match in close)}?" if close else ""
