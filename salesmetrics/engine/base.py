"""What every engine offers: a dataset's tables as expressions, relations kept ready, and answers as frames."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

import ibis.expr.types as ir
import pandas as pd

from salesmetrics.model.dataset import Dataset


class Engine(Protocol):
    """Runs expressions over datasets; safe to share between threads."""

    def table(self, dataset: Dataset, name: str) -> ir.Table:
        """Give a canonical table with every declared column; without rows where no file filled it."""
        ...

    def keep(self, dataset: Dataset, name: str, as_of: date, build: Callable[[], ir.Table]) -> ir.Table:
        """Give the relation `name` as of a date, built once for this version of the data and kept ready."""
        ...

    def run(self, expression: ir.Table) -> pd.DataFrame:
        """Run an expression; decimals arrive as float64, dates as datetime64, text as str."""
        ...

    def forget(self, dataset: Dataset) -> None:
        """Drop everything kept for a dataset."""
        ...
