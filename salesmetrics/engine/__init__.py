"""Where expressions run. DuckDB in this process is the default; the rest of the project sees only `Engine`."""

from __future__ import annotations

from salesmetrics.engine.base import Engine
from salesmetrics.engine.duckdb import DuckDBEngine, default_engine

__all__ = ["DuckDBEngine", "Engine", "default_engine"]
