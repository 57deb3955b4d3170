"""Sales metrics from the files that a sales team has.

import salesmetrics as sm

data = sm.read(["orders.csv", "reps.xlsx"])
query = sm.MetricQuery(metrics=("revenue",), by=("region",), compare=(sm.Compare.LAST_YEAR,))
sm.compute(data, query).frame
"""

from collections.abc import Iterable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from salesmetrics import ingest
from salesmetrics.analysis.pipeline_waterfall import Waterfall, waterfall
from salesmetrics.errors import FileError, MappingError, QueryError, SalesMetricsError
from salesmetrics.ingest import check
from salesmetrics.metrics import CATALOGUE
from salesmetrics.model.conventions import Conventions
from salesmetrics.model.dataset import Dataset
from salesmetrics.query import (
    Compare,
    Filter,
    Grain,
    MetricQuery,
    Period,
    Result,
    compute,
    compute_many,
    records,
)
from salesmetrics.query.deal_moves import deal_moves
from salesmetrics.query.why import why

if TYPE_CHECKING:
    from salesmetrics.workspace.changes import TableChanges

__all__ = [
    "CATALOGUE",
    "Compare",
    "Conventions",
    "Dataset",
    "FileError",
    "Filter",
    "Grain",
    "MappingError",
    "MetricQuery",
    "Period",
    "QueryError",
    "Result",
    "SalesMetricsError",
    "changes",
    "check",
    "compute",
    "compute_many",
    "model_answer",
    "pipeline_waterfall",
    "read",
    "records",
    "why",
]


def __getattr__(name: str) -> ModuleType:
    """Bring in `charts` when it is first used: Altair takes a second to import and computing never needs it."""
    if name == "charts":
        return import_module("salesmetrics.charts")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(
    paths: Iterable[Path | str] | Path | str,
    *,
    maps: Sequence[str] = (),
    into: Path | None = None,
    read_on: date | None = None,
) -> Dataset:
    """Read files and folders as a dataset; `check` gives the report on the same files.

    `maps` are corrections such as "orders.amount=Net Sales". Raises FileError and MappingError.
    """
    return ingest.read(paths, maps=maps, into=into, read_on=read_on).dataset


def changes(old: Dataset, new: Dataset) -> "tuple[TableChanges, ...]":
    """Give what differs between two datasets by table: rows new, changed and gone, with samples."""
    from salesmetrics.workspace.changes import changes as differing

    return differing(old, new)


def model_answer(data: Dataset, model: str, query: MetricQuery) -> Result:
    """Give what a model such as `forecast` or `clv_predictive` answers, in the columns of a metric's answer.

    The query's metrics do not count. Raises QueryError for one that cannot be asked so, and like `compute`.
    """
    from salesmetrics.query.model_answers import model_answer as answer

    return answer(data, model, query)


def pipeline_waterfall(old: Dataset, new: Dataset, period: Period | None = None) -> Waterfall | None:
    """Give the steps from the open pipeline of `old` to that of `new`, exact; None where one holds no deals.

    With a `period` only deals expected to close in it count. `query.deal_moves` says what each step is.
    Raises QueryError where deals carry no ids.
    """
    moves = deal_moves(old, new, period)
    return waterfall(moves.opening, moves.moves, moves.changed, moves.closing) if moves else None
