"""Rows that stand twice in tables without a key: they are kept, for they can be real, and count twice."""

from __future__ import annotations

from collections.abc import Iterator

from salesmetrics.i18n import ngettext
from salesmetrics.ingest.quality.check import SAMPLES, figure
from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.finding import Finding, Severity
from salesmetrics.model.tables import TABLES, ColumnType

_NUMBERS = {
    "orders": ("revenue", "units"), "activities": ("crm_adoption",), "spend": ("cac",), "feedback": ("csat", "nps"),
    "training": ("training_hours_per_rep",),
}  # fmt: skip
_SHOWN = {
    "orders": ("order_id", "order_date", "product", "amount"), "activities": ("rep_id", "at", "type"),
    "spend": ("date", "kind", "amount"), "feedback": ("customer_id", "date", "score"),
    "training": ("rep_id", "date", "hours"), "quotas": ("scope_id", "period_start", "amount"),
}  # fmt: skip


def repeated_rows(stored: Stored, table: str) -> Iterator[Finding]:
    """Find the rows of a table that repeat an earlier one in every column."""
    columns = [f't."{c.name}"' for c in TABLES[table].columns if stored.has(f"{table}.{c.name}")]
    if table not in _SHOWN or not columns:
        return
    # A number for each row first: most tables have no two alike, and then no row is ever compared in full.
    prints = f"SELECT hash({', '.join(columns)}) AS print FROM {table} t GROUP BY 1 HAVING count(*) > 1"
    shown = ", ".join(
        figure(f"t.{c}") if TABLES[table].column(c).type in (ColumnType.MONEY, ColumnType.NUMBER) else f't."{c}"'
        for c in _SHOWN[table]
        if stored.has(f"{table}.{c}")
    )
    worth = "abs(t.amount)" if stored.has(f"{table}.amount") else "0"
    [(repeats, amount, samples)] = stored.ask(
        f"SELECT sum(n - 1), CAST(sum((n - 1) * worth) AS DOUBLE), "
        f"arg_min(concat(shown, ' × ', n), first, {SAMPLES}) FROM (SELECT count(*) AS n, "
        f"any_value({worth}) AS worth, any_value(concat_ws(' · ', {shown})) AS shown, min(t.stands) AS first "
        f"FROM {table} t WHERE hash({', '.join(columns)}) IN ({prints}) GROUP BY {', '.join(columns)} "
        "HAVING count(*) > 1)"
    )
    if not repeats:
        return
    [(whole,)] = stored.ask(f"SELECT CAST(sum({worth}) AS DOUBLE) FROM {table} t")
    said = ngettext(
        "{n} row of {table} repeats another in every column: it is kept and counts, for it can be real.",
        "{n} rows of {table} repeat another in every column: they are kept and count, for they can be real.",
        repeats,
    )
    yield Finding(
        "repeated_rows", Severity.MAY, said.format(n=f"{repeats:,}", table=table.replace("_", " ")), int(repeats),
        amount / whole if whole else repeats / stored.rows(table), "amount" if whole else "rows",
        tuple(samples or ()), _NUMBERS.get(table, ()), table,
    )  # fmt: skip
