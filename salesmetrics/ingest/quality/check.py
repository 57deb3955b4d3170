"""Checks that a row passes or fails: all those of a table are counted in one scan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from salesmetrics.ingest.quality.stored import Stored
from salesmetrics.model.derived.entry import CANCELLED
from salesmetrics.model.finding import Finding, Severity

SAMPLES = 3


@dataclass(frozen=True)
class Check:
    """What rows of a table must not be: `wrong` is SQL over the table `t`, `says` the sentence for so many rows.

    `needs` are columns (table.column) without which it cannot be told; `hired`, `left_on` and `lead_created` stand
    for the dates of the row's rep and lead. `shows` is the SQL of what a sample shows beside the row's key.
    """

    code: str
    table: str
    column: str
    severity: Severity
    needs: tuple[str, ...]
    wrong: str
    says: Callable[[int], str]
    shows: tuple[str, ...]
    numbers: tuple[str, ...] = ()


def figure(number: str) -> str:
    """Write a number without the noughts that end it, in SQL.

    >>> figure("t.quantity")
    "rtrim(rtrim(CAST(CAST(t.quantity AS DECIMAL(24, 6)) AS VARCHAR), '0'), '.')"
    """
    return f"rtrim(rtrim(CAST(CAST({number} AS DECIMAL(24, 6)) AS VARCHAR), '0'), '.')"


_KEYS = {
    "orders": "coalesce(t.order_id, t.product, CAST(t.order_date AS VARCHAR))",
    "opportunities": "t.opportunity_id",
    "stage_history": "t.opportunity_id",
    "leads": "t.lead_id",
    "activities": "concat_ws(' ', t.rep_id, t.type)",
    "reps": "coalesce(t.name, t.rep_id)",
    "quotas": "t.scope_id",
    "spend": "concat_ws(' ', t.kind, coalesce(t.lead_source, t.channel, t.campaign))",
    "feedback": "t.customer_id",
    "training": "t.rep_id",
}
_MONEY = ("orders", "opportunities", "quotas", "spend")
COUNTED = {
    "orders": "coalesce(lower(trim(t.status)), '') NOT IN ({})".format(", ".join(f"'{w}'" for w in CANCELLED))
}
"""Rows that numbers count at all: cancelled lines are left out by rule, whatever stands in them."""


def run(stored: Stored, checks: Iterable[Check]) -> Iterator[Finding]:
    """Count the rows that fail each of `checks`, in one scan a table."""
    by_table: dict[str, list[Check]] = {}
    for check in checks:
        if stored.has(check.table, *check.needs):
            by_table.setdefault(check.table, []).append(check)
    for table, own in by_table.items():
        yield from _of_table(stored, table, own)


def _of_table(stored: Stored, table: str, checks: Sequence[Check]) -> Iterator[Finding]:
    size = "abs(t.amount)" if table in _MONEY and stored.has(f"{table}.amount") else "NULL"
    columns = ["count(*)", f"CAST(sum({size}) AS DOUBLE)"]
    for check in checks:
        only = f"FILTER (WHERE {check.wrong})"
        columns += [
            f"count(*) {only}",
            f"CAST(sum({size}) {only} AS DOUBLE)",
            f"min(t.stands, {SAMPLES}) {only}",
        ]
    counted = f" WHERE {COUNTED[table]}" if table in COUNTED and stored.has(f"{table}.status") else ""
    [(rows, amount, *found)] = stored.ask(f"SELECT {', '.join(columns)} FROM {_source(stored, table)}{counted}")
    for place, check in enumerate(checks):
        wrong, worth, places = found[3 * place : 3 * place + 3]
        if not wrong:
            continue
        # What has no amount, as open deals often, still is a part of the rows.
        of_amount = bool(amount and worth)
        share = worth / amount if of_amount else wrong / rows
        yield Finding(
            check.code, check.severity, check.says(wrong).format(n=f"{wrong:,}"), wrong, share,
            "amount" if of_amount else "rows", _samples(stored, check, places), check.numbers, table, check.column,
        )  # fmt: skip


def _samples(stored: Stored, check: Check, places: Sequence[int]) -> tuple[str, ...]:
    label = f"concat({_KEYS[check.table]}, ': ', concat_ws(' → ', {', '.join(check.shows)}))"
    found = stored.ask(
        f"SELECT {label} FROM {_source(stored, check.table)} "
        f"WHERE t.stands IN ({', '.join(map(str, places))}) ORDER BY t.stands"
    )
    return tuple(sample for (sample,) in found)


def _source(stored: Stored, table: str) -> str:
    source = f"{table} t"
    if table != "reps" and stored.has(f"{table}.rep_id", "reps.rep_id"):
        source += (
            " LEFT JOIN (SELECT rep_id AS known_rep, min(hire_date) AS hired, max(leave_date) AS left_on "
            "FROM reps GROUP BY 1) ON known_rep = t.rep_id"
        )
    if table == "opportunities" and stored.has("opportunities.lead_id", "leads.created_at"):
        source += (
            " LEFT JOIN (SELECT lead_id AS known_lead, CAST(min(created_at) AS DATE) AS lead_created "
            "FROM leads GROUP BY 1) ON known_lead = t.lead_id"
        )
    return source
