"""DuckDB inside this process: one parent connection, a cursor a call, relations kept compressed in memory."""

from __future__ import annotations

import os
import re
import tempfile
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
from ibis.backends.sql.compilers.duckdb import compiler
from numpy.typing import NDArray

from salesmetrics.engine.base import CATALOG as _CATALOG
from salesmetrics.engine.base import IBIS_TYPES, SLOT_CLOSE, SLOT_OPEN, relation_slot, table_schema
from salesmetrics.model.dataset import Dataset
from salesmetrics.model.tables import TABLES, ColumnType

_SLOT = re.compile(f"""['"]{SLOT_OPEN}(?P<name>[a-z_0-9]+){SLOT_CLOSE}['"]""")


def half_of_memory() -> str:
    """Give half of this machine's memory as DuckDB writes it, so that the server beside it has room."""
    if not hasattr(os, "sysconf"):
        return "4GB"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // 2 // 2**20}MiB"


@dataclass(frozen=True)
class Settings:
    """Bounds of the engine: memory (as DuckDB writes it), threads, how many (version, as_of) and statements it keeps."""

    memory_limit: str = os.environ.get("SALESMETRICS_MEMORY_LIMIT") or half_of_memory()
    threads: int = int(os.environ.get("SALESMETRICS_THREADS", os.cpu_count() or 1))
    kept: int = 12
    statements: int = 2_000


