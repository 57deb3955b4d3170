"""The Overview's numbers by this package, as the app gets them."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import Any

import ibis.expr.types as ir
import pandas as pd
from numpy.typing import NDArray

from benchmarks.answer import KEYS, NUMBERS, Table, typed
from benchmarks.overview_request import BY, Where, asked
from salesmetrics.engine import DuckDBEngine
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import Result, compute_many
from salesmetrics.query.prepare import Prepared

PARTS = ("totals", "lately", "trend", *BY)


class WatchedEngine(DuckDBEngine):
    """An engine that notes how long its answers take, in seconds, and how many it gave."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds, self.answers = 0.0, 0

    def run(self, expression: ir.Table) -> pd.DataFrame:
        """Run an expression; see `Engine.run`."""
        begun = time.perf_counter()
        found = super().run(expression)
        self.note(begun)
        return found

    def answer(self, statement: str, relation: ir.Table, fill: Mapping[str, Sequence[str]]) -> pd.DataFrame:
        """Run a statement; see `Engine.answer`."""
        begun = time.perf_counter()
        found = super().answer(statement, relation, fill)
        self.note(begun)
        return found

    def columns(
        self, statement: str, relation: ir.Table, fill: Mapping[str, Sequence[str]]
    ) -> dict[str, NDArray[Any]]:
        """Run a statement; see `Engine.columns`."""
        begun = time.perf_counter()
        found = super().columns(statement, relation, fill)
        self.note(begun)
        return found

    def note(self, begun: float) -> None:
        """Count one answer that was begun at a reading of the clock."""
        self.seconds += time.perf_counter() - begun
        self.answers += 1


class BySalesmetrics:
    """Prepares the ledger and what the data covers; a request is one `compute_many`."""

    name = "salesmetrics"

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self.engine = WatchedEngine()
        Prepared(self.engine, data).relation("ledger")

    def ask(self, where: Where) -> tuple[Result, ...]:
        """Answer the request."""
        return compute_many(self.data, asked(where), self.engine)

    def table(self, results: tuple[Result, ...]) -> Table:
        """Set out an answer for comparison."""
        tables = []
        for part, result in zip(PARTS, results, strict=True):
            frame = result.frame
            medians = [details.get("median") for details in frame["details"]]
            tables.append(
                pd.DataFrame(
                    {
                        "part": part,
                        "metric": frame["metric"],
                        "start": frame["period_start"],
                        "group": frame[part] if part in BY else "",
                        "value": frame["value"],
                        "n": frame["n"],
                        "median": pd.Series(medians, index=frame.index, dtype=float),
                        "previous": frame.get("previous_value"),
                        "last_year": frame.get("last_year_value"),
                    },
                    columns=[*KEYS, *NUMBERS],
                )
            )
        return typed(pd.concat(tables, ignore_index=True))
