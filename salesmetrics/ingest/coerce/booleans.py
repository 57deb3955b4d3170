"""Read cells as yes or no, in the words that exports of several languages use."""

from __future__ import annotations

import duckdb

from salesmetrics.ingest.coerce.coerced import EMPTY, Coerced, is_filled, literal, literals
from salesmetrics.ingest.sheet import Sheet

YES = (
    "yes", "y", "true", "t", "1", "1.0", "on", "x", "✓", "✔", "√", "☑", "✅", "returned", "refunded", "won",
    "是", "有", "真", "对", "對", "已退", "退货", "已退货", "已退款", "赢单", "贏單", "已赢单", "成交",
    "ja", "wahr", "oui", "vrai", "sí", "si", "verdadero", "sim", "verdadeiro", "sì", "vero",
)  # fmt: skip
"""Words, in lower case, that mean yes."""

NO = (
    "no", "n", "false", "f", "0", "0.0", "off", "✗", "✘", "×", "☐", "❌", "not returned", "lost",
    "否", "无", "無", "没有", "沒有", "假", "不", "不是", "错", "錯", "未退", "未退货", "未退款", "输单", "輸單",
    "已输单", "丢单",
    "nein", "falsch", "non", "faux", "falso", "não", "nao",
)  # fmt: skip
"""Words, in lower case, that mean no."""

_FEW = 4


def coerce_boolean(connection: duckdb.DuckDBPyConnection, sheet: Sheet, column: int) -> Coerced:
    """Tell how a column reads as yes or no; an empty cell stays empty."""
    word = f"lower(c{column})"
    words = connection.execute(
        f"SELECT {word}, count(*) FROM {sheet.relation} WHERE c{column} IS NOT NULL GROUP BY 1 LIMIT {_FEW + 1}"
    ).fetchall()
    if len(words) <= _FEW:
        return _of_words(word, dict(words))
    expression = f"CASE WHEN {word} IN ({literals(YES)}) THEN true WHEN {word} IN ({literals(NO)}) THEN false END"
    held = f"({is_filled(f'c{column}')} OR {word} IN ({literals(NO)}))"
    [(filled, read)] = connection.execute(
        f"SELECT count(*) FILTER ({held}), count({expression}) FROM {sheet.relation}"
    ).fetchall()
    return Coerced(expression, filled, filled - read)


def _of_words(word: str, words: dict[str, int]) -> Coerced:
    """Read a column that holds only these `words` (each with its rows): the engine compares with no more than them."""
    said = {each: each in YES for each in sorted(words) if each in YES + NO}
    filled = sum(rows for each, rows in words.items() if each in said or each not in EMPTY)
    branches = " ".join(f"WHEN {literal(each)} THEN {str(yes).lower()}" for each, yes in said.items())
    expression = f"CASE {word} {branches} END" if said else "CAST(NULL AS BOOLEAN)"
    return Coerced(expression, filled, filled - sum(words[each] for each in said))
