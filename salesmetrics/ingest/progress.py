"""How far a reading is: told as it goes on, and the place where it can be ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from enum import StrEnum


class Stage(StrEnum):
    """What a reading is at."""

    READING = "reading"
    UNDERSTANDING = "understanding"
    STORING = "storing"


OnProgress = Callable[[int, int, Stage], None]
"""Takes the bytes and the rows read so far, of all files together, and the stage; what it raises ends the reading."""


def untold(_bytes: int, _rows: int, _stage: Stage) -> None:
    """Take progress that nobody asked for."""


_listening: ContextVar[OnProgress] = ContextVar("listening", default=untold)


@contextmanager
def listening(told: OnProgress) -> Iterator[None]:
    """Have every reading inside the block tell `told` how far it is, however many calls lie between."""
    before = _listening.set(told)
    try:
        yield
    finally:
        _listening.reset(before)


@dataclass
class Watch:
    """Adds up what is read, and tells it.

    >>> heard = []
    >>> watch = Watch(lambda *told: heard.append(told))
    >>> watch.add(bytes=100, rows=2); watch.enter(Stage.STORING)
    >>> heard[-1][:2], str(heard[-1][2])
    ((100, 2), 'storing')
    """

    told: OnProgress = field(default_factory=_listening.get)
    bytes: int = 0
    rows: int = 0
    stage: Stage = Stage.READING

    def add(self, *, bytes: int = 0, rows: int = 0) -> None:
        """Tell of that many more bytes and rows."""
        self.bytes += bytes
        self.rows += rows
        self.told(self.bytes, self.rows, self.stage)

    def enter(self, stage: Stage) -> None:
        """Tell that `stage` begins."""
        self.stage = stage
        self.told(self.bytes, self.rows, self.stage)
