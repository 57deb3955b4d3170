"""Read cells as yes or no, in the words that English and Chinese exports use."""

from __future__ import annotations

import duckdb

from salesmetrics.ingest.coerce.coerced import Coerced, is_filled, literals
from salesmetrics.ingest.sheet import Sheet

YES = (
    "yes", "y", "true", "t", "1", "1.0", "on", "x", "✓", "✔", "√", "returned", "refunded",
    "是", "有", "真", "对", "已退", "退货", "已退货", "已退款",
)  # fmt: skip
"""Words, in lower case, that mean yes."""

NO = (
    "no", "n", "false", "f", "0", "0.0", "off", "✗", "✘", "×", "not returned",
    "否", "无", "没有", "假", "不", "未退", "未退货", "未退款",
)  # fmt: skip
"""Words, in lower case, that mean no."""


def coerce_boolean(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int) -> Coerced:
    """Tell how a column reads as yes or no; an empty cell stays empty."""
    word = f"lower(c{column})"
    expression = f"CASE WHEN {word} IN ({literals(YES)}) THEN true WHEN {word} IN ({literals(NO)}) THEN false END"
    held = f"({is_filled(f'c{column}')} OR {word} IN ({literals(NO)}))"
    [(filled, read)] = connection.execute(
        f"SELECT count(*) FILTER ({held}), count({expression}) FROM {sheet.relation}"
    ).fetchall()
    return Coerced(expression, filled, filled - read)