class DuckDBEngine:
    """Runs expressions on DuckDB; see `Engine`."""

    def __init__(self, settings: Settings | None = None) -> None:
        settings = settings or Settings()
        # Without a temp_directory of its own DuckDB spills into the working directory.
        self._spill = tempfile.TemporaryDirectory(prefix="salesmetrics-spill-")
        self._parent = duckdb.connect(
            ":memory:",
            config={
                "memory_limit": settings.memory_limit,
                "threads": settings.threads,
                "temp_directory": self._spill.name,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        # It would be drawn into the output of a command that takes more than a moment.
        self._parent.execute("SET enable_progress_bar = false")
        self._parent.execute(f"ATTACH ':memory:' AS {_CATALOG} (COMPRESS)")
        self._settings = settings
        self._lock = threading.RLock()
        self._recipes: OrderedDict[Hashable, tuple[str, ibis.Schema]] = OrderedDict()
        self._schemas: OrderedDict[str, dict[str, ir.Table]] = OrderedDict()

    def table(self, dataset: Dataset, name: str) -> ir.Table:
        """Give a canonical table; see `Engine.table`."""
        return self._files(dataset)[name]

    def keep(
        self, dataset: Dataset, name: str, as_of: date, shape: Hashable, build: Callable[[], ir.Table]
    ) -> ir.Table:
        """Give a relation kept ready; see `Engine.keep`."""
        schema_name = f"as_of_{dataset.version}_{as_of:%Y%m%d}"
        with self._lock:
            self._files(dataset)
            kept = self._open(schema_name)
            if name not in kept:
                written, schema = self._recipe((name, shape), build)
                fill = {"as_of": (as_of.isoformat(),)}
                target = f'{_CATALOG}."{schema_name}"."{name}"'
                sql = _filled(written, fill, files=_files_schema(dataset), kept=schema_name)
                self._parent.execute(f"CREATE TABLE {target} AS {sql}")
                kept[name] = ibis.table(schema, name=name, catalog=_CATALOG, database=schema_name)
            return kept[name]

    def run(self, expression: ir.Table) -> pd.DataFrame:
        """Run an expression; see `Engine.run`."""
        return self._fetch(_sql(_in_floats(expression)))

    def statement(self, shape: Hashable, relation: ir.Table, build: Callable[[ir.Table], ir.Table]) -> str:
        """Give a statement with open places; see `Engine.statement`."""
        written, _schema = self._recipe(shape, lambda: _in_floats(build(relation_slot(relation))))
        return written

    def answer(self, statement: str, relation: ir.Table, fill: Mapping[str, Sequence[str]]) -> pd.DataFrame:
        """Run a statement; see `Engine.answer`."""
        return self._fetch(_filled(statement, fill, kept=relation.op().namespace.database))

    def columns(
        self, statement: str, relation: ir.Table, fill: Mapping[str, Sequence[str]]
    ) -> dict[str, NDArray[Any]]:
        """Run a statement, for few rows; see `Engine.columns`."""
        with self._parent.cursor() as cursor:
            cursor.execute(_filled(statement, fill, kept=relation.op().namespace.database))
            return {name: _plain(np.asanyarray(values)) for name, values in cursor.fetchnumpy().items()}

    def _recipe(self, shape: Hashable, build: Callable[[], ir.Table]) -> tuple[str, ibis.Schema]:
        """Compile what `build` gives, at the first call for its shape."""
        found = self._recipes.get(shape)
        if found is None:
            expression = build()
            found = _sql(expression), expression.schema()
            with self._lock:
                self._recipes[shape] = found
                while len(self._recipes) > self._settings.statements:
                    self._recipes.popitem(last=False)
        return found

    def _fetch(self, sql: str) -> pd.DataFrame:
        with self._parent.cursor() as cursor:
            return _frame(cursor.execute(sql).to_arrow_table())

    def forget(self, dataset: Dataset) -> None:
        """Drop everything kept for a dataset; see `Engine.forget`."""
        with self._lock:
            for schema_name in [name for name in self._schemas if dataset.version in name]:
                self._drop(schema_name)

    def close(self) -> None:
        """Let go of memory and of the folder that queries spill into; the engine is of no use after."""
        self._parent.close()
        self._spill.cleanup()

    def _open(self, schema_name: str) -> dict[str, ir.Table]:
        """Give what a schema holds, made if it is not there; of those used longest ago the surplus goes."""
        if schema_name not in self._schemas:
            self._parent.execute(f'CREATE SCHEMA IF NOT EXISTS {_CATALOG}."{schema_name}"')
            self._schemas[schema_name] = {}
        self._schemas.move_to_end(schema_name)
        while len(self._schemas) > self._settings.kept:
            self._drop(next(iter(self._schemas)))
        return self._schemas[schema_name]

    def _files(self, dataset: Dataset) -> dict[str, ir.Table]:
        with self._lock:
            schema_name = _files_schema(dataset)
            tables = self._open(schema_name)
            for name in TABLES if not tables else ():
                self._parent.execute(_view(f'{_CATALOG}."{schema_name}"."{name}"', dataset, name))
                tables[name] = ibis.table(table_schema(name), name=name, catalog=_CATALOG, database=schema_name)
            return tables

    def _drop(self, schema_name: str) -> None:
        self._parent.execute(f'DROP SCHEMA IF EXISTS {_CATALOG}."{schema_name}" CASCADE')
        self._schemas.pop(schema_name, None)


def _files_schema(dataset: Dataset) -> str:
    # The same content in two folders is two sets of files: one may be deleted while the other is in use.
    return f"files_{dataset.version}_{zlib.crc32(str(dataset.folder).encode()):08x}"


def _view(target: str, dataset: Dataset, name: str) -> str:
    if dataset.has(name):
        path = str(dataset.folder / f"{name}.parquet").replace("'", "''")
        return f"CREATE VIEW {target} AS SELECT * FROM read_parquet('{path}')"
    empty = ", ".join(
        f'CAST(NULL AS {_sql_type(column.type)}) AS "{column.name}"' for column in TABLES[name].columns
    )
    return f"CREATE VIEW {target} AS SELECT {empty} WHERE false"


def _filled(statement: str, fill: Mapping[str, Sequence[str]], **schemas: str) -> str:
    """Fill the open places of a statement: values as quoted text, schemas as names."""

    def written(place: re.Match[str]) -> str:
        name = place["name"]
        if name in schemas:
            return f'"{schemas[name]}"'
        return ", ".join("'" + value.replace("'", "''") + "'" for value in fill[name])

    # In one pass: a value that looks like an open place is never filled itself.
    return _SLOT.sub(written, statement)


def _sql_type(column_type: ColumnType) -> str:
    return {"string": "VARCHAR", "timestamp(6)": "TIMESTAMP"}.get(IBIS_TYPES[column_type], IBIS_TYPES[column_type])


def _sql(expression: ir.Table) -> str:
    return str(compiler.to_sqlglot(expression.unbind()).sql("duckdb"))


def _in_floats(expression: ir.Table) -> ir.Table:
    # DuckDB divides where Arrow multiplies by a float: 100.001 stays 100.001.
    decimals = {name: "float64" for name, kind in expression.schema().items() if kind.is_decimal()}
    return expression.cast(decimals) if decimals else expression


def _frame(table: pa.Table) -> pd.DataFrame:
    fields = []
    for field in table.schema:
        if pa.types.is_decimal(field.type):
            fields.append(field.with_type(pa.float64()))
        elif pa.types.is_date(field.type):
            fields.append(field.with_type(pa.timestamp("us")))
        else:
            fields.append(field)
    frame: pd.DataFrame = table.cast(pa.schema(fields)).to_pandas()
    return frame


def _plain(values: NDArray[Any]) -> NDArray[Any]:
    """Give what is null as NaN among numbers, as None among the rest."""
    if not isinstance(values, np.ma.MaskedArray):
        return values
    numbers = values.dtype.kind in "iuf"
    plain: NDArray[Any] = np.array(np.ma.getdata(values), dtype=float if numbers else object)
    plain[np.ma.getmaskarray(values)] = np.nan if numbers else None
    return plain


@lru_cache(maxsize=1)
def default_engine() -> DuckDBEngine:
    """Give the engine of this process, opened at the first call."""
    return DuckDBEngine()
