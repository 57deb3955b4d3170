"""Which columns of a sheet hold money, in which currency each of its rows is, and on which day it counts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from salesmetrics.ingest.coerce.currency_signs import CODE_OF, code_of
from salesmetrics.ingest.derive.periods import whole_period
from salesmetrics.ingest.derive.step import quote
from salesmetrics.ingest.exchange_rates import KIND
from salesmetrics.ingest.relation import Relation, select
from salesmetrics.ingest.typed import Typed
from salesmetrics.model.tables import ColumnType

_CONVERTED = re.compile(
    r"company currency|converted|base currency|\(base\)|reporting currency|本位币|本币", re.IGNORECASE
)
_WORD = re.compile(r"[A-Z]{3}|[$€£¥₹₩]|美元|欧元|人民币|英镑|日元|港币")
_CODE = re.compile("[A-Z]{3}")
_DAYS: Mapping[str, tuple[str, ...]] = {
    "orders": ("order_date",),
    "opportunities": ("closed_date", "won_date", "lost_date", "close_date", "expected_close_date", "created_date"),
    "spend": ("date",),
    "quotas": ("period_start",),
    "market_size": ("period_start",),
}
"""For each table the dates of its events, the first that is filled counting."""

ANY_DAY = "DATE '9999-12-31'"


@dataclass(frozen=True)
class Money:
    """The columns of a sheet that hold money, with the SQL that tells the currency of each and the codes that occur."""

    typed: Typed
    currencies: Mapping[str, str]
    codes: frozenset[str]
    asked: str
    source: str
    header_day: bool

    @property
    def index(self) -> int:
        """The place of the header that a person is asked about."""
        match = self.typed.recognition.match(self.asked)
        return match.index if match else -1

    @property
    def header(self) -> str:
        """The header that a person is asked about."""
        return self.typed.sheet.header[self.index]


def money_of(connection: duckdb.DuckDBPyConnection, typed: Typed, sheets: Sequence[Typed]) -> Money | None:
    """Tell what money a sheet holds and in which currencies; None where it holds none, or names no currency."""
    if typed.relation is None or typed.table is None or typed.kind == KIND:
        return None
    columns = [
        match
        for match in typed.recognition.matches
        if match.column.type is ColumnType.MONEY and typed.rows.has(match.column.name)
    ]
    if not columns:
        return None
    header = _header_of(connection, typed, sheets)
    source, expression, asked = _source(connection, typed, header)
    header_day = header is not None and header.has("order_date")
    currencies, codes = {}, set()
    for match in columns:
        fixed = _of_header(match.header)
        read = typed.coerced[match.column.name]
        if _CONVERTED.search(match.header):
            continue
        if fixed:
            currencies[match.column.name] = quote(fixed)
            codes.add(fixed)
        elif expression:
            currencies[match.column.name] = expression
        elif read.sign:
            currencies[match.column.name] = _qualified(read.sign)
            codes |= set(read.currencies)
            asked = asked or match.column.name
    if expression and expression in currencies.values():
        codes |= {
            code for (code,) in connection.execute(f"SELECT DISTINCT {expression} {source}").fetchall() if code
        }
    if not codes:
        return None
    return Money(typed, currencies, frozenset(codes), asked or columns[0].column.name, source, header_day)


def _source(connection: duckdb.DuckDBPyConnection, typed: Typed, header: Relation | None) -> tuple[str, str, str]:
    """Give the FROM of a sheet's rows (t, staged as s, their order's header as h), its currency's SQL and column."""
    source = f"FROM {typed.rows.name} t JOIN {typed.sheet.relation} s ON s.row = t.row"
    if header is not None:
        source += f" LEFT JOIN {header.name} h ON h.order_id = t.order_id"
    if typed.rows.has("currency"):
        codes = _codes(connection, typed.rows, "t")
        return source, codes, "currency" if codes else ""
    if header is not None and header.has("currency"):
        return source, _codes(connection, header, "h"), ""
    return source, "", ""


def _header_of(connection: duckdb.DuckDBPyConnection, typed: Typed, sheets: Sequence[Typed]) -> Relation | None:
    """Give one row an order with its date and currency, for lines that stand without them."""
    if typed.kind != "order_lines" or not typed.rows.has("order_id"):
        return None
    for other in sheets:
        if other.kind in ("order_headers", "orders") and other.relation is not None and other.rows.has("order_id"):
            columns = [column for column in ("order_date", "currency") if other.rows.has(column)]
            picked = ", ".join(f"arg_min({column}, row) AS {column}" for column in columns)
            query = f"SELECT order_id, {picked} FROM {other.rows.name} WHERE order_id IS NOT NULL GROUP BY 1"
            return select(connection, query, columns, keep=True) if columns else None
    return None


def _codes(connection: duckdb.DuckDBPyConnection, relation: Relation, alias: str) -> str:
    words = connection.execute(
        f"SELECT DISTINCT currency FROM {relation.name} WHERE currency IS NOT NULL"
    ).fetchall()
    codes = {word: code_of(word) for (word,) in words}
    if not any(code in CODE_OF or _CODE.fullmatch(code) for code in codes.values()):
        # Nothing in it is a currency, whatever its header says.
        return ""
    cases = " ".join(f"WHEN {quote(word)} THEN {quote(code)}" for word, code in codes.items())
    return f"CASE {alias}.currency {cases} END"


def _qualified(expression: str) -> str:
    """Write an expression over staged cells so that it is over those of `s`."""
    return re.sub(r"\bc(\d+)\b", r"s.c\1", expression)


def _of_header(header: str) -> str:
    """Give the one currency that a header names, empty where it names none.

    >>> _of_header("Amount USD"), _of_header("金额(美元)"), _of_header("Net amount")
    ('USD', 'USD', '')
    """
    codes = {CODE_OF[word] for word in _WORD.findall(header) if word in CODE_OF}
    return codes.pop() if len(codes) == 1 else ""


def day_of(money: Money) -> str:
    """SQL for the day whose rate holds for a row; the last there is where a row has no day."""
    typed = money.typed
    days = [f't."{column}"' for column in _DAYS.get(typed.table or "", ()) if typed.rows.has(column)]
    if not days and money.header_day:
        days = ["h.order_date"]
    if not days and typed.table in ("quotas", "market_size") and typed.rows.has("period"):
        days = [whole_period(typed.rows.columns).columns["period_start"]]
    return f"coalesce({', '.join(f'CAST({day} AS DATE)' for day in days)}, {ANY_DAY})" if days else ANY_DAY
