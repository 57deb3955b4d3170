"""What each contestant does in a process of its own: answer for comparison, or answer against the clock."""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from benchmarks.answer import Table, differences
from benchmarks.by_pandas import ByPandas
from benchmarks.by_salesmetrics import BySalesmetrics
from benchmarks.by_sql import BySQL
from benchmarks.overview_request import CHANGES, CHECKED, Where
from salesmetrics.model.dataset import Dataset


class Contestant(Protocol):
    """Prepares a dataset when it is made, then answers the Overview's request under any filters."""

    name: str

    def ask(self, where: Where) -> Any:
        """Answer the request."""
        ...

    def table(self, answer: Any) -> Table:
        """Set out an answer for comparison."""
        ...


CONTESTANTS: Mapping[str, Callable[[Dataset], Contestant]] = {
    BySalesmetrics.name: BySalesmetrics, BySQL.name: BySQL, ByPandas.name: ByPandas,
}  # fmt: skip
YARDSTICK = BySQL.name


class Request(NamedTuple):
    """Seconds of a request, those of them in a watched engine, and how many answers that engine gave."""

    seconds: float
    in_engine: float = 0.0
    answers: int = 0


@dataclass(frozen=True)
class Timing:
    """How a contestant did: seconds to prepare, the first request, one more; peak memory in bytes."""

    name: str
    prepare: float
    first: Request
    request: Request
    peak: int


def answers(contestant: Contestant, wheres: Sequence[Where] = CHECKED) -> list[Table]:
    """Give a contestant's answer under each lot of filters."""
    return [contestant.table(contestant.ask(where)) for where in wheres]


def answered(name: str, data: Dataset) -> list[Table]:
    """Let a contestant prepare and give its answers."""
    return answers(CONTESTANTS[name](data))


def disagreements(found: Mapping[str, Sequence[Table]], wheres: Sequence[Where] = CHECKED) -> list[str]:
    """Say where any contestant's answers differ from those of the yardstick."""
    said = []
    for name, tables in found.items():
        for where, table, expected in zip(wheres, tables, found[YARDSTICK], strict=True):
            filters = "; ".join(f"{item.dimension} = {', '.join(item.values)}" for item in where) or "no filter"
            said += [f"{filters}: {text}" for text in differences(table, expected, (name, YARDSTICK))]
    return said


def requests(contestant: Contestant, runs: int) -> tuple[Request, Request]:
    """Time the first request and `runs` more, each with other filters; of these the median counts."""
    first, *rest = (_request(contestant, where) for where in CHANGES[: runs + 1])
    seconds, in_engine, count = (statistics.median(part) for part in zip(*rest, strict=True))
    return first, Request(seconds, in_engine, int(count))


def timed(name: str, data: Dataset, runs: int) -> Timing:
    """Let a contestant prepare and answer, both against the clock."""
    begun = time.perf_counter()
    contestant = CONTESTANTS[name](data)
    prepare = time.perf_counter() - begun
    return Timing(name, prepare, *requests(contestant, runs), _peak())


def _request(contestant: Contestant, where: Where) -> Request:
    engine = getattr(contestant, "engine", None)
    before = (engine.seconds, engine.answers) if engine else (0.0, 0)
    begun = time.perf_counter()
    contestant.ask(where)
    took = time.perf_counter() - begun
    after = (engine.seconds, engine.answers) if engine else (0.0, 0)
    return Request(took, after[0] - before[0], after[1] - before[1])


def _peak() -> int:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
